//! A program that is held in memory and checked again as its files change: an edit lowers the edited file only.
//!
//! `--watch` and the language server live on this. It reads no file: whoever holds it says what changed.

use crate::cache::Cache;
use crate::front::{is_manifest, language_of};
use crate::libraries::Libraries;
use crate::moved::Found;
use crate::options::Options;
use crate::pipeline::analyze_summaries;
use crate::run::asked;
use crate::summaries::{Input, Summarized, summarize_cached, summarize_one};
use blocklint_engine::finding::Analysis;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of one program by path, summarized.
#[derive(Debug, Default)]
pub struct Session {
    files: BTreeMap<String, Held>,
    manifests: BTreeMap<String, String>,
    libraries: Libraries,
    /// What was found last.
    found: Option<Found>,
}

#[derive(Debug)]
struct Held {
    /// Reports show lines of it.
    text: String,
    summarized: Summarized,
}

impl Session {
    /// Summarizes all of them, on every core. `manifests` are paths and texts below the same root.
    pub fn new(inputs: Vec<Input>, manifests: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut session = Self::default();
        session.replace(inputs, manifests, None);
        session
    }

    /// Takes these files and forgets all others. Only texts that are new, here and in the cache, are lowered, on every core.
    pub fn replace(
        &mut self,
        inputs: Vec<Input>,
        manifests: impl IntoIterator<Item = (String, String)>,
        cache: Option<&Cache>,
    ) {
        let mut before = std::mem::take(&mut self.files);
        let mut new = Vec::new();
        for input in inputs.into_iter().filter(|it| it.language().is_some()) {
            match before.remove(&input.path) {
                Some(mut held) if held.text == input.text => {
                    (held.summarized.reported, held.summarized.problem) = (input.reported, input.problem);
                    self.files.insert(input.path, held);
                }
                _ => new.push(input),
            }
        }
        let summarized = summarize_cached(&new, cache);
        let held = |(input, summarized): (Input, _)| (input.path, Held { text: input.text, summarized });
        self.files.extend(new.into_iter().zip(summarized).map(held));
        self.manifests = manifests.into_iter().collect();
    }

    /// Reads the libraries that the options ask for, as the program is now.
    pub fn read_libraries(&mut self, root: &Path, options: &Options) -> Result<(), String> {
        let files: Vec<Summarized> = self.files.values().map(|it| it.summarized.clone()).collect();
        let manifests: Vec<(&str, &str)> = self.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        self.libraries = Libraries::find(&files, &manifests, root, options, None)?;
        Ok(())
    }

    /// Adds a source file or replaces it; says whether anything is different now. Only a changed text is lowered.
    pub fn set(&mut self, input: Input) -> bool {
        if let Some(held) = self.files.get_mut(&input.path)
            && held.text == input.text
        {
            let known = &mut held.summarized;
            let same = known.reported == input.reported && known.problem == input.problem;
            (known.reported, known.problem) = (input.reported, input.problem);
            return !same;
        }
        let Some(summarized) = summarize_one(&input) else { return false };
        self.files.insert(input.path, Held { text: input.text, summarized });
        true
    }

    /// Adds a manifest or replaces it; says whether anything is different now.
    pub fn set_manifest(&mut self, path: &str, text: &str) -> bool {
        is_manifest(path) && self.manifests.insert(path.to_owned(), text.to_owned()).as_deref() != Some(text)
    }

    /// Forgets a file or a manifest; says whether it was known.
    pub fn remove(&mut self, path: &str) -> bool {
        let file = self.files.remove(path).is_some();
        self.manifests.remove(path).is_some() || file
    }

    /// Whether a path can be part of a program at all.
    pub fn takes(path: &str) -> bool {
        language_of(path).is_some() || is_manifest(path)
    }

    /// The paths of the source files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Where a library's file is on the disk; the session does not know where its own files are.
    pub fn library_file(&self, path: &str) -> Option<&Path> {
        self.libraries.place(path)
    }

    /// The text of a source file as it was given last, or of a library's file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|it| it.text.as_str()).or_else(|| self.libraries.text(path))
    }

    /// Links and analyses everything as it is now, unless the edits since the last time changed no fact.
    pub fn analyze(&mut self, options: &Options) -> Analysis {
        // Summaries are shared, so that this copies no program.
        let files: Vec<Summarized> = self.files.values().map(|it| it.summarized.clone()).collect();
        let manifests: Vec<(&str, &str)> = self.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        // Libraries may be others by now.
        if options.with_deps {
            return analyze_summaries(&files, &manifests, &self.libraries, options);
        }
        let under = asked(&manifests, options);
        let analysis = match self.found.take().and_then(|it| it.followed(&under, &files)) {
            Some(analysis) => analysis,
            None => analyze_summaries(&files, &manifests, &self.libraries, options),
        };
        self.found = Some(Found { under, files, analysis: analysis.clone() });
        analysis
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Profile;

    const HELPER: &str = "import time\n\ndef helper():\n    time.sleep(1)\n";
    const CALLER: &str = "from helper import helper\n\nasync def handler():\n    helper()\n";

    fn input(path: &str, text: &str) -> Input {
        Input { path: path.to_owned(), text: text.to_owned(), reported: true, problem: None }
    }

    fn check(session: &mut Session, expected: &[&str]) {
        let analysis = session.analyze(&Options::new(Profile::Default));
        let found: Vec<String> = analysis.findings.iter().map(|it| format!("{} {}", it.place.file, it.api)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_edit_is_seen_in_every_file_it_reaches() {
        let mut session = Session::new(vec![input("helper.py", HELPER), input("app.py", CALLER)], []);
        check(&mut session, &["helper.py time.sleep"]);
        assert!(session.set(input("helper.py", "def helper():\n    pass\n")));
        check(&mut session, &[]);
        assert!(session.set(input("helper.py", HELPER)));
        assert!(session.remove("app.py"));
        check(&mut session, &[]);
    }

    #[test]
    fn an_edit_that_changes_no_fact_moves_what_was_found() {
        let mut session = Session::new(vec![input("helper.py", HELPER), input("app.py", CALLER)], []);
        let options = Options::new(Profile::Default);
        let before = session.analyze(&options);
        assert!(session.set(input("helper.py", &format!("# What waits.\n{HELPER}"))));
        let after = session.analyze(&options);
        assert_ne!(before.findings[0].place, after.findings[0].place);
        let anew =
            Session::new(vec![input("helper.py", &format!("# What waits.\n{HELPER}")), input("app.py", CALLER)], [])
                .analyze(&options);
        assert_eq!((after.findings, after.summary), (anew.findings, anew.summary));
    }

    #[test]
    fn what_is_the_same_is_not_lowered_again() {
        let mut session = Session::new(vec![input("helper.py", HELPER)], []);
        let before = session.files["helper.py"].summarized.summary.clone();
        assert!(!session.set(input("helper.py", HELPER)));
        assert!(session.set(Input { reported: false, ..input("helper.py", HELPER) }));
        assert!(std::sync::Arc::ptr_eq(&before, &session.files["helper.py"].summarized.summary));
        assert!(!session.set(input("notes.txt", "no source")));
        assert!(session.set_manifest("pyproject.toml", "") && !session.set_manifest("pyproject.toml", ""));
    }
}
