//! What is in force: options over variables over the configuration and what it extends. Single values: the closest wins. Lists of rules
//! to leave out or add, patterns, facts and directories add up.

use super::Configuration;
use super::keys::{KEYS, Key};
use super::value::{Given, Layer, Origin, Value, Word, bytes, milliseconds};
use blocklint_catalog::{Error, Rules};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Everything that somebody said, the strongest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    layers: Vec<Layer>,
    /// The configurations among them, for the facts in them.
    pub(crate) configurations: Vec<Configuration>,
}

/// Codes by what is to happen with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Those reported; `None`: all.
    pub(crate) selected: Option<BTreeSet<String>>,
    /// Those reported whatever the profile.
    pub(crate) extended: BTreeSet<String>,
}

/// A pattern of files, the directory it is relative to, and the codes that are silent there.
pub(crate) type PerFile<'s> = (&'s Path, &'s str, BTreeSet<String>);

impl Settings {
    /// `said` are variables and options, the strongest last; `configurations` the strongest first.
    pub(crate) fn new(said: impl IntoIterator<Item = Layer>, configurations: Vec<Configuration>) -> Self {
        let mut layers: Vec<Layer> = said.into_iter().collect();
        layers.reverse();
        layers.extend(configurations.iter().map(|it| it.layer.clone()));
        Self { layers, configurations }
    }

    /// What counts for a key that does not add up.
    pub(crate) fn one(&self, name: &'static str) -> Option<&Given> {
        self.all(name).next()
    }

    /// What everybody says, the strongest first.
    pub(crate) fn all(&self, name: &'static str) -> impl Iterator<Item = &Given> {
        self.layers.iter().filter_map(move |it| it.get(name))
    }

    /// What is in force for each key.
    pub(crate) fn in_force(&self) -> Vec<(&'static Key, Vec<&Given>)> {
        let given = |key: &'static Key| {
            let all: Vec<&Given> = self.all(key.name).collect();
            let adds = key.kind.adds(key.name);
            (key, all.into_iter().take(if adds { usize::MAX } else { 1 }).collect())
        };
        KEYS.iter().map(given).collect()
    }

    pub(crate) fn text(&self, name: &'static str) -> Option<&str> {
        self.one(name).and_then(|it| match &it.value {
            Value::Text(word) => Some(word.text.as_str()),
            _ => None,
        })
    }

    pub(crate) fn flag(&self, name: &'static str) -> bool {
        self.one(name).is_some_and(|it| it.value == Value::Flag(true))
    }

    /// A path, from the directory of whoever said it.
    pub(crate) fn path(&self, name: &'static str) -> Option<PathBuf> {
        let given = self.one(name)?;
        self.text(name).map(|it| given.origin.folder().join(it))
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &'static str) -> Option<u64> {
        self.one(name).and_then(|it| match it.value {
            Value::Number(number) => Some(number),
            _ => None,
        })
    }

    /// A size in bytes.
    pub(crate) fn size(&self, name: &'static str) -> Option<u64> {
        self.text(name).and_then(bytes)
    }

    /// A time in milliseconds.
    pub(crate) fn duration(&self, name: &'static str) -> Option<u64> {
        self.text(name).and_then(milliseconds)
    }

    /// Lists that add up, each with where it came from.
    pub(crate) fn lists(&self, name: &'static str) -> impl Iterator<Item = (&Origin, &[Word])> {
        self.all(name).filter_map(|it| match &it.value {
            Value::List(words) => Some((&it.origin, words.as_slice())),
            _ => None,
        })
    }

    /// The codes that `select`, `extend-select` and `ignore` leave. A `select` starts anew, whatever weaker places say.
    pub(crate) fn selection(&self, rules: &Rules) -> Result<Selection, String> {
        let mut selection = Selection::default();
        for layer in self.layers.iter().rev() {
            let codes = |name: &str| layer.get(name).map(|it| resolve(rules, it)).transpose();
            if let Some(selected) = codes("select")? {
                selection = Selection { selected: Some(selected), ..Selection::default() };
            }
            if let Some(more) = codes("extend-select")? {
                if let Some(selected) = &mut selection.selected {
                    selected.extend(more.clone());
                }
                selection.extended.extend(more);
            }
            if let Some(less) = codes("ignore")? {
                let all = || rules.iter().map(|it| it.code.clone()).collect();
                selection.selected.get_or_insert_with(all).retain(|it| !less.contains(it));
                selection.extended.retain(|it| !less.contains(it));
            }
        }
        Ok(selection)
    }

    /// Every pattern of `per-file-ignores`: where it begins, itself, its codes.
    pub(crate) fn per_file(&self, rules: &Rules) -> Result<Vec<PerFile<'_>>, String> {
        let mut found = Vec::new();
        for given in self.all("per-file-ignores") {
            let Value::PerFile(items) = &given.value else { continue };
            for (pattern, words) in items {
                found.push((given.origin.folder(), pattern.as_str(), codes(rules, words, &given.origin)?));
            }
        }
        Ok(found)
    }
}

