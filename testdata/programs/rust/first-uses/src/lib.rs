//! What is made on its first use is made by whoever uses it first.
use std::cell::RefCell;
use std::sync::{Arc, LazyLock};
use std::thread::sleep;
use std::time::Duration;

pub struct Settings {
    text: LazyLock<String>,
    shared: Arc<LazyLock<Vec<u8>>>,
    unused: LazyLock<String>,
}

fn read() -> Vec<u8> {
    sleep(Duration::from_secs(2)); // hazard(note): Settings::sizes > read > std::thread::sleep
    Vec::new()
}

impl Settings {
    pub fn new() -> Self {
        Self {
            text: LazyLock::new(|| {
                sleep(Duration::from_secs(1)); // hazard(note): Settings::shows > new > std::thread::sleep
                String::new()
            }),
            shared: Arc::new(LazyLock::new(read)),
            unused: LazyLock::new(|| {
                sleep(Duration::from_secs(3));
                String::new()
            }),
        }
    }

    pub async fn shows(&self) -> usize {
        self.text.len()
    }

    pub async fn sizes(&self) -> usize {
        self.shared.len()
    }

    // Only what no runtime waits for uses it.
    pub fn waits(&self) -> usize {
        self.unused.len()
    }
}

pub async fn counts() -> usize {
    let numbers = LazyLock::new(|| {
        sleep(Duration::from_secs(4)); // hazard(note): counts > counts > std::thread::sleep
        vec![1]
    });
    numbers.len()
}

pub async fn counts_elsewhere() {
    let numbers = LazyLock::new(|| {
        sleep(Duration::from_secs(5));
        vec![1]
    });
    std::thread::spawn(move || numbers.len());
}

pub struct Client;

impl Client {
    fn fetch(&mut self) {
        sleep(Duration::from_secs(6)); // hazard: asks > asks > fetch > std::thread::sleep
    }

    fn look(&self) {
        sleep(Duration::from_secs(7)); // hazard: looks > looks > look > std::thread::sleep
    }

    fn size(&self) -> usize {
        0
    }
}

thread_local! {
    static CLIENT: RefCell<Option<Client>> = RefCell::new(None);
}

tokio::task_local! {
    static CURRENT: Client;
}

// The closure is given what this thread, or this task, has.
pub async fn asks() {
    CLIENT.with(|it| it.borrow_mut().as_mut().unwrap().fetch());
}

pub async fn looks() {
    CURRENT.scope(Client, async { CURRENT.with(|it| it.look()) }).await
}

pub async fn measures() -> usize {
    CURRENT.with(|it| it.size())
}
