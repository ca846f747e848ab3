//! Path patterns: `requests.{get,post}`, `redis.asyncio.**`, `std::fs::read_*`. Knows segments, no facts.

use blocklint_ir::Language;
use std::fmt;

/// One segment of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Segment<'p> {
    /// Any number of segments, also none.
    Deep,
    /// Exactly one segment.
    Any,
    /// One segment with this shape: `read_*`.
    Glob(&'p str),
    /// This segment.
    Literal(&'p str),
}

/// A path with wildcards; alternatives in braces are already written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Thousands are loaded at each start: nothing is kept that the text itself tells.
    text: Box<str>,
    separator: &'static str,
}

/// How precisely a pattern names a path: exact before `*` before `**`, then by the number of literal segments, then from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Precision {
    class: u8,
    literals: u8,
    /// Two bits a segment from the left; nobody writes more than 32.
    order: u64,
    segments: u8,
}

impl Precision {
    /// The precision of a path with no segment yet.
    pub(crate) const EMPTY: Self = Self { class: 2, literals: 0, order: 0, segments: 0 };

    /// The precision with one segment more.
    pub(crate) fn with(mut self, segment: Segment<'_>) -> Self {
        let (rank, class): (u8, u8) = match segment {
            Segment::Deep => (0, 0),
            Segment::Any => (1, 1),
            Segment::Glob(_) => (2, 1),
            Segment::Literal(_) => (3, 2),
        };
        self.class = self.class.min(class);
        self.literals = self.literals.saturating_add(u8::from(class == 2));
        self.order |= u64::from(rank) << (62 - 2 * u32::from(self.segments));
        self.segments = (self.segments + 1).min(31);
        self
    }
}

impl Pattern {
    /// The patterns that a text with alternatives in braces stands for; `Err` says what is wrong with it.
    pub(crate) fn parse(text: &str, language: Language) -> Result<Vec<Self>, String> {
        let single = |text: String| Self { text: text.into(), separator: language.separator() };
        Ok(alternatives(text)?.into_iter().map(single).collect())
    }

    /// `Err` says what is wrong with one of its segments.
    pub(crate) fn check(&self) -> Result<(), String> {
        Segments::of(&self.text, self.separator).try_for_each(|it| check_segment(it, self.separator))
    }

    pub(crate) fn segments(&self) -> impl Iterator<Item = Segment<'_>> + Clone {
        Segments::of(&self.text, self.separator).map(segment)
    }

    /// It has no wildcard.
    pub fn exact(&self) -> bool {
        !self.text.contains('*')
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same and everything below it.
    pub(crate) fn below(&self) -> Self {
        let text = match self.segments().last() {
            Some(Segment::Deep) => self.text.clone(),
            _ => format!("{}{}**", self.text, self.separator).into(),
        };
        Self { text, separator: self.separator }
    }

    /// The segments before the first wildcard, joined.
    pub(crate) fn literal_prefix(&self) -> &str {
        let Some(wildcard) = self.text.find('*') else { return &self.text };
        self.text[..wildcard].rfind(self.separator).map_or("", |end| &self.text[..end])
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let segments: Vec<Segment<'_>> = self.segments().collect();
        let path: Vec<&str> = Segments::of(path, self.separator).collect();
        matches(&segments, &path)
    }
}

/// The segments of a path. `str::split` by a text prepares a search for each; looking for the separator's first byte takes a
/// third of the time, and this is most of what loading does.
#[derive(Debug, Clone)]
pub(crate) struct Segments<'p> {
    rest: Option<&'p str>,
    separator: &'static str,
}

impl<'p> Segments<'p> {
    pub(crate) fn of(path: &'p str, separator: &'static str) -> Self {
        Self { rest: Some(path), separator }
    }

    /// What follows the segments that were taken.
    pub(crate) fn rest(&self) -> Option<&'p str> {
        self.rest
    }
}

impl<'p> Iterator for Segments<'p> {
    type Item = &'p str;

