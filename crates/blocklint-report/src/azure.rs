//! Logging commands of Azure Pipelines.

use crate::escape::{azure_data, azure_property, log_line};
use crate::{Report, summary_line};
use std::io;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for item in &report.document.findings {
        // Azure knows errors and warnings only.
        let kind = if item.severity == "error" { "error" } else { "warning" };
        writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            azure_property(&item.file),
            item.line,
            item.column,
            azure_property(&item.code),
            azure_data(&item.message)
        )?;
    }
    for problem in report.document.problems() {
        writeln!(out, "{}", log_line(&problem))?;
    }
    writeln!(out, "{}", summary_line(report))
}
