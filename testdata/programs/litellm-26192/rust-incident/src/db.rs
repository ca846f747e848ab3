//! The incident in Rust: a dereference drives a future to its end on the thread that runs the loop.

use crate::iam::mint_token;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Handle;

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
    prisma: Prisma,
    role: String,
    expired: AtomicBool,
}

impl PrismaWrapper {
    async fn refresh(&self) {
        let url = mint_token(&self.role);
        self.prisma.connect(&url).await;
        self.expired.store(false, Ordering::Release);
    }
}

impl Deref for PrismaWrapper {
    type Target = Prisma;

    fn deref(&self) -> &Prisma {
        if self.expired.load(Ordering::Acquire) {
            // hazard(error)[BL004]: find_user > deref > Handle::block_on
            Handle::current().block_on(self.refresh());
        }
        &self.prisma
    }
}
