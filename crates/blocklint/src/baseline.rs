//! The baseline: findings that a project has accepted, so that only new ones fail. One entry a line and sorted, so that two branches
//! merge; fingerprints, so that moved lines and new callers change nothing.

use crate::atomic::replace;
use blocklint_engine::finding::{Analysis, Finding};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The name of the file that is read without being asked for.
pub(crate) const FILE: &str = ".blocklint-baseline.json";

/// Accepted findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Baseline {
    schema_version: u32,
    pub(crate) entries: BTreeSet<Entry>,
}

/// One accepted finding. All but the fingerprint is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) code: String,
    pub(crate) file: String,
    pub(crate) function: String,
    pub(crate) api: String,
    pub(crate) fingerprint: String,
}

impl Baseline {
    /// Everything that was found.
    pub(crate) fn of(analysis: &Analysis) -> Self {
        Self { schema_version: 1, entries: analysis.findings.iter().map(entry).collect() }
    }

    /// Reads a file.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|err| err.to_string());
        text.and_then(|it| Self::parse(&it)).map_err(|err| format!("cannot read {}: {err}", file.display()))
    }

    /// Reads a file's text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self =
            serde_json::from_str(text).map_err(|err| format!("{err}; `blocklint baseline write` makes a new one"))?;
        match baseline.schema_version {
            1 => Ok(baseline),
            version => Err(format!("its version {version} is not known to this blocklint")),
        }
    }

    /// Writes a file, whole or not at all.
    pub(crate) fn write(&self, file: &Path) -> Result<(), String> {
        replace(file, self.text().as_bytes()).map_err(|err| format!("cannot write {}: {err}", file.display()))
    }

    /// The file's text.
    pub(crate) fn text(&self) -> String {
        let entry = |it: &Entry| serde_json::to_string(it).expect("texts are valid JSON");
        let lines: Vec<String> = self.entries.iter().map(entry).collect();
        format!("{{\"schema_version\": 1, \"entries\": [\n{}\n]}}\n", lines.join(",\n"))
    }

    /// Takes accepted findings away and counts them.
    pub(crate) fn subtract(&self, analysis: &mut Analysis) {
        let accepted: BTreeSet<&str> = self.entries.iter().map(|it| it.fingerprint.as_str()).collect();
        let before = analysis.findings.len();
        analysis.findings.retain(|it| !accepted.contains(it.fingerprint.as_str()));
        analysis.summary.baselined += before - analysis.findings.len();
        analysis.summary.findings = analysis.findings.len();
    }

    /// The entries that nothing found any more.
    pub(crate) fn stale(&self, analysis: &Analysis) -> Vec<&Entry> {
        let found: BTreeSet<&str> = analysis.findings.iter().map(|it| it.fingerprint.as_str()).collect();
        self.entries.iter().filter(|it| !found.contains(it.fingerprint.as_str())).collect()
    }

    /// What is still found of it.
    pub(crate) fn pruned(&self, analysis: &Analysis) -> Self {
        let stale: BTreeSet<Entry> = self.stale(analysis).into_iter().cloned().collect();
        Self { schema_version: 1, entries: self.entries.difference(&stale).cloned().collect() }
    }
}

fn entry(finding: &Finding) -> Entry {
    Entry {
        code: finding.code.clone().into_owned(),
        file: finding.place.file.to_string(),
        function: finding.function.to_string(),
        api: finding.api.clone(),
        fingerprint: finding.fingerprint.clone(),
    }
}
