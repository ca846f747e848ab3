//! Functions and lambdas: what their definition runs, and their bodies.

use crate::bind::Bound;
use crate::lower::{Frame, Lowerer};
use crate::parse::span;
use crate::symbols::{self, Symbol, Symbols};
use crate::{class, member};
use blocklint_ir::{
    Color, Form, Function, FunctionId, Literal, Name, Parameter, ParameterKind, Receiver, Span, TypeExprId, ValueId,
    ValueKind,
};
use ruff_python_ast::{self as ast, Expr, ExprLambda, Stmt, StmtFunctionDef, TypeParam};

impl Lowerer {
    pub(crate) fn function(&mut self, def: &StmtFunctionDef) {
        let at = span(def.range);
        let decorators = def.decorator_list.iter().map(|it| self.expr(&it.expression)).collect();
        let parameters = self.parameters(&def.parameters);
        let places = places(&def.parameters);
        let mut generics = self.generics(def.type_params.as_deref());
        self.type_variables_in(&parameters, &mut generics);
        let result = def.returns.as_ref().map(|it| self.annotation(it));
        let name = self.name(def.name.as_str());
        let id = self.reserve();
        let mut function = Function::new(name, &self.qualify(def.name.as_str()));
        function.color = if def.is_async { Color::Async } else { Color::Sync };
        function.parameters = parameters;
        function.generics = generics.into();
        function.result = result;
        function.decorators = decorators;
        function.stub = stub(&def.body);
        function.span = at;
        function.name_span = span(def.name.range);
        self.owner(def, id, &mut function);
        function.test = self.module.test
            && (def.name.starts_with("test_")
                || self.frame.builder.function.test
                || function.owner.is_some_and(|it| self.module.type_def(it).test));
        let value = self.push(ValueKind::Function(id), function.name_span);
        self.bind(name, Bound::Function(id), Some(value), function.name_span);
        let mut symbols = parameter_symbols(&function.parameters);
        symbols::collect(&def.body, self.walrus, &mut self.module.names, &mut symbols);
        self.open(id, function, symbols, &places);
        self.block(&def.body);
        if self.frame.builder.live() && !self.frame.builder.function.stub {
            let none = self.literal(Literal::None, Span::new(at.end, at.end));
            self.frame.builder.function.returns.push(none);
        }
        self.close();
    }

    /// Makes the function a member when it stands in a class body.
    fn owner(&mut self, def: &StmtFunctionDef, id: FunctionId, function: &mut Function) {
        let Some(class) = self.frame.classes.last() else { return };
        let kind = member::kind(def.name.as_str(), &def.decorator_list);
        function.owner = Some(class.id);
        function.receiver = member::receiver(def.name.as_str(), kind, &def.decorator_list);
        if function.parameters.is_empty() {
            function.receiver = Receiver::None;
        }
        class::add_member(&mut self.module, class.id, function.name, id, kind);
    }

    pub(crate) fn lambda(&mut self, expr: &ExprLambda) -> ValueId {
        let at = span(expr.range);
        let parameters = expr.parameters.as_ref().map(|it| self.parameters(it)).unwrap_or_default();
        let id = self.reserve();
        let mut function = Function::new(self.name("<lambda>"), &self.qualify("<lambda>"));
        function.form = Form::Lambda;
        function.parameters = parameters;
        function.span = at;
        function.name_span = Span::new(at.start, at.start + "lambda".len() as u32);
        function.test = self.frame.builder.function.test;
        let value = self.push(ValueKind::Function(id), at);
        let mut symbols = parameter_symbols(&function.parameters);
        if self.walrus {
            symbols::collect_expr(&expr.body, &mut self.module.names, &mut symbols);
        }
        let places = expr.parameters.as_ref().map(|it| places(it)).unwrap_or_default();
        self.open(id, function, symbols, &places);
        let result = self.expr(&expr.body);
        self.frame.builder.function.returns.push(result);
        self.close();
        value
    }

    /// Takes the next function's id.
    fn reserve(&mut self) -> FunctionId {
        let id = FunctionId::new(self.module.functions.len());
        let unnamed = self.name("<lambda>");
        self.module.functions.push(Function::new(unnamed, ""));
        id
    }

