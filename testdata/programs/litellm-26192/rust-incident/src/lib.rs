//! The proxy: every request reaches the database through the wrapper.

pub mod db;
mod iam;

use db::PrismaWrapper;

pub struct PrismaClient {
    pub db: PrismaWrapper,
}

pub async fn find_user(client: &PrismaClient, user: &str) -> Option<String> {
    client.db.find_unique(user).await
}
