//! Calls, and the few builtins that the language itself defines by name: `super`, `cast`.

use crate::annotation::typing_name;
use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::{Argument, Call, Literal, Name, Spread, ValueId, ValueKind};
use ruff_python_ast::{Arguments, Expr, ExprCall, InterpolatedStringElement, Operator};
use ruff_text_size::Ranged;

/// A shorter beginning says nothing about which attributes are meant.
const MIN_BEGINNING: usize = 3;

impl Lowerer {
    pub(crate) fn call(&mut self, expr: &ExprCall) -> ValueId {
        if let Some(value) = self.special_call(expr) {
            return value;
        }
        let callee = self.expr(&expr.func);
        let arguments = self.arguments(&expr.arguments);
        if let Expr::Attribute(it) = &*expr.func
            && it.attr.as_str() == "__setattr__"
        {
            self.stored_by_name(callee, &arguments);
        }
        self.asked_for(expr, &arguments);
        if let Some(value) = self.stored_by_builtin(expr, &arguments) {
            return value;
        }
        let plain = |it: &Argument| it.name.is_none() && it.spread == Spread::No;
        let last = arguments.last().filter(|it| plain(it)).map(|it| it.value);
        let count = arguments.len();
        let call = Call { callee, arguments, types: Vec::new().into(), name_span: span_of(&*expr.func) };
        let value = self.push(ValueKind::Call(Box::new(call)), span(expr.range()));
        if let (Expr::Attribute(it), Some(last)) = (&*expr.func, last) {
            self.added(&it.value, (it.attr.as_str(), count), last, span(expr.range()));
        }
        value
    }

    fn special_call(&mut self, expr: &ExprCall) -> Option<ValueId> {
        let arguments = &expr.arguments;
        match typing_name(&expr.func)? {
            "super" if arguments.keywords.is_empty() && expr.func.is_name_expr() => {
                let name = self.name("super");
                let plain = matches!(arguments.args.len(), 0 | 2) && self.is_global(name);
                plain.then(|| self.push(ValueKind::Super, span(expr.range())))
            }
            "type" if expr.func.is_name_expr() && arguments.keywords.is_empty() => {
                let [of] = &*arguments.args else { return None };
                let builtin = self.name("type");
                if of.is_starred_expr() || !self.is_global(builtin) {
                    return None;
                }
                let of = self.expr(of);
                Some(self.push(ValueKind::TypeOf(of), span(expr.range())))
            }
            "dict" if expr.func.is_name_expr() && arguments.args.is_empty() && !arguments.keywords.is_empty() => {
                self.written_by_name(expr)
            }
            "getattr" if expr.func.is_name_expr() && arguments.keywords.is_empty() => self.read_by_name(expr),
            "cast" => {
                let [to, of] = &*arguments.args else { return None };
                if expr.func.is_name_expr() && !self.imports_from_typing("cast") {
                    return None;
                }
                let to = self.annotation(to);
                let of = self.expr(of);
                Some(self.push(ValueKind::Narrow { of, to, holds: true }, span(expr.range())))
            }
            _ => None,
        }
    }

    /// `dict(key=value)` is `{"key": value}`.
    fn written_by_name(&mut self, expr: &ExprCall) -> Option<ValueId> {
        let builtin = self.name("dict");
        if !self.is_global(builtin) || expr.arguments.keywords.iter().any(|it| it.arg.is_none()) {
            return None;
        }
        let mut items = Vec::new();
        for keyword in &expr.arguments.keywords {
            let key = self.name(keyword.arg.as_ref()?.as_str());
            items.push(self.literal(Literal::Text(key), span_of(&keyword.value)));
            items.push(self.expr(&keyword.value));
        }
        Some(self.push(ValueKind::Mapping(items.into()), span(expr.range())))
    }

    /// `hasattr(base, "name")` reads the attribute to see whether that fails.
    fn asked_for(&mut self, expr: &ExprCall, arguments: &[Argument]) {
        let [base, name] = arguments else { return };
        if expr.func.as_name_expr().is_none_or(|it| it.id.as_str() != "hasattr") {
            return;
        }
        if let ValueKind::Literal(Literal::Text(name)) = self.frame.builder.value(name.value).kind {
            self.push(ValueKind::Attribute { base: base.value, name }, span(expr.range()));
        }
    }

