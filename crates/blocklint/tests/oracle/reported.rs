//! What is reported of an abstract program, in the program's own numbers.

use super::notation::Names;
use super::program::{Language, Program};
use super::{python, rust};
use crate::support::{document_with, options};
use blocklint::{Options, Profile};
use blocklint_testkit::SourceText;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Findings by the number of the blocking place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub sites: BTreeMap<usize, Seen>,
    /// Findings at other places, or with entries that the program does not have.
    pub others: Vec<String>,
}

/// One finding, without what a change of notation changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub code: String,
    pub severity: String,
    /// Functions, by their number.
    pub entries: BTreeSet<usize>,
}

/// The program's files in its language.
pub(crate) fn files(program: &Program, names: &Names) -> Vec<SourceText> {
    match program.language {
        Language::Python => python::python(program, names),
        Language::Rust => rust::rust(program, names),
    }
}

pub(crate) fn report(program: &Program, names: &Names) -> Report {
    let files = files(program, names);
    let texts: Vec<(&str, &str)> = files.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect();
    let places = places(&files);
    let (mut sites, mut others) = (BTreeMap::new(), Vec::new());
    let options = Options { all_chains: true, ..options(Profile::Strict) };
    for finding in document_with(&texts, &options).findings {
        let site = places.get(&(finding.file.clone(), finding.line));
        let chains = std::iter::once(&finding.chain).chain(&finding.other_chains);
        let entries = chains.map(|it| entry(program, names, &it[0].file, &it[0].function));
        match (site, entries.collect::<Option<BTreeSet<usize>>>()) {
            (Some(&site), Some(entries)) if !sites.contains_key(&site) => {
                sites.insert(site, Seen { code: finding.code, severity: finding.severity, entries });
            }
            _ => others.push(format!("{}:{}: {}", finding.file, finding.line, finding.message)),
        }
    }
    Report { sites, others }
}

/// Sites by their place: a blocking call stands alone on its line, with its number.
fn places(files: &[SourceText]) -> BTreeMap<(String, usize), usize> {
    let mut places = BTreeMap::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            if let Some((_, site)) = line.rsplit_once("# site ") {
                places.insert((file.path.clone(), at + 1), site.parse().unwrap());
            }
        }
    }
    places
}

/// The function that is shown under this name; a closure belongs to whoever wrote it.
pub(crate) fn entry(program: &Program, names: &Names, file: &str, shown: &str) -> Option<usize> {
    let shown = shown.split(".<locals>").next()?.split("::{").next()?;
    (0..program.functions.len()).find(|&it| {
        let module = names.module(program.module_of(it));
        let owner = program.functions[it].owner.map(|it| names.class(it.0));
        let ends = match program.language {
            Language::Python => format!("/{module}.py"),
            Language::Rust => format!("/{module}.rs"),
        };
        file.ends_with(&ends) && shown == name(program, names, it, owner.as_deref(), shown)
    })
}

/// How a function is shown, as far as it has one way to be.
fn name(program: &Program, names: &Names, function: usize, owner: Option<&str>, shown: &str) -> String {
    let Some(owner) = owner else { return names.function(program, function) };
    if program.language == Language::Python {
        return format!("{owner}.{}", names.function(program, function));
    }
    // A trait's name is the renderer's, and told beside the type's.
    let name = rust::method_name(names, program, function);
    let of_trait = shown.strip_prefix('<').and_then(|it| it.split_once(" as "));
    match of_trait.and_then(|(of, rest)| Some((of, rest.split_once(">::")?.0))) {
        Some((of, as_trait)) if of.trim_start_matches('&') == owner => format!("<{of} as {as_trait}>::{name}"),
        _ if shown.starts_with("Like") => format!("Like{owner}::{name}"),
        _ => format!("{owner}::{name}"),
    }
}

/// The program as its reader sees it.
pub(crate) fn show(program: &Program, names: &Names) -> String {
    let mut text = String::new();
    for file in files(program, names) {
        let shown_again = file.path.contains("shown");
        if !shown_again
            && !file.path.ends_with("toml")
            && !file.path.ends_with("lib.rs")
            && file.path != "app/__init__.py"
        {
            let _ = write!(text, "=== {}\n{}\n", file.path, file.text);
        }
    }
    text
}
