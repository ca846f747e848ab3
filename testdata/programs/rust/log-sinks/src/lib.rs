//! What is written to a log runs where it is written.
use std::process::Command;
use std::time::Duration;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

pub struct Mailer;

impl log::Log for Mailer {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }

    fn log(&self, record: &log::Record) {
        Command::new("mail").arg(record.args().to_string()).status().unwrap(); // hazard: serves > log > std::process::Command::status
    }

    fn flush(&self) {
        Command::new("sync").status().unwrap();
    }
}

pub struct Alerts;

impl<S: tracing::Subscriber> Layer<S> for Alerts {
    fn on_event(&self, _: &tracing::Event<'_>, _: Context<'_, S>) {
        notify();
    }
}

fn notify() {
    std::thread::sleep(Duration::from_secs(1)); // hazard: answers > on_event > notify > std::thread::sleep
}

pub struct Sender(std::sync::mpsc::Sender<String>);

impl<S: tracing::Subscriber> Layer<S> for Sender {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        self.0.send(format!("{event:?}")).ok();
    }
}

// It is there, and nobody installs it.
pub struct Spare;

impl<S: tracing::Subscriber> Layer<S> for Spare {
    fn on_event(&self, _: &tracing::Event<'_>, _: Context<'_, S>) {
        std::thread::sleep(Duration::from_secs(2));
    }
}

pub struct Pipe;

impl std::io::Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        std::thread::sleep(Duration::from_secs(3)); // hazard: answers > write > std::thread::sleep
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub struct Socket;

impl std::io::Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        std::thread::sleep(Duration::from_secs(4)); // hazard: answers > write > std::thread::sleep
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

// Its own thread writes to this.
pub struct File;

impl std::io::Write for File {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        std::thread::sleep(Duration::from_secs(5));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub fn start_files() -> tracing_appender::non_blocking::WorkerGuard {
    let (file, guard) = tracing_appender::non_blocking(File);
    tracing_subscriber::fmt().with_writer(file).init();
    guard
}

pub fn start_sockets() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_writer(std::sync::Mutex::new(Socket)).init();
}

pub fn start(lines: std::sync::mpsc::Sender<String>) {
    log::set_boxed_logger(Box::new(Mailer)).unwrap();
    let pipes = tracing_subscriber::fmt::layer().with_writer(|| Pipe);
    tracing_subscriber::registry().with(pipes).with(Alerts).with(Sender(lines)).init();
}

pub async fn serves() {
    log::info!("served");
}

pub async fn answers() {
    tracing::warn!(code = 200, "answered");
}

// No loop's thread writes this.
pub fn stops() {
    log::info!("stopped");
}
