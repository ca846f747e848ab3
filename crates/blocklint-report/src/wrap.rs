//! Sentences in a terminal of some width. Paths, short pieces of code and escape sequences are words, and words stay whole.

use textwrap::{Options, WordSeparator, WordSplitter};

/// The text on lines of at most `width` columns where its words allow it. The indents are those of the first line and of the others.
pub fn wrapped(text: &str, width: usize, (first, others): (usize, usize)) -> String {
    let (first, others) = (" ".repeat(first), " ".repeat(others));
    let options = Options::new(width.max(40))
        .initial_indent(&first)
        .subsequent_indent(&others)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(&joined(text), options).replace(JOINT, " ")
}

/// Stands for a space that no line ends at.
const JOINT: char = '\u{a0}';

/// Longer pieces of code are wrapped like sentences.
const LONGEST_CODE: usize = 40;

/// The spaces inside pieces of code, which are written in backticks, joined.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        if at % 2 == 1 && part.len() <= LONGEST_CODE {
            out.extend(part.chars().map(|it| if it == ' ' { JOINT } else { it }));
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    fn check(text: &str, expected: &str) {
        assert_eq!(wrapped(text, 40, (2, 4)), expected);
    }

    #[test]
    fn lines_end_between_words() {
        check("short", "  short");
        check(
            "a sentence that is longer than forty columns are wide",
            "  a sentence that is longer than forty\n    columns are wide",
        );
    }

    #[test]
    fn a_path_stays_whole() {
        let path = "testdata/programs/litellm-26192/incident/proxy/app.py:12";
        check(&format!("at {path} again"), &format!("  at\n    {path}\n    again"));
    }

    #[test]
    fn a_piece_of_code_stays_whole() {
        check("hand the call off with `await to_thread(…)`", "  hand the call off with\n    `await to_thread(…)`");
    }

    #[test]
    fn colours_take_no_room() {
        check(
            &format!("\u{1b}[36m{}\u{1b}[0m {}", "a".repeat(20), "b".repeat(17)),
            &format!("  \u{1b}[36m{}\u{1b}[0m {}", "a".repeat(20), "b".repeat(17)),
        );
    }
}
