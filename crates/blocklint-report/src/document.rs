//! The machine-readable result: what `--output-format json` prints and what every other format is written from.
//! A field is only ever added.

use crate::source::Sources;
use blocklint_engine::finding::{Analysis, Finding, Step, Summary};
use serde::{Deserialize, Serialize};

/// The version of the document's meaning.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// One run's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Rises when the meaning of a field changes.
    pub schema_version: u32,
    /// Who wrote it.
    pub tool: Tool,
    /// How much was read, resolved and found.
    pub summary: SummaryItem,
    /// What was found, ordered by place.
    pub findings: Vec<Item>,
    /// Files that could not be read in full.
    pub errors: Vec<FileProblem>,
}

/// Who wrote the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// `blocklint`.
    pub name: String,
    /// Its version.
    pub version: String,
}

macro_rules! summary {
    ($($(#[$doc:meta])* $field:ident),* $(,)?) => {
        /// How much was read, resolved and found, so that silence can be read.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct SummaryItem {
            $($(#[$doc])* pub $field: usize,)*
        }

        impl From<Summary> for SummaryItem {
            fn from(summary: Summary) -> Self {
                Self { $($field: summary.$field),* }
            }
        }
    };
}

summary! {
    /// Files read.
    files,
    /// Their size.
    bytes,
    /// Files with syntax errors.
    unparsed_files,
    /// Functions read.
    functions,
    /// Those that run on an event loop.
    async_functions,
    /// Calls read.
    call_sites,
    /// Calls into the checked sources.
    calls_resolved,
    /// Calls into known libraries.
    calls_external,
    /// Calls of which nothing is known.
    calls_unresolved,
    /// Findings reported.
    findings,
    /// Findings silenced by a comment.
    suppressed,
    /// Findings that the baseline holds.
    baselined,
    /// Findings that the base revision has too.
    unchanged,
    /// Findings that the chosen severity, confidence or rules leave out.
    hidden,
    /// Facts of the configuration that nothing in the program is about.
    unmatched_facts,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `BL001`.
    pub code: String,
    /// `self-wait-deadlock`.
    pub rule: String,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// `proven`, `likely`, `possible`.
    pub confidence: String,
    /// `python`, `rust`.
    pub language: String,
    /// What the call does to its thread.
    pub effect: Option<String>,
    /// The blocking API.
    pub api: String,
    /// The longest it can take.
    pub bound_ms: Option<u64>,
    /// What freezes, and why.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The file of the primary place.
    pub file: String,
    /// Its first line.
    pub line: usize,
    /// Its first column.
    pub column: usize,
    /// Its last line.
    pub end_line: usize,
    /// The column after its last.
    pub end_column: usize,
    /// The function around it.
    pub function: String,
    /// Which call the caller does not see stands on the chain.
    pub accessor: Option<String>,
    /// From the asynchronous entry to the blocking call.
    pub chain: Vec<StepItem>,
    /// Shortest chains of other entries.
    pub other_chains: Vec<Vec<StepItem>>,
    /// How many asynchronous functions reach it.
    pub entries: usize,
    /// The same across unrelated edits.
    pub fingerprint: String,
    /// How to repair it.
    pub fix: Fix,
}

/// A line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
}

impl Item {
    /// Where it begins.
    pub fn start(&self) -> Point {
        Point { line: self.line, column: self.column }
    }

    /// Whether the chain says more than the primary place does.
    pub fn has_way(&self) -> bool {
        self.chain.len() > 1
    }
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepItem {
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The function that takes the step.
    pub function: String,
    /// How it leads on.
    pub via: String,
    /// Which thread runs it.
    pub domain: String,
    /// Where it ends, for drawing; not part of the document.
    #[serde(skip)]
    pub end: Option<Point>,
}

/// How to repair a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// `manual`: a person has to do it.
    pub applicability: String,
    /// What to do.
    pub message: String,
    /// Empty as long as the tool applies no fixes.
    pub edits: Vec<serde_json::Value>,
    /// The rule's page.
    pub docs: String,
}

/// A file that could not be read in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileProblem {
    /// The file.
    pub file: String,
    /// The line where reading failed.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Document {
    /// Gives every byte span its line and column. `docs_url` is the address under which the rules' pages are served, if they are.
    pub fn new(analysis: &Analysis, sources: &Sources, tool_version: &str, docs_url: Option<&str>) -> Self {
        let problem = |it: &blocklint_engine::finding::FileError| FileProblem {
            file: it.file.to_string(),
            line: sources.range(&it.file, it.span).0.line,
            message: it.message.clone(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "blocklint".to_owned(), version: tool_version.to_owned() },
            summary: analysis.summary.into(),
            findings: analysis.findings.iter().map(|it| item(it, sources, docs_url)).collect(),
            errors: analysis.errors.iter().map(problem).collect(),
        }
    }

    /// Files that could not be read in full, a line each: the first reason, as what follows in a file mostly follows from it.
    pub(crate) fn problems(&self) -> impl Iterator<Item = String> {
        self.errors.chunk_by(|one, next| one.file == next.file).map(|of_file| {
            let FileProblem { file, line, message } = &of_file[0];
            let more = match of_file.len() - 1 {
                0 => String::new(),
                more => format!(" (and {} more)", crate::numbers::counted(more, "syntax error")),
            };
            format!("{file}:{line}: {message}{more}")
        })
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: &str) -> usize {
        self.findings.iter().filter(|it| it.severity == severity).count()
    }

    /// The findings, the worst first, otherwise in order.
    pub fn worst_first(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.findings.iter().collect();
        items.sort_by_key(|it| match it.severity.as_str() {
            "error" => 0,
            "warning" => 1,
            _ => 2,
        });
        items
    }
}

fn item(finding: &Finding, sources: &Sources, docs_url: Option<&str>) -> Item {
    let (start, end) = sources.range(&finding.place.file, finding.place.span);
    let docs = match docs_url {
        Some(url) => crate::address(url, &finding.rule),
        None => format!("rules/{}.md", finding.rule),
    };
    Item {
        code: finding.code.clone().into_owned(),
        rule: finding.rule.clone().into_owned(),
        severity: finding.severity.name().to_owned(),
        confidence: finding.confidence.name().to_owned(),
        language: finding.language.name().to_owned(),
        effect: finding.effect.map(|it| it.name().to_owned()),
        api: finding.api.clone(),
        bound_ms: finding.bound_ms,
        message: finding.message.clone(),
        help: finding.help.clone(),
        file: finding.place.file.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        function: finding.function.to_string(),
        accessor: finding.accessor.map(|it| it.name().to_owned()),
        chain: steps(&finding.chain, sources),
        other_chains: finding.other_chains.iter().map(|it| steps(it, sources)).collect(),
        entries: finding.entries,
        fingerprint: finding.fingerprint.clone(),
        fix: Fix { applicability: "manual".to_owned(), message: finding.help.clone(), edits: Vec::new(), docs },
    }
}

fn steps(chain: &[Step], sources: &Sources) -> Vec<StepItem> {
    let step = |it: &Step| {
        let (start, end) = sources.range(&it.place.file, it.place.span);
        StepItem {
            file: it.place.file.to_string(),
            line: start.line,
            column: start.column,
            function: it.function.to_string(),
            via: it.via.name().to_owned(),
            domain: it.domain.name().to_owned(),
            end: Some(Point { line: end.line, column: end.column }),
        }
    };
    chain.iter().map(step).collect()
}
