//! What must hold whatever bytes somebody else wrote: nothing panics, nothing takes long, and what the tool promises of its answers is
//! kept. Each target is a plain function: `cargo fuzz` calls it with bytes that it makes up, `tests/seeds.rs` with those in
//! `testdata/fuzz`, where each input that once broke something stays.
//!
//! It knows the tool from outside, through the doors that bytes come in by.

mod code;
mod grammar;
mod hold;
mod kept;
mod said;

pub use code::{comments, found, program, python, rust};
pub use kept::{baseline, cache, diff, summaries};
pub use said::{configuration, manifests, tables};

/// Takes any bytes, and panics when they break what must hold.
pub type Target = fn(&[u8]);

/// Every target, by the name of its fuzzer and of the folder with its seeds.
pub const TARGETS: [(&str, Target); 11] = [
    ("python", python),
    ("rust", rust),
    ("manifests", manifests),
    ("program", program),
    ("configuration", configuration),
    ("tables", tables),
    ("comments", comments),
    ("cache", cache),
    ("summaries", summaries),
    ("baseline", baseline),
    ("diff", diff),
];

/// Parts of the bytes: what stands between form feeds.
fn parts(bytes: &[u8]) -> impl Iterator<Item = String> {
    bytes.split(|&it| it == b'\x0c').map(|it| String::from_utf8_lossy(it).into_owned())
}
