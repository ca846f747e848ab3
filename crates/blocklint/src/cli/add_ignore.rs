//! `blocklint check --add-ignore=REASON`: writes the comments that silence what is found, each file whole or not at all.

use super::checked::Checked;
use super::complain;
use crate::atomic;
use crate::ignores::{Plan, plan};
use crate::options::Options;
use crate::pipeline::analyze_summaries;
use crate::places::Places;
use crate::summaries::{Input, summarize_cached};
use anyhow::{Context as _, Result};
use blocklint_engine::finding::{Finding, Place, Severity};
use blocklint_report::{SourceFile, visible};
use std::collections::BTreeSet;
use std::path::Path;

/// One finding may stand for others of its kind that show when it is silenced; more rounds than this help nobody.
const ROUNDS: usize = 20;

/// Writes comments until nothing is left that they can silence, says what was done, and gives the last check.
pub(super) fn run(
    mut checked: Checked,
    reason: &str,
    cwd: &Path,
    check: impl Fn() -> Result<Checked>,
) -> Result<Checked> {
    let (mut comments, mut files) = (0, BTreeSet::new());
    for _ in 0..ROUNDS {
        let mut plan = planned(&checked, reason);
        let written = store(&checked, &mut plan)?;
        if written.is_empty() {
            say_left(&plan, &checked, cwd);
            break;
        }
        comments += plan.comments;
        files.extend(written);
        checked = check()?;
    }
    if !files.is_empty() {
        complain(&format!("wrote {} in {}", counted(comments, "comment"), counted(files.len(), "file")));
    }
    Ok(checked)
}

fn planned(checked: &Checked, reason: &str) -> Plan {
    let ours = |it: &Finding| checked.inputs.iter().any(|input| *input.path == *it.place.file);
    let (ours, foreign): (Vec<Finding>, Vec<Finding>) = checked.analysis.findings.iter().cloned().partition(ours);
    let mut plan = plan(&checked.inputs, &ours, &unused(checked), reason);
    let why = "its file is not one of the project's";
    plan.left.extend(foreign.into_iter().map(|it| (it.place, it.code.into_owned(), why)));
    plan
}

fn say_left(plan: &Plan, checked: &Checked, cwd: &Path) {
    let places = Places { root: checked.targets.root.clone(), cwd: cwd.to_owned() };
    let left: BTreeSet<_> = plan.left.iter().collect();
    for (place, code, why) in left {
        let text = checked.inputs.iter().find(|it| *it.path == *place.file).map_or("", |it| it.text.as_str());
        let line = SourceFile::new(place.file.clone(), text).position(place.span.start).line;
        let file = places.shown(&place.file);
        complain(&visible(&format!("{file}:{line}: {code} is not silenced: {why}")));
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The comments that silence nothing, whatever is reported: an option may hide the complaint about them.
fn unused(checked: &Checked) -> BTreeSet<Place> {
    let rule = blocklint_engine::detect::Rule::UnusedSuppression.code();
    let all = Options {
        min_severity: Some(Severity::Note),
        ignored: checked.options.ignored.clone(),
        ..Options::with(checked.options.catalog.clone(), checked.options.profile)
    };
    if checked.analysis.findings.is_empty() || !checked.inputs.iter().any(|it| it.text.contains("blocklint:")) {
        return BTreeSet::new();
    }
    let files = summarize_cached(&checked.inputs, checked.cache.as_ref());
    let manifests: Vec<(&str, &str)> = checked.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let analysis = analyze_summaries(&files, &manifests, &checked.libraries, &all);
    analysis.findings.into_iter().filter(|it| it.code == rule).map(|it| it.place).collect()
}

/// Replaces the files; those whose bytes are not their text are left alone.
fn store(checked: &Checked, plan: &mut Plan) -> Result<Vec<String>> {
    let mut written = Vec::new();
    for (path, text) in &plan.texts {
        // A link stays one.
        let file = checked.targets.root.join(path);
        let file = std::fs::canonicalize(&file).unwrap_or(file);
        let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let Some(input) = checked.inputs.iter().find(|it| it.path == *path) else { continue };
        let Some(mark) = mark(&bytes, input) else {
            let place = Place { file: path.as_str().into(), span: blocklint_ir::Span::default() };
            plan.left.push((
                place,
                "what is found in it".to_owned(),
                "the file is not UTF-8, or has changed meanwhile",
            ));
            continue;
        };
        let whole = [mark, text.as_bytes()].concat();
        atomic::replace(&file, &whole).with_context(|| format!("cannot write {}", file.display()))?;
        written.push(path.clone());
    }
    Ok(written)
}

/// The byte order mark before the text, or nothing; `None` when the bytes are not the text that was read.
fn mark<'b>(bytes: &'b [u8], input: &Input) -> Option<&'b [u8]> {
    let at = bytes.len().checked_sub(input.text.len())?;
    let (mark, text) = bytes.split_at(at);
    (text == input.text.as_bytes() && matches!(mark, b"" | b"\xef\xbb\xbf")).then_some(mark)
}
