//! Users' own tables and rule pages: the directories that `rule-dirs` names, read in the order of their names.

use super::settings::Settings;
use crate::places::shown_from;
use blocklint_catalog::{Catalog, Origin, Rules, Table};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The files of the users' own directories.
#[derive(Debug, Clone, Default)]
pub(crate) struct Own {
    tables: Vec<OwnFile>,
    pages: Vec<OwnFile>,
}

#[derive(Debug, Clone)]
struct OwnFile {
    /// As messages call it.
    shown: String,
    text: String,
    /// The directory of the configuration that names it.
    project: PathBuf,
}

impl Own {
    /// Reads every directory of `rule-dirs`.
    pub(crate) fn read(settings: &Settings, cwd: &Path) -> Result<Self, String> {
        let mut own = Self::default();
        for (origin, words) in settings.lists("rule-dirs") {
            for word in words {
                let folder = crate::places::normal(&origin.folder().join(&word.text), cwd);
                let said = || word.place.as_ref().map_or_else(|| origin.to_string(), ToString::to_string);
                if !folder.is_dir() {
                    return Err(format!("{}: {} is not a directory", said(), shown_from(&folder, cwd)));
                }
                own.directory(&folder, origin.folder(), cwd).map_err(|it| format!("{}: {it}", said()))?;
            }
        }
        Ok(own)
    }

    fn directory(&mut self, folder: &Path, project: &Path, cwd: &Path) -> Result<(), String> {
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            let entry = entry.map_err(|it| format!("cannot read it: {it}"))?;
            let kind = entry.path().extension().and_then(|it| it.to_str()).unwrap_or_default();
            let list = match kind {
                "toml" => &mut self.tables,
                "md" if entry.file_name() != "README.md" => &mut self.pages,
                _ => continue,
            };
            if entry.file_type().is_file() {
                let shown = shown_from(entry.path(), cwd);
                let text = fs::read_to_string(entry.path()).map_err(|it| format!("cannot read {shown}: {it}"))?;
                list.push(OwnFile { shown, text, project: project.to_owned() });
            }
        }
        Ok(())
    }

    /// The tool's rules and those of the users' pages.
    pub(crate) fn rules(&self) -> Result<Rules, String> {
        let pages = self.pages.iter().map(|it| (it.shown.as_str(), it.text.as_str()));
        Rules::with_own(pages).map_err(|it| it.to_string())
    }

    /// What the tool knows, and what the users' tables and configurations say.
    pub(crate) fn catalog(&self, settings: &Settings, rules: &Rules) -> Result<Catalog, String> {
        let tables = self.tables.iter().map(|it| Table::user(&it.shown, &it.text));
        let mut files = 0;
        let configurations = settings.configurations.iter().map(|it| {
            // What a file extends yields to the file.
            let base = it.path.is_some() && files > 0;
            files += usize::from(it.path.is_some());
            let table = Table::configuration(&it.shown, &it.text, it.below);
            Table { origin: if base { Origin::Extended } else { Origin::User }, ..table }
        });
        let catalog = Catalog::with_user_tables(tables.chain(configurations)).map_err(|it| it.to_string())?;
        catalog.with_rules(rules).map_err(|it| it.to_string())
    }

    /// The directory whose program the facts of a file are about: that of the configuration which holds or names it.
    pub(crate) fn project<'o>(&'o self, settings: &'o Settings, shown: &str) -> Option<&'o Path> {
        let table = self.tables.iter().find(|it| it.shown == shown).map(|it| it.project.as_path());
        let configuration = settings.configurations.iter().find(|it| it.shown == shown);
        table.or_else(|| configuration.and_then(|it| it.path.as_deref()).and_then(Path::parent))
    }
}
