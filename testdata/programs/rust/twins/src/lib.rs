// A library with a synchronous and an asynchronous half under the same names: the features say which is meant.
#[cfg(feature = "sync")]
pub mod blocking {
    use std::time::Duration;

    pub struct Client;

    impl Client {
        pub fn connect() -> Result<Self, ()> {
            Ok(Self)
        }

        pub fn pause(&self) {
            std::thread::sleep(Duration::from_secs(1));
        }
    }

    impl Drop for Client {
        fn drop(&mut self) {
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    pub fn fetch(_client: &Client) -> u32 {
        std::thread::sleep(Duration::from_secs(3));
        1
    }
}

#[cfg(feature = "async")]
pub mod asynchronous {
    use std::time::Duration;

    pub struct Client;

    impl Client {
        pub async fn connect() -> Result<Self, ()> {
            Ok(Self)
        }

        pub async fn pause(&self) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    pub async fn fetch(_client: &Client) -> u32 {
        std::thread::sleep(Duration::from_secs(4)); // hazard[BL101]: asynchronous::fetch > std::thread::sleep
        1
    }
}

#[cfg(feature = "sync")]
pub use blocking::*;

#[cfg(feature = "async")]
pub use asynchronous::*;
