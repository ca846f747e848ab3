use std::fs::File;
use std::io::Result;
use walkdir::WalkDir;

pub async fn counts(root: &str) -> usize {
    WalkDir::new(root).into_iter().filter_map(|it| it.ok()).count() // hazard: counts > walkdir::IntoIter::filter_map()::count
}

// Nothing is read before something asks for an entry.
pub async fn prepares(root: String) -> Box<dyn Iterator<Item = walkdir::DirEntry> + Send> {
    Box::new(WalkDir::new(root).into_iter().filter_map(|it| it.ok()))
}

pub async fn packs(path: &str) -> Result<File> {
    let mut archive = tar::Builder::new(File::create(path)?); // hazard: packs > std::fs::File::create
    archive.append_dir_all("src", "src")?; // hazard: packs > tar::Builder::append_dir_all
    archive.into_inner() // hazard: packs > tar::Builder::into_inner
}

pub async fn packs_in_memory(header: &tar::Header, data: &[u8]) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    archive.append(header, data)?;
    archive.into_inner()
}
