pub struct Pool;

impl Pool {
    pub async fn run(&self, work: impl FnOnce() + Send + 'static) {
        let _ = tokio::task::spawn_blocking(work).await;
    }
}

macro_rules! with_connection {
    ($pool:ident: $($($name:ident),+ $body:block)+) => {
        $pool.run(move || { $($body)+ }).await
    };
}

macro_rules! entry {
    ($($key:literal => $value:expr),*) => {
        $(drop(($key, $value));)*
    };
}
