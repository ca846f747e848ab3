use std::fs;
use std::io::Result;
use tokio::runtime::Handle;

// Runs the work elsewhere if there is a runtime, else here, where nothing else waits.
async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await?,
        Err(_) => work(),
    }
}

async fn here<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    work()
}

pub async fn copies() -> Result<u64> {
    off_the_loop(|| fs::copy("a", "b")).await
}

pub async fn copies_here() -> Result<u64> {
    here(|| fs::copy("a", "b")).await // hazard: copies_here > here > copies_here > std::fs::copy
}
