//! What is right in Rust: a driver mints on a thread where blocking is allowed and publishes the client; the accessor loads a pointer.

use crate::iam::mint_token;
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::time::Duration;

pub struct Prisma {
    url: String,
}

impl Prisma {
    pub async fn find_unique(&self, user: &str) -> Option<String> {
        tokio::task::yield_now().await;
        Some(format!("{}/{user}", self.url))
    }
}

pub struct PrismaWrapper {
    current: Arc<ArcSwap<Prisma>>,
}

impl PrismaWrapper {
    pub async fn keep_fresh(current: Arc<ArcSwap<Prisma>>, role: String) {
        loop {
            let role = role.clone();
            if let Ok(url) = tokio::task::spawn_blocking(move || mint_token(&role)).await {
                current.store(Arc::new(Prisma { url }));
            }
            tokio::time::sleep(Duration::from_secs(600)).await;
        }
    }

    pub async fn find_unique(&self, user: &str) -> Option<String> {
        self.current.load_full().find_unique(user).await
    }
}
