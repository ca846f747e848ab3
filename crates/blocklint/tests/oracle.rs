//! Random programs, written down in both languages and judged by an oracle that runs them: what a loop's thread comes to is reported at
//! its place with every entry that leads there, and nothing else is.
//!
//! `BLOCKLINT_CASES` asks for more programs than the few hundred of an ordinary run, `BLOCKLINT_SEED` for others.

mod generate;
mod interpret;
mod metamorphic;
mod notation;
mod program;
mod project;
mod python;
mod reported;
mod rust;
mod transform;
mod validated;

use interpret::{Reached, Reading, reached};
use notation::Names;
use program::{Language, Member, Program};
use project::{for_python, for_rust};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use reported::{Report, report, show};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The same programs in every run, and more of them where asked for.
fn config() -> Config {
    let number = |name, default| {
        let given = std::env::var_os(name).and_then(|it| it.to_str()?.parse().ok());
        given.unwrap_or(default)
    };
    Config {
        cases: u32::try_from(number("BLOCKLINT_CASES", 200)).unwrap(),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(number("BLOCKLINT_SEED", 1)),
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

/// In both directions: what a run comes to is reported, and what is not reached even where values are merged is not.
fn agrees(program: &Program) -> Result<(), TestCaseError> {
    let names = Names::default();
    let Report { sites, others } = report(program, &names);
    let found: Reached = sites.into_iter().map(|(site, it)| (site, it.entries)).collect();
    let must = reached(program, Reading::Exact);
    let may = reached(program, Reading::Merged);
    let mut wrong = String::new();
    for other in others {
        let _ = writeln!(wrong, "unknown to the oracle: {other}");
    }
    let entries = |of: &Reached, site: &usize| of.get(site).cloned().unwrap_or_default();
    let name = |it: &usize| names.function(program, *it);
    let sites: BTreeSet<usize> = found.keys().chain(must.keys()).copied().collect();
    for site in sites {
        let (found, must, may) = (entries(&found, &site), entries(&must, &site), entries(&may, &site));
        for missed in must.difference(&found) {
            let _ = writeln!(wrong, "missed: site {site} from {} ({missed})", name(missed));
        }
        for surplus in found.difference(&may).filter(|&&it| !held_by_tasks(program, it)) {
            let _ = writeln!(wrong, "surplus: site {site} from {} ({surplus})", name(surplus));
        }
    }
    prop_assert!(wrong.is_empty(), "{wrong}\n{}", show(program, &names));
    Ok(())
}

/// Whoever uses a type with asynchronous methods is taken to drop it in a task, and need not be in the program.
fn held_by_tasks(program: &Program, function: usize) -> bool {
    let Some((class, Member::Drop)) = program.functions[function].owner else { return false };
    program.language == Language::Rust
        && program.functions.iter().any(|it| it.is_async && it.owner.is_some_and(|it| it.0 == class))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_a_loop_comes_to_in_python_is_reported_and_nothing_else(program in generate::programs()) {
        agrees(&for_python(&program))?;
    }

    #[test]
    fn what_a_loop_comes_to_in_rust_is_reported_and_nothing_else(program in generate::programs()) {
        agrees(&for_rust(&program))?;
    }
}
