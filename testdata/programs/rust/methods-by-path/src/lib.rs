//! A method that is named by a path, its receiver written as the first argument.

use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

pub trait Directive {
    fn apply(&mut self) {
        if Directive::valid(self) {
            Directive::process(self);
        }
    }

    fn valid(&self) -> bool {
        true
    }

    fn process(&mut self);
}

pub struct Plugin;

impl Directive for Plugin {
    fn valid(&self) -> bool {
        sleep(Duration::from_secs(1)); // hazard[BL101]: checks > <Plugin as Directive>::valid > std::thread::sleep
        true
    }

    fn process(&mut self) {
        sleep(Duration::from_secs(2)); // hazard[BL101]: loads > by_trait > <Plugin as Directive>::process > std::thread::sleep
    }
}

pub struct Note;

impl Directive for Note {
    fn process(&mut self) {}
}

pub struct Archive;

// Only what no loop runs passes one of these.
impl Directive for Archive {
    fn process(&mut self) {
        sleep(Duration::from_secs(3));
    }
}

fn by_parameter<D: Directive>(directive: &mut D) {
    D::process(directive);
}

fn by_trait(directive: &mut impl Directive) {
    Directive::process(directive);
}

pub async fn loads(mut plugin: Plugin) {
    by_parameter(&mut plugin);
    by_trait(&mut plugin);
}

pub async fn checks(plugin: Plugin) -> bool {
    Directive::valid(&plugin)
}

// What another implementation does is nothing to this one.
pub async fn notes(mut note: Note) {
    note.apply();
    by_parameter(&mut note);
    by_trait(&mut note);
    Directive::process(&mut note);
}

pub fn archives(mut archive: Archive) {
    archive.apply();
    by_parameter(&mut archive);
    by_trait(&mut archive);
    Directive::process(&mut archive);
}

pub struct Store;

impl Store {
    fn save(&self) {
        sleep(Duration::from_secs(4)); // hazard[BL101]: saves > Store::save > std::thread::sleep
    }
}

pub async fn saves(store: &Arc<Store>, other: &Option<Store>) {
    let shared = Arc::clone(store);
    shared.save();
    if let Some(it) = Option::as_ref(other) {
        it.save();
    }
}

pub async fn shares(store: &Arc<Store>) -> Arc<Store> {
    let shared = Arc::clone(store);
    std::thread::spawn(move || shared.save());
    Arc::clone(store)
}

fn loads(source: Arc<dyn Source>) {
    let shared = Arc::clone(&source);
    shared.load();
    Source::load(&*source);
}

pub trait Source {
    fn load(&self);
}

pub struct Near;

impl Source for Near {
    fn load(&self) {}
}

pub struct Far;

impl Source for Far {
    fn load(&self) {
        sleep(Duration::from_secs(5));
    }
}

// A pointer more is one to the same object.
pub async fn nearby() {
    loads(Arc::new(Near));
}

pub fn far_away() {
    loads(Arc::new(Far));
}

pub struct Worker;

impl Drop for Worker {
    fn drop(&mut self) {
        sleep(Duration::from_secs(6));
    }
}

pub struct Pool {
    worker: Arc<Worker>,
}

// The pool still has its own.
pub async fn watches(pool: &Pool) {
    let watched = Arc::downgrade(&pool.worker);
    tokio::task::yield_now().await;
    drop(watched);
    let shared = Arc::clone(&pool.worker);
    tokio::task::yield_now().await;
}
