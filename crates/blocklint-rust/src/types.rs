//! Structs, enums, traits, aliases and implementation blocks.

use crate::attributes::for_tests;
use crate::context::Lower;
use crate::exports::seen_as;
use crate::functions::Written;
use crate::members::member_kind;
use blocklint_ir::{
    BindingKind, Field, Import, Member, Name, Span, TypeDef, TypeExpr, TypeExprId, TypeId, TypeKind, ValueRef,
};
use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::{Attribute, Fields, Generics, ImplItem, ItemEnum, ItemImpl, ItemTrait, Path, Signature, TraitItem, Type};

impl Lower {
    fn type_def(&mut self, ident: &Ident, kind: TypeKind, attributes: &[Attribute]) -> TypeDef {
        let decorators = self.type_decorators(attributes);
        let name = self.ident(ident);
        TypeDef {
            name,
            qualname: format!("{}{}", self.prefix, self.module.text(name)),
            kind,
            scope: self.scope,
            bases: Vec::new(),
            implements: None,
            generics: Vec::new(),
            associated: Vec::new(),
            members: Vec::new(),
            fields: Vec::new(),
            metaclass: None,
            decorators,
            span: self.span(ident.span()),
            test: self.test || for_tests(attributes),
        }
    }

    fn add_type_def(&mut self, def: TypeDef) -> TypeId {
        self.module.types.push(def);
        TypeId::new(self.module.types.len() - 1)
    }

    fn bind_type(&mut self, id: TypeId) {
        let (name, span) = (self.module.type_def(id).name, self.module.type_def(id).span);
        self.bind_item(name, BindingKind::Type(id), span);
    }

    pub(crate) fn structure(&mut self, attributes: &[Attribute], ident: &Ident, generics: &Generics, fields: &Fields) {
        let mut def = self.type_def(ident, TypeKind::Struct, attributes);
        let known = self.generics.len();
        def.generics = self.generic_parameters(generics);
        self.fields(fields, "", &mut def.fields);
        self.generics.truncate(known);
        let id = self.add_type_def(def);
        self.export_type(attributes, ident, id);
        self.bind_type(id);
    }

    pub(crate) fn enumeration(&mut self, item: &ItemEnum) {
        let mut def = self.type_def(&item.ident, TypeKind::Enum, &item.attrs);
        let known = self.generics.len();
        def.generics = self.generic_parameters(&item.generics);
        for variant in &item.variants {
            self.fields(&variant.fields, &format!("{}.", variant.ident), &mut def.fields);
        }
        self.generics.truncate(known);
        let id = self.add_type_def(def);
        self.export_type(&item.attrs, &item.ident, id);
        self.bind_type(id);
    }

    fn fields(&mut self, fields: &Fields, prefix: &str, into: &mut Vec<Field>) {
        for (index, field) in fields.iter().enumerate() {
            let text = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let name = self.name(&format!("{prefix}{}", text.trim_start_matches("r#")));
            let annotation = Some(self.ty(&field.ty));
            let span = match &field.ident {
                Some(ident) => self.span(ident.span()),
                None => self.span(syn::spanned::Spanned::span(&field.ty)),
            };
            let named = self.named_by_attributes(&field.attrs).into();
            into.push(Field { name, annotation, values: Vec::new(), on_class: false, named, span });
        }
    }

    pub(crate) fn alias(
        &mut self,
        attributes: &[Attribute],
        ident: &Ident,
        generics: Vec<(Name, Option<TypeExprId>)>,
        target: TypeExprId,
    ) {
        let mut def = self.type_def(ident, TypeKind::Alias, attributes);
        def.generics = generics;
        def.bases.push(target);
        let id = self.add_type_def(def);
        self.bind_type(id);
    }

    pub(crate) fn trait_item(&mut self, item: &ItemTrait) {
        let outer_test = self.enter_test(for_tests(&item.attrs));
        let mut def = self.type_def(&item.ident, TypeKind::Trait, &item.attrs);
        let known = self.generics.len();
        def.generics = self.generic_parameters(&item.generics);
        for bound in &item.supertraits {
            let base = self.bounds([bound]);
            def.bases.push(self.only_bound(base));
        }
        let qualname = def.qualname.clone();
        let id = self.add_type_def(def);
        self.bind_type(id);
        let outer_self = self.self_path.take();
        for member in &item.items {
            match member {
                TraitItem::Fn(it) => {
                    let written = Written { attributes: &it.attrs, signature: &it.sig, body: it.default.as_ref() };
                    self.member(id, &qualname, written, Some(&item.ident));
                }
                TraitItem::Const(it) => {
                    self.associated_constant(id, &it.ident, &it.ty, it.default.as_ref().map(|it| &it.1));
                }
                TraitItem::Type(it) => {
                    let bounds = self.bounds(&it.bounds);
                    let name = self.ident(&it.ident);
                    self.module.types[id.index()].associated.push((name, bounds));
                }
                _ => {}
            }
        }
        self.self_path = outer_self;
        self.generics.truncate(known);
        self.test = outer_test;
    }

