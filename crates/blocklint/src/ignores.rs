//! Comments that silence findings, written into texts: one comment a place, several codes in it, and nothing else changed.
//!
//! Where a comment may stand is the languages' business. So each place is tried: the changed text is read again, and what was written counts
//! only when it is read as a comment that speaks for the finding's place, in a file that is otherwise as it was.

use crate::front;
use crate::summaries::Input;
use blocklint_engine::finding::{Finding, Place};
use blocklint_ir::{Comment, Directive, DirectiveKind, Language, Module, Span, comment};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The new texts by path.
    pub(crate) texts: BTreeMap<String, String>,
    /// How many comments are new, or say more.
    pub(crate) comments: usize,
    /// Findings that no comment can silence, and why.
    pub(crate) left: Vec<(Place, String, &'static str)>,
}

/// Statements with more lines than this are generated.
const MAX_LINES: usize = 200;

/// The comments that silence these findings. `unused` are the comments that silence nothing today: they are left as they are, as somebody
/// should look at them.
pub(crate) fn plan(inputs: &[Input], findings: &[Finding], unused: &BTreeSet<Place>, reason: &str) -> Plan {
    let mut plan = Plan::default();
    let mut by_file: BTreeMap<&str, Vec<(&Finding, Place)>> = BTreeMap::new();
    for finding in findings {
        let place = place(finding);
        let complaint = finding.effect.is_none() && finding.entries == 0;
        if complaint {
            plan.left.push((place, finding.code.to_string(), "it is about a comment of this kind itself"));
        } else if let Some(input) = inputs.iter().find(|it| *it.path == *place.file) {
            by_file.entry(&input.path).or_default().push((finding, place));
        }
    }
    for (path, mut found) in by_file {
        let Some(input) = inputs.iter().find(|it| it.path == path) else { continue };
        found.sort_by(|a, b| (a.1.span, &a.0.code).cmp(&(b.1.span, &b.0.code)));
        let unused = unused.iter().filter(|it| *it.file == *path).map(|it| it.span).collect();
        let Some(mut file) = Edited::new(input, unused) else { continue };
        for (finding, place) in found {
            if !file.silence(place.span.start, &finding.code, reason) {
                plan.left.push((place, finding.code.to_string(), "no comment can stand at its statement"));
            }
        }
        plan.comments += file.comments;
        if file.text != input.text {
            plan.texts.insert(path.to_owned(), file.text);
        }
    }
    plan
}

/// The blocking call, which every chain passes. A finding may be shown at another step.
fn place(finding: &Finding) -> Place {
    match finding.chain.split_last() {
        Some((last, before)) if before.iter().any(|it| it.place == finding.place) => last.place.clone(),
        _ => finding.place.clone(),
    }
}

/// Whether a reason reads back as it is written, in every language.
pub(crate) fn readable(reason: &str) -> bool {
    let text = format!(" {}", written("BL001", reason));
    let directive = comment::parse(Comment { text: &text, span: Span::default(), target: Span::default() });
    let kind = directive.map(|it| it.kind);
    let one_line = !reason.contains(char::is_control);
    one_line && matches!(kind, Some(DirectiveKind::Ignore { reason: Some(it), .. }) if it == reason)
}

fn written(code: &str, reason: &str) -> String {
    format!("blocklint: ignore[{code}] {reason}")
}

/// A text that is being changed.
struct Edited {
    path: String,
    text: String,
    module: Module,
    /// Where texts were inserted, in order, and how long they were.
    inserted: Vec<(u32, u32)>,
    /// Comments that silence nothing, as they stood at first.
    unused: Vec<Span>,
    comments: usize,
}

impl Edited {
    fn new(input: &Input, unused: Vec<Span>) -> Option<Self> {
        let module = front::lower(&input.path, &input.text)?;
        let (path, text) = (input.path.clone(), input.text.clone());
        Some(Self { path, text, module, inserted: Vec::new(), unused, comments: 0 })
    }

    /// Where a byte of the first text stands now.
    fn now(&self, at: u32) -> u32 {
        self.inserted.iter().fold(at, |at, &(from, length)| if from <= at { at + length } else { at })
    }

    /// Makes a comment say `code` for the place; false when none can.
    fn silence(&mut self, at: u32, code: &str, reason: &str) -> bool {
        let at = self.now(at);
        let unused: Vec<u32> = self.unused.iter().map(|it| self.now(it.start)).collect();
        let speaks = |it: &&Directive| it.target.contains(at) && !unused.contains(&it.span.start);
        let of_place = self.module.directives.iter().filter(speaks);
        let ignores = of_place.filter_map(|it| match &it.kind {
            DirectiveKind::Ignore { rules, .. } => Some((it.span, rules)),
            _ => None,
        });
        let ignores: Vec<(Span, bool)> = ignores.map(|it| (it.0, it.1.iter().any(|it| it == code))).collect();
        if ignores.iter().any(|it| it.1) {
            return true;
        }
        let merged = ignores
            .first()
            .and_then(|it| self.bracket(it.0))
            .is_some_and(|end| self.try_insert(end, &format!(", {code}"), (at, code), 0));
        merged || self.add(at, code, reason)
    }

    /// The byte before which a comment's list of codes ends.
    fn bracket(&self, comment: Span) -> Option<u32> {
        let text = &self.text[comment.range()];
        let open = text.find("ignore[")?;
        Some(comment.start + (open + text[open..].find(']')?) as u32)
    }

