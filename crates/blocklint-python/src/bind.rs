//! Names: where an assignment goes and what reading a name gives. Python looks a name up in the class body, the function,
//! the functions around it, the file and the builtins, in this order; the last two are the linker's to join.

use crate::lower::{Frame, Lowerer};
use crate::symbols::Symbol;
use blocklint_ir::item::Anchor;
use blocklint_ir::{
    Binding, BindingKind, FunctionId, Import, Module, Name, Scope, ScopeId, Span, TypeExprId, TypeId, ValueId,
    ValueKind, ValueRef,
};
use rustc_hash::FxHashMap;

/// What a statement binds a name to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bound {
    Import(Import),
    Function(FunctionId),
    Type(TypeId),
    Value,
}

/// The file's names, in order of appearance.
#[derive(Debug, Default)]
pub(crate) struct TopNames {
    names: Vec<TopName>,
    index: FxHashMap<Name, usize>,
}

#[derive(Debug)]
struct TopName {
    name: Name,
    span: Span,
    bounds: Vec<(Bound, Option<ValueRef>, Span)>,
    annotation: Option<TypeExprId>,
}

impl TopNames {
    fn entry(&mut self, name: Name, span: Span) -> &mut TopName {
        let names = &mut self.names;
        let index = *self.index.entry(name).or_insert_with(|| {
            names.push(TopName { name, span, bounds: Vec::new(), annotation: None });
            names.len() - 1
        });
        &mut self.names[index]
    }

    /// Whether a name was given a value so far, which is no type.
    pub(crate) fn is_value(&self, name: Name) -> bool {
        let known = self.index.get(&name).map(|it| &self.names[*it]);
        known.is_some_and(|it| it.bounds.iter().any(|it| it.0 == Bound::Value))
    }

    fn add(&mut self, name: Name, bound: Bound, value: Option<ValueRef>, span: Span) {
        let entry = self.entry(name, span);
        let known = matches!(bound, Bound::Import(_)) && entry.bounds.iter().any(|it| it.0 == bound);
        if !known {
            entry.bounds.push((bound, value, span));
        }
    }
}

impl Lowerer {
    /// Gives a name a value at this place. `value` is `None` for what binds without running (`if TYPE_CHECKING:`).
    pub(crate) fn bind(&mut self, name: Name, bound: Bound, value: Option<ValueId>, span: Span) {
        if self.frame.comprehension.contains(&name) {
            self.assign_local(name, value);
            return;
        }
        if !self.frame.classes.is_empty() {
            self.bind_in_class(name, &bound, value, span);
            return;
        }
        let place = value.map(|value| ValueRef { function: self.frame.id, value });
        match self.frame.symbols.as_ref().map(|it| it.get(&name)) {
            None => {
                self.assign_local(name, value);
                self.top.add(name, bound, place, span);
            }
            Some(Some(Symbol::Global)) => self.top.add(name, bound, place, span),
            Some(Some(Symbol::Nonlocal)) => {
                let owner = self.outer.iter_mut().skip(1).rev().find(|it| it.symbol(name) == Some(Symbol::Local));
                if let (Some(owner), Some(place)) = (owner, place) {
                    owner.builder.assign_foreign(name, place);
                    owner.shared.push(name);
                }
            }
            Some(Some(Symbol::Local) | None) => {
                self.assign_local(name, value);
                if matches!(bound, Bound::Type(_) | Bound::Import(_)) {
                    let scope = self.function_scope();
                    bind_in_scope(&mut self.module, scope, name, bound, span);
                }
            }
        }
    }

    fn assign_local(&mut self, name: Name, value: Option<ValueId>) {
        if let Some(value) = value {
            self.frame.builder.assign(name, value);
        }
    }

    /// Says of what type a name of the file is.
    pub(crate) fn annotate(&mut self, name: Name, annotation: TypeExprId, span: Span) {
        if self.frame.symbols.is_none() && self.frame.classes.is_empty() {
            self.top.entry(name, span).annotation.get_or_insert(annotation);
        }
    }

