//! A source that hangs while ten thousand callers work on one event loop: does the loop stand still for longer than without it?

use crate::Figure;
use iam_refresh::{MintCx, Minted, TokenCache};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const CALLERS: usize = 10_000;
const BEAT: Duration = Duration::from_millis(1);

pub(crate) fn figure(hang: Duration) -> Figure {
    // At the same time, so that neighbours on the machine trouble both alike.
    let control = std::thread::spawn(move || run(hang, false));
    let (hung, served) = run(hang, true);
    let (control, served_control) = control.join().expect("nothing panics");
    Figure {
        what: "source hangs, 10,000 callers: loop stood for",
        ours: format!("p99.9 {:.1?}, most {:.1?}", hung.0, hung.1),
        anchor: format!("p99.9 {:.1?}, most {:.1?} without", control.0, control.1),
        promise: "nothing over the control run",
        // The most of a run is the scheduler's; a stall of ours would be as long as the hang.
        kept: served == 0 && served_control == 0 && hung.0 <= control.0 * 3 / 2 + Duration::from_millis(1),
    }
}

/// The 99.9th percentile and the greatest of the heartbeat's gaps, and how many calls found no token.
fn run(length: Duration, hangs: bool) -> ((Duration, Duration), usize) {
    let answered = Arc::<AtomicBool>::default();
    let first = Arc::clone(&answered);
    let source = move |cx: MintCx| {
        let hang = first.swap(true, Ordering::SeqCst) && hangs;
        async move {
            if hang {
                std::future::pending::<()>().await;
            }
            // Wants its successor within seconds, and lives a little longer than this run.
            Ok(Minted::new("token", cx.now.wall + length.mul_f64(1.2)))
        }
    };
    let cache = TokenCache::builder(source).refresh_at(0.3..=0.31).build().expect("settings that agree");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        drop(cache.fresh().await);
        let missed = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        for caller in 0..CALLERS {
            let (cache, missed) = (cache.clone(), Arc::clone(&missed));
            tokio::spawn(async move {
                // Spread over the second, as requests are.
                sleep(Duration::from_micros(100 * caller as u64)).await;
                loop {
                    if cache.current().is_err() || cache.fresh().await.is_err() {
                        missed.fetch_add(1, Ordering::Relaxed);
                    }
                    sleep(Duration::from_secs(1)).await;
                }
            });
        }
        (gaps(length).await, missed.load(Ordering::Relaxed))
    })
}

async fn gaps(length: Duration) -> (Duration, Duration) {
    let start = Instant::now();
    let mut gaps = Vec::new();
    while start.elapsed() < length {
        let before = Instant::now();
        sleep(BEAT).await;
        gaps.push(before.elapsed().saturating_sub(BEAT));
    }
    gaps.sort_unstable();
    let last = gaps.len().saturating_sub(1);
    (gaps[last * 999 / 1000], gaps[last])
}
