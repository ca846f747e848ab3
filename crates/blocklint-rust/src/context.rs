//! What lowering carries along: the module under construction, the current scope, and one frame for every function
//! whose body is open. It knows names and blocks, and no syntax beyond identifiers.

use crate::lines::Lines;
use blocklint_ir::build::{Builder, Flow};
use blocklint_ir::{
    Binding, BindingKind, Function, FunctionId, Import, Language, Module, Name, RegionId, RegionKind, Scope, ScopeId,
    Span, TypeExpr, TypeExprId, TypeId, ValueId, ValueKind, ValueRef,
};
use proc_macro2::Ident;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Lowers one file.
pub(crate) struct Lower {
    pub module: Module,
    lines: Lines,
    /// The scope items are bound in.
    pub scope: ScopeId,
    /// What the qualified names of items begin with: `tests::`, `outer::`.
    pub prefix: String,
    /// The inline modules around the current place.
    pub inside: Vec<Name>,
    /// The type or implementation whose members are lowered.
    pub owner: Option<TypeId>,
    /// The path of the type around, where `Self` has one.
    pub self_path: Option<blocklint_ir::Import>,
    /// Type parameters in scope.
    pub generics: Vec<Name>,
    /// What the build is asked for around the current place.
    pub conditions: Vec<(Name, bool)>,
    /// Imports that some builds leave out: where they stand among the bindings of a scope, and what they ask of the build.
    pub gated: Vec<Gated>,
    pub frames: Vec<Frame>,
    pub macros: FxHashMap<String, Rc<crate::macros::rules::Rules>>,
    /// Methods that this file defines with a receiver by value, and never with a reference.
    pub consuming: FxHashSet<String>,
    /// How many macro expansions the current place is inside of, and how deep their syntax is altogether.
    pub expansion_depth: usize,
    pub expansion_levels: usize,
    /// How many tokens expansions may still produce, so that recursive macros end.
    pub expansion_budget: usize,
    /// The current place exists for tests only.
    pub test: bool,
    /// A later case of an or-pattern is bound: its names exist already.
    pub alternative: bool,
    /// Where the `for` of a `for await` loop stands, whose `await` the parser never saw.
    pub async_loops: Vec<u32>,
}

/// An import that some builds leave out.
pub(crate) struct Gated {
    pub scope: ScopeId,
    pub binding: usize,
    pub conditions: Vec<(Name, bool)>,
}

/// One function whose body is being lowered.
pub(crate) struct Frame {
    pub id: FunctionId,
    pub builder: Builder,
    pub captures: Captures,
    /// Variables of functions around that moved into this asynchronous block and end with it.
    pub captured: Vec<(FunctionId, Name, Span)>,
    pub blocks: Vec<BlockScope>,
    pub exits: Vec<Exit>,
    /// Variables whose value has moved away on every path or some path to this place.
    pub moved: Vec<Name>,
    /// Guards alive at this place.
    pub held: Vec<Held>,
    /// Parameters behind a reference.
    pub borrowed: Vec<Name>,
    /// How often a name was bound, so that shadowing variables stay apart.
    counts: FxHashMap<Name, u32>,
}

/// What a function sees of the variables around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Captures {
    /// Nothing: a named function.
    Nothing,
    /// It borrows what it uses.
    Borrows,
    /// `move`: it owns what it uses.
    Moves,
}

/// The variables of one block.
#[derive(Default)]
pub(crate) struct BlockScope {
    pub names: Vec<(Name, Name)>,
    /// Variables that own a value which is dropped at the block's end.
    pub owned: Vec<(Name, Span)>,
    /// Where the function was first left while such a variable had its value: the value, and the place of its end.
    pub endings: FxHashMap<Name, (ValueId, ValueId)>,
    /// How many of the owning variables were looked at when the function was left.
    pub left: usize,
}

/// A guard that is alive.
#[derive(Clone, Copy)]
pub(crate) struct Held {
    pub context: ValueId,
    /// The variable that owns it; a temporary has none.
    pub name: Option<Name>,
}

