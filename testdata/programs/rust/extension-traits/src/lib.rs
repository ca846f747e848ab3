//! The program's traits give methods to library types: a call of one runs its code, and that of the same name on another type does not.

pub mod adapters;
pub mod of_quick;
pub mod of_slow;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

trait PathExt {
    fn settle(&self);
}

impl PathExt for Path {
    fn settle(&self) {
        sleep(Duration::from_secs(1)); // hazard: on_a_path > <Path as PathExt>::settle > std::thread::sleep
    }
}

pub async fn on_a_path(path: &Path) {
    path.settle();
}

// A `PathBuf` is used as a `Path`.
pub async fn on_an_owned_path(path: PathBuf) {
    path.settle();
}

trait Settles {
    fn settle(&self);
}

impl Settles for str {
    fn settle(&self) {}
}

// The name is the same, the type is not.
pub async fn on_a_text(text: String) {
    text.settle();
}

trait CommandExt {
    fn checked(&mut self) -> bool;
}

impl CommandExt for Command {
    fn checked(&mut self) -> bool {
        self.status().is_ok_and(|it| it.success()) // hazard: run_checked > <Command as CommandExt>::checked > std::process::Command::status
    }
}

pub async fn run_checked() -> bool {
    Command::new("make").arg("all").checked()
}

trait AsyncCommandExt {
    fn checked(&mut self) -> impl Future<Output = bool>;
}

impl AsyncCommandExt for tokio::process::Command {
    async fn checked(&mut self) -> bool {
        self.status().await.is_ok_and(|it| it.success())
    }
}

pub async fn run_checked_asynchronously() -> bool {
    tokio::process::Command::new("make").checked().await
}

// What the trait has for all of its implementations.
trait Wait: Future + Sized {
    fn wait(self) -> Self::Output {
        futures::executor::block_on(self) // hazard: waits_for_a_future > Wait::wait > futures::executor::block_on
    }
}

impl<F: Future> Wait for F {}

async fn number() -> u8 {
    1
}

pub async fn waits_for_a_future() -> u8 {
    number().wait()
}

pub async fn awaits_a_future() -> u8 {
    number().await
}

// Whatever is a path has it.
trait Tool: AsRef<std::path::Path> {
    fn asks(&self) -> bool;
}

impl<P: AsRef<std::path::Path>> Tool for P {
    fn asks(&self) -> bool {
        Command::new(self.as_ref()).status().is_ok() // hazard: asks_a_tool > asks > std::process::Command::status
    }
}

pub async fn asks_a_tool(tool: std::path::PathBuf) -> bool {
    tool.asks()
}

struct Oracle;

impl Oracle {
    fn asks(&self) -> bool {
        true
    }
}

pub async fn asks_an_oracle() -> bool {
    Oracle.asks()
}

// Two traits give a pointer a method of one name: which is meant depends on what it points to.
pub trait Serve {
    fn serve(&self) -> impl std::future::Future<Output = u8>;
}

pub trait ServeBlocking {
    fn serve(&self) -> u8;
}

impl<S: ServeBlocking> ServeBlocking for std::sync::Arc<S> {
    fn serve(&self) -> u8 {
        self.as_ref().serve()
    }
}

impl<S: Serve> Serve for std::sync::Arc<S> {
    fn serve(&self) -> impl std::future::Future<Output = u8> {
        self.as_ref().serve()
    }
}

pub struct Disk;

impl ServeBlocking for Disk {
    fn serve(&self) -> u8 {
        std::thread::sleep(std::time::Duration::from_secs(1));
        1
    }
}

pub struct Memory;

impl Serve for Memory {
    async fn serve(&self) -> u8 {
        2
    }
}

pub async fn serves(memory: std::sync::Arc<Memory>) -> u8 {
    memory.serve().await
}

/// What a block gives to whatever implements a library's trait is given to the program's types too.
pub trait Rest {
    fn rest(&self);
}

impl<T: std::fmt::Debug> Rest for T {
    fn rest(&self) {
        std::thread::sleep(std::time::Duration::from_secs(3)); // hazard[BL101]: rests > <T as Rest>::rest > std::thread::sleep
    }
}

#[derive(Debug)]
pub struct Calm;

// Its own method comes first.
impl Calm {
    fn rest(&self) {}
}

#[derive(Debug)]
pub struct Tired;

pub async fn rests(tired: &Tired) {
    tired.rest();
}

pub async fn is_calm(calm: &Calm) {
    calm.rest();
}
