use std::time::Duration;

fn work() {
    std::thread::sleep(Duration::from_secs(1));
}

pub async fn handler() {
    tokio::task::spawn_blocking(work).await.unwrap();
    tokio::task::spawn_blocking(|| work()).await.unwrap();
    std::thread::spawn(work);
    std::thread::spawn(move || {
        work();
    });
}

// A future that is handed to threads for work that takes long.
pub fn in_the_background(cx: &mut gpui::App) {
    cx.background_spawn(async { work() }).detach();
    cx.background_executor().spawn(async move { std::thread::sleep(Duration::from_secs(3)) }).detach();
}

pub fn in_front(cx: &mut gpui::App) {
    cx.spawn(async move |_| {
        std::thread::sleep(Duration::from_secs(2)); // hazard: in_front > std::thread::sleep
    })
    .detach();
}
