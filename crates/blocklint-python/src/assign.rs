//! Assignments: targets, unpacking, and the attributes that a class is given through its receiver.

use crate::bind::Bound;
use crate::lower::Lowerer;
use crate::operator::binary_operator;
use crate::parse::{span, span_of};
use crate::symbols::Symbol;
use blocklint_ir::{
    Field, Function, Name, Operator, Receiver, Span, TypeDef, TypeExprId, TypeId, ValueId, ValueKind, ValueRef,
};
use ruff_python_ast::{Expr, ExprName, StmtAnnAssign, StmtAugAssign};

impl Lowerer {
    /// Gives `target` a value.
    pub(crate) fn assign(&mut self, target: &Expr, value: ValueId) {
        self.assigned(target);
        match target {
            Expr::Name(it) => {
                let value = self.declared(it, value);
                self.bind_value(it.id.as_str(), value, span(it.range));
            }
            Expr::Attribute(it) => {
                let base = self.expr(&it.value);
                let name = self.name(it.attr.as_str());
                self.store(base, name, value, None, span(it.range));
            }
            Expr::Subscript(it) => {
                let base = self.expr(&it.value);
                let index = self.expr(&it.slice);
                self.push(ValueKind::StoreIndex { base, index, value: Some(value) }, span(it.range));
                self.entered(&it.value, index, value, span(it.range));
            }
            Expr::Tuple(it) => self.unpack(&it.elts, value),
            Expr::List(it) => self.unpack(&it.elts, value),
            Expr::Starred(it) => {
                let rest = self.push(ValueKind::Sequence(Box::new([value])), span(it.range));
                self.assign(&it.value, rest);
            }
            _ => {}
        }
    }

    /// A value given to a variable whose type was declared before: `x: T`, then `x = …`.
    fn declared(&mut self, target: &ExprName, of: ValueId) -> ValueId {
        if self.frame.declared.is_empty() {
            return of;
        }
        let name = self.name(target.id.as_str());
        match self.frame.declared.get(&name) {
            Some(&to) => self.push(ValueKind::Narrow { of, to, holds: true }, span(target.range)),
            None => of,
        }
    }

    fn unpack(&mut self, targets: &[Expr], base: ValueId) {
        let written = match &self.frame.builder.value(base).kind {
            ValueKind::Tuple(items) if items.len() == targets.len() => Some(items.clone()),
            _ => None,
        };
        let mut starred = false;
        for (index, target) in targets.iter().enumerate() {
            starred |= target.is_starred_expr();
            let element = match &written {
                Some(items) if !starred => items[index],
                _ => {
                    let index = (!starred).then_some(index as u32);
                    self.push(ValueKind::Element { base, index }, span_of(target))
                }
            };
            self.assign(target, element);
        }
    }

    pub(crate) fn store(
        &mut self,
        base: ValueId,
        name: Name,
        value: ValueId,
        annotation: Option<TypeExprId>,
        at: Span,
    ) {
        self.push(ValueKind::Store { base, name, value: Some(value) }, at);
        if let Some((owner, on_class)) = self.receiver(base) {
            self.field(owner, name, Some(value), annotation, on_class, at);
        }
    }

