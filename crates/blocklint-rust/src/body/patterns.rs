//! Patterns: what each name is bound to, and which variant a pattern asks for.

use crate::context::Lower;
use crate::paths::shares;
use crate::position::{path_end, path_start, pattern_start};
use blocklint_ir::item::Anchor;
use blocklint_ir::{Import, Name, Span, ValueId, ValueKind};
use syn::{Member, Pat, PatIdent, Path};

impl Lower {
    /// Binds the names of a pattern to the parts of a value. `owned`: the value is dropped with the block.
    pub(crate) fn pattern(&mut self, pattern: &Pat, value: ValueId, owned: bool) {
        if !binds(pattern) {
            return;
        }
        match pattern {
            Pat::Ident(it) => self.bind(it, value, owned),
            Pat::Guard(it) => self.pattern(&it.pat, value, owned),
            Pat::Paren(it) => self.pattern(&it.pat, value, owned),
            Pat::Reference(it) => self.pattern(&it.pat, value, false),
            Pat::Type(it) => {
                let span = self.span(pattern_start(&it.pat));
                let value = match self.known_type(&it.ty) {
                    Some(to) => self.push(ValueKind::Narrow { of: value, to, holds: true }, span),
                    None => value,
                };
                self.pattern(&it.pat, value, owned && !shared(&it.ty));
            }
            Pat::Tuple(it) => self.elements(it.elems.iter(), value, owned),
            Pat::Slice(it) => self.elements(it.elems.iter(), value, owned),
            Pat::TupleStruct(it) => {
                for (index, element) in it.elems.iter().enumerate() {
                    let field = self.name(&index.to_string());
                    self.payload(element, value, &it.path, field, owned);
                }
            }
            Pat::Struct(it) => {
                for field in &it.fields {
                    let name = match &field.member {
                        Member::Named(ident) => self.ident(ident),
                        Member::Unnamed(index) => self.name(&index.index.to_string()),
                    };
                    self.payload(&field.pat, value, &it.path, name, owned);
                }
            }
            Pat::Or(it) => self.alternatives(it.cases.iter(), value, owned),
            _ => {}
        }
    }

    fn elements<'a>(&mut self, patterns: impl Iterator<Item = &'a Pat>, value: ValueId, owned: bool) {
        let mut rest = false;
        for (index, pattern) in patterns.enumerate() {
            if matches!(pattern, Pat::Rest(_)) {
                rest = true;
            } else if binds(pattern) {
                let span = self.span(pattern_start(pattern));
                let index = u32::try_from(index).ok().filter(|_| !rest);
                let element = self.push(ValueKind::Element { base: value, index }, span);
                self.pattern(pattern, element, owned);
            }
        }
    }

    fn payload(&mut self, pattern: &Pat, base: ValueId, path: &Path, field: Name, owned: bool) {
        if !binds(pattern) {
            return;
        }
        let variant = Box::new(self.import(path));
        let scope = self.scope;
        let span = self.span(pattern_start(pattern));
        let value = self.push(ValueKind::Payload { base, variant, scope, field }, span);
        self.pattern(pattern, value, owned);
    }

    fn bind(&mut self, pattern: &PatIdent, value: ValueId, owned: bool) {
        let name = self.ident(&pattern.ident);
        let span = self.span(pattern.ident.span());
        let again = self.alternative.then(|| self.bound_here(name)).flatten();
        if let Some(unique) = again {
            let value = match self.builder().read(unique) {
                Some(first) => self.builder().choose(first, value),
                None => value,
            };
            self.builder().assign(unique, value);
        } else {
            let unique = self.declare(name);
            self.builder().assign(unique, value);
            self.own(unique, span, owned && pattern.by_ref.is_none());
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.pattern(inner, value, false);
        }
    }

    fn own(&mut self, unique: Name, span: Span, owned: bool) {
        if owned && let Some(block) = self.frame().blocks.last_mut() {
            block.owned.push((unique, span));
        }
    }

    /// The variable of this name in the innermost block.
    fn bound_here(&mut self, name: Name) -> Option<Name> {
        let block = self.frame().blocks.last()?;
        block.names.iter().rev().find(|it| it.0 == name).map(|it| it.1)
    }

    /// `A(x) | B(x)`: every case binds the same names.
    fn alternatives<'a>(&mut self, cases: impl Iterator<Item = &'a Pat>, value: ValueId, owned: bool) {
        let outer = self.alternative;
        for case in cases {
            self.pattern(case, value, owned);
            self.alternative = true;
        }
        self.alternative = outer;
    }

    /// The path of the variant that a pattern asks for, when it is a single one.
    pub(crate) fn variant(&mut self, pattern: &Pat) -> Option<Import> {
        match pattern {
            Pat::TupleStruct(it) => Some(self.import(&it.path)),
            Pat::Struct(it) => Some(self.import(&it.path)),
            Pat::Path(it) => Some(self.import(&it.path)),
            Pat::Guard(it) => self.variant(&it.pat),
            Pat::Paren(it) => self.variant(&it.pat),
            Pat::Reference(it) => self.variant(&it.pat),
            Pat::Ident(it) if constant(it) => {
                let name = self.ident(&it.ident);
                Some(Import::new(Anchor::Lexical, [name]))
            }
            Pat::Ident(it) => it.subpat.as_ref().and_then(|it| self.variant(&it.1)),
            _ => None,
        }
    }

    /// The text of a path, first to last token.
    pub(crate) fn path_span(&self, path: &Path) -> Span {
        self.between(path_start(path), path_end(path))
    }
}