    /// Goes into a function's body. Its parameters hold their values from the start.
    fn open(&mut self, id: FunctionId, mut function: Function, symbols: Symbols, places: &[Span]) {
        function.parent = (!self.outer.is_empty()).then_some(self.frame.id);
        function.scope = self.frame.builder.function.scope;
        let receiver = match function.receiver {
            Receiver::None => None,
            Receiver::Instance | Receiver::Type => function.parameters.first().map(|it| it.name),
        };
        let parameters: Vec<(Name, Span)> =
            function.parameters.iter().map(|it| it.name).zip(places.iter().copied()).collect();
        let mut frame = Frame::new(id, function, Some(symbols));
        frame.receiver = receiver;
        for (index, (name, at)) in parameters.into_iter().enumerate() {
            let Ok(index) = u16::try_from(index) else { break };
            let value = frame.builder.push(ValueKind::Parameter(index), at);
            frame.builder.assign(name, value);
        }
        self.outer.push(std::mem::replace(&mut self.frame, frame));
    }

    fn close(&mut self) {
        let around = self.outer.pop().expect("every close has its open");
        let frame = std::mem::replace(&mut self.frame, around);
        self.module.functions[frame.id.index()] = frame.builder.finish();
    }

    /// Parameters; their defaults and metadata are computed here, where the function is defined.
    fn parameters(&mut self, parameters: &ast::Parameters) -> Vec<Parameter> {
        let mut lowered = Vec::new();
        for it in &parameters.posonlyargs {
            lowered.push(self.parameter(&it.parameter, it.default(), ParameterKind::Positional));
        }
        for it in &parameters.args {
            lowered.push(self.parameter(&it.parameter, it.default(), ParameterKind::Either));
        }
        if let Some(it) = &parameters.vararg {
            lowered.push(self.parameter(it, None, ParameterKind::RestPositional));
        }
        for it in &parameters.kwonlyargs {
            lowered.push(self.parameter(&it.parameter, it.default(), ParameterKind::Named));
        }
        if let Some(it) = &parameters.kwarg {
            lowered.push(self.parameter(it, None, ParameterKind::RestNamed));
        }
        lowered
    }

    fn parameter(&mut self, it: &ast::Parameter, default: Option<&Expr>, kind: ParameterKind) -> Parameter {
        let name = self.name(it.name.as_str());
        let default = default.map(|it| self.expr(it));
        let annotation = it.annotation.as_ref().map(|it| self.annotation(it));
        let metadata = it.annotation.as_ref().map(|it| self.metadata(it)).unwrap_or_default();
        Parameter { name, annotation, default, metadata: metadata.into(), kind, changes: false }
    }

    /// Type parameters and their bounds: `def f[T: Base](…)`.
    pub(crate) fn generics(&mut self, params: Option<&ast::TypeParams>) -> Vec<(Name, Option<TypeExprId>)> {
        let params = params.map(|it| it.type_params.as_slice()).unwrap_or_default();
        params
            .iter()
            .map(|it| {
                let bound = match it {
                    TypeParam::TypeVar(it) => it.bound.as_ref().map(|it| self.annotation(it)),
                    TypeParam::TypeVarTuple(_) | TypeParam::ParamSpec(_) => None,
                };
                (self.name(it.name().as_str()), bound)
            })
            .collect()
    }
}

/// Where the parameters stand, in the order of [`Function::parameters`].
fn places(parameters: &ast::Parameters) -> Vec<Span> {
    let place = |it: &ast::Parameter| span(it.range);
    let listed =
        |them: &[ast::ParameterWithDefault]| -> Vec<Span> { them.iter().map(|it| place(&it.parameter)).collect() };
    let mut places = listed(&parameters.posonlyargs);
    places.extend(listed(&parameters.args));
    places.extend(parameters.vararg.iter().map(|it| place(it)));
    places.extend(listed(&parameters.kwonlyargs));
    places.extend(parameters.kwarg.iter().map(|it| place(it)));
    places
}

fn parameter_symbols(parameters: &[Parameter]) -> Symbols {
    parameters.iter().map(|it| (it.name, Symbol::Local)).collect()
}

/// A body that says only that there is none: a docstring, `...`, `pass`, `raise NotImplementedError`.
fn stub(body: &[Stmt]) -> bool {
    body.iter().all(|stmt| match stmt {
        Stmt::Pass(_) => true,
        Stmt::Expr(it) => matches!(&*it.value, Expr::EllipsisLiteral(_) | Expr::StringLiteral(_)),
        Stmt::Raise(it) => match it.exc.as_deref() {
            Some(Expr::Call(it)) => not_implemented(&it.func),
            Some(it) => not_implemented(it),
            None => false,
        },
        _ => false,
    })
}

fn not_implemented(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(it) if it.id.as_str() == "NotImplementedError")
}
