//! Changes to a program that nobody would expect to change what is reported, or by one finding exactly.

use super::config;
use super::generate::programs;
use super::interpret::{Reading, reached};
use super::notation::Names;
use super::program::Program;
use super::project::{for_python, for_rust};
use super::reported::{Report, show};
use super::transform::{moved, offloaded, reshaped, with_dead_code, without_async};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is reported of places that some run comes to. The others are those that need no caller, since their own code asks for the loop:
/// that counts in the function that asks and not in what it calls.
fn report(program: &Program, names: &Names) -> Report {
    let must = reached(program, Reading::Exact);
    let mut report = super::reported::report(program, names);
    report.sites.retain(|it, _| must.contains_key(it));
    report
}

fn same(program: &Program, before: &Report, after: &Report, names: &Names) -> Result<(), TestCaseError> {
    prop_assert!(before == after, "{before:#?}\nis now {after:#?}\n{}", show(program, names));
    Ok(())
}

/// The program, and each of its changes that should not be seen.
fn stays(program: &Program) -> Result<(), TestCaseError> {
    let names = Names::default();
    let before = report(program, &names);
    for other in [Names { suffix: "_renamed", ..Names::default() }, Names { reversed: true, ..Names::default() }] {
        same(program, &before, &report(program, &other), &other)?;
    }
    for changed in [moved(program), with_dead_code(program), reshaped(program, 1), reshaped(program, 7)] {
        same(&changed, &before, &report(&changed, &names), &names)?;
    }
    Ok(())
}

/// Handing a blocking call to a thread takes its finding away and no other.
fn loses_what_is_handed_off(program: &Program) -> Result<(), TestCaseError> {
    let names = Names::default();
    let before = report(program, &names);
    for &site in before.sites.keys() {
        let changed = offloaded(program, site);
        let mut expected = before.clone();
        expected.sites.remove(&site);
        same(&changed, &expected, &report(&changed, &names), &names)?;
    }
    Ok(())
}

fn is_silent_without_a_loop(program: &Program) -> Result<(), TestCaseError> {
    let changed = without_async(program);
    let silent = Report { sites: BTreeMap::default(), others: Vec::new() };
    same(&changed, &silent, &report(&changed, &Names::default()), &Names::default())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn another_notation_of_a_python_program_has_the_same_findings(program in programs()) {
        stays(&for_python(&program))?;
    }

    #[test]
    fn another_notation_of_a_rust_program_has_the_same_findings(program in programs()) {
        stays(&for_rust(&program))?;
    }

    #[test]
    fn a_call_handed_to_a_thread_takes_one_finding_away(program in programs()) {
        loses_what_is_handed_off(&for_python(&program))?;
        loses_what_is_handed_off(&for_rust(&program))?;
    }

    #[test]
    fn without_a_loop_nothing_is_reported(program in programs()) {
        is_silent_without_a_loop(&for_python(&program))?;
        is_silent_without_a_loop(&for_rust(&program))?;
    }
}
