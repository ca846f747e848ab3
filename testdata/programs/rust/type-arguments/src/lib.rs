//! What a struct is given for its type parameter is what its methods use.
use std::sync::Arc;
use std::time::Duration;

pub trait Store {
    fn save(&self);
}

pub struct Memory;

impl Store for Memory {
    fn save(&self) {}
}

pub struct Disk;

impl Store for Disk {
    fn save(&self) {
        std::thread::sleep(Duration::from_secs(1)); // hazard: disk > run > save > std::thread::sleep
    }
}

pub struct App<S: Store> {
    store: S,
}

impl<S: Store> App<S> {
    pub fn new(store: S) -> Self {
        Self { store }
    }

    pub fn run(&self) {
        self.store.save();
    }

    pub fn start(&self) {
        self.run();
    }
}

pub async fn memory(app: &App<Memory>) {
    app.run();
    app.start();
}

pub async fn new_in_memory() {
    App::new(Memory).start();
}

pub async fn written_in_memory() {
    let app = App { store: Memory };
    app.start();
}

pub async fn shared_in_memory(app: Arc<App<Memory>>) {
    app.run();
}

pub async fn disk(app: &App<Disk>) {
    app.run();
}

pub async fn unknown<S: Store>(app: &App<S>) {
    app.run();
}
