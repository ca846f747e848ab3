//! Programs in a rule's page. Under `## Examples` each heading is one program; its fenced blocks are its files.

use crate::program::{Program, SourceText};

/// The programs of a page. Text before a fence of the form `` `path/to/file.py`: `` names the file; without it, Python is `app.py` and
/// Rust `src/lib.rs`. A second block for the same file starts another program.
pub fn examples(page_name: &str, markdown: &str) -> Vec<Program> {
    let mut programs = Vec::new();
    let mut heading = String::new();
    let mut files: Vec<SourceText> = Vec::new();
    let mut finish = |heading: &str, files: &mut Vec<SourceText>| {
        if !files.is_empty() {
            programs.push(Program::new(format!("{page_name}: {heading}"), std::mem::take(files)));
        }
    };
    let mut inside = false;
    let mut named: Option<String> = None;
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = heading_of(line) {
            finish(&heading, &mut files);
            if line.starts_with("## ") {
                inside = title == "Examples";
            }
            title.clone_into(&mut heading);
            named = None;
        } else if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|it| !it.starts_with("```")).collect();
            let path = named.take().or_else(|| default_path(language.trim()));
            if let Some(path) = path.filter(|_| inside) {
                if files.iter().any(|it| it.path == path) {
                    finish(&heading, &mut files);
                }
                files.push(SourceText { path, text: text.join("\n") + "\n" });
            }
        } else if !line.trim().is_empty() {
            named = file_name(line);
        }
    }
    finish(&heading, &mut files);
    programs
}

/// `key: value` lines between the two `---` (or `+++`, with `=`) at the top of a page, quotes removed.
pub fn front_matter<'a>(markdown: &'a str, key: &str) -> Option<&'a str> {
    let fence = markdown.lines().next()?;
    let mut lines = markdown.lines().skip(1).take_while(|it| *it != fence);
    lines.find_map(|line| {
        let (name, value) = line.split_once([':', '='])?;
        (name.trim() == key).then(|| value.trim().trim_matches('"'))
    })
}

fn heading_of(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('#');
    (title.len() < line.len() && title.starts_with(' ')).then(|| title.trim())
}

fn default_path(language: &str) -> Option<String> {
    match language {
        "py" | "python" => Some("app.py".to_owned()),
        "rust" | "rs" => Some("src/lib.rs".to_owned()),
        _ => None,
    }
}

fn file_name(line: &str) -> Option<String> {
    let line = line.trim().strip_suffix(':')?;
    let path = line.strip_prefix('`')?.strip_suffix('`')?;
    (!path.contains('`')).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\ncode: BL101\n---\n## Instead\n```py\nx\n```\n## Examples\n### One\nText.\n\n```py\na\n```\n\n\
        ### Two\n`pkg/a.py`:\n```py\nb\n```\n`pkg/b.py`:\n```py\nc\n```\n### Rust\n```rust\nd\n```\n## Later\n```py\ny\n```\n";

    #[test]
    fn each_heading_under_examples_is_a_program() {
        let programs = examples("page", PAGE);
        let files = |at: usize| programs[at].files.iter().map(|it| it.path.as_str()).collect::<Vec<_>>();
        assert_eq!(
            programs.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["page: One", "page: Two", "page: Rust"]
        );
        assert_eq!(files(0), ["app.py"]);
        assert_eq!(files(1), ["pkg/a.py", "pkg/b.py"]);
        assert_eq!(files(2), ["Cargo.toml", "src/lib.rs"]);
    }

    #[test]
    fn front_matter_is_read_in_both_notations() {
        assert_eq!(front_matter(PAGE, "code"), Some("BL101"));
        assert_eq!(front_matter("+++\ncode = \"BL2\"\n+++\n", "code"), Some("BL2"));
        assert_eq!(front_matter(PAGE, "name"), None);
    }
}
