//! What changes on the disk, as far as it matters to a check. Knows no program: it is asked which files belong to one.

use crate::front::is_manifest;
use crate::language_of;
use crate::places::with_slashes;
use crate::walk::holds_no_source;
use anyhow::{Context as _, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Editors save in several steps, and version control changes many files: it is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(80);

/// What to look at again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The texts of these files of the program.
    Files(BTreeSet<PathBuf>),
    /// Which files there are, or what is in force.
    Everything,
}

/// Tells what changes in the folders that it follows.
pub(super) struct Changes {
    watcher: RecommendedWatcher,
    receiver: Receiver<notify::Result<Event>>,
    followed: BTreeSet<PathBuf>,
}

impl Changes {
    /// Follows these folders.
    pub(super) fn watch(folders: &BTreeSet<PathBuf>) -> Result<Self> {
        let (sender, receiver) = channel();
        let watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        let mut changes = Self { watcher, receiver, followed: BTreeSet::new() };
        changes.follow(folders)?;
        Ok(changes)
    }

    /// Follows these folders instead.
    pub(super) fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> Result<()> {
        for gone in self.followed.difference(folders) {
            // Its watch went with it, more often than not.
            let _ = self.watcher.unwatch(gone);
        }
        // Elsewhere than on Linux a watch for each folder costs more than one for the tree, with what has to be passed over in it.
        let (mode, tops) = if cfg!(target_os = "linux") {
            (RecursiveMode::NonRecursive, folders.clone())
        } else {
            (RecursiveMode::Recursive, outermost(folders))
        };
        for new in tops.iter().filter(|it| !self.followed.contains(*it)) {
            if let Err(err) = self.watcher.watch(new, mode)
                && new.is_dir()
            {
                let remedy = match err.kind {
                    notify::ErrorKind::MaxFilesWatch => "; raise the limit fs.inotify.max_user_watches",
                    _ => "",
                };
                return Err(err).with_context(|| format!("cannot watch {}{remedy}", new.display()));
            }
        }
        self.followed.clone_from(folders);
        Ok(())
    }

    /// Waits until something matters.
    pub(super) fn next(&self, known: &dyn Fn(&Path) -> bool) -> Result<Change> {
        let mut change: Option<Change> = None;
        loop {
            let event = if change.is_some() {
                match self.receiver.recv_timeout(QUIET) {
                    Ok(event) => event,
                    Err(_) => return Ok(change.unwrap_or(Change::Everything)),
                }
            } else {
                self.receiver.recv().context("nobody tells of changes any more")?
            };
            // An error means that something was missed.
            let found = event.map_or(Some(Change::Everything), |it| of_event(&it, known));
            change = match (change, found) {
                (Some(Change::Files(mut all)), Some(Change::Files(more))) => {
                    all.extend(more);
                    Some(Change::Files(all))
                }
                (Some(_), Some(_)) => Some(Change::Everything),
                (before, found) => found.or(before),
            };
        }
    }
}

fn outermost(folders: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    folders.iter().filter(|it| !it.ancestors().skip(1).any(|above| folders.contains(above))).cloned().collect()
}

/// What an event means; `None` when it is nothing to a check.
fn of_event(event: &Event, known: &dyn Fn(&Path) -> bool) -> Option<Change> {
    if event.need_rescan() {
        return Some(Change::Everything);
    }
    // Whoever reads a file is no reason to read it again.
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let mut files = BTreeSet::new();
    for path in &event.paths {
        if known(path) && path.is_file() {
            files.insert(path.clone());
        } else if known(path) || matters(path, event.kind) {
            return Some(Change::Everything);
        }
    }
    Some(Change::Files(files)).filter(|it| *it != Change::Files(BTreeSet::new()))
}

/// Whether a path that is no file of the program may change what the program is, or what is asked of it.
fn matters(path: &Path, kind: EventKind) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    if matches!(name, ".gitignore" | ".ignore" | crate::baseline::FILE) {
        return true;
    }
    // Tables and configurations.
    let toml = path.extension().is_some_and(|it| it == "toml");
    if path.ancestors().any(holds_no_source) || (name.starts_with('.') && !toml) {
        return false;
    }
    let text = with_slashes(path);
    let read = language_of(&text).is_some() || is_manifest(&text) || toml;
    let comes_or_goes = matches!(
        kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_))
    );
    // What is gone may have been a folder.
    read || (comes_or_goes && (path.is_dir() || (!path.exists() && path.extension().is_none())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, DataChange, ModifyKind, RemoveKind};

    fn check(kind: EventKind, path: &str, expected: Option<&Change>) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/blocklint/src");
        let event = Event::new(kind).add_path(root.join(path));
        let found = of_event(&event, &|it| it.ends_with("lib.rs") || it.ends_with("gone.rs"));
        assert_eq!(found.as_ref(), expected, "{path}");
    }

    #[test]
    fn only_what_a_check_reads_counts() {
        let edit = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/blocklint/src/lib.rs");
        let edited = Change::Files([lib].into());
        check(edit, "lib.rs", Some(&edited));
        check(EventKind::Access(AccessKind::Any), "lib.rs", None);
        // It was saved by being replaced, or it is gone.
        check(EventKind::Create(CreateKind::File), "lib.rs", Some(&edited));
        check(EventKind::Remove(RemoveKind::File), "gone.rs", Some(&Change::Everything));
        check(EventKind::Create(CreateKind::File), "new.py", Some(&Change::Everything));
        check(EventKind::Create(CreateKind::Folder), "cli", Some(&Change::Everything));
        check(edit, "Cargo.toml", Some(&Change::Everything));
        check(edit, ".blocklint.toml", Some(&Change::Everything));
        check(edit, ".gitignore", Some(&Change::Everything));
        check(EventKind::Create(CreateKind::Folder), ".blocklint_cache", None);
        check(EventKind::Create(CreateKind::File), "out.sarif", None);
        check(EventKind::Create(CreateKind::File), ".lib.rs.swp", None);
        check(edit, "node_modules/a/b.py", None);
    }
}