    /// `setattr(base, "name", value)` and `delattr(base, "name")` are the statements that they stand for.
    fn stored_by_builtin(&mut self, expr: &ExprCall, arguments: &[Argument]) -> Option<ValueId> {
        let called = expr.func.as_name_expr()?.id.as_str();
        let (base, name, value) = match (called, arguments) {
            ("setattr", [base, name, value]) => (base.value, name.value, Some(value.value)),
            ("delattr", [base, name]) => (base.value, name.value, None),
            _ => return None,
        };
        let ValueKind::Literal(Literal::Text(name)) = self.frame.builder.value(name).kind else { return None };
        let builtin = self.name(called);
        if arguments.iter().any(|it| it.name.is_some() || it.spread != Spread::No) || !self.is_global(builtin) {
            return None;
        }
        let at = span(expr.range());
        match value {
            Some(value) => self.store(base, name, value, None, at),
            None => {
                self.push(ValueKind::Store { base, name, value: None }, at);
            }
        }
        Some(self.literal(Literal::None, at))
    }

    /// `getattr(base, "name")` reads the attribute; with a default, it gives that or this.
    fn read_by_name(&mut self, expr: &ExprCall) -> Option<ValueId> {
        let (base, attribute, default) = match &*expr.arguments.args {
            [base, attribute] => (base, attribute, None),
            [base, attribute, default] => (base, attribute, Some(default)),
            _ => return None,
        };
        let builtin = self.name("getattr");
        if base.is_starred_expr() || !self.is_global(builtin) {
            return None;
        }
        let at = span(expr.range());
        let kind = if let Expr::StringLiteral(it) = attribute {
            let name = self.name(it.value.to_str());
            ValueKind::Attribute { base: self.expr(base), name }
        } else {
            let prefix = self.beginning(attribute)?;
            let base = self.expr(base);
            self.expr(attribute);
            ValueKind::AnyAttribute { base, prefix }
        };
        let value = self.push(kind, at);
        Some(match default {
            Some(default) => {
                let default = self.expr(default);
                self.frame.builder.choose(value, default)
            }
            None => value,
        })
    }

    /// What a text begins with whatever is added to it.
    fn beginning(&mut self, text: &Expr) -> Option<Name> {
        let written = match text {
            Expr::FString(it) => match it.value.elements().next()? {
                InterpolatedStringElement::Literal(it) => it.value.to_string(),
                InterpolatedStringElement::Interpolation(_) => return None,
            },
            Expr::BinOp(it) => match (&*it.left, it.op) {
                (Expr::StringLiteral(left), Operator::Add) => left.value.to_str().to_owned(),
                (Expr::StringLiteral(left), Operator::Mod) => left.value.to_str().split('%').next()?.to_owned(),
                _ => return None,
            },
            _ => return None,
        };
        (written.len() >= MIN_BEGINNING).then(|| self.name(&written))
    }

    /// Arguments in the order they are written, which is the order they are evaluated in.
    pub(crate) fn arguments(&mut self, arguments: &Arguments) -> Vec<Argument> {
        let mut lowered = Vec::with_capacity(arguments.args.len() + arguments.keywords.len());
        for argument in arguments.iter_source_order() {
            lowered.push(match argument {
                ruff_python_ast::ArgOrKeyword::Arg(Expr::Starred(it)) => {
                    Argument { name: None, value: self.expr(&it.value), spread: Spread::Positional }
                }
                ruff_python_ast::ArgOrKeyword::Arg(it) => {
                    Argument { name: None, value: self.expr(it), spread: Spread::No }
                }
                ruff_python_ast::ArgOrKeyword::Keyword(it) => {
                    let name = it.arg.as_ref().map(|it| self.name(it.as_str()));
                    let spread = if name.is_some() { Spread::No } else { Spread::Named };
                    Argument { name, value: self.expr(&it.value), spread }
                }
            });
        }
        lowered
    }

    /// `object.__setattr__(self, "name", value)`, as frozen classes fill their fields.
    fn stored_by_name(&mut self, callee: ValueId, arguments: &[Argument]) {
        let [base, name, value] = match arguments {
            [base, name, value] => [base.value, name.value, value.value],
            _ => return,
        };
        let ValueKind::Literal(Literal::Text(name)) = self.frame.builder.value(name).kind else { return };
        let at = self.frame.builder.value(callee).span;
        if let Some((owner, on_class)) = self.receiver(base) {
            self.field(owner, name, Some(value), None, on_class, at);
        }
    }
}
