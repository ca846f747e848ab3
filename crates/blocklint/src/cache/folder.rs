//! The directory of a cache: `<top>/<build>/<program>/<kind>-<hash>`. Files are whole or not there, and are never changed, so that
//! runs at the same time do not disturb each other. What is old is removed by whoever writes.

use super::pack::{self, Pack};
use crate::atomic;
use crate::key::Key;
use crate::places::with_slashes;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};

/// The directory's name where nothing else was asked for.
pub(crate) const NAME: &str = ".blocklint_cache";

/// The tool that wrote an entry: its version, and a hash of what it was built from.
pub(crate) const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("BLOCKLINT_BUILD"));

/// How many hexadecimal digits end a build's name.
const BUILD_DIGITS: usize = 16;

/// Backup programs know this file, and leave out the directory that holds it.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# This directory holds what blocklint can work out again: `blocklint clean` removes it.\n";

/// Git leaves out all of it.
const IGNORED: &str = "# Made by blocklint.\n*\n";

/// What nobody wrote to for so long is removed.
const OLD: Duration = Duration::from_hours(24 * 30);

/// No write takes so long.
const ABANDONED: Duration = Duration::from_hours(1);

/// So many builds of the tool keep their entries.
const BUILDS: usize = 4;

/// Where one program's entries are.
#[derive(Debug)]
pub(super) struct Folder {
    top: PathBuf,
    program: PathBuf,
}

impl Folder {
    /// The place for the program below `root`, by where it lies as seen from the cache: both may move together.
    pub(super) fn new(top: PathBuf, root: &Path) -> Self {
        let project = top.parent().unwrap_or(&top);
        let name = Key::of(with_slashes(root.strip_prefix(project).unwrap_or(root)).as_bytes()).name();
        let program = top.join(BUILD).join(name);
        Self { top, program }
    }

    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    fn file(&self, kind: &str, key: &Key) -> PathBuf {
        self.program.join(format!("{kind}-{}", key.name()))
    }

    /// What was written under this key.
    pub(super) fn read(&self, kind: &str, key: &Key) -> Option<Vec<u8>> {
        fs::read(self.file(kind, key)).ok()
    }

    /// Every pack that can be read.
    pub(super) fn packs(&self) -> Vec<Pack> {
        let paths = self.of_kind(pack::PREFIX).into_iter();
        paths.filter_map(|it| Some(Pack::new(it.clone(), fs::read(it).ok()?))).collect()
    }

    fn of_kind(&self, kind: &str) -> Vec<PathBuf> {
        entries(&self.program).into_iter().filter(|it| has_prefix(it, kind)).collect()
    }

    /// Removes the oldest files of this kind, all but so many.
    pub(super) fn keep_newest(&self, kind: &str, count: usize) {
        Self::remove(self.by_age(kind).into_iter().skip(count));
    }

    /// What was written last of this kind comes first.
    pub(super) fn newest(&self, kind: &str) -> impl Iterator<Item = Vec<u8>> {
        self.by_age(kind).into_iter().filter_map(|it| fs::read(it).ok())
    }

    fn by_age(&self, kind: &str) -> Vec<PathBuf> {
        let mut files = self.of_kind(kind);
        files.sort_by_cached_key(|it| std::cmp::Reverse(written(it)));
        files
    }

    /// Writes a file of this kind, and removes what is old.
    pub(super) fn write(&self, kind: &str, key: &Key, bytes: &[u8]) -> io::Result<PathBuf> {
        self.prepare()?;
        let file = self.file(kind, key);
        atomic::replace(&file, bytes)?;
        // The disk's own clock: it is what entries are compared by.
        if let Ok(now) = fs::metadata(&file).and_then(|it| it.modified()) {
            prune(&self.top, now);
        }
        Ok(file)
    }

    /// Removes files that were replaced. Another run may have been faster.
    pub(super) fn remove(files: impl IntoIterator<Item = PathBuf>) {
        for file in files {
            let _ = fs::remove_file(file);
        }
    }

