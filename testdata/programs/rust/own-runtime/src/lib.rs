use std::sync::mpsc::Receiver;
use std::thread;
use tokio::runtime::{Builder, Runtime};

// The thread was started for this block, and runs nothing else.
pub fn on_its_own_thread(jobs: Receiver<u32>) {
    thread::Builder::new()
        .spawn(move || {
            let runtime = match Builder::new_current_thread().enable_all().build() {
                Ok(it) => it,
                Err(_) => return,
            };
            let work = async move {
                while let Ok(job) = jobs.recv() {
                    handle(job).await;
                }
            };
            runtime.block_on(work);
        })
        .ok();
}

pub fn spawned_there(jobs: Receiver<u32>) {
    thread::spawn(move || {
        let runtime = Runtime::new().expect("a runtime");
        runtime.block_on(async move {
            tokio::spawn(async move {
                let _ = jobs.recv(); // hazard[BL106]: spawned_there > std::sync::mpsc::Receiver::recv
            });
        });
    });
}

// Nobody says that this thread has no loop of its own, and the block is the program's.
pub fn on_the_caller_s(jobs: Receiver<u32>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async move {
        let _ = jobs.recv(); // hazard[BL106]: on_the_caller_s > std::sync::mpsc::Receiver::recv
    });
}

async fn handle(_job: u32) {}
