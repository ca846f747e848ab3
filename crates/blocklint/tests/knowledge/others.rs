//! The kinds of entries besides `[[blocking]]` whose meaning shows in a finding.
//!
//! - `[[hand-off]]`: what is handed to a loop, or run here, is found; a call in the place of a callable for another thread is BL401.
//! - `[[gives]]` with a type, `[[is]]`, `[[base]]`, `[[alias]]`: where the type, or the path that an alias stands for, has a call that
//!   blocks, it is found through them.
//! - `[[decorator]]`: getters and loop entries that block are found, in Python.
//! - `[[override]]` that a loop runs: a project's override that blocks is found.
//!
//! Not covered by an example: what only makes the tool silent (`[[harmless]]`, hand-offs to threads without a named argument, guards),
//! what runs on first use, what types contain, and the single facts that the rules' own pages exercise (`[[lock]]`, `[[weak-task]]`,
//! `[[completes]]`, `[[schedules]]`, `[[current-loop]]`, `[[diverges]]`, `[[consumes]]`, `[[keeps]]`, `[[runs]]`, `[[parses]]`,
//! `[[inherits]]`).

use super::write::{callee, crate_of, file, import, instance, parameter, root};
use super::{catalog, check, entries, none, place};
use blocklint_catalog::{ArgumentRef, Decorates, Entry, Facts, Gives, HandOff, Knowledge, RunsOn};
use blocklint_engine::finding::Finding;
use blocklint_ir::Language;
use std::collections::BTreeMap;

/// A program that shows one pattern of an entry, and what must be found in it.
struct Example {
    text: String,
    /// The function that the finding stands in, and its API or, where it begins with BL, its code.
    function: String,
    says: String,
}

/// Writes the examples of every entry of a language, checks them together, and names those that are not found.
fn exercise(language: Language, at_least: usize, example: impl Fn(&Entry, usize, &str) -> Option<Example>) {
    let mut files: BTreeMap<usize, String> = BTreeMap::new();
    let mut expected: Vec<(usize, usize, Example)> = Vec::new();
    let mut roots = Vec::new();
    for (number, entry) in entries(language) {
        for (at, (pattern, _)) in entry.paths.iter().enumerate() {
            let path = instance(pattern.text(), language);
            let Some(example) = example(entry, at, &path) else { continue };
            let text = files.entry(number).or_insert_with(|| match language {
                Language::Python => "import time\n".to_owned(),
                Language::Rust => "use std::{thread, time};\n".to_owned(),
            });
            *text = import(&path, language) + text + &example.text;
            roots.push(root(pattern.text(), language));
            expected.push((number, at, example));
        }
    }
    let files: Vec<(String, String)> = files.into_iter().map(|it| (file(it.0, language), it.1)).collect();
    let files = if language == Language::Rust { crate_of(files, &roots) } else { files };
    let found = check(&files);
    let missed = expected.iter().filter_map(|(number, at, example)| {
        let here = found.get(&file(*number, language)).map_or(&[][..], Vec::as_slice);
        let is =
            |it: &Finding| *it.function == *example.function && (it.api == example.says || it.code == example.says);
        let entry = &catalog().entries(language)[*number];
        (!here.iter().any(is)).then(|| format!("{}: {}{}", place(entry, *at), example.says, example.text))
    });
    none(&missed.collect::<Vec<_>>(), expected.len(), at_least);
}

/// A function that blocks and gives nothing.
fn sleeper(name: &str, language: Language) -> String {
    match language {
        Language::Python => format!("\n\ndef {name}(*v):\n    time.sleep(1)\n"),
        Language::Rust => format!("fn {name}() {{\n    thread::sleep(time::Duration::from_secs(1));\n}}\n"),
    }
}

fn sleep(language: Language) -> String {
    match language {
        Language::Python => "time.sleep".to_owned(),
        Language::Rust => "std::thread::sleep".to_owned(),
    }
}

fn asynchronous(name: &str, parameters: &str, lines: &str, language: Language) -> String {
    match language {
        Language::Python => format!("\n\nasync def {name}({parameters}v):\n    {}\n", lines.replace("; ", "\n    ")),
        Language::Rust => format!("pub async fn {name}({parameters}v: u8) {{\n    {lines};\n}}\n"),
    }
}

/// The arguments that pass a value where a hand-off takes its callable.
fn passing(which: Option<&ArgumentRef>, value: &str, language: Language) -> String {
    match which {
        Some(ArgumentRef { name: Some(name), position: None }) if language == Language::Python => {
            format!("{name}={value}")
        }
        Some(ArgumentRef { position: Some(at), .. }) => "v, ".repeat(*at) + value,
        _ => value.to_owned(),
    }
}

fn hand_off(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let Knowledge::HandOff(HandOff { callable, runs, .. }) = &entry.knowledge else { return None };
    let language = entry.language;
    let name = format!("callable_{at}");
    let around = format!("around_{at}");
    let call = |value: &str| format!("{}({})", callee(path, language), passing(callable.as_ref(), value, language));
    let (lines, function, says) = match runs {
        RunsOn::Loop | RunsOn::Here => (call(&name), name.clone(), sleep(language)),
        RunsOn::EachStep => (format!("list({})", call(&name)), name.clone(), sleep(language)),
        RunsOn::WhenCalled => (
            format!("{}f = {}; f()", if language == Language::Rust { "let " } else { "" }, call(&name)),
            name.clone(),
            sleep(language),
        ),
        RunsOn::Worker | RunsOn::Process if callable.is_some() => {
            (call(&format!("{name}()")), around.clone(), "BL401".to_owned())
        }
        RunsOn::Worker | RunsOn::Process | RunsOn::InPlace | RunsOn::FirstUse => return None,
    };
    let text = sleeper(&name, language) + &asynchronous(&around, &parameter(path, language), &lines, language);
    Some(Example { text, function, says })
}

