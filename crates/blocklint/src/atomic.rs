//! Files that are whole or not there.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, io};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// Lets the writing of a file come to its end, and none begin. Whoever ends the process holds it to the last.
pub(crate) fn hold() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes beside the file and renames: a reader never sees half of it. Its folder is made when there is none.
pub(crate) fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let draft = file.with_file_name(name);
    if let Some(folder) = draft.parent() {
        fs::create_dir_all(folder)?;
    }
    let _whole = hold();
    // A script stays executable.
    let keep = || fs::metadata(file).map_or(Ok(()), |it| fs::set_permissions(&draft, it.permissions()));
    fs::write(&draft, text).and_then(|()| keep()).and_then(|()| fs::rename(&draft, file)).inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}
