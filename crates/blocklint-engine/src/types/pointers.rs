//! Pointers and wrappers that are looked through everywhere, but have methods of their own: what `Pin` and `Arc` do, what they
//! point to does not.

use super::attribute::WRAPPED;
use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{Entity, FileId, Func, Sym, Ty};
use blocklint_catalog::fact::{Contains, Gives};
use blocklint_ir::{Call, Name, TypeExpr, TypeExprId, TypeKind, ValueId, ValueKind};

/// A wrapper is not followed through more of its own methods: `self.as_mut().get_mut()`.
const MAX_HANDED_ON: usize = 3;

/// How far it is asked where a value comes from.
const MAX_STEPS: usize = 8;

/// How many parts of a written type are looked at: aliases of aliases may stand for very many.
const MAX_PARTS: usize = 64;

/// How it is said what a value is.
#[derive(Debug, Clone, Copy)]
enum Written {
    /// By a type that is written for it.
    Type(FileId, TypeExprId),
    /// By a type that is written for what it comes out of.
    Outside(FileId, TypeExprId),
    /// By the library's pointer whose function makes it: `Arc::new(…)`.
    Made(Path),
}

impl Written {
    /// What is said of something that comes out of this.
    fn outside(self) -> Option<Self> {
        match self {
            Self::Type(file, expr) | Self::Outside(file, expr) => Some(Self::Outside(file, expr)),
            Self::Made(_) => None,
        }
    }
}

