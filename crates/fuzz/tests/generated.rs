//! Programs that nobody wrote: what is found in them is the same whatever the order of their files, the way over the disk, and the
//! number of threads.

use blocklint_fuzz::found;
use rayon::ThreadPoolBuilder;

/// So many numbers that look random.
fn bytes(seed: u32, count: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn what_is_found_depends_on_nothing_but_the_program() {
    let pools = [1, 5].map(|it| ThreadPoolBuilder::new().num_threads(it).build().unwrap());
    let mut with_findings = 0;
    for seed in 0..60 {
        let choices = bytes(seed, 100 + 10 * seed as usize);
        let [one, many] = pools.each_ref().map(|pool| pool.install(|| found(&choices)));
        assert_eq!(one, many, "program {seed}");
        with_findings += usize::from(!one.contains("\"findings\":[]"));
    }
    assert!(with_findings >= 20, "only {with_findings} programs have findings");
}
