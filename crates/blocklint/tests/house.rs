//! The rules of the house that no lint holds.

use crate::support::{files, pages, read, root};
use blocklint_testkit::front_matter;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

fn sources() -> Vec<PathBuf> {
    let mut out = files(&root().join("crates"), &["rs"]);
    out.push(root().join("rules/lib.rs"));
    out
}

fn at(mut numbers: Vec<usize>, percent: usize) -> usize {
    numbers.sort_unstable();
    numbers[(numbers.len() - 1) * percent / 100]
}

#[test]
fn files_hold_one_idea() {
    let lengths: Vec<(usize, PathBuf)> = sources().into_iter().map(|it| (read(&it).lines().count(), it)).collect();
    for (lines, file) in &lengths {
        assert!(*lines <= 500, "{} has {lines} lines", file.display());
    }
    let lines: Vec<usize> = lengths.iter().map(|it| it.0).collect();
    assert!(at(lines.clone(), 50) <= 160, "half of the files are longer than {} lines", at(lines, 50));
    assert!(at(lines.clone(), 90) <= 350, "a tenth of the files is longer than {} lines", at(lines, 90));
}

fn lines(span: proc_macro2::Span) -> usize {
    span.end().line - span.start().line + 1
}

/// How many lines are the inside of a text, such as a snapshot: they are read as text, not as code.
fn texts(tokens: TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => texts(group.stream()),
        TokenTree::Literal(literal) => lines(literal.span()) - 1,
        _ => 0,
    };
    tokens.into_iter().map(inside).sum()
}

#[derive(Default)]
struct Functions(Vec<(usize, String)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, block: &syn::Block) {
        self.0.push((lines(block.span()) - texts(block.to_token_stream()), name.to_string()));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.add(&it.sig.ident, &it.block);
        visit::visit_item_fn(self, it);
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        self.add(&it.sig.ident, &it.block);
        visit::visit_impl_item_fn(self, it);
    }
}

#[test]
fn functions_fit_on_a_screen() {
    let (mut lengths, mut long) = (Vec::new(), String::new());
    for file in sources() {
        let parsed = syn::parse_file(&read(&file)).unwrap_or_else(|err| panic!("{}: {err}", file.display()));
        let mut functions = Functions::default();
        functions.visit_file(&parsed);
        for (lines, name) in functions.0 {
            if lines > 60 {
                let _ = writeln!(long, "{}: {name} has {lines} lines", file.display());
            }
            lengths.push(lines);
        }
    }
    assert!(long.is_empty(), "\n{long}");
    assert!(at(lengths.clone(), 90) <= 45, "a tenth of the functions is longer than {} lines", at(lengths, 90));
}

#[test]
fn every_file_says_what_it_is() {
    for file in sources() {
        let first = read(&file).lines().find(|it| !it.starts_with("#!")).unwrap_or_default().to_owned();
        assert!(first.starts_with("//!"), "{} does not begin with `//!`", file.display());
    }
}

fn codes_in(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in text.match_indices("BL") {
        let digits = text[at + 2..].get(..3).unwrap_or_default();
        let ends = text[at + 2..].chars().nth(3).is_none_or(|it| !it.is_alphanumeric());
        if digits.len() == 3 && digits.bytes().all(|it| it.is_ascii_digit()) && ends {
            out.insert(format!("BL{digits}"));
        }
    }
    out
}

#[test]
fn codes_are_the_same_in_pages_changelog_and_code() {
    let pages: BTreeSet<String> = pages().iter().map(|it| front_matter(&it.1, "code").unwrap().to_owned()).collect();
    assert_eq!(pages, codes_in(&read("CHANGELOG.md")), "the changelog names every rule and no other");
    for file in files(&root().join("crates/blocklint-engine/src"), &["rs"]) {
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        for code in codes_in(code) {
            assert!(pages.contains(&code), "{} names {code}, which has no page", file.display());
        }
    }
}

#[test]
fn nothing_names_this_machine() {
    for file in files(&root(), &["rs", "md", "toml", "py", "yml", "yaml"]) {
        // Spelt in two parts, or this file would name it too.
        assert!(!read(&file).contains(concat!("/wo", "rk/")), "{} names a path of one machine", file.display());
    }
}
