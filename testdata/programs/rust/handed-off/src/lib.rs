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
