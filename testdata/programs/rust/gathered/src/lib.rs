//! What a function puts into a container, or makes of each element, comes out of it again.

use std::collections::VecDeque;
use std::thread;

fn search(part: u64) -> u64 {
    part
}

pub async fn collected(parts: u64) -> u64 {
    let handles: Vec<_> = (0..parts).map(|it| thread::spawn(move || search(it))).collect();
    let mut found = 0;
    for handle in handles {
        found += handle.join().unwrap(); // hazard: collected > std::thread::JoinHandle::join
    }
    found
}

pub async fn numbered(parts: Vec<u64>) {
    for (_, handle) in parts.iter().map(|it| *it).map(|it| thread::spawn(move || search(it))).enumerate() {
        let _ = handle.join(); // hazard: numbered > std::thread::JoinHandle::join
    }
}

pub async fn pushed(parts: u64) {
    let mut handles = Vec::new();
    for part in 0..parts {
        handles.push(thread::spawn(move || search(part)));
    }
    handles.into_iter().for_each(|it| drop(it.join())); // hazard: pushed > pushed > std::thread::JoinHandle::join
}

pub async fn queued(parts: u64) {
    let mut handles = VecDeque::new();
    for part in 0..parts {
        handles.push_back(thread::spawn(move || search(part)));
    }
    while let Some(handle) = handles.pop_front() {
        let _ = handle.join(); // hazard: queued > std::thread::JoinHandle::join
    }
}

// Tasks are awaited, and what another container holds is of no concern.
pub async fn awaited(parts: u64) {
    let mut threads = Vec::new();
    let mut tasks = Vec::new();
    for part in 0..parts {
        threads.push(thread::spawn(move || search(part)));
        tasks.push(tokio::spawn(async move { search(part) }));
    }
    for task in tasks {
        let _ = task.await;
    }
    let names = vec!["a", "b"];
    let _ = names.join(",");
}
