//! `--stdin-filename`: a text in place of a file's, for editors and scripts that hold one which is not saved.

use super::args::{AnalysisArgs, CheckArgs};
use super::load::{Loaded, Spoken, load_any};
use crate::front::language_of;
use crate::limits::Limits;
use crate::places::{normal, with_slashes};
use crate::project::project_of;
use crate::summaries::Input;
use anyhow::{Context as _, Result, bail};
use std::io::Read as _;
use std::path::Path;

/// The project of a file, with what standard input says in it; nothing else of the project is reported. The file need not be there yet.
pub(super) fn load(file: &Path, args: &CheckArgs, cwd: &Path) -> Result<Loaded> {
    if args.paths.iter().any(|it| it != Path::new(".") && it != Path::new("-")) {
        bail!("`--stdin-filename` names the only file that is reported; leave the other paths out");
    }
    let path = normal(file, cwd);
    let Some(language) = language_of(&with_slashes(&path)) else {
        bail!("{} is neither Python nor Rust by its name", file.display());
    };
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    let mut loaded = around(&path, &args.analysis, Spoken::of(&args.output), cwd)?;
    let (text, problem) = Limits::of(&loaded.settings).text(&bytes, language);
    let Ok(below) = path.strip_prefix(&loaded.targets.root) else {
        bail!("{} is outside of the directory that is analysed", file.display());
    };
    let input = Input { path: with_slashes(below), text, reported: true, problem };
    loaded.inputs.retain(|it| it.path != input.path);
    loaded.inputs.iter_mut().for_each(|it| it.reported = false);
    let at = loaded.inputs.partition_point(|it| Path::new(&it.path) < Path::new(&input.path));
    loaded.inputs.insert(at, input);
    loaded.targets.reported = vec![path];
    loaded.ignore_again()?;
    Ok(loaded)
}

fn around(path: &Path, args: &AnalysisArgs, spoken: Spoken, cwd: &Path) -> Result<Loaded> {
    let folder = project_of(path).or_else(|| path.parent().map(Path::to_owned)).unwrap_or_else(|| cwd.to_owned());
    load_any(&[folder], args, spoken, cwd)
}
