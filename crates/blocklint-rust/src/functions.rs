//! Functions: free, member, closure, asynchronous block. Opens a frame for each body and closes it.

use crate::attributes::for_tests;
use crate::context::{Captures, Frame, Lower};
use crate::paths::shares;
use crate::position::pattern_start;
use blocklint_ir::{
    BindingKind, Color, Form, Function, FunctionId, Parameter, Receiver, Span, TypeExpr, TypeExprId, TypeId, ValueId,
    ValueKind,
};
use syn::{
    Attribute, Block, Expr, FnArg, GenericArgument, Pat, PathArguments, PathSegment, ReturnType, Signature, Type,
};

/// A function as it is written, wherever it stands.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    pub attributes: &'a [Attribute],
    pub signature: &'a Signature,
    pub body: Option<&'a Block>,
}

/// The body of a closure or asynchronous block.
pub(crate) enum Body<'a> {
    Expr(&'a Expr),
    Block(&'a Block),
}

/// A closure or asynchronous block.
pub(crate) struct Inline<'a> {
    pub form: Form,
    pub color: Color,
    pub captures: Captures,
    pub inputs: Vec<&'a Pat>,
    pub output: Option<&'a Type>,
    pub body: Body<'a>,
    pub span: Span,
    pub start: Span,
}

impl Lower {
    pub(crate) fn free_function(&mut self, item: &syn::ItemFn) {
        let written = Written { attributes: &item.attrs, signature: &item.sig, body: Some(&item.block) };
        let text = item.sig.ident.to_string();
        let qualname = format!("{}{}", self.prefix, text.trim_start_matches("r#"));
        let id = self.function(written, &qualname, None);
        self.export_function(&item.attrs, &item.sig.ident, id);
        self.bind_function(&item.sig, id);
    }

    pub(crate) fn foreign_function(&mut self, item: &syn::ForeignItemFn) {
        let written = Written { attributes: &item.attrs, signature: &item.sig, body: None };
        let qualname = format!("{}{}", self.prefix, item.sig.ident);
        let id = self.function(written, &qualname, None);
        self.bind_function(&item.sig, id);
    }

    fn bind_function(&mut self, signature: &Signature, id: FunctionId) {
        let name = self.ident(&signature.ident);
        let span = self.span(signature.ident.span());
        self.bind_item(name, BindingKind::Function(id), span);
    }

