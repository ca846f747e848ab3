//! A pointer is cloned without what it points to, wherever it comes from.
use arc_swap::ArcSwap;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub struct Index;

impl Clone for Index {
    fn clone(&self) -> Self {
        std::thread::sleep(Duration::from_secs(1));
        Self
    }
}

type Shared = Arc<Index>;

pub struct Holder {
    index: Arc<Index>,
}

pub enum Event {
    Loaded(Arc<Index>),
    Empty,
}

fn make() -> Arc<Index> {
    Arc::new(Index)
}

pub async fn of_a_parameter(index: &Arc<Index>) -> Arc<Index> {
    index.clone()
}

pub async fn of_a_clone(index: &Arc<Index>) -> Arc<Index> {
    Arc::clone(index).clone()
}

pub async fn of_an_alias(index: Shared) -> Shared {
    index.clone()
}

pub async fn of_a_field(holder: &Holder) -> Arc<Index> {
    holder.index.clone()
}

pub async fn of_a_variable() -> Arc<Index> {
    let index = Arc::new(Index);
    index.clone()
}

pub async fn of_a_call() -> Arc<Index> {
    make().clone()
}

pub async fn of_elements(indexes: Vec<Arc<Index>>) -> Vec<Arc<Index>> {
    let mut found = indexes.clone();
    for index in &indexes {
        found.push(index.clone());
    }
    found
}

pub async fn of_what_is_found(indexes: &HashMap<String, Arc<Index>>) -> Option<Arc<Index>> {
    Some(indexes.get("main")?.clone())
}

pub async fn of_what_a_lock_guards(index: &Mutex<Arc<Index>>) -> Arc<Index> {
    index.lock().unwrap().clone()
}

pub async fn of_a_payload(event: &Event) -> Option<Arc<Index>> {
    match event {
        Event::Loaded(index) => Some(index.clone()),
        Event::Empty => None,
    }
}

pub async fn of_another_pointer(index: Rc<Index>) {
    drop(index.clone());
}

// What the pointer points to is asked for itself.
pub struct Table;

impl Clone for Table {
    fn clone(&self) -> Self {
        std::thread::sleep(Duration::from_secs(2)); // hazard: behind > clone > std::thread::sleep
        Self
    }
}

pub async fn behind(table: &Arc<Table>) -> Table {
    (**table).clone()
}

pub struct Owned;

impl Clone for Owned {
    fn clone(&self) -> Self {
        std::thread::sleep(Duration::from_secs(3)); // hazard: owned > clone > std::thread::sleep
        Self
    }
}

pub async fn owned(all: Vec<Owned>) -> Vec<Owned> {
    let mut found = Vec::new();
    for one in &all {
        found.push(one.clone());
    }
    found
}

pub struct Boxed;

impl Clone for Boxed {
    fn clone(&self) -> Self {
        std::thread::sleep(Duration::from_secs(4)); // hazard: boxed > clone > std::thread::sleep
        Self
    }
}

pub async fn boxed(one: Box<Boxed>) -> Box<Boxed> {
    one.clone()
}

// What holds a pointer that can be replaced is none itself.
pub struct Settings;

impl Settings {
    pub fn store(&self, _: Arc<Self>) {
        std::thread::sleep(Duration::from_secs(5));
    }

    pub fn save(&self) {
        std::thread::sleep(Duration::from_secs(6)); // hazard: loaded > save > std::thread::sleep
    }
}

pub async fn replaced(settings: &ArcSwap<Settings>) {
    settings.store(Arc::new(Settings));
}

pub async fn loaded(settings: &ArcSwap<Settings>) {
    settings.load().save();
}
