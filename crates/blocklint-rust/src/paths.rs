//! Paths and types as they are written, peeled of references, parentheses and lifetimes.

use crate::context::Lower;
use blocklint_ir::item::Anchor;
use blocklint_ir::{Import, Name, TypeExpr, TypeExprId};
use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, GenericParam, Generics, Path, PathArguments, PathSegment, ReturnType, Type, TypeParamBound,
    TypePath, WherePredicate,
};

/// Bounds that say nothing about what a value can do.
const MARKERS: [&str; 8] = ["Send", "Sync", "Unpin", "Sized", "Copy", "UnwindSafe", "RefUnwindSafe", "Eq"];

impl Lower {
    /// The first `count` segments of a path.
    pub(crate) fn import_of(&mut self, path: &Path, count: usize) -> Import {
        let mut names: Vec<Name> = Vec::with_capacity(count);
        let mut anchor = if path.leading_colon.is_some() { Anchor::Absolute } else { Anchor::Lexical };
        for (index, segment) in path.segments.iter().take(count).enumerate() {
            match (anchor, names.is_empty()) {
                (Anchor::Lexical, true) if index == 0 && segment.ident == "crate" => anchor = Anchor::Package,
                (Anchor::Lexical, true) if index == 0 && segment.ident == "self" && path.segments.len() > 1 => {
                    anchor = Anchor::Ancestor(0);
                }
                (Anchor::Lexical, true) if index == 0 && segment.ident == "super" => anchor = Anchor::Ancestor(1),
                (Anchor::Ancestor(up), true) if segment.ident == "super" => anchor = Anchor::Ancestor(up + 1),
                (Anchor::Lexical, true) if index == 0 && segment.ident == "Self" => match &self.self_path {
                    Some(own) => {
                        anchor = own.anchor;
                        names.extend(own.segments.iter().copied());
                    }
                    None => names.push(self.ident(&segment.ident)),
                },
                _ => names.push(self.ident(&segment.ident)),
            }
        }
        Import::new(anchor, names)
    }

    /// The whole path.
    pub(crate) fn import(&mut self, path: &Path) -> Import {
        self.import_of(path, path.segments.len())
    }

    fn path_type(&mut self, import: Import) -> TypeExprId {
        self.add_type(TypeExpr::Path { scope: self.scope, path: import })
    }

    /// A path of a library, whatever is in scope.
    pub(crate) fn absolute(&mut self, segments: &[&str]) -> Import {
        let names: Vec<Name> = segments.iter().map(|it| self.name(it)).collect();
        Import::new(Anchor::Absolute, names)
    }

    /// A type.
    pub(crate) fn ty(&mut self, ty: &Type) -> TypeExprId {
        match ty {
            Type::Array(it) => self.sequence(&it.elem),
            Type::Slice(it) => self.sequence(&it.elem),
            Type::FnPtr(it) => {
                let result = self.output(&it.output);
                self.add_type(TypeExpr::Callable(result))
            }
            Type::Group(it) => self.ty(&it.elem),
            Type::Paren(it) => self.ty(&it.elem),
            Type::Ptr(it) => self.borrowed(&it.elem),
            Type::Reference(it) => self.borrowed(&it.elem),
            Type::ImplTrait(it) => self.bounds(&it.bounds),
            Type::TraitObject(it) => self.bounds(&it.bounds),
            Type::Path(it) => self.type_path(it),
            Type::Tuple(it) if it.elems.is_empty() => self.add_type(TypeExpr::Unit),
            Type::Tuple(it) => {
                let elements = it.elems.iter().map(|it| self.ty(it)).collect();
                self.add_type(TypeExpr::Tuple(elements))
            }
            _ => self.add_type(TypeExpr::Unknown),
        }
    }

    fn borrowed(&mut self, ty: &Type) -> TypeExprId {
        let id = self.ty(ty);
        self.module.borrowed.push(id);
        id
    }

