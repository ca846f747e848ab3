//! What the four services have in common: one thread, one event loop, a health endpoint, a heartbeat, traffic.

use crate::Plan;
use crate::sts::Issued;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

/// Where everything is.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) sts: SocketAddr,
    pub(crate) issued: Arc<Issued>,
    pub(crate) database: SocketAddr,
}

/// Between two queries of a service.
pub(crate) const PAUSE: Duration = Duration::from_millis(100);

/// What a service saw of itself.
#[derive(Default)]
pub(crate) struct Meter {
    pub(crate) worst_gap_micros: AtomicU64,
    pub(crate) answered: AtomicU64,
    pub(crate) refused: AtomicU64,
}

impl Meter {
    pub(crate) fn count(&self, answered: bool) {
        let counter = if answered { &self.answered } else { &self.refused };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

pub(crate) struct Inside {
    pub(crate) world: World,
    pub(crate) meter: Arc<Meter>,
}

type Traffic = Pin<Box<dyn Future<Output = ()>>>;

pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) meter: Arc<Meter>,
}

impl Service {
    pub(crate) fn start(name: &'static str, world: &World, traffic: fn(Inside) -> Traffic) -> Self {
        let (send, address) = mpsc::channel();
        let meter = Arc::<Meter>::default();
        let inside = Inside { world: world.clone(), meter: Arc::clone(&meter) };
        let run = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
                send.send(listener.local_addr().expect("its address")).expect("somebody waits for it");
                tokio::spawn(health(listener));
                tokio::spawn(heartbeat(Arc::clone(&inside.meter)));
                traffic(inside).await;
            });
        };
        thread::Builder::new().name(name.to_owned()).spawn(run).expect("a thread");
        Self { name, address: address.recv().expect("the service starts"), meter }
    }
}

/// `GET /health`: anything that is asked is answered, if only the loop turns.
async fn health(listener: TcpListener) {
    async fn answer(mut connection: TcpStream) -> std::io::Result<()> {
        let mut request = [0; 512];
        let _length = connection.read(&mut request).await?;
        connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await
    }
    while let Ok((connection, _)) = listener.accept().await {
        tokio::spawn(answer(connection));
    }
}

/// Measures how long the loop does not turn.
async fn heartbeat(meter: Arc<Meter>) {
    const BEAT: Duration = Duration::from_millis(1);
    let mut last = Instant::now();
    loop {
        sleep(BEAT).await;
        let gap = u64::try_from(last.elapsed().saturating_sub(BEAT).as_micros()).unwrap_or(u64::MAX);
        meter.worst_gap_micros.fetch_max(gap, Ordering::Relaxed);
        last = Instant::now();
    }
}
