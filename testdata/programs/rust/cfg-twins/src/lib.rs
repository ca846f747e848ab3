use std::time::Duration;

mod imp {
    // On a target without threads there is only one place to run it.
    #[cfg(target_os = "emscripten")]
    pub async fn offload(work: impl FnOnce() + Send + 'static) {
        work()
    }

    #[cfg(not(target_os = "emscripten"))]
    pub async fn offload(work: impl FnOnce() + Send + 'static) {
        tokio::task::spawn_blocking(work).await.unwrap()
    }
}

#[cfg(any(loom, target_family = "wasm"))]
fn rest() {
    std::thread::sleep(Duration::from_secs(1));
}

#[cfg(not(any(loom, target_family = "wasm")))]
fn rest() {}

pub async fn saves() {
    imp::offload(|| std::fs::write("a", "b").unwrap()).await;
    rest();
}

#[cfg(unix)]
fn settle() {
    std::thread::sleep(Duration::from_secs(1)); // hazard: settles > settle > std::thread::sleep
}

#[cfg(windows)]
fn settle() {
    std::thread::sleep(Duration::from_secs(2)); // hazard: settles > settle > std::thread::sleep
}

pub async fn settles() {
    settle();
}

// Of two modules with one name, one is built; whoever asks for one build gets its twin.
#[cfg(feature = "quick")]
mod store {
    pub fn save() {}
}

#[cfg(not(feature = "quick"))]
mod store {
    pub fn save() {
        std::fs::write("a", "b").unwrap(); // hazard: saves_somewhere > save > std::fs::write
    }
}

pub async fn saves_somewhere() {
    store::save();
}

#[cfg(feature = "quick")]
pub async fn saves_quickly() {
    store::save();
    keep();
}

#[cfg(feature = "quick")]
fn keep() {}

#[cfg(not(feature = "quick"))]
fn keep() {
    std::thread::sleep(Duration::from_secs(3)); // hazard: keeps > keep > std::thread::sleep
}

#[cfg(not(feature = "quick"))]
pub async fn keeps() {
    keep();
}

// Of two imports by one name, a function of one build means that build's.
mod documents {
    #[cfg(feature = "blocking")]
    use std::fs::read_to_string;
    #[cfg(not(feature = "blocking"))]
    use tokio::fs::read_to_string;

    #[cfg(feature = "blocking")]
    pub fn read(path: &str) -> String {
        read_to_string(path).unwrap()
    }

    #[cfg(not(feature = "blocking"))]
    pub async fn read(path: &str) -> String {
        let text = read_to_string(path);
        text.await.unwrap()
    }
}

mod counters {
    #[cfg(feature = "blocking")]
    use std::sync::Mutex;
    #[cfg(not(feature = "blocking"))]
    use tokio::sync::Mutex;

    pub struct Counter {
        count: Mutex<u64>,
    }

    impl Counter {
        #[cfg(not(feature = "blocking"))]
        pub async fn save(&self) -> u64 {
            let count = self.count.lock().await;
            super::documents::read("counter").await;
            *count
        }
    }
}

// Of statements, arms and fields of a body too, only some builds have some.
fn stall() {
    std::thread::sleep(Duration::from_secs(4)); // hazard: answers > stall > std::thread::sleep
}

pub async fn answers() -> u8 {
    #[cfg(feature = "quick")]
    return 1;
    #[cfg(not(feature = "quick"))]
    {
        stall();
        2
    }
}

pub async fn answers_outside_of_tests(number: u8) {
    #[cfg(test)]
    std::thread::sleep(Duration::from_secs(5));
    #[cfg(not(test))]
    std::thread::sleep(Duration::from_secs(6)); // hazard: answers_outside_of_tests > std::thread::sleep
    match number {
        #[cfg(test)]
        0 => std::thread::sleep(Duration::from_secs(7)),
        #[cfg(any(miri, loom))]
        1 => std::thread::sleep(Duration::from_secs(8)),
        _ => {}
    }
    if cfg!(test) {
        std::thread::sleep(Duration::from_secs(9));
    }
    if cfg!(not(test)) {
        std::thread::sleep(Duration::from_secs(10)); // hazard: answers_outside_of_tests > std::thread::sleep
    }
}

pub struct Slow;

impl Slow {
    fn reply(&self) {
        std::thread::sleep(Duration::from_secs(12)); // hazard: replies > reply > std::thread::sleep
    }
}

pub struct Quick;

impl Quick {
    fn reply(&self) {}
}

pub async fn replies() {
    #[cfg(not(feature = "quick"))]
    let it = Slow;
    #[cfg(feature = "quick")]
    let it = Quick;
    it.reply();
}

#[cfg(feature = "quick")]
pub async fn answers_quickly() {
    #[cfg(not(feature = "quick"))]
    std::thread::sleep(Duration::from_secs(11));
}

mod in_memory {
    use std::time::Duration;

    pub fn waits() {
        std::thread::sleep(Duration::from_secs(11));
    }
}

mod on_disk {
    use std::time::Duration;

    pub fn waits() {
        std::thread::sleep(Duration::from_secs(12)); // hazard: imports_in_tests_what_is_quick > waits > std::thread::sleep
    }
}

pub async fn imports_in_tests_what_is_quick() {
    #[cfg(not(test))]
    use on_disk::waits;

    #[cfg(test)]
    use in_memory::waits;

    waits();
}
