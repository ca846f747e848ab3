//! Whether a module that was stored can be worked with. The engine trusts the ids that it meets, so that what a file from elsewhere says
//! is looked at once, when it is read.

use crate::{
    Binding, BindingKind, Export, Exported, Field, Function, FunctionId, Glob, Import, Literal, Member, Module, Name,
    Named, Parameter, PathId, Region, RegionId, RegionKind, Scope, ScopeId, Submodule, TypeDef, TypeExpr, TypeExprId,
    TypeId, Value, ValueId, ValueKind, ValueRef, Variable,
};

impl Module {
    /// Whether every id leads to something that is there, and nothing leads in circles that no text makes: a value is made of earlier
    /// ones (but for what meets in a loop), a type expression of earlier ones, and a region, a scope and a function stand in earlier
    /// ones. Whatever a front end made is sound.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let Self {
            language: _,
            names: _,
            paths,
            scopes,
            types,
            functions,
            type_exprs,
            borrowed,
            submodules,
            exports,
            prelude,
            directives: _,
            errors: _,
            test: _,
            generated: _,
            sets_any: _,
        } = self;
        let lists = [
            &prelude.fallback,
            &prelude.text,
            &prelude.sequence,
            &prelude.mapping,
            &prelude.future,
            &prelude.handed_on,
        ];
        !functions.is_empty()
            && !scopes.is_empty()
            && (0..paths.len()).map(PathId::new).all(|it| self.has_path(it))
            && scopes.iter().enumerate().all(|(at, it)| self.has_scope(at, it))
            && types.iter().all(|it| self.has_type(it))
            && functions.iter().enumerate().all(|(at, it)| self.has_function(at, it))
            && type_exprs.iter().enumerate().all(|(at, it)| self.has_type_expr(at, it))
            && borrowed.is_sorted()
            && borrowed.iter().all(|it| self.expr(*it))
            && submodules.iter().all(|Submodule { name, inside, conditions, .. }| {
                self.name(*name) && self.all_names(inside) && conditions.iter().all(|it| self.name(it.0))
            })
            && exports.iter().all(|it| self.has_export(*it))
            && lists.into_iter().flatten().all(|it| self.all_names(it))
            && prelude.names.iter().all(|(name, path)| self.name(*name) && self.all_names(path))
            && self.all_names(&prelude.macros)
    }

    fn name(&self, name: Name) -> bool {
        name.index() < self.names.texts().len()
    }

    fn all_names(&self, names: &[Name]) -> bool {
        names.iter().all(|it| self.name(*it))
    }

    fn expr(&self, id: TypeExprId) -> bool {
        id.index() < self.type_exprs.len()
    }

    fn maybe_expr(&self, id: Option<TypeExprId>) -> bool {
        id.is_none_or(|it| self.expr(it))
    }

    fn scope_id(&self, id: ScopeId) -> bool {
        id.index() < self.scopes.len()
    }

    fn type_id(&self, id: TypeId) -> bool {
        id.index() < self.types.len()
    }

    fn function_id(&self, id: FunctionId) -> bool {
        id.index() < self.functions.len()
    }

    fn value_ref(&self, ValueRef { function, value }: ValueRef) -> bool {
        self.functions.get(function.index()).is_some_and(|it| has_value(it, value))
    }

    fn import(&self, Import { anchor: _, segments }: &Import) -> bool {
        self.all_names(segments)
    }

    fn generics(&self, generics: &[(Name, Option<TypeExprId>)]) -> bool {
        generics.iter().all(|(name, bound)| self.name(*name) && self.maybe_expr(*bound))
    }

    fn has_path(&self, id: PathId) -> bool {
        let path = self.paths.get(id);
        self.scope_id(path.scope) && self.import(&path.path)
    }

    fn has_scope(&self, at: usize, scope: &Scope) -> bool {
        let Scope { parent, name, transparent: _, bindings, globs, exports, fallback, test: _ } = scope;
        parent.is_none_or(|it| it.index() < at)
            && name.is_none_or(|it| self.name(it))
            && bindings.iter().all(|it| self.has_binding(it))
            && globs.iter().all(|Glob { path, span: _ }| self.import(path))
            && exports.as_deref().is_none_or(|it| self.all_names(it))
            && fallback.is_none_or(|it| self.function_id(it))
    }

    fn has_binding(&self, Binding { name, kind, span: _ }: &Binding) -> bool {
        self.name(*name)
            && match kind {
                BindingKind::Import(path) => self.import(path),
                BindingKind::Function(id) => self.function_id(*id),
                BindingKind::Type(id) => self.type_id(*id),
                BindingKind::Value { values, annotation } => {
                    values.iter().all(|it| self.value_ref(*it)) && self.maybe_expr(*annotation)
                }
                BindingKind::Scope(id) => self.scope_id(*id),
                BindingKind::Submodule(at) => *at < self.submodules.len(),
            }
    }

    fn has_type(&self, def: &TypeDef) -> bool {
        let TypeDef {
            name,
            qualname: _,
            kind: _,
            scope,
            bases,
            implements,
            generics,
            associated,
            members,
            fields,
            metaclass,
            decorators,
            span: _,
            test: _,
        } = def;
        let member = |Member { name, function, kind: _ }: &Member| self.name(*name) && self.function_id(*function);
        let named = |Named { attribute, argument, path }: &Named| {
            self.import(attribute) && self.name(*argument) && self.import(path)
        };
        let field = |Field { name, annotation, values, on_class: _, named: names, span: _ }: &Field| {
            self.name(*name)
                && self.maybe_expr(*annotation)
                && values.iter().all(|it| self.value_ref(*it))
                && names.iter().all(named)
        };
        self.name(*name)
            && self.scope_id(*scope)
            && bases.iter().all(|it| self.expr(*it))
            && self.maybe_expr(*implements)
            && self.generics(generics)
            && associated.iter().all(|(name, is)| self.name(*name) && self.expr(*is))
            && members.iter().all(member)
            && fields.iter().all(field)
            && self.maybe_expr(*metaclass)
            && decorators.iter().all(|it| self.value_ref(*it))
    }

    fn has_type_expr(&self, at: usize, expr: &TypeExpr) -> bool {
        let earlier = |it: &TypeExprId| it.index() < at;
        match expr {
            TypeExpr::Unknown | TypeExpr::SelfType | TypeExpr::Unit => true,
            TypeExpr::Path { scope, path } => self.scope_id(*scope) && self.import(path),
            TypeExpr::Apply { base, args } => earlier(base) && args.iter().all(earlier),
            TypeExpr::Union(all) | TypeExpr::Bounded(all) | TypeExpr::Tuple(all) => all.iter().all(earlier),
            TypeExpr::Sequence(of) | TypeExpr::Callable(of) | TypeExpr::Future(of) | TypeExpr::TypeOf(of) => {
                earlier(of)
            }
            TypeExpr::Texts(texts) => self.all_names(texts),
            TypeExpr::Associated { base, name } => earlier(base) && self.name(*name),
        }
    }

    fn has_export(&self, Export { language: _, name, what }: Export) -> bool {
        self.name(name)
            && match what {
                Exported::Module => true,
                Exported::Function(id) => self.function_id(id),
                Exported::Type(id) => self.type_id(id),
                Exported::Constructor(of, by) => self.type_id(of) && self.function_id(by),
            }
    }

    fn has_function(&self, at: usize, function: &Function) -> bool {
        let Function {
            name,
            qualname: _,
            form: _,
            color: _,
            owner,
            receiver: _,
            consumes: _,
            parent,
            scope,
            parameters,
            generics,
            result,
            decorators,
            values,
            regions,
            variables,
            foreign,
            returns,
            yields,
            discarded,
            stub: _,
            conditions,
            test: _,
            span: _,
            name_span: _,
        } = function;
        let own = |it: &ValueId| has_value(function, *it);
        // Decorators and defaults are computed where the function is written.
        let outer = self.functions.get(parent.map_or(0, FunctionId::index));
        let around = |it: &ValueId| outer.is_some_and(|outer| has_value(outer, *it));
        let parameter = |Parameter { name, annotation, default, metadata, kind: _, changes: _ }: &Parameter| {
            self.name(*name)
                && self.maybe_expr(*annotation)
                && default.iter().all(around)
                && metadata.iter().all(around)
        };
        let variable = |Variable { name, values }: &Variable| self.name(*name) && values.iter().all(own);
        self.name(*name)
            && owner.is_none_or(|it| self.type_id(it))
            && parent.is_none_or(|it| it.index() < at)
            && self.scope_id(*scope)
            && parameters.iter().all(parameter)
            && self.generics(generics)
            && self.maybe_expr(*result)
            && decorators.iter().all(around)
            && values.iter().enumerate().all(|(at, it)| self.has_value(function, at, it))
            && regions.iter().enumerate().all(|(at, it)| self.has_region(function, at, it))
            && variables.iter().all(variable)
            && foreign.iter().all(|(name, value)| self.name(*name) && self.value_ref(*value))
            && [returns, yields, discarded].into_iter().flatten().all(own)
            && conditions.iter().all(|it| self.name(it.0))
    }

    fn has_region(&self, function: &Function, at: usize, Region { parent, kind }: &Region) -> bool {
        let own = |it: &ValueId| has_value(function, *it);
        let earlier = |it: RegionId| it.index() < at;
        parent.map_or(at == 0, earlier)
            && match kind {
                RegionKind::Body
                | RegionKind::Loop
                | RegionKind::Try
                | RegionKind::Finally
                | RegionKind::Leaving
                | RegionKind::Script => true,
                RegionKind::When { test, holds: _ } => own(test),
                RegionKind::Match { subject, holds: _, variant } => {
                    own(subject) && variant.as_ref().is_none_or(|it| self.import(it))
                }
                RegionKind::Handler { attempt, catches } => earlier(*attempt) && catches.iter().all(own),
                RegionKind::Completed { attempt } => earlier(*attempt),
                RegionKind::Held { context } => own(context),
            }
    }

    fn has_value(&self, function: &Function, at: usize, Value { kind, span: _, region }: &Value) -> bool {
        // What meets in a loop comes from later rounds too.
        let end = if matches!(kind, ValueKind::Choice(_)) { function.values.len() } else { at };
        region.index() < function.regions.len()
            && kind.operands().all(|it| it.index() < end)
            && match kind {
                ValueKind::Literal(Literal::Text(name))
                | ValueKind::Attribute { name, .. }
                | ValueKind::AnyAttribute { prefix: name, .. }
                | ValueKind::Store { name, .. } => self.name(*name),
                ValueKind::Parameter(position) => usize::from(*position) < function.parameters.len(),
                ValueKind::Path(id) => id.index() < self.paths.len(),
                ValueKind::Associated { of, through, name } => {
                    self.expr(*of) && self.maybe_expr(*through) && self.name(*name)
                }
                ValueKind::Captured { function, name } => self.function_id(*function) && self.name(*name),
                ValueKind::Function(id) => self.function_id(*id),
                ValueKind::Type(id) => self.type_id(*id),
                ValueKind::Import { path, binds } => {
                    self.import(path) && binds.as_ref().is_none_or(|it| self.import(it))
                }
                ValueKind::Call(call) => {
                    call.arguments.iter().all(|it| it.name.is_none_or(|it| self.name(it)))
                        && call.types.iter().all(|it| self.expr(*it))
                }
                ValueKind::Operator { operands, .. } => !operands.is_empty(),
                ValueKind::Payload { variant, scope, field, .. } => {
                    self.import(variant) && self.scope_id(*scope) && self.name(*field)
                }
                ValueKind::Narrow { to, .. } => self.expr(*to),
                // The others are made of values alone.
                _ => true,
            }
    }
}

