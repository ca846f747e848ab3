//! What one source file contains, in words that Python and Rust share.
//!
//! A front end lowers one file to one [`Module`]; the engine reads modules and never sees a syntax tree.
//! Nothing here knows the word "blocking": a module says which code may run, in which order, under which tests,
//! and by which trigger. What that code does to its thread is the engine's and the catalogue's business.
//!
//! A module is a function of the file's text alone. Its place in the program (its dotted name, its crate) is not
//! part of it: [`layout::Placement`] carries that.

pub mod build;
pub mod comment;
pub mod function;
pub mod item;
pub mod layout;
mod moved;
pub mod name;
pub mod path;
pub mod print;
mod shrink;
mod sound;
pub mod span;
mod stub;
pub mod types;
pub mod value;

pub use comment::{Comment, Directive, DirectiveKind};
pub use function::{
    Color, Form, Function, FunctionId, Parameter, ParameterKind, Receiver, Region, RegionId, RegionKind, Variable,
};
pub use item::{
    Binding, BindingKind, Export, Exported, Field, Glob, Import, Member, MemberKind, Named, Scope, ScopeId, Submodule,
    TypeDef, TypeId, TypeKind,
};
pub use layout::{Builds, Dependency, EntryPoint, Package, Placement};
pub use moved::Moves;
pub use name::{Name, Names};
pub use path::{PathId, Paths, ScopedPath};
pub use span::Span;
pub use types::{TypeExpr, TypeExprId};
pub use value::{Argument, Call, Literal, Operator, Spread, Value, ValueId, ValueKind, ValueRef};

use serde::{Deserialize, Serialize};

/// The language of a source file. The engine carries it to the findings and selects a catalogue by it; it decides nothing else on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python 3, every version the parser knows.
    Python,
    /// Rust, editions 2015 to 2024.
    Rust,
}

impl Language {
    /// The name used in JSON, rule pages and the catalogue's folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Rust => "rust",
        }
    }

    /// What stands between the segments of a path as the language's users write it.
    pub fn separator(self) -> &'static str {
        match self {
            Self::Python => ".",
            Self::Rust => "::",
        }
    }
}

/// Everything that was read in one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The file's language.
    pub language: Language,
    /// The texts of every [`Name`] in this module.
    pub names: Names,
    /// The paths that values read.
    pub paths: Paths,
    /// Lexical scopes that hold items: `scopes[0]` is the file, others are inline modules and blocks with items.
    pub scopes: Vec<Scope>,
    /// Classes, structs, enums, traits, aliases and implementations.
    pub types: Vec<TypeDef>,
    /// Functions, closures and asynchronous blocks: `functions[0]` is the file's top-level code.
    pub functions: Vec<Function>,
    /// Type expressions named by [`TypeExprId`].
    pub type_exprs: Vec<TypeExpr>,
    /// Type expressions that are written behind a reference, ascending: the end of such a value drops nothing.
    pub borrowed: Vec<TypeExprId>,
    /// Child modules that stand in files of their own (`mod a;`).
    pub submodules: Vec<Submodule>,
    /// What other languages see of it.
    pub exports: Vec<Export>,
    /// Names that exist without an import, and what they stand for.
    pub prelude: Prelude,
    /// Comments addressed to this tool.
    pub directives: Vec<Directive>,
    /// Places where the text is not valid in the language.
    pub errors: Vec<SyntaxError>,
    /// The whole file is test code (`tests/`, `test_*.py`, `conftest.py`, …), by its path or its own text.
    pub test: bool,
    /// The file says that a program wrote it.
    pub generated: bool,
    /// Code in it gives objects attributes whose names it does not write.
    pub sets_any: bool,
}

/// Names that are in scope everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prelude {
    /// Where every name that is bound nowhere is looked for: `["builtins"]` in Python.
    pub fallback: Option<Box<[Name]>>,
    /// Single names and the full paths they stand for: `Vec` → `std::vec::Vec`.
    pub names: Vec<(Name, Box<[Name]>)>,
    /// Libraries whose macros are in scope in the whole package: `#[macro_use] extern crate rocket;`.
    pub macros: Vec<Name>,
    /// The type of a written-out text: `["builtins", "str"]`.
    pub text: Option<Box<[Name]>>,
    /// The type of a written-out list: `["builtins", "list"]`.
    pub sequence: Option<Box<[Name]>>,
    /// The type of a written-out mapping: `["builtins", "dict"]`.
    pub mapping: Option<Box<[Name]>>,
    /// What every future is: `["std", "future", "Future"]` in Rust.
    pub future: Option<Box<[Name]>>,
    /// What makes a function's own failure of one that it hands on: `["std", "convert", "From", "from"]` in Rust.
    pub handed_on: Option<Box<[Name]>>,
}

