//! Which builds have a piece of code: what `#[cfg(…)]` and `cfg!(…)` come to, as far as that is known.

use crate::attributes::split;
use crate::context::Lower;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Meta, Stmt};

/// What a `cfg` predicate comes to, given what is known of its words: `test`, `feature = "a"`.
fn outcome(predicate: TokenStream, word: &dyn Fn(&[TokenTree]) -> Option<bool>) -> Option<bool> {
    let tokens: Vec<TokenTree> = predicate.into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(group)] = tokens.as_slice() else { return word(&tokens) };
    let parts = split(group.stream(), ',').into_iter().filter(|it| !it.is_empty());
    let parts: Vec<Option<bool>> = parts.map(|it| outcome(it, word)).collect();
    // One part that is so decides it; otherwise all must be known not to be so.
    let unless = |decides: bool| match parts.iter().all(|&it| it == Some(!decides)) {
        _ if parts.contains(&Some(decides)) => Some(decides),
        true => Some(!decides),
        false => None,
    };
    match name.to_string().as_str() {
        "not" => parts.first().copied().flatten().map(|it| !it),
        "all" => unless(false),
        "any" => unless(true),
        _ => None,
    }
}

/// Nothing but the words that name builds without threads to block, or in which a tool replaces those: WebAssembly, model
/// checkers, documentation. Their twins for ordinary builds are what callers mean.
fn ordinary(word: &[TokenTree]) -> Option<bool> {
    const BUILDS: [&str; 8] = ["loom", "shuttle", "kani", "miri", "doc", "docsrs", "fuzzing", "wasm"];
    const TARGETS: [&str; 6] = ["emscripten", "wasi", "wasm", "wasm32", "wasm64", "zkvm"];
    let left_out = match word {
        [TokenTree::Ident(name)] => BUILDS.iter().any(|it| name == it),
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(value)] => {
            name.to_string().starts_with("target_") && TARGETS.contains(&value.to_string().trim_matches('"'))
        }
        _ => false,
    };
    left_out.then_some(false)
}

/// Whether a word is the one that holds in tests.
fn is_test(word: &[TokenTree]) -> bool {
    matches!(word, [TokenTree::Ident(name)] if name == "test")
}

/// The predicates of the `cfg` attributes among these.
fn predicates(attributes: &[Attribute]) -> impl Iterator<Item = &TokenStream> {
    attributes.iter().filter_map(|it| match &it.meta {
        Meta::List(list) if list.path.is_ident("cfg") => Some(&list.tokens),
        _ => None,
    })
}

fn ruled_out(attributes: &[Attribute], word: &dyn Fn(&[TokenTree]) -> Option<bool>) -> bool {
    predicates(attributes).any(|it| outcome(it.clone(), word) == Some(false))
}

/// Whether an item exists in no ordinary build but, at most, in tests.
pub(crate) fn only_in_tests(attributes: &[Attribute]) -> bool {
    ruled_out(attributes, &|word| if is_test(word) { Some(false) } else { ordinary(word) })
}

/// Whether an item exists in no ordinary build.
pub(crate) fn never_built(attributes: &[Attribute]) -> bool {
    ruled_out(attributes, &ordinary)
}

/// The features that a `cfg` predicate asks for, as far as they are told apart by one word: `feature = "a"`, not the one, all of
/// several. Anything else says nothing.
fn asked(predicate: TokenStream, holds: bool, out: &mut Vec<(String, bool)>) {
    let tokens: Vec<TokenTree> = predicate.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(group)] => match (name.to_string().as_str(), holds) {
            ("not", _) => asked(group.stream(), !holds, out),
            // Not any of several is none of them.
            ("all", true) | ("any", false) => {
                let parts = split(group.stream(), ',').into_iter();
                parts.filter(|it| !it.is_empty()).for_each(|it| asked(it, holds, out));
            }
            _ => {}
        },
        [] => {}
        word => out.push((text_of(word), holds)),
    }
}

fn text_of(word: &[TokenTree]) -> String {
    word.iter().map(ToString::to_string).collect()
}

impl Lower {
    /// Adds what the attributes ask of the build.
    pub(crate) fn enter_conditions(&mut self, attributes: &[Attribute]) {
        let mut found = Vec::new();
        predicates(attributes).for_each(|it| asked(it.clone(), true, &mut found));
        for (word, holds) in found {
            let word = self.name(&word);
            self.conditions.push((word, holds));
        }
    }

    /// What a word of a predicate comes to at the current place.
    fn known_here(&self, word: &[TokenTree]) -> Option<bool> {
        if is_test(word) {
            return Some(self.test);
        }
        let asked = || {
            let text = text_of(word);
            self.conditions.iter().find(|it| self.module.text(it.0) == text).map(|it| it.1)
        };
        ordinary(word).or_else(asked)
    }

    /// Whether a build that has the current place may have what these attributes stand above.
    pub(crate) fn may_be_built(&self, attributes: &[Attribute]) -> bool {
        !ruled_out(attributes, &|word| self.known_here(word))
    }

    /// What `cfg!(predicate)` comes to at the current place.
    pub(crate) fn build_has(&self, predicate: &TokenStream) -> Option<bool> {
        outcome(predicate.clone(), &|word| self.known_here(word))
    }
}

/// Whether only some builds have it.
pub(crate) fn is_conditional(attributes: &[Attribute]) -> bool {
    predicates(attributes).next().is_some()
}

/// The attributes of a statement that is no item.
pub(crate) fn statement_attributes(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(it) => &it.attrs,
        Stmt::Macro(it) => &it.attrs,
        Stmt::Expr(it, _) => expr_attributes(it),
        Stmt::Item(_) => &[],
    }
}

/// The attributes above an expression.
pub(crate) fn expr_attributes(expr: &Expr) -> &[Attribute] {
    match expr {
        // The parser gives them to what is written first.
        Expr::Assign(it) => expr_attributes(&it.left),
        Expr::Binary(it) => expr_attributes(&it.left),
        Expr::Cast(it) => expr_attributes(&it.expr),
        Expr::Async(it) => &it.attrs,
        Expr::Await(it) => &it.attrs,
        Expr::Block(it) => &it.attrs,
        Expr::Break(it) => &it.attrs,
        Expr::Call(it) => &it.attrs,
        Expr::Continue(it) => &it.attrs,
        Expr::Field(it) => &it.attrs,
        Expr::ForLoop(it) => &it.attrs,
        Expr::If(it) => &it.attrs,
        Expr::Index(it) => &it.attrs,
        Expr::Lit(it) => &it.attrs,
        Expr::Loop(it) => &it.attrs,
        Expr::Macro(it) => &it.attrs,
        Expr::Match(it) => &it.attrs,
        Expr::MethodCall(it) => &it.attrs,
        Expr::Paren(it) => &it.attrs,
        Expr::Path(it) => &it.attrs,
        Expr::Return(it) => &it.attrs,
        Expr::Struct(it) => &it.attrs,
        Expr::Try(it) => &it.attrs,
        Expr::Tuple(it) => &it.attrs,
        Expr::Unary(it) => &it.attrs,
        Expr::Unsafe(it) => &it.attrs,
        Expr::While(it) => &it.attrs,
        _ => &[],
    }
}
