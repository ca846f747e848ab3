//! The programs of the rule pages and of `testdata/programs`, written otherwise: renamed, reordered, beside code that nobody runs. Their
//! findings stay what they were.

use crate::support::{all_programs, check, files, root};
use blocklint_testkit::{Found, Program, SourceText};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use syn::spanned::Spanned as _;

/// The program with every file's text changed.
fn changed(program: &Program, change: impl Fn(&SourceText) -> String) -> Program {
    let file = |it: &SourceText| SourceText { path: it.path.clone(), text: change(it) };
    Program { name: program.name.clone(), files: program.files.iter().map(file).collect() }
}

fn is(file: &SourceText, extension: &str) -> bool {
    Path::new(&file.path).extension().is_some_and(|it| it == extension)
}

/// What is found, by the text of the line instead of its number. Of several entries at the same distance the first one is shown:
/// the order decides which, so that only the number of steps and the last one are kept.
fn by_text(program: &Program) -> Vec<(String, Found)> {
    let line = |it: &Found| {
        let file = program.files.iter().find(|file| file.path == it.file).unwrap();
        file.text.lines().nth(it.line - 1).unwrap().trim().to_owned()
    };
    let steps = |it: &Found| vec![it.functions.len().to_string(), it.functions.last().cloned().unwrap_or_default()];
    let read = |it: Found| (line(&it), Found { line: 0, functions: steps(&it), ..it });
    let mut found: Vec<(String, Found)> = check(program).into_iter().map(read).collect();
    found.sort_by_key(|it| format!("{it:?}"));
    found
}