/// Whether a pattern that does not match says that the variant is another one, and not what the variant holds.
pub(crate) fn asks_for_variant_alone(pattern: &Pat) -> bool {
    match pattern {
        Pat::TupleStruct(it) => it.elems.iter().all(only_binds),
        Pat::Struct(it) => it.fields.iter().all(|it| only_binds(&it.pat)),
        Pat::Paren(it) => asks_for_variant_alone(&it.pat),
        Pat::Reference(it) => asks_for_variant_alone(&it.pat),
        Pat::Path(_) | Pat::Ident(_) => true,
        _ => false,
    }
}

/// Whether anything matches a pattern, whatever its type.
fn only_binds(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(it) => !constant(it) && it.subpat.as_ref().is_none_or(|it| only_binds(&it.1)),
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Paren(it) => only_binds(&it.pat),
        Pat::Reference(it) => only_binds(&it.pat),
        Pat::Type(it) => only_binds(&it.pat),
        Pat::Tuple(it) => it.elems.iter().all(only_binds),
        _ => false,
    }
}

/// `None`, `MAX`: a name that a pattern compares with rather than binds, as its case tells.
fn constant(pattern: &PatIdent) -> bool {
    pattern.by_ref.is_none()
        && pattern.mutability.is_none()
        && pattern.subpat.is_none()
        && pattern.ident.to_string().starts_with(char::is_uppercase)
}

/// Whether a pattern binds any name.
pub(crate) fn binds(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(it) => !constant(it),
        Pat::Guard(it) => binds(&it.pat),
        Pat::Paren(it) => binds(&it.pat),
        Pat::Reference(it) => binds(&it.pat),
        Pat::Type(it) => binds(&it.pat),
        Pat::Tuple(it) => it.elems.iter().any(binds),
        Pat::Slice(it) => it.elems.iter().any(binds),
        Pat::TupleStruct(it) => it.elems.iter().any(binds),
        Pat::Struct(it) => it.fields.iter().any(|it| binds(&it.pat)),
        Pat::Or(it) => it.cases.iter().any(binds),
        _ => false,
    }
}

/// A reference, or a pointer that others have too: the end of the variable ends nothing else.
fn shared(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Reference(_) => true,
        syn::Type::Path(it) => it.path.segments.last().is_some_and(|it| shares(&it.ident)),
        _ => false,
    }
}
