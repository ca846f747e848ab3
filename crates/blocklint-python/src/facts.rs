//! Tests: what they run, and what their outcome says about a variable (`isinstance`, `is not None`, truth).
//! Of an attribute, only tests for its type are believed, until it or what it belongs to is assigned.

use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::{Name, Operator, RegionKind, Span, TypeExpr, TypeExprId, ValueId, ValueKind};
use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprAttribute, ExprBoolOp, ExprCall, ExprCompare, UnaryOp};
use ruff_text_size::Ranged;

/// A variable that a test said something about.
pub(crate) struct Learnt {
    name: Name,
    /// `None` for an attribute of which nothing was known.
    before: Option<ValueId>,
    after: ValueId,
}

enum Fact {
    Present,
    Type { to: TypeExprId, holds: bool },
}

impl Lowerer {
    /// Evaluates an expression as a test. The result is the tested value itself, so that a guard is read off it directly;
    /// that its truth is taken stands beside it as a value of its own.
    pub(crate) fn test(&mut self, expr: &Expr) -> ValueId {
        match expr {
            Expr::BoolOp(it) => self.bool_test(it),
            Expr::UnaryOp(it) if it.op == UnaryOp::Not => {
                let inner = match &*it.operand {
                    operand @ (Expr::BoolOp(_) | Expr::UnaryOp(_)) => self.test(operand),
                    // `not` itself takes the truth of anything else.
                    operand => self.expr(operand),
                };
                self.operator(Operator::Not, &[inner], span(it.range))
            }
            Expr::Named(it) => {
                let value = self.expr(expr);
                self.truth(&it.value, value);
                value
            }
            _ => {
                let value = self.expr(expr);
                self.truth(expr, value);
                value
            }
        }
    }

    /// Emits the truth of a value where taking it may run code.
    pub(crate) fn truth(&mut self, expr: &Expr, value: ValueId) {
        let plain = match expr {
            Expr::Compare(_)
            | Expr::BooleanLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::FString(_)
            | Expr::Lambda(_)
            | Expr::BytesLiteral(_) => true,
            Expr::UnaryOp(it) => it.op == UnaryOp::Not,
            Expr::Call(it) => match &*it.func {
                Expr::Name(name) => {
                    matches!(name.id.as_str(), "isinstance" | "issubclass" | "hasattr" | "callable" | "any" | "all")
                }
                _ => false,
            },
            _ => false,
        };
        if !plain {
            self.push(ValueKind::Truth(value), span_of(expr));
        }
    }

    fn bool_test(&mut self, expr: &ExprBoolOp) -> ValueId {
        let operator = if expr.op == BoolOp::And { Operator::And } else { Operator::Or };
        let holds = expr.op == BoolOp::And;
        let region = self.frame.builder.region();
        let mut learnt = Vec::new();
        let mut result: Option<(ValueId, Span)> = None;
        for (index, operand) in expr.values.iter().enumerate() {
            let value = self.test(operand);
            let at = result.map_or_else(|| span_of(operand), |it| it.1.to(span_of(operand)));
            let joined = match result {
                None => value,
                Some((before, _)) => self.operator(operator, &[before, value], at),
            };
            result = Some((joined, at));
            if index + 1 < expr.values.len() {
                self.frame.builder.enter(RegionKind::When { test: value, holds });
                learnt.extend(self.learn(operand, holds));
            }
        }
        self.unlearn(&learnt);
        self.frame.builder.set_region(region);
        match result {
            // The joined test stands where the whole is known, not in the region of its last operand.
            Some((value, _)) if expr.values.len() > 1 => self.hoist(value, region),
            Some((value, _)) => value,
            None => self.push(ValueKind::Unknown, span(expr.range)),
        }
    }

    fn hoist(&mut self, value: ValueId, region: blocklint_ir::RegionId) -> ValueId {
        self.frame.builder.function.values[value.index()].region = region;
        value
    }

    /// Takes the outcome of a test as known from here on. Give the result to [`Lowerer::unlearn`] where that ends.
    pub(crate) fn learn(&mut self, test: &Expr, holds: bool) -> Vec<Learnt> {
        let mut facts = Vec::new();
        self.facts(test, holds, &mut facts);
        let mut learnt = Vec::new();
        for (name, fact, at) in facts {
            let before = if self.frame.attributes.contains(&name) {
                self.frame.builder.holds(name).then(|| self.frame.builder.read(name)).flatten()
            } else {
                let Some(before) = self.own_variable(name) else { continue };
                Some(before)
            };
            // Of an attribute, the value is what each reading gives.
            let of = before.unwrap_or_else(|| self.push(ValueKind::Unknown, at));
            let kind = match fact {
                Fact::Present => ValueKind::Present(of),
                Fact::Type { to, holds } => ValueKind::Narrow { of, to, holds },
            };
            let after = self.push(kind, at);
            self.frame.builder.refine(name, after);
            learnt.push(Learnt { name, before, after });
        }
        learnt
    }

    /// Forgets what a test said, for variables that were not assigned since.
    pub(crate) fn unlearn(&mut self, learnt: &[Learnt]) {
        for it in learnt.iter().rev() {
            if self.frame.builder.read(it.name) == Some(it.after) {
                match it.before {
                    Some(before) => self.frame.builder.refine(it.name, before),
                    None => self.frame.builder.forget(it.name),
                }
            }
        }
    }

