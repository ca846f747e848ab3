//! Makes up bytes for the target of this name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| blocklint_fuzz::manifests(bytes));
