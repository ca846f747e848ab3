//! What a stub beside a module says of it: annotations where the module itself has none.

use crate::item::Anchor;
use crate::{BindingKind, Field, FunctionId, Import, Module, Name, ScopeId, TypeExpr, TypeExprId};
use std::collections::BTreeMap;

impl Module {
    /// Takes from `stub` the annotations of results, parameters, attributes and variables that have none here. Where a name is
    /// defined a different number of times there, it is nobody's.
    pub fn annotate(&mut self, stub: &Self) {
        let mut taken = Taken { stub, module: self };
        taken.functions();
        taken.fields();
        taken.variables();
        self.names.shrink_to_fit();
    }
}

/// A stub, and the module that takes what it says.
struct Taken<'m> {
    stub: &'m Module,
    module: &'m mut Module,
}

impl Taken<'_> {
    fn functions(&mut self) {
        let (own, said) = (by_name(self.module), by_name(self.stub));
        let pairs: Vec<(FunctionId, FunctionId)> = own
            .iter()
            .filter_map(|(name, own)| said.get(name).filter(|it| it.len() == own.len()).map(|said| (own, said)))
            .flat_map(|(own, said)| own.iter().copied().zip(said.iter().copied()))
            .collect();
        for (own, said) in pairs {
            self.function(own, said);
        }
    }

    fn function(&mut self, own: FunctionId, said: FunctionId) {
        let said = self.stub.function(said);
        let function = self.module.function(own);
        // A stub may write a coroutine's result as the coroutine.
        if function.result.is_none() && function.color == said.color {
            let result = said.result.map(|it| self.expr(it));
            self.module.functions[own.index()].result = result;
        }
        for at in 0..self.module.function(own).parameters.len() {
            let parameter = &self.module.function(own).parameters[at];
            let name = self.module.text(parameter.name);
            let same = said.parameters.iter().find(|it| self.stub.text(it.name) == name);
            let Some(annotation) = same.and_then(|it| it.annotation).filter(|_| parameter.annotation.is_none()) else {
                continue;
            };
            let annotation = self.expr(annotation);
            self.module.functions[own.index()].parameters[at].annotation = Some(annotation);
        }
    }

    fn fields(&mut self) {
        for at in 0..self.module.types.len() {
            let stub = self.stub;
            let qualname = &self.module.types[at].qualname;
            let Some(said) = stub.types.iter().find(|it| it.qualname == *qualname) else { continue };
            for field in &said.fields {
                let Some(annotation) = field.annotation else { continue };
                let name = self.module.names.intern(stub.text(field.name));
                let annotation = Some(self.expr(annotation));
                let fields = &mut self.module.types[at].fields;
                match fields.iter_mut().find(|it| it.name == name) {
                    Some(own) => own.annotation = own.annotation.or(annotation),
                    None => fields.push(Field { name, annotation, values: Vec::new(), ..field.clone() }),
                }
            }
        }
    }

    fn variables(&mut self) {
        let stub = self.stub;
        for binding in &stub.scope(ScopeId::FILE).bindings {
            let BindingKind::Value { annotation: Some(said), .. } = binding.kind else { continue };
            let name = self.module.names.intern(stub.text(binding.name));
            let mut own = self.module.scopes[0].bindings.iter();
            let unsaid =
                |kind: &BindingKind| matches!(kind, BindingKind::Value { annotation, .. } if annotation.is_none());
            let Some(at) = own.position(|it| it.name == name && unsaid(&it.kind)) else { continue };
            let said = self.expr(said);
            if let BindingKind::Value { annotation, .. } = &mut self.module.scopes[0].bindings[at].kind {
                *annotation = Some(said);
            }
        }
    }

    /// The type expression as one of the module.
    fn expr(&mut self, id: TypeExprId) -> TypeExprId {
        let stub = self.stub;
        let expr = match stub.type_expr(id) {
            TypeExpr::Path { scope: _, path } => TypeExpr::Path { scope: ScopeId::FILE, path: self.path(path) },
            TypeExpr::Apply { base, args } => TypeExpr::Apply { base: self.expr(*base), args: self.exprs(args) },
            TypeExpr::Union(all) => TypeExpr::Union(self.exprs(all)),
            TypeExpr::Bounded(all) => TypeExpr::Bounded(self.exprs(all)),
            TypeExpr::Tuple(all) => TypeExpr::Tuple(self.exprs(all)),
            TypeExpr::Sequence(of) => TypeExpr::Sequence(self.expr(*of)),
            TypeExpr::Callable(of) => TypeExpr::Callable(self.expr(*of)),
            TypeExpr::Future(of) => TypeExpr::Future(self.expr(*of)),
            TypeExpr::TypeOf(of) => TypeExpr::TypeOf(self.expr(*of)),
            TypeExpr::Associated { base, name } => {
                TypeExpr::Associated { base: self.expr(*base), name: self.name(*name) }
            }
            TypeExpr::Texts(texts) => TypeExpr::Texts(texts.iter().map(|&it| self.name(it)).collect()),
            TypeExpr::Unknown => TypeExpr::Unknown,
            TypeExpr::SelfType => TypeExpr::SelfType,
            TypeExpr::Unit => TypeExpr::Unit,
        };
        self.module.add_type_expr(expr)
    }

    fn exprs(&mut self, all: &[TypeExprId]) -> Vec<TypeExprId> {
        all.iter().map(|&it| self.expr(it)).collect()
    }

    fn name(&mut self, name: Name) -> Name {
        self.module.names.intern(self.stub.text(name))
    }

    /// The path as the module would write it: what the stub imports, the module may not.
    fn path(&mut self, path: &Import) -> Import {
        let stub = self.stub;
        let imported =
            path.segments.split_first().filter(|_| path.anchor == Anchor::Lexical).and_then(|(first, rest)| {
                let bindings = &stub.scope(ScopeId::FILE).bindings;
                let import = bindings.iter().find_map(|it| match &it.kind {
                    BindingKind::Import(import) if it.name == *first => Some(import),
                    _ => None,
                })?;
                Some(Import::new(import.anchor, [&import.segments, rest].concat()))
            });
        let path = imported.as_ref().unwrap_or(path);
        Import::new(path.anchor, path.segments.iter().map(|&it| self.name(it)).collect::<Box<[Name]>>())
    }
}

/// Functions by their names inside the module, in order.
fn by_name(module: &Module) -> BTreeMap<&str, Vec<FunctionId>> {
    let mut found: BTreeMap<&str, Vec<FunctionId>> = BTreeMap::new();
    for (at, function) in module.functions.iter().enumerate() {
        found.entry(&function.qualname).or_default().push(FunctionId::new(at));
    }
    found
}