/// A place where the text is not valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyntaxError {
    /// Where the parser gave up.
    pub span: Span,
    /// What it expected, in its own words.
    pub message: String,
}

impl Module {
    /// An empty module with its file scope and its top-level function.
    pub fn new(language: Language) -> Self {
        let mut names = Names::default();
        let top = Function::new(names.intern("<module>"), "<module>");
        Self {
            language,
            names,
            paths: Paths::default(),
            scopes: vec![Scope::default()],
            types: Vec::new(),
            functions: vec![top],
            type_exprs: Vec::new(),
            borrowed: Vec::new(),
            submodules: Vec::new(),
            exports: Vec::new(),
            prelude: Prelude::default(),
            directives: Vec::new(),
            errors: Vec::new(),
            test: false,
            generated: false,
            sets_any: false,
        }
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// The function with this id.
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }

    /// The type definition with this id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The scope with this id.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.index()]
    }

    /// The type expression with this id.
    pub fn type_expr(&self, id: TypeExprId) -> &TypeExpr {
        &self.type_exprs[id.index()]
    }

    /// Whether the type expression is written behind a reference.
    pub fn borrowed(&self, id: TypeExprId) -> bool {
        self.borrowed.binary_search(&id).is_ok()
    }

    /// Whether one of these type parameters stands in a written type.
    pub fn names_one_of(&self, generics: &[(Name, Option<TypeExprId>)], written: TypeExprId) -> bool {
        let names = |it: &TypeExprId| self.names_one_of(generics, *it);
        match self.type_expr(written) {
            TypeExpr::Path { path, .. } => generics.iter().any(|it| *path.segments == [it.0]),
            TypeExpr::Apply { args: inside, .. }
            | TypeExpr::Union(inside)
            | TypeExpr::Tuple(inside)
            | TypeExpr::Bounded(inside) => inside.iter().any(names),
            TypeExpr::Sequence(of) | TypeExpr::Callable(of) | TypeExpr::Future(of) | TypeExpr::TypeOf(of) => names(of),
            _ => false,
        }
    }

    /// Whether whoever is given a value of this type does not own it alone: a reference, or a pointer that others may hold too,
    /// with what wraps them.
    pub fn lent(&self, id: TypeExprId) -> bool {
        self.stands_in(id, &|it| self.is_shared(it))
    }

    /// Whether a type itself is a reference, or a pointer that others may hold too.
    pub fn is_shared(&self, id: TypeExprId) -> bool {
        self.borrowed(id) || self.points(id, &["Arc", "Rc", "Weak"])
    }

    /// Whether a value of this type keeps nothing alive: a reference, or weak pointers with what wraps them.
    pub fn keeps_nothing(&self, id: TypeExprId) -> bool {
        self.borrowed(id) || self.stands_in(id, &|it| self.points(it, &["Weak"]))
    }

    fn stands_in(&self, id: TypeExprId, is: &dyn Fn(TypeExprId) -> bool) -> bool {
        is(id)
            || match self.type_expr(id) {
                TypeExpr::Apply { args: inside, .. } | TypeExpr::Tuple(inside) => {
                    inside.iter().any(|&it| self.stands_in(it, is))
                }
                _ => false,
            }
    }

    fn points(&self, id: TypeExprId, pointers: &[&str]) -> bool {
        let TypeExpr::Apply { base, .. } = self.type_expr(id) else { return false };
        let TypeExpr::Path { path, .. } = self.type_expr(*base) else { return false };
        path.segments.last().is_some_and(|&it| pointers.contains(&self.text(it)))
    }

    /// Whether the type expression says that the value may not be there: `Option<T>`, `T | None`.
    pub fn may_be_absent(&self, id: TypeExprId) -> bool {
        match self.type_expr(id) {
            TypeExpr::Apply { base, .. } => match self.type_expr(*base) {
                TypeExpr::Path { path, .. } => {
                    path.segments.last().is_some_and(|&it| matches!(self.text(it), "Option" | "Optional"))
                }
                _ => false,
            },
            TypeExpr::Union(options) => options.iter().any(|&it| *self.type_expr(it) == TypeExpr::Unit),
            _ => false,
        }
    }

    /// Adds a type expression and returns its id.
    pub fn add_type_expr(&mut self, expr: TypeExpr) -> TypeExprId {
        self.type_exprs.push(expr);
        TypeExprId::new(self.type_exprs.len() - 1)
    }

    /// The nearest function around `id`, itself included, that a reader would name: not a closure or an asynchronous block.
    pub fn named_function(&self, id: FunctionId) -> FunctionId {
        let mut at = id;
        while !matches!(self.function(at).form, Form::Named | Form::Lambda) {
            match self.function(at).parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }
}
