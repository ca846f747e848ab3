//! `macro_rules!` of the same file: matching a call against the arms and writing out the one that fits.
//!
//! Hygiene is not kept, and repetitions are matched greedily; what does not fit is left to the best effort for unknown macros.

use super::expressions;
use crate::attributes::for_tests;
use crate::builds::never_built;
use crate::context::Lower;
use crate::functions::Written;
use crate::macros::rules::matching::{Matcher, matchers, matches_all};
use blocklint_ir::{Span, TypeId, ValueId};
use proc_macro2::{TokenStream, TokenTree};
use std::rc::Rc;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, File, ImplItem, ItemMacro, Macro, parse_quote};

mod matching;
mod transcribe;

/// How deep expansions may nest.
const DEEPEST: usize = 8;

/// The arms of one macro.
pub(crate) struct Rules {
    arms: Vec<Arm>,
}

struct Arm {
    pattern: Vec<Matcher>,
    body: TokenStream,
}

/// Reads `(pattern) => { body };` again and again.
fn parse_rules(tokens: TokenStream) -> Rules {
    let mut arms = Vec::new();
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => groups.push(group),
            TokenTree::Punct(it) if it.as_char() == ';' => groups.clear(),
            _ => {}
        }
        if let [pattern, body] = groups.as_slice() {
            arms.push(Arm { pattern: matchers(pattern.stream()), body: body.stream() });
            groups.clear();
        }
    }
    Rules { arms }
}

impl Lower {
    /// Remembers a `macro_rules!` definition.
    pub(crate) fn define_macro(&mut self, item: &ItemMacro) {
        if let Some(ident) = &item.ident
            && item.mac.path.is_ident("macro_rules")
        {
            self.macros.insert(ident.to_string(), Rc::new(parse_rules(item.mac.tokens.clone())));
        }
    }

    /// What a call of a macro of this file becomes; `read` reads it.
    fn expanded<R>(&mut self, mac: &Macro, read: impl FnOnce(&mut Self, TokenStream) -> R) -> Option<R> {
        let tokens = self.expand(mac)?;
        let levels = crate::lex::scan(&tokens.to_string()).depth;
        // A repetition turns a flat list into a deep chain; the stack is made for the file's own depth.
        if self.expansion_levels + levels > crate::parse::EXPANSION {
            return None;
        }
        self.expansion_depth += 1;
        self.expansion_levels += levels;
        let result = read(self, tokens);
        self.expansion_levels -= levels;
        self.expansion_depth -= 1;
        Some(result)
    }

    fn expand(&mut self, mac: &Macro) -> Option<TokenStream> {
        let name = mac.path.segments.last()?.ident.to_string();
        let rules = Rc::clone(self.macros.get(&name)?);
        if self.expansion_depth >= DEEPEST {
            return None;
        }
        let input: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
        for arm in &rules.arms {
            if let Some(bindings) = matches_all(&arm.pattern, &input) {
                return transcribe::transcribe(&arm.body, &bindings, &mut self.expansion_budget);
            }
        }
        None
    }

    /// A macro of this file, called for a value.
    pub(super) fn expand_expression(&mut self, mac: &Macro, span: Span) -> Option<ValueId> {
        self.expanded(mac, |it, tokens| {
            if let Some(statements) = super::statements(&tokens) {
                return Some(it.statements(&statements, span));
            }
            let parts = expressions(&tokens)?;
            parts.iter().map(|part| it.place(part)).last()
        })?
    }

    /// A macro call among items.
    pub(crate) fn item_macro(&mut self, item: &ItemMacro) {
        if item.ident.is_some() {
            return;
        }
        let read = |it: &mut Self, tokens| {
            if let Ok(file) = syn::parse2::<File>(tokens) {
                it.items(file.items.iter());
            }
        };
        if self.expanded(&item.mac, read).is_some() {
            return;
        }
        let name = item.mac.path.segments.last().map_or_else(String::new, |it| it.ident.to_string());
        match name.as_str() {
            "thread_local" | "lazy_static" | "task_local" => self.statics(&item.mac, &name),
            "include" => {
                if let Ok(path) = syn::parse2::<syn::LitStr>(item.mac.tokens.clone()) {
                    let span = self.span(path.span());
                    self.include(path.value(), span);
                }
            }
            _ => self.unknown_items(&item.mac),
        }
    }

    /// `cfg_if! { if #[cfg(unix)] { … } else { … } }`, `cfg_rt! { … }`: items in brackets of a macro from elsewhere.
    fn unknown_items(&mut self, mac: &Macro) {
        if let Ok(file) = syn::parse2::<File>(mac.tokens.clone()) {
            self.items(file.items.iter());
            return;
        }
        let mut seen: Vec<TokenStream> = Vec::new();
        let mut asked = None;
        for token in mac.tokens.clone() {
            let TokenTree::Group(group) = token else { continue };
            match group.delimiter() {
                proc_macro2::Delimiter::Bracket => asked = asked_of_build(group.stream()),
                proc_macro2::Delimiter::Brace => {
                    let mut attributes: Vec<Attribute> = Vec::new();
                    if !seen.is_empty() {
                        attributes.push(parse_quote!(#[cfg(not(any(#(#seen),*)))]));
                    }
                    if let Some(asked) = asked.take() {
                        attributes.push(parse_quote!(#[cfg(#asked)]));
                        seen.push(asked);
                    }
                    if let Ok(file) = syn::parse2::<File>(group.stream()) {
                        self.items_of_build(&attributes, &file);
                    }
                }
                _ => {}
            }
        }
    }

    fn items_of_build(&mut self, attributes: &[Attribute], file: &File) {
        if never_built(attributes) {
            return;
        }
        let (known, outer) = (self.conditions.len(), self.enter_test(for_tests(attributes)));
        self.enter_conditions(attributes);
        self.items(file.items.iter());
        self.conditions.truncate(known);
        self.test = outer;
    }

    /// A macro call among the members of an implementation.
    pub(crate) fn member_macro(&mut self, id: TypeId, owner: &str, mac: &Macro, of: Option<&syn::Ident>) {
        if self.expanded(mac, |it, tokens| it.members(id, owner, tokens, of)).is_none() {
            self.members(id, owner, mac.tokens.clone(), of);
        }
    }

    fn members(&mut self, id: TypeId, owner: &str, tokens: TokenStream, of: Option<&syn::Ident>) {
        let parser = |input: ParseStream<'_>| {
            let mut members = Vec::new();
            while !input.is_empty() {
                members.push(input.parse::<ImplItem>()?);
            }
            Ok(members)
        };
        for member in parser.parse2(tokens).unwrap_or_default() {
            match &member {
                ImplItem::Fn(it) => {
                    let written = Written { attributes: &it.attrs, signature: &it.sig, body: Some(&it.block) };
                    self.member(id, owner, written, of);
                }
                ImplItem::Macro(it) => self.member_macro(id, owner, &it.mac, of),
                _ => {}
            }
        }
    }
}

/// What `cfg(…)` asks for.
fn asked_of_build(attribute: TokenStream) -> Option<TokenStream> {
    let list: syn::MetaList = syn::parse2(attribute).ok()?;
    list.path.is_ident("cfg").then_some(list.tokens)
}
