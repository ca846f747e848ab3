//! An actor's handlers run on its arbiter's loop, unless its context gives it threads of its own.

use actix::prelude::*;
use std::thread::sleep;
use std::time::Duration;

pub struct Save;

impl Message for Save {
    type Result = ();
}

pub struct OnArbiter;

impl Actor for OnArbiter {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.run_interval(Duration::from_secs(60), |_, _| {
            sleep(Duration::from_secs(2)); // hazard: <OnArbiter as Actor>::started > std::thread::sleep
        });
    }
}

impl Handler<Save> for OnArbiter {
    type Result = ();

    fn handle(&mut self, _: Save, _: &mut Context<Self>) {
        sleep(Duration::from_secs(1)); // hazard: <OnArbiter as Handler>::handle > std::thread::sleep
    }
}

pub struct OnThreads;

impl Actor for OnThreads {
    type Context = SyncContext<Self>;
}

impl Handler<Save> for OnThreads {
    type Result = ();

    fn handle(&mut self, _: Save, _: &mut SyncContext<Self>) {
        sleep(Duration::from_secs(1));
    }
}

pub struct Counter(u64);

// A message's method runs in the task of its actor, asynchronous or not.
#[kameo::messages]
impl Counter {
    #[message]
    pub fn increment(&mut self) -> u64 {
        std::thread::sleep(Duration::from_secs(4)); // hazard: increment > std::thread::sleep
        self.0
    }

    // Nobody sends it.
    pub fn reset(&mut self) {
        std::thread::sleep(Duration::from_secs(5));
        self.0 = 0;
    }
}