    /// The function's own scope, made when it first binds a type or an import.
    fn function_scope(&mut self) -> ScopeId {
        let current = self.frame.builder.function.scope;
        if self.frame.scoped {
            return current;
        }
        let scope = self.add_scope(current);
        self.frame.scoped = true;
        self.frame.builder.function.scope = scope;
        scope
    }

    fn add_scope(&mut self, parent: ScopeId) -> ScopeId {
        self.module.scopes.push(Scope { parent: Some(parent), transparent: true, ..Scope::default() });
        ScopeId::new(self.module.scopes.len() - 1)
    }

    /// The scope that annotations at this place are looked up in.
    pub(crate) fn annotation_scope(&self) -> ScopeId {
        let class = self.frame.classes.iter().rev().find_map(|it| it.scope);
        class.unwrap_or(self.frame.builder.function.scope)
    }

    fn bind_in_class(&mut self, name: Name, bound: &Bound, value: Option<ValueId>, span: Span) {
        let around = self.annotation_scope();
        let Some(class) = self.frame.classes.last() else { return };
        let (id, scope) = (class.id, class.scope);
        if matches!(bound, Bound::Type(_) | Bound::Import(_)) {
            let scope = scope.unwrap_or_else(|| self.add_scope(around));
            if let Some(class) = self.frame.classes.last_mut() {
                class.scope = Some(scope);
            }
            bind_in_scope(&mut self.module, scope, name, bound.clone(), span);
        }
        let Some(value) = value else { return };
        let variable = self.class_variable(id, name);
        self.frame.builder.assign(variable, value);
        if !matches!(bound, Bound::Function(_)) {
            self.class_value(id, name, value, span);
        }
    }

    /// The variable that stands for a name of a class body: no function inside sees it.
    fn class_variable(&mut self, class: TypeId, name: Name) -> Name {
        let text = format!("{}.{}", self.module.type_def(class).qualname, self.module.text(name));
        self.name(&text)
    }

    /// The value of a name of the class body around this place.
    pub(crate) fn class_name(&mut self, name: Name) -> Option<ValueId> {
        let class = self.frame.classes.last()?.id;
        let variable = self.class_variable(class, name);
        self.frame.builder.read(variable)
    }

    /// What reading a name gives.
    pub(crate) fn load(&mut self, name: Name, span: Span) -> ValueId {
        if !self.frame.comprehension.contains(&name)
            && let Some(value) = self.class_name(name)
        {
            return value;
        }
        match self.frame.symbol(name) {
            Some(Symbol::Local) => {
                return self.local(name, span);
            }
            Some(Symbol::Global) => return self.global(name, span),
            Some(Symbol::Nonlocal) => {}
            None => {
                if self.frame.symbols.is_none()
                    && let Some(value) = self.frame.builder.read(name)
                {
                    return value;
                }
            }
        }
        let owner = self.outer.iter().rev().find_map(|it| Some((it, it.symbol(name)?)));
        match owner {
            Some((frame, Symbol::Local)) => self.push(ValueKind::Captured { function: frame.id, name }, span),
            Some((_, Symbol::Nonlocal)) => self.captured_through(name, span),
            Some((_, Symbol::Global)) | None => self.global(name, span),
        }
    }

    /// A variable of the function itself. Where it holds nothing yet (an earlier round of a loop gave it a value), or where
    /// functions inside give it values too, it may be anything that it is ever given.
    fn local(&mut self, name: Name, span: Span) -> ValueId {
        let value = if self.frame.shared.contains(&name) { None } else { self.frame.builder.read(name) };
        let function = self.frame.id;
        value.unwrap_or_else(|| self.push(ValueKind::Captured { function, name }, span))
    }

    fn captured_through(&mut self, name: Name, span: Span) -> ValueId {
        let owner = self.outer.iter().rev().find(|it| it.symbol(name) == Some(Symbol::Local));
        match owner.map(|it| it.id) {
            Some(function) => self.push(ValueKind::Captured { function, name }, span),
            None => self.global(name, span),
        }
    }

    fn global(&mut self, name: Name, span: Span) -> ValueId {
        let scope = self.frame.builder.function.scope;
        let path = self.module.paths.intern(scope, Anchor::Lexical, &[name]);
        self.push(ValueKind::Path(path), span)
    }

