//! Reads one TOML table strictly: every key is known, every value has its type, every mistake has its place.
//! Knows TOML and no table of ours.

use crate::error::{Error, Place};
use crate::suggest::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file's name and text, for places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'t> {
    pub(crate) file: &'t str,
    pub(crate) text: &'t str,
}

impl Source<'_> {
    #[expect(clippy::unnecessary_box_returns, reason = "errors hold their place boxed, to stay small")]
    pub(crate) fn place(&self, range: &Range<usize>) -> Box<Place> {
        Box::new(Place::new(self.file, self.text, range.clone()))
    }

    pub(crate) fn unknown_word(&self, range: &Range<usize>, key: &str, word: &str, known: &[&str]) -> Error {
        Error::UnknownWord {
            place: self.place(range),
            key: key.to_owned(),
            word: word.to_owned(),
            nearest: nearest(word, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|it| (*it).to_owned()).collect(),
        }
    }
}

/// A text and where it stands.
pub(crate) type Text<'t> = Spanned<&'t str>;

/// One TOML table.
#[derive(Debug, Clone)]
pub(crate) struct Section<'t> {
    pub(crate) source: Source<'t>,
    pub(crate) span: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Section<'t> {
    /// The whole file.
    pub(crate) fn root(source: Source<'t>, table: &'t DeTable<'t>) -> Self {
        Self { source, span: 0..0, table }
    }

    #[expect(clippy::unnecessary_box_returns, reason = "errors hold their place boxed, to stay small")]
    pub(crate) fn place(&self) -> Box<Place> {
        self.source.place(&self.span)
    }

    /// Refuses keys that are not among these.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Error> {
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

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(crate) fn missing(&self, key: &str) -> Error {
        Error::Missing { place: self.place(), key: key.to_owned() }
    }

    pub(crate) fn wrong(&self, key: &str, expected: &str) -> Error {
        let range = self.table.get(key).map_or(self.span.clone(), Spanned::span);
        Error::Value { place: self.source.place(&range), key: key.to_owned(), expected: expected.to_owned() }
    }

    pub(crate) fn value(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.table.get(key).map(Spanned::get_ref)
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<Text<'t>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(text) if !text.is_empty() => Ok(Some(Spanned::new(value.span(), text))),
            _ => Err(self.wrong(key, "a text that is not empty")),
        }
    }

    pub(crate) fn owned(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.text(key)?.map(|it| (*it.get_ref()).to_owned()))
    }

    pub(crate) fn required(&self, key: &str) -> Result<Text<'t>, Error> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// One text, or a list of at least one.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<Text<'t>>, Error> {
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

    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        number(value).map(Some).ok_or_else(|| self.wrong(key, "a number"))
    }

    pub(crate) fn index(&self, key: &str) -> Result<Option<usize>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let index = value.as_integer().and_then(|it| it.as_str().parse().ok());
        index.map(Some).ok_or_else(|| self.wrong(key, "a position counted from 0"))
    }

    pub(crate) fn flag(&self, key: &str) -> Result<bool, Error> {
        match self.value(key) {
            None => Ok(false),
            Some(DeValue::Boolean(value)) => Ok(*value),
            Some(_) => Err(self.wrong(key, "true or false")),
        }
    }

    /// One of the listed words.
    pub(crate) fn word<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<Option<T>, Error> {
        let Some(word) = self.text(key)? else { return Ok(None) };
        let found = known.iter().find(|(name, _)| name == word.get_ref());
        found.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.source.unknown_word(&word.span(), key, word.get_ref(), &names)
        })
    }

    pub(crate) fn section(&self, key: &str) -> Result<Option<Section<'t>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Table(table) => Ok(Some(Self { source: self.source, span: value.span(), table })),
            _ => Err(self.wrong(key, "a table")),
        }
    }

    /// A list of tables.
    pub(crate) fn sections(&self, key: &str) -> Result<Vec<Section<'t>>, Error> {
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
    pub(crate) fn all_texts(&self) -> Result<Vec<(&'t str, &'t str)>, Error> {
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
