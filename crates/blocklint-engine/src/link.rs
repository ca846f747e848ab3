//! Joins summaries to a program: one module tree per language, and ids that are unique across files.
//!
//! It knows where names and types stand, not what types values have: that is [`crate::types`].

mod dynamic;
mod exports;
mod extensions;
mod hierarchy;
mod imports;
mod modules;
mod processes;
mod resolve;
mod words;

pub use hierarchy::{Hierarchy, MemberRef};
pub use modules::{Node, NodeId};
pub use processes::Processes;
pub use resolve::Entity;
pub use words::{is_variant_name, names_variant};

use crate::summary::FileSummary;
use blocklint_ir::{
    Function, FunctionId, Import, Language, MemberKind, Name, Names, Package, Placement, Receiver, ScopeId, TypeDef,
    TypeId, Value, ValueId,
};
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// A function of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Func(pub u32);

/// A type of the program. Implementation blocks have ids too, but stand for nothing by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ty(pub u32);

/// A file of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A text of the program, comparable across files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(Name);

/// All files, linked.
#[derive(Debug)]
pub struct Program<'a> {
    /// The packages that manifests name.
    pub packages: &'a [Package],
    reads_libraries: bool,
    files: Vec<File<'a>>,
    functions: Vec<(FileId, FunctionId)>,
    types: Vec<(FileId, TypeId)>,
    /// The texts of all files. A name of them is a [`Sym`].
    symbols: Names,
    nodes: modules::Tree,
    /// What the globs of a scope name, once asked.
    globs: RefCell<Globs>,
    /// What paths name, once asked.
    named: RefCell<Named>,
    /// What imports name, once asked.
    imports: imports::Imports,
    /// What is seen of other languages.
    exports: exports::Exports,
    /// What functions are called in findings, once asked.
    shown: RefCell<FxHashMap<Func, Arc<str>>>,
    /// Which members, bases and overrides types have.
    pub hierarchy: Hierarchy,
}

/// One file of the program.
#[derive(Debug)]
pub struct File<'a> {
    /// What it contains.
    pub summary: &'a FileSummary,
    /// Where it stands.
    pub placement: &'a Placement,
    /// Findings in it are reported.
    pub reported: bool,
    /// The package of a library's file; `None` for the checked sources.
    pub library: Option<usize>,
    /// Its node in the module tree.
    pub node: NodeId,
    /// The node of each of its scopes that is a module.
    scope_nodes: Vec<Option<NodeId>>,
    symbols: Vec<Sym>,
    /// The same, for files of which somebody asks whether they mention a name.
    mentioned: OnceCell<FxHashSet<Sym>>,
    /// What is asked of the build for it to have this file.
    conditions: Box<[(Sym, bool)]>,
    first_function: u32,
    first_type: u32,
    /// Scopes, names and indices into the scope's bindings, sorted.
    bindings: Vec<(ScopeId, Sym, u32)>,
}

/// By scope: what its globs name; `None` while that is looked up.
type Globs = FxHashMap<(FileId, ScopeId), Option<Rc<[Entity]>>>;

/// What paths name. Many files name the same few things.
#[derive(Debug, Default)]
struct Named {
    /// By file and path that values read: the number of what it names. Made when a file is first asked about.
    by_path: Vec<Box<[u32]>>,
    /// By scope and path written elsewhere: the number of what it names.
    by_scope: FxHashMap<(FileId, ScopeId), FxHashMap<Import, u32>>,
    entities: IndexSet<Rc<[Entity]>, FxBuildHasher>,
}

/// A file to link.
#[derive(Debug)]
pub struct Source {
    /// What it contains. Shared, as whoever analyses a program again keeps the summaries of what did not change.
    pub summary: Arc<FileSummary>,
    /// Where it stands.
    pub placement: Placement,
    /// Findings in it are reported; otherwise it is only read.
    pub reported: bool,
}

/// Links files to a program. In whatever order they come, they have the same ids: libraries stand behind, and each file where its path
/// says.
pub fn link<'a>(sources: &'a [Source], packages: &'a [Package]) -> Program<'a> {
    let mut program = Program {
        packages,
        reads_libraries: packages.iter().any(|it| it.library),
        files: Vec::with_capacity(sources.len()),
        functions: Vec::new(),
        types: Vec::new(),
        symbols: Names::default(),
        nodes: modules::Tree::default(),
        globs: RefCell::default(),
        named: RefCell::new(Named { by_path: vec![Box::default(); sources.len()], ..Named::default() }),
        imports: imports::Imports::default(),
        exports: exports::Exports::default(),
        shown: RefCell::default(),
        hierarchy: Hierarchy::default(),
    };
    // Files share most of their names.
    program.symbols.reserve(sources.iter().map(|it| it.summary.module.names.texts().len()).sum::<usize>() / 4);
    let library = |it: &Source| it.placement.package.is_some_and(|it| packages[it].library);
    let mut sources: Vec<&Source> = sources.iter().collect();
    sources.sort_by(|a, b| {
        let paths = || a.summary.path.split('/').cmp(b.summary.path.split('/'));
        library(a).cmp(&library(b)).then_with(paths)
    });
    for source in sources {
        program.add_file(source);
    }
    program.hierarchy = hierarchy::build(&mut program);
    exports::place(&mut program);
    program
}

