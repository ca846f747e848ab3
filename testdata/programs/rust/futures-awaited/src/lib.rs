use std::future::{IntoFuture, Ready, ready};
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::RwLock;

pub struct TokenFile {
    path: String,
    token: String,
}

impl TokenFile {
    fn cached(&self) -> &str {
        &self.token
    }

    fn token(&mut self) -> &str {
        if let Ok(token) = std::fs::read_to_string(&self.path) { // hazard[BL107]: Refreshable::header > TokenFile::token > std::fs::read_to_string
            self.token = token;
        }
        &self.token
    }
}

pub enum Refreshable {
    File(Arc<RwLock<TokenFile>>),
    Static(String),
}

impl Refreshable {
    pub async fn header(&self) -> String {
        match self {
            Self::File(file) => file.write().await.token().to_owned(),
            Self::Static(token) => token.clone(),
        }
    }

    pub async fn cached(&self) -> String {
        match self {
            Self::File(file) => file.read().await.cached().to_owned(),
            Self::Static(token) => token.clone(),
        }
    }
}

// A field and a method may share a name.
pub struct Cached {
    file: Arc<RwLock<TokenFile>>,
}

impl Cached {
    pub async fn renewed(&self) -> String {
        self.file.write().await.renew()
    }

    pub async fn file(&self) -> String {
        self.file.read().await.cached().to_owned()
    }

    pub async fn shown(&self) -> String {
        self.file().await
    }
}

impl TokenFile {
    fn renew(&mut self) -> String {
        std::fs::read_to_string(&self.path).unwrap_or_default() // hazard[BL107]: Cached::renewed > TokenFile::renew > std::fs::read_to_string
    }
}

// What awaiting turns into a future does so at once.
pub struct Request {
    path: String,
}

impl IntoFuture for Request {
    type Output = Answered;
    type IntoFuture = Pin<Box<dyn Future<Output = Answered> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let body = std::fs::read(self.path).unwrap(); // hazard[BL107]: asks > into_future > std::fs::read
        Box::pin(async move { Answered(body) })
    }
}

pub struct Answered(Vec<u8>);

impl Answered {
    fn store(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: asks > store > std::thread::sleep
    }
}

pub async fn asks(path: String) {
    Request { path }.await.store();
}

pub struct Plain(u8);

impl IntoFuture for Plain {
    type Output = u8;
    type IntoFuture = Ready<u8>;

    fn into_future(self) -> Self::IntoFuture {
        ready(self.0)
    }
}

impl Plain {
    fn slowly(self) -> u8 {
        std::thread::sleep(std::time::Duration::from_secs(1));
        self.0
    }
}

pub async fn asks_plainly() -> u8 {
    Plain(1).await
}

// Others await it.
pub struct Ping;

impl IntoFuture for Ping {
    type Output = u8;
    type IntoFuture = Ready<u8>;

    fn into_future(self) -> Self::IntoFuture {
        std::thread::sleep(std::time::Duration::from_secs(2)); // hazard: into_future > std::thread::sleep
        ready(1)
    }
}
