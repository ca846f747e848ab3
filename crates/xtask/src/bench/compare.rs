//! This tool beside others, on real releases.

use super::measure::{Contender, Sample, medians, once};
use super::page::{machine, version};
use super::sources::{Set, Size, files, size};
use super::{Work, tools};
use anyhow::{Context as _, Result, ensure};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Of every so many files, flake8 gets one: it would need an hour for all of them.
const FLAKE8_SHARE: usize = 20;

/// What a workspace of these crates would have checked, and what of it clippy looks at.
const DIRECT: &str = "blocklint, cold, without the dependencies of these crates";

/// What clippy compiles, this reads.
const WITH_DEPENDENCIES: &str = "blocklint, cold, following calls into the dependencies";

/// Measures the sets and returns the tables.
pub(super) fn run(work: &Work, runs: usize, only: &[Set]) -> Result<String> {
    let mut out = format!("Medians of {runs} runs, taken in turns, on {}. ", machine());
    let (cargo, rustc) = (version(Path::new("cargo"), &["clippy", "--version"]), rustc());
    let _ = writeln!(out, "{}, {}, {cargo}, {rustc}.", version(&work.binary, &["version"]), tools::versions());
    for set in Set::ALL.into_iter().filter(|it| only.is_empty() || only.contains(it)) {
        let sources = set.fetch(&work.root, &work.folder)?;
        println!("{}", set.title());
        out += &if set.is_python() { python(work, runs, set, &sources)? } else { rust(work, runs, set, &sources)? };
    }
    Ok(out)
}

fn rustc() -> String {
    version(Path::new("rustc"), &["--version"])
}

fn python(work: &Work, runs: usize, set: Set, sources: &Path) -> Result<String> {
    let tools = tools::install(&work.folder)?;
    let whole = size(sources, "py")?;
    let part = subset(work, set, sources)?;
    let part_size = size(&part, "py")?;
    let ruff = || {
        let mut ruff = Command::new(tools.join("ruff"));
        ruff.args(["check", "--isolated", "--no-cache", "--quiet", "--select", "ASYNC", "."]).current_dir(sources);
        ruff
    };
    let flake8 = || {
        let mut flake8 = Command::new(tools.join("flake8"));
        flake8.args(["--isolated", "--select", "ASYNC", "."]).current_dir(&part);
        flake8
    };
    let kept = Kept::new(work, set, sources)?;
    let mut contenders = kept.contenders(work, sources);
    contenders.push(Contender::new("ruff, ASYNC rules", ruff));
    let mut rows = medians(&contenders, runs)?;
    let titles: Vec<String> = contenders.into_iter().map(|it| it.title).collect();
    rows.push(once(&mut flake8()).context("cannot run flake8")?);
    let share = format!("flake8-async, every {FLAKE8_SHARE}th file");
    let sizes = vec![whole; titles.len()].into_iter().chain([part_size]);
    let titles = titles.into_iter().chain([share]);
    Ok(table(set, whole, titles.zip(sizes).zip(rows)))
}

fn rust(work: &Work, runs: usize, set: Set, sources: &Path) -> Result<String> {
    let whole = size(sources, "rs")?;
    let kept = Kept::new(work, set, sources)?;
    let direct = set.direct(&work.root, sources)?;
    let mut contenders = kept.contenders(work, sources);
    if !direct.is_empty() {
        contenders.push(Contender::new(DIRECT, || check(work, sources, None, &direct)));
    }
    if set.is_application() {
        contenders.push(Contender::new(WITH_DEPENDENCIES, || {
            let mut check = check(work, sources, None, &direct);
            check.arg("--with-deps");
            check
        }));
    }
    let mut rows = medians(&contenders, runs)?;
    let mut titles: Vec<String> = contenders.into_iter().map(|it| it.title).collect();
    if let Some(manifest) = set.linted(&work.root, sources) {
        // Once: it takes longer than everything else together.
        let target = work.folder.join("clippy");
        let _ = fs::remove_dir_all(&target);
        let mut clippy = Command::new("cargo");
        clippy.args(["clippy", "--quiet", "--locked", "--offline", "--manifest-path"]).arg(manifest);
        clippy.arg("--target-dir").arg(&target).args(["--", "--cap-lints", "warn"]);
        rows.push(once(&mut clippy).context("cannot run clippy")?);
        titles.push("clippy, from clean, once".to_owned());
    }
    Ok(table(set, whole, titles.into_iter().map(|it| (it, whole)).zip(rows)))
}

