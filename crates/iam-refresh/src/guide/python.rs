//! The same cell in Python, for services that take no wheel: `recipes/token_cache.py` of this crate, to be copied.
//!
//! What it lacks beside the crate: it looks at one clock, hears nothing of refused connections, and does not survive a `fork`.
//!
//! ```python
#![doc = include_str!("../../recipes/token_cache.py")]
//! ```
