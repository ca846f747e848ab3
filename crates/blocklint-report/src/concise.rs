//! One line a finding, complete in itself: `app/db.py:41:16: error[BL001 self-wait-deadlock] … [PrismaWrapper.__getattr__ < chat]`.

use crate::escape::visible;
use crate::{Item, Report, summary_line};
use std::io;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for item in &report.document.findings {
        writeln!(out, "{}", line(item))?;
    }
    problems(report, out)?;
    writeln!(out, "{}", summary_line(report))
}

/// The finding on one line.
pub(crate) fn line(item: &Item) -> String {
    format!("{}:{}:{}: {}", visible(&item.file), item.line, item.column, without_place(item))
}

/// The finding on one line, its place left out.
pub(crate) fn without_place(item: &Item) -> String {
    let way = if item.has_way() { format!(" [{}]", way(item)) } else { String::new() };
    format!("{}[{} {}] {}{way}", item.severity, item.code, item.rule, visible(&item.message))
}

/// The functions on the chain from the entry down: `chat > load > fetch`.
pub(crate) fn way(item: &Item) -> String {
    let mut functions: Vec<&str> = item.chain.iter().map(|it| it.function.as_str()).collect();
    functions.dedup();
    visible(&functions.join(" > ")).into_owned()
}

/// Files that could not be read in full.
pub(crate) fn problems(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for problem in report.document.problems() {
        writeln!(out, "{}", visible(&problem))?;
    }
    Ok(())
}
