//! What a change introduces: findings that the merge base does not have. A removed guard counts, and so does a removed `await`, because the
//! whole base is analysed and not only the lines that changed.

use crate::git::Changes;
use crate::summaries::Input;
use blocklint_engine::finding::{Analysis, Finding, Place};
use blocklint_report::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// Takes away what the base has too, counts it, and moves each finding into the diff where a step of its chain is there: a pull request
/// shows nothing that stands on an unchanged line.
pub(crate) fn introduced(analysis: &mut Analysis, base: &Analysis, changes: &Changes, inputs: &[Input]) {
    let known: BTreeSet<&str> = base.findings.iter().map(|it| it.fingerprint.as_str()).collect();
    let mut moved = by_name(base);
    let before = analysis.findings.len();
    analysis.findings.retain(|it| {
        let mut followed = || {
            let old = changes.renamed.get(&*it.place.file)?;
            let left = moved.get_mut(&name(it, old)).filter(|it| **it > 0)?;
            *left -= 1;
            Some(())
        };
        !known.contains(it.fingerprint.as_str()) && followed().is_none()
    });
    analysis.summary.unchanged += before - analysis.findings.len();
    analysis.summary.findings = analysis.findings.len();
    let lines = Lines { changes, inputs: inputs.iter().map(|it| (it.path.as_str(), it)).collect() };
    for finding in &mut analysis.findings {
        if let Some(place) = lines.inside(finding) {
            finding.place = place;
        }
    }
}

/// What stays of a finding when its file gets another name.
type Name = (String, String, String, String);

fn name(finding: &Finding, file: &str) -> Name {
    (finding.code.clone().into_owned(), file.to_owned(), finding.function.to_string(), finding.api.clone())
}

fn by_name(base: &Analysis) -> BTreeMap<Name, usize> {
    let mut out = BTreeMap::new();
    for finding in &base.findings {
        *out.entry(name(finding, &finding.place.file)).or_default() += 1;
    }
    out
}

struct Lines<'a> {
    changes: &'a Changes,
    inputs: BTreeMap<&'a str, &'a Input>,
}

impl Lines<'_> {
    /// The step nearest to the blocking call that is in the diff, when the place itself is not.
    fn inside(&self, finding: &Finding) -> Option<Place> {
        if self.changed(&finding.place) {
            return None;
        }
        finding.chain.iter().rev().map(|it| &it.place).find(|it| self.changed(it)).cloned()
    }

    fn changed(&self, place: &Place) -> bool {
        let (Some(ranges), Some(input)) = (self.changes.added.get(&*place.file), self.inputs.get(&*place.file)) else {
            return false;
        };
        let line = SourceFile::new(place.file.clone(), &input.text).position(place.span.start).line;
        ranges.iter().any(|it| it.contains(&line))
    }
}
