//! The right side of a macro's arm: its tokens with the metavariables filled in.

use super::matching::{Bindings, Bound, repetition};
use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// The body with everything filled in; `None` when the budget of tokens is spent.
pub(crate) fn transcribe(body: &TokenStream, bindings: &Bindings, budget: &mut usize) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let mut out: Vec<TokenTree> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        *budget = budget.checked_sub(1)?;
        let dollar = matches!(&tokens[at], TokenTree::Punct(it) if it.as_char() == '$');
        match (&tokens[at], tokens.get(at + 1)) {
            (_, Some(TokenTree::Ident(name))) if dollar => {
                variable(name, bindings, budget, &mut out)?;
                at += 2;
            }
            (_, Some(TokenTree::Group(group))) if dollar => {
                let (separator, _, taken) = repetition(&tokens[(at + 2).min(tokens.len())..]);
                rounds(&group.stream(), separator.as_ref(), bindings, budget, &mut out)?;
                at += 2 + taken;
            }
            (TokenTree::Group(group), _) => {
                let mut filled = Group::new(group.delimiter(), transcribe(&group.stream(), bindings, budget)?);
                filled.set_span(group.span());
                out.push(filled.into());
                at += 1;
            }
            (token, _) => {
                out.push(token.clone());
                at += 1;
            }
        }
    }
    Some(out.into_iter().collect())
}

fn variable(name: &Ident, bindings: &Bindings, budget: &mut usize, out: &mut Vec<TokenTree>) -> Option<()> {
    if name == "crate" {
        out.push(name.clone().into());
        return Some(());
    }
    // Outside of its repetition, a variable of one means its first round.
    let mut bound = bindings.get(&name.to_string());
    while let Some(Bound::Rounds(rounds)) = bound {
        bound = rounds.first().and_then(|it| it.get(&name.to_string()));
    }
    match bound {
        Some(Bound::Tokens(tokens)) => {
            for token in tokens.clone() {
                *budget = budget.checked_sub(1)?;
                out.push(token);
            }
        }
        _ => out.push(name.clone().into()),
    }
    Some(())
}

fn rounds(
    body: &TokenStream,
    separator: Option<&TokenTree>,
    bindings: &Bindings,
    budget: &mut usize,
    out: &mut Vec<TokenTree>,
) -> Option<()> {
    let mut names = Vec::new();
    names_in(body, &mut names);
    let repeated: Vec<&[Bindings]> = names
        .iter()
        .filter_map(|it| match bindings.get(it) {
            Some(Bound::Rounds(rounds)) => Some(rounds.as_slice()),
            _ => None,
        })
        .collect();
    let count = repeated.iter().map(|it| it.len()).max().unwrap_or(0);
    for round in 0..count {
        let mut inner = bindings.clone();
        for rounds in &repeated {
            if let Some(bound) = rounds.get(round) {
                inner.extend(bound.iter().map(|(name, bound)| (name.clone(), bound.clone())));
            }
        }
        if round > 0 {
            out.extend(separator.cloned());
        }
        out.extend(transcribe(body, &inner, budget)?);
    }
    Some(())
}

fn names_in(body: &TokenStream, names: &mut Vec<String>) {
    let mut dollar = false;
    for token in body.clone() {
        match &token {
            TokenTree::Ident(name) if dollar => names.push(name.to_string()),
            TokenTree::Group(group) => names_in(&group.stream(), names),
            _ => {}
        }
        dollar = matches!(&token, TokenTree::Punct(it) if it.as_char() == '$');
    }
}
