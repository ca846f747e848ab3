//! Wrong: the accessor starts the refresh on its own event loop and then blocks that loop until the refresh is done.
//!
//! It never is. The wait runs into its timeout, and for all of that time nothing else in the service runs, health checks included.

use super::Lease;
use crate::database;
use crate::service::{Inside, PAUSE};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::sleep;

struct Client {
    lease: Arc<Mutex<Lease>>,
    runtime: Handle,
    sts: SocketAddr,
    lifetime: Duration,
    margin: Duration,
    patience: Duration,
}

impl Client {
    fn token(&self) -> String {
        if self.lease().ends_within(self.margin) {
            let (done, refreshed): (Sender<()>, Receiver<()>) = channel();
            self.runtime.spawn(refresh(Arc::clone(&self.lease), self.sts, self.lifetime, done));
            let _in_time = refreshed.recv_timeout(self.patience);
        }
        self.lease().token.clone()
    }

    fn lease(&self) -> std::sync::MutexGuard<'_, Lease> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn refresh(
    lease: Arc<Mutex<Lease>>,
    sts: SocketAddr,
    lifetime: Duration,
    done: Sender<()>,
) -> std::io::Result<()> {
    let mut call = BufReader::new(TcpStream::connect(sts).await?);
    call.get_mut().write_all(b"AssumeRole\n").await?;
    let mut token = String::new();
    call.read_line(&mut token).await?;
    *lease.lock().unwrap_or_else(PoisonError::into_inner) = Lease::new(token.trim().to_owned(), lifetime);
    let _gave_up = done.send(());
    Ok(())
}

pub(crate) async fn traffic(Inside { world, meter }: Inside) {
    let lease = Arc::new(Mutex::new(Lease::first(&world.issued, world.plan.lifetime)));
    let client = Client {
        lease,
        runtime: Handle::current(),
        sts: world.sts,
        lifetime: world.plan.lifetime,
        margin: world.plan.margin,
        patience: world.plan.hang,
    };
    loop {
        let token = client.token();
        meter.count(database::query(world.database, &token).await);
        sleep(PAUSE).await;
    }
}