    /// Whether `name` is bound nowhere in the functions around this place, so that the file or the builtins give it.
    pub(crate) fn is_global(&self, name: Name) -> bool {
        !self.shadows_file(name) && !self.top.index.contains_key(&name)
    }

    /// Whether a function around this place, or this one, binds the name.
    pub(crate) fn shadows_file(&self, name: Name) -> bool {
        let bound = |it: &Frame| matches!(it.symbol(name), Some(Symbol::Local | Symbol::Nonlocal));
        bound(&self.frame) || self.outer.iter().any(bound)
    }

    /// What a name of the file was given so far.
    pub(crate) fn file_values(&self, name: Name) -> impl Iterator<Item = ValueRef> {
        let entry = self.top.index.get(&name).map(|&it| &self.top.names[it]);
        entry.into_iter().flat_map(|it| it.bounds.iter().filter_map(|it| it.1))
    }

    /// Gives a name of the file a value more.
    pub(crate) fn add_to_file(&mut self, name: Name, bound: Bound, value: Option<ValueRef>, span: Span) {
        self.top.add(name, bound, value, span);
    }
}

impl Lowerer {
    /// Whether `name` may be `typing`'s by where the file gets it: others' modules have a `Protocol` too, but one that re-exports
    /// `typing`'s is called after it, or is the project's own.
    pub(crate) fn may_be_typings(&mut self, name: &str) -> bool {
        let name = self.name(name);
        let Some(&index) = self.top.index.get(&name) else { return true };
        self.top.names[index].bounds.iter().any(|it| match &it.0 {
            Bound::Import(path) => {
                let named = |it: &Name| ["typing", "compat"].iter().any(|word| self.module.text(*it).contains(word));
                path.anchor != Anchor::Absolute || path.segments.iter().any(named)
            }
            _ => true,
        })
    }

    /// Whether the file imports `name` from `typing`.
    pub(crate) fn imports_from_typing(&mut self, name: &str) -> bool {
        let name = self.name(name);
        let Some(&index) = self.top.index.get(&name) else { return false };
        self.top.names[index].bounds.iter().any(|it| match &it.0 {
            Bound::Import(path) => path.segments.first().is_some_and(|&it| self.module.text(it).starts_with("typing")),
            _ => false,
        })
    }
}

fn bind_in_scope(module: &mut Module, scope: ScopeId, name: Name, bound: Bound, span: Span) {
    let kind = match bound {
        Bound::Import(path) => BindingKind::Import(path),
        Bound::Function(id) => BindingKind::Function(id),
        Bound::Type(id) => BindingKind::Type(id),
        Bound::Value => return,
    };
    module.scopes[scope.index()].bindings.push(Binding { name, kind, span });
}

/// The module with the file's bindings filled in.
pub(crate) fn finish(lowerer: Lowerer) -> Module {
    let Lowerer { mut module, frame, top, .. } = lowerer;
    let mut top_level = frame.builder.finish();
    // What a file's variables are given once, its scope's bindings say.
    top_level.variables.retain(|it| it.values.len() > 1);
    module.functions[FunctionId::TOP.index()] = top_level;
    for entry in top.names {
        let TopName { name, span, bounds, annotation } = entry;
        let varies = annotation.is_some() || bounds.is_empty() || bounds.iter().any(|it| it.0 == Bound::Value);
        let mut values = Vec::new();
        for (bound, value, span) in bounds {
            match value {
                Some(value) if varies => values.push(value),
                _ => bind_in_scope(&mut module, ScopeId::FILE, name, bound, span),
            }
        }
        if varies {
            let kind = BindingKind::Value { values, annotation };
            module.scopes[0].bindings.push(Binding { name, kind, span });
        }
    }
    let fallback = module.names.get("__getattr__").and_then(|name| {
        module.scopes[0].bindings.iter().find_map(|it| match it.kind {
            BindingKind::Function(id) if it.name == name => Some(id),
            _ => None,
        })
    });
    module.scopes[0].fallback = fallback;
    module
}
