//! Values of keys, and where each came from. Knows the kinds of values, not what they are for.

use super::keys::{KEYS, Key, Kind};
use blocklint_catalog::section::{Item, Section};
use blocklint_catalog::{Error, Place};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// What one place says: its values by key.
pub(crate) type Layer = BTreeMap<&'static str, Given>;

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Flag(bool),
    Number(u64),
    Text(Word),
    List(Vec<Word>),
    /// Patterns, each with its rules.
    PerFile(Vec<(String, Vec<Word>)>),
}

/// A text and, where it was read from a file, its place there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Option<Box<Place>>,
}

/// Where a value came from, the strongest last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody says otherwise.
    Default,
    /// A file: as it is shown, the line, and its directory.
    File { file: String, line: usize, folder: PathBuf },
    /// `--config 'key = value'`.
    Inline { folder: PathBuf },
    /// A variable of the environment.
    Variable { name: &'static str, folder: PathBuf },
    /// An option of the command line.
    Option { name: &'static str, folder: PathBuf },
}

impl Origin {
    /// What relative paths are relative to.
    pub(crate) fn folder(&self) -> &Path {
        match self {
            Self::Default => Path::new(""),
            Self::File { folder, .. }
            | Self::Inline { folder }
            | Self::Variable { folder, .. }
            | Self::Option { folder, .. } => folder,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line, .. } => write!(f, "{file}:{line}"),
            Self::Inline { .. } => f.write_str("--config"),
            Self::Variable { name, .. } => f.write_str(name),
            Self::Option { name, .. } => write!(f, "--{name}"),
        }
    }
}

impl Value {
    /// As TOML.
    pub(crate) fn toml(&self) -> String {
        match self {
            Self::Flag(it) => it.to_string(),
            Self::Number(it) => it.to_string(),
            Self::Text(it) => quoted(&it.text),
            Self::List(items) => list(items),
            Self::PerFile(items) => {
                let items: Vec<String> =
                    items.iter().map(|it| format!("{} = {}", quoted(&it.0), list(&it.1))).collect();
                if items.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", items.join(", ")) }
            }
        }
    }

    /// As JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        let texts = |items: &[Word]| items.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        match self {
            Self::Flag(it) => (*it).into(),
            Self::Number(it) => (*it).into(),
            Self::Text(it) => it.text.clone().into(),
            Self::List(items) => texts(items).into(),
            Self::PerFile(items) => items.iter().map(|it| (it.0.clone(), texts(&it.1))).collect(),
        }
    }
}

