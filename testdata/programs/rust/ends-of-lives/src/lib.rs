//! Where a value's life ends: with what leaves the function early, and with a statement that keeps nothing of it.

use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

fn release() {
    std::thread::sleep(Duration::from_secs(3));
}

async fn step() -> Result<(), String> {
    Ok(())
}

pub struct Glance;

impl Glance {
    pub fn open() -> Result<Self, String> {
        Ok(Self)
    }

    pub fn name(&self) -> String {
        String::new()
    }
}

impl Drop for Glance {
    fn drop(&mut self) {
        std::thread::sleep(Duration::from_secs(1)); // hazard(warning): named_nowhere > drop > std::thread::sleep
    }
}

pub async fn named_nowhere() -> Result<String, String> {
    Ok(Glance::open()?.name())
}

pub struct Claim;

impl Drop for Claim {
    fn drop(&mut self) {
        std::thread::sleep(Duration::from_secs(2)); // hazard(warning): left_early > drop > std::thread::sleep
    }
}

/// When `step` fails, nobody is given the claim.
pub async fn left_early() -> Result<Box<Claim>, String> {
    let claim = Claim;
    step().await?;
    Ok(Box::new(claim))
}

pub struct Lease;

impl Lease {
    pub fn open() -> Result<Self, String> {
        Ok(Self)
    }

    pub fn name(&self) -> String {
        String::new()
    }

    pub fn into_name(self) -> String {
        std::mem::forget(self);
        String::new()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        release();
    }
}

/// Nothing can fail while it is held here.
pub async fn handed_on() -> Result<Box<Lease>, String> {
    step().await?;
    let lease = Lease::open()?;
    Ok(Box::new(lease))
}

/// The method takes it, and gives it to nobody.
pub async fn taken() -> Result<String, String> {
    Ok(Lease::open()?.into_name())
}

pub struct Desk {
    lease: Lease,
    shared: Arc<Lease>,
}

impl Desk {
    pub fn lease(&self) -> &Lease {
        &self.lease
    }

    pub fn shared(&self) -> Arc<Lease> {
        Arc::clone(&self.shared)
    }

    pub fn found(&self) -> Result<Option<&Lease>, String> {
        Ok(Some(&self.lease))
    }
}

/// What is lent goes on elsewhere.
pub async fn lent(desk: &Desk, all: &[Lease]) -> Result<String, String> {
    let lease = desk.lease();
    let shared = desk.shared();
    let found = desk.found()?.unwrap();
    let first = all.iter().next().unwrap();
    Ok(lease.name() + &shared.name() + &found.name() + &first.name())
}

pub struct Config {
    pub runtime: Runtime,
    pub ports: Vec<u16>,
}

pub struct Server {
    runtime: Option<Runtime>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

pub async fn start(config: Config) -> Result<Server, String> {
    let Config { runtime, ports } = config;
    if ports.is_empty() {
        return Err("no ports".to_owned()); // hazard(error): start > tokio::runtime::Runtime::drop
    }
    Ok(Server { runtime: Some(runtime) })
}

pub async fn start_at_once(runtime: Runtime) -> Server {
    Server { runtime: Some(runtime) }
}

/// The little that is done when the scratch folder is not given to anybody is not worth a word.
pub async fn scratch() -> Result<tempfile::TempDir, String> {
    let folder = tempfile::TempDir::new().map_err(|it| it.to_string())?; // hazard(note): scratch > tempfile::TempDir::new
    step().await?;
    Ok(folder)
}

pub async fn tidy(folder: tempfile::TempDir) {
    step().await.ok();
    drop(folder); // hazard(note): tidy > tempfile::TempDir::drop
}

static KEPT: std::sync::OnceLock<Runtime> = std::sync::OnceLock::new();

/// Who fills a cell is lent what stays in it.
pub async fn keeps() {
    KEPT.get_or_init(|| Runtime::new().unwrap());
    let _ = KEPT.get_or_init(|| Runtime::new().unwrap());
}

pub struct App {
    runtime: Runtime,
}

pub struct Job {
    runtime: Arc<Runtime>,
}

/// What handlers are given is shared, or lent.
pub async fn shows(axum::extract::State(app): axum::extract::State<Arc<App>>) -> usize {
    app.runtime.metrics().num_workers()
}

pub async fn counts(app: axum::extract::State<&'static App>) -> usize {
    app.runtime.metrics().num_workers()
}

/// Others may hold the runtime longer than the job.
pub async fn works(job: Job) -> usize {
    job.runtime.metrics().num_workers()
}

pub struct Desks {
    app: Arc<App>,
}

impl Desks {
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }
}

/// What is lent before a loop is lent inside of it too.
pub async fn goes_round(desks: Arc<Desks>) -> Result<usize, String> {
    let app = desks.app();
    for _ in 0..2 {
        if app.runtime.metrics().num_workers() == 0 {
            step().await?;
        }
    }
    Ok(1)
}

static ALL: std::sync::OnceLock<std::collections::HashMap<u8, Runtime>> = std::sync::OnceLock::new();

/// Nothing stood there before.
pub async fn collects() {
    ALL.get_or_init(|| {
        let mut all = std::collections::HashMap::new();
        all.insert(1, Runtime::new().unwrap());
        all
    });
}
