//! Calls that block: each is found with its effect, its scale and its bound.

use super::write::{callee, crate_of, file, import, instance, parameter, root};
use super::{check, entries, none, place};
use blocklint_catalog::{ArgumentRef, Blocking, Condition, Constant, Entry, Expected, Knowledge, OnLoop, Scale};
use blocklint_engine::finding::{Finding, Severity};
use blocklint_ir::Language;
use std::collections::BTreeMap;

/// Seconds, or whatever the unit is, that are passed as a bound.
const GIVEN: f64 = 3.0;

/// The arguments of one call.
#[derive(Debug, Clone, Default)]
struct Arguments {
    positional: BTreeMap<usize, String>,
    named: BTreeMap<String, String>,
    /// More parameters of the function around.
    parameters: String,
}

impl Arguments {
    /// Those under which the call does what the entry says.
    fn of(blocking: &Blocking, language: Language) -> Self {
        let mut arguments = Self::default();
        if let Some(condition) = blocking.only.first() {
            arguments.meet(condition, language);
        }
        for condition in &blocking.unless {
            if condition.is == Expected::Value(Constant::None) && !arguments.has(&condition.argument) {
                arguments.pass(&condition.argument, "v".to_owned(), language);
            }
        }
        arguments
    }

    fn meet(&mut self, condition: &Condition, language: Language) {
        let value = match &condition.is {
            Expected::Value(Constant::None) => return,
            Expected::Value(Constant::Bool(it)) => match language {
                Language::Python if *it => "True".to_owned(),
                Language::Python => "False".to_owned(),
                Language::Rust => it.to_string(),
            },
            Expected::Value(Constant::Number(it)) => it.to_string(),
            Expected::Value(Constant::Text(it)) => format!("{it:?}"),
            Expected::Address => "\"127.0.0.1:80\"".to_owned(),
            Expected::Instance(types) => {
                self.parameters = match language {
                    Language::Python => format!("t: \"{}\", ", types[0]),
                    Language::Rust => format!("t: {}, ", types[0]),
                };
                "t".to_owned()
            }
        };
        self.pass(&condition.argument, value, language);
    }

    fn has(&self, which: &ArgumentRef) -> bool {
        which.position.is_some_and(|it| self.positional.contains_key(&it))
            || which.name.as_ref().is_some_and(|it| self.named.contains_key(it))
    }

    fn pass(&mut self, which: &ArgumentRef, value: String, language: Language) {
        match (&which.name, which.position) {
            (Some(name), _) if language == Language::Python => {
                self.named.insert(name.clone(), value);
            }
            (_, Some(position)) => {
                self.positional.insert(position, value);
            }
            _ => {}
        }
    }

    fn written(&self) -> String {
        let count = self.positional.keys().next_back().map_or(0, |it| it + 1);
        let positional = (0..count).map(|it| self.positional.get(&it).cloned().unwrap_or_else(|| "v".to_owned()));
        let named = self.named.iter().map(|(name, value)| format!("{name}={value}"));
        positional.chain(named).collect::<Vec<_>>().join(", ")
    }
}

fn function(name: &str, path: &str, arguments: &Arguments, language: Language) -> String {
    let parameters = format!("{}{}", parameter(path, language), arguments.parameters);
    let call = format!("{}({})", callee(path, language), arguments.written());
    match language {
        Language::Python => format!("\n\nasync def {name}({parameters}v):\n    {call}\n"),
        Language::Rust => format!("pub async fn {name}({parameters}v: u8) {{\n    {call};\n}}\n"),
    }
}

/// The call as it is, and with a bound where it may have one.
fn functions(pattern: usize, path: &str, blocking: &Blocking, language: Language) -> String {
    let plain = Arguments::of(blocking, language);
    let mut text = function(&format!("plain_{pattern}"), path, &plain, language);
    if let Some(bound) = &blocking.bound {
        let mut bounded = plain;
        let seconds = (bound.unit_ms - 1000.0).abs() < f64::EPSILON;
        let value = match language {
            Language::Rust if seconds => format!("std::time::Duration::from_secs({GIVEN})"),
            _ => GIVEN.to_string(),
        };
        bounded.pass(&bound.argument, value, language);
        text += &function(&format!("bounded_{pattern}"), path, &bounded, language);
    }
    text
}

/// What is wrong with what is found of one pattern.
fn wrong(found: &[Finding], pattern: usize, path: &str, blocking: &Blocking, language: Language) -> Option<String> {
    let of = |name: &str| {
        let name = format!("{name}_{pattern}");
        found.iter().find(|it| *it.function == *name && it.api == path && it.effect == Some(blocking.effect))
    };
    let Some(plain) = of("plain") else { return Some(format!("`{path}` is silent")) };
    let small = blocking.scale == Scale::Small && blocking.on_loop == OnLoop::Stalls;
    if small && plain.severity != Severity::Note {
        return Some(format!("`{path}` is small, and no note"));
    }
    let bound = blocking.bound.as_ref()?;
    let given = Arguments::of(blocking, language).has(&bound.argument);
    if !given && plain.bound_ms != bound.default_ms {
        return Some(format!("`{path}` is bounded by {:?} and not {:?}", plain.bound_ms, bound.default_ms));
    }
    #[expect(clippy::cast_sign_loss, reason = "units are positive")]
    let expected = (GIVEN * bound.unit_ms).round() as u64;
    match of("bounded") {
        Some(it) if it.bound_ms == Some(expected) => None,
        Some(it) => Some(format!("`{path}` with a bound of {expected} ms is bounded by {:?}", it.bound_ms)),
        None => Some(format!("`{path}` with a bound is silent")),
    }
}

fn blocking(entry: &Entry) -> Option<&Blocking> {
    match &entry.knowledge {
        Knowledge::Blocking(it) => Some(it),
        _ => None,
    }
}

fn every_entry_is_found(language: Language) {
    let mut files = Vec::new();
    let mut roots = Vec::new();
    for (number, entry) in entries(language) {
        let Some(blocking) = blocking(entry) else { continue };
        let paths: Vec<String> = entry.paths.iter().map(|it| instance(it.0.text(), language)).collect();
        let mut imports: Vec<String> = paths.iter().map(|it| import(it, language)).collect();
        imports.sort();
        imports.dedup();
        roots.extend(entry.paths.iter().map(|it| root(it.0.text(), language)));
        let functions = paths.iter().enumerate().map(|(at, it)| functions(at, it, blocking, language));
        files.push((file(number, language), imports.concat() + &functions.collect::<String>()));
    }
    let files = if language == Language::Rust { crate_of(files, &roots) } else { files };
    let found = check(&files);
    let (mut all, mut missed) = (0, Vec::new());
    for (number, entry) in entries(language) {
        let Some(blocking) = blocking(entry) else { continue };
        let here = found.get(&file(number, language)).map_or(&[][..], Vec::as_slice);
        for (at, (pattern, _)) in entry.paths.iter().enumerate() {
            all += 1;
            let path = instance(pattern.text(), language);
            missed.extend(wrong(here, at, &path, blocking, language).map(|it| format!("{}: {it}", place(entry, at))));
        }
    }
    none(&missed, all, 2000);
}

#[test]
fn every_blocking_call_of_python_is_found() {
    every_entry_is_found(Language::Python);
}

#[test]
fn every_blocking_call_of_rust_is_found() {
    every_entry_is_found(Language::Rust);
}
