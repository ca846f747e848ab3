//! The guide: how to use the crate, why it is as it is, and what it cannot do. No code, only pages.

pub mod decisions;
pub mod limitations;
pub mod patterns;
pub mod python;