    /// A named function or method.
    pub(crate) fn function(&mut self, written: Written<'_>, qualname: &str, owner: Option<TypeId>) -> FunctionId {
        let signature = written.signature;
        let outer_test = self.enter_test(for_tests(written.attributes));
        let outer_conditions = self.conditions.len();
        self.enter_conditions(written.attributes);
        let outer_scope = self.enter_build();
        let decorators = self.decorators(written.attributes);
        let known = self.generics.len();
        let name = self.ident(&signature.ident);
        let mut function = Function::new(name, qualname);
        function.color = if signature.asyncness.is_some() { Color::Async } else { Color::Sync };
        function.owner = owner;
        function.parent = self.parent();
        function.scope = self.scope;
        function.generics = self.generic_parameters(&signature.generics).into();
        function.decorators = decorators.into();
        function.test = self.test;
        function.conditions = self.conditions.iter().copied().collect();
        function.stub = written.body.is_none_or(unwritten);
        function.name_span = self.span(signature.ident.span());
        function.span = self.function_span(written);
        function.result = match &signature.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(self.ty(ty)),
        };
        for input in &signature.inputs {
            let parameter = self.parameter(input, &mut function.receiver);
            function.parameters.push(parameter);
        }
        function.consumes = signature.inputs.first().is_some_and(takes_receiver);
        let id = self.open_frame(function, Captures::Nothing);
        let outer_prefix = std::mem::replace(&mut self.prefix, format!("{qualname}::"));
        let patterns: Vec<Option<&Pat>> = signature.inputs.iter().map(argument_pattern).collect();
        let passed: Vec<Passed> = signature.inputs.iter().map(passed).collect();
        self.bind_parameters(&patterns, &passed);
        if let Some(body) = written.body {
            self.function_body(&Body::Block(body));
        }
        self.prefix = outer_prefix;
        self.close_frame();
        self.generics.truncate(known);
        self.conditions.truncate(outer_conditions);
        self.scope = outer_scope;
        self.test = outer_test;
        id
    }

    fn function_span(&self, written: Written<'_>) -> Span {
        let signature = written.signature;
        let first = written.attributes.first().map_or_else(
            || signature.asyncness.map_or(signature.fn_token.span, |it| it.span),
            |it| it.pound_token.spans[0],
        );
        let last = written.body.map_or_else(|| signature.paren_token.span.close(), |it| it.brace_token.span.close());
        self.between(first, last)
    }

    fn parameter(&mut self, input: &FnArg, receiver: &mut Receiver) -> Parameter {
        let (name, annotation) = match input {
            FnArg::Receiver(it) => {
                *receiver = Receiver::Instance;
                let annotation = match &it.kind {
                    syn::ReceiverKind::Typed(_, ty) => Some(self.ty(ty)),
                    _ => None,
                };
                (self.name("self"), annotation)
            }
            FnArg::Typed(it) => (self.pattern_name(&it.pat), Some(self.ty(&it.ty))),
        };
        let changes = matches!(input, FnArg::Typed(it) if changes(&it.pat, Some(&it.ty)));
        Parameter { changes, ..Parameter::positional(name, annotation) }
    }

    fn pattern_name(&mut self, pattern: &Pat) -> blocklint_ir::Name {
        match pattern {
            Pat::Ident(it) => self.ident(&it.ident),
            _ => self.name("_"),
        }
    }

    /// Adds a function whose body follows, and goes into it.
    fn open_frame(&mut self, function: Function, captures: Captures) -> FunctionId {
        let id = FunctionId::new(self.module.functions.len());
        // The place is taken now, so that functions inside get later ids; `close_frame` fills it.
        self.module.functions.push(Function::new(function.name, ""));
        self.frames.push(Frame::new(id, function, captures));
        id
    }

    fn close_frame(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.module.functions[frame.id.index()] = frame.builder.finish();
        }
    }

    fn bind_parameters(&mut self, patterns: &[Option<&Pat>], passed: &[Passed]) {
        for (index, pattern) in patterns.iter().enumerate() {
            let parameter = ValueKind::Parameter(u16::try_from(index).unwrap_or(u16::MAX));
            if let Some(pattern) = pattern {
                let span = self.span(pattern_start(pattern));
                let value = self.push(parameter, span);
                self.pattern(pattern, value, passed[index] == Passed::Owned);
            } else {
                let span = self.frame().builder.function.name_span;
                let value = self.push(parameter, span);
                self.bind_receiver(value, span, passed[index] == Passed::Owned);
            }
            if passed[index] == Passed::Borrowed && !matches!(pattern, Some(it) if !matches!(it, Pat::Ident(_))) {
                let frame = self.frame();
                frame.borrowed.extend(frame.blocks.last().and_then(|it| it.names.last()).map(|it| it.1));
            }
        }
    }

    fn bind_receiver(&mut self, value: ValueId, span: Span, owned: bool) {
        let name = self.name("self");
        let unique = self.declare(name);
        self.builder().assign(unique, value);
        if owned && let Some(block) = self.frame().blocks.last_mut() {
            block.owned.push((unique, span));
        }
    }

    /// The statements of a body and what it returns at its end.
    fn function_body(&mut self, body: &Body<'_>) {
        let value = match body {
            Body::Expr(expr) => {
                let value = self.operand(expr);
                self.frame().release_temporaries(0);
                value
            }
            Body::Block(block) => self.block(block),
        };
        if self.builder().live() {
            self.builder().function.returns.push(value);
        }
        self.drop_block();
    }

    /// A closure or asynchronous block as a value.
    pub(crate) fn inline_function(&mut self, inline: &Inline<'_>) -> ValueId {
        let label = if inline.form == Form::Closure { "{closure}" } else { "{async block}" };
        let name = self.name(label);
        let mut function = Function::new(name, &format!("{}{label}", self.prefix));
        function.form = inline.form;
        function.color = inline.color;
        function.parent = self.parent();
        function.scope = self.scope;
        function.test = self.test;
        function.conditions = self.conditions.iter().copied().collect();
        function.span = inline.span;
        function.name_span = inline.start;
        function.result = inline.output.map(|it| self.ty(it));
        for input in &inline.inputs {
            let (pattern, ty) = match input {
                Pat::Type(it) => (&*it.pat, Some(&*it.ty)),
                other => (*other, None),
            };
            let annotation = ty.and_then(|it| self.known_type(it));
            let name = self.pattern_name(pattern);
            let changes = changes(pattern, ty);
            function.parameters.push(Parameter { changes, ..Parameter::positional(name, annotation) });
        }
        let id = self.open_frame(function, inline.captures);
        let patterns: Vec<Option<&Pat>> = inline.inputs.iter().map(|it| Some(*it)).collect();
        self.bind_parameters(&patterns, &vec![Passed::Otherwise; patterns.len()]);
        self.function_body(&inline.body);
        self.drop_captured();
        self.close_frame();
        self.push(ValueKind::Function(id), inline.span)
    }

    /// What moved into an asynchronous block ends with it; a closure may run again and keeps it.
    fn drop_captured(&mut self) {
        if self.frame().builder.function.form != Form::Block {
            return;
        }
        for (function, name, span) in std::mem::take(&mut self.frame().captured) {
            let value = self.push(ValueKind::Captured { function, name }, span);
            self.push(ValueKind::Drop(value), span);
        }
    }

    /// An annotation that says something: not `_`.
    pub(crate) fn known_type(&mut self, ty: &Type) -> Option<TypeExprId> {
        let id = self.ty(ty);
        (*self.module.type_expr(id) != TypeExpr::Unknown).then_some(id)
    }
}

