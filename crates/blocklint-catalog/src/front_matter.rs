//! The lines between `---` at the top of a rule page: one `key: value` a line, every key once, none unknown.

use crate::error::{Error, Place};
use crate::rule::{Rule, Severity};
use crate::section::Source;
use crate::suggest::nearest;
use blocklint_ir::Language;
use std::ops::Range;

const KEYS: [&str; 7] = ["code", "name", "summary", "severity", "languages", "since", "detector"];

#[derive(Debug)]
pub(crate) struct FrontMatter<'t> {
    source: Source<'t>,
    fields: Vec<(&'t str, &'t str, Range<usize>)>,
    page: &'t str,
}

impl<'t> FrontMatter<'t> {
    pub(crate) fn read(file: &'t str, text: &'t str) -> Result<Self, Error> {
        let source = Source { file, text };
        let unclosed = || syntax(&source, 0..0, "a rule page begins with lines between `---`");
        let inside = text.strip_prefix("---\n").ok_or_else(unclosed)?;
        let (head, page) = inside.split_once("\n---\n").ok_or_else(unclosed)?;
        let mut front = Self { source, fields: Vec::new(), page: page.trim_start_matches('\n') };
        let mut at = "---\n".len();
        for line in head.split('\n') {
            front.field(line, at)?;
            at += line.len() + 1;
        }
        Ok(front)
    }

    fn field(&mut self, line: &'t str, at: usize) -> Result<(), Error> {
        let range = at..at + line.len();
        let Some((key, value)) = line.split_once(": ").filter(|(_, value)| !value.trim().is_empty()) else {
            return Err(syntax(&self.source, range, "expected `key: value`"));
        };
        let named = at..at + key.len();
        if !KEYS.contains(&key) {
            return Err(Error::UnknownKey {
                place: self.source.place(&named),
                key: key.to_owned(),
                nearest: nearest(key, KEYS).map(str::to_owned),
                known: KEYS.map(str::to_owned).to_vec(),
            });
        }
        if self.fields.iter().any(|(it, ..)| *it == key) {
            return Err(syntax(&self.source, named, "the key is given twice"));
        }
        self.fields.push((key, value.trim(), at + key.len() + 2..range.end));
        Ok(())
    }

    fn get(&self, key: &str) -> Result<(&'t str, &Range<usize>), Error> {
        let found = self.fields.iter().find(|(it, ..)| *it == key);
        found
            .map(|(_, value, range)| (*value, range))
            .ok_or_else(|| Error::Missing { place: self.source.place(&(0..3)), key: key.to_owned() })
    }

    #[expect(clippy::unnecessary_box_returns, reason = "errors hold their place boxed, to stay small")]
    fn place(&self, key: &str) -> Box<Place> {
        self.source.place(self.get(key).map_or(&(0..3), |(_, range)| range))
    }

    pub(crate) fn duplicate(&self, key: &str, value: &str, first: &str) -> Error {
        let (kind, path, first) = (key.to_owned(), value.to_owned(), first.to_owned());
        Error::Duplicate { place: self.place(key), kind, path, first }
    }

    fn wrong(&self, key: &str, expected: String) -> Error {
        Error::Value { place: self.place(key), key: key.to_owned(), expected }
    }

    /// The rule, with its code's shape checked and its name compared with the file's.
    pub(crate) fn rule(&self, own: bool) -> Result<Rule, Error> {
        let (code, _) = self.get("code")?;
        let letters = code.trim_end_matches(|it: char| it.is_ascii_digit());
        let digits = code.len() - letters.len();
        let upper = !letters.is_empty() && letters.bytes().all(|it| it.is_ascii_uppercase());
        if own && (!upper || letters == "BL" || digits == 0) {
            let expected = "capitals of your own and digits, as in `ACME001`; `BL` is the tool's";
            return Err(self.wrong("code", expected.to_owned()));
        }
        if !own && (letters != "BL" || digits != 3) {
            return Err(self.wrong("code", "`BL` and three digits".to_owned()));
        }
        let (detector, _) = self.get("detector")?;
        if own && detector != "blocking" {
            let expected = "`blocking`: a rule of one's own reports the calls whose entries name it";
            return Err(self.wrong("detector", expected.to_owned()));
        }
        let (name, _) = self.get("name")?;
        let file = self.source.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.strip_suffix(".md").unwrap_or(file);
        if name != stem {
            return Err(self.wrong("name", format!("`{stem}`, as the file is named")));
        }
        Ok(Rule {
            code: code.to_owned(),
            name: name.to_owned(),
            summary: self.get("summary")?.0.to_owned(),
            severity: self.severity()?,
            languages: self.languages()?,
            since: self.get("since")?.0.to_owned(),
            detector: detector.to_owned(),
            page: self.page.to_owned(),
            own,
        })
    }

    fn severity(&self) -> Result<Severity, Error> {
        let (word, range) = self.get("severity")?;
        let known = [Severity::Note, Severity::Warning, Severity::Error];
        let found = known.into_iter().find(|it| it.name() == word);
        found.ok_or_else(|| self.source.unknown_word(range, "severity", word, &known.map(Severity::name)))
    }

    fn languages(&self) -> Result<Vec<Language>, Error> {
        let (words, range) = self.get("languages")?;
        let known = [Language::Python, Language::Rust];
        words
            .split(',')
            .map(|word| {
                let found = known.into_iter().find(|it| it.name() == word.trim());
                found
                    .ok_or_else(|| self.source.unknown_word(range, "language", word.trim(), &known.map(Language::name)))
            })
            .collect()
    }
}

fn syntax(source: &Source<'_>, range: Range<usize>, message: &str) -> Error {
    Error::Syntax { place: source.place(&range), message: message.to_owned() }
}
