//! A callable that is put into a container of a struct runs where the container's elements are called.
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

type Hook = Box<dyn Fn(u8) + Send + Sync>;

#[derive(Default)]
pub struct Bus {
    hooks: Vec<Hook>,
    others: Vec<Hook>,
    locked: Mutex<Vec<Hook>>,
    routes: HashMap<String, fn(u8) -> u8>,
}

impl Bus {
    pub fn on(&mut self, hook: impl Fn(u8) + Send + Sync + 'static) {
        self.hooks.push(Box::new(hook));
    }

    pub fn on_other(&mut self, hook: Hook) {
        self.others.push(hook);
    }

    pub fn on_locked(&self, hook: Hook) {
        self.locked.lock().unwrap().push(hook);
    }

    pub fn route(&mut self, name: &str, handler: fn(u8) -> u8) {
        self.routes.insert(name.to_owned(), handler);
    }

    pub async fn emit(&self, value: u8) {
        for hook in &self.hooks {
            hook(value);
        }
    }

    pub async fn emit_locked(&self, value: u8) {
        for hook in self.locked.lock().unwrap().iter() {
            hook(value);
        }
    }

    pub async fn dispatch(&self, name: &str) -> Option<u8> {
        let handler = self.routes.get(name)?;
        Some(handler(1))
    }

    // These run elsewhere.
    pub fn emit_others(&'static self, value: u8) {
        std::thread::spawn(move || {
            for hook in &self.others {
                hook(value);
            }
        });
    }
}

fn slow(value: u8) -> u8 {
    std::thread::sleep(Duration::from_secs(4)); // hazard: dispatch > slow > std::thread::sleep
    value
}

pub fn sets_up(bus: &mut Bus) {
    bus.on(|_| std::thread::sleep(Duration::from_secs(1))); // hazard: emit > sets_up > std::thread::sleep
    bus.on_other(Box::new(|_| std::thread::sleep(Duration::from_secs(2))));
    bus.on_locked(Box::new(|_| std::thread::sleep(Duration::from_secs(3)))); // hazard: emit_locked > sets_up > std::thread::sleep
    bus.route("slow", slow);
}

pub async fn runs(bus: &'static Bus) {
    bus.emit_others(1);
}

// A container of this function, and what variants of an enum are made with.
fn greet() {
    std::thread::sleep(Duration::from_secs(6)); // hazard: looks_up > greet > std::thread::sleep
}

fn part() {
    std::thread::sleep(Duration::from_secs(7));
}

pub async fn looks_up(name: &str) {
    let mut commands: HashMap<&str, fn()> = HashMap::new();
    commands.insert("greet", greet);
    if let Some(command) = commands.get(name) {
        command();
    }
    let mut later: HashMap<&str, fn()> = HashMap::new();
    later.insert("part", part);
    for command in later.into_values() {
        std::thread::spawn(command);
    }
}

pub enum Step {
    Now(Box<dyn FnOnce() + Send>),
    Later(Box<dyn FnOnce() + Send>),
}

pub fn plans() -> [Step; 2] {
    [
        Step::Now(Box::new(|| std::thread::sleep(Duration::from_secs(8)))), // hazard: takes > plans > std::thread::sleep
        Step::Later(Box::new(|| std::thread::sleep(Duration::from_secs(9)))),
    ]
}

pub async fn takes(step: Step) {
    match step {
        Step::Now(run) => run(),
        Step::Later(run) => drop(tokio::task::spawn_blocking(run)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn waits_in_a_test() {
        let mut bus = super::Bus::default();
        bus.on(|_| std::thread::sleep(std::time::Duration::from_secs(5)));
    }
}