    fn prepare(&self) -> io::Result<()> {
        let made = !self.top.exists();
        fs::create_dir_all(&self.program)?;
        if made || (self.top.file_name() == Some(OsStr::new(NAME)) && !self.top.join("CACHEDIR.TAG").exists()) {
            atomic::replace(&self.top.join(".gitignore"), IGNORED.as_bytes())?;
            atomic::replace(&self.top.join("CACHEDIR.TAG"), TAG.as_bytes())?;
        }
        Ok(())
    }
}

/// Removes a cache, and nothing else that may lie in its directory; says whether there was one.
pub(crate) fn clean(top: &Path) -> io::Result<bool> {
    let mut any = false;
    for build in builds(top) {
        any |= remove_build(top, &build)?;
    }
    for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", IGNORED)] {
        let file = top.join(name);
        if fs::read(&file).is_ok_and(|it| it == text.as_bytes()) {
            fs::remove_file(file)?;
            any = true;
        }
    }
    // It stays where it holds something else.
    let _ = fs::remove_dir(top);
    Ok(any)
}

/// Another run may write there meanwhile, and will begin anew: what is emptied is a directory that it does not know. Says whether it
/// was still there.
fn remove_build(top: &Path, build: &Path) -> io::Result<bool> {
    let name = build.file_name().unwrap_or_default().to_string_lossy();
    let away = top.join(format!("{}-{name}", std::process::id()));
    let removed = match fs::rename(build, &away) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => fs::remove_dir_all(build),
        renamed => renamed.and_then(|()| fs::remove_dir_all(away)),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        removed => removed.map(|()| true),
    }
}

fn prune(top: &Path, now: SystemTime) {
    let old = |at: SystemTime| now.duration_since(at).is_ok_and(|it| it > OLD);
    let mut dated: Vec<(SystemTime, PathBuf)> = Vec::new();
    for build in builds(top) {
        let mut newest = SystemTime::UNIX_EPOCH;
        for program in entries(&build) {
            remove_drafts(&program, now);
            let written = last_write(&program);
            if old(written) {
                let _ = fs::remove_dir_all(program);
            } else {
                newest = newest.max(written);
            }
        }
        dated.push((newest, build));
    }
    dated.sort_unstable_by(|a, b| b.cmp(a));
    for (_, build) in dated.into_iter().skip(BUILDS) {
        let _ = fs::remove_dir_all(build);
    }
}

/// The directories in `top` that builds of the tool made.
fn builds(top: &Path) -> Vec<PathBuf> {
    let ours = |name: &str| {
        let digits = |it: &str| it.len() == BUILD_DIGITS && it.bytes().all(|it| it.is_ascii_hexdigit());
        name.starts_with(|it: char| it.is_ascii_digit()) && name.rsplit_once('-').is_some_and(|it| digits(it.1))
    };
    let named = |it: &PathBuf| it.file_name().and_then(OsStr::to_str).is_some_and(ours);
    entries(top).into_iter().filter(|it| named(it) && it.is_dir()).collect()
}

/// What runs that were killed in the middle of a write left.
fn remove_drafts(program: &Path, now: SystemTime) {
    for file in entries(program) {
        let abandoned = now.duration_since(written(&file)).is_ok_and(|it| it > ABANDONED);
        if abandoned && file.extension() == Some(OsStr::new("tmp")) {
            let _ = fs::remove_file(file);
        }
    }
}

/// When something was last put into a directory.
fn last_write(folder: &Path) -> SystemTime {
    entries(folder).iter().map(|it| written(it)).max().unwrap_or_else(|| written(folder))
}

fn written(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    out.sort();
    out
}

fn has_prefix(path: &Path, kind: &str) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).and_then(|it| it.strip_prefix(kind));
    // What an interrupted run left has another ending.
    name.is_some_and(|it| it.starts_with('-') && !it.contains('.'))
}
