//! Reads one TOML table strictly: every key is known, every value has its type, every mistake has its place.
//! Knows TOML and no table of ours.

use crate::error::{Error, Place};
use crate::suggest::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file's name and text, for places.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    /// What messages call it.
    pub file: &'t str,
    /// The text.
    pub text: &'t str,
}

impl Source<'_> {
    /// The place of these bytes.
    pub fn place(&self, range: &Range<usize>) -> Box<Place> {
        Box::new(Place::new(self.file, self.text, range.clone()))
    }

    /// A word that is none of the known ones.
    pub fn unknown_word(&self, range: &Range<usize>, key: &str, word: &str, known: &[&str]) -> Error {
        Error::UnknownWord {
            place: self.place(range),
            key: key.to_owned(),
            word: word.to_owned(),
            nearest: nearest(word, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|it| (*it).to_owned()).collect(),
        }
    }
}

/// Parses a document; what the parser says of a bad one gets its place.
pub fn document(source: Source<'_>) -> Result<Spanned<DeTable<'_>>, Error> {
    DeTable::parse(source.text).map_err(|err| Error::Syntax {
        place: source.place(&err.span().unwrap_or(0..0)),
        message: err.message().lines().collect::<Vec<_>>().join(", "),
    })
}

/// A text and where it stands.
pub type Text<'t> = Spanned<&'t str>;

/// One item of a list that may be said short or in full.
#[derive(Debug, Clone)]
pub enum Item<'t> {
    /// A text.
    Text(Text<'t>),
    /// A table.
    Section(Section<'t>),
}

/// One TOML table.
#[derive(Debug, Clone)]
pub struct Section<'t> {
    /// The file it stands in.
    pub source: Source<'t>,
    /// Its bytes.
    pub span: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Section<'t> {
    /// The whole file.
    pub fn root(source: Source<'t>, table: &'t DeTable<'t>) -> Self {
        Self { source, span: 0..0, table }
    }

    /// Where it stands.
    pub fn place(&self) -> Box<Place> {
        self.source.place(&self.span)
    }

    /// Refuses keys that are not among these.
    pub fn only(&self, known: &[&str]) -> Result<(), Error> {
        let mut unknown: Vec<_> = self.table.keys().filter(|it| !known.contains(&&**it.get_ref())).collect();
        unknown.sort_by_key(|it| it.span().start);
        let Some(key) = unknown.first() else { return Ok(()) };
        Err(Error::UnknownKey {
            place: self.source.place(&key.span()),
            key: key.get_ref().to_string(),
            nearest: nearest(key.get_ref(), known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|it| (*it).to_owned()).collect(),
        })
    }

    /// The keys that are given, in the order written, each with its bytes.
    pub fn keys(&self) -> Vec<(&'t str, Range<usize>)> {
        let mut keys: Vec<(&'t str, Range<usize>)> = self.table.keys().map(|it| (&**it.get_ref(), it.span())).collect();
        keys.sort_by_key(|it| it.1.start);
        keys
    }

    /// Whether the key is given.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The key must be given and is not.
    pub fn missing(&self, key: &str) -> Error {
        Error::Missing { place: self.place(), key: key.to_owned() }
    }

    /// The key's value is not what it must be.
    pub fn wrong(&self, key: &str, expected: &str) -> Error {
        let range = self.table.get(key).map_or(self.span.clone(), Spanned::span);
        Error::Value { place: self.source.place(&range), key: key.to_owned(), expected: expected.to_owned() }
    }

    /// The key's value, whatever it is.
    pub fn value(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.table.get(key).map(Spanned::get_ref)
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Result<Option<Text<'t>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(text) if !text.is_empty() => Ok(Some(Spanned::new(value.span(), text))),
            _ => Err(self.wrong(key, "a text that is not empty")),
        }
    }

    /// The same, without its place.
    pub fn owned(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.text(key)?.map(|it| (*it.get_ref()).to_owned()))
    }

    /// A text that must be given.
    pub fn required(&self, key: &str) -> Result<Text<'t>, Error> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// One text, or a list of at least one.
    pub fn texts(&self, key: &str) -> Result<Vec<Text<'t>>, Error> {
        let expected = "a text or a list of texts";
        match self.value(key) {
            None => Ok(Vec::new()),
            Some(DeValue::Array(items)) if !items.is_empty() => items
                .iter()
                .map(|item| {
                    let text = item.get_ref().as_str().filter(|it| !it.is_empty());
                    text.map(|it| Spanned::new(item.span(), it)).ok_or_else(|| self.wrong(key, expected))
                })
                .collect(),
            Some(DeValue::String(_)) => Ok(self.text(key)?.into_iter().collect()),
            Some(_) => Err(self.wrong(key, expected)),
        }
    }

    /// A number.
    pub fn number(&self, key: &str) -> Result<Option<f64>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        number(value).map(Some).ok_or_else(|| self.wrong(key, "a number"))
    }

    /// A position.
    pub fn index(&self, key: &str) -> Result<Option<usize>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let index = value.as_integer().and_then(|it| it.as_str().parse().ok());
        index.map(Some).ok_or_else(|| self.wrong(key, "a position counted from 0"))
    }

    /// A truth value; not given is false.
    pub fn flag(&self, key: &str) -> Result<bool, Error> {
        match self.value(key) {
            None => Ok(false),
            Some(DeValue::Boolean(value)) => Ok(*value),
            Some(_) => Err(self.wrong(key, "true or false")),
        }
    }

    /// One of the listed words.
    pub fn word<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<Option<T>, Error> {
        let Some(word) = self.text(key)? else { return Ok(None) };
        let found = known.iter().find(|(name, _)| name == word.get_ref());
        found.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.source.unknown_word(&word.span(), key, word.get_ref(), &names)
        })
    }

    /// A table inside this one.
    pub fn section(&self, key: &str) -> Result<Option<Section<'t>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Table(table) => Ok(Some(Self { source: self.source, span: value.span(), table })),
            _ => Err(self.wrong(key, "a table")),
        }
    }

    /// A list whose items are read one by one.
    pub fn items(&self, key: &str, expected: &str) -> Result<Vec<Item<'t>>, Error> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| self.wrong(key, expected))?;
        items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::String(text) if !text.is_empty() => Ok(Item::Text(Spanned::new(item.span(), &**text))),
                DeValue::Table(table) => Ok(Item::Section(Self { source: self.source, span: item.span(), table })),
                _ => Err(Error::Value {
                    place: self.source.place(&item.span()),
                    key: key.to_owned(),
                    expected: expected.to_owned(),
                }),
            })
            .collect()
    }

    /// A list of tables.
    pub fn sections(&self, key: &str) -> Result<Vec<Section<'t>>, Error> {
        let expected = "a list of tables";
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| self.wrong(key, expected))?;
        items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::Table(table) => Ok(Self { source: self.source, span: item.span(), table }),
                _ => Err(self.wrong(key, expected)),
            })
            .collect()
    }

    /// Every key with its text, in the order written.
    pub fn all_texts(&self) -> Result<Vec<(&'t str, &'t str)>, Error> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|it| it.span().start);
        keys.into_iter()
            .map(|key| {
                let key: &'t str = key.get_ref();
                Ok((key, *self.required(key)?.get_ref()))
            })
            .collect()
    }
}

/// An integer or a float.
pub(crate) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(it) => it.as_str().parse().ok(),
        DeValue::Float(it) => it.as_str().parse().ok(),
        _ => None,
    }
}