    fn sequence(&mut self, element: &Type) -> TypeExprId {
        let element = self.ty(element);
        self.add_type(TypeExpr::Sequence(element))
    }

    /// What a signature returns.
    pub(crate) fn output(&mut self, output: &ReturnType) -> TypeExprId {
        match output {
            ReturnType::Default => self.add_type(TypeExpr::Unit),
            ReturnType::Type(_, ty) => self.ty(ty),
        }
    }

    fn type_path(&mut self, ty: &TypePath) -> TypeExprId {
        let Some(last) = ty.path.segments.last() else { return self.add_type(TypeExpr::Unknown) };
        if let Some(qself) = &ty.qself {
            let base = self.ty(&qself.ty);
            let name = self.ident(&last.ident);
            return self.add_type(TypeExpr::Associated { base, name });
        }
        let segments = &ty.path.segments;
        if ty.path.leading_colon.is_none() && segments[0].ident == "Self" {
            let own = self.add_type(TypeExpr::SelfType);
            return self.associated(own, segments.iter().skip(1));
        }
        let first = self.ident(&segments[0].ident);
        if segments.len() > 1 && self.generics.contains(&first) {
            let base = self.path_type(Import::new(Anchor::Lexical, [first]));
            return self.associated(base, segments.iter().skip(1));
        }
        self.applied(&ty.path)
    }

