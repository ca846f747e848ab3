//! Expressions: one value for each thing that evaluating them computes, in Python's order of evaluation.

use crate::bind::Bound;
use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::{Color, Literal, RegionKind, Span, ValueId, ValueKind};
use ruff_python_ast::{self as ast, BoolOp, Expr, InterpolatedStringElement, Number, UnaryOp};

/// Longer texts are never a mode, a key or an address.
const MAX_TEXT: usize = 200;

/// The constants of longer tables are left out.
const MAX_TABLE: usize = 64;

impl Lowerer {
    pub(crate) fn expression(&mut self, expr: &Expr) -> ValueId {
        let at = span_of(expr);
        match expr {
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                self.load(name, at)
            }
            Expr::Attribute(it) if it.attr.as_str() == "__class__" => {
                let of = self.expr(&it.value);
                self.push(ValueKind::TypeOf(of), at)
            }
            Expr::Attribute(it) => {
                let base = self.expr(&it.value);
                let name = self.name(it.attr.as_str());
                let value = self.push(ValueKind::Attribute { base, name }, at);
                self.tested_attribute(it, value)
            }
            Expr::Call(it) => self.call(it),
            Expr::Await(it) => {
                let value = self.expr(&it.value);
                self.push(ValueKind::Await(value), at)
            }
            Expr::BinOp(it) => self.binary(it),
            Expr::UnaryOp(it) if it.op == UnaryOp::Not => self.test(expr),
            Expr::UnaryOp(it) => self.unary(it),
            Expr::Compare(it) => self.compare(it),
            Expr::BoolOp(it) => self.either(it),
            Expr::If(it) => self.conditional(it),
            Expr::Named(it) => {
                let value = self.expr(&it.value);
                self.assign(&it.target, value);
                value
            }
            Expr::Lambda(it) => self.lambda(it),
            Expr::Yield(_) | Expr::YieldFrom(_) => self.yielded(expr),
            Expr::ListComp(it) => self.comprehension(&[&it.elt], &it.generators, at),
            Expr::SetComp(it) => self.comprehension(&[&it.elt], &it.generators, at),
            Expr::Generator(it) => self.comprehension(&[&it.elt], &it.generators, at),
            Expr::DictComp(it) => match &it.key {
                Some(key) => self.comprehension(&[key, &it.value], &it.generators, at),
                None => self.comprehension(&[&it.value], &it.generators, at),
            },
            other => self.display(other, at),
        }
    }

    /// Literals and displays.
    fn display(&mut self, expr: &Expr, at: Span) -> ValueId {
        match expr {
            Expr::NoneLiteral(_) => self.literal(Literal::None, at),
            Expr::BooleanLiteral(it) => self.literal(Literal::Bool(it.value), at),
            Expr::NumberLiteral(it) => self.literal(number(&it.value), at),
            Expr::StringLiteral(it) => {
                let text = it.value.to_str();
                let literal = if text.len() <= MAX_TEXT { Literal::Text(self.name(text)) } else { Literal::Other };
                self.literal(literal, at)
            }
            Expr::FString(it) => {
                it.value.elements().for_each(|it| self.interpolated(it, true));
                self.literal(Literal::Other, at)
            }
            // A template string evaluates its parts and formats none of them.
            Expr::TString(it) => {
                it.value.elements().for_each(|it| self.interpolated(it, false));
                self.push(ValueKind::Unknown, at)
            }
            Expr::Tuple(it) if !it.elts.iter().any(Expr::is_starred_expr) => {
                let items = self.items(&it.elts);
                self.push(ValueKind::Tuple(items), at)
            }
            Expr::Tuple(it) => self.sequence(&it.elts, at),
            Expr::List(it) => self.sequence(&it.elts, at),
            Expr::Set(it) => self.sequence(&it.elts, at),
            Expr::Dict(it) => self.mapping(it, at),
            Expr::Subscript(it) => {
                let base = self.expr(&it.value);
                let index = self.expr(&it.slice);
                self.push(ValueKind::Index { base, index }, at)
            }
            Expr::Slice(it) => {
                [&it.lower, &it.upper, &it.step].into_iter().flatten().for_each(|it| {
                    self.expr(it);
                });
                self.literal(Literal::Other, at)
            }
            Expr::Starred(it) => {
                let value = self.expr(&it.value);
                self.push(ValueKind::Each(value), at)
            }
            Expr::BytesLiteral(_) | Expr::EllipsisLiteral(_) => self.literal(Literal::Other, at),
            _ => self.push(ValueKind::Unknown, at),
        }
    }

    pub(crate) fn literal(&mut self, literal: Literal, at: Span) -> ValueId {
        self.push(ValueKind::Literal(literal), at)
    }

    fn items(&mut self, items: &[Expr]) -> Box<[ValueId]> {
        if items.len() > MAX_TABLE && items.iter().all(Expr::is_literal_expr) {
            return Box::default();
        }
        items.iter().map(|it| self.expr(it)).collect()
    }

    fn sequence(&mut self, items: &[Expr], at: Span) -> ValueId {
        let items = self.items(items);
        self.push(ValueKind::Sequence(items), at)
    }

    fn mapping(&mut self, expr: &ast::ExprDict, at: Span) -> ValueId {
        let mut items = Vec::new();
        let table = expr.items.len() > MAX_TABLE;
        for item in &expr.items {
            if table && item.value.is_literal_expr() && item.key.as_ref().is_none_or(Expr::is_literal_expr) {
                continue;
            }
            let key = item.key.as_ref().map(|it| self.expr(it));
            let value = self.expr(&item.value);
            if let Some(key) = key {
                items.extend([key, value]);
            } else if matches!(item.value, Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_)) {
                // `**other`: every key of it, and what is under that. What is under a key itself is mostly put back there.
                let key = self.push(ValueKind::Each(value), at);
                items.extend([key, self.push(ValueKind::Index { base: value, index: key }, at)]);
            }
        }
        self.push(ValueKind::Mapping(items.into()), at)
    }

    fn interpolated(&mut self, element: &InterpolatedStringElement, formats: bool) {
        let InterpolatedStringElement::Interpolation(it) = element else { return };
        let value = self.expr(&it.expression);
        if let Some(spec) = &it.format_spec {
            spec.elements.iter().for_each(|it| self.interpolated(it, true));
        }
        if formats {
            self.push(ValueKind::Format(value), span_of(&*it.expression));
        }
    }

    /// `a or b` as a value: one of the operands, each evaluated only when those before it did not decide.
    fn either(&mut self, expr: &ast::ExprBoolOp) -> ValueId {
        let holds = expr.op == BoolOp::And;
        let region = self.frame.builder.region();
        let mut options = Vec::new();
        let mut learnt = Vec::new();
        for (index, operand) in expr.values.iter().enumerate() {
            if index + 1 == expr.values.len() {
                options.push(self.expr(operand));
                break;
            }
            let test = self.expr(operand);
            self.truth(operand, test);
            options.push(test);
            self.frame.builder.enter(RegionKind::When { test, holds });
            learnt.extend(self.learn(operand, holds));
        }
        self.unlearn(&learnt);
        self.frame.builder.set_region(region);
        self.choice(options, span(expr.range))
    }

    fn conditional(&mut self, expr: &ast::ExprIf) -> ValueId {
        let region = self.frame.builder.region();
        let test = self.test(&expr.test);
        let branch = |it: &mut Self, holds: bool, value: &Expr| {
            it.frame.builder.enter(RegionKind::When { test, holds });
            let learnt = it.learn(&expr.test, holds);
            let value = it.expr(value);
            it.unlearn(&learnt);
            it.frame.builder.set_region(region);
            value
        };
        let options = vec![branch(self, true, &expr.body), branch(self, false, &expr.orelse)];
        self.choice(options, span(expr.range))
    }

    fn choice(&mut self, options: Vec<ValueId>, at: Span) -> ValueId {
        match *options {
            [one] => one,
            [first, second] if first == second => first,
            _ => self.push(ValueKind::Choice(options.into()), at),
        }
    }

    fn yielded(&mut self, expr: &Expr) -> ValueId {
        let value = match expr {
            Expr::YieldFrom(it) => {
                let of = self.expr(&it.value);
                self.push(ValueKind::Each(of), span(it.range))
            }
            Expr::Yield(ast::ExprYield { value: Some(value), .. }) => self.expr(value),
            _ => self.literal(Literal::None, span_of(expr)),
        };
        self.generates();
        // Where a yielded value was computed does not tell what is held while the generator waits.
        let here = self.frame.builder.value(value).region == self.frame.builder.region();
        let value = if here { value } else { self.push(ValueKind::Choice([value].into()), span_of(expr)) };
        self.frame.builder.function.yields.push(value);
        self.push(ValueKind::Unknown, span_of(expr))
    }

    /// The function has a `yield`.
    pub(crate) fn generates(&mut self) {
        let in_function = !self.outer.is_empty();
        let color = &mut self.frame.builder.function.color;
        *color = match *color {
            Color::Sync if in_function => Color::Generator,
            Color::Async => Color::AsyncGenerator,
            other => other,
        };
    }

    /// Binds a plain name to a value.
    pub(crate) fn bind_value(&mut self, name: &str, value: ValueId, at: Span) {
        let name = self.name(name);
        self.bind(name, Bound::Value, Some(value), at);
    }
}

fn number(number: &Number) -> Literal {
    match number {
        Number::Int(it) => it.as_i64().map_or(Literal::Other, Literal::Int),
        Number::Float(it) => Literal::Float(*it),
        Number::Complex { .. } => Literal::Other,
    }
}
