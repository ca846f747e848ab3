//! Fixtures with markers for blocklint's tests.
