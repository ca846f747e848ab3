//! Text from the checked project, made harmless for the place it is printed in: a file name or a source line must not move the
//! cursor, reverse the reading direction or pass for a workflow command.

use std::borrow::Cow;

/// Whether a terminal or a reader would act on the character instead of showing it.
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Azure Pipelines and GitHub Actions obey these wherever they stand in a line of the log.
const COMMANDS: [&str; 2] = ["##vso[", "##["];

/// The text on one line, with what would act shown as an escape.
pub fn visible(text: &str) -> Cow<'_, str> {
    if COMMANDS.iter().any(|it| text.contains(it)) {
        return Cow::Owned(visible(&text.replace("##vso[", "# #vso[").replace("##[", "# #[")).into_owned());
    }
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if acts(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The text of a source with commands made unreadable for a build system, in as many bytes.
pub(crate) fn without_commands(text: String) -> String {
    if COMMANDS.iter().any(|it| text.contains(it)) {
        return text.replace("##vso[", "##vso(").replace("##[", "##(");
    }
    text
}

/// [`visible`] text that no log reader takes for a command of the build system, wherever in the line it stands.
pub(crate) fn log_line(text: &str) -> String {
    visible(text).replace("##", "# #").replace("::", ":\u{200b}:")
}

/// The message of a workflow command of GitHub Actions.
pub(crate) fn github_data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

/// A property of a workflow command of GitHub Actions.
pub(crate) fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The message of a logging command of Azure Pipelines.
pub(crate) fn azure_data(text: &str) -> String {
    visible(text).replace('%', "%AZP25")
}

/// A property of a logging command of Azure Pipelines.
pub(crate) fn azure_property(text: &str) -> String {
    azure_data(text).replace(';', "%3B").replace(']', "%5D")
}

/// Text or an attribute's value in XML.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // XML 1.0 has no way to write these.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// A cell of a Markdown table.
pub(crate) fn markdown_cell(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('`', "&#96;")
}

/// A relative path as a URI reference.
pub(crate) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b'+' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(digit), 16).map_or('0', |it| it.to_ascii_uppercase()));
                }
            }
        }
    }
    out
}

/// At most `limit` characters, the last being an ellipsis when something was cut.
pub(crate) fn at_most(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}
