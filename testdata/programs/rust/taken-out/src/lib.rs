//! What is taken out of an `Option` is what it held.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::JoinHandle;

pub struct Engine {
    worker: Option<JoinHandle<()>>,
    child: Option<Child>,
    buffer: Option<Vec<u8>>,
}

impl Engine {
    pub async fn stop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.join().unwrap(); // hazard: Engine::stop > std::thread::JoinHandle::join
        }
        let Some(mut child) = self.child.take() else { return };
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(b"quit").unwrap(); // hazard: Engine::stop > std::process::ChildStdin::write_all
        }
        child.wait().unwrap(); // hazard: Engine::stop > std::process::Child::wait
    }

    pub async fn flush(&mut self) {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.write_all(b"end").unwrap();
    }
}

// A bound says what the conversion gives.
pub async fn present(path: impl AsRef<Path>) -> bool {
    let path = path.as_ref();
    path.exists() // hazard(note): present > std::path::Path::exists
}

pub async fn made(path: impl Into<PathBuf>) -> bool {
    path.into().is_dir() // hazard(note): made > std::path::PathBuf::is_dir
}

pub async fn long(text: impl AsRef<str>) -> bool {
    text.as_ref().len() > 80
}
