use std::fs::File;
use std::io::Write;
use std::ops::{Add, AddAssign, Mul, Sub};

// Bounds that name the parameter which they bound.
pub struct Sequence<T> {
    pub at: T,
    pub out: File,
}

impl<T: Copy + Add<T, Output = T> + AddAssign<T> + Sub<Output = T> + Mul<T> + PartialEq<T> + PartialOrd<T> + From<u8>> Sequence<T> {
    pub async fn step(&mut self, by: T) -> std::io::Result<T> {
        self.at += by;
        self.out.write_all(b"step")?; // hazard: Sequence::step > std::fs::File::write_all
        Ok(self.at + by)
    }
}
