//! A service whose token never ends: what the others would look like if there were nothing to refresh.

use crate::database;
use crate::service::{Inside, PAUSE};
use tokio::time::sleep;

pub(crate) async fn traffic(Inside { world, meter }: Inside) {
    let token = world.issued.issue(world.plan.end * 2);
    loop {
        meter.count(database::query(world.database, &token).await);
        sleep(PAUSE).await;
    }
}
