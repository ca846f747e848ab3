//! What a derive writes runs the member of each field.
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

fn pause() {
    std::thread::sleep(Duration::from_secs(1));
}

pub struct Settings {
    text: String,
}

impl Default for Settings {
    fn default() -> Self {
        std::thread::sleep(Duration::from_secs(1)); // hazard: starts > default > std::thread::sleep
        Self { text: String::new() }
    }
}

#[derive(Default)]
pub struct Server {
    port: u16,
    settings: Settings,
}

pub async fn starts() -> Server {
    Server::default()
}

pub async fn starts_somehow() -> Server {
    let server: Server = Default::default();
    server
}

// What may be there is not, by default.
#[derive(Default)]
pub struct Client {
    settings: Option<Settings>,
    more: Vec<Settings>,
}

pub async fn connects() -> Client {
    Client::default()
}

pub struct Snapshot;

impl Clone for Snapshot {
    fn clone(&self) -> Self {
        std::thread::sleep(Duration::from_secs(2)); // hazard: copies > clone > std::thread::sleep
        Self
    }
}

#[derive(Clone)]
pub struct Entry {
    snapshots: Vec<Snapshot>,
}

#[derive(Clone)]
pub struct Page {
    entry: Entry,
}

pub async fn copies(page: &Page) -> Page {
    page.clone()
}

pub struct Large;

impl Clone for Large {
    fn clone(&self) -> Self {
        pause();
        Self
    }
}

// A pointer is copied, and what it points to is not.
#[derive(Clone)]
pub struct Shared {
    large: Arc<Large>,
}

pub async fn copies_a_pointer(shared: &Shared) -> Shared {
    shared.clone()
}

pub struct Remote;

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        std::thread::sleep(Duration::from_secs(3)); // hazard: tells > fmt > std::thread::sleep
        f.write_str("remote")
    }
}

#[derive(Debug)]
pub enum State {
    Idle,
    Connected(Remote),
}

pub async fn tells(state: &State) {
    println!("{state:?}");
}

// Written by hand, it says what it runs itself.
pub struct Quiet {
    remote: Remote,
}

impl fmt::Debug for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("quiet")
    }
}

pub async fn tells_little(quiet: &Quiet) {
    println!("{quiet:?}");
}

#[derive(Eq, PartialEq)]
pub struct Content {
    path: String,
}

impl Hash for Content {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::thread::sleep(Duration::from_secs(4)); // hazard: keeps > hash > std::thread::sleep
        self.path.hash(state);
    }
}

#[derive(Eq, Hash, PartialEq)]
pub struct Key {
    content: Content,
}

pub async fn keeps(known: &mut HashMap<Key, u8>, key: Key) {
    known.insert(key, 1);
}

pub struct Version;

impl PartialEq for Version {
    fn eq(&self, _: &Self) -> bool {
        std::thread::sleep(Duration::from_secs(5)); // hazard: compares > eq > std::thread::sleep
        true
    }
}

#[derive(PartialEq)]
pub struct Release {
    version: Version,
}

pub async fn compares(one: &Release, other: &Release) -> bool {
    one == other
}