impl File<'_> {
    /// Indices into the bindings of a scope that bind a name.
    fn bindings_of(&self, scope: ScopeId, name: Sym) -> impl Iterator<Item = u32> {
        let first = self.bindings.partition_point(|it| (it.0, it.1) < (scope, name));
        self.bindings[first..].iter().take_while(move |it| (it.0, it.1) == (scope, name)).map(|it| it.2)
    }
}

impl<'a> Program<'a> {
    fn add_file(&mut self, source: &'a Source) {
        let module = &source.summary.module;
        let id = FileId(self.files.len() as u32);
        let library = source.placement.package.filter(|&it| self.packages[it].library);
        let node = self.nodes.place_file(id, module.language, &source.placement.path, library);
        for path in &source.placement.also {
            self.nodes.lead(module.language, path, node);
        }
        let (first_function, first_type) = (self.functions.len() as u32, self.types.len() as u32);
        self.functions.extend((0..module.functions.len()).map(|it| (id, FunctionId::new(it))));
        self.types.extend((0..module.types.len()).map(|it| (id, TypeId::new(it))));
        let symbols: Vec<Sym> = module.names.texts().map(|it| Sym(self.symbols.intern(it))).collect();
        let mut bindings: Vec<(ScopeId, Sym, u32)> =
            Vec::with_capacity(module.scopes.iter().map(|it| it.bindings.len()).sum());
        for (index, scope) in module.scopes.iter().enumerate() {
            let named = scope.bindings.iter().enumerate();
            bindings.extend(named.map(|(at, it)| (ScopeId::new(index), symbols[it.name.index()], at as u32)));
        }
        bindings.sort_unstable();
        let scope_nodes = self.nodes.place_scopes(id, module, node);
        let conditions = source.placement.builds.conditions.iter();
        let conditions = conditions.map(|(word, holds)| (Sym(self.symbols.intern(word)), *holds)).collect();
        self.files.push(File {
            summary: &source.summary,
            placement: &source.placement,
            reported: source.reported && library.is_none(),
            library,
            node,
            scope_nodes,
            symbols,
            mentioned: OnceCell::new(),
            conditions,
            first_function,
            first_type,
            bindings,
        });
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &File<'a> {
        &self.files[id.0 as usize]
    }

    /// Every file, in the order they were given.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File<'a>)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// Every function, file by file.
    pub fn all_functions(&self) -> impl Iterator<Item = Func> + use<> {
        (0..self.functions.len() as u32).map(Func)
    }

    /// Every function of the checked sources. Libraries' files come behind them.
    pub fn checked_functions(&self) -> impl Iterator<Item = Func> + use<> {
        let checked = self.files.iter().find(|it| it.library.is_some()).map(|it| it.first_function);
        (0..checked.unwrap_or(self.functions.len() as u32)).map(Func)
    }

    /// How many functions there are.
    pub fn function_count(&self) -> usize {
        self.functions.len()
    }

    /// Every type, file by file.
    pub fn all_types(&self) -> impl Iterator<Item = Ty> + use<> {
        (0..self.types.len() as u32).map(Ty)
    }

    /// A function's file and its id there.
    pub fn place_of(&self, func: Func) -> (FileId, FunctionId) {
        self.functions[func.0 as usize]
    }

    /// A function's file.
    pub fn file_of(&self, func: Func) -> FileId {
        self.place_of(func).0
    }

    /// Whether any library's sources are read.
    pub fn reads_libraries(&self) -> bool {
        self.reads_libraries
    }

    /// Whether the function stands in a library's sources.
    pub fn in_library(&self, func: Func) -> bool {
        self.file(self.file_of(func)).library.is_some()
    }

