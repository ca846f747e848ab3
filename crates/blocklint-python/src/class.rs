//! Classes: bases, members, and what their bodies run in the function around them.

use crate::annotation::typing_name;
use crate::bind::Bound;
use crate::lower::{ClassFrame, Lowerer};
use crate::member;
use crate::parse::span;
use crate::stmt::type_def;
use blocklint_ir::{
    FunctionId, Member, MemberKind, Module, Name, TypeDef, TypeExprId, TypeId, TypeKind, ValueId, ValueKind, ValueRef,
};
use ruff_python_ast::{Expr, StmtClassDef};

impl Lowerer {
    pub(crate) fn class(&mut self, def: &StmtClassDef) {
        let function = self.frame.id;
        let decorators: Vec<ValueRef> =
            def.decorator_list.iter().map(|it| ValueRef { function, value: self.expr(&it.expression) }).collect();
        let mut generics = self.generics(def.type_params.as_deref());
        self.old_generics(def, &mut generics);
        let bases = self.bases(def);
        let metaclass = self.class_arguments(def);
        let protocol = def.arguments.iter().flat_map(|it| &it.args).any(|it| self.is_protocol(it));
        let kind = if protocol { TypeKind::Trait } else { TypeKind::Class };
        let name = self.name(def.name.as_str());
        let at = span(def.name.range);
        let id = TypeId::new(self.module.types.len());
        let qualname = self.qualify(def.name.as_str());
        let scope = self.annotation_scope();
        let inherited = self.frame.classes.last().is_some_and(|it| self.module.type_def(it.id).test);
        let test = self.module.test && (def.name.starts_with("Test") || self.frame.builder.function.test || inherited);
        let shell = type_def(name, qualname, kind, scope, at);
        self.module.types.push(TypeDef { bases, metaclass, decorators, generics, test, ..shell });
        self.frame.classes.push(ClassFrame { id, scope: None });
        self.block(&def.body);
        self.frame.classes.pop();
        self.answers_for_missing(id);
        let value = self.push(ValueKind::Type(id), at);
        self.bind(name, Bound::Type(id), Some(value), at);
    }

    /// A class that subscripts by itself asks `__missing__` itself, if at all.
    fn answers_for_missing(&mut self, id: TypeId) {
        let Module { types, names, .. } = &mut self.module;
        let members = &mut types[id.index()].members;
        if members.iter().any(|it| names.text(it.name) == "__getitem__") {
            for member in members.iter_mut().filter(|it| names.text(it.name) == "__missing__") {
                member.kind = MemberKind::Method;
            }
        }
    }

    /// Whether a base makes the class one of `typing.Protocol`'s: it says what others have, and is nobody's base at run time.
    fn is_protocol(&mut self, base: &Expr) -> bool {
        match base {
            Expr::Name(it) => it.id.as_str() == "Protocol" && self.may_be_typings("Protocol"),
            Expr::Attribute(it) => match &*it.value {
                Expr::Name(module) if it.attr.as_str() == "Protocol" => self.may_be_typings(module.id.as_str()),
                _ => false,
            },
            Expr::Subscript(it) => self.is_protocol(&it.value),
            _ => false,
        }
    }

    /// Type parameters as they were written before they had a syntax: `Generic[T]`, `Protocol[T]`.
    fn old_generics(&mut self, def: &StmtClassDef, generics: &mut Vec<(Name, Option<TypeExprId>)>) {
        for base in def.arguments.iter().flat_map(|it| &it.args) {
            let Expr::Subscript(it) = base else { continue };
            if !matches!(typing_name(&it.value), Some("Generic" | "Protocol")) {
                continue;
            }
            let parameters = match &*it.slice {
                Expr::Tuple(it) => it.elts.as_slice(),
                one => std::slice::from_ref(one),
            };
            for parameter in parameters {
                if let Expr::Name(name) = parameter {
                    generics.push((self.name(name.id.as_str()), None));
                }
            }
        }
    }

