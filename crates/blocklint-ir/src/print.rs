//! A module as text, one line a value, for snapshots and for the reader who debugs a front end.
//! It prints what is there and leaves spans out.

use crate::item::Anchor;
use crate::{
    BindingKind, Color, Function, FunctionId, Import, Literal, Module, Name, RegionId, RegionKind, Scope, ScopeId,
    ScopedPath, Spread, TypeDef, TypeExpr, TypeExprId, ValueId, ValueKind, ValueRef,
};
use std::fmt::Write;

/// The whole module: scopes, types, functions.
pub fn module(module: &Module) -> String {
    let mut printer = Printer { module, out: String::new() };
    for (index, scope) in module.scopes.iter().enumerate() {
        printer.scope(ScopeId::new(index), scope);
    }
    module.types.iter().for_each(|it| printer.type_def(it));
    for (index, function) in module.functions.iter().enumerate() {
        printer.function(FunctionId::new(index), function);
    }
    for directive in &module.directives {
        let (at, target) = (directive.span, directive.target);
        printer.line(&format!(
            "directive {:?} at {}..{} for {}..{}",
            directive.kind, at.start, at.end, target.start, target.end
        ));
    }
    for error in &module.errors {
        printer.line(&format!("error {}..{} {}", error.span.start, error.span.end, error.message));
    }
    printer.out
}