    /// A function's body.
    pub fn function(&self, func: Func) -> &'a Function {
        let (file, id) = self.place_of(func);
        self.file(file).summary.function(id)
    }

    /// A value of a function.
    pub fn value(&self, func: Func, value: ValueId) -> &'a Value {
        self.function(func).value(value)
    }

    /// A type's file and its id there.
    pub fn place_of_type(&self, ty: Ty) -> (FileId, TypeId) {
        self.types[ty.0 as usize]
    }

    /// A type's definition.
    pub fn type_def(&self, ty: Ty) -> &'a TypeDef {
        let (file, id) = self.place_of_type(ty);
        self.file(file).summary.module.type_def(id)
    }

    /// What the code of a type's file gives one of its fields, and where that is computed.
    pub fn field_values(&self, (ty, index): (Ty, u32)) -> impl Iterator<Item = (Func, ValueId)> + use<'_, 'a> {
        let (file, _) = self.place_of_type(ty);
        let values = &self.type_def(ty).fields[index as usize].values;
        values.iter().map(move |it| (self.func(file, it.function), it.value))
    }

    /// The function that a file calls `id`.
    pub fn func(&self, file: FileId, id: FunctionId) -> Func {
        Func(self.file(file).first_function + id.index() as u32)
    }

    /// The type that a file calls `id`.
    pub fn ty(&self, file: FileId, id: TypeId) -> Ty {
        Ty(self.file(file).first_type + id.index() as u32)
    }

    /// Whether no build has both functions.
    pub fn exclude_each_other(&self, one: Func, other: Func) -> bool {
        let asked = |func: Func| {
            let file = self.file_of(func);
            let own = self.function(func).conditions.iter().map(move |&(name, holds)| (self.sym(file, name), holds));
            own.chain(self.file(file).conditions.iter().copied())
        };
        asked(one).any(|(word, holds)| asked(other).any(|it| it == (word, !holds)))
    }

    /// The type that a function is a member of; of an implementation block, what it is for.
    pub fn owner(&self, func: Func) -> Option<Ty> {
        let (file, _) = self.place_of(func);
        let owner = self.ty(file, self.function(func).owner?);
        self.hierarchy.target(self, owner)
    }

    /// The program-wide symbol of a file's name.
    pub fn sym(&self, file: FileId, name: Name) -> Sym {
        self.file(file).symbols[name.index()]
    }

    /// The text of a symbol.
    pub fn text(&self, sym: Sym) -> &str {
        self.symbols.text(sym.0)
    }

    /// The symbol of a text, if the program uses it.
    pub fn symbol(&self, text: &str) -> Option<Sym> {
        self.symbols.get(text).map(Sym)
    }

    /// Whether a file mentions a name at all.
    pub fn mentions(&self, file: FileId, name: Sym) -> bool {
        let file = self.file(file);
        file.mentioned.get_or_init(|| file.symbols.iter().copied().collect()).contains(&name)
    }

    /// Whether a file binds a name at its top, whatever that leads to.
    pub fn binds(&self, file: FileId, name: Sym) -> bool {
        self.file(file).bindings_of(ScopeId::FILE, name).next().is_some()
    }

    /// Whether a file mentions the name of a type.
    pub fn names_type(&self, file: FileId, ty: Ty) -> bool {
        let (home, _) = self.place_of_type(ty);
        self.mentions(file, self.sym(home, self.type_def(ty).name))
    }

    /// The language of a file.
    pub fn language(&self, file: FileId) -> Language {
        self.file(file).summary.module.language
    }

    /// Whether a program starts with a function: in both languages it is called `main` then.
    pub fn is_main(&self, func: Func) -> bool {
        let function = self.function(func);
        let name = self.file(self.file_of(func)).summary.module.text(function.name);
        name == "main" && function.owner.is_none() && function.parent.is_none()
    }

    /// Whether a function exists for tests only.
    pub fn in_test(&self, func: Func) -> bool {
        let (file, _) = self.place_of(func);
        let module = &self.file(file).summary.module;
        let function = self.function(func);
        let built_for_it = self.file(file).placement.builds.test;
        built_for_it || module.test || function.test || module.scope(function.scope).test
    }

    /// The kind of member that a function is, if it belongs to a type.
    pub fn member_kind(&self, func: Func) -> Option<MemberKind> {
        let (file, id) = self.place_of(func);
        let owner = self.function(func).owner?;
        let def = self.file(file).summary.module.type_def(owner);
        def.members.iter().find(|it| it.function == id).map(|it| it.kind)
    }

    /// Whether a member runs where it is read of the class itself too.
    pub fn is_class_getter(&self, member: MemberRef) -> bool {
        member.kind.is_getter() && self.function(member.func).receiver == Receiver::Type
    }

    /// The path of a function, its segments joined by dots.
    pub fn dotted(&self, func: Func) -> String {
        let file = self.file_of(func);
        let module = self.file(file).placement.path.join(".");
        let own = self.function(func).qualname.replace(self.language(file).separator(), ".");
        [module, own].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(".")
    }

    /// The name that a reader gives a function.
    pub fn shown_name(&self, func: Func) -> Arc<str> {
        let name = || {
            let (file, id) = self.place_of(func);
            let module = &self.file(file).summary.module;
            module.function(module.named_function(id)).qualname.as_str().into()
        };
        self.shown.borrow_mut().entry(func).or_insert_with(name).clone()
    }

    /// The module path of the place where a function stands, segments joined as its language does.
    pub fn module_path(&self, file: FileId) -> String {
        let file = self.file(file);
        file.placement.path.join(file.summary.module.language.separator())
    }
}
