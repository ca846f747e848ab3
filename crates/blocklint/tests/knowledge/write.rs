//! Programs as text: a path that a pattern matches, an expression that calls it, and the files around.

use blocklint_ir::Language;

/// A path that the pattern matches, wildcards written out.
pub(crate) fn instance(pattern: &str, language: Language) -> String {
    let separator = language.separator();
    let segments: Vec<String> = pattern
        .split(separator)
        .enumerate()
        .filter(|(at, it)| *it != "**" || *at + 1 == pattern.split(separator).count())
        .map(|(_, it)| if it == "**" { "thing".to_owned() } else { it.replace('*', "thing") })
        .collect();
    segments.join(separator)
}

/// The type that a path's owner is, by its name, and what stands behind it: what a type owns is called on an instance.
pub(crate) fn owner(path: &str, language: Language) -> Option<(&str, &str)> {
    let separator = language.separator();
    let ends = path.match_indices(separator).map(|it| it.0);
    let before_calls = ends.take_while(|&end| !path[..end].contains('('));
    let types = before_calls.filter(|&end| {
        let last = path[..end].rsplit(separator).next().unwrap_or_default();
        last.starts_with(|it: char| it.is_uppercase())
    });
    types.last().map(|end| (&path[..end], &path[end + separator.len()..]))
}

/// The callee for a path, in a function that has [`parameter`].
pub(crate) fn callee(path: &str, language: Language) -> String {
    let path = path.strip_prefix("builtins.").unwrap_or(path);
    match owner(path, language) {
        Some((_, rest)) => format!("x.{}", rest.replace(language.separator(), ".")),
        // What is behind a call is a method of what the call gives.
        None => path.replace("()::", "()."),
    }
}

/// The parameter of a function that calls a path.
pub(crate) fn parameter(path: &str, language: Language) -> String {
    match (owner(path, language), language) {
        (None, _) => String::new(),
        (Some((owner, _)), Language::Python) => format!("x: \"{owner}\", "),
        (Some((owner, _)), Language::Rust) => format!("x: {owner}, "),
    }
}

/// The module or crate that a path begins with.
pub(crate) fn root(path: &str, language: Language) -> &str {
    let first = path.split(language.separator()).next().unwrap_or(path);
    first.trim_end_matches("()")
}

/// The imports that a path needs; a built-in name needs none.
pub(crate) fn import(path: &str, language: Language) -> String {
    match language {
        Language::Python if !path.starts_with("builtins.") => {
            format!("import {}\n", root(path, language))
        }
        _ => String::new(),
    }
}

/// The manifest of a crate that depends on these.
pub(crate) fn manifest(roots: &[&str]) -> (String, String) {
    let mut roots: Vec<&str> = roots.iter().copied().filter(|it| !["std", "core", "alloc"].contains(it)).collect();
    roots.sort_unstable();
    roots.dedup();
    let dependencies: Vec<String> = roots.iter().map(|it| format!("{it} = \"1\"\n")).collect();
    let package = "[package]\nname = \"example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n";
    ("Cargo.toml".to_owned(), format!("{package}{}", dependencies.concat()))
}

/// The file of an entry's programs.
pub(crate) fn file(number: usize, language: Language) -> String {
    match language {
        Language::Python => format!("entry_{number}.py"),
        Language::Rust => format!("src/entry_{number}.rs"),
    }
}

/// The files of a Rust crate, its root and manifest with them.
pub(crate) fn crate_of(mut files: Vec<(String, String)>, roots: &[&str]) -> Vec<(String, String)> {
    let modules: Vec<String> = files
        .iter()
        .filter_map(|it| it.0.strip_prefix("src/")?.strip_suffix(".rs").map(|it| format!("mod {it};\n")))
        .collect();
    files.push(("src/lib.rs".to_owned(), modules.concat()));
    files.push(manifest(roots));
    files
}
