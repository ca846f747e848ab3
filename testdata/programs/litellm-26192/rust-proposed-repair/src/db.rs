//! The proposed repair in Rust: the accessor spawns the refresh. The token is still minted on the loop; the task is not lost, as the
//! runtime holds it.

use crate::iam::mint_token;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub struct Prisma;

impl Prisma {
    pub async fn connect(&self, _url: &str) {
        tokio::task::yield_now().await;
    }

    pub async fn find_unique(&self, user: &str) -> Option<String> {
        tokio::task::yield_now().await;
        Some(user.to_owned())
    }
}

pub struct PrismaWrapper {
    prisma: Arc<Prisma>,
    role: String,
    expired: Arc<AtomicBool>,
}

async fn refresh(prisma: Arc<Prisma>, role: String, expired: Arc<AtomicBool>) {
    let url = mint_token(&role);
    prisma.connect(&url).await;
    expired.store(false, Ordering::Release);
}

impl Deref for PrismaWrapper {
    type Target = Prisma;

    fn deref(&self) -> &Prisma {
        if self.expired.load(Ordering::Acquire) {
            tokio::spawn(refresh(self.prisma.clone(), self.role.clone(), self.expired.clone()));
        }
        &self.prisma
    }
}
