//! Closures that libraries run where they are passed.

use arc_swap::ArcSwap;
use std::thread::sleep;
use std::time::Duration;

pub async fn inside_of_a_span() {
    let span = tracing::info_span!("load");
    span.in_scope(|| {
        sleep(Duration::from_secs(1)); // hazard[BL101]: inside_of_a_span > inside_of_a_span > std::thread::sleep
    });
}

pub fn routes() {
    actix_web::App::new().wrap_fn(|request, service| {
        sleep(Duration::from_secs(3)); // hazard[BL101]: routes > std::thread::sleep
        service.call(request)
    });
}

pub struct Settings;

impl Settings {
    fn refresh(&self) {
        sleep(Duration::from_secs(4)); // hazard[BL101]: swaps > Settings::refresh > std::thread::sleep
    }
}

pub async fn swaps(settings: &ArcSwap<Settings>) {
    settings.load().refresh();
}

pub async fn on_a_thread(span: tracing::Span) {
    tokio::task::spawn_blocking(move || {
        span.in_scope(|| {
            sleep(Duration::from_secs(5));
        });
    });
}

pub fn without_a_loop() {
    tracing::Span::current().in_scope(|| sleep(Duration::from_secs(7)));
}
