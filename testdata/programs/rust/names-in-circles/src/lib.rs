//! The root brings the names of all modules, and all modules bring the root's.
mod circle;
mod failures;
mod generic;
mod square;
mod work;

pub use circle::*;
pub use failures::*;
pub use generic::*;
pub use square::*;
pub use work::*;
