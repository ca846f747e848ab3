//! Going through a store reads it.

pub struct Users {
    tree: sled::Tree,
}

impl Users {
    pub async fn count(&self) -> usize {
        let mut count = 0;
        for _ in &self.tree { // hazard(note)[BL104]: count > sled::Tree::into_iter
            count += 1;
        }
        count
    }
}

pub async fn names(db: sled::Db) -> usize {
    let mut length = 0;
    for entry in db.iter() { // hazard(note)[BL104]: names > sled::Iter::next
        length += entry.unwrap().1.len();
    }
    length
}

// Whoever has no event loop may take the time.
pub fn all(db: &sled::Db) -> usize {
    let mut length = 0;
    for entry in db {
        length += entry.unwrap().1.len();
    }
    length
}