/// Something `break` and `continue` can leave.
pub(crate) struct Exit {
    pub label: Option<String>,
    pub looping: bool,
    pub values: Vec<ValueId>,
    /// Places that left a labelled block.
    pub places: Vec<Place>,
    /// Variables that had moved where a loop was left.
    pub moved: Vec<Name>,
}

/// The state at one place of a function.
#[derive(Clone)]
pub(crate) struct Place {
    pub flow: Flow,
    pub moved: Vec<Name>,
}

impl Frame {
    pub(crate) fn new(id: FunctionId, function: Function, captures: Captures) -> Self {
        Self {
            id,
            builder: Builder::new(function),
            captures,
            captured: Vec::new(),
            blocks: vec![BlockScope::default()],
            exits: Vec::new(),
            moved: Vec::new(),
            held: Vec::new(),
            borrowed: Vec::new(),
            counts: FxHashMap::default(),
        }
    }

    pub(crate) fn save(&self) -> Place {
        Place { flow: self.builder.save(), moved: self.moved.clone() }
    }

    pub(crate) fn restore(&mut self, place: Place) {
        self.builder.restore(place.flow);
        self.moved = place.moved;
    }

    /// Where several paths meet, what moved on any of them has moved.
    pub(crate) fn join(&mut self, places: Vec<Place>) {
        let mut moved = Vec::new();
        for place in places.iter().filter(|it| it.flow.live()) {
            for &name in &place.moved {
                if !moved.contains(&name) {
                    moved.push(name);
                }
            }
        }
        self.moved = moved;
        self.builder.join(places.into_iter().map(|it| it.flow).collect());
    }

    /// Goes back to an outer region, without the guards that have ended since.
    pub(crate) fn leave_region(&mut self, region: RegionId) {
        self.builder.set_region(region);
        self.refresh_region();
    }

    /// Leaves the regions of guards that are no longer alive, and keeps the conditions around and inside them.
    pub(crate) fn refresh_region(&mut self) {
        let function = &self.builder.function;
        let ended = |kind: &RegionKind| match kind {
            RegionKind::Held { context } => !self
                .held
                .iter()
                .any(|it| it.context == *context && it.name.is_none_or(|name| !self.moved.contains(&name))),
            _ => false,
        };
        let chain: Vec<(RegionId, &RegionKind)> =
            function.regions_around(self.builder.region()).map(|(id, it)| (id, &it.kind)).collect();
        let Some(outermost) = chain.iter().rposition(|it| ended(it.1)) else { return };
        let kept: Vec<RegionKind> =
            chain[..outermost].iter().rev().filter(|it| !ended(it.1)).map(|it| it.1.clone()).collect();
        let outside = chain.get(outermost + 1).map_or(RegionId::BODY, |it| it.0);
        self.builder.set_region(outside);
        for kind in kept {
            self.builder.enter(kind);
        }
    }

    /// Everything from here to the end of the guard's life runs while it is held.
    pub(crate) fn hold(&mut self, context: ValueId, name: Option<Name>) {
        self.held.push(Held { context, name });
        self.builder.enter(RegionKind::Held { context });
    }

    /// Ends the lives of temporaries held after the first `count`; variables live on.
    pub(crate) fn release_temporaries(&mut self, count: usize) {
        let before = self.held.len();
        let mut index = 0;
        self.held.retain(|it| {
            index += 1;
            index <= count || it.name.is_some()
        });
        if self.held.len() != before {
            self.refresh_region();
        }
    }

    fn variable(&self, name: Name) -> Option<Name> {
        self.blocks.iter().rev().flat_map(|it| it.names.iter().rev()).find(|it| it.0 == name).map(|it| it.1)
    }
}

/// What a name stands for inside a function.
pub(crate) enum Variable {
    /// A variable of this function, by its unique name.
    Own(Name),
    /// One of a function around it: the frame's index and its unique name.
    Captured(usize, Name),
}

