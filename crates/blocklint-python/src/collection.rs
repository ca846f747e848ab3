//! What lists, sets, dictionaries and queues are filled with after they were made: `items.append(x)`, `table[key] = x`,
//! `table.update(other)`.

use crate::bind::Bound;
use crate::lower::Lowerer;
use blocklint_ir::{FunctionId, Name, Operator, Span, TypeId, TypeKind, ValueId, ValueKind, ValueRef};
use ruff_python_ast::Expr;

/// Methods that add their last argument.
const ADDING: [&str; 7] = ["append", "appendleft", "add", "insert", "put", "put_nowait", "set"];

/// Methods that add what is in their only argument.
const JOINING: [&str; 3] = ["extend", "extendleft", "update"];

/// Calls by these names make a container.
const MAKERS: [&str; 14] = [
    "copy",
    "deepcopy",
    "list",
    "set",
    "dict",
    "deque",
    "defaultdict",
    "OrderedDict",
    "WeakSet",
    "Queue",
    "LifoQueue",
    "PriorityQueue",
    "SimpleQueue",
    "ContextVar",
];

impl Lowerer {
    /// `self.name.append(value)`, `self.name[key].append(value)`, `self.name.setdefault(key, []).append(value)`. What a variable
    /// of a function is filled with one by one is seen where its values are looked at.
    pub(crate) fn added(&mut self, target: &Expr, (method, count): (&str, usize), value: ValueId, at: Span) {
        let joins = JOINING.contains(&method) && count == 1;
        if method == "setdefault" && count == 2 {
            return self.filled(target, |it| under_a_key(it, |_| value, at), at);
        }
        if !joins && !ADDING.contains(&method) {
            return;
        }
        let content = |it: &mut Self| if joins { it.inside(method, value, at) } else { it.one(value, at) };
        match target {
            Expr::Subscript(it) => self.filled(&it.value, |it| under_a_key(it, content, at), at),
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(it) if it.attr.as_str() == "setdefault" => {
                    self.filled(&it.value, |it| under_a_key(it, content, at), at);
                }
                _ => {}
            },
            Expr::Name(it) if !joins => {
                let name = self.name(it.id.as_str());
                if self.frame.builder.read(name).is_none() {
                    self.filled(target, content, at);
                }
            }
            _ => self.filled(target, content, at),
        }
    }

    /// What the target holds after `self.name += value` or `self.name |= value`.
    pub(crate) fn joined(&mut self, target: &Expr, after: ValueId, at: Span) {
        self.filled(target, |_| after, at);
    }

    fn one(&mut self, value: ValueId, at: Span) -> ValueId {
        self.push(ValueKind::Sequence(Box::new([value])), at)
    }

    /// What a container has of another one that is put into it.
    fn inside(&mut self, method: &str, value: ValueId, at: Span) -> ValueId {
        if method == "update" {
            let none = self.push(ValueKind::Mapping(Box::default()), at);
            return self.operator(Operator::BitOr, &[none, value], at);
        }
        let each = self.push(ValueKind::Each(value), at);
        self.one(each, at)
    }

    /// `target[key] = value`
    pub(crate) fn entered(&mut self, target: &Expr, key: ValueId, value: ValueId, at: Span) {
        self.filled(target, |it| it.push(ValueKind::Mapping(Box::new([key, value])), at), at);
    }

    /// The target holds this too, if it is known to be a container: a variable of this function or of the file, or an attribute of
    /// the receiver.
    fn filled(&mut self, target: &Expr, content: impl FnOnce(&mut Self) -> ValueId, at: Span) {
        match target {
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                let Some(before) = self.frame.builder.read(name) else {
                    self.filled_from_inside(name, content, at);
                    return;
                };
                if self.makes_container(self.frame.id, before) {
                    let content = content(self);
                    let both = self.frame.builder.choose(before, content);
                    self.frame.builder.assign(name, both);
                    if self.frame.symbols.is_none() && self.frame.classes.is_empty() {
                        let place = ValueRef { function: self.frame.id, value: content };
                        self.add_to_file(name, Bound::Value, Some(place), at);
                    }
                }
            }
            Expr::Attribute(it) => {
                let Expr::Name(base) = &*it.value else { return };
                let (base, name) = (self.name(base.id.as_str()), self.name(it.attr.as_str()));
                let receiver = match self.frame.builder.read(base) {
                    Some(value) => self.receiver(value),
                    None => self.receiver_around(base),
                };
                let of_file = || self.class_of_file(base).map(|it| (it, true));
                let Some((owner, on_class)) = receiver.or_else(of_file) else { return };
                if self.holds_container(owner, name) {
                    let content = content(self);
                    self.field(owner, name, Some(content), None, on_class, at);
                }
            }
            _ => {}
        }
    }

    /// The class of this name that stands at the top of the file: `Base.registry[name] = cls`.
    fn class_of_file(&self, name: Name) -> Option<TypeId> {
        let text = self.module.text(name);
        let class = self.module.types.iter().position(|it| it.qualname == text && it.kind == TypeKind::Class)?;
        (!self.shadows_file(name)).then(|| TypeId::new(class))
    }

    /// A function fills a container that is a variable of the file.
    fn filled_from_inside(&mut self, name: Name, content: impl FnOnce(&mut Self) -> ValueId, at: Span) {
        if self.shadows_file(name) {
            return;
        }
        let container = self.file_values(name).any(|it| self.makes_container(it.function, it.value));
        if container {
            let value = content(self);
            let place = ValueRef { function: self.frame.id, value };
            self.add_to_file(name, Bound::Value, Some(place), at);
        }
    }

    fn holds_container(&self, owner: TypeId, name: Name) -> bool {
        let field = self.module.type_def(owner).fields.iter().find(|it| it.name == name);
        field.is_some_and(|it| it.values.iter().any(|it| self.makes_container(it.function, it.value)))
    }

    /// Whether a value is written as a container, or as a call that makes one.
    fn makes_container(&self, function: FunctionId, value: ValueId) -> bool {
        let frame = std::iter::once(&self.frame).chain(&self.outer).find(|it| it.id == function);
        let function = match frame {
            Some(frame) => &frame.builder.function,
            None => self.module.function(function),
        };
        let mut at = value;
        loop {
            match &function.value(at).kind {
                ValueKind::Sequence(_) | ValueKind::Mapping(_) => return true,
                ValueKind::Narrow { of, .. } | ValueKind::Present(of) => at = *of,
                // In a loop a variable is a choice whose first option is what it was before.
                ValueKind::Choice(options) if options.first().is_some_and(|&it| it < at) => at = options[0],
                ValueKind::Call(call) => {
                    let name = match &function.value(call.callee).kind {
                        ValueKind::Path(path) => self.module.paths.get(*path).path.segments.last().copied(),
                        // The file's own code reads a name that it imported as what it imported.
                        ValueKind::Import { path, .. } => path.segments.last().copied(),
                        ValueKind::Attribute { name, .. } => Some(*name),
                        _ => None,
                    };
                    return name.is_some_and(|it| MAKERS.contains(&self.module.text(it)));
                }
                _ => return false,
            }
        }
    }
}

/// A mapping of which only the values matter.
fn under_a_key(lowerer: &mut Lowerer, value: impl FnOnce(&mut Lowerer) -> ValueId, at: Span) -> ValueId {
    let value = value(lowerer);
    let key = lowerer.push(ValueKind::Unknown, at);
    lowerer.push(ValueKind::Mapping(Box::new([key, value])), at)
}