    /// An attribute that was read, with what tests said of it.
    pub(crate) fn tested_attribute(&mut self, expr: &ExprAttribute, value: ValueId) -> ValueId {
        if self.frame.attributes.is_empty() {
            return value;
        }
        let Some(place) = dotted(expr).map(|it| self.name(&it)) else { return value };
        if !self.frame.attributes.contains(&place) || !self.frame.builder.holds(place) {
            return value;
        }
        let mut said = Vec::new();
        let mut at = self.frame.builder.read(place);
        while let Some(of) = at {
            at = match self.frame.builder.value(of).kind {
                ValueKind::Narrow { of, to, holds } => {
                    said.push((to, holds));
                    Some(of)
                }
                _ => None,
            };
        }
        let at = span(expr.range);
        said.into_iter().rev().fold(value, |of, (to, holds)| self.push(ValueKind::Narrow { of, to, holds }, at))
    }

    /// What is assigned is no longer what a test saw, nor are its attributes.
    pub(crate) fn assigned(&mut self, target: &Expr) {
        if self.frame.attributes.is_empty() {
            return;
        }
        let place = match target {
            Expr::Name(it) => it.id.to_string(),
            Expr::Attribute(it) => match dotted(it) {
                Some(place) => place,
                None => return,
            },
            _ => return,
        };
        for name in self.frame.attributes.clone() {
            let rest = self.module.text(name).strip_prefix(place.as_str());
            if rest.is_some_and(|it| it.is_empty() || it.starts_with('.')) {
                self.frame.builder.forget(name);
            }
        }
    }

    /// The value of a variable of this function (not of a class body, where tests are rare).
    pub(crate) fn own_variable(&mut self, name: Name) -> Option<ValueId> {
        if !self.frame.classes.is_empty() && !self.frame.comprehension.contains(&name) {
            return None;
        }
        self.frame.builder.read(name)
    }

    fn facts(&mut self, test: &Expr, holds: bool, out: &mut Vec<(Name, Fact, Span)>) {
        match test {
            Expr::Name(_) | Expr::Named(_) if holds => {
                if let Some(name) = self.tested_name(test) {
                    out.push((name, Fact::Present, span_of(test)));
                }
            }
            Expr::UnaryOp(it) if it.op == UnaryOp::Not => self.facts(&it.operand, !holds, out),
            // `a and b` held: both did. `a or b` failed: both did. Otherwise nobody knows which.
            Expr::BoolOp(it) if (it.op == BoolOp::And) == holds => {
                it.values.iter().for_each(|operand| self.facts(operand, holds, out));
            }
            Expr::Compare(it) => self.comparison_facts(it, holds, out),
            Expr::Call(it) => {
                if let Some((name, types)) = self.instance_test(it) {
                    let to = self.class_info(types);
                    out.push((name, Fact::Type { to, holds }, span(it.range())));
                }
            }
            _ => {}
        }
    }

    fn comparison_facts(&mut self, test: &ExprCompare, holds: bool, out: &mut Vec<(Name, Fact, Span)>) {
        let ([op], [right]) = (&*test.ops, &*test.comparators) else { return };
        let equal = match op {
            CmpOp::Is | CmpOp::Eq => holds,
            CmpOp::IsNot | CmpOp::NotEq => !holds,
            _ => return,
        };
        if right.is_none_literal_expr() {
            if let Some(name) = self.tested_name(&test.left) {
                let fact = if equal {
                    Fact::Type { to: self.module.add_type_expr(TypeExpr::Unit), holds: true }
                } else {
                    Fact::Present
                };
                out.push((name, fact, span(test.range)));
            }
        } else if equal
            && let Expr::Call(call) = &*test.left
            && matches!(&*call.func, Expr::Name(it) if it.id.as_str() == "type")
            && let [argument] = &*call.arguments.args
            && let Some(name) = self.tested_place(argument)
        {
            let to = self.annotation(right);
            out.push((name, Fact::Type { to, holds: true }, span(test.range)));
        }
    }

    /// `isinstance(name, types)`.
    fn instance_test<'a>(&mut self, call: &'a ExprCall) -> Option<(Name, &'a Expr)> {
        let Expr::Name(callee) = &*call.func else { return None };
        let [subject, types] = &*call.arguments.args else { return None };
        if callee.id.as_str() != "isinstance" {
            return None;
        }
        Some((self.tested_place(subject)?, types))
    }

    /// A variable, or an attribute by the name under which what is known of it is kept: `self.client`.
    fn tested_place(&mut self, expr: &Expr) -> Option<Name> {
        let Expr::Attribute(attribute) = expr else { return self.tested_name(expr) };
        let name = self.name(&dotted(attribute)?);
        if !self.frame.attributes.contains(&name) {
            self.frame.attributes.push(name);
        }
        Some(name)
    }

    fn tested_name(&mut self, expr: &Expr) -> Option<Name> {
        match expr {
            Expr::Name(it) => Some(self.name(it.id.as_str())),
            Expr::Named(it) => self.tested_name(&it.target),
            _ => None,
        }
    }

    /// The second argument of `isinstance`: a type, or a tuple of them.
    pub(crate) fn class_info(&mut self, types: &Expr) -> TypeExprId {
        let Expr::Tuple(tuple) = types else { return self.annotation(types) };
        let options = tuple.elts.iter().map(|it| self.class_info(it)).collect();
        self.module.add_type_expr(TypeExpr::Union(options))
    }
}

/// `self.client` as text, if it is an attribute of a variable or of an attribute of one.
fn dotted(expr: &ExprAttribute) -> Option<String> {
    let base = match &*expr.value {
        Expr::Name(it) => it.id.to_string(),
        Expr::Attribute(it) => dotted(it)?,
        _ => return None,
    };
    Some(format!("{base}.{}", expr.attr.as_str()))
}
