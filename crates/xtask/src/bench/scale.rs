//! How time and memory grow: bad call graphs of three sizes, and a release copied under other names.

use super::Work;
use super::graphs::{KINDS, Kind};
use super::measure::{Contender, Sample, medians};
use super::sources::Set;
use crate::corpus::copy;
use anyhow::Result;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How often the release is copied.
const COPIES: usize = 10;

/// Measures everything and returns the tables.
pub(super) fn run(work: &Work, runs: usize) -> Result<String> {
    let mut out =
        String::from("| graph | n | CPU s | peak MB | 2n | 4n | peak of 4n |\n|---|--:|--:|--:|--:|--:|--:|\n");
    for kind in &KINDS {
        let sizes = [kind.largest / 4, kind.largest / 2, kind.largest];
        let folders: Vec<PathBuf> = sizes.iter().map(|&size| program(work, kind, size)).collect::<Result<_>>()?;
        let samples = measure(work, &folders, runs)?;
        let [one, two, four] = *samples else { continue };
        let _ = writeln!(
            out,
            "| {} | {} | {:.2} | {:.0} | {:.1}× | {:.1}× | {:.1}× |",
            kind.name,
            sizes[0],
            one.cpu,
            one.peak,
            two.cpu / one.cpu,
            four.cpu / one.cpu,
            four.peak / one.peak
        );
    }
    let sources = Set::Litellm.fetch(&work.root, &work.folder)?;
    let samples = measure(work, &[sources.clone(), copies(work, &sources)?], runs)?;
    if let [one, many] = *samples {
        let _ = writeln!(
            out,
            "\n{}, {COPIES} times under other package names: {:.1}× the CPU time, {:.1}× the wall time, {:.1}× the memory.",
            Set::Litellm.title(),
            many.cpu / one.cpu,
            many.wall / one.wall,
            many.peak / one.peak
        );
    }
    Ok(out)
}

fn measure(work: &Work, folders: &[PathBuf], runs: usize) -> Result<Vec<Sample>> {
    let check = |folder: &Path| {
        let mut check = Command::new(&work.binary);
        check.args(["check", "--isolated", "--no-cache", "--quiet", "."]).current_dir(folder);
        check
    };
    let contenders: Vec<Contender<'_>> = folders
        .iter()
        .map(|it| Contender::new(it.file_name().map_or_else(String::new, |it| it.display().to_string()), || check(it)))
        .collect();
    medians(&contenders, runs)
}

fn program(work: &Work, kind: &Kind, size: usize) -> Result<PathBuf> {
    let name = kind.name.replace([',', ' '], "-").to_lowercase();
    let folder = work.folder.join("graphs").join(format!("{name}-{size}"));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(kind.file), (kind.text)(size))?;
    Ok(folder)
}

/// The release under several names, each of which imports itself by its own name.
fn copies(work: &Work, sources: &Path) -> Result<PathBuf> {
    let folder = work.folder.join("graphs/copies");
    if folder.is_dir() {
        return Ok(folder);
    }
    for number in 0..COPIES {
        let to = folder.join(format!("litellm_{number}"));
        copy(&sources.join("litellm"), &to)?;
        for file in super::sources::files(&to, "py")? {
            let text = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
            let renamed = text
                .replace("from litellm", &format!("from litellm_{number}"))
                .replace("import litellm", &format!("import litellm_{number} as litellm"));
            fs::write(&file, renamed)?;
        }
    }
    Ok(folder)
}