    /// `Bounded([X])` as `X`.
    fn only_bound(&self, id: TypeExprId) -> TypeExprId {
        match self.module.type_expr(id) {
            TypeExpr::Bounded(bounds) if bounds.len() == 1 => bounds[0],
            _ => id,
        }
    }

    pub(crate) fn implementation(&mut self, item: &ItemImpl) {
        let outer_test = self.enter_test(for_tests(&item.attrs));
        let known = self.generics.len();
        let decorators = self.type_decorators(&item.attrs);
        let generics = self.generic_parameters(&item.generics);
        let target = self.ty(&item.self_ty);
        let implements = item.trait_.as_ref().map(|it| self.applied(&it.0));
        let own = self.plain_path(&item.self_ty);
        let outer_self = std::mem::replace(&mut self.self_path, own);
        let (text, span) = self.target_name(&item.self_ty);
        let qualname = match &item.trait_ {
            Some((path, _)) => format!("{}<{text} as {}>", self.prefix, last_segment(path)),
            None => format!("{}{text}", self.prefix),
        };
        let name = self.name(&text);
        let id = self.add_type_def(TypeDef {
            name,
            qualname: qualname.clone(),
            kind: TypeKind::Implementation,
            scope: self.scope,
            bases: vec![target],
            implements,
            generics,
            associated: Vec::new(),
            members: Vec::new(),
            fields: Vec::new(),
            metaclass: None,
            decorators,
            span,
            test: self.test,
        });
        let of = item.trait_.as_ref().and_then(|it| it.0.segments.last()).map(|it| &it.ident);
        // Associated types first: members name them by `Self::X`.
        for member in &item.items {
            if let ImplItem::Type(it) = member {
                let (name, ty) = (self.ident(&it.ident), self.ty(&it.ty));
                self.module.types[id.index()].associated.push((name, ty));
            }
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(it) => {
                    let written = Written { attributes: &it.attrs, signature: &it.sig, body: Some(&it.block) };
                    self.member(id, &qualname, written, of);
                }
                ImplItem::Const(it) => self.associated_constant(id, &it.ident, &it.ty, Some(&it.expr)),
                ImplItem::Macro(it) => self.member_macro(id, &qualname, &it.mac, of),
                _ => {}
            }
        }
        self.self_path = outer_self;
        self.generics.truncate(known);
        self.test = outer_test;
    }

    /// A method or associated function.
    pub(crate) fn member(&mut self, id: TypeId, owner: &str, written: Written<'_>, of: Option<&Ident>) {
        let outer_owner = self.owner.replace(id);
        let text = written.signature.ident.to_string();
        let qualname = format!("{owner}::{}", text.trim_start_matches("r#"));
        let function = self.function(written, &qualname, Some(id));
        self.owner = outer_owner;
        let name = self.ident(&written.signature.ident);
        let foreign = if of.is_none() { seen_as(written.attributes, &text) } else { None };
        let kind = foreign.unwrap_or_else(|| member_kind(of, &text, receives(written.signature)));
        self.export_constructor(written.attributes, id, function);
        self.module.types[id.index()].members.push(Member { name, function, kind });
    }

    fn associated_constant(&mut self, id: TypeId, ident: &Ident, ty: &Type, value: Option<&syn::Expr>) {
        let name = self.ident(ident);
        let annotation = Some(self.ty(ty));
        let span = self.span(ident.span());
        let values: Vec<ValueRef> = value
            .map(|it| {
                let value = self.expr(it);
                self.reference(value)
            })
            .into_iter()
            .collect();
        self.module.types[id.index()].fields.push(Field {
            name,
            annotation,
            values,
            on_class: true,
            named: Vec::new().into(),
            span,
        });
    }

    /// The path that `Self` stands for, unless the target is no plain path or a type parameter.
    fn plain_path(&mut self, target: &Type) -> Option<Import> {
        let Type::Path(ty) = target else { return None };
        let first = self.ident(&ty.path.segments.first()?.ident);
        (ty.qself.is_none() && !self.generics.contains(&first)).then(|| self.import(&ty.path))
    }

    /// How a reader names the target of an implementation: the last segment of its path, or its whole text.
    fn target_name(&self, ty: &Type) -> (String, Span) {
        match ty {
            Type::Path(it) if !it.path.segments.is_empty() => {
                let last = &it.path.segments[it.path.segments.len() - 1];
                (last.ident.to_string(), self.span(last.ident.span()))
            }
            Type::Reference(it) => self.target_name(&it.elem),
            Type::Paren(it) => self.target_name(&it.elem),
            Type::Group(it) => self.target_name(&it.elem),
            other => {
                let span = self.span(syn::spanned::Spanned::span(other));
                (other.to_token_stream().to_string(), span)
            }
        }
    }
}

fn last_segment(path: &Path) -> String {
    path.segments.last().map_or_else(String::new, |it| it.ident.to_string())
}

fn receives(signature: &Signature) -> bool {
    signature.inputs.first().is_some_and(|it| matches!(it, syn::FnArg::Receiver(_)))
}
