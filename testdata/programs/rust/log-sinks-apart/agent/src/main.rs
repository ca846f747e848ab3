//! A program that writes its log to somewhere slow.
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

struct Alerts;

impl<S: tracing::Subscriber> Layer<S> for Alerts {
    fn on_event(&self, _: &tracing::Event<'_>, _: Context<'_, S>) {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: shares > on_event > std::thread::sleep
    }
}

fn main() {
    tracing_subscriber::registry().with(Alerts).init();
}
