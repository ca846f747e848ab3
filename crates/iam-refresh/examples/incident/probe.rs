//! Asks every service every 100 ms for its health, as an orchestrator does, and gives up on an answer after a second.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

const EVERY: Duration = Duration::from_millis(100);
/// What Kubernetes waits by default.
pub(crate) const PATIENCE: Duration = Duration::from_secs(1);

/// One question: when it was asked, and how long the answer took, if one came in time.
pub(crate) struct Record {
    pub(crate) at: Duration,
    pub(crate) answer: Option<Duration>,
}

pub(crate) fn watch<const N: usize>(services: [SocketAddr; N], until: Duration) -> [Vec<Record>; N] {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let watching = services.map(|service| tokio::spawn(watch_one(service, until)));
        let mut records = [const { Vec::new() }; N];
        for (records, watching) in records.iter_mut().zip(watching) {
            *records = watching.await.expect("a probe does not panic");
        }
        records
    })
}

async fn watch_one(service: SocketAddr, until: Duration) -> Vec<Record> {
    let start = Instant::now();
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut asking = JoinSet::new();
    while start.elapsed() < until {
        ticks.tick().await;
        asking.spawn(async move {
            let asked = Instant::now();
            let answered = timeout(PATIENCE, ask(service)).await.is_ok_and(|answer| answer.is_ok());
            Record { at: asked - start, answer: answered.then(|| asked.elapsed()) }
        });
    }
    let mut records = asking.join_all().await;
    records.sort_by_key(|record| record.at);
    records
}

async fn ask(service: SocketAddr) -> std::io::Result<()> {
    let mut connection = TcpStream::connect(service).await?;
    connection.write_all(b"GET /health HTTP/1.1\r\nHost: service\r\n\r\n").await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    if answer.starts_with(b"HTTP/1.1 200") { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}
