//! Where the result goes: standard output in one format, files in others, and the page that GitHub shows after a run.

use super::args::CheckArgs;
use super::checked::Checked;
use super::terminal::{plain, style, variable};
use super::{complain, print};
use crate::places::Places;
use anyhow::{Context as _, Result};
use blocklint_report::{Document, Format, Report, RuleText, Style};
use std::collections::{BTreeMap, HashMap};
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

/// A finished run, ready to be reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finished<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) checked: &'a Checked,
    pub(super) places: &'a Places,
}

impl Finished<'_> {
    /// Writes every output and says whether there are findings.
    pub(super) fn write(&self) -> Result<bool> {
        let Checked { inputs, libraries, settings, options, rules, .. } = self.checked;
        let mut analysis = self.checked.analysis.clone();
        self.places.relocate(&mut analysis);
        let texts: HashMap<String, &str> =
            inputs.iter().chain(&libraries.inputs).map(|it| (self.places.shown(&it.path), it.text.as_str())).collect();
        let sources = blocklint_report::Sources::collect(&analysis, |file| texts.get(file).copied());
        let document = Document::new(&analysis, &sources, crate::VERSION, settings.text("docs-url"));
        let rules: Vec<RuleText> = rules.iter().map(rule_text).collect();
        let report = Report {
            document: &document,
            sources: &sources,
            rules: &rules,
            style: &style(self.args.output.color),
            hidden_hint: options.wider(&analysis.summary),
            docs_url: settings.text("docs-url"),
        };
        self.files(&report)?;
        self.standard_output(&report)?;
        Ok(!document.findings.is_empty())
    }

    fn files(&self, report: &Report<'_>) -> Result<()> {
        let style: Style = plain();
        for (format, file) in self.args.output.outputs.iter().filter(|it| it.1 != Path::new("-")) {
            let mut text = Vec::new();
            blocklint_report::write(*format, &Report { style: &style, ..*report }, &mut text)?;
            crate::atomic::replace(file, &text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }

    fn standard_output(&self, report: &Report<'_>) -> Result<()> {
        let output = &self.args.output;
        let mut formats: Vec<Format> =
            output.outputs.iter().filter(|it| it.1 == Path::new("-")).map(|it| it.0).collect();
        if formats.is_empty() && !output.quiet {
            formats.push(output.output_format);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        for format in &formats {
            blocklint_report::write(*format, report, &mut out)?;
        }
        out.flush()?;
        drop(out);
        if formats.contains(&Format::Github) {
            step_summary(report)?;
        }
        if output.statistics && !output.quiet {
            statistics(report.document, output.output_format)?;
        }
        Ok(())
    }
}

fn rule_text(rule: &blocklint_catalog::Rule) -> RuleText {
    RuleText {
        code: rule.code.clone(),
        name: rule.name.clone(),
        summary: rule.summary.clone(),
        page: rule.page.clone(),
    }
}

fn step_summary(report: &Report<'_>) -> Result<()> {
    let Some(path) = variable("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()) else { return Ok(()) };
    let mut file =
        OpenOptions::new().append(true).create(true).open(&path).with_context(|| format!("cannot write {path}"))?;
    file.write_all(blocklint_report::step_summary(report).as_bytes())?;
    Ok(())
}

/// Counts go to standard output for people, and to standard error where a program reads the output.
fn statistics(document: &Document, format: Format) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for item in &document.findings {
        *counts.entry((&item.code, &item.rule, &item.severity)).or_default() += 1;
    }
    let people = matches!(format, Format::Full | Format::Concise | Format::Grouped);
    for ((code, rule, severity), count) in counts {
        let line = format!("{count:6}  {code} {rule} ({severity})");
        if people {
            print(&format!("{line}\n"))?;
        } else {
            complain(&line);
        }
    }
    Ok(())
}
