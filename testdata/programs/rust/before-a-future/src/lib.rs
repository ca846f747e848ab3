//! What a function does before it gives a future is done by whoever awaits that.

use futures::future::{BoxFuture, FutureExt as _};
use std::fs::remove_dir_all;
use std::future::Future;
use std::pin::Pin;

pub fn boxed(path: String) -> BoxFuture<'static, ()> {
    remove_dir_all(path).unwrap(); // hazard: boxed > std::fs::remove_dir_all
    async {}.boxed()
}

pub fn pinned(path: String) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    remove_dir_all(path).unwrap(); // hazard: pinned > std::fs::remove_dir_all
    Box::pin(async {})
}

// The program's own entry calls it before a runtime is there.
fn prepared(path: String) -> impl Future<Output = ()> {
    remove_dir_all(path).unwrap();
    async {}
}

pub fn main() {
    let task = prepared("cache".to_owned());
    tokio::runtime::Runtime::new().unwrap().block_on(task);
}
