//! Calls that name another function than the one that runs, or none.
mod conversions;
mod drops;
mod first_use;
mod traits;

fn slow() {
    std::thread::sleep(std::time::Duration::from_secs(1)) // hazard: into > from > slow > std::thread::sleep
}

// What is collected is made of what there is.
pub struct Index(u8);

impl FromIterator<u8> for Index {
    fn from_iter<I: IntoIterator<Item = u8>>(_: I) -> Self {
        std::thread::sleep(std::time::Duration::from_secs(21)); // hazard: indexes > from_iter > std::thread::sleep
        Self(0)
    }
}

pub async fn indexes(bytes: Vec<u8>) -> u8 {
    let index: Index = bytes.into_iter().collect();
    index.0
}

pub async fn indexes_by_turbofish(bytes: Vec<u8>) -> u8 {
    bytes.into_iter().collect::<Index>().0
}

pub async fn collects_others(bytes: Vec<u8>) -> Vec<Index> {
    bytes.into_iter().map(Index).collect()
}
