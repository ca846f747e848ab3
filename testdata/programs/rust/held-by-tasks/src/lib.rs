//! Nothing here drops these values, but others await their methods, so that they end in asynchronous code.

use std::process::Child;
use tokio::runtime::Runtime;

pub struct Session {
    name: String,
}

impl Session {
    pub async fn quit(&mut self) {
        self.name.clear();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        futures::executor::block_on(self.quit()); // hazard: <Session as Drop>::drop > futures::executor::block_on
    }
}

pub struct Engine {
    child: Child,
}

impl Engine {
    pub async fn ask(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.wait(); // hazard[BL202]: <Engine as Drop>::drop > std::process::Child::wait
    }
}

// It moves other tasks away before it waits: it is used where tasks run, and its runtime ends there.
pub struct Store {
    runtime: Runtime, // hazard[BL004]: Store > tokio::runtime::Runtime::drop
}

impl Store {
    pub fn get(&self) -> u32 {
        tokio::task::block_in_place(|| self.runtime.block_on(async { 1 }))
    }
}

// Its runtime is given away before the value ends.
pub struct Background {
    runtime: Option<Runtime>,
}

impl Background {
    pub fn get(&self) -> u32 {
        tokio::task::block_in_place(|| 1)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

// A facade for code without a runtime: it drives its own asynchronous methods.
pub struct Blocking {
    runtime: Runtime,
}

impl Blocking {
    async fn fetch(&self) -> u32 {
        1
    }

    pub fn get(&self) -> u32 {
        self.runtime.block_on(self.fetch())
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        self.runtime.block_on(self.fetch());
    }
}

// Whoever awaits the constructor has one.
pub struct Link {
    path: String,
}

impl Link {
    pub async fn open(path: String) -> std::io::Result<Self> {
        Ok(Self { path })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        std::thread::sleep(std::time::Duration::from_secs(7)); // hazard: drop > std::thread::sleep
    }
}

// This one is made anywhere.
pub struct Plain {
    path: String,
}

impl Plain {
    pub fn open(path: String) -> std::io::Result<Self> {
        Ok(Self { path })
    }

    pub async fn count(path: String) -> usize {
        path.len()
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        std::thread::sleep(std::time::Duration::from_secs(8));
    }
}

/// Others await its methods, but the program makes it before there is a loop, and may end it after that.
pub struct Catalog {
    runtime: Runtime,
}

impl Catalog {
    pub fn new() -> Self {
        Self { runtime: Runtime::new().unwrap() }
    }

    pub async fn find(&self) -> usize {
        self.runtime.metrics().num_workers()
    }
}

/// Nobody here makes it.
pub struct Shelf {
    runtime: Runtime, // hazard[BL004]: Shelf > tokio::runtime::Runtime::drop
}

impl Shelf {
    pub fn new() -> Self {
        Self { runtime: Runtime::new().unwrap() }
    }

    pub async fn find(&self) -> usize {
        self.runtime.metrics().num_workers()
    }
}

// Another language holds it, and lets go of it on a thread of its own.
#[derive(uniffi::Object)]
pub struct Exported {
    runtime: Option<Runtime>,
}

#[uniffi::export]
impl Exported {
    pub async fn next(&self) -> u32 {
        1
    }
}

impl Drop for Exported {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.block_on(async {});
        }
    }
}