    fn associated<'a>(&mut self, base: TypeExprId, names: impl Iterator<Item = &'a PathSegment>) -> TypeExprId {
        names.fold(base, |base, segment| {
            let name = self.ident(&segment.ident);
            self.add_type(TypeExpr::Associated { base, name })
        })
    }

    /// A path with the generic arguments of its last segment (or of the one before, for `Enum::<T>::Variant`).
    pub(crate) fn applied(&mut self, path: &Path) -> TypeExprId {
        let Some(last) = path.segments.last() else { return self.add_type(TypeExpr::Unknown) };
        let import = self.import(path);
        let args = match &last.arguments {
            PathArguments::None => Vec::new(),
            PathArguments::AngleBracketed(it) => it.args.iter().filter_map(|it| self.generic_argument(it)).collect(),
            PathArguments::Parenthesized(it) => {
                let result = self.output(&it.output);
                return self.add_type(TypeExpr::Callable(result));
            }
        };
        if let Some(future) = self.known_future(last, &args) {
            return future;
        }
        let base = self.path_type(import);
        if args.is_empty() { base } else { self.add_type(TypeExpr::Apply { base, args }) }
    }

    fn generic_argument(&mut self, argument: &GenericArgument) -> Option<TypeExprId> {
        match argument {
            GenericArgument::Type(ty) => Some(self.ty(ty)),
            GenericArgument::AssocType(it) => Some(self.ty(&it.ty)),
            GenericArgument::Constraint(it) => Some(self.bounds(&it.bounds)),
            _ => None,
        }
    }

    /// `BoxFuture<'_, T>`, and boxes and pins around a future.
    fn known_future(&mut self, segment: &PathSegment, args: &[TypeExprId]) -> Option<TypeExprId> {
        let boxed = segment.ident == "BoxFuture" || segment.ident == "LocalBoxFuture";
        if boxed {
            return args.first().map(|&it| self.add_type(TypeExpr::Future(it)));
        }
        let wraps = segment.ident == "Box" || segment.ident == "Pin";
        let &inner = args.first().filter(|_| wraps)?;
        matches!(self.module.type_expr(inner), TypeExpr::Future(_)).then_some(inner)
    }

    /// `A + B` of a type parameter, `impl` or `dyn`.
    pub(crate) fn bounds<'a>(&mut self, bounds: impl IntoIterator<Item = &'a TypeParamBound>) -> TypeExprId {
        let mut known = Vec::new();
        let mut markers = Vec::new();
        for bound in bounds {
            let TypeParamBound::Trait(bound) = bound else { continue };
            let Some(last) = bound.path.segments.last() else { continue };
            if bound.maybe.is_some() {
                continue;
            }
            if last.ident == "Future" || last.ident == "IntoFuture" {
                let output = self.named_argument(last, "Output");
                let output = output.unwrap_or_else(|| self.add_type(TypeExpr::Unit));
                return self.add_type(TypeExpr::Future(output));
            }
            if let PathArguments::Parenthesized(it) = &last.arguments {
                let mut result = self.output(&it.output);
                if last.ident.to_string().starts_with("Async") {
                    result = self.add_type(TypeExpr::Future(result));
                }
                return self.add_type(TypeExpr::Callable(result));
            }
            let marker = MARKERS.iter().any(|it| last.ident == it);
            let ty = self.applied(&bound.path);
            if marker { markers.push(ty) } else { known.push(ty) }
        }
        let bounds = if known.is_empty() { markers } else { known };
        if bounds.is_empty() { self.add_type(TypeExpr::Unknown) } else { self.add_type(TypeExpr::Bounded(bounds)) }
    }

    fn named_argument(&mut self, segment: &PathSegment, name: &str) -> Option<TypeExprId> {
        let PathArguments::AngleBracketed(args) = &segment.arguments else { return None };
        args.args.iter().find_map(|it| match it {
            GenericArgument::AssocType(it) if it.ident == name => Some(self.ty(&it.ty)),
            GenericArgument::Constraint(it) if it.ident == name => Some(self.bounds(&it.bounds)),
            _ => None,
        })
    }

    /// Type parameters with their bounds, those of the `where` clause included. Their names are known until
    /// [`Lower::generics`] is cut back by the caller.
    pub(crate) fn generic_parameters(&mut self, generics: &Generics) -> Vec<(Name, Option<TypeExprId>)> {
        self.type_parameters(generics, |lower, param| {
            let mut bounds: Vec<&TypeParamBound> = param.bounds.iter().collect();
            bounds.extend(generics.where_clause.iter().flat_map(|it| where_bounds(&it.predicates, &param.ident)));
            (!bounds.is_empty()).then(|| lower.bounds(bounds))
        })
    }

    /// Likewise, of an alias: with what they are where nothing is said.
    pub(crate) fn alias_parameters(&mut self, generics: &Generics) -> Vec<(Name, Option<TypeExprId>)> {
        self.type_parameters(generics, |lower, param| param.default.as_ref().map(|it| lower.ty(&it.1)))
    }

    fn type_parameters(
        &mut self,
        generics: &Generics,
        mut said: impl FnMut(&mut Self, &syn::TypeParam) -> Option<TypeExprId>,
    ) -> Vec<(Name, Option<TypeExprId>)> {
        let params: Vec<&syn::TypeParam> = generics
            .params
            .iter()
            .filter_map(|it| if let GenericParam::Type(it) = it { Some(it) } else { None })
            .collect();
        for param in &params {
            let name = self.ident(&param.ident);
            self.generics.push(name);
        }
        params.into_iter().map(|it| (self.ident(&it.ident), said(self, it))).collect()
    }
}

/// Pointers whose end drops their target only when they are the last.
pub(crate) fn shares(name: &proc_macro2::Ident) -> bool {
    ["Arc", "Rc", "Weak"].iter().any(|it| name == it)
}

fn where_bounds<'a>(
    predicates: &'a Punctuated<WherePredicate, syn::Token![,]>,
    name: &'a proc_macro2::Ident,
) -> impl Iterator<Item = &'a TypeParamBound> {
    predicates
        .iter()
        .filter_map(move |it| match it {
            WherePredicate::Type(it) => match &it.bounded_ty {
                Type::Path(ty) if ty.qself.is_none() && ty.path.is_ident(name) => Some(it.bounds.iter()),
                _ => None,
            },
            _ => None,
        })
        .flatten()
}