fn list(items: &[Word]) -> String {
    let items: Vec<String> = items.iter().map(|it| quoted(&it.text)).collect();
    format!("[{}]", items.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Reads a table of a file strictly: every key is known, every value has its kind.
pub(crate) fn layer(section: &Section<'_>, folder: Option<&Path>, base: &Path) -> Result<Layer, Error> {
    let names: Vec<&str> = KEYS.iter().map(|it| it.name).collect();
    section.only(&names)?;
    let mut layer = Layer::new();
    for (name, bytes) in section.keys() {
        let Some(key) = super::keys::key(name) else { continue };
        let Some(value) = (Read { section, key }).value()? else { continue };
        let place = section.source.place(&bytes);
        let origin = match folder {
            Some(folder) => Origin::File { file: place.file, line: place.line, folder: folder.to_owned() },
            None => Origin::Inline { folder: base.to_owned() },
        };
        layer.insert(key.name, Given { value, origin });
    }
    Ok(layer)
}

/// One key of a table.
#[derive(Debug)]
pub(crate) struct Read<'r, 't> {
    pub(crate) section: &'r Section<'t>,
    pub(crate) key: &'static Key,
}

impl Read<'_, '_> {
    /// Its value, if it is given.
    pub(crate) fn value(&self) -> Result<Option<Value>, Error> {
        let Self { section, key } = self;
        if !section.has(key.name) {
            return Ok(None);
        }
        Ok(Some(match key.kind {
            Kind::Flag => Value::Flag(section.flag(key.name)?),
            Kind::Text | Kind::Path => Value::Text(self.word()?),
            Kind::Choice(known) => {
                let words: Vec<(&str, ())> = known.iter().map(|it| (*it, ())).collect();
                section.word(key.name, &words)?;
                Value::Text(self.word()?)
            }
            Kind::Duration => {
                let word = self.word()?;
                milliseconds(&word.text).ok_or_else(|| section.wrong(key.name, DURATION))?;
                Value::Text(word)
            }
            Kind::Size => {
                let word = self.word()?;
                bytes(&word.text).ok_or_else(|| section.wrong(key.name, SIZE))?;
                Value::Text(word)
            }
            Kind::Number => {
                let number = section.value(key.name).and_then(|it| it.as_integer()?.as_str().parse().ok());
                Value::Number(number.ok_or_else(|| section.wrong(key.name, NUMBER))?)
            }
            Kind::Rules | Kind::Patterns | Kind::Paths => Value::List(words(section, key.name, key.kind)?),
            Kind::PerFile => self.per_file()?,
            Kind::Facts => Value::List(self.facts()?),
        }))
    }

    fn word(&self) -> Result<Word, Error> {
        let text = self.section.required(self.key.name)?;
        let place = self.section.source.place(&text.span());
        Ok(Word { text: (*text.get_ref()).to_owned(), place: Some(place) })
    }

    fn per_file(&self) -> Result<Value, Error> {
        let Some(inner) = self.section.section(self.key.name)? else { return Ok(Value::PerFile(Vec::new())) };
        let patterns = inner.keys().into_iter();
        let read = patterns.map(|(name, _)| Ok((name.to_owned(), words(&inner, name, Kind::Rules)?)));
        Ok(Value::PerFile(read.collect::<Result<_, Error>>()?))
    }

    /// The paths alone: what is said of them is the catalogue's to read.
    fn facts(&self) -> Result<Vec<Word>, Error> {
        let mut words = Vec::new();
        for item in self.section.items(self.key.name, "a list of paths, or of tables with a `path`")? {
            let texts = match item {
                Item::Text(text) => vec![text],
                Item::Section(inner) => inner.texts("path")?,
            };
            for text in texts {
                let place = self.section.source.place(&text.span());
                words.push(Word { text: (*text.get_ref()).to_owned(), place: Some(place) });
            }
        }
        Ok(words)
    }
}

fn words(section: &Section<'_>, name: &str, kind: Kind) -> Result<Vec<Word>, Error> {
    let expected = match kind {
        Kind::Rules => "a list of rules: codes, prefixes of codes or names",
        Kind::Patterns => "a list of patterns",
        _ => "a list of directories",
    };
    let items = section.items(name, expected)?.into_iter().map(|item| match item {
        Item::Text(text) => {
            let place = section.source.place(&text.span());
            Ok(Word { text: (*text.get_ref()).to_owned(), place: Some(place) })
        }
        Item::Section(inner) => {
            Err(Error::Value { place: inner.place(), key: name.to_owned(), expected: expected.to_owned() })
        }
    });
    items.collect()
}

/// What a time must look like.
pub(crate) const DURATION: &str = "a time with its unit, as in \"500ms\" or \"2s\"";

/// The milliseconds of `500ms`, `2s`, `1.5min`.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    amount(text, &[("ms", 1.0), ("s", 1000.0), ("min", 60_000.0)])
}

/// What a size must look like.
pub(crate) const SIZE: &str = "a size with its unit, as in \"500kB\" or \"20MB\"";

/// The bytes of `500kB`, `20MB`, `1.5GB`.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    amount(text, &[("B", 1.0), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9)])
}

/// What a number must look like.
pub(crate) const NUMBER: &str = "a whole number";

fn amount(text: &str, units: &[(&str, f64)]) -> Option<u64> {
    let at = text.find(|it: char| !it.is_ascii_digit() && it != '.')?;
    let (number, unit) = text.split_at(at);
    let (_, worth) = units.iter().find(|it| it.0 == unit.trim())?;
    let number: f64 = number.parse().ok()?;
    #[expect(clippy::cast_sign_loss, reason = "digits and a point make no negative number")]
    Some((number * worth).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::{bytes, milliseconds};

    #[test]
    fn a_time_has_a_unit() {
        let times = ["500ms", "2s", "1.5 s", "1min", "500", "s", "2h", ""];
        let expected = [Some(500), Some(2000), Some(1500), Some(60_000), None, None, None, None];
        assert_eq!(times.map(milliseconds), expected);
    }

    #[test]
    fn a_size_has_a_unit() {
        let sizes = ["0B", "500kB", "1.5 MB", "2GB", "500", "MB", "2KiB", "-1B"];
        let expected = [Some(0), Some(500_000), Some(1_500_000), Some(2_000_000_000), None, None, None, None];
        assert_eq!(sizes.map(bytes), expected);
    }
}
