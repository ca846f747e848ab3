//! Implementation blocks for one argument of a generic type: what the argument has is known inside, and a block for another argument
//! gives nothing.

use std::sync::{Arc, Mutex};
use std::time::Duration;

pub struct Request<C> {
    client: C,
}

pub struct Slow;

impl Slow {
    pub fn wait(&self) {
        std::thread::sleep(Duration::from_secs(2)); // hazard(warning): fetch > run > wait > std::thread::sleep
    }
}

pub struct Slower;

impl Slower {
    pub fn wait(&self) {
        std::thread::sleep(Duration::from_secs(3)); // hazard(warning): fetch_shared > wait > std::thread::sleep
    }
}

pub struct Patient;

impl Patient {
    pub async fn wait(&self) {}
}

pub type Shared = Request<Arc<Mutex<Slower>>>;
pub type Awaited = Request<Mutex<Patient>>;

impl Shared {
    pub async fn fetch_shared(&self) {
        self.client.lock().unwrap().wait();
    }
}

impl Awaited {
    pub async fn fetch_awaited(&self) {
        self.client.lock().unwrap().wait().await; // hazard(error): fetch_awaited > std::sync::MutexGuard
    }
}

impl Request<Slow> {
    pub fn run(&self) {
        self.client.wait();
    }

    pub async fn fetch(&self) {
        self.run();
    }
}

impl Request<Patient> {
    pub fn run(&self) -> u32 {
        1
    }

    pub async fn fetch_patiently(&self) -> u32 {
        self.run()
    }
}

pub trait Store {
    fn save(&self);
}

pub struct Disk;

impl Store for Disk {
    fn save(&self) {
        std::thread::sleep(Duration::from_secs(4)); // hazard(warning): handler > flush > save > std::thread::sleep
    }
}

pub struct App<P> {
    store: P,
}

/// The block calls the parameter what it likes.
impl<S: Store> App<S> {
    pub fn flush(&self) {
        self.store.save();
    }
}

pub async fn handler(app: App<Disk>) {
    app.flush();
}
