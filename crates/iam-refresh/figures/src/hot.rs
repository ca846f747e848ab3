//! Reading a token that is there: nanoseconds a call, the best of several rounds, all candidates taking turns.

use crate::Figure;
use arc_swap::ArcSwapOption;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use iam_refresh::{MintCx, Minted, TokenCache};
use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

const CALLS: u32 = 200_000;
const ROUNDS: usize = 40;
const LIFETIME: Duration = Duration::from_secs(900);

type Expiring = ExpiringCache<Arc<str>, Infallible>;
type Moka = moka::future::Cache<&'static str, Arc<str>>;

pub(crate) fn figures() -> Vec<Figure> {
    // From a task of a tokio runtime, which is where services ask.
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let best = runtime.block_on(async { tokio::spawn(measure()).await.expect("nothing panics") });
    let [bare, peek, current, expiring, moka] = best;
    vec![
        figure("peek()", peek, ("ArcSwap::load", bare), "at most 1.2x", peek <= 1.2 * bare),
        figure("current()", current, ("ExpiringCache", expiring), "at least 7x faster", 7.0 * current <= expiring),
        figure("current()", current, ("moka try_get_with", moka), "at least 15x faster", 15.0 * current <= moka),
    ]
}

async fn measure() -> [f64; 5] {
    let source = |cx: MintCx| async move { Ok(Minted::new(secret(), cx.now.wall + LIFETIME)) };
    let cache = TokenCache::builder(source).build().expect("default settings");
    cache.fresh().await.expect("the source answers");
    // A token of the size of ours behind a pointer, which is the least that any of these can do.
    let bare = ArcSwapOption::from(Some(Arc::new(secret())));
    let (expiring, moka) = (Expiring::new(Duration::from_secs(10)), Moka::new(10));
    let end = SystemTime::now() + LIFETIME;
    let Ok(_loaded) = expiring.get_or_load(|| async { Ok((secret().into(), end)) }).await;

    let mut best = [f64::MAX; 5];
    for _ in 0..ROUNDS {
        let round = [
            time(|| drop(black_box(bare.load()))),
            time(|| drop(black_box(cache.peek()))),
            time(|| drop(black_box(cache.current()))),
            time_expiring(&expiring).await,
            time_moka(&moka).await,
        ];
        best.iter_mut().zip(round).for_each(|(best, time)| *best = best.min(time));
    }
    best
}

fn secret() -> String {
    "t".repeat(400)
}

fn figure(what: &'static str, ours: f64, (name, anchor): (&str, f64), promise: &'static str, kept: bool) -> Figure {
    let ratio =
        if anchor > 1.5 * ours { format!("{:.1}x faster", anchor / ours) } else { format!("{:.2}x", ours / anchor) };
    Figure { what, ours: format!("{ours:.1} ns ({ratio})"), anchor: format!("{anchor:.1} ns {name}"), promise, kept }
}

fn time(call: impl Fn()) -> f64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    per_call(start)
}

/// As the SDK's identity cache asks: with the time of now.
async fn time_expiring(cache: &Expiring) -> f64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        drop(black_box(cache.yield_or_clear_if_expired(SystemTime::now()).await));
    }
    per_call(start)
}

async fn time_moka(cache: &Moka) -> f64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        let load = async { Ok::<_, Infallible>(secret().into()) };
        drop(black_box(cache.try_get_with("token", load).await));
    }
    per_call(start)
}

fn per_call(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
}
