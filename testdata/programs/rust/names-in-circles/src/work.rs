use crate::{circle, square};

pub fn nap() {
    std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: rests > nap > std::thread::sleep
}

pub fn area() -> u32 {
    let _ = (circle::rests, square::rests_twice);
    4
}
