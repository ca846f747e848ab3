//! Sentences in a terminal of some width. Paths, code and escape sequences are words, and words stay whole.

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
    textwrap::fill(text, options)
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
    fn colours_take_no_room() {
        check(
            &format!("\u{1b}[36m{}\u{1b}[0m {}", "a".repeat(20), "b".repeat(17)),
            &format!("  \u{1b}[36m{}\u{1b}[0m {}", "a".repeat(20), "b".repeat(17)),
        );
    }
}
