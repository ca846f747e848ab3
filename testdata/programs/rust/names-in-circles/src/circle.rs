use crate::square::*;
use crate::{area, nap};

pub async fn rests() {
    nap();
    area();
}