    fn next(&mut self) -> Option<&'p str> {
        let path = self.rest?;
        let first = self.separator.as_bytes()[0];
        let end = path.bytes().position(|it| it == first).filter(|&at| path[at..].starts_with(self.separator));
        self.rest = end.map(|at| &path[at + self.separator.len()..]);
        Some(end.map_or(path, |at| &path[..at]))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn matches(pattern: &[Segment<'_>], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        ([Segment::Deep, rest @ ..], _) => (0..=path.len()).any(|skipped| matches(rest, &path[skipped..])),
        ([first, rest @ ..], [segment, below @ ..]) => one(*first, segment) && matches(rest, below),
        _ => false,
    }
}

fn one(pattern: Segment<'_>, segment: &str) -> bool {
    match pattern {
        Segment::Literal(text) => text == segment,
        Segment::Glob(shape) => glob(shape, segment),
        Segment::Any | Segment::Deep => true,
    }
}

/// Whether a segment has a shape with `*` for any characters.
pub(crate) fn glob(shape: &str, segment: &str) -> bool {
    let Some((start, rest)) = shape.split_once('*') else { return shape == segment };
    let Some(mut tail) = segment.strip_prefix(start) else { return false };
    let (middles, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for middle in middles.split('*') {
        let Some(at) = tail.find(middle) else { return false };
        tail = &tail[at + middle.len()..];
    }
    tail.ends_with(end)
}

/// A text that stands for more patterns than this is a mistake, or wants to fill the memory.
const MAX_ALTERNATIVES: usize = 4096;

/// Writes alternatives in braces out, from the left.
fn alternatives(text: &str) -> Result<Vec<String>, String> {
    let mut all = vec![String::new()];
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (inside, after) = behind.split_once('}').ok_or("`{` without `}`")?;
        if inside.contains('{') {
            return Err("braces inside braces: write them out".to_owned());
        }
        let choices: Vec<&str> = inside.split(',').map(str::trim).collect();
        if all.len() * choices.len() > MAX_ALTERNATIVES {
            return Err(format!("braces stand for more than {MAX_ALTERNATIVES} paths: use `*`, or several paths"));
        }
        for it in &mut all {
            it.push_str(before);
        }
        all = match choices[..] {
            [only] => all.into_iter().map(|it| it + only).collect(),
            _ => choices.iter().flat_map(|choice| all.iter().map(move |it| [it, *choice].concat())).collect(),
        };
        rest = after;
    }
    if rest.contains('}') {
        return Err("`}` without `{`".to_owned());
    }
    for it in &mut all {
        it.push_str(rest);
    }
    Ok(all)
}

fn segment(text: &str) -> Segment<'_> {
    match text {
        "**" => Segment::Deep,
        "*" => Segment::Any,
        _ if text.contains('*') => Segment::Glob(text),
        _ => Segment::Literal(text),
    }
}

fn check_segment(text: &str, separator: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("a segment is empty".to_owned());
    }
    if text != "**" && text.contains("**") {
        return Err("`**` must be a whole segment".to_owned());
    }
    let bare = text.strip_suffix("()").unwrap_or(text);
    let odd = |text: &str| text.chars().find(|it| !(it.is_alphanumeric() || matches!(it, '_' | '*')));
    let Some(first) = odd(bare) else { return Ok(()) };
    // A wrong separator behind a call's result is the likelier mistake than the call itself.
    let odd = odd(&bare.replace("()", "")).unwrap_or(first);
    Err(format!("`{odd}` cannot stand in a segment; segments are separated by `{separator}`"))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Precision, glob};
    use blocklint_ir::Language;

    fn matching(pattern: &str, path: &str) -> bool {
        Pattern::parse(pattern, Language::Python).unwrap().iter().any(|it| it.matches(path))
    }

    #[test]
    fn wildcards_stand_for_one_or_any_number_of_segments() {
        assert!(matching("a.*.c", "a.b.c"));
        assert!(!matching("a.*.c", "a.c"));
        assert!(matching("a.**.c", "a.c"));
        assert!(matching("a.**.c", "a.x.y.c"));
        assert!(matching("a.**", "a"));
        assert!(!matching("a.**", "ab"));
        assert!(matching("a.{b,c}.{d,e}", "a.c.d"));
        assert!(!matching("a.{b,c}", "a.d"));
    }

    #[test]
    fn a_shape_stands_inside_one_segment() {
        assert!(glob("read_*", "read_text"));
        assert!(!glob("read_*", "write_text"));
        assert!(glob("*_spawn_*_now", "os_spawn_all_now"));
        assert!(!glob("a*a", "a"));
        assert!(matching("boto3.client().get_*", "boto3.client().get_object"));
    }

    #[test]
    fn precision_is_exact_before_star_before_double_star() {
        let precision = |text: &str| {
            let pattern = Pattern::parse(text, Language::Python).unwrap().remove(0);
            pattern.segments().fold(Precision::EMPTY, Precision::with)
        };
        assert!(precision("a.b") > precision("a.*"));
        assert!(precision("a.b*") > precision("a.*"));
        assert!(precision("*.b") > precision("a.b.c.**"));
        assert!(precision("a.b.**") > precision("a.**"));
        assert!(precision("a.b.*") > precision("a.*.c"));
    }
}
