//! Right: the accessor looks, the cache's own thread refreshes. STS may hang for as long as the token still lives.

use crate::database;
use crate::service::{Inside, PAUSE};
use iam_refresh::{MintCx, Minted, SourceError, TokenCache};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::sleep;

async fn mint(sts: SocketAddr, lifetime: Duration, cx: MintCx) -> Result<Minted, SourceError> {
    let mut call = BufReader::new(TcpStream::connect(sts).await.map_err(SourceError::transient)?);
    call.get_mut().write_all(b"AssumeRole\n").await.map_err(SourceError::transient)?;
    let mut token = String::new();
    call.read_line(&mut token).await.map_err(SourceError::transient)?;
    Ok(Minted::new(token.trim(), cx.now.wall + lifetime))
}

pub(crate) async fn traffic(Inside { world, meter }: Inside) {
    let (sts, plan) = (world.sts, world.plan);
    let cache = TokenCache::builder(move |cx| mint(sts, plan.lifetime, cx))
        // The earliest allowed, so that its refresh falls into the illness of this short play.
        .refresh_at(0.30..=0.35)
        .attempt_deadline(plan.hang / 3)
        .build()
        .expect("settings that agree");
    drop(cache.fresh().await);
    loop {
        let answered = match cache.current() {
            Ok(token) => database::query(world.database, token.expose()).await,
            Err(_) => false,
        };
        meter.count(answered);
        sleep(PAUSE).await;
    }
}
