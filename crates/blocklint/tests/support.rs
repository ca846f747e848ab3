//! One way to check a program, shared by the other modules. Only this calls the API.

use blocklint::{Options, Profile, check_sources};
use blocklint_catalog::Catalog;
use blocklint_report::{Document, Item, Sources};
use blocklint_testkit::{Found, Program};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("cannot read {}: {err}", path.display()))
}

/// What the tool says of these texts.
pub(crate) fn document(files: &[(&str, &str)], profile: Profile) -> Document {
    document_with(files, &Options { require_reason: asks_for_reasons(files), ..options(profile) })
}

/// What the tool says of these texts when asked in this way.
pub(crate) fn document_with(files: &[(&str, &str)], options: &Options) -> Document {
    let analysis = check_sources(files, options);
    let text = |path: &str| files.iter().find(|it| it.0 == path).map(|it| it.1);
    let sources = Sources::collect(&analysis, text);
    Document::new(&analysis, &sources, "0.0.0", None)
}

/// What the command line would read in the program's configuration.
fn asks_for_reasons(files: &[(&str, &str)]) -> bool {
    let configuration = files.iter().find(|it| it.0 == "blocklint.toml").map(|it| it.1.parse::<toml::Table>().unwrap());
    configuration.is_some_and(|it| it.get("require-reason").and_then(toml::Value::as_bool) == Some(true))
}

/// The tool's own knowledge, in this profile.
pub(crate) fn options(profile: Profile) -> Options {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    Options::with(CATALOG.get_or_init(|| Arc::new(Catalog::builtin())).clone(), profile)
}

/// What the tool finds in a program, in the words of its markers.
pub(crate) fn check(program: &Program) -> Vec<Found> {
    document(&program.texts(), Profile::Strict).findings.into_iter().map(found).collect()
}

fn found(item: Item) -> Found {
    Found {
        file: item.file,
        line: item.line,
        code: item.code,
        severity: item.severity,
        functions: item.chain.into_iter().map(|it| it.function).collect(),
        api: item.api,
    }
}

/// Every rule's page: the file's stem and its text, by name.
pub(crate) fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = std::fs::read_dir(root().join("rules"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
        .map(|it| (it.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&it).unwrap()))
        .collect();
    pages.sort();
    pages
}

/// Every program of the rule pages and of `testdata/programs`.
pub(crate) fn all_programs() -> Vec<Program> {
    let mut all = Program::read_all(&root().join("testdata/programs")).unwrap();
    for (name, text) in pages() {
        all.extend(blocklint_testkit::examples(&name, &text));
    }
    all
}

/// Every file below a folder of the repository with one of these extensions, by path.
pub(crate) fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_symlink() || path.file_name().is_some_and(|it| it == "target") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| extensions.iter().any(|known| it == *known)) {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}
