//! A rule's page begins as a skeleton that fails until it is written: it shows a hazard and a silent neighbour that are not there yet.

use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::Path;

/// Writes `rules/<name>.md` and its line in `rules/lib.rs`.
pub(crate) fn run(root: &Path, code: &str, name: &str) -> Result<()> {
    let digits = code.strip_prefix("BL").unwrap_or_default();
    ensure!(digits.len() == 3 && digits.bytes().all(|it| it.is_ascii_digit()), "a code reads BL123, not {code}");
    let kebab = name.bytes().all(|it| it.is_ascii_lowercase() || it == b'-') && !name.starts_with('-');
    ensure!(kebab, "a name reads blocking-something, not {name}");
    let page = root.join("rules").join(format!("{name}.md"));
    ensure!(!page.exists(), "{} exists already", page.display());
    fs::write(&page, skeleton(code, name))?;
    register(&root.join("rules/lib.rs"), name)?;
    println!("wrote {}; name {code} in CHANGELOG.md too", page.display());
    Ok(())
}

fn skeleton(code: &str, name: &str) -> String {
    let title = name.replace('-', " ");
    format!(
        "---\ncode: {code}\nname: {name}\nsummary: what happens, in one line\nseverity: warning\nlanguages: python, rust\nsince: {}\n\
         detector: effect\n---\n\n# {title}\n\n## What it does\n\n## Why it hurts\n\n## Instead\n\n## What it cannot see\n\n## Examples\n\n\
         ### Through a helper\n\n```py\ndef helper():\n    blocks()  # hazard: handler > helper > blocks\n\n\n\
         async def handler():\n    helper()\n```\n\n### Silent: without a loop\n\n```py\ndef script():\n    blocks()\n```\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn register(list: &Path, name: &str) -> Result<()> {
    let text = fs::read_to_string(list)?;
    let line = format!("    (\"{name}.md\", include_str!(\"{name}.md\")),");
    let start = text.find("pub const PAGES").context("rules/lib.rs has no list of pages")?;
    let (before, rest) = text.split_at(start);
    let end = rest.find("];").context("the list of pages has no end")?;
    let (pages, after) = rest.split_at(end);
    let mut lines: Vec<&str> = pages.lines().collect();
    let at = lines.iter().skip(1).position(|it| *it > line.as_str()).map_or(lines.len(), |it| it + 1);
    lines.insert(at, &line);
    fs::write(list, format!("{before}{}\n{after}", lines.join("\n")))?;
    Ok(())
}