/// Every so many of the files, where they stand.
fn subset(work: &Work, set: Set, sources: &Path) -> Result<PathBuf> {
    let part = work.folder.join("parts").join(format!("{set:?}").to_lowercase());
    if !part.is_dir() {
        for file in files(sources, "py")?.iter().step_by(FLAKE8_SHARE) {
            let to = part.join(file.strip_prefix(sources)?);
            fs::create_dir_all(to.parent().context("a file stands in a folder")?)?;
            fs::copy(file, to)?;
        }
    }
    Ok(part)
}

/// A copy of the sources that one file is edited in, and the caches of both.
struct Kept {
    cache: PathBuf,
    edited: PathBuf,
    edited_cache: PathBuf,
    file: PathBuf,
}

impl Kept {
    fn new(work: &Work, set: Set, sources: &Path) -> Result<Self> {
        let folder = work.folder.join("edited").join(format!("{set:?}").to_lowercase());
        let (edited, cache, edited_cache) = (folder.join("sources"), folder.join("cache"), folder.join("edited-cache"));
        if !edited.is_dir() {
            crate::corpus::copy(sources, &edited)?;
        }
        let ending = if set.is_python() { "py" } else { "rs" };
        let all = files(&edited, ending)?;
        let file = all.get(all.len() / 2).context("there is no file to edit")?.clone();
        // Fills the caches.
        once(&mut check(work, sources, Some(&cache), &[]))?;
        once(&mut check(work, &edited, Some(&edited_cache), &[]))?;
        Ok(Self { cache, edited, edited_cache, file })
    }

    fn contenders<'a>(&'a self, work: &'a Work, sources: &'a Path) -> Vec<Contender<'a>> {
        let python = self.file.extension().is_some_and(|it| it == "py");
        let comment = move |_| if python { "# edited\n".to_owned() } else { "// edited\n".to_owned() };
        // Its name is new each time.
        let function = move |at: usize| {
            if python { format!("def edited_{at}():\n    pass\n") } else { format!("fn edited_{at}() {{}}\n") }
        };
        vec![
            Contender::new("blocklint, cold", || check(work, sources, None, &[])),
            Contender::new("blocklint, nothing changed", || check(work, sources, Some(&self.cache), &[])),
            self.edited("blocklint, a comment added to one file", work, comment),
            self.edited("blocklint, a function added to one file", work, function),
        ]
    }

    /// A check after something was added at the end of the file; what, hangs on how long that is.
    fn edited<'a>(&'a self, title: &str, work: &'a Work, added: impl Fn(usize) -> String + 'a) -> Contender<'a> {
        let edit = move || {
            let text = fs::read_to_string(&self.file)?;
            ensure!(text.len() < 1 << 24, "{} was edited too often", self.file.display());
            let added = added(text.len());
            Ok(fs::write(&self.file, format!("{text}{added}"))?)
        };
        Contender::new(title, || check(work, &self.edited, Some(&self.edited_cache), &[])).prepared(edit)
    }
}

/// Checks some paths in the sources, or all of them.
fn check(work: &Work, sources: &Path, cache: Option<&Path>, paths: &[PathBuf]) -> Command {
    let mut check = Command::new(&work.binary);
    check.args(["check", "--isolated", "--quiet"]).current_dir(sources);
    match cache {
        Some(cache) => check.arg("--cache-dir").arg(cache),
        None => check.arg("--no-cache"),
    };
    let whole = [PathBuf::from(".")];
    check.args(if paths.is_empty() { &whole } else { paths });
    check
}

/// One row for each tool. What is compared is time by line, as not all of them read everything.
fn table(set: Set, whole: Size, rows: impl Iterator<Item = ((String, Size), Sample)>) -> String {
    let megabytes = whole.bytes / 1e6;
    let mut out = format!(
        "\n### {}\n\n{} files, {} thousand lines, {megabytes:.1} MB.\n\n",
        set.title(),
        whole.files,
        whole.lines / 1000
    );
    out += "| | wall s | CPU s | peak MB | MB/s of one core | time by line |\n|---|--:|--:|--:|--:|--:|\n";
    let mut cold = None;
    for ((title, size), sample) in rows {
        let by_line = sample.wall / f64::from(size.lines.max(1));
        let ratio = by_line / *cold.get_or_insert(by_line);
        let Sample { wall, cpu, peak } = sample;
        let speed = size.bytes / 1e6 / cpu;
        let (wall, cpu) = (seconds(wall), seconds(cpu));
        let _ = writeln!(out, "| {title} | {wall} | {cpu} | {peak:.0} | {speed:.1} | {ratio:.2}× |");
    }
    out
}

/// As many digits as say something.
fn seconds(of: f64) -> String {
    if of < 0.1 { format!("{of:.3}") } else { format!("{of:.2}") }
}