impl Types<'_> {
    /// The member of what a parameter is wrapped in, by which the wrapped is reached: `self.get_mut()` of a `self: Pin<&mut Self>`.
    /// What the wrapped has itself by that name comes first.
    pub(super) fn member_of_wrapper(&mut self, func: Func, base: ValueId, set: Set, name: Name) -> Option<Path> {
        let program = self.program;
        let file = program.file_of(func);
        let wrapper = self.wrapper(func, base, 0)?;
        let member = self.paths.member(wrapper, program.file(file).summary.module.text(name));
        if self.paths.last(member) != WRAPPED && self.paths.facts(member).gives != Some(&Gives::Receiver) {
            return None;
        }
        let sym = program.sym(file, name);
        let wrapped = |it: &ShapeId| match *self.shape(*it) {
            Shape::Instance { ty, .. } => {
                program.hierarchy.members(ty, sym, None).is_empty() && program.hierarchy.fields(ty, sym).is_empty()
            }
            _ => false,
        };
        self.shapes(set).iter().all(wrapped).then_some(member)
    }

    /// The library's type that wraps the value of a parameter, as far as its own methods hand it on.
    fn wrapper(&mut self, func: Func, value: ValueId, hops: usize) -> Option<Path> {
        let program = self.program;
        let function = program.function(func);
        let file = program.file_of(func);
        match &function.value(function.bare(value)).kind {
            ValueKind::Parameter(index) => {
                let annotation = function.parameters.get(usize::from(*index))?.annotation?;
                let head = program.head_entities(file, annotation).into_iter().find_map(|it| match it {
                    Entity::External(path) => Some(path),
                    _ => None,
                })?;
                let path = self.paths.intern(program.language(file), &head);
                self.is_pointer(path).then_some(path)
            }
            ValueKind::Call(call) if hops < MAX_HANDED_ON => {
                let ValueKind::Attribute { base, name } = function.value(call.callee).kind else { return None };
                let wrapper = self.wrapper(func, base, hops + 1)?;
                let member = self.paths.member(wrapper, program.file(file).summary.module.text(name));
                (self.paths.facts(member).gives == Some(&Gives::Receiver)).then_some(wrapper)
            }
            _ => None,
        }
    }

    /// The method that a library's pointer has itself, of a value that is such a pointer or comes out of a container of them: cloning
    /// an `Arc` copies nothing of what it points to.
    pub fn member_of_pointer(&mut self, func: Func, base: ValueId, set: Set, name: Name) -> Option<Path> {
        let program = self.program;
        let file = program.file_of(func);
        let sym = program.sym(file, name);
        // What is pointed to has such a method too, or one that a derive writes.
        let points = |it: &ShapeId| match *self.shape(*it) {
            Shape::Instance { ty, .. } => {
                let derives =
                    || !program.type_def(ty).decorators.is_empty() && program.hierarchy.fields(ty, sym).is_empty();
                !program.hierarchy.members(ty, sym, None).is_empty() || derives()
            }
            _ => false,
        };
        if !self.shapes(set).iter().any(points) {
            return None;
        }
        let name = program.file(file).summary.module.text(name);
        let mut left = MAX_PARTS;
        match self.said(func, base, 0)? {
            Written::Made(pointer) => self.own_method(pointer, name),
            Written::Type(file, expr) => self.method_of_written((file, expr), name, true, &mut left),
            Written::Outside(file, expr) => self.method_of_written((file, expr), name, false, &mut left),
        }
    }

    /// What a pointer does itself is harmless whatever it points to.
    fn own_method(&mut self, pointer: Path, name: &str) -> Option<Path> {
        let member = self.paths.member(pointer, name);
        (self.is_pointer(pointer) && self.paths.facts(member).harmless).then_some(member)
    }

    fn is_pointer(&self, path: Path) -> bool {
        self.paths.facts(path).contains == Some(Contains::Itself)
    }

    /// The own method of the first pointer in a written type; of what comes out of it, of the first one inside of a container or guard.
    fn method_of_written(
        &mut self,
        (file, expr): (FileId, TypeExprId),
        name: &str,
        inside: bool,
        left: &mut usize,
    ) -> Option<Path> {
        *left = left.checked_sub(1)?;
        let program = self.program;
        let module = &program.file(file).summary.module;
        if let TypeExpr::Tuple(items) = module.type_expr(expr) {
            return items.iter().find_map(|&it| self.method_of_written((file, it), name, true, left));
        }
        if let TypeExpr::Sequence(item) = *module.type_expr(expr) {
            return self.method_of_written((file, item), name, true, left);
        }
        for entity in program.head_entities(file, expr) {
            match entity {
                Entity::Type(ty) => {
                    if let Some(target) = self.target_of_alias(ty) {
                        return self.method_of_written(target, name, inside, left);
                    }
                }
                Entity::External(path) => {
                    let path = self.paths.intern(program.language(file), &path);
                    if inside && let Some(member) = self.own_method(path, name) {
                        return Some(member);
                    }
                    let inside = inside || !self.is_pointer(path);
                    if let TypeExpr::Apply { args, .. } = module.type_expr(expr) {
                        return args.iter().find_map(|&it| self.method_of_written((file, it), name, inside, left));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a value is written to be of a type that an alias hides, and others may hold such a value too: `type Shared = Arc<T>`.
    pub fn is_lent_by_alias(&mut self, func: Func, value: ValueId) -> bool {
        let Some(Written::Type(file, expr)) = self.said(func, value, 0) else { return false };
        let mut left = MAX_PARTS;
        self.is_written_lent((file, expr), &mut left)
    }

    fn is_written_lent(&self, (file, expr): (FileId, TypeExprId), left: &mut usize) -> bool {
        let Some(fewer) = left.checked_sub(1) else { return false };
        *left = fewer;
        let module = &self.program.file(file).summary.module;
        let lent_alias = |it: &Entity, left: &mut usize| match it {
            Entity::Type(ty) => self.target_of_alias(*ty).is_some_and(|it| self.is_written_lent(it, left)),
            _ => false,
        };
        module.is_shared(expr)
            || self.program.head_entities(file, expr).iter().any(|it| lent_alias(it, left))
            || match module.type_expr(expr) {
                TypeExpr::Apply { args: inside, .. } | TypeExpr::Tuple(inside) => {
                    inside.iter().any(|&it| self.is_written_lent((file, it), left))
                }
                _ => false,
            }
    }

    fn target_of_alias(&self, ty: Ty) -> Option<(FileId, TypeExprId)> {
        let def = self.program.type_def(ty);
        let target = def.bases.first().filter(|_| def.kind == TypeKind::Alias);
        target.map(|&it| (self.program.place_of_type(ty).0, it))
    }

    /// How it is said what a value is, or what it comes out of.
    fn said(&mut self, func: Func, value: ValueId, steps: usize) -> Option<Written> {
        if steps > MAX_STEPS {
            return None;
        }
        let program = self.program;
        let (file, function) = (program.file_of(func), program.function(func));
        match &function.value(value).kind {
            ValueKind::Narrow { to, holds: true, .. } => Some(Written::Type(file, *to)),
            ValueKind::Parameter(index) => {
                let annotation = function.parameters.get(usize::from(*index))?.annotation?;
                Some(Written::Type(file, annotation))
            }
            ValueKind::Captured { function, name } => {
                let owner = program.func(file, *function);
                let first = *program.function(owner).variable(*name)?.values.first()?;
                self.said(owner, first, steps + 1)
            }
            ValueKind::Attribute { base, name } => self.written_for_field(func, *base, *name),
            ValueKind::Call(call) => self.written_for_call(func, call, steps),
            ValueKind::Choice(options) => self.said(func, *options.first()?, steps + 1),
            // What stands behind a pointer is no longer one.
            ValueKind::Deref(of) => match self.said(func, *of, steps + 1)? {
                Written::Type(file, expr) if !self.is_written_pointer(file, expr) => Some(Written::Type(file, expr)),
                outside @ Written::Outside(..) => Some(outside),
                _ => None,
            },
            ValueKind::Narrow { of, .. } | ValueKind::Present(of) | ValueKind::Unwrap(of) | ValueKind::Await(of) => {
                self.said(func, *of, steps + 1)
            }
            ValueKind::Each(of)
            | ValueKind::EachAsync(of)
            | ValueKind::Index { base: of, .. }
            | ValueKind::Element { base: of, .. } => self.said(func, *of, steps + 1)?.outside(),
            ValueKind::Payload { base, variant, scope, field } => {
                let module = &program.file(file).summary.module;
                for entity in program.named(file, *scope, variant).iter() {
                    match entity {
                        Entity::Inside(ty, variant) => {
                            let key = format!("{variant}.{}", module.text(*field));
                            return self.written_in_type(*ty, program.symbol(&key)?);
                        }
                        Entity::Type(ty) => return self.written_in_type(*ty, program.sym(file, *field)),
                        _ => {}
                    }
                }
                self.said(func, *base, steps + 1)
            }
            _ => None,
        }
    }

    fn is_written_pointer(&mut self, file: FileId, expr: TypeExprId) -> bool {
        let program = self.program;
        program.head_entities(file, expr).into_iter().any(|it| match it {
            Entity::External(path) => {
                let path = self.paths.intern(program.language(file), &path);
                self.is_pointer(path)
            }
            _ => false,
        })
    }

    fn written_for_field(&mut self, func: Func, base: ValueId, name: Name) -> Option<Written> {
        let set = self.eval(func, base);
        let inside = self.inside_of(set);
        let sym = self.program.sym(self.program.file_of(func), name);
        let shapes = self.shapes(inside).to_vec();
        shapes.into_iter().find_map(|it| match *self.shape(it) {
            Shape::Instance { ty, .. } => self.written_in_type(ty, sym),
            _ => None,
        })
    }

    fn written_in_type(&self, ty: Ty, field: Sym) -> Option<Written> {
        let &(at, index) = self.program.hierarchy.fields(ty, field).first()?;
        let annotation = self.program.type_def(at).fields[index as usize].annotation?;
        Some(Written::Type(self.program.place_of_type(at).0, annotation))
    }

    /// What a function of the program says, what makes a pointer, and what a library's method gives out of its receiver.
    fn written_for_call(&mut self, func: Func, call: &Call, steps: usize) -> Option<Written> {
        let program = self.program;
        let callees = self.eval(func, call.callee);
        let callee = *self.shapes(callees).first()?;
        match *self.shape(callee) {
            Shape::Function(target) | Shape::Method(target, _) => {
                let result = program.function(target).result?;
                Some(Written::Type(program.file_of(target), result))
            }
            Shape::External(path) => {
                if let ValueKind::Attribute { base, .. } = program.value(func, call.callee).kind {
                    let own =
                        self.paths.owner(path).is_some_and(|it| self.is_pointer(it)) && self.paths.facts(path).harmless;
                    let said = self.said(func, base, steps + 1)?;
                    return if own { Some(said) } else { said.outside() };
                }
                let owner = self.paths.owner(path)?;
                if self.is_pointer(owner) && self.paths.facts(path).gives.is_some() {
                    return Some(Written::Made(owner));
                }
                let first =
                    call.arguments.first().filter(|_| self.paths.facts(path).gives == Some(&Gives::Argument(0)));
                self.said(func, first?.value, steps + 1)
            }
            _ => None,
        }
    }
}
