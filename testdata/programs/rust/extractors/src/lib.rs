//! What a handler takes out of a request is what stands inside.
use axum::extract::{FromRef, State};
use axum::{Extension, Json};
use std::sync::Arc;
use std::time::Duration;

pub trait Store: Send + Sync {
    fn load(&self) -> u8;
}

pub struct Disk;

impl Store for Disk {
    fn load(&self) -> u8 {
        std::thread::sleep(Duration::from_secs(1)); // hazard: shows > load > std::thread::sleep
        1
    }
}

pub async fn shows(State(store): State<Arc<dyn Store>>) -> String {
    store.load().to_string()
}

pub struct Database;

impl Database {
    fn count(&self) -> u8 {
        std::thread::sleep(Duration::from_secs(2)); // hazard: counts > count > std::thread::sleep
        2
    }

    async fn count_later(&self) -> u8 {
        2
    }
}

pub async fn counts(Extension(database): Extension<Arc<Database>>) -> Json<u8> {
    Json(database.count())
}

pub async fn counts_on_a_worker(State(database): State<Arc<Database>>) -> Json<u8> {
    Json(tokio::task::spawn_blocking(move || database.count()).await.unwrap())
}

pub async fn counts_later(State(database): State<Arc<Database>>) -> Json<u8> {
    Json(database.count_later().await)
}

pub async fn shows_data(database: actix_web::web::Data<Database>) -> String {
    database.count().to_string()
}

pub struct Session;

impl FromRef<Database> for Session {
    fn from_ref(_: &Database) -> Self {
        std::thread::sleep(Duration::from_secs(3)); // hazard: from_ref > std::thread::sleep
        Self
    }
}
