//! What a check leaves for whoever reports it.

use crate::cache::Cache;
use crate::config::settings::Settings;
use crate::libraries::Libraries;
use crate::options::Options;
use crate::project::Targets;
use crate::summaries::Input;
use blocklint_catalog::Rules;
use blocklint_engine::finding::Analysis;

/// A run up to its findings, before a baseline takes any away.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) analysis: Analysis,
    pub(super) inputs: Vec<Input>,
    pub(super) manifests: Vec<(String, String)>,
    pub(super) libraries: Libraries,
    pub(super) targets: Targets,
    pub(super) settings: Settings,
    pub(super) options: Options,
    pub(super) rules: Rules,
    pub(super) cache: Option<Cache>,
}
