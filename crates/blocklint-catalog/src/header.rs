//! What every entry of a table has: the table's header, and paths.

use crate::error::Error;
use crate::pattern::Pattern;
use crate::section::{Section, Source, Text};
use blocklint_ir::Language;
use std::ops::Range;

/// What a table says about all of its entries.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) language: Language,
    pub(crate) library: String,
    /// The documentation of every entry that names no other.
    pub(crate) source: Option<String>,
}

/// A path's pattern and its bytes in the table.
pub(crate) type Written = (Pattern, Range<usize>);

pub(crate) fn patterns(section: &Section<'_>, texts: &[Text<'_>], language: Language) -> Result<Vec<Written>, Error> {
    texts_as_patterns(&section.source, texts, language)
}

pub(crate) fn texts_as_patterns(
    source: &Source<'_>,
    texts: &[Text<'_>],
    language: Language,
) -> Result<Vec<Written>, Error> {
    let mut all = Vec::new();
    for text in texts {
        let patterns = Pattern::parse(text.get_ref(), language).map_err(|reason| Error::Path {
            place: source.place(&text.span()),
            path: (*text.get_ref()).to_owned(),
            reason,
        })?;
        all.extend(patterns.into_iter().map(|it| (it, text.span())));
    }
    Ok(all)
}
