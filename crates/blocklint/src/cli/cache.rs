//! Where the cache is: the command line over the configuration over the project's top. And `blocklint clean`.

use super::args::{CleanArgs, ConfigArgs};
use super::settings::in_force;
use super::{CLEAN, complain, print};
use crate::cache::{self, Cache};
use crate::config::settings::Settings;
use crate::project::{Targets, top_of_project};
use anyhow::{Context as _, Result};
use std::io;
use std::path::{Path, PathBuf};

/// The cache for these targets, unless none is wanted.
pub(super) fn cache(
    none: bool,
    args: &ConfigArgs,
    settings: &Settings,
    targets: &Targets,
    cwd: &Path,
) -> Option<Cache> {
    (!none).then(|| Cache::new(top(args, settings, targets, cwd), &targets.root))
}

fn top(args: &ConfigArgs, settings: &Settings, targets: &Targets, cwd: &Path) -> PathBuf {
    let project = || if args.isolated { None } else { top_of_project(&targets.root) };
    // Without a project, or without configuration, a directory is only looked at: what is kept of it is kept here.
    settings.path("cache-dir").unwrap_or_else(|| project().unwrap_or_else(|| cwd.to_owned()).join(cache::NAME))
}

/// Says how much of the program was known, and what hindered keeping the rest.
pub(super) fn say_work(cache: &Cache, stored: io::Result<()>) {
    let work = cache.work();
    let top = cache.top().display();
    complain(&format!("parsed {} files, {} are known from the cache in {top}", work.parsed, work.reused));
    if let Err(err) = stored {
        complain(&format!("cannot write the cache in {top}: {err}"));
    }
}

/// Removes caches.
pub(super) fn clean(args: &CleanArgs, cwd: &Path) -> Result<u8> {
    for path in &args.paths {
        let (targets, settings) = in_force(std::slice::from_ref(path), &args.config, cwd)?;
        let top = top(&args.config, &settings, &targets, cwd);
        let any = cache::clean(&top).with_context(|| format!("cannot remove the cache in {}", top.display()))?;
        let what = if any { "removed the cache in" } else { "no cache in" };
        print(&format!("{what} {}\n", top.display()))?;
    }
    Ok(CLEAN)
}
