//! Of the types that may stand for a type parameter, one that blocks is enough, unless whoever calls says which is meant.
use std::process::Command;
use std::sync::Arc;

pub trait Transport: Sized {
    fn open(name: &str) -> Self;
}

pub struct Plain;

impl Transport for Plain {
    fn open(_: &str) -> Self {
        Self
    }
}

pub struct Secure(Vec<u8>);

impl Transport for Secure {
    fn open(name: &str) -> Self {
        let out = Command::new("openssl").arg(name).output(); // hazard: connect > open > std::process::Command::output
        Self(out.unwrap().stdout)
    }
}

pub struct Client<T> {
    transport: Arc<T>,
}

impl<T: Transport> Client<T> {
    pub async fn connect(name: &str) -> Self {
        Self { transport: Arc::new(T::open(name)) }
    }
}

pub async fn run(secure: bool) {
    if secure {
        Client::<Secure>::connect("main").await;
    } else {
        Client::<Plain>::connect("main").await;
    }
}

pub trait Store: Sized {
    fn load() -> Self;
}

pub struct Memory;

impl Store for Memory {
    fn load() -> Self {
        Self
    }
}

pub struct Disk(Vec<u8>);

impl Store for Disk {
    fn load() -> Self {
        Self(Command::new("cat").output().unwrap().stdout)
    }
}

fn make<S: Store>() -> S {
    S::load()
}

pub async fn remembers() -> Memory {
    make::<Memory>()
}

pub fn keeps() -> Disk {
    make::<Disk>()
}