struct Printer<'a> {
    module: &'a Module,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn text(&self, name: Name) -> &str {
        self.module.text(name)
    }

    fn scope(&mut self, id: ScopeId, scope: &Scope) {
        let mut lines = Vec::new();
        for binding in &scope.bindings {
            let what = match &binding.kind {
                BindingKind::Import(path) => format!(" = import {}", self.path(path)),
                BindingKind::Function(id) => format!(" = fn {}", self.module.function(*id).qualname),
                BindingKind::Type(id) => format!(" = type {}", self.module.type_def(*id).qualname),
                BindingKind::Value { values, annotation } => {
                    format!("{}{}", self.annotation(*annotation), assigned(values))
                }
                BindingKind::Scope(id) => format!(" = scope {}", id.index()),
                BindingKind::Submodule(index) => format!(" = file {index}"),
            };
            lines.push(format!("  {}{what}", self.text(binding.name)));
        }
        lines.extend(scope.globs.iter().map(|it| format!("  * = {}", self.path(&it.path))));
        if let Some(exports) = &scope.exports {
            let names: Vec<&str> = exports.iter().map(|&it| self.text(it)).collect();
            lines.push(format!("  exports {}", names.join(", ")));
        }
        if let Some(fallback) = scope.fallback {
            lines.push(format!("  fallback {}", self.module.function(fallback).qualname));
        }
        if id != ScopeId::FILE || !lines.is_empty() {
            let parent = scope.parent.map(|it| format!(" in {}", it.index())).unwrap_or_default();
            self.line(&format!("scope {}{parent}", id.index()));
            for line in &lines {
                self.line(line);
            }
        }
    }

    fn type_def(&mut self, it: &TypeDef) {
        let bases: Vec<String> = it.bases.iter().map(|&it| self.type_expr(it)).collect();
        let test = if it.test { " test" } else { "" };
        let mut head = format!("{:?} {}({}){test}", it.kind, it.qualname, bases.join(", ")).to_lowercase_first();
        if let Some(metaclass) = it.metaclass {
            let _ = write!(head, " metaclass {}", self.type_expr(metaclass));
        }
        if !it.decorators.is_empty() {
            let _ = write!(head, " decorators {}", refs(&it.decorators));
        }
        self.line(&format!("{head}{}", self.generics(&it.generics)));
        for member in &it.members {
            let line = format!("  {:?} {} = fn {}", member.kind, self.text(member.name), member.function.index());
            self.line(&line);
        }
        for field in &it.fields {
            let class = if field.on_class { " on class" } else { "" };
            let line = format!(
                "  .{}{}{}{class}",
                self.text(field.name),
                self.annotation(field.annotation),
                assigned(&field.values)
            );
            self.line(&line);
        }
    }

    fn annotation(&self, annotation: Option<TypeExprId>) -> String {
        annotation.map(|it| format!(": {} ", self.type_expr(it)).trim_end().to_owned()).unwrap_or_default()
    }

    fn generics(&self, generics: &[(Name, Option<TypeExprId>)]) -> String {
        if generics.is_empty() {
            return String::new();
        }
        let items: Vec<String> =
            generics.iter().map(|it| format!("{}{}", self.text(it.0), self.annotation(it.1))).collect();
        format!(" generics [{}]", items.join(", "))
    }

    fn function(&mut self, id: FunctionId, it: &Function) {
        let parameters: Vec<String> = it.parameters.iter().map(|it| self.parameter(it)).collect();
        let color = if it.color == Color::Sync { String::new() } else { format!(" {:?}", it.color) };
        let mut head = format!("fn {} {}({}){color}", id.index(), it.qualname, parameters.join(", "));
        if let Some(result) = it.result {
            let _ = write!(head, " -> {}", self.type_expr(result));
        }
        let flags = [(it.stub, " stub"), (it.test, " test")];
        flags.iter().filter(|it| it.0).for_each(|it| head.push_str(it.1));
        if let Some(parent) = it.parent {
            let _ = write!(head, " in {}", parent.index());
        }
        if !it.decorators.is_empty() {
            let _ = write!(head, " decorators {}", list(&it.decorators));
        }
        self.line(&format!("{head}{}", self.generics(&it.generics)));
        let mut region = RegionId::BODY;
        for (index, value) in it.values.iter().enumerate() {
            if value.region != region {
                region = value.region;
                let text = self.region(it, region);
                self.line(&format!(" {text}"));
            }
            let line = format!("  %{index} = {}", self.value(&value.kind));
            self.line(&line);
        }
        let ends = [("return", &it.returns), ("yield", &it.yields), ("discard", &it.discarded)];
        for (word, values) in ends {
            if !values.is_empty() {
                self.line(&format!("  {word} {}", list(values)));
            }
        }
        for variable in it.variables.iter().filter(|variable| it.foreign(variable.name).next().is_some()) {
            let foreign: Vec<ValueRef> = it.foreign(variable.name).collect();
            let line = format!("  {} is also {}", self.text(variable.name), refs(&foreign));
            self.line(&line);
        }
    }

    fn parameter(&self, it: &crate::Parameter) -> String {
        use crate::ParameterKind as Kind;
        let mark = match it.kind {
            Kind::RestPositional => "*",
            Kind::RestNamed => "**",
            Kind::Either | Kind::Positional | Kind::Named => "",
        };
        let default = it.default.map(|it| format!(" = %{}", it.index())).unwrap_or_default();
        let metadata = if it.metadata.is_empty() { String::new() } else { format!(" @{}", list(&it.metadata)) };
        format!("{mark}{}{}{default}{metadata}", self.text(it.name), self.annotation(it.annotation))
    }

    /// The conditions around a region, outermost first.
    fn region(&self, function: &Function, id: RegionId) -> String {
        let mut around: Vec<String> = function
            .regions_around(id)
            .map(|(id, region)| match &region.kind {
                RegionKind::Body => String::new(),
                RegionKind::When { test, holds } => {
                    format!("when {}%{}", if *holds { "" } else { "not " }, test.index())
                }
                RegionKind::Match { subject, holds, variant } => format!(
                    "match {}%{} {}",
                    if *holds { "" } else { "not " },
                    subject.index(),
                    variant.as_ref().map(|it| self.path(it)).unwrap_or_default()
                ),
                RegionKind::Loop => "loop".to_owned(),
                RegionKind::Try => format!("try#{}", id.index()),
                RegionKind::Handler { attempt, catches } => {
                    format!("except#{} {}", attempt.index(), list(catches))
                }
                RegionKind::Completed { attempt } => format!("completed#{}", attempt.index()),
                RegionKind::Finally => "finally".to_owned(),
                RegionKind::Script => "script".to_owned(),
                RegionKind::Leaving => "when left early".to_owned(),
                RegionKind::Held { context } => format!("held %{}", context.index()),
            })
            .map(|it| it.trim_end().to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        around.reverse();
        if around.is_empty() { "body:".to_owned() } else { format!("{}:", around.join(" / ")) }
    }

    fn value(&self, kind: &ValueKind) -> String {
        let v = |id: &ValueId| format!("%{}", id.index());
        match kind {
            ValueKind::Literal(literal) => self.literal(*literal),
            ValueKind::Parameter(index) => format!("parameter {index}"),
            ValueKind::Path(id) => {
                let ScopedPath { scope, path } = self.module.paths.get(*id);
                let scope = if *scope == ScopeId::FILE { String::new() } else { format!("{}:", scope.index()) };
                format!("path {scope}{}", self.path(path))
            }
            ValueKind::Associated { of, through, name } => {
                let through = through.map(|it| format!(" as {}", self.type_expr(it))).unwrap_or_default();
                format!("<{}{through}>::{}", self.type_expr(*of), self.text(*name))
            }
            ValueKind::Captured { function, name } => format!("captured {} of {}", self.text(*name), function.index()),
            ValueKind::Function(id) => format!("fn {}", id.index()),
            ValueKind::Type(id) => format!("type {}", self.module.type_def(*id).qualname),
            ValueKind::Import { path, binds } => {
                let binds = binds.as_ref().map(|it| format!(" as {}", self.path(it))).unwrap_or_default();
                format!("import {}{binds}", self.path(path))
            }
            ValueKind::Attribute { base, name } => format!("{}.{}", v(base), self.text(*name)),
            ValueKind::Index { base, index } => format!("{}[{}]", v(base), v(index)),
            ValueKind::Call(call) => {
                let arguments: Vec<String> = call.arguments.iter().map(|it| self.argument(it)).collect();
                let types: Vec<String> = call.types.iter().map(|it| self.type_expr(*it)).collect();
                let types = if types.is_empty() { String::new() } else { format!("<{}>", types.join(", ")) };
                format!("call {}{types}({})", v(&call.callee), arguments.join(", "))
            }
            ValueKind::Operator { operator, operands } => {
                format!("{} {}", format!("{operator:?}").to_lowercase_first(), list(operands))
            }
            ValueKind::Store { base, name, value } => {
                format!("{}.{} := {}", v(base), self.text(*name), value.as_ref().map_or("del".to_owned(), v))
            }
            ValueKind::StoreIndex { base, index, value } => {
                format!("{}[{}] := {}", v(base), v(index), value.as_ref().map_or("del".to_owned(), v))
            }
            ValueKind::Tuple(items) => format!("tuple {}", list(items)),
            ValueKind::Sequence(items) => format!("sequence {}", list(items)),
            ValueKind::Mapping(items) => format!("mapping {}", list(items)),
            ValueKind::Element { base, index } => {
                format!("element {} of {}", index.map_or("*".to_owned(), |it| it.to_string()), v(base))
            }
            ValueKind::Payload { base, variant, field, .. } => {
                format!("{} as {} .{}", v(base), self.path(variant), self.text(*field))
            }
            ValueKind::Choice(options) => format!("choice {}", list(options)),
            ValueKind::Narrow { of, to, holds } => {
                format!("{} {} {}", v(of), if *holds { "is" } else { "is not" }, self.type_expr(*to))
            }
            ValueKind::Unknown => "unknown".to_owned(),
            ValueKind::Super => "super".to_owned(),
            other => wrapped(other),
        }
    }

    fn argument(&self, it: &crate::Argument) -> String {
        let name = it.name.map(|it| format!("{}=", self.text(it))).unwrap_or_default();
        let spread = match it.spread {
            Spread::No => "",
            Spread::Positional => "*",
            Spread::Named => "**",
        };
        format!("{spread}{name}%{}", it.value.index())
    }

    fn literal(&self, literal: Literal) -> String {
        match literal {
            Literal::None => "none".to_owned(),
            Literal::Bool(it) => it.to_string(),
            Literal::Int(it) => it.to_string(),
            Literal::Float(it) => format!("{it:?}"),
            Literal::Text(it) => format!("{:?}", self.text(it)),
            Literal::Other => "literal".to_owned(),
        }
    }

    fn path(&self, path: &Import) -> String {
        let segments: Vec<&str> = path.segments.iter().map(|&it| self.text(it)).collect();
        let joined = segments.join(self.module.language.separator());
        match path.anchor {
            Anchor::Lexical => joined,
            Anchor::Absolute => format!("/{joined}"),
            Anchor::Package => format!("package/{joined}"),
            Anchor::Ancestor(up) => format!("up{up}/{joined}"),
            Anchor::Dots(dots) => format!("{}{joined}", ".".repeat(dots.min(50) as usize)),
        }
    }

    fn type_expr(&self, id: TypeExprId) -> String {
        let all = |ids: &[TypeExprId]| ids.iter().map(|&it| self.type_expr(it)).collect::<Vec<_>>();
        match self.module.type_expr(id) {
            TypeExpr::Unknown => "?".to_owned(),
            TypeExpr::Path { scope, path } if *scope == ScopeId::FILE => self.path(path),
            TypeExpr::Path { scope, path } => format!("{}:{}", scope.index(), self.path(path)),
            TypeExpr::Apply { base, args } => format!("{}[{}]", self.type_expr(*base), all(args).join(", ")),
            TypeExpr::Union(options) => format!("({})", all(options).join(" | ")),
            TypeExpr::Bounded(bounds) => format!("({})", all(bounds).join(" + ")),
            TypeExpr::Tuple(items) => format!("({})", all(items).join(", ")),
            TypeExpr::Sequence(of) => format!("[{}]", self.type_expr(*of)),
            TypeExpr::Callable(result) => format!("fn -> {}", self.type_expr(*result)),
            TypeExpr::Future(of) => format!("future {}", self.type_expr(*of)),
            TypeExpr::SelfType => "Self".to_owned(),
            TypeExpr::Associated { base, name } => format!("<{}>::{}", self.type_expr(*base), self.text(*name)),
            TypeExpr::Unit => "()".to_owned(),
            TypeExpr::TypeOf(of) => format!("type[{}]", self.type_expr(*of)),
            TypeExpr::Texts(texts) => {
                format!("text {:?}", texts.iter().map(|&it| self.text(it)).collect::<Vec<_>>())
            }
        }
    }
}

