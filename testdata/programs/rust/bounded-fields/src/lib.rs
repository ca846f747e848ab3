//! A field of a type parameter is what the implementation block asks of it.

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
