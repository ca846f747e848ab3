//! `JUnit` XML: one test suite a file, one failed test a finding.

use crate::concise::line;
use crate::document::{Document, Item};
use crate::escape::xml;
use std::collections::BTreeMap;
use std::io;

pub(crate) fn write(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    let mut files: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &document.findings {
        files.entry(&item.file).or_default().push(item);
    }
    let count = document.findings.len();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="blocklint" tests="{}" failures="{count}">"#, count.max(1))?;
    for (file, items) in &files {
        suite(file, items, out)?;
    }
    if files.is_empty() {
        // Readers of the format take a report without a test for a broken run.
        writeln!(out, r#"  <testsuite name="blocklint" tests="1" failures="0">"#)?;
        writeln!(out, r#"    <testcase name="no findings" classname="blocklint"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(file: &str, items: &[&Item], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, r#"  <testsuite name="{}" tests="{1}" failures="{1}">"#, xml(file), items.len())?;
    for item in items {
        writeln!(
            out,
            r#"    <testcase name="{} {}" classname="{}" file="{}" line="{}">"#,
            xml(&item.code),
            xml(&item.rule),
            xml(file),
            xml(file),
            item.line
        )?;
        writeln!(
            out,
            r#"      <failure type="{}" message="{}">{}</failure>"#,
            item.severity,
            xml(&item.message),
            xml(&line(item))
        )?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}
