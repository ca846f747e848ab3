//! Of the implementations of a trait, a call of a generic function runs those of what it passes, or is written with.
use std::time::Duration;

pub trait Store {
    fn save(&self);
}

pub struct Memory;

impl Store for Memory {
    fn save(&self) {}
}

pub struct Disk;

// What is asked of what a type gives by its methods, and of what a type parameter is written to be.
pub trait Files {
    type File: Store;
    fn open(&self) -> Result<Self::File, ()>;
}

pub struct Local;

impl Files for Local {
    type File = Memory;
    fn open(&self) -> Result<Memory, ()> {
        Ok(Memory)
    }
}

pub struct Remote;

impl Files for Remote {
    type File = Upload;
    fn open(&self) -> Result<Upload, ()> {
        Ok(Upload)
    }
}

pub struct Upload;

impl Store for Upload {
    fn save(&self) {
        std::thread::sleep(Duration::from_secs(2)); // hazard: remote > save_all > save_in > save > std::thread::sleep
    }
}

fn save_in<F>(files: &F) -> Result<(), ()>
where
    F: Files,
{
    files.open()?.save();
    Ok(())
}

fn save_all<F: Files>(files: &F) {
    save_in(files).unwrap();
}

pub async fn local() {
    save_in(&Local).unwrap();
    save_all(&Local);
}

pub async fn remote() {
    save_all(&Remote);
}

pub struct Archive<F: Files> {
    files: F,
}

impl<F: Files> Archive<F> {
    fn close(&self) {
        self.files.open().unwrap().save();
    }
}

pub async fn local_archive(archive: &Archive<Local>) {
    archive.close();
}

pub trait Cache {
    fn fresh() -> Self;
    fn warm(&self);
}

impl Cache for Memory {
    fn fresh() -> Self {
        Self
    }

    fn warm(&self) {}
}

impl Cache for Disk {
    fn fresh() -> Self {
        Self
    }

    fn warm(&self) {
        std::thread::sleep(Duration::from_secs(3)); // hazard: warm_disk > warm_all > warm > warm > std::thread::sleep
    }
}

fn warm<C: Cache>() {
    C::fresh().warm();
}

fn warm_all<C: Cache>() {
    warm::<C>();
}

pub async fn warm_memory() {
    warm::<Memory>();
    warm_all::<Memory>();
}

pub async fn warm_disk() {
    warm_all::<Disk>();
}

// What is given back is what was passed, or what the call says.
fn same<T>(it: T) -> T {
    it
}

pub trait Named: Sized {
    fn named(name: &str) -> Option<Self>;
}

pub struct Job;

impl Job {
    fn finish(self) {
        std::thread::sleep(Duration::from_secs(4)); // hazard: finish_same > finish > std::thread::sleep
    }
}

impl Named for Job {
    fn named(_: &str) -> Option<Self> {
        Some(Self)
    }
}

pub struct Task;

impl Task {
    fn finish(self) {
        std::thread::sleep(Duration::from_secs(5)); // hazard: finish_named > finish > std::thread::sleep
    }
}

impl Named for Task {
    fn named(_: &str) -> Option<Self> {
        Some(Self)
    }
}

pub struct Note;

impl Note {
    fn finish(self) {}
}

fn find<T: Named>(name: &str) -> Option<T> {
    T::named(name)
}

pub async fn finish_same() {
    same(Job).finish();
    same(Note).finish();
}

pub async fn finish_named() {
    if let Some(task) = find::<Task>("a") {
        task.finish();
    }
}

// What is passed for an associated type of a type parameter tells what that is.
pub trait Blob {
    type Home;
    fn read(&self);
}

pub struct Drive;
pub struct Bucket;
pub struct OnDrive;
pub struct InBucket;

impl Blob for OnDrive {
    type Home = Drive;
    fn read(&self) {}
}

impl Blob for InBucket {
    type Home = Bucket;
    fn read(&self) {
        std::thread::sleep(Duration::from_secs(6)); // hazard: tracks_in_bucket > open > load > read > std::thread::sleep
    }
}

pub struct Typed<B: Blob> {
    inner: B,
}

impl<B: Blob> Typed<B> {
    fn of(home: &B::Home) -> Result<Self, ()> {
        todo!()
    }

    fn load(&self) {
        self.inner.read();
    }
}

pub struct Tracker<B: Blob> {
    blob: Typed<B>,
}

impl<B: Blob> Tracker<B> {
    fn open(home: &B::Home) -> Result<Self, ()> {
        let blob = Typed::<B>::of(home)?;
        blob.load();
        Ok(Self { blob })
    }
}

pub async fn tracks_on_drive() {
    Tracker::open(&Drive).unwrap();
}

pub async fn tracks_in_bucket() {
    Tracker::open(&Bucket).unwrap();
}
