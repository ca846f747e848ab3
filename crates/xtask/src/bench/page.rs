//! `docs/benchmarks.md`: what was measured stands between marks, and what people wrote around it stays.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A part of the page that is written by measuring.
#[derive(Debug, Clone, Copy)]
pub(super) enum Section {
    Tools,
    Scale,
    Instructions,
}

impl Section {
    fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Scale => "scale",
            Self::Instructions => "instructions",
        }
    }
}

/// Puts a text between the section's marks.
pub(super) fn write(page: &Path, section: Section, text: &str) -> Result<()> {
    let old = fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let (before, inside) = between(&old, section).with_context(|| format!("{} lost its marks", page.display()))?;
    let after = &old[before.len() + inside.len()..];
    fs::write(page, format!("{before}\n{}\n{after}", text.trim()))?;
    println!("wrote {}", page.display());
    Ok(())
}

/// What was measured before.
pub(super) fn read(page: &Path, section: Section) -> Option<String> {
    let text = fs::read_to_string(page).ok()?;
    between(&text, section).map(|it| it.1.to_owned())
}

/// What stands before the section's content, and the content.
fn between(text: &str, section: Section) -> Option<(&str, &str)> {
    let (begin, end) = (format!("<!-- begin {} -->\n", section.name()), format!("<!-- end {} -->", section.name()));
    let start = text.find(&begin)? + begin.len();
    let stop = start + text[start..].find(&end)?;
    Some((&text[..start], &text[start..stop]))
}

/// The kind of machine, without its name.
pub(super) fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|it| it.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |it| it.1.trim());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{cores} × {model}, {} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// What a program says its version is; `unknown` when it does not run.
pub(super) fn version(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned()).unwrap_or_default();
    text.lines().next().map_or("unknown", str::trim).to_owned()
}
