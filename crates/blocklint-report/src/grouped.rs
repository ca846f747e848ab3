//! One line a finding, under the name of its file.

use crate::concise::{problems, without_place};
use crate::escape::visible;
use crate::{Report, summary_line};
use std::io;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut file = None;
    for item in &report.document.findings {
        if file != Some(&item.file) {
            if file.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}:", visible(&item.file))?;
            file = Some(&item.file);
        }
        writeln!(out, "  {}:{} {}", item.line, item.column, without_place(item))?;
    }
    if file.is_some() {
        writeln!(out)?;
    }
    problems(report, out)?;
    writeln!(out, "{}", summary_line(report))
}
