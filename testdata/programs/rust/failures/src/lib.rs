//! What a call fails with, and what `?` makes of it.
use std::process::Command;
use std::time::Duration;

pub struct Missing;

impl Missing {
    fn report(&self) {
        Command::new("logger").status().unwrap(); // hazard: tells > report > std::process::Command::status
    }

    fn complain(&self) {
        Command::new("logger").output().unwrap(); // hazard: complains > complains > complain > std::process::Command::output
    }
}

pub struct Broken(Vec<u8>);

impl From<Missing> for Broken {
    fn from(_: Missing) -> Self {
        let out = Command::new("uname").output(); // hazard: loads > from > std::process::Command::output
        Self(out.unwrap().stdout)
    }
}

impl From<std::fmt::Error> for Broken {
    fn from(_: std::fmt::Error) -> Self {
        Self(Vec::new())
    }
}

fn load() -> Result<u8, Missing> {
    Err(Missing)
}

fn load_for_all() -> Result<u8, Broken> {
    Ok(load()? + 1)
}

pub async fn loads() -> Result<u8, Broken> {
    Ok(load()?)
}

pub async fn loads_with_a_helper() -> Result<u8, Broken> {
    load_for_all()
}

pub async fn loads_elsewhere() -> Result<u8, Broken> {
    Ok(tokio::task::spawn_blocking(load).await.unwrap()?)
}

pub fn loads_in_a_task() {
    tokio::spawn(async move {
        load()?;
        Ok::<(), Broken>(())
    });
}

pub async fn tells() {
    if let Err(err) = load() {
        err.report();
    }
}

pub async fn complains() -> u8 {
    load().map_err(|err| err.complain()).unwrap_or_default()
}

// Where nothing has to be converted, or something else has, this conversion does not run.
pub async fn loads_as_it_is() -> Result<u8, Missing> {
    Ok(load()?)
}

pub async fn writes(out: &mut String) -> Result<(), Broken> {
    std::fmt::Write::write_str(out, "x")?;
    Ok(())
}

// An alias of the crate, and what it stands for where nothing is said.
pub struct Failure;

pub type Result2<T, E = Failure> = Result<T, E>;

impl From<Stale> for Failure {
    fn from(_: Stale) -> Self {
        std::thread::sleep(Duration::from_secs(1)); // hazard: fetches > from > std::thread::sleep
        Self
    }
}

pub struct Stale;

async fn fetch() -> Result2<u8, Stale> {
    Err(Stale)
}

pub async fn fetches() -> Result2<u8> {
    Ok(fetch().await?)
}

pub async fn fetches_in_time() -> Result2<u8> {
    let fetched = tokio::time::timeout(Duration::from_secs(1), fetch()).await.map_err(|_| Failure)??;
    Ok(fetched)
}

// Written conversions into what the function fails with.
pub struct Locked;

pub struct Closed;

impl From<Locked> for Closed {
    fn from(_: Locked) -> Self {
        std::thread::sleep(Duration::from_secs(2)); // hazard: opens > from > std::thread::sleep
        Self
    }
}

impl From<u8> for Closed {
    fn from(_: u8) -> Self {
        std::thread::sleep(Duration::from_secs(3));
        Self
    }
}

fn open() -> Result<u8, Locked> {
    Err(Locked)
}

pub async fn opens() -> Result<u8, Closed> {
    match open() {
        Ok(opened) => Ok(opened),
        Err(err) => Err(err.into()),
    }
}

pub async fn opens_mapped() -> Result<u8, Closed> {
    open().map_err(Into::into)
}

pub async fn opens_if_there(opened: Option<u8>) -> Result<u8, Closed> {
    Ok(opened.ok_or(Locked)?)
}