    /// `target: T = value`
    pub(crate) fn annotated(&mut self, stmt: &StmtAnnAssign) {
        let at = span_of(&*stmt.target);
        let to = self.annotation(&stmt.annotation);
        let value = stmt.value.as_ref().map(|it| {
            let of = self.expr(it);
            self.push(ValueKind::Narrow { of, to, holds: true }, span_of(&**it))
        });
        match &*stmt.target {
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                self.annotate(name, to, at);
                if let Some(class) = self.frame.classes.last().map(|it| it.id) {
                    self.field(class, name, None, Some(to), value.is_some(), at);
                }
                match value {
                    Some(value) => self.bind(name, Bound::Value, Some(value), at),
                    None if self.frame.symbols.is_some() && self.frame.classes.is_empty() => {
                        self.frame.declared.insert(name, to);
                    }
                    None => {}
                }
            }
            Expr::Attribute(it) => {
                let base = self.expr(&it.value);
                let name = self.name(it.attr.as_str());
                match value {
                    Some(value) => self.store(base, name, value, Some(to), at),
                    None => {
                        if let Some((owner, on_class)) = self.receiver(base) {
                            self.field(owner, name, None, Some(to), on_class, at);
                        }
                    }
                }
            }
            other => {
                if let Some(value) = value {
                    self.assign(other, value);
                }
            }
        }
    }

    /// `target op= value`: the target's parts are evaluated once.
    pub(crate) fn augmented(&mut self, stmt: &StmtAugAssign) {
        let at = span(stmt.range);
        let operator = binary_operator(stmt.op);
        self.assigned(&stmt.target);
        match &*stmt.target {
            Expr::Attribute(it) => {
                let base = self.expr(&it.value);
                let name = self.name(it.attr.as_str());
                let before = self.push(ValueKind::Attribute { base, name }, span(it.range));
                let value = self.expr(&stmt.value);
                let after = self.operator(operator, &[before, value], at);
                self.push(ValueKind::Store { base, name, value: Some(after) }, span(it.range));
                if matches!(operator, Operator::Add | Operator::BitOr) {
                    self.joined(&stmt.target, after, at);
                }
            }
            Expr::Subscript(it) => {
                let base = self.expr(&it.value);
                let index = self.expr(&it.slice);
                let before = self.push(ValueKind::Index { base, index }, span(it.range));
                let value = self.expr(&stmt.value);
                let after = self.operator(operator, &[before, value], at);
                self.push(ValueKind::StoreIndex { base, index, value: Some(after) }, span(it.range));
            }
            target => {
                let before = self.expr(target);
                let value = self.expr(&stmt.value);
                let after = self.operator(operator, &[before, value], at);
                self.assign(target, after);
            }
        }
    }

    /// `del target`
    pub(crate) fn delete(&mut self, target: &Expr) {
        self.assigned(target);
        match target {
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                if let Some(value) = self.frame.builder.read(name) {
                    self.push(ValueKind::Drop(value), span(it.range));
                }
                self.frame.builder.forget(name);
            }
            Expr::Attribute(it) => {
                let base = self.expr(&it.value);
                let name = self.name(it.attr.as_str());
                self.push(ValueKind::Store { base, name, value: None }, span(it.range));
            }
            Expr::Subscript(it) => {
                let base = self.expr(&it.value);
                let index = self.expr(&it.slice);
                self.push(ValueKind::StoreIndex { base, index, value: None }, span(it.range));
            }
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.delete(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.delete(it)),
            _ => {}
        }
    }

    /// The class whose instance (or which itself, then `true`) a value is, when it is the receiver of a method around this place.
    pub(crate) fn receiver(&self, value: ValueId) -> Option<(TypeId, bool)> {
        let mut value = value;
        if let ValueKind::TypeOf(of) = self.frame.builder.value(value).kind {
            return self.receiver(of).map(|(owner, _)| (owner, true));
        }
        loop {
            let function = match &self.frame.builder.value(value).kind {
                ValueKind::Narrow { of, .. } | ValueKind::Present(of) => {
                    value = *of;
                    continue;
                }
                // In a loop a variable is a choice whose first option is what it was before.
                ValueKind::Choice(options) if options.first().is_some_and(|&it| it < value) => {
                    value = options[0];
                    continue;
                }
                ValueKind::Parameter(0) => &self.frame.builder.function,
                ValueKind::Captured { function, name } => {
                    let frame = self.outer.iter().find(|it| it.id == *function && it.receiver == Some(*name))?;
                    &frame.builder.function
                }
                _ => return None,
            };
            return received(function);
        }
    }

    /// The same of a variable of the functions around this place, by its name.
    pub(crate) fn receiver_around(&self, name: Name) -> Option<(TypeId, bool)> {
        let frame = self.outer.iter().rev().find(|it| it.symbol(name) == Some(Symbol::Local))?;
        if frame.receiver == Some(name) { received(&frame.builder.function) } else { None }
    }

    /// A name of a class body.
    pub(crate) fn class_value(&mut self, class: TypeId, name: Name, value: ValueId, at: Span) {
        self.field(class, name, Some(value), None, true, at);
    }

    /// Adds what is known of a type's attribute.
    pub(crate) fn field(
        &mut self,
        owner: TypeId,
        name: Name,
        value: Option<ValueId>,
        annotation: Option<TypeExprId>,
        on_class: bool,
        span: Span,
    ) {
        let value = value.map(|value| ValueRef { function: self.frame.id, value });
        let TypeDef { fields, .. } = &mut self.module.types[owner.index()];
        let index = *self.fields.entry((owner, name)).or_insert_with(|| {
            fields.push(Field {
                name,
                annotation: None,
                values: Vec::new(),
                on_class: false,
                named: Vec::new().into(),
                span,
            });
            fields.len() - 1
        });
        let field = &mut fields[index];
        field.annotation = field.annotation.or(annotation);
        field.on_class |= on_class;
        field.values.extend(value);
    }
}

fn received(function: &Function) -> Option<(TypeId, bool)> {
    let owner = function.owner?;
    match function.receiver {
        Receiver::Instance => Some((owner, false)),
        Receiver::Type => Some((owner, true)),
        Receiver::None => None,
    }
}
