//! What is in force for a run, and what is known under it: options over variables over the configuration over the profile.

use super::args::{ConfigArgs, OwnArgs};
use crate::config::flags::Flags;
use crate::config::own::Own;
use crate::config::settings::Settings;
use crate::config::{Configuration, Reader};
use crate::options::{Options, Profile};
use crate::places::normal;
use crate::project::{Targets, targets};
use crate::summaries::Input;
use anyhow::{Result, anyhow, bail};
use blocklint_catalog::{Catalog, Rules};
use blocklint_engine::finding::{Confidence, Severity};
use ignore::gitignore::GitignoreBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is in force for a project, whose configuration is looked for from `root` upwards.
pub(super) fn settings(args: &ConfigArgs, root: &Path, cwd: &Path) -> Result<Settings> {
    let configurations = configurations((args.isolated, &args.config), root, cwd)?;
    Ok(Settings::new(args.flags.layers(cwd), configurations))
}

/// The configuration is found from the paths, and may say what is analysed instead of them.
pub(super) fn in_force(paths: &[PathBuf], args: &ConfigArgs, cwd: &Path) -> Result<(Targets, Settings)> {
    let found = targets(paths, None, cwd).map_err(|it| anyhow!(it))?;
    let settings = settings(args, &found.root, cwd)?;
    let Some(root) = settings.path("root") else { return Ok((found, settings)) };
    Ok((targets(paths, Some(&root), cwd).map_err(|it| anyhow!(it))?, settings))
}

/// The rules that exist here, users' own among them.
pub(super) fn rules(args: &OwnArgs, cwd: &Path) -> Result<Rules> {
    let configurations = configurations((args.isolated, &args.config), cwd, cwd)?;
    let settings = Settings::new(Flags::default().layers(cwd), configurations);
    own(&settings, cwd)?.rules().map_err(|it| anyhow!(it))
}

/// Users' own tables and pages.
pub(super) fn own(settings: &Settings, cwd: &Path) -> Result<Own> {
    Own::read(settings, cwd).map_err(|it| anyhow!(it))
}

/// The strongest first: what `--config` sets, the file that counts, what they extend.
fn configurations((isolated, said): (bool, &[String]), root: &Path, cwd: &Path) -> Result<Vec<Configuration>> {
    let reader = Reader { cwd };
    let (inline, files): (Vec<&String>, Vec<&String>) = said
        .iter()
        .filter(|it| !it.is_empty())
        .partition(|it| it.contains('=') && !normal(Path::new(it), cwd).is_file());
    let read = || match files[..] {
        [] if isolated => Ok(Vec::new()),
        [] => reader.closest(root),
        [file] if !isolated => reader.named(Path::new(file)),
        [_] => Err("`--isolated` reads no configuration file, and `--config` names one".to_owned()),
        [_, second, ..] => Err(format!("`--config` names a second configuration file: {second}")),
    };
    let mut files = read().map_err(|it| anyhow!(it))?;
    let (mut all, mut bases) = (Vec::new(), Vec::new());
    for text in inline.into_iter().rev() {
        let mut chain = reader.inline(text).map_err(|it| anyhow!(it))?.into_iter();
        all.extend(chain.next());
        bases.extend(chain);
    }
    all.append(&mut files);
    all.append(&mut bases);
    Ok(all)
}

/// What is in force, in the pipeline's words.
pub(crate) fn options(settings: &Settings, catalog: Catalog, rules: &Rules) -> Result<Options> {
    let profile = settings.text("profile").and_then(Profile::named).unwrap_or_default();
    let selection = settings.selection(rules).map_err(|it| anyhow!(it))?;
    Ok(Options {
        min_severity: settings.text("min-severity").and_then(Severity::named),
        min_confidence: settings.text("min-confidence").and_then(Confidence::named),
        selected: selection.selected,
        extended: selection.extended,
        require_reason: settings.flag("require-reason"),
        threshold_ms: settings.duration("threshold").unwrap_or(0),
        with_deps: settings.flag("with-deps"),
        python_env: settings.path("python-env"),
        crate_sources: settings.path("crate-sources"),
        ..Options::with(Arc::new(catalog), profile)
    })
}

/// The codes that `per-file-ignores` silences in each file.
pub(crate) fn ignored(
    settings: &Settings,
    rules: &Rules,
    root: &Path,
    inputs: &[Input],
) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut ignored: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (folder, pattern, codes) in settings.per_file(rules).map_err(|it| anyhow!(it))? {
        let (pattern, inverted) = pattern.strip_prefix('!').map_or((pattern, false), |it| (it, true));
        let mut builder = GitignoreBuilder::new(folder);
        if let Err(err) = builder.add_line(None, pattern) {
            bail!("bad pattern `{pattern}` in `per-file-ignores`: {err}");
        }
        let matcher = builder.build()?;
        for input in inputs {
            let path = root.join(&input.path);
            let matched = path.starts_with(folder) && matcher.matched_path_or_any_parents(&path, false).is_ignore();
            if matched != inverted {
                ignored.entry(input.path.clone()).or_default().extend(codes.iter().cloned());
            }
        }
    }
    Ok(ignored)
}