fn has_value(function: &Function, value: ValueId) -> bool {
    value.index() < function.values.len()
}

#[cfg(test)]
mod tests {
    use crate::item::Anchor;
    use crate::{
        Import, Language, Module, Region, RegionId, RegionKind, Scope, ScopeId, Span, TypeExpr, TypeExprId, Value,
        ValueId, ValueKind,
    };

    type Change = fn(&mut Module);

    fn value(kind: ValueKind) -> Value {
        Value { kind, span: Span::default(), region: RegionId::BODY }
    }

    fn module() -> Module {
        let mut module = Module::new(Language::Python);
        let name = module.names.intern("name");
        module.scopes.push(Scope { parent: Some(ScopeId::FILE), name: Some(name), ..Scope::default() });
        let path = TypeExpr::Path { scope: ScopeId::FILE, path: Import::new(Anchor::Lexical, [name]) };
        let inner = module.add_type_expr(path);
        module.add_type_expr(TypeExpr::Sequence(inner));
        let top = &mut module.functions[0];
        top.values.push(value(ValueKind::Choice([ValueId::new(1)].into())));
        top.values.push(value(ValueKind::Attribute { base: ValueId::new(0), name }));
        top.returns.push(ValueId::new(1));
        module
    }

    #[test]
    fn what_meets_in_a_loop_is_sound() {
        assert!(module().is_sound());
    }

    #[test]
    fn ids_that_lead_nowhere_or_in_circles_are_not() {
        let changes: [(&str, Change); 9] = [
            ("no top-level code", |it| it.functions.clear()),
            ("no scope", |it| it.scopes.clear()),
            ("a scope in itself", |it| it.scopes[1].parent = Some(ScopeId::new(1))),
            ("a name that is not there", |it| it.names = Module::new(Language::Python).names),
            ("a type of itself", |it| it.type_exprs[1] = TypeExpr::Sequence(TypeExprId::new(1))),
            ("a value of itself", |it| it.functions[0].values[1] = value(ValueKind::Await(ValueId::new(1)))),
            ("a value that is not there", |it| it.functions[0].returns[0] = ValueId::new(2)),
            ("a parameter that is not there", |it| it.functions[0].values[1].kind = ValueKind::Parameter(0)),
            ("a region in itself", |it| {
                let region = Region { parent: Some(RegionId::new(1)), kind: RegionKind::Loop };
                it.functions[0].regions.push(region);
            }),
        ];
        for (what, change) in changes {
            let mut module = module();
            change(&mut module);
            assert!(!module.is_sound(), "{what}");
        }
    }
}
