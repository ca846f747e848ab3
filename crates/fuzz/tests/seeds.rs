//! The kept seeds: small ones made by hand, and every input that once broke something.

#![expect(clippy::unwrap_used, reason = "everything here is a test")]

use blocklint_fuzz::TARGETS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// So long may one take, in a build without optimizations on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/fuzz").join(target);
    let mut seeds: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    seeds.sort();
    seeds
}

#[test]
fn every_seed_is_survived_in_time() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(seeds.len() >= 2, "{name} has no seeds");
        for seed in seeds {
            let bytes = fs::read(&seed).unwrap();
            let (sender, done) = mpsc::channel();
            let worker = std::thread::spawn(move || {
                target(&bytes);
                let _ = sender.send(());
            });
            let waited = done.recv_timeout(LONGEST);
            assert!(waited != Err(mpsc::RecvTimeoutError::Timeout), "{} takes too long", seed.display());
            assert!(worker.join().is_ok(), "{} panics", seed.display());
        }
    }
}

#[test]
fn every_target_has_a_fuzzer() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let fuzzers: BTreeSet<&str> =
        manifest.lines().filter_map(|it| it.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\"")).collect();
    assert_eq!(fuzzers, TARGETS.iter().map(|it| it.0).collect());
}
