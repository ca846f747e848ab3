//! What is asked for, in the words of the command line and the configuration.

use blocklint_catalog::Catalog;
use blocklint_engine::finding::{Confidence, Severity, Summary};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// How much is shown; each is wider than the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Deadlocks and stalls of which the tool is sure.
    #[default]
    Default,
    /// Bounded local work too: small files, hashes, first uses.
    Strict,
    /// What was matched by name alone too, small work that only tests do, and accessors that block without a caller that was seen.
    Pedantic,
}

impl Profile {
    /// The least severity shown.
    pub fn min_severity(self) -> Severity {
        if self == Self::Default { Severity::Warning } else { Severity::Note }
    }

    /// The least confidence shown.
    pub fn min_confidence(self) -> Confidence {
        if self == Self::Pedantic { Confidence::Possible } else { Confidence::Likely }
    }

    /// The profile with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Default, Self::Strict, Self::Pedantic].into_iter().find(|it| it.name() == name)
    }

    /// The word used in configurations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Strict => "strict",
            Self::Pedantic => "pedantic",
        }
    }
}

/// Everything that decides what is found and what of it is reported.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is known about libraries.
    pub catalog: Arc<Catalog>,
    /// The profile.
    pub profile: Profile,
    /// Overrides the profile's.
    pub min_severity: Option<Severity>,
    /// Overrides the profile's.
    pub min_confidence: Option<Confidence>,
    /// Codes to report; `None`: all.
    pub selected: Option<BTreeSet<String>>,
    /// Every chain and not only five others.
    pub all_chains: bool,
    /// Comments that silence findings must say why.
    pub require_reason: bool,
    /// Waits that are known to be shorter than this, in milliseconds, are notes.
    pub threshold_ms: u64,
    /// Codes that are ignored in a file, by its path below the root.
    pub ignored: BTreeMap<String, BTreeSet<String>>,
    /// Codes that are reported whatever the profile says of their severity and confidence.
    pub extended: BTreeSet<String>,
    /// Read the sources of the libraries that the program uses, and report nothing in them.
    pub with_deps: bool,
    /// The virtual environment that holds the Python libraries; `None`: the one that is found beside the program.
    pub python_env: Option<PathBuf>,
    /// The directory that holds the sources of crates; `None`: cargo's own.
    pub crate_sources: Option<PathBuf>,
}

impl Options {
    /// What the tool knows by itself, in this profile.
    pub fn new(profile: Profile) -> Self {
        Self::with(Arc::new(Catalog::builtin()), profile)
    }

    /// What this catalogue knows, in this profile. Reading the tables takes longer than checking a small program.
    pub fn with(catalog: Arc<Catalog>, profile: Profile) -> Self {
        Self {
            catalog,
            profile,
            min_severity: None,
            min_confidence: None,
            selected: None,
            all_chains: false,
            require_reason: false,
            threshold_ms: 0,
            ignored: BTreeMap::new(),
            extended: BTreeSet::new(),
            with_deps: false,
            python_env: None,
            crate_sources: None,
        }
    }

    /// The option that shows more of what a run left out; `None` where no profile does.
    pub fn wider(&self, left_out: &Summary) -> Option<&'static str> {
        let more = self.min_severity.is_none() && left_out.hidden_notes > 0;
        let unsure = self.min_confidence.is_none() && left_out.hidden_unsure > 0;
        match self.profile {
            Profile::Default if more => Some("--profile strict"),
            Profile::Default | Profile::Strict if unsure => Some("--profile pedantic"),
            _ => None,
        }
    }

    /// The same in the engine's words.
    pub(crate) fn engine(&self) -> blocklint_engine::Options {
        blocklint_engine::Options {
            all_chains: self.all_chains,
            min_severity: self.min_severity.unwrap_or(self.profile.min_severity()),
            min_confidence: self.min_confidence.unwrap_or(self.profile.min_confidence()),
            uncalled_accessors: self.profile == Profile::Pedantic,
            small_in_tests: self.profile == Profile::Pedantic,
            selected: self.selected.clone(),
            require_reason: self.require_reason,
            threshold_ms: self.threshold_ms,
            ignored: self.ignored.clone(),
            extended: self.extended.clone(),
        }
    }
}