    /// A comment of its own: behind the code, else alone above the statement.
    fn add(&mut self, at: u32, code: &str, reason: &str) -> bool {
        let sign = match self.module.language {
            Language::Python => "#",
            Language::Rust => "//",
        };
        let comment = format!("{sign} {}", written(code, reason));
        let end = self.text[at as usize..].find('\n').map_or(self.text.len(), |it| at as usize + it);
        let line = &self.text[..end];
        let bare = line.trim_end_matches('\r').trim_end_matches([' ', '\t']);
        // As the languages' formatters leave it.
        let gap = if sign == "#" { "  " } else { " " };
        if self.try_insert(bare.len() as u32, &format!("{gap}{comment}"), (at, code), 1) {
            return true;
        }
        let mut start = self.text[..at as usize].rfind('\n').map_or(0, |it| it + 1);
        for _ in 0..MAX_LINES {
            let line = &self.text[start..];
            let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
            let above = format!("{indent}{comment}{newline}");
            if self.try_insert(start as u32, &above, (at, code), 1) {
                return true;
            }
            if start == 0 {
                break;
            }
            start = self.text[..start - 1].rfind('\n').map_or(0, |it| it + 1);
        }
        false
    }

    /// Inserts a text where reading the file again shows that it says what it should, and that nothing else is different.
    fn try_insert(&mut self, at: u32, text: &str, (place, code): (u32, &str), more: usize) -> bool {
        let whole = [&self.text[..at as usize], text, &self.text[at as usize..]].concat();
        let Some(module) = front::lower(&self.path, &whole) else { return false };
        let length = text.len() as u32;
        let place = if at <= place { place + length } else { place };
        let says = module.directives.iter().any(|it| {
            let codes = match &it.kind {
                DirectiveKind::Ignore { rules, .. } => rules.iter().any(|it| it == code),
                _ => false,
            };
            codes && it.target.contains(place)
        });
        let same = module.errors.len() == self.module.errors.len()
            && module.directives.len() == self.module.directives.len() + more
            && module.functions.len() == self.module.functions.len()
            && module.names.texts().len() == self.module.names.texts().len();
        if !says || !same {
            return false;
        }
        (self.text, self.module) = (whole, module);
        self.inserted.push((at, length));
        self.comments += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first text becomes when the place of `mark` is silenced for each code.
    fn check(path: &str, text: &str, mark: &str, codes: &[&str], expected: Option<&str>) {
        let input = Input { path: path.to_owned(), text: text.to_owned(), reported: true, problem: None };
        let mut file = Edited::new(&input, Vec::new()).unwrap();
        let at = text.find(mark).unwrap() as u32;
        let silenced = codes.iter().all(|it| file.silence(at, it, "fine"));
        assert_eq!(silenced.then_some(file.text.as_str()), expected, "{text}");
    }

    #[test]
    fn a_comment_stands_behind_the_code() {
        check(
            "a.py",
            "def f():\n    g()\n",
            "g()",
            &["BL101"],
            Some("def f():\n    g()  # blocklint: ignore[BL101] fine\n"),
        );
        check(
            "a.rs",
            "fn f() {\n    g();\n}\n",
            "g()",
            &["BL101"],
            Some("fn f() {\n    g(); // blocklint: ignore[BL101] fine\n}\n"),
        );
        check("a.py", "g()", "g()", &["BL101"], Some("g()  # blocklint: ignore[BL101] fine"));
    }

    #[test]
    fn several_codes_share_a_comment() {
        check(
            "a.py",
            "g()\n",
            "g()",
            &["BL101", "BL102", "BL101"],
            Some("g()  # blocklint: ignore[BL101, BL102] fine\n"),
        );
        check("a.py", "g()  # noqa\n", "g()", &["BL101"], Some("g()  # noqa  # blocklint: ignore[BL101] fine\n"));
        check(
            "a.py",
            "g()  # blocklint: ignore[BL109] old\n",
            "g()",
            &["BL101"],
            Some("g()  # blocklint: ignore[BL109, BL101] old\n"),
        );
    }

    #[test]
    fn line_ends_and_indents_are_kept() {
        check(
            "a.py",
            "if x:\r\n\tg()\r\n",
            "g()",
            &["BL101"],
            Some("if x:\r\n\tg()  # blocklint: ignore[BL101] fine\r\n"),
        );
        check(
            "a.py",
            "if x:\r\n\ta = \\\r\n\t\tg()\r\n",
            "\\",
            &["BL101"],
            Some("if x:\r\n\t# blocklint: ignore[BL101] fine\r\n\ta = \\\r\n\t\tg()\r\n"),
        );
    }

    #[test]
    fn no_comment_goes_into_a_text() {
        check(
            "a.py",
            "if x:\n    a = f'''\n    {g()}\n    '''\n",
            "g()",
            &["BL101"],
            Some("if x:\n    # blocklint: ignore[BL101] fine\n    a = f'''\n    {g()}\n    '''\n"),
        );
        check(
            "a.rs",
            "fn f() {\n    g(\"a\n    b\");\n}\n",
            "g(",
            &["BL101"],
            Some("fn f() {\n    // blocklint: ignore[BL101] fine\n    g(\"a\n    b\");\n}\n"),
        );
    }

    #[test]
    fn a_reason_reads_back_as_it_is_written() {
        assert!(readable("see https://a.b, the device needs it"));
        assert!(!readable("two\nlines") && !readable("why # not") && !readable("") && !readable(" x"));
    }
}
