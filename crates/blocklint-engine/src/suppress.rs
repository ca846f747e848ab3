//! Comments that silence findings: at the entry, at any step, or at the blocking call.

use crate::detect::Rule;
use crate::finding::{Confidence, Domain, Finding, Place, Severity, Step, Via};
use crate::link::{FileId, Program};
use crate::marks;
use blocklint_ir::{Directive, DirectiveKind, FunctionId, Module};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The comments of the program by file.
#[derive(Debug)]
pub struct Suppressions<'a> {
    by_file: FxHashMap<Arc<str>, (FileId, &'a [Directive])>,
    /// Codes that the configuration ignores in a file.
    ignored: &'a BTreeMap<String, BTreeSet<String>>,
    used: FxHashSet<(FileId, usize)>,
}

impl<'a> Suppressions<'a> {
    /// The comments of every file, and the codes that are ignored in some.
    pub fn of(program: &Program<'a>, ignored: &'a BTreeMap<String, BTreeSet<String>>) -> Self {
        let with_comments =
            program.files().filter(|it| it.1.library.is_none() && !it.1.summary.module.directives.is_empty());
        let by_file = with_comments
            .map(|(id, file)| (file.summary.path.clone(), (id, file.summary.module.directives.as_slice())))
            .collect();
        Self { by_file, ignored, used: FxHashSet::default() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty() && self.ignored.is_empty()
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
        let found = self.silencing(finding, chain);
        self.used.extend(found.iter().map(|it| (it.0, it.1)));
        !found.is_empty() || self.ignores(finding, chain)
    }

    /// Whether the configuration ignores the finding in a file on the way.
    fn ignores(&self, finding: &Finding, chain: &[Step]) -> bool {
        let ignores = |it: &Place| self.ignored.get(&*it.file).is_some_and(|it| it.contains(&*finding.code));
        !self.ignored.is_empty() && chain.iter().map(|it| &it.place).chain([&finding.place]).any(ignores)
    }

    /// The comments that silence a chain: each as its file, its index there, and its place.
    fn silencing(&self, finding: &Finding, chain: &[Step]) -> Vec<(FileId, usize, Place)> {
        let mut found = Vec::new();
        for place in chain.iter().map(|it| &it.place).chain([&finding.place]) {
            let Some(&(file, directives)) = self.by_file.get(&place.file) else { continue };
            for (index, directive) in directives.iter().enumerate() {
                let names = match &directive.kind {
                    DirectiveKind::Ignore { rules, .. } if directive.target.contains(place.span.start) => rules,
                    DirectiveKind::IgnoreFile { rules, .. } => rules,
                    _ => continue,
                };
                if names.iter().any(|it| it.eq_ignore_ascii_case(&finding.code) || **it == finding.rule) {
                    found.push((file, index, Place { file: place.file.clone(), span: directive.span }));
                }
            }
        }
        found
    }

    /// The comments that silence a finding, when every chain of it is silenced.
    pub fn silenced_by(&self, finding: &Finding) -> Option<Vec<Place>> {
        let mut by = Vec::new();
        for chain in std::iter::once(&finding.chain).chain(&finding.other_chains) {
            let found = self.silencing(finding, chain);
            if found.is_empty() && !self.ignores(finding, chain) {
                return None;
            }
            by.extend(found.into_iter().map(|it| it.2));
        }
        by.sort();
        by.dedup();
        Some(by)
    }

    /// What is wrong with the comments themselves: they silenced nothing, say nothing that is understood, or give no reason
    /// where one is asked for.
    pub fn complaints(&self, program: &Program<'_>, require_reason: bool) -> Vec<Finding> {
        let mut found = Vec::new();
        for (id, file) in program.files().filter(|it| it.1.reported) {
            for (index, directive) in file.summary.module.directives.iter().enumerate() {
                let used = match marks::mark(&directive.kind) {
                    Some(_) => marks::marked(&file.summary.module, directive).is_some(),
                    None => self.used.contains(&(id, index)),
                };
                let Some(complaint) = complaint(&directive.kind, used, require_reason) else { continue };
                let ignored = self.ignored.get(&*file.summary.path);
                if !ignored.is_some_and(|it| it.contains(complaint.rule.code())) {
                    found.push(finding(program, id, directive, complaint, &found));
                }
            }
        }
        found
    }
}

/// What is wrong with a comment.
struct Complaint {
    rule: Rule,
    /// The comment's own words, which are what the finding is about.
    said: String,
    message: String,
    help: &'static str,
}

fn complaint(kind: &DirectiveKind, used: bool, require_reason: bool) -> Option<Complaint> {
    let (rules, reason, word) = match kind {
        DirectiveKind::Ignore { rules, reason } => (rules.join(", "), reason, "ignore"),
        DirectiveKind::IgnoreFile { rules, reason } => (rules.join(", "), reason, "ignore-file"),
        DirectiveKind::Unknown(text) => {
            return Some(Complaint {
                rule: Rule::UnusedSuppression,
                said: text.clone(),
                message: format!("`blocklint: {}` is not understood", text.escape_debug()),
                help: "name the rule as in `blocklint: ignore[BL101] reason`, or remove the comment",
            });
        }
        DirectiveKind::NonBlocking => return (!used).then(|| unattached("nonblocking")),
        DirectiveKind::Blocking => return (!used).then(|| unattached("blocking")),
        DirectiveKind::Offload => return (!used).then(|| unattached("offload")),
    };
    let said = format!("{word}[{rules}]");
    if !used {
        return Some(Complaint {
            rule: Rule::UnusedSuppression,
            said,
            message: format!("this suppression of {rules} silences nothing"),
            help: "remove the comment, or move it to the entry, a step or the blocking call of the chain that it is about",
        });
    }
    (require_reason && reason.is_none()).then(|| Complaint {
        rule: Rule::NoReason,
        said,
        message: format!("this suppression of {rules} does not say why"),
        help: "write the reason behind the bracket: `blocklint: ignore[BL101] reason`",
    })
}

fn unattached(word: &str) -> Complaint {
    Complaint {
        rule: Rule::UnusedSuppression,
        said: word.to_owned(),
        message: format!("`blocklint: {word}` speaks of no function"),
        help: "write it alone above a function, or at the end of the function's first line",
    }
}

fn finding(
    program: &Program<'_>,
    id: FileId,
    directive: &Directive,
    complaint: Complaint,
    before: &[Finding],
) -> Finding {
    let file = program.file(id);
    let place = Place { file: file.summary.path.clone(), span: directive.span };
    let function: Arc<str> = function_of(&file.summary.module, directive).into();
    let step = Step { place: place.clone(), function: function.clone(), via: Via::Call, domain: Domain::Unknown };
    let mut finding = Finding {
        code: complaint.rule.code().into(),
        rule: complaint.rule.name().into(),
        severity: Severity::Warning,
        confidence: Confidence::Proven,
        language: program.language(id),
        effect: None,
        api: complaint.said,
        bound_ms: None,
        message: complaint.message,
        help: complaint.help.to_owned(),
        place,
        function,
        accessor: None,
        chain: vec![step],
        other_chains: Vec::new(),
        entries: 0,
        small_in_test: false,
        fingerprint: String::new(),
    };
    let same = |it: &&Finding| it.code == finding.code && it.api == finding.api && it.function == finding.function;
    let ordinal = before.iter().rev().take_while(|it| it.place.file == finding.place.file).filter(same).count();
    finding.fingerprint = crate::detect::fingerprint(&finding, &program.module_path(id), ordinal);
    finding
}

/// The name of the innermost function that a comment speaks for a part of.
fn function_of<'m>(module: &'m Module, directive: &Directive) -> &'m str {
    // Lines begin with their indentation, which is not the function's, and end inside it.
    let at = directive.target.end.saturating_sub(1);
    let whole_file = matches!(directive.kind, DirectiveKind::IgnoreFile { .. });
    let functions = module.functions.iter().enumerate().skip(1);
    let innermost =
        functions.filter(|it| !whole_file && it.1.span.contains(at)).min_by_key(|it| it.1.span.end - it.1.span.start);
    let id = innermost.map_or(FunctionId::TOP, |it| module.named_function(FunctionId::new(it.0)));
    &module.function(id).qualname
}
