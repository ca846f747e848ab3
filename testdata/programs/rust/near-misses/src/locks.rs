use std::sync::Mutex;

pub async fn waits(entries: &Mutex<Vec<u8>>) {
    let held = entries.lock().unwrap(); // hazard[BL003]: waits > std::sync::MutexGuard
    tokio::task::yield_now().await;
    drop(held);
}

// Whoever comes second goes away with an error.
pub async fn gives_up(entries: &Mutex<Vec<u8>>) -> Result<(), ()> {
    let held = entries.try_lock().map_err(|_| ())?;
    tokio::task::yield_now().await;
    drop(held);
    Ok(())
}
