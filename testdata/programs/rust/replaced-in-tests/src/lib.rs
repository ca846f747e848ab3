//! What tests put in the place of a trait's implementation runs in tests only.

use std::time::Duration;

pub trait Clock {
    fn wait(&self);
}

pub async fn handler(clock: &dyn Clock) {
    clock.wait();
}

struct System;

impl Clock for System {
    fn wait(&self) {
        std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: handler > <System as Clock>::wait > std::thread::sleep
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, handler};
    use std::time::Duration;

    struct Slow;

    impl Clock for Slow {
        fn wait(&self) {
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    #[tokio::test]
    async fn waits() {
        handler(&Slow).await;
    }
}
