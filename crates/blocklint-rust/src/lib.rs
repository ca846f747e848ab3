//! Lowers Rust sources to blocklint's intermediate representation.
