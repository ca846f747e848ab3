//! A conversation with a person is one root cause, however many questions it asks: whoever moves the call that begins it off the
//! loop moves all of them.

use crate::finding::{Finding, Place};
use blocklint_catalog::fact::Effect;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Keeps one finding of each conversation that an asynchronous function begins with one call: the one with the shortest chain.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut begun: FxHashMap<Place, Vec<usize>> = FxHashMap::default();
    for (index, finding) in findings.iter().enumerate() {
        if finding.effect == Some(Effect::Stdin) && finding.chain.len() > 1 {
            begun.entry(finding.chain[0].place.clone()).or_default().push(index);
        }
    }
    let mut more = vec![Some(0); findings.len()];
    for questions in begun.values().filter(|it| it.len() > 1) {
        let order = |it: &Finding| (Reverse((it.severity, it.confidence)), it.chain.len(), it.place.clone());
        let kept = questions.iter().copied().min_by_key(|&it| order(&findings[it]));
        for &question in questions {
            more[question] = (Some(question) == kept).then_some(questions.len() - 1);
        }
    }
    let with_more = |(mut finding, more): (Finding, Option<usize>)| {
        let others = match more? {
            0 => String::new(),
            1 => " (and one more question below the same call)".to_owned(),
            more => format!(" (and {more} more questions below the same call)"),
        };
        finding.message.push_str(&others);
        Some(finding)
    };
    findings.into_iter().zip(more).filter_map(with_more).collect()
}
