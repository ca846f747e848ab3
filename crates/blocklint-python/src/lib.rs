//! Lowers Python sources to blocklint's intermediate representation.
