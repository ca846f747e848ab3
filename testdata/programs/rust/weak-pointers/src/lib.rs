//! A weak pointer keeps nothing alive: its end drops nothing, wherever it stands. The end of a shared one drops nothing for sure,
//! whatever its type is called.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;

pub struct Namespace {
    worker: Option<JoinHandle<()>>,
}

impl Drop for Namespace {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.join().unwrap(); // hazard: owns > drop > std::thread::JoinHandle::join
        }
    }
}

pub struct Node {
    namespace: Weak<Namespace>,
    name: String,
}

pub struct Nodes {
    all: HashMap<String, Weak<Namespace>>,
}

pub struct Owner {
    namespace: Arc<Namespace>,
    name: String,
}

fn node(namespace: &Arc<Namespace>) -> Node {
    Node { namespace: Arc::downgrade(namespace), name: String::new() }
}

pub async fn points(namespace: &Arc<Namespace>) -> usize {
    let node = node(namespace);
    node.name.len()
}

pub async fn points_to_many() -> usize {
    let nodes = Nodes { all: HashMap::new() };
    nodes.all.len()
}

pub type Shared = Arc<Namespace>;

pub async fn shares(namespace: Shared, other: Option<Shared>) -> bool {
    namespace.worker.is_some() || other.is_some()
}

pub async fn owns(namespace: Namespace) -> usize {
    let owner = Owner { namespace: Arc::new(namespace), name: String::new() };
    owner.name.len()
}
