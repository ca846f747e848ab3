//! What one source file contains, in words that Python and Rust share.
