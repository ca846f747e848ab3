//! Comments that silence findings: at the entry, at any step, or at the blocking call.

use crate::detect::Rule;
use crate::finding::{Confidence, Domain, Finding, Place, Severity, Step, Via};
use crate::link::{FileId, Program};
use blocklint_ir::{Directive, DirectiveKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The comments of the program by file.
#[derive(Debug)]
pub struct Suppressions<'a> {
    by_file: FxHashMap<Arc<str>, (FileId, &'a [Directive])>,
    used: FxHashSet<(FileId, usize)>,
}

impl<'a> Suppressions<'a> {
    /// The comments of every file.
    pub fn of(program: &Program<'a>) -> Self {
        let with_comments = program.files().filter(|it| !it.1.summary.module.directives.is_empty());
        let by_file = with_comments
            .map(|(id, file)| (file.summary.path.clone(), (id, file.summary.module.directives.as_slice())))
            .collect();
        Self { by_file, used: FxHashSet::default() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty()
    }

    /// Takes the silenced chains from a finding; `None` when no chain is left.
    pub fn apply(&mut self, mut finding: Finding) -> Option<Finding> {
        if self.is_empty() {
            return Some(finding);
        }
        let mut chains = vec![std::mem::take(&mut finding.chain)];
        chains.append(&mut finding.other_chains);
        let before = chains.len();
        chains.retain(|it| !self.silences(&finding, it));
        let silenced = before - chains.len();
        let mut chains = chains.into_iter();
        finding.chain = chains.next()?;
        finding.other_chains = chains.collect();
        finding.entries = finding.entries.saturating_sub(silenced);
        Some(finding)
    }

    fn silences(&mut self, finding: &Finding, chain: &[Step]) -> bool {
        let mut silenced = false;
        for place in chain.iter().map(|it| &it.place).chain([&finding.place]) {
            let Some(&(file, directives)) = self.by_file.get(&place.file) else { continue };
            for (index, directive) in directives.iter().enumerate() {
                let names = match &directive.kind {
                    DirectiveKind::Ignore { rules, .. } if directive.target.contains(place.span.start) => rules,
                    DirectiveKind::IgnoreFile { rules, .. } => rules,
                    _ => continue,
                };
                if names.iter().any(|it| it.eq_ignore_ascii_case(finding.code) || it == finding.rule) {
                    self.used.insert((file, index));
                    silenced = true;
                }
            }
        }
        silenced
    }

    /// Comments that silenced nothing, or say nothing that is understood.
    pub fn unused(&self, program: &Program<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        for (id, file) in program.files().filter(|it| it.1.reported) {
            for (index, directive) in file.summary.module.directives.iter().enumerate() {
                let message = match &directive.kind {
                    DirectiveKind::Ignore { rules, .. } | DirectiveKind::IgnoreFile { rules, .. } => {
                        if self.used.contains(&(id, index)) {
                            continue;
                        }
                        format!("this suppression of {} silences nothing", rules.join(", "))
                    }
                    DirectiveKind::Unknown(text) => format!("`blocklint: {}` is not understood", text.escape_debug()),
                    DirectiveKind::NonBlocking | DirectiveKind::Blocking | DirectiveKind::Offload => continue,
                };
                found.push(unused(program, id, directive, message, found.len()));
            }
        }
        found
    }
}

fn unused(program: &Program<'_>, id: FileId, directive: &Directive, message: String, ordinal: usize) -> Finding {
    let file = program.file(id);
    let place = Place { file: file.summary.path.clone(), span: directive.span };
    let function: Arc<str> = "<module>".into();
    let step = Step { place: place.clone(), function: function.clone(), via: Via::Call, domain: Domain::Unknown };
    let mut finding = Finding {
        code: Rule::UnusedSuppression.code(),
        rule: Rule::UnusedSuppression.name(),
        severity: Severity::Warning,
        confidence: Confidence::Proven,
        language: program.language(id),
        effect: None,
        api: String::new(),
        bound_ms: None,
        message,
        help: "remove the comment, or name the rule as in `blocklint: ignore[BL101] reason`".to_owned(),
        place,
        function,
        accessor: None,
        chain: vec![step],
        other_chains: Vec::new(),
        entries: 0,
        fingerprint: String::new(),
    };
    finding.fingerprint = crate::detect::fingerprint(&finding, &program.module_path(id), ordinal);
    finding
}
