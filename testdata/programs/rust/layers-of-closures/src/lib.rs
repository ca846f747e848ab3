//! A function that wraps a handler in a closure gives it back: who calls the outermost layer runs them all.

use std::time::Duration;

pub struct Event;

fn handle() -> impl Fn(Event) -> u32 {
    move |_event| {
        std::thread::sleep(Duration::from_secs(1)); // hazard(warning): serve > with_log > with_login > handle > std::thread::sleep
        1
    }
}

fn with_login<N: Fn(Event) -> u32>(next: N) -> impl Fn(Event) -> u32 {
    move |event| next(event)
}

fn with_log<N: Fn(Event) -> u32>(next: N) -> impl Fn(Event) -> u32 {
    move |event| next(event)
}

pub async fn serve(events: Vec<Event>) {
    let chain = with_log(with_login(handle()));
    for event in events {
        chain(event);
    }
}

fn with_count<N: Fn(Event) -> u32>(next: N) -> impl Fn(Event) -> u32 {
    move |event| next(event) + 1
}

/// The layers run on a thread.
pub async fn serve_elsewhere() {
    let chain = with_count(|_event| {
        std::thread::sleep(Duration::from_secs(2));
        2
    });
    tokio::task::spawn_blocking(move || chain(Event)).await.unwrap();
}

fn with_name<N: Fn(Event) -> u32>(next: N) -> impl Fn(Event) -> u32 {
    move |event| next(event)
}

/// Nobody calls what it gives.
pub async fn prepare() {
    let _chain = with_name(|_event| {
        std::thread::sleep(Duration::from_secs(3));
        3
    });
}