fn resolve(rules: &Rules, given: &Given) -> Result<BTreeSet<String>, String> {
    match &given.value {
        Value::List(words) => codes(rules, words, &given.origin),
        _ => Ok(BTreeSet::new()),
    }
}

/// The codes that these words name; an unknown one is an error with its place.
fn codes(rules: &Rules, words: &[Word], origin: &Origin) -> Result<BTreeSet<String>, String> {
    let mut codes = BTreeSet::new();
    for word in words {
        let text = word.text.trim();
        let found: Vec<&str> = if text == "ALL" {
            rules.iter().map(|it| it.code.as_str()).collect()
        } else {
            rules.selected(text).map(|it| it.code.as_str()).collect()
        };
        if found.is_empty() {
            return Err(unknown(rules, word, origin));
        }
        codes.extend(found.into_iter().map(str::to_owned));
    }
    Ok(codes)
}

fn unknown(rules: &Rules, word: &Word, origin: &Origin) -> String {
    let nearest = rules.nearest(&word.text);
    let hint = nearest.map_or_else(|| "`blocklint rules` lists them".to_owned(), |it| format!("did you mean `{it}`?"));
    match (&word.place, origin) {
        (Some(place), _) => Error::UnknownWord {
            place: place.clone(),
            key: "rule".to_owned(),
            word: word.text.clone(),
            nearest: nearest.map(str::to_owned),
            known: vec!["what `blocklint rules` lists".to_owned()],
        }
        .to_string(),
        (None, Origin::Variable { name, .. }) => format!("{name}: unknown rule `{}`; {hint}", word.text),
        (None, _) => format!("unknown rule `{}`; {hint}", word.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Reader;

    fn settings(said: &[&str]) -> Settings {
        let reader = Reader { cwd: Path::new("/project") };
        // The strongest first.
        let configurations = said.iter().flat_map(|it| reader.inline(it).unwrap()).collect();
        Settings::new([], configurations)
    }

    fn selected(said: &[&str]) -> String {
        let rules = Rules::builtin().unwrap();
        let selection = settings(said).selection(&rules).unwrap();
        let join = |it: &BTreeSet<String>| it.iter().cloned().collect::<Vec<_>>().join(" ");
        let selected = selection.selected.as_ref().map_or("all".to_owned(), join);
        if selection.extended.is_empty() { selected } else { format!("{selected} + {}", join(&selection.extended)) }
    }

    #[test]
    fn a_select_starts_anew_and_the_rest_adds_up() {
        assert_eq!(selected(&[]), "all");
        assert_eq!(selected(&["select = [\"BL101\"]", "ignore = [\"BL101\"]"]), "BL101");
        assert_eq!(selected(&["ignore = [\"BL101\"]", "select = [\"BL101\", \"BL102\"]"]), "BL102");
        assert_eq!(selected(&["extend-select = [\"BL109\"]", "select = [\"BL101\"]"]), "BL101 BL109 + BL109");
        assert_eq!(selected(&["extend-select = [\"blocking-cpu\"]"]), "all + BL109");
        assert_eq!(
            selected(&["select = [\"ALL\"]\nignore = [\"BL1\", \"BL2\", \"BL3\", \"BL4\", \"BL9\"]"]),
            "BL001 BL002 BL003 BL004"
        );
    }

    #[test]
    fn the_closest_single_value_counts() {
        let settings = settings(&["threshold = \"2s\"", "threshold = \"1s\"\nroot = \"src\"\nrequire-reason = true"]);
        assert_eq!(settings.duration("threshold"), Some(2000));
        assert_eq!(settings.path("root"), Some(PathBuf::from("/project/src")));
        assert!(settings.flag("require-reason"));
    }

    #[test]
    fn an_unknown_rule_has_its_place() {
        let rules = Rules::builtin().unwrap();
        let error = settings(&["select = [\"BL101\",\n  \"blocking-slep\"]"]).selection(&rules).unwrap_err();
        assert!(
            error.starts_with("--config:2:3: unknown rule \"blocking-slep\", did you mean `blocking-sleep`?"),
            "{error}"
        );
    }
}
