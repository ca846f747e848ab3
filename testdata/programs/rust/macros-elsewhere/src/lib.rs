#[macro_use]
mod on_a_thread;

use std::time::Duration;

// What another file's macro does with the code behind its own words is not known: here it goes to a thread.
pub async fn stores(pool: &on_a_thread::Pool) {
    with_connection! { pool:
        sqlite, mysql {
            std::thread::sleep(Duration::from_secs(1));
        }
        postgres {
            std::thread::sleep(Duration::from_secs(2));
        }
    }
}

// Values are made before anything is done with them.
pub async fn shows() {
    entry! { "a" => slow(), "b" => 1 }
}

fn slow() -> u8 {
    std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: shows > slow > std::thread::sleep
    0
}
