//! What an iterator's methods call a closure with, and what they give.

use std::thread::sleep;
use std::time::Duration;

pub struct Job;

impl Job {
    fn folded(&self) -> u32 {
        sleep(Duration::from_secs(1)); // hazard: folds > folds > Job::folded > std::thread::sleep
        1
    }

    fn sorted(&self) -> u32 {
        sleep(Duration::from_secs(1)); // hazard: sorts > sorts > Job::sorted > std::thread::sleep
        1
    }

    fn chunked(&self) -> u32 {
        sleep(Duration::from_secs(1)); // hazard: takes_chunks > Job::chunked > std::thread::sleep
        1
    }

    fn repeated(&self) -> u32 {
        sleep(Duration::from_secs(1)); // hazard: repeats > repeats > Job::repeated > std::thread::sleep
        1
    }

    fn lent(&self) -> u32 {
        sleep(Duration::from_secs(1)); // hazard: maps > maps > Job::lent > std::thread::sleep
        1
    }

    fn never(&self) -> u32 {
        sleep(Duration::from_secs(1));
        1
    }
}

pub struct Sum(u32);

impl Sum {
    fn never(&self) -> u32 {
        self.0
    }
}

pub async fn folds(jobs: Vec<Job>) -> u32 {
    jobs.iter().fold(0, |sum, job| sum + job.folded())
}

pub async fn sorts(mut jobs: Vec<Job>) {
    jobs.sort_by_key(|job| job.sorted());
}

pub async fn takes_chunks(jobs: &[Job]) {
    for chunk in jobs.chunks(3) {
        chunk[0].chunked();
    }
}

pub async fn repeats() {
    std::iter::repeat_with(|| Job).take(3).for_each(|job| {
        job.repeated();
    });
}

pub async fn maps(job: Option<Box<Job>>) -> u32 {
    job.as_deref().map_or(0, |job| job.lent())
}

pub async fn folds_into_another(jobs: Vec<Job>) -> u32 {
    jobs.iter().fold(Sum(0), |sum, _| Sum(sum.never())).0
}
