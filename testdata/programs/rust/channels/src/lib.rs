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

// What a channel is for need not be written: it is what is sent.
pub struct Mail;

impl Mail {
    fn deliver(&self) {
        std::thread::sleep(Duration::from_secs(3)); // hazard: delivers > deliver > std::thread::sleep
    }
}

pub struct Memo;

impl Memo {
    fn deliver(&self) {}
}

pub async fn delivers() {
    let (mails, mut inbox) = mpsc::channel(8);
    let also = mails.clone();
    tokio::spawn(async move { also.send(Mail).await });
    while let Some(mail) = inbox.recv().await {
        mail.deliver();
    }
}

// Another channel of the same function carries something else.
pub async fn delivers_memos() {
    let (mails, kept) = mpsc::unbounded_channel();
    let (memos, mut inbox) = mpsc::unbounded_channel();
    mails.send(Mail).unwrap();
    memos.send(Memo).unwrap();
    while let Some(memo) = inbox.recv().await {
        memo.deliver();
    }
    drop(kept);
}

async fn feed(orders: mpsc::Sender<Order>) {
    orders.send(Order).await.ok();
}

pub struct Order;

impl Order {
    fn pack(&self) {
        std::thread::sleep(Duration::from_secs(4)); // hazard: packs > pack > std::thread::sleep
    }
}

pub async fn packs() {
    let (orders, mut desk) = mpsc::channel(8);
    tokio::spawn(feed(orders));
    if let Some(order) = desk.recv().await {
        order.pack();
    }
}

pub async fn runs_what_is_sent() {
    let (tasks, mut queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>(8);
    tasks.send(Box::new(|| std::thread::sleep(Duration::from_secs(5)))).await.ok(); // hazard: runs_what_is_sent > runs_what_is_sent > std::thread::sleep
    while let Some(task) = queue.recv().await {
        task();
    }
}

pub async fn runs_it_on_a_worker() {
    let (tasks, mut queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>(8);
    tasks.send(Box::new(|| std::thread::sleep(Duration::from_secs(6)))).await.ok();
    while let Some(task) = queue.recv().await {
        tokio::task::spawn_blocking(task);
    }
}

pub async fn answers_once() {
    let (told, answer) = oneshot::channel();
    told.send(Answered).ok();
    answer.await.unwrap().save();
}

pub struct Answered;

impl Answered {
    fn save(&self) {
        std::thread::sleep(Duration::from_secs(7)); // hazard: answers_once > save > std::thread::sleep
    }
}

// Which channel is ready is waited for, unless there is something else to do.
pub async fn waits_for_either(jobs: crossbeam_channel::Receiver<Job>, tick: crossbeam_channel::Sender<u8>) {
    crossbeam_channel::select! { // hazard: waits_for_either > crossbeam_channel::select
        recv(jobs) -> job => drop(job),
        send(tick, 1) -> sent => drop(sent),
    }
}

pub async fn waits_a_while(jobs: crossbeam::channel::Receiver<Job>) {
    crossbeam::select! { // hazard: waits_a_while > crossbeam_channel::select
        recv(jobs) -> job => drop(job),
        default(Duration::from_secs(2)) => {}
    }
}

pub async fn looks(jobs: crossbeam_channel::Receiver<Job>) {
    crossbeam_channel::select! {
        recv(jobs) -> job => drop(job),
        default => tokio::task::yield_now().await,
    }
}

// What is written with the call says what goes through.
pub struct Written;

impl Written {
    fn run(self) {
        std::thread::sleep(std::time::Duration::from_secs(7)); // hazard: takes_written > run > std::thread::sleep
    }
}

pub struct Light;

impl Light {
    fn run(self) {}
}

pub async fn takes_written(fill: impl Fn(tokio::sync::mpsc::Sender<Written>)) {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<Written>(8);
    fill(sender);
    while let Some(it) = receiver.recv().await {
        it.run();
    }
}

pub async fn takes_light(fill: impl Fn(tokio::sync::mpsc::Sender<Light>)) {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<Light>(8);
    fill(sender);
    while let Some(it) = receiver.recv().await {
        it.run();
    }
}