fn argument_pattern(input: &FnArg) -> Option<&Pat> {
    match input {
        FnArg::Receiver(_) => None,
        FnArg::Typed(it) => Some(&it.pat),
    }
}

/// How a function is given an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passed {
    /// The function drops it unless it hands it on.
    Owned,
    /// Behind a reference.
    Borrowed,
    Otherwise,
}

fn passed(input: &FnArg) -> Passed {
    match input {
        FnArg::Receiver(it) => match it.kind {
            syn::ReceiverKind::Value => Passed::Owned,
            syn::ReceiverKind::Typed(..) => Passed::Otherwise,
            _ => Passed::Borrowed,
        },
        FnArg::Typed(it) => match &*it.ty {
            Type::Path(ty) => match ty.path.segments.last() {
                Some(it) if !plain(&it.ident.to_string()) && !lent(it) => Passed::Owned,
                _ => Passed::Otherwise,
            },
            Type::Tuple(_) => Passed::Owned,
            Type::Reference(_) => Passed::Borrowed,
            _ => Passed::Otherwise,
        },
    }
}

/// Whether others may hold what a type is or wraps: `Arc<T>`, `State<Arc<T>>`, `Option<&T>`.
fn lent(segment: &PathSegment) -> bool {
    shares(&segment.ident)
        || match &segment.arguments {
            PathArguments::AngleBracketed(it) => it.args.iter().any(|it| match it {
                GenericArgument::Type(Type::Reference(_)) => true,
                GenericArgument::Type(Type::Path(ty)) => ty.path.segments.last().is_some_and(lent),
                _ => false,
            }),
            _ => false,
        }
}

/// Whether the receiver is moved into the method: `self`, `self: Box<Self>`.
fn takes_receiver(input: &FnArg) -> bool {
    let FnArg::Receiver(it) = input else { return false };
    match &it.kind {
        syn::ReceiverKind::Value => true,
        syn::ReceiverKind::Typed(_, ty) => match &**ty {
            Type::Path(ty) => ty.path.segments.last().is_some_and(|it| it.ident == "Box" || it.ident == "Self"),
            _ => false,
        },
        _ => false,
    }
}

/// Types of the language and of the standard library whose end runs nothing.
fn plain(name: &str) -> bool {
    let number = name.strip_prefix(['u', 'i', 'f']).is_some_and(|it| it == "size" || it.parse::<u8>().is_ok());
    number || ["bool", "char", "str", "String", "PathBuf", "Duration", "Instant", "Uuid", "Bytes"].contains(&name)
}

/// `{ todo!() }` and `{ unimplemented!() }`.
fn unwritten(block: &Block) -> bool {
    let mac = match block.stmts.as_slice() {
        [syn::Stmt::Macro(it)] => &it.mac,
        [syn::Stmt::Expr(Expr::Macro(it), _)] => &it.mac,
        _ => return false,
    };
    mac.path.is_ident("todo") || mac.path.is_ident("unimplemented")
}

/// `mut mode`, `mode: &mut Mode`
fn changes(pattern: &Pat, ty: Option<&Type>) -> bool {
    matches!(pattern, Pat::Ident(it) if it.mutability.is_some())
        || matches!(ty, Some(Type::Reference(it)) if it.mutability.is_some())
}