/// Holds every program against its change, and tells how many were changed at all.
fn stay(what: &str, change: impl Fn(&Program) -> Program, read: impl Fn(Vec<(String, Found)>) -> Vec<(String, Found)>) {
    let mut count = 0;
    let mut wrong = String::new();
    for program in all_programs() {
        let other = change(&program);
        count += usize::from(other != program);
        let (before, after) = (by_text(&program), read(by_text(&other)));
        if before != after {
            let lost: Vec<_> = before.iter().filter(|it| !after.contains(it)).collect();
            let new: Vec<_> = after.iter().filter(|it| !before.contains(it)).collect();
            let _ = write!(wrong, "{} {what}:\n  lost {lost:#?}\n  new {new:#?}\n", program.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 70, "only {count} programs were {what}");
}

#[test]
fn code_that_nobody_runs_changes_nothing() {
    let beside = |file: &SourceText| match file {
        it if is(it, "py") => "\n\ndef nobody_calls_this():\n    import time\n\n    time.sleep(1)\n",
        it if is(it, "rs") => {
            "\nfn nobody_calls_this() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n"
        }
        _ => "",
    };
    stay("beside dead code", |it| changed(it, |it| it.text.clone() + beside(it)), |it| it);
}

#[test]
fn the_order_of_definitions_changes_nothing() {
    let reordered = |file: &SourceText| match file {
        it if is(it, "py") => python_reversed(&it.text),
        it if is(it, "rs") => rust_reversed(&it.text),
        it => it.text.clone(),
    };
    stay("reordered", |it| changed(it, reordered), |it| it);
}

/// Neighbouring functions in reverse order; what runs while the module is imported stays where it is.
fn python_reversed(text: &str) -> String {
    let mut chunks: Vec<String> = Vec::new();
    let mut comments = String::new();
    let mut quoted = false;
    for line in text.lines() {
        let decorated = chunks.last().is_some_and(|it| it.lines().last().is_some_and(|it| it.starts_with('@')));
        let opens = !quoted && !decorated && line.starts_with(|it: char| !it.is_whitespace() && !"#)]}".contains(it));
        if opens {
            chunks.push(std::mem::take(&mut comments));
        } else if !quoted && (line.is_empty() || line.starts_with('#')) {
            comments.push_str(line);
            comments.push('\n');
            continue;
        }
        let last = chunks.last_mut();
        let text = std::mem::take(&mut comments) + line + "\n";
        quoted ^= line.matches("\"\"\"").count() % 2 == 1;
        match last {
            Some(last) => *last += &text,
            None => chunks.push(text),
        }
    }
    chunks.push(comments);
    let function = |it: &String| {
        let head = it.trim_start_matches('\n').lines().find(|it| !it.starts_with('#')).unwrap_or_default();
        head.starts_with("def ") || head.starts_with("async def ")
    };
    // Of two functions with one name, the later one is meant.
    let name = |it: &String| it.split_once("def ").and_then(|it| it.1.split_once('(')).map(|it| it.0.to_owned());
    let groups = chunks.chunk_by(|one, other| function(one) && function(other));
    let reversed = groups.flat_map(|group| {
        let names: BTreeSet<Option<String>> = group.iter().map(name).collect();
        let mut group = group.to_vec();
        if names.len() == group.len() {
            group.reverse();
        }
        group
    });
    reversed.collect()
}

/// Functions, types and implementations in reverse order. Macros are known from where they stand on.
fn rust_reversed(text: &str) -> String {
    let Ok(parsed) = syn::parse_file(text) else { return text.to_owned() };
    if parsed.items.iter().any(|it| matches!(it, syn::Item::Macro(_))) {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.lines().collect();
    let first = parsed.items.first().map_or(0, |it| it.span().start().line - 1);
    let mut start = first;
    let mut chunks: Vec<(bool, Vec<&str>)> = Vec::new();
    for item in &parsed.items {
        let end = item.span().end().line;
        if end <= start {
            return text.to_owned();
        }
        let moves = !matches!(item, syn::Item::Use(_) | syn::Item::Mod(_) | syn::Item::ExternCrate(_));
        chunks.push((moves, lines[start..end].to_vec()));
        start = end;
    }
    let mut reversed: Vec<Vec<&str>> = chunks.iter().filter(|it| it.0).map(|it| it.1.clone()).collect();
    let mut out: Vec<&str> = lines[..first].to_vec();
    for (moves, chunk) in chunks {
        out.extend(if moves { reversed.pop().unwrap() } else { chunk });
    }
    out.extend(&lines[start..]);
    out.join("\n") + "\n"
}

const RENAMED: &str = "_otherwise";

#[test]
fn names_change_nothing() {
    let known: BTreeSet<String> = files(&root().join("rules/apis"), &["toml"])
        .iter()
        .flat_map(|it| words(&std::fs::read_to_string(it).unwrap()).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let renamed = |program: &Program| {
        let names = own_names(program, &known);
        changed(program, |it| rename(&it.text, &names))
    };
    let back = |mut found: Vec<(String, Found)>| {
        for (line, found) in &mut found {
            *line = line.replace(RENAMED, "");
            found.api = found.api.replace(RENAMED, "");
            found.functions.iter_mut().for_each(|it| *it = it.replace(RENAMED, ""));
        }
        // Of two names one of which begins with the other, the longer one may come first under its new name.
        found.sort_by_key(|it| format!("{it:?}"));
        found
    };
    stay("renamed", renamed, back);
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}

/// The functions and types that a program defines under names of its own choice.
fn own_names<'p>(program: &'p Program, known: &BTreeSet<String>) -> BTreeSet<&'p str> {
    let mut names = BTreeSet::new();
    let mut others: BTreeSet<&str> = program.files.iter().flat_map(|it| words(&it.path)).collect();
    for file in &program.files {
        let mut before = "";
        for word in words(&file.text) {
            if ["def", "class", "fn", "struct", "trait"].contains(&before) {
                names.insert(word);
            }
            before = word;
        }
        // A trait of somebody else names its methods.
        for block in
            file.text.split("\nimpl").skip(1).filter(|it| it.lines().next().is_some_and(|it| it.contains(" for ")))
        {
            let block = block.split("\n}").next().unwrap_or_default();
            others.extend(block.split("fn ").skip(1).filter_map(|it| words(it).next()));
        }
        if is(file, "toml") {
            others.extend(words(&file.text));
        }
    }
    names.retain(|it| !known.contains(*it) && !others.contains(it) && !it.starts_with('_') && it.len() > 3);
    names
}

fn rename(text: &str, names: &BTreeSet<&str>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|it: char| it.is_alphanumeric() || it == '_') {
        let word = words(&rest[start..]).next().unwrap_or_default();
        out += &rest[..start + word.len()];
        if names.contains(word) {
            out += RENAMED;
        }
        rest = &rest[start + word.len()..];
    }
    out + rest
}
