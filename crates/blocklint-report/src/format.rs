//! The names of the output formats.

use std::str::FromStr;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Source lines with the chain below each finding.
    Full,
    /// One line a finding.
    Concise,
    /// One line a finding, under its file.
    Grouped,
    /// One document: see [`crate::FINDINGS_SCHEMA`].
    Json,
    /// One finding a line.
    JsonLines,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code Quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// Logging commands of Azure Pipelines.
    Azure,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Full,
        Self::Concise,
        Self::Grouped,
        Self::Json,
        Self::JsonLines,
        Self::Github,
        Self::Gitlab,
        Self::Sarif,
        Self::Junit,
        Self::Rdjson,
        Self::Azure,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Grouped => "grouped",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Azure => "azure",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|it| it.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|it| it.name()).collect();
            format!("unknown output format `{text}`; it is one of {}", names.join(", "))
        })
    }
}