impl Lower {
    pub(crate) fn new(lines: Lines) -> Self {
        let module = Module::new(Language::Rust);
        let top = Frame::new(FunctionId::TOP, module.functions[0].clone(), Captures::Nothing);
        Self {
            module,
            lines,
            scope: ScopeId::FILE,
            prefix: String::new(),
            inside: Vec::new(),
            owner: None,
            self_path: None,
            generics: Vec::new(),
            conditions: Vec::new(),
            gated: Vec::new(),
            frames: vec![top],
            macros: FxHashMap::default(),
            consuming: FxHashSet::default(),
            expansion_depth: 0,
            expansion_levels: 0,
            expansion_budget: 200_000,
            test: false,
            alternative: false,
            async_loops: Vec::new(),
        }
    }

    /// The finished module.
    pub(crate) fn finish(mut self) -> Module {
        if let Some(top) = self.frames.pop() {
            self.module.functions[0] = top.builder.finish();
        }
        self.module.borrowed.sort_unstable();
        self.module.borrowed.dedup();
        self.module
    }

    pub(crate) fn name(&mut self, text: &str) -> Name {
        self.module.names.intern(text)
    }

    /// The name of an identifier, `r#` removed.
    pub(crate) fn ident(&mut self, ident: &Ident) -> Name {
        let text = ident.to_string();
        self.module.names.intern(text.strip_prefix("r#").unwrap_or(&text))
    }

    pub(crate) fn span(&self, span: proc_macro2::Span) -> Span {
        Span::new(self.lines.byte(span.start()), self.lines.byte(span.end()))
    }

    pub(crate) fn between(&self, first: proc_macro2::Span, last: proc_macro2::Span) -> Span {
        let start = self.lines.byte(first.start());
        let end = self.lines.byte(last.end());
        // The parts of an expanded macro stand in no order.
        if end < start { self.span(first) } else { Span::new(start, end) }
    }

