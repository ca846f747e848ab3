//! Prints blocklint's findings as text, JSON, GitHub annotations and more.
