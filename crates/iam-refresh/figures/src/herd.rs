//! Everybody at once: a cold cache, a failing source, a first caller who gives up.

use crate::Figure;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use iam_refresh::{MintCx, Minted, SourceError, TokenCache};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinSet;
use tokio::time::sleep;

const CALLERS: usize = 10_000;
/// The anchor takes its failures one by one; more of them would take the day.
const FAILING_CALLERS: usize = 100;
const MINT: Duration = Duration::from_millis(50);

pub(crate) fn figures() -> Vec<Figure> {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { vec![cold().await, failing().await, given_up().await] })
}

/// A cache over a source that takes `MINT`, and the count of its calls.
fn cache(works: bool) -> (TokenCache, Arc<AtomicU32>) {
    let mints = Arc::<AtomicU32>::default();
    let counted = Arc::clone(&mints);
    let source = move |cx: MintCx| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            sleep(MINT).await;
            if works {
                Ok(Minted::new("token", cx.now.wall + Duration::from_secs(900)))
            } else {
                Err(SourceError::transient("refused"))
            }
        }
    };
    (TokenCache::builder(source).runtime(Handle::current()).build().expect("default settings"), mints)
}

/// The anchor's load, counted alike.
async fn load(
    cache: ExpiringCache<&'static str, &'static str>,
    loads: Arc<AtomicU32>,
    works: bool,
) -> Result<&'static str, &'static str> {
    cache
        .get_or_load(|| async move {
            loads.fetch_add(1, Ordering::SeqCst);
            sleep(MINT).await;
            if works { Ok(("token", SystemTime::now() + Duration::from_secs(900))) } else { Err("refused") }
        })
        .await
}

async fn together<F: Future<Output: Send + 'static> + Send + 'static>(
    callers: usize,
    call: impl Fn() -> F,
) -> Duration {
    let start = Instant::now();
    let mut all = JoinSet::new();
    (0..callers).for_each(|_| drop(all.spawn(call())));
    all.join_all().await;
    start.elapsed()
}

async fn cold() -> Figure {
    let (cache, mints) = cache(true);
    let ours = together(CALLERS, || {
        let cache = cache.clone();
        async move { cache.fresh().await.is_ok() }
    })
    .await;
    let (anchor, loads) = (ExpiringCache::new(Duration::ZERO), Arc::<AtomicU32>::default());
    let theirs = together(CALLERS, || load(anchor.clone(), Arc::clone(&loads), true)).await;
    Figure {
        what: "10,000 callers, cold",
        ours: format!("{} mint, {ours:.0?}", mints.load(Ordering::SeqCst)),
        anchor: format!("{} load, {theirs:.0?} ExpiringCache", loads.load(Ordering::SeqCst)),
        promise: "one mint",
        kept: mints.load(Ordering::SeqCst) == 1,
    }
}

async fn failing() -> Figure {
    let (cache, mints) = cache(false);
    let ours = together(CALLERS, || {
        let cache = cache.clone();
        async move { cache.fresh().await.is_err() }
    })
    .await;
    let mints = mints.load(Ordering::SeqCst);
    let (anchor, loads) = (ExpiringCache::new(Duration::ZERO), Arc::<AtomicU32>::default());
    let theirs = together(FAILING_CALLERS, || load(anchor.clone(), Arc::clone(&loads), false)).await;
    Figure {
        what: "10,000 callers (anchor: 100), failing source",
        ours: format!("{mints} attempt, {ours:.0?}"),
        anchor: format!("{} loads, {theirs:.1?} ExpiringCache", loads.load(Ordering::SeqCst)),
        promise: "one attempt a backoff step",
        kept: mints == 1,
    }
}

async fn given_up() -> Figure {
    let (cache, mints) = cache(true);
    let first = tokio::spawn({
        let cache = cache.clone();
        async move { cache.fresh().await.is_ok() }
    });
    sleep(MINT / 2).await;
    first.abort();
    let others = cache.fresh().await.is_ok();
    let (anchor, loads) = (ExpiringCache::new(Duration::ZERO), Arc::<AtomicU32>::default());
    let first = tokio::spawn(load(anchor.clone(), Arc::clone(&loads), true));
    sleep(MINT / 2).await;
    first.abort();
    let _second = load(anchor, Arc::clone(&loads), true).await;
    let mints = mints.load(Ordering::SeqCst);
    Figure {
        what: "first caller gives up halfway",
        ours: format!("{mints} mint"),
        anchor: format!("{} loads ExpiringCache", loads.load(Ordering::SeqCst)),
        promise: "one mint",
        kept: others && mints == 1,
    }
}
