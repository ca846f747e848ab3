//! What a handler takes out of a request is what stands inside.
use axum::extract::{FromRef, Path, State};
use axum::{Extension, Json};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::process::Command;
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

// What a handler takes is made before it runs, on the same thread.
pub struct Key(Vec<u8>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        let out = Command::new("cat").arg(path).output(); // hazard: signs > deserialize > std::process::Command::output
        Ok(Self(out.unwrap().stdout))
    }
}

#[derive(Deserialize)]
pub struct Signing {
    key: Option<Key>,
}

pub async fn signs(Json(signing): Json<Signing>) -> String {
    signing.key.unwrap().0.len().to_string()
}

// Nobody takes it out of a request.
pub struct Password(Vec<u8>);

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Self(Command::new("pass").output().unwrap().stdout))
    }
}

#[derive(Deserialize)]
pub struct Login {
    password: Password,
}

pub async fn logs_in(State(login): State<Arc<Login>>) -> String {
    login.password.0.len().to_string()
}

// What it gives is written before it is sent.
pub struct Report {
    path: String,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let out = Command::new("cat").arg(&self.path).output(); // hazard: reports > serialize > std::process::Command::output
        serializer.serialize_bytes(&out.unwrap().stdout)
    }
}

pub async fn reports(Path(path): Path<String>) -> Json<Report> {
    Json(Report { path })
}
