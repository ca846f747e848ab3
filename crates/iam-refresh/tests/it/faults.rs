//! Any script of failures, any steps of the clocks, any callers: what holds always. A shrunk counter-example is a test by itself.

use crate::support::{Play, Scene, scene, secs};
use iam_refresh::{Clock, Generation};
use proptest::prelude::*;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::sleep;

/// What happens to the cache from outside.
#[derive(Clone, Copy, Debug)]
enum Event {
    Pass(u16),
    Suspend(u16),
    StepWall(i16),
    Refuse,
    /// So many callers; each second one gives up at once.
    Callers(u8),
}

fn play() -> impl Strategy<Value = Play> {
    prop_oneof![
        4 => (2_u64..1_000).prop_map(Play::Token),
        2 => (2_u64..1_000, 1_u64..12_000).prop_map(|(ttl, millis)| Play::Slow(ttl, millis)),
        2 => Just(Play::Transient),
        1 => (0_u64..90).prop_map(Play::Throttled),
        1 => Just(Play::Permanent),
        1 => Just(Play::Panic),
        1 => Just(Play::Hang),
        1 => Just(Play::Expired),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (1_u16..400).prop_map(Event::Pass),
        1 => (1_u16..2_000).prop_map(Event::Suspend),
        1 => (-2_000_i16..2_000).prop_map(Event::StepWall),
        2 => Just(Event::Refuse),
        2 => (1_u8..20).prop_map(Event::Callers),
    ]
}

/// What a reader may hold against the cache at any moment.
struct Reader {
    newest: Option<Generation>,
}

impl Reader {
    fn look(&mut self, scene: &Scene) {
        let now = scene.clock.now();
        if let Ok(token) = scene.cache.current() {
            assert!(Some(token.generation()) >= self.newest, "generations went back");
            self.newest = Some(token.generation());
            assert!(now.wall < token.expires_at(), "served past its end by the wall clock");
            let minted_at = scene.script.calls.lock().unwrap()[serial(token.expose()) - 1].0;
            let life = token.expires_at().duration_since(minted_at.wall).unwrap();
            assert!(now.boot - minted_at.boot < life, "served past its end by the boot clock");
            let margin = secs(30).min(life / 10);
            assert!(now.wall < token.expires_at() - margin, "served inside the margin");
        }
        assert!(scene.script.most_in_flight.load(Ordering::SeqCst) <= 1, "two mints at once");
    }
}

fn serial(secret: &str) -> usize {
    secret.trim_start_matches("secret-").parse().unwrap()
}

async fn pass(scene: &Scene, reader: &mut Reader, seconds: u16) {
    for _ in 0..seconds {
        sleep(secs(1)).await;
        reader.look(scene);
    }
}

async fn happen(scene: &Scene, reader: &mut Reader, event: Event) {
    match event {
        Event::Pass(seconds) => pass(scene, reader, seconds).await,
        Event::Suspend(seconds) => scene.clock.suspend(u32::from(seconds)),
        // One slice awake before anybody looks: `clocks.rs` holds what `current` cannot know before that.
        Event::StepWall(seconds) => {
            scene.clock.step_wall(i64::from(seconds));
            sleep(secs(16)).await;
        }
        Event::Refuse => {
            if let Some(used) = scene.cache.peek().generation() {
                scene.cache.report_auth_failure(used);
            }
        }
        Event::Callers(count) => {
            let callers: Vec<_> = (0..count)
                .map(|caller| {
                    let cache = scene.cache.clone();
                    let patience = if caller % 2 == 0 { secs(10) } else { Duration::from_millis(1) };
                    tokio::spawn(async move { cache.fresh_within(patience).await })
                })
                .collect();
            callers.iter().skip(1).step_by(3).for_each(tokio::task::JoinHandle::abort);
            let mut heard = Vec::new();
            for caller in callers.into_iter().step_by(2) {
                match caller.await {
                    Ok(Ok(token)) => heard.push(token.generation()),
                    Ok(Err(_)) => {}
                    Err(cancelled) => assert!(cancelled.is_cancelled()),
                }
            }
            assert!(heard.windows(2).all(|pair| pair[0] == pair[1]), "callers of one moment got different tokens");
        }
    }
    reader.look(scene);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn holds_under_any_faults(
        script in prop::collection::vec(play(), 1..40),
        events in prop::collection::vec(event(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let scene = scene(script.into_iter().chain([Play::Token(900)]));
            let mut reader = Reader { newest: None };
            for event in events {
                happen(&scene, &mut reader, event).await;
            }
            // Whatever happened: the rest of the script is played out, and a minute and a half behind its last line all is well.
            while !scene.script.played_out() {
                sleep(secs(90)).await;
            }
            sleep(secs(90)).await;
            assert_eq!(scene.cache.fresh().await.unwrap().expose(), scene.secret());
            scene.cache.close(secs(1)).await.unwrap();
        });
    }
}
