use std::sync::Arc;
use std::time::Duration;

type Task = Box<dyn Fn() + Send + Sync>;

fn pause(seconds: u64) {
    std::thread::sleep(Duration::from_secs(seconds)); // hazard[BL101]: literal > run > literal > pause > std::thread::sleep
}

// A callable that a struct is made with runs where the field is called.
struct Literal {
    task: Task,
}

impl Literal {
    fn run(&self) {
        (self.task)();
    }
}

pub async fn literal() {
    Literal { task: Box::new(|| pause(1)) }.run();
}

struct Built {
    task: Task,
}

impl Built {
    fn new(task: Task) -> Self {
        Self { task }
    }

    fn run(&self) {
        (self.task)();
    }
}

fn waits() {
    std::thread::sleep(Duration::from_secs(2)); // hazard[BL101]: built > run > waits > std::thread::sleep
}

pub async fn built() {
    Built::new(Box::new(waits)).run();
}

// What a setter is given is a field's value too.
struct Hooked {
    hook: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Hooked {
    fn on_close(mut self, hook: impl Fn() + Send + Sync + 'static) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    fn close(&self) {
        if let Some(hook) = &self.hook {
            let hook = hook.clone();
            hook();
        }
    }
}

fn closes() {
    std::thread::sleep(Duration::from_secs(3)); // hazard[BL101]: hooked > close > closes > std::thread::sleep
}

pub async fn hooked() {
    Hooked { hook: None }.on_close(closes).close();
}

// Run by a thread alone, it may wait.
struct Offloaded {
    task: Task,
}

pub async fn offloaded() {
    let job = Offloaded { task: Box::new(|| std::thread::sleep(Duration::from_secs(4))) };
    tokio::task::spawn_blocking(move || (job.task)()).await.unwrap();
}

// Of two things that run different callables nobody says which one this is.
struct Either<F: Fn()> {
    task: F,
}

impl<F: Fn()> Either<F> {
    fn new(task: F) -> Self {
        Self { task }
    }

    fn run(&self) {
        (self.task)();
    }
}

pub async fn quick() {
    Either::new(|| ()).run();
}

pub fn slow() {
    Either::new(|| std::thread::sleep(Duration::from_secs(5))).run();
}
