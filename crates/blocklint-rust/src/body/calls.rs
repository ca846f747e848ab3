//! Calls, method calls and struct literals.

use super::exprs::bare;
use super::guards::{consumes, temporary};
use crate::context::Lower;
use crate::position::{expr_start, path_end, path_start};
use blocklint_ir::{Argument, Call, Operator, Span, Spread, TypeExpr, TypeExprId, ValueId, ValueKind};
use syn::{
    AngleBracketedGenericArguments, Expr, ExprCall, ExprMethodCall, ExprStruct, GenericArgument, Path, PathArguments,
};

impl Lower {
    pub(crate) fn call(&mut self, call: &ExprCall) -> ValueId {
        let callee = self.expr(&call.func);
        let arguments = self.arguments(call.args.iter());
        let name_span = self.expr_span(&call.func);
        let span = self.between(expr_start(&call.func), call.paren_token.span.close());
        let types = match &*call.func {
            Expr::Path(it) => self.written_types(&it.path),
            _ => Vec::new(),
        };
        self.push_applied((callee, types), arguments, name_span, span)
    }

    /// The types in the last segment of a path that has any.
    fn written_types(&mut self, path: &Path) -> Vec<TypeExprId> {
        let arguments = path.segments.iter().rev().find_map(|it| match &it.arguments {
            PathArguments::AngleBracketed(it) => Some(it),
            _ => None,
        });
        arguments.map(|it| self.types_in(it)).unwrap_or_default()
    }

    fn types_in(&mut self, arguments: &AngleBracketedGenericArguments) -> Vec<TypeExprId> {
        let types = arguments.args.iter().filter_map(|it| match it {
            GenericArgument::Type(it) => Some(self.ty(it)),
            _ => None,
        });
        types.collect()
    }

    pub(crate) fn push_call(
        &mut self,
        callee: ValueId,
        arguments: Vec<Argument>,
        name_span: Span,
        span: Span,
    ) -> ValueId {
        self.push_applied((callee, Vec::new()), arguments, name_span, span)
    }

    /// A call of something with types written to it: `parse::<T>()`.
    fn push_applied(
        &mut self,
        (callee, types): (ValueId, Vec<TypeExprId>),
        arguments: Vec<Argument>,
        name_span: Span,
        span: Span,
    ) -> ValueId {
        self.push(ValueKind::Call(Box::new(Call { callee, arguments, types: types.into(), name_span })), span)
    }

    pub(crate) fn arguments<'a>(&mut self, arguments: impl Iterator<Item = &'a Expr>) -> Vec<Argument> {
        arguments.map(|it| Argument { name: None, value: self.operand(it), spread: Spread::No }).collect()
    }

    pub(crate) fn method_call(&mut self, call: &ExprMethodCall) -> ValueId {
        let method = call.method.to_string();
        let base = self.receiver(&call.receiver, &method);
        let name = self.ident(&call.method);
        let start = expr_start(&call.receiver);
        let name_span = self.between(start, call.method.span());
        let callee = self.push(ValueKind::Attribute { base, name }, name_span);
        let arguments = self.arguments(call.args.iter());
        let span = self.between(start, call.paren_token.span.close());
        let types = call.turbofish.as_ref().map(|it| self.types_in(it)).unwrap_or_default();
        let value = self.push_applied((callee, types), arguments, name_span, span);
        if consumes(&method) || self.consuming.contains(&method) {
            if let Some(root) = root(&call.receiver) {
                let name = self.ident(root);
                self.moved(name);
            }
        } else if temporary(&call.receiver) {
            let span = self.expr_span(&call.receiver);
            self.push(ValueKind::Drop(base), span);
        }
        match (self.turbofish(call, &method), asks_for_presence(&method)) {
            (Some(to), _) => self.push(ValueKind::Narrow { of: value, to, holds: true }, span),
            (None, Some(operator)) => self.push(ValueKind::Operator { operator, operands: [base].into() }, span),
            (None, None) => value,
        }
    }

    /// What `x.parse::<T>()` and its like give.
    fn turbofish(&mut self, call: &ExprMethodCall, method: &str) -> Option<TypeExprId> {
        let argument = call.turbofish.as_ref()?.args.first()?;
        let GenericArgument::Type(ty) = argument else { return None };
        let wrapper = match method {
            "collect" | "sum" | "product" | "into" => None,
            "parse" | "try_into" | "downcast" | "json" => Some("Result"),
            "downcast_ref" | "downcast_mut" | "try_state" | "app_data" => Some("Option"),
            _ => return None,
        };
        let inner = self.known_type(ty)?;
        let Some(wrapper) = wrapper else { return Some(inner) };
        let path = self.absolute(&["std", &wrapper.to_lowercase(), wrapper]);
        let scope = self.scope;
        let base = self.add_type(TypeExpr::Path { scope, path });
        // `json` of a response is awaited first: its narrowing would hide the future.
        (method != "json").then(|| self.add_type(TypeExpr::Apply { base, args: vec![inner] }))
    }

    pub(crate) fn struct_literal(&mut self, literal: &ExprStruct) -> ValueId {
        let name_span = self.between(path_start(&literal.path), path_end(&literal.path));
        let callee = match &literal.qself {
            Some(_) => self.unknown(name_span),
            None => self.path_value(&literal.path),
        };
        let mut arguments = Vec::with_capacity(literal.fields.len());
        for field in &literal.fields {
            if !self.may_be_built(&field.attrs) {
                continue;
            }
            let name = Some(self.field_name(&field.member));
            arguments.push(Argument { name, value: self.operand(&field.expr), spread: Spread::No });
        }
        if let Some(rest) = &literal.rest {
            arguments.push(Argument { name: None, value: self.operand(rest), spread: Spread::Named });
        }
        let span = self.between(path_start(&literal.path), literal.brace_token.span.close());
        self.push_call(callee, arguments, name_span, span)
    }
}

/// The variable at the root of `a.b.c`.
fn root(expr: &Expr) -> Option<&proc_macro2::Ident> {
    let mut at = expr;
    loop {
        at = match at {
            Expr::Field(it) => &it.base,
            Expr::Paren(it) => &it.expr,
            other => return bare(other),
        };
    }
}

/// What `Option`'s and `Result`'s questions ask: whether there is something.
fn asks_for_presence(method: &str) -> Option<Operator> {
    match method {
        "is_some" | "is_ok" => Some(Operator::IsPresent),
        "is_none" | "is_err" => Some(Operator::IsNone),
        _ => None,
    }
}