/// What happens to one other value.
fn wrapped(kind: &ValueKind) -> String {
    let (word, of) = match kind {
        ValueKind::Await(of) => ("await", of),
        ValueKind::Each(of) => ("each", of),
        ValueKind::EachAsync(of) => ("each async", of),
        ValueKind::Enter(of) => ("enter", of),
        ValueKind::EnterAsync(of) => ("enter async", of),
        ValueKind::Exit(of) => ("exit", of),
        ValueKind::ExitAsync(of) => ("exit async", of),
        ValueKind::Format(of) => ("format", of),
        ValueKind::Truth(of) => ("truth", of),
        ValueKind::Unwrap(of) => ("unwrap", of),
        ValueKind::Deref(of) => ("deref", of),
        ValueKind::TypeOf(of) => ("type of", of),
        ValueKind::Drop(of) => ("drop", of),
        ValueKind::Present(of) => ("present", of),
        other => return format!("{other:?}"),
    };
    format!("{word} %{}", of.index())
}

fn assigned(values: &[ValueRef]) -> String {
    if values.is_empty() { String::new() } else { format!(" = {}", refs(values)) }
}

fn refs(values: &[ValueRef]) -> String {
    let values: Vec<String> = values.iter().map(|it| format!("{}%{}", it.function.index(), it.value.index())).collect();
    values.join(" | ")
}

fn list(values: &[ValueId]) -> String {
    let values: Vec<String> = values.iter().map(|it| format!("%{}", it.index())).collect();
    values.join(" ")
}

trait LowercaseFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowercaseFirst for String {
    fn to_lowercase_first(&self) -> String {
        let mut chars = self.chars();
        let first = chars.next().map(|it| it.to_ascii_lowercase());
        first.into_iter().chain(chars).collect()
    }
}
