//! The state of lowering one file: the module so far, the function being built, and those around it.
//! What single constructs mean stands in the files named after them.

use crate::bind::TopNames;
use crate::parse::{Source, span_of};
use crate::symbols::{Symbol, Symbols};
use crate::{bind, directive};
use blocklint_ir::build::Builder;
use blocklint_ir::{
    Function, FunctionId, Language, Module, Name, Names, Prelude, ScopeId, Span, TypeExprId, TypeId, ValueId, ValueKind,
};
use ruff_python_ast::{Expr, Stmt};
use rustc_hash::FxHashMap;

/// Lowers a parsed file.
pub(crate) fn module(path: &str, text: &str, source: &Source) -> Module {
    let mut module = Module::new(Language::Python);
    module.prelude = prelude(&mut module.names);
    module.errors.clone_from(&source.errors);
    module.test = directive::test_path(path);
    module.generated = directive::generated(text);
    module.directives = directive::collect(text, source);
    let top = Function { span: Span::new(0, text.len() as u32), ..module.functions[0].clone() };
    let mut lowerer = Lowerer {
        module,
        frame: Frame::new(FunctionId::TOP, top, None),
        outer: Vec::new(),
        top: TopNames::default(),
        fields: FxHashMap::default(),
        depth: 0,
        walrus: text.contains(":="),
        typing_only: false,
        type_variables: Vec::new(),
    };
    lowerer.block(&source.body);
    lowerer.module.sets_any = SETTING_ANY.iter().any(|it| lowerer.module.names.get(it).is_some());
    bind::finish(lowerer)
}

/// By these, code gives objects attributes whose names it does not write.
const SETTING_ANY: [&str; 6] = ["setattr", "__setattr__", "__dict__", "__setstate__", "vars", "locals"];

fn prelude(names: &mut Names) -> Prelude {
    let builtins = names.intern("builtins");
    let mut builtin = |name: &str| -> Option<Box<[Name]>> { Some(Box::new([builtins, names.intern(name)])) };
    Prelude {
        text: builtin("str"),
        sequence: builtin("list"),
        mapping: builtin("dict"),
        fallback: Some(Box::new([builtins])),
        ..Prelude::default()
    }
}

/// Lowers one file.
pub(crate) struct Lowerer {
    pub(crate) module: Module,
    /// The function being built.
    pub(crate) frame: Frame,
    /// The functions around it, from the file inwards.
    pub(crate) outer: Vec<Frame>,
    /// What the file binds.
    pub(crate) top: TopNames,
    /// Where a type's field stands in its list.
    pub(crate) fields: FxHashMap<(TypeId, Name), usize>,
    /// How many expressions and statements are being lowered inside each other.
    pub(crate) depth: usize,
    /// The file has `:=` somewhere.
    pub(crate) walrus: bool,
    /// Inside `if TYPE_CHECKING:`, where imports bind names and run nothing.
    pub(crate) typing_only: bool,
    /// What `TypeVar` made so far, and the bounds.
    pub(crate) type_variables: Vec<(Name, Option<TypeExprId>)>,
}

/// One function being built.
pub(crate) struct Frame {
    pub(crate) id: FunctionId,
    pub(crate) builder: Builder,
    /// The names its body binds; `None` for the file, whose names are global.
    pub(crate) symbols: Option<Symbols>,
    /// The class bodies around the place, inside this function.
    pub(crate) classes: Vec<ClassFrame>,
    /// The variables of the comprehensions around the place.
    pub(crate) comprehension: Vec<Name>,
    /// The parameter that holds the instance or class.
    pub(crate) receiver: Option<Name>,
    /// Types that were declared for variables before they got a value.
    pub(crate) declared: FxHashMap<Name, TypeExprId>,
    /// Attributes whose type some test asked for, by the names under which what is known of them is kept.
    pub(crate) attributes: Vec<Name>,
    /// Variables that functions inside give values too.
    pub(crate) shared: Vec<Name>,
    /// It has a scope of its own for the types and imports that it binds.
    pub(crate) scoped: bool,
}

/// A class body being lowered.
pub(crate) struct ClassFrame {
    pub(crate) id: TypeId,
    /// The scope that its annotations see, once it binds a type or an import.
    pub(crate) scope: Option<ScopeId>,
}

impl Frame {
    pub(crate) fn new(id: FunctionId, function: Function, symbols: Option<Symbols>) -> Self {
        Self {
            id,
            builder: Builder::new(function),
            symbols,
            classes: Vec::new(),
            comprehension: Vec::new(),
            receiver: None,
            declared: FxHashMap::default(),
            attributes: Vec::new(),
            shared: Vec::new(),
            scoped: false,
        }
    }

    /// Where the function's body binds or declares `name`.
    pub(crate) fn symbol(&self, name: Name) -> Option<Symbol> {
        if self.comprehension.contains(&name) {
            return Some(Symbol::Local);
        }
        self.symbols.as_ref()?.get(&name).copied()
    }
}

/// What is nested deeper than this is not looked into.
const MAX_DEPTH: usize = 1000;

/// Lowering asks for more stack when less than this is left, and how much it gets then.
const STACK_LEFT: usize = 256 * 1024;
const STACK_MORE: usize = 2 * 1024 * 1024;

impl Lowerer {
    pub(crate) fn name(&mut self, text: &str) -> Name {
        self.module.names.intern(text)
    }

    pub(crate) fn push(&mut self, kind: ValueKind, span: Span) -> ValueId {
        self.frame.builder.push(kind, span)
    }

    /// A statement list: what is learnt about tests inside it ends with it.
    pub(crate) fn block(&mut self, body: &[Stmt]) {
        let region = self.frame.builder.region();
        for stmt in body {
            // What cannot be reached never runs; only a `yield` in it still makes the function a generator.
            if !self.frame.builder.live() {
                self.unreachable(stmt);
                continue;
            }
            self.deeper(|it| it.stmt(stmt));
        }
        self.frame.builder.set_region(region);
    }

    /// The value of an expression, with everything that evaluating it runs.
    pub(crate) fn expr(&mut self, expr: &Expr) -> ValueId {
        self.deeper(|it| it.expression(expr)).unwrap_or_else(|| self.push(ValueKind::Unknown, span_of(expr)))
    }

    fn deeper<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let result = if self.depth.is_multiple_of(8) {
            stacker::maybe_grow(STACK_LEFT, STACK_MORE, || lower(self))
        } else {
            lower(self)
        };
        self.depth -= 1;
        Some(result)
    }

    /// What a definition's qualified name begins with at this place: `Class.`, `outer.<locals>.`.
    pub(crate) fn qualify(&self, name: &str) -> String {
        if let Some(class) = self.frame.classes.last() {
            format!("{}.{name}", self.module.type_def(class.id).qualname)
        } else if self.outer.is_empty() {
            name.to_owned()
        } else {
            format!("{}.<locals>.{name}", self.frame.builder.function.qualname)
        }
    }
}
