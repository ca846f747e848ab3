//! What a crate shows to Python: functions, classes and modules that the attributes of `pyo3` mark. What they do is not known here.

use crate::context::Lower;
use blocklint_ir::{Export, Exported, FunctionId, Language, MemberKind, Name, TypeId};
use proc_macro2::Ident;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaNameValue, Token};

impl Lower {
    /// A function that Python sees, or that makes a module of it.
    pub(crate) fn export_function(&mut self, attributes: &[Attribute], ident: &Ident, id: FunctionId) {
        if let Some(name) = self.exported_name(attributes, "pyfunction", ident) {
            self.export(name, Exported::Function(id));
        }
        self.export_module(attributes, ident);
    }

    /// A function or inline module that makes a module of Python.
    pub(crate) fn export_module(&mut self, attributes: &[Attribute], ident: &Ident) {
        if let Some(name) = self.exported_name(attributes, "pymodule", ident) {
            self.export(name, Exported::Module);
        }
    }

    /// A struct or enum that is a class of Python.
    pub(crate) fn export_type(&mut self, attributes: &[Attribute], ident: &Ident, id: TypeId) {
        if let Some(name) = self.exported_name(attributes, "pyclass", ident) {
            self.export(name, Exported::Type(id));
        }
    }

    /// What a class of Python is constructed by.
    pub(crate) fn export_constructor(&mut self, attributes: &[Attribute], of: TypeId, function: FunctionId) {
        if attributes.iter().any(|it| is(it, "new")) {
            let name = self.module.function(function).name;
            self.export(name, Exported::Constructor(of, function));
        }
    }

    fn export(&mut self, name: Name, what: Exported) {
        self.module.exports.push(Export { language: Language::Python, name, what });
    }

    /// The name under which Python sees an item: its own, unless `name = "…"` says another.
    fn exported_name(&mut self, attributes: &[Attribute], marker: &str, ident: &Ident) -> Option<Name> {
        attributes.iter().find(|it| is(it, marker))?;
        let renamed = attributes.iter().filter(|it| is(it, marker) || is(it, "pyo3")).find_map(renamed);
        Some(match renamed {
            Some(renamed) => self.name(&renamed),
            None => self.ident(ident),
        })
    }
}

/// How Python reaches a member of a class, where that is not by its name.
pub(crate) fn seen_as(attributes: &[Attribute], name: &str) -> Option<MemberKind> {
    let marked = |marker: &str| attributes.iter().any(|it| is(it, marker));
    Some(match name {
        _ if marked("getter") => MemberKind::Getter,
        _ if marked("setter") => MemberKind::Setter,
        "__call__" => MemberKind::Call,
        "__enter__" => MemberKind::Enter,
        "__exit__" => MemberKind::Exit,
        "__getattr__" => MemberKind::MissingAttribute,
        "__getattribute__" => MemberKind::EveryAttribute,
        "__str__" | "__repr__" => MemberKind::Format,
        "__len__" => MemberKind::Length,
        "__bool__" => MemberKind::Truth,
        "__getitem__" => MemberKind::Index,
        "__setitem__" => MemberKind::IndexSet,
        "__iter__" => MemberKind::Iterate,
        "__next__" => MemberKind::Next,
        _ => return None,
    })
}

/// `#[name]`, `#[name(…)]`, `#[pyo3::name]`.
fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|it| it.ident == name)
}

fn renamed(attribute: &Attribute) -> Option<String> {
    let Meta::List(list) = &attribute.meta else { return None };
    let parser = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
    let parts = syn::parse::Parser::parse2(parser, list.tokens.clone()).ok()?;
    parts.into_iter().find_map(|it| match it {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. })
            if path.is_ident("name") =>
        {
            Some(text.value())
        }
        _ => None,
    })
}
