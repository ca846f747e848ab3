//! The command line of blocklint.

fn main() {}
