//! Places of the analysis as a reader knows them: paths from the working directory, lines, columns, and the text that stands there.

use crate::places::{Places, normal, with_slashes};
use crate::summaries::Input;
use anyhow::{Context as _, Result, bail};
use blocklint_engine::finding::Place;
use blocklint_ir::Span;
use blocklint_report::{SourceFile, visible};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

/// The texts of a project, by path below its root.
pub(super) struct Shown<'a> {
    places: Places,
    texts: BTreeMap<&'a str, &'a str>,
    files: RefCell<BTreeMap<String, Rc<SourceFile>>>,
}

/// A line, and perhaps a column, that a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The path below the root.
    pub(super) file: String,
    /// The bytes of the line without the white space around.
    pub(super) line: Span,
    /// The byte at the column.
    pub(super) at: Option<u32>,
}

/// `FILE:LINE` or `FILE:LINE:COLUMN`, if it is one.
pub(super) fn place(text: &str) -> Option<(&str, usize, Option<usize>)> {
    let (before, last) = text.rsplit_once(':')?;
    let last = last.parse().ok().filter(|&it| it > 0)?;
    match before.rsplit_once(':').map(|it| (it.0, it.1.parse())) {
        Some((file, Ok(line))) if line > 0 && !file.is_empty() => Some((file, line, Some(last))),
        _ if !before.is_empty() => Some((before, last, None)),
        _ => None,
    }
}

impl<'a> Shown<'a> {
    pub(super) fn new(root: &Path, cwd: &Path, inputs: impl IntoIterator<Item = &'a Input>) -> Self {
        Self {
            places: Places { root: root.to_owned(), cwd: cwd.to_owned() },
            texts: inputs.into_iter().map(|it| (it.path.as_str(), it.text.as_str())).collect(),
            files: RefCell::default(),
        }
    }

    /// What a line and column of a file mean in the analysis.
    pub(super) fn asked(&self, (file, line, column): (&str, usize, Option<usize>)) -> Result<Asked> {
        let whole = normal(Path::new(file), &self.places.cwd);
        let below = with_slashes(whole.strip_prefix(&self.places.root).unwrap_or(&whole));
        let source = self.source(&below).with_context(|| {
            format!("{file} is not among the files that were read; `blocklint check --show-files` lists them")
        })?;
        // What follows the last line's end is a line to nobody.
        let last = source.line_count() - usize::from(source.line(source.line_count() - 1).is_empty());
        if line > last {
            bail!("{file} has no line {line}: it ends with line {last}");
        }
        let start = source.line_start(line - 1);
        let text = source.line(line - 1);
        let indent = text.len() - text.trim_start().len();
        let line = Span::new((start + indent) as u32, (start + text.len().max(indent + 1)) as u32);
        let byte = |column: usize| start + text.char_indices().nth(column - 1).map_or(text.len(), |it| it.0);
        Ok(Asked { file: below, line, at: column.map(|it| byte(it) as u32) })
    }

    fn source(&self, file: &str) -> Option<Rc<SourceFile>> {
        if let Some(known) = self.files.borrow().get(file) {
            return Some(known.clone());
        }
        let source = Rc::new(SourceFile::new(file.into(), self.texts.get(file)?));
        self.files.borrow_mut().insert(file.to_owned(), source.clone());
        Some(source)
    }

    /// The path from the working directory.
    pub(super) fn file(&self, place: &Place) -> String {
        visible(&self.places.shown(&place.file)).into_owned()
    }

    /// Where it begins and ends: lines and columns.
    pub(super) fn range(&self, place: &Place) -> [(usize, usize); 2] {
        let Some(source) = self.source(&place.file) else { return [(1, 1); 2] };
        let (start, end) = source.range(place.span);
        [(start.line, start.column), (end.line, end.column)]
    }

    /// `app/db.py:41:16`.
    pub(super) fn at(&self, place: &Place) -> String {
        let [(line, column), _] = self.range(place);
        format!("{}:{line}:{column}", self.file(place))
    }

    /// The code that stands there, on one line and not too long.
    pub(super) fn text(&self, place: &Place) -> String {
        let Some(source) = self.source(&place.file) else { return String::new() };
        let text = source.slice(place.span.start as usize, place.span.end as usize);
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        if text.chars().count() <= LONGEST {
            return text;
        }
        // A chain of calls is told by where it begins and by its last link.
        let all: Vec<char> = text.chars().collect();
        let end = all.len() - LONGEST / 2;
        all[..LONGEST / 2 - 1].iter().chain(&['…']).chain(&all[end..]).collect()
    }
}

/// Longer pieces of code are cut.
const LONGEST: usize = 60;

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_is_a_file_a_line_and_perhaps_a_column() {
        assert_eq!(place("a/b.py:12"), Some(("a/b.py", 12, None)));
        assert_eq!(place("a/b.py:12:4"), Some(("a/b.py", 12, Some(4))));
        assert_eq!(place(r"C:\a.py:12"), Some((r"C:\a.py", 12, None)));
        assert_eq!(place("a.py"), None);
        assert_eq!(place("a.py:0"), None);
        assert_eq!(place("Client::load"), None);
        assert_eq!(place(":3"), None);
    }
}
