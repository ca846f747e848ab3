use crate::circle::*;
use crate::{area, nap, rests};

pub async fn rests_twice() {
    rests().await;
    nap();
    area();
}
