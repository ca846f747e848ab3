//! What comes out of a channel is what the channel is for.
use std::process::Command;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

pub struct Job;

impl Job {
    fn run(&self) {
        Command::new("make").status().unwrap(); // hazard: work > run > std::process::Command::status
    }

    async fn run_later(&self) {}
}

pub async fn work(mut jobs: mpsc::Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        job.run();
    }
}

pub async fn work_on_a_worker(mut jobs: mpsc::UnboundedReceiver<Job>) {
    while let Some(job) = jobs.recv().await {
        tokio::task::spawn_blocking(move || job.run()).await.unwrap();
    }
}

pub async fn work_later(mut jobs: mpsc::Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        job.run_later().await;
    }
}

pub struct Answer;

impl Answer {
    fn save(&self) {
        std::thread::sleep(Duration::from_secs(1)); // hazard: answers > save > std::thread::sleep
    }
}

pub async fn answers(answer: oneshot::Receiver<Answer>) {
    answer.await.unwrap().save();
}

pub struct Settings;

impl Settings {
    fn reload(&self) {
        std::thread::sleep(Duration::from_secs(2)); // hazard: run > reload > std::thread::sleep
    }
}

pub struct Actor {
    settings: watch::Receiver<Settings>,
}

impl Actor {
    pub async fn run(&mut self) {
        self.settings.borrow().reload();
    }
}

// A thread of its own may take its time.
pub fn on_a_thread(jobs: std::sync::mpsc::Receiver<Job>) {
    std::thread::spawn(move || {
        for job in jobs {
            job.run();
        }
    });
}
