//! A field of a type parameter is what the implementation block asks of it.
use std::sync::{Arc, RwLock};

pub trait Store {
    fn load(&self) -> Vec<u8>;
}

pub struct Disk;

impl Store for Disk {
    fn load(&self) -> Vec<u8> {
        std::fs::remove_dir_all("old").unwrap(); // hazard: App::get > load > std::fs::remove_dir_all
        Vec::new()
    }
}

pub struct App<S> {
    store: S,
}

impl<S: Store> App<S> {
    pub async fn get(&self) -> Vec<u8> {
        self.store.load()
    }
}

pub struct Named<T> {
    inner: T,
}

impl<T: AsRef<str>> Named<T> {
    pub async fn len(&self) -> usize {
        self.inner.as_ref().len()
    }
}

pub trait Log {
    fn write(&self);
}

pub struct Slow;

impl Log for Slow {
    fn write(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: Shared::note > write > std::thread::sleep
    }
}

// Also behind pointers and in containers.
pub struct Shared<L> {
    log: Arc<RwLock<L>>,
}

impl<L> Shared<L>
where
    L: Log + Send,
{
    pub async fn note(&self) {
        self.log.read().unwrap().write();
    }
}

pub trait Sink {
    fn flush(&self);
}

pub struct Pipe;

impl Sink for Pipe {
    fn flush(&self) {
        std::thread::sleep(std::time::Duration::from_secs(2)); // hazard: Fan::flush > flush > std::thread::sleep
    }
}

pub struct Fan<S: Sink> {
    sinks: Vec<Arc<S>>,
}

impl<S: Sink> Fan<S> {
    pub async fn flush(&self) {
        for sink in &self.sinks {
            sink.flush();
        }
    }
}

// Of which nothing is asked, nothing is known.
pub struct Free<S> {
    sink: Arc<S>,
}

impl<S: Clone> Free<S> {
    pub async fn copy(&self) -> S {
        (*self.sink).clone()
    }
}

// A function of a bound without a receiver is that of any type that has it.
pub trait Opens {
    fn open() -> Self;
}

pub struct Archive;

impl Opens for Archive {
    fn open() -> Self {
        std::thread::sleep(std::time::Duration::from_secs(4)); // hazard: opens > open > std::thread::sleep
        Archive
    }
}

pub struct Unrelated;

impl Unrelated {
    pub fn open() -> Self {
        std::thread::sleep(std::time::Duration::from_secs(5));
        Unrelated
    }
}

pub async fn opens<T: Opens>() -> T {
    T::open()
}

// What a function gives that says only which methods it has is what its body says.
pub trait Greets {
    fn greet(&self);
}

pub struct Loud;

impl Greets for Loud {
    fn greet(&self) {
        std::thread::sleep(std::time::Duration::from_secs(6)); // hazard: greets > greet > std::thread::sleep
    }
}

pub struct Quiet;

impl Greets for Quiet {
    fn greet(&self) {}
}

fn loud() -> Box<dyn Greets> {
    Box::new(Loud)
}

fn quiet() -> impl Greets {
    Quiet
}

pub async fn greets() {
    loud().greet();
}

pub async fn greets_quietly() {
    quiet().greet();
}
