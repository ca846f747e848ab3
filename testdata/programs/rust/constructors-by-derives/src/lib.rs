//! What a derive or a type that is written constructs has the methods that its type has.

use clap::Parser;
use serde::Deserialize;
use std::thread::sleep;
use std::time::Duration;

#[derive(Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    pub fn build(self) -> String {
        sleep(Duration::from_secs(1)); // hazard[BL101]: builds > Builder::build > std::thread::sleep
        self.name.unwrap_or_default()
    }
}

pub async fn builds() -> String {
    Builder::default().name("main").build()
}

#[derive(Parser)]
pub struct Arguments {
    path: String,
}

impl Arguments {
    fn check(&self) {
        sleep(Duration::from_secs(2)); // hazard[BL101]: starts > Arguments::check > std::thread::sleep
    }
}

pub async fn starts() -> String {
    let arguments = Arguments::parse();
    arguments.check();
    arguments.path
}

#[derive(Deserialize)]
pub struct Settings {
    path: String,
}

impl Settings {
    fn check(&self) {
        sleep(Duration::from_secs(3)); // hazard[BL101]: reads > Settings::check > std::thread::sleep
    }
}

pub async fn reads(text: &str) -> String {
    let settings = serde_json::from_str::<Settings>(text).unwrap();
    settings.check();
    settings.path
}

pub struct Plain;

impl Plain {
    // No derive writes a `default` that gives it.
    fn check(&self) {
        sleep(Duration::from_secs(4));
    }
}

macro_rules! own_default {
    () => {
        impl Plain {
            fn default() -> u8 {
                1
            }
        }
    };
}

own_default!();

pub trait Check {
    fn check(&self) -> bool;
}

impl Check for u8 {
    fn check(&self) -> bool {
        true
    }
}

pub async fn numbers() -> bool {
    Plain::default().check()
}

pub fn without_a_loop(text: &str) {
    Plain.check();
    Builder::default().build();
    serde_json::from_str::<Settings>(text).unwrap().check();
}
