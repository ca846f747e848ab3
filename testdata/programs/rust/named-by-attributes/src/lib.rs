//! What the attributes of a field name runs in place of the field's own member, or beside it.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::process::Command;

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let path = String::deserialize(deserializer)?;
    let out = Command::new("cat").arg(path).output(); // hazard: reads > read > std::process::Command::output
    Ok(out.unwrap().stdout)
}

fn host() -> Vec<u8> {
    Command::new("hostname").output().unwrap().stdout // hazard: reads > host > std::process::Command::output
}

#[derive(Deserialize)]
pub struct Settings {
    #[serde(deserialize_with = "read")]
    key: Vec<u8>,
    #[serde(rename = "host", default = "host")]
    name: Vec<u8>,
}

pub async fn reads(text: &str) -> Settings {
    serde_json::from_str(text).unwrap()
}

fn write<S: Serializer>(path: &String, serializer: S) -> Result<S::Ok, S::Error> {
    let out = Command::new("cat").arg(path).output(); // hazard: writes > write > std::process::Command::output
    serializer.serialize_bytes(&out.unwrap().stdout)
}

mod version {
    use serde::{Deserializer, Serializer};
    use std::process::Command;

    pub fn serialize<S: Serializer>(tool: &String, serializer: S) -> Result<S::Ok, S::Error> {
        let out = Command::new(tool).arg("--version").output(); // hazard: writes > serialize > std::process::Command::output
        serializer.serialize_bytes(&out.unwrap().stdout)
    }

    // The page is only written.
    pub fn deserialize<'de, D: Deserializer<'de>>(_: D) -> Result<String, D::Error> {
        Ok(String::from_utf8(Command::new("uname").output().unwrap().stdout).unwrap())
    }
}

#[derive(Deserialize, Serialize)]
pub struct Page {
    #[serde(serialize_with = "write")]
    path: String,
    #[serde(with = "version")]
    tool: String,
    #[serde(default = "never")]
    text: String,
}

pub async fn writes(page: &Page) -> String {
    serde_json::to_string(page).unwrap()
}

fn never() -> String {
    String::from_utf8(Command::new("uname").output().unwrap().stdout).unwrap()
}

// The field's own does not run where another is named.
pub struct Blob(Vec<u8>);

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Self(Command::new("cat").output().unwrap().stdout))
    }
}

fn nothing<'de, D: Deserializer<'de>>(_: D) -> Result<Blob, D::Error> {
    Ok(Blob(Vec::new()))
}

#[derive(Deserialize)]
pub struct Upload {
    #[serde(deserialize_with = "nothing")]
    blob: Blob,
}

pub async fn receives(text: &str) -> Upload {
    serde_json::from_str(text).unwrap()
}

// A type is made by a member of its own, and its fields are not.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Address {
    blob: Blob,
}

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let out = Command::new("dig").arg(name).output(); // hazard: resolves > try_from > std::process::Command::output
        Ok(Self { blob: Blob(out.unwrap().stdout) })
    }
}

pub async fn resolves(text: &str) -> Address {
    serde_json::from_str(text).unwrap()
}

// Another attribute's arguments mean something else.
#[derive(clap::Args, Deserialize)]
pub struct Arguments {
    #[arg(default = "never", with = "version")]
    text: String,
}

pub async fn takes(text: &str) -> Arguments {
    serde_json::from_str(text).unwrap()
}
