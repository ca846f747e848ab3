//! The left side of a macro's arm: its matchers, and what they bind in a call's tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Block, Expr, Ident, Item, Lifetime, Lit, Meta, Pat, Path, Stmt, Type, Visibility};

/// One piece of a pattern.
pub(crate) enum Matcher {
    Token(TokenTree),
    Group(Delimiter, Vec<Matcher>),
    /// `$name:kind`
    Fragment(String, String),
    /// `$( … ) separator operator`
    Repeat {
        inner: Vec<Matcher>,
        separator: Option<TokenTree>,
        once: bool,
    },
}

/// What a metavariable stands for.
#[derive(Clone)]
pub(crate) enum Bound {
    Tokens(TokenStream),
    /// Once for each round of a repetition.
    Rounds(Rc<Vec<Bindings>>),
}

/// All metavariables of a match. A repetition's rounds are bound to each of the names inside.
pub(crate) type Bindings = FxHashMap<String, Bound>;

fn punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == sign)
}

/// What follows `$( … )`: the separator, the operator and how many tokens they take.
pub(crate) fn repetition(tokens: &[TokenTree]) -> (Option<TokenTree>, char, usize) {
    let operator = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(it)) if matches!(it.as_char(), '*' | '+' | '?') => Some(it.as_char()),
        _ => None,
    };
    if let Some(sign) = operator(tokens.first()) {
        return (None, sign, 1);
    }
    match operator(tokens.get(1)) {
        Some(sign) => (tokens.first().cloned(), sign, 2),
        // A separator of two signs, such as `=>`.
        None => (tokens.first().cloned(), operator(tokens.get(2)).unwrap_or('*'), 3.min(tokens.len())),
    }
}

pub(crate) fn matchers(tokens: TokenStream) -> Vec<Matcher> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match (&tokens[at], tokens.get(at + 1)) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(name)))
                if dollar.as_char() == '$' && punct(tokens.get(at + 2), ':') =>
            {
                let kind = tokens.get(at + 3).map_or_else(String::new, ToString::to_string);
                out.push(Matcher::Fragment(name.to_string(), kind));
                at += 4;
            }
            (TokenTree::Punct(dollar), Some(TokenTree::Group(group))) if dollar.as_char() == '$' => {
                let (separator, sign, taken) = repetition(&tokens[(at + 2).min(tokens.len())..]);
                out.push(Matcher::Repeat { inner: matchers(group.stream()), separator, once: sign == '?' });
                at += 2 + taken;
            }
            (TokenTree::Group(group), _) => {
                out.push(Matcher::Group(group.delimiter(), matchers(group.stream())));
                at += 1;
            }
            (token, _) => {
                out.push(Matcher::Token(token.clone()));
                at += 1;
            }
        }
    }
    out
}

/// The bindings if the pattern fits all of the input.
pub(crate) fn matches_all(pattern: &[Matcher], input: &[TokenTree]) -> Option<Bindings> {
    let mut bindings = Bindings::default();
    let end = match_prefix(pattern, input, &mut bindings)?;
    (end == input.len()).then_some(bindings)
}

/// How many tokens the pattern takes.
fn match_prefix(pattern: &[Matcher], input: &[TokenTree], bindings: &mut Bindings) -> Option<usize> {
    let mut at = 0;
    for matcher in pattern {
        at += match matcher {
            Matcher::Token(expected) => {
                let found = input.get(at)?;
                (found.to_string() == expected.to_string()).then_some(1)?
            }
            Matcher::Group(delimiter, inner) => {
                let TokenTree::Group(group) = input.get(at)? else { return None };
                if group.delimiter() != *delimiter {
                    return None;
                }
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let taken = match_prefix(inner, &tokens, bindings)?;
                (taken == tokens.len()).then_some(1)?
            }
            Matcher::Fragment(name, kind) => {
                let taken = fragment(kind, &input[at..])?;
                let tokens = input[at..at + taken].iter().cloned().collect();
                bindings.insert(name.clone(), Bound::Tokens(wrapped(kind, tokens)));
                taken
            }
            Matcher::Repeat { inner, separator, once } => {
                repeat(inner, separator.as_ref(), *once, &input[at..], bindings)
            }
        };
    }
    Some(at)
}

