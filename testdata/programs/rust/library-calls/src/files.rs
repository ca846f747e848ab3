//! Files that libraries read, watch, walk and lock.

use fs2::FileExt;
use notify::{RecursiveMode, Watcher};
use std::fs::File;
use std::path::Path;

pub async fn watch() -> notify::Result<()> {
    let mut watcher = notify::recommended_watcher(|_| std::thread::sleep(std::time::Duration::from_secs(1)))?;
    watcher.watch(Path::new("src"), RecursiveMode::Recursive)?; // hazard(note)[BL107]: watch > notify::RecommendedWatcher::watch
    watcher.watch(Path::new("Cargo.toml"), RecursiveMode::NonRecursive)
}

pub async fn lock(file: &File) {
    file.lock_exclusive().unwrap(); // hazard[BL106]: lock > std::fs::File::lock_exclusive
    file.try_lock_exclusive().unwrap();
}

pub async fn parse(file: File, text: &[u8]) {
    let _: serde_json::Value = serde_json::from_reader(std::io::BufReader::new(file)).unwrap(); // hazard(note)[BL107]: parse > serde_json::from_reader
    let _: serde_json::Value = serde_json::from_reader(text).unwrap();
}

pub async fn walk() {
    for _entry in jwalk::WalkDir::new(".").sort(true) {} // hazard[BL107]: walk > jwalk::WalkDir::next
    let _ = jwalk::WalkDir::new(".").sort(true);
}

pub async fn clone_repository() -> Result<(), Box<dyn std::error::Error>> {
    let mut clone = gix::prepare_clone("https://example.org/repository", "folder")?;
    let (mut checkout, _) = clone.fetch_then_checkout(gix::progress::Discard, &STOP)?; // hazard[BL102]: clone_repository > gix::clone::PrepareFetch::fetch_then_checkout
    checkout.main_worktree(gix::progress::Discard, &STOP)?; // hazard[BL107]: clone_repository > gix::clone::PrepareCheckout::main_worktree
    Ok(())
}

pub async fn templates() {
    let tera = tera::Tera::new("templates/**").unwrap(); // hazard(note)[BL107]: templates > tera::Tera::new
    tera.render("index.html", &tera::Context::new()).unwrap();
}
