use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub struct Store {
    path: String,
}

impl Store {
    fn load(&mut self) -> String {
        std::fs::read_to_string(&self.path).unwrap_or_default() // hazard[BL107]: reloads > load > std::fs::read_to_string
    }
}

// The two ends of a channel are different things.
pub async fn receives() -> u32 {
    let (tx, rx) = mpsc::channel();
    thread::spawn(move || tx.send(1));
    rx.recv().unwrap_or_default() // hazard[BL106]: receives > std::sync::mpsc::Receiver::recv
}

pub async fn sends(tx: mpsc::Sender<u32>) {
    let (own, _rx) = mpsc::channel();
    let _ = own.send(1);
    let _ = tx.send(2);
}

// A lock contains what it was made of.
pub async fn reloads() -> String {
    let store = Arc::new(Mutex::new(Store { path: "token".to_owned() }));
    let mut store = store.lock().unwrap();
    store.load()
}

pub async fn all(stores: HashMap<String, Store>) {
    for (_name, mut store) in stores {
        store.flush();
    }
}

pub async fn values(stores: &mut BTreeMap<String, Vec<Store>>) {
    for store in stores.values_mut().flatten() {
        store.close();
    }
}

pub async fn names(stores: &HashMap<Name, Store>) {
    for name in stores.keys() {
        name.close();
    }
}

pub struct Name;

impl Name {
    fn close(&self) {}
}

impl Store {
    fn flush(&mut self) {
        std::thread::sleep(PAUSE); // hazard[BL101]: all > flush > std::thread::sleep
    }

    fn close(&mut self) {
        std::thread::sleep(PAUSE); // hazard[BL101]: values > close > std::thread::sleep
    }
}

const PAUSE: Duration = Duration::from_secs(1);

// A channel's receiver waits for each element.
pub async fn drains(rx: mpsc::Receiver<u32>) -> u32 {
    let mut sum = 0;
    for it in rx { // hazard[BL106]: drains > std::sync::mpsc::Receiver::into_iter
        sum += it;
    }
    sum
}

pub async fn drains_what_is_there(rx: mpsc::Receiver<u32>) -> u32 {
    let mut sum = 0;
    for it in rx.try_iter() {
        sum += it;
    }
    sum
}
