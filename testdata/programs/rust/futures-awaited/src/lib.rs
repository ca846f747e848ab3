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
