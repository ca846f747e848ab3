//! Attributes: which are decorators, which make code test code. What a decorator does is not known here.

use crate::builds::only_in_tests;
use crate::context::Lower;
use crate::position::{path_end, path_start};
use blocklint_ir::{Argument, Named, Spread, ValueId, ValueRef};
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Meta, Path, Token};

/// Attributes of the compiler that change no behaviour.
const SILENT: [&str; 22] = [
    "doc",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "inline",
    "cold",
    "must_use",
    "cfg",
    "deprecated",
    "repr",
    "non_exhaustive",
    "track_caller",
    "path",
    "macro_export",
    "macro_use",
    "no_mangle",
    "rustfmt",
    "clippy",
    "automatically_derived",
    "default",
];

/// Whether one of the attributes makes its item test code.
pub(crate) fn for_tests(attributes: &[Attribute]) -> bool {
    only_in_tests(attributes)
        || attributes.iter().any(|it| {
            it.path().segments.last().is_some_and(|it| {
                ["test", "bench", "rstest", "test_case", "quickcheck", "proptest"].iter().any(|name| it.ident == name)
            })
        })
}

/// The attributes of an item.
pub(crate) fn item_attributes(item: &syn::Item) -> &[Attribute] {
    use syn::Item;
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

/// The pieces between top-level separators.
pub(crate) fn split(tokens: TokenStream, separator: char) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(it) if it.as_char() == separator => parts.push(Vec::new()),
            _ => parts.last_mut().expect("never empty").push(token),
        }
    }
    parts.into_iter().map(|it| it.into_iter().collect()).collect()
}

/// The files that a module may be in: `#[path = "…"]`, and `#[cfg_attr(unix, path = "…")]` with where it is otherwise (`None`).
pub(crate) fn module_files(attributes: &[Attribute]) -> Vec<Option<String>> {
    let mut found = vec![None];
    for attribute in attributes {
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg_attr") => {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                let metas = parser.parse2(list.tokens.clone()).unwrap_or_default();
                found.extend(metas.iter().skip(1).filter_map(path_of).map(Some));
            }
            meta => {
                if let Some(path) = path_of(meta) {
                    return vec![Some(path)];
                }
            }
        }
    }
    found
}

fn path_of(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(it) if it.path.is_ident("path") => match &it.value {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

impl Lower {
    /// The attributes that may change what an item does, as values of the current function.
    pub(crate) fn decorators(&mut self, attributes: &[Attribute]) -> Vec<ValueId> {
        let mut values = Vec::new();
        for attribute in attributes {
            self.decorator(&attribute.meta, &mut values);
        }
        values
    }

    /// Likewise of a type, derives included.
    pub(crate) fn type_decorators(&mut self, attributes: &[Attribute]) -> Vec<ValueRef> {
        let values = self.decorators(attributes);
        values.into_iter().map(|it| self.reference(it)).collect()
    }

    fn decorator(&mut self, meta: &Meta, values: &mut Vec<ValueId>) {
        let path = meta.path();
        match meta {
            Meta::List(list) if path.is_ident("derive") => {
                let parser = Punctuated::<Path, Token![,]>::parse_terminated;
                for derive in parser.parse2(list.tokens.clone()).unwrap_or_default() {
                    values.push(self.path_value(&derive));
                }
            }
            // What a feature adds is there in the build that has the feature.
            Meta::List(list) if path.is_ident("cfg_attr") => {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                for meta in parser.parse2(list.tokens.clone()).unwrap_or_default().iter().skip(1) {
                    self.decorator(meta, values);
                }
            }
            _ if path.segments.first().is_some_and(|it| SILENT.iter().any(|name| it.ident == name)) => {}
            Meta::Path(path) => values.push(self.path_value(path)),
            Meta::NameValue(it) => values.push(self.path_value(&it.path)),
            Meta::List(list) => {
                let callee = self.path_value(&list.path);
                let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
                let arguments = parser.parse2(list.tokens.clone()).unwrap_or_default();
                let arguments = arguments.iter().map(|it| self.attribute_argument(it)).collect();
                let name_span = self.between(path_start(&list.path), path_end(&list.path));
                values.push(self.push_call(callee, arguments, name_span, name_span));
            }
        }
    }

    fn attribute_argument(&mut self, argument: &Expr) -> Argument {
        if let Expr::Assign(assign) = argument
            && let Expr::Path(name) = &*assign.left
            && let Some(name) = name.path.get_ident()
        {
            let name = Some(self.ident(name));
            return Argument { name, value: self.attribute_value(&assign.right), spread: Spread::No };
        }
        Argument { name: None, value: self.attribute_value(argument), spread: Spread::No }
    }

    /// `skip(self)` in an attribute calls nothing: only literals and paths mean themselves there.
    fn attribute_value(&mut self, value: &Expr) -> ValueId {
        match value {
            Expr::Lit(_) => self.expr(value),
            Expr::Path(path) => self.path_value(&path.path),
            other => {
                let span = self.expr_span(other);
                self.unknown(span)
            }
        }
    }

    /// What the attributes of a field name: a text that reads as a path is one.
    pub(crate) fn named_by_attributes(&mut self, attributes: &[Attribute]) -> Vec<Named> {
        let mut found = Vec::new();
        for attribute in attributes {
            self.named_by_attribute(&attribute.meta, &mut found);
        }
        found
    }

    fn named_by_attribute(&mut self, meta: &Meta, found: &mut Vec<Named>) {
        let Meta::List(list) = meta else { return };
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let arguments = parser.parse2(list.tokens.clone()).unwrap_or_default();
        if list.path.is_ident("cfg_attr") {
            for meta in arguments.iter().skip(1) {
                self.named_by_attribute(meta, found);
            }
            return;
        }
        for argument in &arguments {
            if let Meta::NameValue(it) = argument
                && let Some(argument) = it.path.get_ident()
                && let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &it.value
                && let Ok(path) = syn::parse_str::<Path>(&text.value())
            {
                let (attribute, argument) = (self.import(&list.path), self.ident(argument));
                found.push(Named { attribute, argument, path: self.import(&path) });
            }
        }
    }

    /// A path as a value, wherever it leads.
    pub(crate) fn path_value(&mut self, path: &Path) -> ValueId {
        let span = self.between(path_start(path), path_end(path));
        let path = self.import(path);
        self.push_path(&path, span)
    }
}
