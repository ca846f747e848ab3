//! What lists, sets and dictionaries are filled with after they were made: `items.append(x)`, `table[key] = x`.

use crate::lower::Lowerer;
use blocklint_ir::{FunctionId, Name, Span, TypeId, ValueId, ValueKind};
use ruff_python_ast::Expr;

/// Methods that add their last argument.
const ADDING: [&str; 4] = ["append", "appendleft", "add", "insert"];

/// Calls by these names make a container.
const MAKERS: [&str; 7] = ["list", "set", "dict", "deque", "defaultdict", "OrderedDict", "WeakSet"];

impl Lowerer {
    /// `self.name.append(value)`. What a variable of a function is filled with is seen where its values are looked at.
    pub(crate) fn added(&mut self, target: &Expr, method: &str, value: ValueId, at: Span) {
        if ADDING.contains(&method) && target.is_attribute_expr() {
            self.filled(target, |it| it.push(ValueKind::Sequence(Box::new([value])), at), at);
        }
    }

    /// `target[key] = value`
    pub(crate) fn entered(&mut self, target: &Expr, key: ValueId, value: ValueId, at: Span) {
        self.filled(target, |it| it.push(ValueKind::Mapping(Box::new([key, value])), at), at);
    }

    /// The target holds this too, if it is known to be a container: a variable of this function or an attribute of the receiver.
    fn filled(&mut self, target: &Expr, content: impl FnOnce(&mut Self) -> ValueId, at: Span) {
        match target {
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                let Some(before) = self.frame.builder.read(name) else { return };
                if self.makes_container(self.frame.id, before) {
                    let content = content(self);
                    let both = self.frame.builder.choose(before, content);
                    self.frame.builder.assign(name, both);
                }
            }
            Expr::Attribute(it) => {
                let Expr::Name(base) = &*it.value else { return };
                let (base, name) = (self.name(base.id.as_str()), self.name(it.attr.as_str()));
                let Some((owner, on_class)) = self.frame.builder.read(base).and_then(|it| self.receiver(it)) else {
                    return;
                };
                if self.holds_container(owner, name) {
                    let content = content(self);
                    self.field(owner, name, Some(content), None, on_class, at);
                }
            }
            _ => {}
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
                    let ValueKind::Path(path) = function.value(call.callee).kind else { return false };
                    return self
                        .module
                        .paths
                        .get(path)
                        .path
                        .segments
                        .last()
                        .is_some_and(|&it| MAKERS.contains(&self.module.text(it)));
                }
                _ => return false,
            }
        }
    }
}
