//! Comments addressed to this tool: `blocklint: ignore[BL101] reason`, `blocklint: nonblocking`.

use crate::Span;
use serde::{Deserialize, Serialize};

/// A comment as a front end found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment<'a> {
    /// The text between the comment's marker (`#`, `//`) and the end of its line.
    pub text: &'a str,
    /// The comment, its marker included.
    pub span: Span,
    /// The lines it speaks for: its own, or, when it stands alone, those of the statement below.
    pub target: Span,
}

/// A comment addressed to this tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// What it says.
    pub kind: DirectiveKind,
    /// The comment.
    pub span: Span,
    /// The bytes of the lines it speaks for.
    pub target: Span,
}

/// What a directive says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectiveKind {
    /// Silences findings whose chain passes the target.
    Ignore {
        /// Rule codes or names as written. Never empty: a blanket form is [`DirectiveKind::Unknown`].
        rules: Vec<String>,
        /// Why.
        reason: Option<String>,
    },
    /// Silences findings whose chain passes the file.
    IgnoreFile {
        /// Rule codes or names as written.
        rules: Vec<String>,
        /// Why.
        reason: Option<String>,
    },
    /// The function promises not to block; the tool checks it.
    NonBlocking,
    /// The function blocks, whatever its body shows.
    Blocking,
    /// The function runs its callable arguments on another thread.
    Offload,
    /// It begins as a directive and means nothing.
    Unknown(String),
}

/// What begins a comment inside a comment: `# noqa  # blocklint: …`.
const MARKS: [&str; 2] = ["# ", "// "];

/// Reads one comment; `None` when it does not address this tool.
pub fn parse(comment: Comment<'_>) -> Option<Directive> {
    let first = comment.text.trim_start_matches(['/', '!', '#']).trim();
    let body = first.strip_prefix("blocklint:").or_else(|| behind_another(comment.text))?.trim();
    Some(Directive { kind: kind(body), span: comment.span, target: comment.target })
}

/// The directive behind other tools' pragmas. A documentation comment only shows how one is written.
fn behind_another(text: &str) -> Option<&str> {
    if text.starts_with(['/', '!']) {
        return None;
    }
    let after_space = |at: usize| text[..at].ends_with(char::is_whitespace);
    let begins = |mark: &str| {
        let found = text.match_indices(mark).filter(|it| after_space(it.0));
        found.map(|it| it.0 + it.1.len()).collect::<Vec<_>>()
    };
    let mut begins: Vec<usize> = MARKS.into_iter().flat_map(begins).collect();
    begins.sort_unstable();
    begins.into_iter().find_map(|at| text[at..].trim_start().strip_prefix("blocklint:"))
}

/// The text before the next tool's pragma.
fn before_another(text: &str) -> &str {
    if MARKS.iter().any(|it| text.starts_with(it)) {
        return "";
    }
    let ends = MARKS.iter().filter_map(|it| text.find(&format!(" {it}")));
    text[..ends.min().unwrap_or(text.len())].trim_end()
}

fn kind(body: &str) -> DirectiveKind {
    match before_another(body) {
        "nonblocking" => return DirectiveKind::NonBlocking,
        "blocking" => return DirectiveKind::Blocking,
        "offload" => return DirectiveKind::Offload,
        _ => {}
    }
    let parsed = |rest: &str| -> Option<(Vec<String>, Option<String>)> {
        let (codes, reason) = rest.strip_prefix('[')?.split_once(']')?;
        let rules: Vec<String> = codes.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        let reason = before_another(reason.trim());
        (!rules.is_empty()).then(|| (rules, (!reason.is_empty()).then(|| reason.to_owned())))
    };
    if let Some((rules, reason)) = body.strip_prefix("ignore-file").and_then(parsed) {
        return DirectiveKind::IgnoreFile { rules, reason };
    }
    if let Some((rules, reason)) = body.strip_prefix("ignore").and_then(parsed) {
        return DirectiveKind::Ignore { rules, reason };
    }
    DirectiveKind::Unknown(body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&DirectiveKind>) {
        let comment = Comment { text, span: Span::default(), target: Span::default() };
        assert_eq!(parse(comment).map(|it| it.kind).as_ref(), expected, "{text}");
    }

    #[test]
    fn an_ignore_names_rules_and_a_reason() {
        let ignore = |rules: &[&str], reason: Option<&str>| {
            let rules = rules.iter().map(|&it| it.to_owned()).collect();
            DirectiveKind::Ignore { rules, reason: reason.map(str::to_owned) }
        };
        check(" blocklint: ignore[BL101] start-up only", Some(&ignore(&["BL101"], Some("start-up only"))));
        check(" blocklint: ignore[BL101, blocking-file]", Some(&ignore(&["BL101", "blocking-file"], None)));
    }

    #[test]
    fn a_directive_stands_among_other_tools_pragmas() {
        let ignore = |reason: Option<&str>| DirectiveKind::Ignore {
            rules: vec!["BL101".to_owned()],
            reason: reason.map(str::to_owned),
        };
        check(" noqa: S113  # blocklint: ignore[BL101] see #12", Some(&ignore(Some("see #12"))));
        check(" blocklint: ignore[BL101] on https://a.b only  # noqa", Some(&ignore(Some("on https://a.b only"))));
        check(" blocklint: ignore[BL101]  # noqa", Some(&ignore(None)));
        check(" SAFETY: checked // blocklint: ignore[BL101]", Some(&ignore(None)));
        check(" blocklint: blocking  # pragma: no cover", Some(&DirectiveKind::Blocking));
    }

    #[test]
    fn prose_about_directives_is_none() {
        check(" write `# blocklint: ignore[BL101] reason` above it", None);
        check("/ f(); // blocklint: ignore[BL101] as documented", None);
    }

    #[test]
    fn a_blanket_ignore_is_not_understood() {
        check(" blocklint: ignore", Some(&DirectiveKind::Unknown("ignore".to_owned())));
        check(" blocklint: ignore[]", Some(&DirectiveKind::Unknown("ignore[]".to_owned())));
    }

    #[test]
    fn other_comments_are_nobody_s_business() {
        check(" blocks the lint: see below", None);
        check(" noqa: ASYNC251", None);
    }
}
