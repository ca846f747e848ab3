//! The facts in a configuration: the tables' words with what most users mean left out, or a path alone.
//! Knows nothing of where a configuration is found.

use crate::entry::{Entry, Knowledge, Origin};
use crate::error::Error;
use crate::fact::{Decorates, Decorator, HandOff, RunsOn};
use crate::header::{Header, Written, patterns, texts_as_patterns};
use crate::kinds;
use crate::section::{Item, Section, Source, Text};
use blocklint_ir::Language;

/// The keys of a configuration that hold facts.
pub const FACTS: [&str; 4] = ["blocking", "non-blocking", "offloaders", "loop-entries"];

/// The facts of a configuration that stands below these keys of a file.
pub(crate) fn entries(root: Section<'_>, below: &[&str], origin: Origin) -> Result<Vec<Entry>, Error> {
    let mut section = root;
    for key in below {
        let Some(inner) = section.section(key)? else { return Ok(Vec::new()) };
        section = inner;
    }
    let mut entries = Vec::new();
    for key in FACTS {
        for item in section.items(key, "a list of paths, or of tables with a `path`")? {
            entries.extend(fact(key, &item, &section.source)?.into_iter().map(|it| Entry { origin, ..it }));
        }
    }
    Ok(entries)
}

/// The keys that a fact may have besides `path`, `except`, `language` and `source`, for whoever describes them.
pub fn fact_keys(key: &str) -> Vec<&'static str> {
    let kind = match key {
        "blocking" => "blocking",
        "non-blocking" => "harmless",
        _ => "hand-off",
    };
    // Where a loop's entry runs is what its key says.
    kinds::keys(kind).iter().copied().filter(|it| key != "loop-entries" || *it != "runs").collect()
}

fn fact(key: &str, item: &Item<'_>, source: &Source<'_>) -> Result<Vec<Entry>, Error> {
    match item {
        Item::Text(path) => {
            let language = language(std::slice::from_ref(path), source)?;
            let paths = texts_as_patterns(source, std::slice::from_ref(path), language)?;
            let said = knowledge(key, None, &header(language, source))?;
            Ok(said.into_iter().map(|it| entry(language, source, paths.clone(), Vec::new(), it)).collect())
        }
        Item::Section(section) => {
            let mut known = vec!["path", "except", "language", "source"];
            known.extend(fact_keys(key));
            section.only(&known)?;
            let texts = section.texts("path")?;
            if texts.is_empty() {
                return Err(section.missing("path"));
            }
            let named = section.word("language", &[("python", Language::Python), ("rust", Language::Rust)])?;
            let language = named.map_or_else(|| language(&texts, source), Ok)?;
            let paths = patterns(section, &texts, language)?;
            let except = patterns(section, &section.texts("except")?, language)?;
            let said = knowledge(key, Some(section), &header(language, source))?;
            Ok(said.into_iter().map(|it| entry(language, source, paths.clone(), except.clone(), it)).collect())
        }
    }
}

fn header(language: Language, source: &Source<'_>) -> Header {
    Header { language, library: source.file.to_owned(), source: Some(source.file.to_owned()) }
}

fn entry(
    language: Language,
    source: &Source<'_>,
    paths: Vec<Written>,
    except: Vec<Written>,
    knowledge: Knowledge,
) -> Entry {
    Entry { language, origin: Origin::User, library: source.file.to_owned(), table: 0, paths, except, knowledge }
}

/// Everything that one fact says.
fn knowledge(key: &str, section: Option<&Section<'_>>, header: &Header) -> Result<Vec<Knowledge>, Error> {
    Ok(match key {
        "blocking" => vec![Knowledge::Blocking(Box::new(kinds::own_blocking(section, header)?))],
        "non-blocking" => vec![Knowledge::Harmless],
        "offloaders" => {
            let hand_off = kinds::own_hand_off(section, RunsOn::Worker)?;
            let decorates = (hand_off.callable.is_none()).then(|| decorator(Decorates::Offloads));
            [Knowledge::HandOff(hand_off)].into_iter().chain(decorates).collect()
        }
        _ => {
            let hand_off: HandOff = kinds::own_hand_off(section, RunsOn::Loop)?;
            let named = hand_off.callable.is_some();
            let entry = [decorator(Decorates::LoopEntry), Knowledge::Overrides(RunsOn::Loop)];
            let also = entry.into_iter().filter(|_| !named);
            [Knowledge::HandOff(hand_off)].into_iter().chain(also).collect()
        }
    })
}

fn decorator(makes: Decorates) -> Knowledge {
    Knowledge::Decorates(Decorator { makes, unless: Vec::new(), otherwise: None, object: None })
}

/// The language that a path is written in, or else that of the file: a manifest has one.
fn language(paths: &[Text<'_>], source: &Source<'_>) -> Result<Language, Error> {
    let name = source.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let of_file = match name {
        "pyproject.toml" => Some(Language::Python),
        "Cargo.toml" => Some(Language::Rust),
        _ => None,
    };
    let written = |it: &Text<'_>| match it.get_ref() {
        path if path.contains("::") => Some(Language::Rust),
        path if path.contains('.') => Some(Language::Python),
        _ => None,
    };
    let Some(first) = paths.first() else { return Ok(of_file.unwrap_or(Language::Python)) };
    paths.iter().find_map(written).or(of_file).ok_or_else(|| Error::Path {
        place: source.place(&first.span()),
        path: (*first.get_ref()).to_owned(),
        reason: "one name is no path of a library; where it is one, say `{ path = …, language = \"python\" }`"
            .to_owned(),
    })
}