/// An expression stays one operand wherever it is put.
fn wrapped(kind: &str, tokens: TokenStream) -> TokenStream {
    if kind == "expr" { TokenTree::from(proc_macro2::Group::new(Delimiter::None, tokens)).into() } else { tokens }
}

fn repeat(
    inner: &[Matcher],
    separator: Option<&TokenTree>,
    once: bool,
    input: &[TokenTree],
    bindings: &mut Bindings,
) -> usize {
    let mut rounds: Vec<Bindings> = Vec::new();
    let mut at = 0;
    while at < input.len() && !(once && rounds.len() == 1) {
        let mut start = at;
        if let Some(separator) = separator.filter(|_| !rounds.is_empty()) {
            if input[at].to_string() != separator.to_string() {
                break;
            }
            start += 1;
        }
        let mut round = Bindings::default();
        match match_prefix(inner, &input[start..], &mut round) {
            Some(taken) if start + taken > at => at = start + taken,
            _ => break,
        }
        rounds.push(round);
    }
    let mut names = Vec::new();
    names_in(inner, &mut names);
    let rounds = Rc::new(rounds);
    for name in names {
        bindings.insert(name, Bound::Rounds(Rc::clone(&rounds)));
    }
    at
}

fn names_in(pattern: &[Matcher], names: &mut Vec<String>) {
    for matcher in pattern {
        match matcher {
            Matcher::Fragment(name, _) => names.push(name.clone()),
            Matcher::Group(_, inner) | Matcher::Repeat { inner, .. } => names_in(inner, names),
            Matcher::Token(_) => {}
        }
    }
}

/// So many tokens are looked at first.
const WINDOW: usize = 32;

/// So far the parser looks ahead of what it takes.
const LOOK_AHEAD: usize = 4;

/// How many tokens a fragment of this kind takes.
fn fragment(kind: &str, input: &[TokenTree]) -> Option<usize> {
    match kind {
        "tt" => return (!input.is_empty()).then_some(1),
        "ident" => return matches!(input.first(), Some(TokenTree::Ident(_))).then_some(1),
        _ => {}
    }
    let parser = |stream: ParseStream<'_>| {
        match kind {
            "expr" => drop(stream.parse::<Expr>()?),
            "ty" => drop(stream.parse::<Type>()?),
            "path" => drop(stream.parse::<Path>()?),
            "pat" | "pat_param" => drop(Pat::parse_multi_with_leading_vert(stream)?),
            "block" => drop(stream.parse::<Block>()?),
            "stmt" => drop(stream.parse::<Stmt>()?),
            "item" => drop(stream.parse::<Item>()?),
            "literal" => drop(stream.parse::<Lit>()?),
            "lifetime" => drop(stream.parse::<Lifetime>()?),
            "meta" => drop(stream.parse::<Meta>()?),
            "vis" => drop(stream.parse::<Visibility>()?),
            _ => drop(stream.call(Ident::parse_any)?),
        }
        stream.parse::<TokenStream>()
    };
    // A long call is not copied for each of its fragments: of a few tokens a parser that stops before their end has seen enough.
    let mut window = WINDOW;
    loop {
        let part = &input[..window.min(input.len())];
        let all = part.len() == input.len();
        match (&parser).parse2(part.iter().cloned().collect()) {
            Ok(rest) => {
                let left = rest.into_iter().count();
                if all || left > LOOK_AHEAD {
                    return Some(part.len() - left);
                }
            }
            Err(_) if all => return None,
            Err(_) => {}
        }
        window *= 8;
    }
}
