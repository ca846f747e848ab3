//! Bytes to text, as the languages say: UTF-8, or in Python what the first two lines declare.

use blocklint_ir::Language;

/// The text of a file and, where it is not the whole truth, why.
pub fn decode(bytes: &[u8], language: Language) -> (String, Option<String>) {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return (String::new(), Some("UTF-16, which the language does not read; left out".to_owned()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (text.to_owned(), None),
        Err(error) => error,
    };
    if language == Language::Python && declared_encoding(bytes).is_some_and(single_byte) {
        // The first half is the same in all of them, and code is written in it: names and calls are read right, only letters
        // in comments and strings may differ.
        return (bytes.iter().map(|&it| char::from(it)).collect(), None);
    }
    let reason = format!("not valid UTF-8 at byte {}; read with U+FFFD in its place", error.valid_up_to());
    (String::from_utf8_lossy(bytes).into_owned(), Some(reason))
}

/// PEP 263: `coding[:=]\s*([-\w.]+)` in a comment on one of the first two lines.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    bytes.split(|&it| it == b'\n').take(2).find_map(|line| {
        let line = std::str::from_utf8(line).ok()?.trim_start();
        let (_, after) = line.strip_prefix('#')?.split_once("coding")?;
        let name = after.strip_prefix([':', '='])?.trim_start();
        let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(name.len());
        Some(&name[..end])
    })
}

fn single_byte(encoding: &str) -> bool {
    let name = encoding.to_ascii_lowercase().replace('_', "-");
    let families = ["latin", "iso-8859", "iso8859", "cp125", "windows-125", "koi8", "mac-", "cp437", "cp850", "l1"];
    families.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, whole: bool) {
        let (text, reason) = decode(bytes, Language::Python);
        assert_eq!((text.as_str(), reason.is_none()), (expected, whole));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        check(b"\xef\xbb\xbfx = 1", "x = 1", true);
    }

    #[test]
    fn python_may_declare_another_encoding() {
        check(b"# -*- coding: latin-1 -*-\n# \xe9", "# -*- coding: latin-1 -*-\n# \u{e9}", true);
        check(
            b"#!/bin/sh\n# vim: set fileencoding=iso-8859-15 :\n\xe9",
            "#!/bin/sh\n# vim: set fileencoding=iso-8859-15 :\n\u{e9}",
            true,
        );
    }

    #[test]
    fn what_is_not_utf_8_is_said() {
        check(b"x = '\xff'", "x = '\u{fffd}'", false);
    }
}
