//! Writing and reading a value as text runs what its type has for that.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::process::Command;

pub struct Blob {
    path: String,
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let out = Command::new("cat").arg(&self.path).output(); // hazard: writes > serialize > std::process::Command::output
        serializer.serialize_bytes(&out.unwrap().stdout)
    }
}

#[derive(Serialize)]
pub struct Page {
    blobs: Vec<Blob>,
}

pub async fn writes(page: &Page) -> String {
    serde_json::to_string(page).unwrap()
}

pub struct Key(Vec<u8>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        let out = Command::new("cat").arg(path).output(); // hazard: reads > deserialize > std::process::Command::output
        Ok(Self(out.unwrap().stdout))
    }
}

#[derive(Deserialize)]
pub struct Settings {
    key: Key,
}

pub async fn reads(text: &str) -> Settings {
    let settings: Settings = serde_json::from_str(text).unwrap();
    settings
}

// What only one of them has does not run for the other.
#[derive(Serialize)]
pub struct Secret {
    name: String,
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Command::new("pass").output().unwrap();
        Ok(Self { name: String::new() })
    }
}

pub async fn writes_a_secret(secret: &Secret) -> String {
    serde_json::to_string(secret).unwrap()
}

// The type is written with what reads it.
pub struct Token(Vec<u8>);

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        let out = Command::new("pass").output(); // hazard: reads_a_token > deserialize > std::process::Command::output
        Ok(Self(out.unwrap().stdout))
    }
}

pub async fn reads_a_token(text: &str) -> usize {
    serde_json::from_str::<Token>(text).unwrap().0.len()
}

pub struct Quota(Vec<u8>);

impl<'de> Deserialize<'de> for Quota {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        let out = Command::new("quota").output(); // hazard: asks_for_a_quota > deserialize > std::process::Command::output
        Ok(Self(out.unwrap().stdout))
    }
}

pub async fn asks_for_a_quota(client: reqwest::Client) -> usize {
    client.get("http://quota").send().await.unwrap().json::<Quota>().await.unwrap().0.len()
}

pub async fn asks_for_text(client: reqwest::Client) -> usize {
    client.get("http://quota").send().await.unwrap().json::<String>().await.unwrap().len()
}
