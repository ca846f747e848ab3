//! Wrong, though it looks like a repair: no task to wait for any more, yet the accessor asks STS itself, on the event loop.
//!
//! Healthy, that is a short stall nobody notices. When STS hangs, the service hangs with it.

use super::Lease;
use crate::database;
use crate::service::{Inside, PAUSE};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

struct Client {
    lease: Mutex<Lease>,
    sts: SocketAddr,
    lifetime: Duration,
    margin: Duration,
}

impl Client {
    fn token(&self) -> String {
        let mut lease = self.lease();
        if lease.ends_within(self.margin)
            && let Ok(token) = mint(self.sts)
        {
            *lease = Lease::new(token, self.lifetime);
        }
        lease.token.clone()
    }

    fn lease(&self) -> MutexGuard<'_, Lease> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn mint(sts: SocketAddr) -> std::io::Result<String> {
    let mut call = BufReader::new(TcpStream::connect(sts)?);
    call.get_mut().write_all(b"AssumeRole\n")?;
    let mut token = String::new();
    call.read_line(&mut token)?;
    Ok(token.trim().to_owned())
}

pub(crate) async fn traffic(Inside { world, meter }: Inside) {
    let client = Client {
        lease: Mutex::new(Lease::first(&world.issued, world.plan.lifetime)),
        sts: world.sts,
        lifetime: world.plan.lifetime,
        margin: world.plan.margin,
    };
    loop {
        let token = client.token();
        meter.count(database::query(world.database, &token).await);
        sleep(PAUSE).await;
    }
}
