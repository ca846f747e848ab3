//! Findings about a place of their own: a chain of one step, no blocking call below it.

use super::{Cx, Rule, message};
use crate::finding::{Confidence, Finding, Severity, Via};
use crate::link::Func;
use blocklint_ir::ValueId;

/// What such a finding says.
pub(super) struct OwnPlace<'s> {
    pub rule: Rule,
    pub severity: Severity,
    pub confidence: Confidence,
    pub api: String,
    pub message: &'s str,
    pub help: String,
}

pub(super) fn finding(cx: &Cx<'_, '_>, func: Func, site: ValueId, says: OwnPlace<'_>, before: &[Finding]) -> Finding {
    let program = cx.types.program;
    let file = program.file_of(func);
    let test = program.in_test(func);
    let function = cx.name(func);
    // A test has a loop of its own, and nobody else waits for it.
    let severity = if test && says.rule != Rule::InPlace { Severity::Note } else { says.severity };
    let mut finding = Finding {
        code: says.rule.code().into(),
        rule: says.rule.name().into(),
        severity,
        confidence: says.confidence,
        language: program.language(file),
        effect: None,
        api: says.api,
        bound_ms: None,
        message: says.message.to_owned(),
        help: says.help,
        place: cx.place(func, site),
        function,
        accessor: None,
        chain: vec![cx.own_step(func, site, Via::Call)],
        other_chains: Vec::new(),
        entries: 1,
        small_in_test: false,
        fingerprint: String::new(),
    };
    let same = |it: &&Finding| it.code == finding.code && it.api == finding.api && it.function == finding.function;
    let ordinal = before.iter().rev().take_while(|it| it.place.file == finding.place.file).filter(same).count();
    finding.fingerprint = message::fingerprint(&finding, &program.module_path(file), ordinal);
    finding
}