    pub(crate) fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the top-level code is always open")
    }

    pub(crate) fn builder(&mut self) -> &mut Builder {
        &mut self.frame().builder
    }

    pub(crate) fn push(&mut self, kind: ValueKind, span: Span) -> ValueId {
        self.builder().push(kind, span)
    }

    /// A path read here, wherever it leads.
    pub(crate) fn push_path(&mut self, path: &Import, span: Span) -> ValueId {
        let path = self.module.paths.intern(self.scope, path.anchor, &path.segments);
        self.push(ValueKind::Path(path), span)
    }

    pub(crate) fn unknown(&mut self, span: Span) -> ValueId {
        self.push(ValueKind::Unknown, span)
    }

    pub(crate) fn unit(&mut self, span: Span) -> ValueId {
        self.push(ValueKind::Literal(blocklint_ir::Literal::None), span)
    }

    /// A value of the current function as others refer to it.
    pub(crate) fn reference(&mut self, value: ValueId) -> ValueRef {
        ValueRef { function: self.frame().id, value }
    }

    pub(crate) fn add_type(&mut self, expr: TypeExpr) -> TypeExprId {
        self.module.add_type_expr(expr)
    }

    pub(crate) fn bind_item(&mut self, name: Name, kind: BindingKind, span: Span) {
        self.module.scopes[self.scope.index()].bindings.push(Binding { name, kind, span });
    }

    /// Opens a scope inside the current one and goes there; returns the one to go back to.
    pub(crate) fn open_scope(&mut self, name: Option<Name>) -> ScopeId {
        let outer = self.scope;
        self.module.scopes.push(Scope {
            parent: Some(outer),
            name,
            transparent: name.is_none(),
            test: self.test,
            ..Scope::default()
        });
        self.scope = ScopeId::new(self.module.scopes.len() - 1);
        outer
    }

    /// Goes where the imports of other builds than those that have the current place are not seen; returns the scope to go back to.
    pub(crate) fn enter_build(&mut self) -> ScopeId {
        let outer = self.scope;
        let bindings = &self.module.scopes[outer.index()].bindings;
        let left_out =
            |it: &Gated| it.conditions.iter().any(|&(word, holds)| self.conditions.contains(&(word, !holds)));
        let here = || self.gated.iter().filter(|it| it.scope == outer);
        let names: Vec<Name> = here().filter(|it| left_out(it)).map(|it| bindings[it.binding].name).collect();
        if names.is_empty() {
            return outer;
        }
        let absent: Vec<usize> = here().filter(|it| left_out(it)).map(|it| it.binding).collect();
        let seen = bindings.iter().enumerate().filter(|(at, it)| names.contains(&it.name) && !absent.contains(at));
        let seen: Vec<Binding> = seen.map(|it| it.1.clone()).collect();
        if !seen.is_empty() {
            self.open_scope(None);
            self.module.scopes[self.scope.index()].bindings = seen;
        }
        outer
    }

    /// The function that new functions are written in; `None` at the top.
    pub(crate) fn parent(&self) -> Option<FunctionId> {
        self.frames.last().map(|it| it.id).filter(|&it| it != FunctionId::TOP)
    }

    /// Binds a new variable in the current block. Shadowing makes a variable of its own.
    pub(crate) fn declare(&mut self, name: Name) -> Name {
        let frame = self.frame();
        let count = frame.counts.entry(name).or_insert(0);
        *count += 1;
        let count = *count;
        let unique = if count == 1 {
            name
        } else {
            let text = format!("{}#{count}", self.module.text(name));
            self.module.names.intern(&text)
        };
        if let Some(block) = self.frame().blocks.last_mut() {
            block.names.push((name, unique));
        }
        unique
    }

    /// What a name stands for here, if it is a variable.
    pub(crate) fn variable(&self, name: Name) -> Option<Variable> {
        let own = self.frames.len() - 1;
        let mut at = own;
        loop {
            if let Some(unique) = self.frames[at].variable(name) {
                return Some(if at == own { Variable::Own(unique) } else { Variable::Captured(at, unique) });
            }
            if at == 0 || self.frames[at].captures == Captures::Nothing {
                return None;
            }
            at -= 1;
        }
    }

    /// The value of a variable here, if `name` is one.
    pub(crate) fn read(&mut self, name: Name, span: Span) -> Option<ValueId> {
        match self.variable(name)? {
            Variable::Own(unique) => match self.builder().read(unique) {
                Some(value) => Some(value),
                None => Some(self.unknown(span)),
            },
            Variable::Captured(frame, unique) => {
                let function = self.frames[frame].id;
                self.capture(frame, unique, span);
                Some(self.push(ValueKind::Captured { function, name: unique }, span))
            }
        }
    }

    /// What a `move` closure or block uses moves into it.
    fn capture(&mut self, frame: usize, unique: Name, span: Span) {
        let Some(owner) = (frame + 1..self.frames.len()).find(|&it| self.frames[it].captures == Captures::Moves) else {
            return;
        };
        if self.frames[frame].moved.contains(&unique) {
            return;
        }
        let owned = self.frames[frame].blocks.iter().any(|it| it.owned.iter().any(|it| it.0 == unique));
        if owned {
            let function = self.frames[frame].id;
            self.frames[owner].captured.push((function, unique, span));
        }
        self.mark_moved(frame, unique);
    }

    /// The value of this variable has moved: it is not dropped here, and a guard is no longer held.
    pub(crate) fn moved(&mut self, name: Name) {
        match self.variable(name) {
            Some(Variable::Own(unique)) => self.mark_moved(self.frames.len() - 1, unique),
            Some(Variable::Captured(frame, unique)) => {
                let function = self.frames[frame].id;
                for frame in &mut self.frames {
                    frame.captured.retain(|it| (it.0, it.1) != (function, unique));
                }
                self.mark_moved(frame, unique);
            }
            None => {}
        }
    }

    fn mark_moved(&mut self, frame: usize, unique: Name) {
        let frame = &mut self.frames[frame];
        if !frame.moved.contains(&unique) {
            frame.moved.push(unique);
            if frame.held.iter().any(|it| it.name == Some(unique)) {
                frame.refresh_region();
            }
        }
    }
}
