//! A table's text: its header, its sections, the paths of each entry. What each kind of entry says is read in `kinds`.

use crate::entry::{Entry, Knowledge, Origin};
use crate::error::Error;
use crate::header::{Header, patterns};
use crate::kinds;
use crate::section::{Section, Source, document};
use crate::short;
use blocklint_ir::Language;

/// The text of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table<'t> {
    /// What messages call it: usually its path. A folder named `python` or `rust` in it tells the language.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
    /// Where it comes from.
    pub origin: Origin,
    /// How it is written.
    pub form: Form<'t>,
}

/// How the text of a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'t> {
    /// A table as those in `rules/apis/`: the file holds nothing else.
    Whole,
    /// The facts in a configuration, which stands below these keys of the file.
    Configuration(&'t [&'t str]),
}

impl<'t> Table<'t> {
    /// A table that came with the tool.
    pub fn shipped(name: &'t str, text: &'t str) -> Self {
        Self { name, text, origin: Origin::Shipped, form: Form::Whole }
    }

    /// A user's table.
    pub fn user(name: &'t str, text: &'t str) -> Self {
        Self { name, text, origin: Origin::User, form: Form::Whole }
    }

    /// The facts in a user's configuration, which stands below these keys of the file.
    pub fn configuration(name: &'t str, text: &'t str, below: &'t [&'t str]) -> Self {
        Self { name, text, origin: Origin::User, form: Form::Configuration(below) }
    }

    /// Its entries, in the order of the kinds and then of the text. `table` is its position among those that are loaded.
    pub(crate) fn entries(&self, table: usize) -> Result<Vec<Entry>, Error> {
        let source = Source { file: self.name, text: self.text };
        let document = document(source)?;
        let root = Section::root(source, document.get_ref());
        if let Form::Configuration(below) = self.form {
            let entries = short::entries(root, below, self.origin)?;
            return Ok(entries.into_iter().map(|it| Entry { table, ..it }).collect());
        }
        let known: Vec<&str> =
            ["library", "source", "version", "language"].into_iter().chain(Knowledge::KINDS).collect();
        root.only(&known)?;
        let header = self.header(&root)?;
        let mut entries = Vec::new();
        for kind in Knowledge::KINDS {
            for section in root.sections(kind)? {
                entries.push(Entry { table, ..self.entry(kind, &section, &header)? });
            }
        }
        Ok(entries)
    }

    fn header(&self, root: &Section<'_>) -> Result<Header, Error> {
        let named = root.word("language", &[("python", Language::Python), ("rust", Language::Rust)])?;
        let language = named.or_else(|| self.folder_language()).ok_or_else(|| root.missing("language"))?;
        root.text("version")?;
        let library = match self.origin {
            Origin::Shipped => (*root.required("library")?.get_ref()).to_owned(),
            Origin::User | Origin::Extended => root.owned("library")?.unwrap_or_else(|| self.name.to_owned()),
        };
        let source = root.owned("source")?.or_else(|| (self.origin != Origin::Shipped).then(|| self.name.to_owned()));
        Ok(Header { language, library, source })
    }

    pub(crate) fn folder_language(&self) -> Option<Language> {
        self.name.split(['/', '\\']).find_map(|folder| {
            [Language::Python, Language::Rust].into_iter().find(|language| language.name() == folder)
        })
    }

    fn entry(&self, kind: &str, section: &Section<'_>, header: &Header) -> Result<Entry, Error> {
        let keys: Vec<&str> =
            ["path", "except", "source"].into_iter().chain(kinds::keys(kind).iter().copied()).collect();
        section.only(&keys)?;
        section.text("source")?;
        let paths = section.texts("path")?;
        if paths.is_empty() {
            return Err(section.missing("path"));
        }
        Ok(Entry {
            language: header.language,
            origin: self.origin,
            library: header.library.clone(),
            table: 0,
            paths: patterns(section, &paths, header.language)?,
            except: patterns(section, &section.texts("except")?, header.language)?,
            knowledge: kinds::read(kind, section, header)?,
        })
    }
}
