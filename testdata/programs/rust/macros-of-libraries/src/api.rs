use std::thread::sleep;
use std::time::Duration;

#[get("/")]
pub fn index() -> &'static str {
    sleep(Duration::from_secs(1)); // hazard: index > std::thread::sleep
    "slow"
}

pub fn seldom() -> &'static str {
    sleep(Duration::from_secs(1));
    "not a handler"
}

mod own {
    use super::{sleep, Duration};
    use own_macros::post;

    #[post("/")]
    pub fn index() {
        sleep(Duration::from_secs(1));
    }
}

mod perhaps {
    use super::{sleep, Duration};
    use own_macros::*;

    #[put("/")]
    pub fn index() {
        sleep(Duration::from_secs(1));
    }
}

pub fn routes() -> Vec<rocket::Route> {
    routes![index]
}

pub mod files {
    use fs_err as fs;

    pub async fn copies() -> bool {
        fs::copy("from", "to").is_ok() // hazard: files::copies > fs_err::copy
    }
}