    fn bases(&mut self, def: &StmtClassDef) -> Vec<TypeExprId> {
        let arguments = def.arguments.iter().flat_map(|it| &it.args);
        arguments
            .map(|base| {
                self.computed(base);
                self.annotation(base)
            })
            .collect()
    }

    /// A base or an alias that is computed runs code; a name does not.
    pub(crate) fn computed(&mut self, base: &Expr) {
        if !named(base) {
            self.expr(base);
        }
    }

    /// Evaluates the class's keyword arguments; the result is its `metaclass`.
    fn class_arguments(&mut self, def: &StmtClassDef) -> Option<TypeExprId> {
        let mut metaclass = None;
        for keyword in def.arguments.iter().flat_map(|it| &it.keywords) {
            if keyword.arg.as_ref().is_some_and(|it| it.as_str() == "metaclass") {
                self.computed(&keyword.value);
                metaclass = Some(self.annotation(&keyword.value));
            } else {
                self.expr(&keyword.value);
            }
        }
        metaclass
    }

    /// `__str__ = __repr__` and `name = property(getter, setter)` in a class body are members too.
    pub(crate) fn member_alias(&mut self, name: &str, value: ValueId) {
        let Some(class) = self.frame.classes.last().map(|it| it.id) else { return };
        let interned = self.name(name);
        if let Some(function) = self.function_value(value) {
            let kind = member::by_name(name).unwrap_or(MemberKind::Method);
            add_member(&mut self.module, class, interned, function, kind);
            // A lambda in a class body is a method; it is known to be one only now.
            let function = &mut self.module.functions[function.index()];
            if function.owner.is_none() && !function.parameters.is_empty() {
                function.owner = Some(class);
                function.receiver = member::receiver(name, kind, &[]);
            }
            return;
        }
        let ValueKind::Call(call) = &self.frame.builder.value(value).kind else { return };
        let ValueKind::Path(path) = self.frame.builder.value(call.callee).kind else { return };
        let [callee] = &*self.module.paths.get(path).path.segments else { return };
        let arguments: Vec<(Option<Name>, ValueId)> = call.arguments.iter().map(|it| (it.name, it.value)).collect();
        let kinds = match member::by_decorator_name(self.module.text(*callee)) {
            Some(MemberKind::Getter) => vec![MemberKind::Getter, MemberKind::Setter, MemberKind::Deleter],
            Some(kind) => vec![kind],
            None => return,
        };
        for (position, (keyword, argument)) in arguments.into_iter().enumerate() {
            let position = match keyword.map(|it| self.module.text(it)) {
                None => position,
                Some("fget") => 0,
                Some("fset") => 1,
                Some("fdel") => 2,
                Some(_) => continue,
            };
            let Some(&kind) = kinds.get(position) else { continue };
            if let Some(function) = self.function_value(argument) {
                add_member(&mut self.module, class, interned, function, kind);
            }
        }
    }

    fn function_value(&self, value: ValueId) -> Option<FunctionId> {
        match self.frame.builder.value(value).kind {
            ValueKind::Function(id) => Some(id),
            _ => None,
        }
    }
}

/// Adds a function to a type.
pub(crate) fn add_member(module: &mut Module, class: TypeId, name: Name, function: FunctionId, kind: MemberKind) {
    module.types[class.index()].members.push(Member { name, function, kind });
}

/// Names and what only joins them: `a.b`, `A[B, C]`, `None`.
fn named(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) | Expr::StringLiteral(_) | Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => true,
        Expr::Attribute(it) => named(&it.value),
        Expr::Subscript(it) => named(&it.value) && named(&it.slice),
        Expr::BinOp(it) => named(&it.left) && named(&it.right),
        Expr::Tuple(it) => it.elts.iter().all(named),
        Expr::List(it) => it.elts.iter().all(named),
        Expr::Starred(it) => named(&it.value),
        _ => false,
    }
}
