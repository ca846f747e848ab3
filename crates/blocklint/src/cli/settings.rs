//! What is in force: the command line over the configuration over the profile.

use super::args::AnalysisArgs;
use super::complain;
use crate::config::{self, Config};
use crate::options::{Options, selected};
use crate::project::Targets;
use anyhow::{Context as _, Result, anyhow};
use blocklint_catalog::Rules;
use blocklint_engine::finding::{Confidence, Severity};

/// The configuration file that counts, or none.
pub(super) fn configuration(args: &AnalysisArgs, targets: &Targets, verbose: bool) -> Result<Config> {
    if args.isolated {
        return Ok(Config::default());
    }
    let found = match &args.config {
        Some(file) => {
            let config = config::read(file).map_err(|it| anyhow!(it))?;
            config.map(|it| (it, file.clone())).or_else(|| Some((Config::default(), file.clone())))
        }
        None => config::closest(&targets.root).map_err(|it| anyhow!(it))?,
    };
    let Some((config, file)) = found else { return Ok(Config::default()) };
    if verbose {
        complain(&format!("configuration: {}", file.display()));
    }
    Ok(config)
}

/// The command line is stronger than the configuration.
pub(super) fn options(args: &AnalysisArgs, config: &Config, rules: &Rules) -> Result<Options> {
    let asked = &args.rules;
    let mut options = Options::new(asked.profile.or(config.profile).unwrap_or_default())?;
    let named =
        |text: &Option<String>, what| text.as_ref().map(|it| format!("unknown {what} `{it}` in the configuration"));
    options.min_severity = match (asked.min_severity, &config.min_severity) {
        (None, Some(text)) => {
            Some(Severity::named(text).with_context(|| named(&config.min_severity, "severity").unwrap_or_default())?)
        }
        (given, _) => given,
    };
    options.min_confidence = match (asked.min_confidence, &config.min_confidence) {
        (None, Some(text)) => Some(
            Confidence::named(text).with_context(|| named(&config.min_confidence, "confidence").unwrap_or_default())?,
        ),
        (given, _) => given,
    };
    let select = if asked.select.is_empty() { &config.select } else { &asked.select };
    let ignore = [config.ignore.as_slice(), asked.ignore.as_slice()].concat();
    options.selected = selected(rules, select, &ignore).map_err(|it| anyhow!(it))?;
    options.all_chains = asked.all_chains;
    options.require_reason = asked.require_reason || config.require_reason;
    options.with_deps = args.libraries.with_deps || config.with_deps;
    options.python_env = args.libraries.python_env.clone().or_else(|| config.python_env.clone());
    options.crate_sources = args.libraries.crate_sources.clone().or_else(|| config.crate_sources.clone());
    Ok(options)
}
