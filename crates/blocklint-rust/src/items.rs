//! Items: modules, `use` trees, functions, constants and macros, bound in their scope.

use crate::attributes::{for_tests, item_attributes, module_files};
use crate::builds::never_built;
use crate::context::{Gated, Lower};
use blocklint_ir::item::Anchor;
use blocklint_ir::{Binding, BindingKind, Glob, Import, Name, Span, Submodule, TypeExprId};
use proc_macro2::Ident;
use syn::{Expr, ForeignItem, Item, ItemForeignMod, ItemMod, ItemUse, Type, UseTree};

impl Lower {
    /// Items of a file, an inline module or a block.
    pub(crate) fn items<'a>(&mut self, items: impl Iterator<Item = &'a Item> + Clone) {
        for item in items.clone() {
            if let Item::Macro(it) = item {
                self.define_macro(it);
            }
        }
        // Functions that some builds leave out ask which imports those builds have.
        let first = |item: &&Item| matches!(item, Item::Use(it) if it.attrs.iter().any(|it| it.path().is_ident("cfg")));
        items.clone().filter(first).for_each(|it| self.item(it));
        items.filter(|it| !first(it)).for_each(|it| self.item(it));
    }

    /// One item.
    pub(crate) fn item(&mut self, item: &Item) {
        if never_built(item_attributes(item)) {
            return;
        }
        let known = self.conditions.len();
        self.enter_conditions(item_attributes(item));
        self.built_item(item);
        self.conditions.truncate(known);
    }

    fn built_item(&mut self, item: &Item) {
        match item {
            Item::Const(it) => self.constant(&it.attrs, &it.ident, &it.ty, Some(&it.expr)),
            Item::Static(it) => self.constant(&it.attrs, &it.ident, &it.ty, Some(&it.expr)),
            Item::Fn(it) => self.free_function(it),
            Item::Use(it) => self.use_item(it),
            Item::Mod(it) => self.module_item(it),
            Item::Macro(it) => self.item_macro(it),
            Item::ForeignMod(it) => self.foreign(it),
            Item::ExternCrate(it) => {
                let name = self.ident(it.rename.as_ref().map_or(&it.ident, |it| &it.1));
                let krate = self.ident(&it.ident);
                let import = if it.ident == "self" {
                    Import::new(Anchor::Package, [])
                } else {
                    Import::new(Anchor::Absolute, [krate])
                };
                if it.attrs.iter().any(|it| it.path().is_ident("macro_use")) {
                    self.module.prelude.macros.push(krate);
                }
                let span = self.span(it.ident.span());
                self.bind_item(name, BindingKind::Import(import), span);
            }
            Item::Struct(it) => self.structure(&it.attrs, &it.ident, &it.generics, &it.fields),
            Item::Union(it) => {
                let fields = syn::Fields::Named(it.fields.clone());
                self.structure(&it.attrs, &it.ident, &it.generics, &fields);
            }
            Item::Enum(it) => self.enumeration(it),
            Item::Trait(it) => self.trait_item(it),
            Item::TraitAlias(it) => {
                let target = self.bounds(&it.bounds);
                self.alias(&it.attrs, &it.ident, Vec::new(), target);
            }
            Item::Type(it) => {
                let known = self.generics.len();
                let generics = self.alias_parameters(&it.generics);
                let target = self.ty(&it.ty);
                self.generics.truncate(known);
                self.alias(&it.attrs, &it.ident, generics, target);
            }
            Item::Impl(it) => self.implementation(it),
            _ => {}
        }
    }

    /// A constant or static: its initialiser runs at the top, closures in it run when they are called.
    pub(crate) fn constant(&mut self, attributes: &[syn::Attribute], ident: &Ident, ty: &Type, value: Option<&Expr>) {
        let outer = self.enter_test(for_tests(attributes));
        let annotation = self.ty(ty);
        let value = value.map(|it| self.expr(it));
        self.bind_value(ident, annotation, value);
        self.test = outer;
    }

    pub(crate) fn bind_value(&mut self, ident: &Ident, annotation: TypeExprId, value: Option<blocklint_ir::ValueId>) {
        if ident == "_" {
            return;
        }
        let values = value.into_iter().map(|it| self.reference(it)).collect();
        let name = self.ident(ident);
        let span = self.span(ident.span());
        self.bind_item(name, BindingKind::Value { values, annotation: Some(annotation) }, span);
    }

    /// Marks what follows as test code if `test`; returns what to put back.
    pub(crate) fn enter_test(&mut self, test: bool) -> bool {
        let outer = self.test;
        self.test |= test;
        outer
    }

    fn module_item(&mut self, module: &ItemMod) {
        let outer_test = self.enter_test(for_tests(&module.attrs));
        self.export_module(&module.attrs, &module.ident);
        let name = self.ident(&module.ident);
        let span = self.span(module.ident.span());
        match &module.content {
            Some((_, items)) => {
                let outer = self.open_scope(Some(name));
                let inner = self.scope;
                let prefix = format!("{}{}::", self.prefix, self.module.text(name));
                let outer_prefix = std::mem::replace(&mut self.prefix, prefix);
                self.inside.push(name);
                self.items(items.iter());
                self.inside.pop();
                self.prefix = outer_prefix;
                self.scope = outer;
                self.bind_item(name, BindingKind::Scope(inner), span);
            }
            None => {
                for path in module_files(&module.attrs) {
                    // Each file has a place of its own in the module tree.
                    let bindings = &self.module.scopes[self.scope.index()].bindings;
                    let twins = bindings.iter().filter(|it| it.name == name && self.is_elsewhere(it, path.as_ref()));
                    let place = match twins.count() {
                        0 => name,
                        twins => self.name(&format!("{}#{}", module.ident, twins + 1)),
                    };
                    self.submodule(name, place, path, span);
                }
            }
        }
        self.test = outer_test;
    }

    /// Whether what is bound is a child module in another file than the one that `path` names.
    fn is_elsewhere(&self, bound: &Binding, path: Option<&String>) -> bool {
        match bound.kind {
            BindingKind::Submodule(at) => path.is_some() && self.module.submodules[at].path.as_ref() != path,
            _ => false,
        }
    }

    /// A child module that is bound by `name` and stands at `place` in the tree.
    fn submodule(&mut self, name: Name, place: Name, path: Option<String>, span: Span) {
        let (inside, test, conditions) = (self.inside.clone(), self.test, self.conditions.clone());
        self.module.submodules.push(Submodule { name: place, inside, path, test, conditions });
        let index = self.module.submodules.len() - 1;
        self.bind_item(name, BindingKind::Submodule(index), span);
    }

    /// `include!("x.rs")` of items: a child module whose names are all bound here too.
    pub(crate) fn include(&mut self, path: String, span: Span) {
        let stem: String = path.chars().map(|it| if it.is_alphanumeric() { it } else { '_' }).collect();
        let name = self.name(&format!("include_{stem}"));
        self.submodule(name, name, Some(path), span);
        let path = Import::new(Anchor::Ancestor(0), [name]);
        self.module.scopes[self.scope.index()].globs.push(Glob { path, span });
    }

    fn foreign(&mut self, block: &ItemForeignMod) {
        for item in &block.items {
            match item {
                ForeignItem::Fn(it) => self.foreign_function(it),
                ForeignItem::Static(it) => self.constant(&it.attrs, &it.ident, &it.ty, None),
                _ => {}
            }
        }
    }

    fn use_item(&mut self, item: &ItemUse) {
        let anchor = if item.leading_colon.is_some() { Anchor::Absolute } else { Anchor::Lexical };
        self.use_tree(&item.tree, anchor, &mut Vec::new());
    }

    fn use_tree(&mut self, tree: &UseTree, anchor: Anchor, path: &mut Vec<Name>) {
        match tree {
            UseTree::Path(it) => {
                let (anchor, pushed) = self.use_segment(&it.ident, anchor, path);
                self.use_tree(&it.tree, anchor, path);
                path.truncate(path.len() - usize::from(pushed));
            }
            UseTree::Name(it) => self.use_name(&it.ident, &it.ident, anchor, path),
            UseTree::Rename(it) => self.use_name(&it.ident, &it.rename, anchor, path),
            UseTree::Glob(it) => {
                let span = self.span(it.star_token.spans[0]);
                let path = Import::new(anchor, path.as_slice());
                self.module.scopes[self.scope.index()].globs.push(Glob { path, span });
            }
            UseTree::Group(it) => {
                for tree in &it.items {
                    self.use_tree(tree, anchor, path);
                }
            }
        }
    }

    /// Adds one segment in front of a `::`. Whether it became a name of the path, or its anchor.
    fn use_segment(&mut self, ident: &Ident, anchor: Anchor, path: &mut Vec<Name>) -> (Anchor, bool) {
        if path.is_empty() {
            match anchor {
                Anchor::Lexical if ident == "crate" => return (Anchor::Package, false),
                Anchor::Lexical if ident == "self" => return (Anchor::Ancestor(0), false),
                Anchor::Lexical if ident == "super" => return (Anchor::Ancestor(1), false),
                Anchor::Ancestor(up) if ident == "super" => return (Anchor::Ancestor(up + 1), false),
                _ => {}
            }
        }
        let name = self.ident(ident);
        path.push(name);
        (anchor, true)
    }

    fn bind_import(&mut self, name: Name, import: Import, span: Span) {
        self.bind_item(name, BindingKind::Import(import), span);
        if !self.conditions.is_empty() {
            let binding = self.module.scopes[self.scope.index()].bindings.len() - 1;
            self.gated.push(Gated { scope: self.scope, binding, conditions: self.conditions.clone() });
        }
    }

    fn use_name(&mut self, ident: &Ident, bound: &Ident, anchor: Anchor, path: &mut Vec<Name>) {
        let span = self.span(bound.span());
        // `use a::b::{self}` binds `b`.
        if ident == "self" && !path.is_empty() {
            let last = *path.last().expect("checked above");
            let name = if bound == "self" { last } else { self.ident(bound) };
            let import = Import::new(anchor, path.as_slice());
            self.bind_import(name, import, span);
            return;
        }
        let (anchor, pushed) = self.use_segment(ident, anchor, path);
        if bound != "_" && bound != "self" {
            let name = self.ident(bound);
            let import = Import::new(anchor, path.as_slice());
            self.bind_import(name, import, span);
        }
        path.truncate(path.len() - usize::from(pushed));
    }
}
