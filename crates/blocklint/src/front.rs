//! Which front end reads which file. The only place that knows both.

use blocklint_engine::FileSummary;
use blocklint_ir::{Language, Module, Package, Placement};
use blocklint_rust::Declared;
use std::path::Path;

/// What names of source files end in.
pub(crate) const ENDINGS: [&str; 4] = ["py", "pyi", "pyw", "rs"];

/// The language of a source file, by its name.
pub fn language_of(path: &str) -> Option<Language> {
    match Path::new(path).extension()?.to_str()? {
        "py" | "pyi" | "pyw" => Some(Language::Python),
        "rs" => Some(Language::Rust),
        _ => None,
    }
}

/// Files that say what a project consists of.
pub(crate) fn is_manifest(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "Cargo.toml" | "pyproject.toml" | "setup.cfg")
}

/// Reads one file; `None` when no front end knows it.
pub(crate) fn lower(path: &str, text: &str) -> Option<Module> {
    Some(match language_of(path)? {
        Language::Python => blocklint_python::lower(path, text),
        Language::Rust => blocklint_rust::lower(path, text),
    })
}

/// How deep a text nests, as its front end sees it: an upper bound within a small factor.
pub(crate) fn nesting(language: Language, text: &str) -> usize {
    match language {
        Language::Python => blocklint_python::nesting(text),
        Language::Rust => blocklint_rust::nesting(text),
    }
}

/// The packages of the program and, for each file in order, its place in them.
pub(crate) fn layout(files: &[&FileSummary], manifests: &[(&str, &str)]) -> (Vec<Package>, Vec<Placement>) {
    let of = |language: Language| files.iter().copied().filter(move |it| it.module.language == language);
    let python_paths: Vec<&str> = of(Language::Python).map(|it| &*it.path).collect();
    let rust_files: Vec<Declared<'_>> = of(Language::Rust).map(|it| Declared::new(&it.path, &it.module)).collect();
    let rust_paths: Vec<&str> = rust_files.iter().map(|it| it.path).collect();

    let mut packages = blocklint_python::packages(manifests);
    let mut python = blocklint_python::place(&python_paths, &packages).into_iter();
    let rust_packages = blocklint_rust::packages(manifests, &rust_paths);
    let first_rust = packages.len();
    let rust = blocklint_rust::place(&rust_files, &rust_packages).into_iter();
    let mut rust = rust.map(|it| Placement { package: it.package.map(|at| at + first_rust), ..it });
    packages.extend(rust_packages);

    let mut next = |language| match language {
        Language::Python => python.next(),
        Language::Rust => rust.next(),
    };
    let placements = files.iter().map(|it| next(it.module.language).expect("each file is placed")).collect();
    (packages, placements)
}