#[test]
fn what_is_handed_over_runs_where_the_entry_says() {
    exercise(Language::Python, 40, hand_off);
    exercise(Language::Rust, 40, hand_off);
}

/// A call below a path that blocks whatever its arguments are, if one is known.
fn probe(path: &str, language: Language) -> Option<String> {
    let below = format!("{path}{}", language.separator());
    let plain = |it: &&Entry| match &it.knowledge {
        Knowledge::Blocking(blocking) => blocking.only.is_empty() && blocking.unless.is_empty(),
        _ => false,
    };
    let mut paths = catalog().entries(language).iter().filter(plain).flat_map(|it| &it.paths).filter(|it| it.0.exact());
    let is_method = |rest: &str| !rest.contains(language.separator()) && !rest.contains('(') && !rest.starts_with('_');
    let found = paths.find(|it| it.0.text().strip_prefix(&below).is_some_and(is_method))?;
    found.0.text().strip_prefix(&below).map(str::to_owned)
}

/// Reads or calls what has a type, and calls something of it that blocks.
fn typed(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let language = entry.language;
    let (given, ty) = match &entry.knowledge {
        Knowledge::Gives(Gives::Type(ty), _) => (format!("{}()", callee(path, language)), ty),
        Knowledge::Is(ty) => (callee(path, language), ty),
        _ => return None,
    };
    let method = probe(ty, language)?;
    let function = format!("typed_{at}");
    let lines = format!("{}y = {given}; y.{method}()", if language == Language::Rust { "let " } else { "" });
    let text = asynchronous(&function, &parameter(path, language), &lines, language);
    Some(Example { text, function, says: [ty.as_str(), &method].join(language.separator()) })
}

#[test]
fn what_a_path_gives_has_the_methods_of_its_type() {
    exercise(Language::Python, 40, typed);
    exercise(Language::Rust, 40, typed);
}

fn inherited(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let Knowledge::Base(base) = &entry.knowledge else { return None };
    let language = entry.language;
    let separator = language.separator();
    let method = probe(base, language)?;
    let own = [path, &method].join(separator);
    let function = format!("inherits_{at}");
    let call = format!("{}()", callee(&own, language));
    let text = asynchronous(&function, &parameter(&own, language), &call, language);
    // What the class says itself counts before what it inherits, and not what is said of everybody's calls with other arguments.
    let facts = catalog().facts(language, &own);
    let known = facts.blocking.is_some_and(|it| it.only.is_empty());
    if facts.blocking.is_none() && facts != Facts::default() {
        return None;
    }
    Some(Example { text, function, says: if known { own } else { [base.as_str(), &method].join(separator) } })
}

#[test]
fn a_class_has_the_methods_of_its_base() {
    exercise(Language::Python, 20, inherited);
    exercise(Language::Rust, 4, inherited);
}

fn renamed(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let Knowledge::Alias(_) = &entry.knowledge else { return None };
    let language = entry.language;
    let target = catalog().canonical(language, path).into_owned();
    let method = probe(&target, language)?;
    let separator = language.separator();
    let own = [path, &method].join(separator);
    let function = format!("renamed_{at}");
    let call = format!("{}()", callee(&own, language));
    let text = asynchronous(&function, &parameter(&own, language), &call, language);
    Some(Example { text, function, says: [target.as_str(), &method].join(separator) })
}

#[test]
fn an_alias_stands_for_what_it_names() {
    exercise(Language::Python, 30, renamed);
    exercise(Language::Rust, 20, renamed);
}

fn decorated(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let Knowledge::Decorates(decorator) = &entry.knowledge else { return None };
    let path = path.strip_prefix("builtins.").unwrap_or(path);
    let (text, function) = match decorator.makes {
        Decorates::LoopEntry => {
            (format!("\n\n@{path}\ndef entry_{at}(*v):\n    time.sleep(1)\n"), format!("entry_{at}"))
        }
        Decorates::Getter | Decorates::CachedGetter => (
            format!(
                "\n\nclass Has{at}:\n    @{path}\n    def it(self):\n        time.sleep(1)\n\n\nasync def reads_{at}(x: Has{at}):\n    x.it\n"
            ),
            format!("Has{at}.it"),
        ),
        _ => return None,
    };
    Some(Example { text, function, says: sleep(Language::Python) })
}

#[test]
fn a_decorated_function_runs_where_the_entry_says() {
    exercise(Language::Python, 10, decorated);
}

fn overridden(entry: &Entry, at: usize, path: &str) -> Option<Example> {
    let Knowledge::Overrides(RunsOn::Loop) = entry.knowledge else { return None };
    let (base, method) = path.rsplit_once(entry.language.separator())?;
    Some(match entry.language {
        Language::Python => Example {
            text: format!("\n\nclass Own{at}({base}):\n    def {method}(self, *v):\n        time.sleep(1)\n"),
            function: format!("Own{at}.{method}"),
            says: sleep(Language::Python),
        },
        Language::Rust => Example {
            text: format!(
                "struct Own{at};\nimpl {base} for Own{at} {{\n    fn {method}(&self) {{\n        thread::sleep(time::Duration::from_secs(1));\n    }}\n}}\n"
            ),
            function: format!("<Own{at} as {}>::{method}", base.rsplit("::").next().unwrap_or(base)),
            says: sleep(Language::Rust),
        },
    })
}

#[test]
fn an_override_runs_where_the_framework_runs_it() {
    exercise(Language::Python, 10, overridden);
    exercise(Language::Rust, 4, overridden);
}
