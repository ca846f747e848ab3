//! The same input gives the same bytes: with and without what earlier runs kept, in any order of directory entries, for any number of
//! threads, however the directory is called. `BLOCKLINT_CORPUS` names a folder with more programs.

use crate::command::{run, stdout};
use crate::support::{all_programs, files, options};
use blocklint::{Cache, Input, Profile, analyze_cached, language_of, summarize_one};
use blocklint_engine::finding::Analysis;
use blocklint_ir::{Language, Moves};
use blocklint_report::{Document, Sources};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every program there is, by name; each has its files' paths and texts.
fn programs() -> Vec<(String, Vec<(String, String)>)> {
    let texts = |it: blocklint_testkit::Program| it.files.into_iter().map(|it| (it.path, it.text)).collect();
    let mut all: Vec<_> = all_programs().into_iter().map(|it| (it.name.clone(), texts(it))).collect();
    for entry in std::env::var_os("BLOCKLINT_CORPUS").map(fs::read_dir).into_iter().flatten().flatten().flatten() {
        let read = |path: PathBuf| {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            (path.strip_prefix(entry.path()).unwrap().to_string_lossy().into_owned(), text)
        };
        let files = files(&entry.path(), &["py", "pyi", "rs", "toml"]).into_iter().map(read).collect();
        all.push((entry.file_name().to_string_lossy().into_owned(), files));
    }
    all
}

fn bytes(analysis: &Analysis, inputs: &[Input]) -> String {
    let sources =
        Sources::collect(analysis, |path| inputs.iter().find(|it| it.path == path).map(|it| it.text.as_str()));
    let document = Document::new(analysis, &sources, "0.0.0", None);
    serde_json::to_string(&document).unwrap()
}

/// The sources of a program, and its manifests.
fn inputs(files: &[(String, String)]) -> (Vec<Input>, Vec<(&str, &str)>) {
    let (sources, manifests): (Vec<_>, Vec<_>) = files.iter().partition(|it| language_of(&it.0).is_some());
    let input = |(path, text): &(String, String)| Input {
        path: path.clone(),
        text: text.clone(),
        reported: true,
        problem: None,
    };
    let manifests = manifests.into_iter().map(|it| (it.0.as_str(), it.1.as_str()));
    (sources.into_iter().map(input).collect(), manifests.collect())
}

/// The result as the user sees it, with this cache or none.
fn checked(inputs: &[Input], manifests: &[(&str, &str)], profile: Profile, cache: Option<&Cache>) -> String {
    let ran = analyze_cached(inputs, manifests, Path::new(""), &options(profile), cache).unwrap();
    ran.stored.unwrap();
    bytes(&ran.analysis, inputs)
}

#[test]
fn what_earlier_runs_kept_changes_nothing() {
    let kept = folder("determinism-cache");
    for (name, files) in programs() {
        let (inputs, manifests) = inputs(&files);
        let check = |profile, cache: Option<&Cache>| checked(&inputs, &manifests, profile, cache);
        let cache = || Cache::new(kept.clone(), Path::new(&name));
        let strict = check(Profile::Strict, None);
        assert_eq!(check(Profile::Strict, Some(&cache())), strict, "{name}: the first run");
        assert_eq!(check(Profile::Strict, Some(&cache())), strict, "{name}: the result");
        let pedantic = check(Profile::Pedantic, None);
        let warm = cache();
        assert_eq!(check(Profile::Pedantic, Some(&warm)), pedantic, "{name}: the summaries");
        assert_eq!((warm.work().parsed, warm.work().reused), (0, inputs.len()), "{name}");
    }
}

/// A comment above every definition at the top, and one that ends the file.
fn commented(input: &Input) -> Input {
    let mark = if input.language() == Some(Language::Rust) { "//" } else { "#" };
    let defines = |it: &str| {
        ["def ", "async def ", "class ", "fn ", "pub fn ", "struct ", "impl "].iter().any(|start| it.starts_with(start))
    };
    let mut text = String::new();
    let mut before = "";
    for line in input.text.lines() {
        // What stands under a comment or an attribute may be what that is about.
        if defines(line) && before.trim().is_empty() {
            let _ = writeln!(text, "{mark} What follows.\n");
        }
        let _ = writeln!(text, "{line}");
        before = line;
    }
    Input { text: format!("{text}{mark} The end.\n"), ..input.clone() }
}

#[test]
fn comments_move_what_was_found_and_change_nothing_else() {
    let kept = folder("determinism-comments");
    let (mut same, mut all) = (0, 0);
    for (name, files) in programs() {
        let (inputs, manifests) = inputs(&files);
        let edited: Vec<Input> = inputs.iter().map(commented).collect();
        for (old, new) in inputs.iter().zip(&edited) {
            let module = |it: &Input| summarize_one(it).unwrap().summary.module.clone();
            same += usize::from(Moves::between(&module(old), &module(new)).is_some());
            all += 1;
        }
        let check = |inputs: &[Input], cache: Option<&Cache>| checked(inputs, &manifests, Profile::Strict, cache);
        let cache = || Cache::new(kept.clone(), Path::new(&name));
        let before = check(&inputs, Some(&cache()));
        assert_eq!(check(&edited, Some(&cache())), check(&edited, None), "{name}: edited");
        assert_eq!(check(&inputs, Some(&cache())), before, "{name}: back again");
    }
    assert!(all > 300 && same * 20 > all * 19, "{same} of {all} files have the same facts");
}

/// Writes every program into a folder of its own, in this order.
fn unpack<'p>(top: &Path, programs: impl Iterator<Item = (usize, &'p (String, String))>) {
    for (at, (path, text)) in programs {
        let file = top.join(format!("p{at}")).join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

#[test]
fn neither_the_disk_nor_the_threads_nor_the_way_to_a_directory_can_be_seen() {
    let all = programs();
    let files: Vec<(usize, &(String, String))> =
        all.iter().enumerate().flat_map(|(at, it)| it.1.iter().map(move |it| (at, it))).collect();
    let (one, other) = (folder("determinism-forwards/code"), folder("determinism-backwards/code"));
    unpack(&one, files.iter().copied());
    unpack(&other, files.iter().rev().copied());
    let args = ["check", "--isolated", "--no-cache", "--profile", "strict", "--output-format", "json"];
    let check = |folder: &Path, path: &str| stdout(&run(folder, &[&args[..], &[path]].concat()));
    let expected = check(&one, ".");
    assert!(expected.len() > 10_000, "{expected}");
    assert_eq!(check(&other, "."), expected, "another order of directory entries");
    assert_eq!(check(&one, &one.to_string_lossy()), expected, "the absolute path");
    assert_eq!(check(&one, "../code/./"), expected, "a detour");
    for threads in ["1", "5"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
        command.args(args).current_dir(&one).env("RAYON_NUM_THREADS", threads);
        assert_eq!(stdout(&command.output().unwrap()), expected, "{threads} threads");
    }
}
