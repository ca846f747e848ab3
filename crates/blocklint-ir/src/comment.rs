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

/// Reads one comment; `None` when it does not address this tool.
pub fn parse(comment: Comment<'_>) -> Option<Directive> {
    let text = comment.text.trim_start_matches(['/', '!', '#']).trim();
    let body = text.strip_prefix("blocklint:")?.trim();
    Some(Directive { kind: kind(body), span: comment.span, target: comment.target })
}

fn kind(body: &str) -> DirectiveKind {
    match body {
        "nonblocking" => return DirectiveKind::NonBlocking,
        "blocking" => return DirectiveKind::Blocking,
        "offload" => return DirectiveKind::Offload,
        _ => {}
    }
    let parsed = |rest: &str| -> Option<(Vec<String>, Option<String>)> {
        let (codes, reason) = rest.strip_prefix('[')?.split_once(']')?;
        let rules: Vec<String> = codes.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        let reason = reason.trim();
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
