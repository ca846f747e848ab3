use std::sync::{Arc, RwLock};
use tokio::runtime::Runtime;

pub struct Node {
    runtime: Arc<RwLock<Option<Arc<Runtime>>>>,
}

impl Node {
    // What was there before is empty, or others hold it too.
    pub async fn start(&self, runtime: Arc<Runtime>) {
        let mut slot = self.runtime.write().unwrap();
        *slot = Some(runtime);
    }

    pub async fn runs(&self) -> bool {
        let runtime: Arc<Runtime> = match self.runtime.read().unwrap().as_ref() {
            Some(it) => Arc::clone(it),
            None => return false,
        };
        runtime.metrics().num_workers() > 0
    }
}

pub async fn owned() {
    let runtime: Runtime = Runtime::new().unwrap(); // hazard(error)[BL004]: owned > tokio::runtime::Runtime::drop
    runtime.spawn(async {});
}

pub struct Owner {
    runtime: Runtime,
}

/// It may run on a runtime that others own.
pub struct Borrower {
    runtime: Option<Runtime>,
}

pub async fn owner() {
    let owner = Owner { runtime: Runtime::new().unwrap() }; // hazard(error)[BL004]: owner > tokio::runtime::Runtime::drop
    owner.runtime.handle().spawn(async {});
}

pub async fn borrower() {
    let borrower = Borrower { runtime: None };
    borrower.runtime.is_some();
}
