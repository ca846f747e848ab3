//! What a stream yields is what its type says.

use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use std::pin::Pin;
use std::thread::sleep;
use std::time::Duration;

pub struct Job;

impl Job {
    fn run(&self) {
        sleep(Duration::from_secs(1)); // hazard[BL101]: works > Job::run > std::thread::sleep
    }
}

pub async fn works(mut jobs: impl Stream<Item = Job> + Unpin) {
    while let Some(job) = jobs.next().await {
        job.run();
    }
}

pub struct Upload;

impl Upload {
    fn run(&self) {
        sleep(Duration::from_secs(2)); // hazard[BL101]: uploads > Upload::run > std::thread::sleep
    }
}

type Uploads = Pin<Box<dyn Stream<Item = Result<Upload, std::io::Error>> + Send>>;

pub async fn uploads(mut all: Uploads) -> Result<(), std::io::Error> {
    while let Some(it) = all.try_next().await? {
        it.run();
    }
    Ok(())
}

pub struct Mail;

impl Mail {
    fn run(&self) {
        sleep(Duration::from_secs(3)); // hazard[BL101]: posts > Mail::run > std::thread::sleep
    }
}

fn mails() -> BoxStream<'static, Mail> {
    futures::stream::empty().boxed()
}

pub async fn posts() {
    let mut all = mails().take(3);
    while let Some(it) = all.next().await {
        it.run();
    }
}

pub struct Report;

impl Report {
    fn run(&self) {
        sleep(Duration::from_secs(4));
    }
}

// What comes out is run by a thread that may wait.
pub async fn reports(mut all: impl Stream<Item = Report> + Unpin) {
    while let Some(it) = all.next().await {
        tokio::task::spawn_blocking(move || it.run());
    }
}

pub struct Database;

impl Database {
    fn load(&self) {
        sleep(Duration::from_secs(5)); // hazard[BL101]: opens > Database::load > std::thread::sleep
    }
}

/// A wrapper's own field is what it wraps.
pub async fn opens(database: axum::Extension<Database>) {
    database.0.load();
}

pub struct Number(Quick);

pub struct Quick;

impl Quick {
    fn load(&self) {}
}

// The field of what is wrapped is another.
pub async fn counts(number: std::sync::Arc<Number>) {
    number.0.load();
}

pub struct Connection;

impl Drop for Connection {
    fn drop(&mut self) {
        sleep(Duration::from_secs(6));
    }
}

// Nothing has been yielded that could end with the stream.
pub async fn unread(connections: futures::stream::BoxStream<'static, Connection>) {
    tokio::task::yield_now().await;
}
