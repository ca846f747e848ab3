//! Operators: whose method runs, the first operand's or the second's, and what containers ask of what they hold.

use super::How;
use super::build::Builder;
use crate::finding::{Confidence, Via};
use crate::link::{Func, MemberRef};
use crate::types::{Set, Shape, ShapeId};
use blocklint_catalog::fact::{Contains, Runs};
use blocklint_ir::{Color, MemberKind, Operator, TypeKind, ValueId, ValueKind};

impl Builder<'_, '_> {
    pub(super) fn operator(&mut self, func: Func, site: ValueId, operator: Operator, operands: &[ValueId]) {
        if let (Operator::Not, &[of]) = (operator, operands) {
            self.negate(func, site, of);
        }
        let Some(method) = operator.method() else { return };
        let kind = MemberKind::Operator(operator);
        match (operator, operands) {
            (Operator::Contains, &[item, container]) => {
                let of = self.types.of(func, container);
                self.trigger_on(func, site, of, &[kind], method);
                self.bind_operand(func, site, container, (kind, 1), item);
                for ty in self.types_in(of) {
                    if self.types.program.hierarchy.triggered(ty, kind).is_empty() {
                        self.inherited(func, site, ty, method);
                    }
                }
                self.compare_contents(func, site, container);
            }
            (_, &[left]) => {
                let of = self.types.of(func, left);
                self.trigger_on(func, site, of, &[kind], method);
            }
            (_, &[left, right, ..]) => {
                let of = self.types.of(func, left);
                self.trigger_on(func, site, of, &[kind], method);
                self.bind_operand(func, site, left, (kind, 1), right);
                let reflected = match operator {
                    Operator::Equal | Operator::Order => kind,
                    _ => MemberKind::Reflected(operator),
                };
                if self.has_none(func, left, kind) {
                    let of = self.types.of(func, right);
                    self.trigger_in(func, site, of, reflected);
                    self.bind_operand(func, site, right, (reflected, 1), left);
                }
            }
            _ => {}
        }
    }

    /// The opposite of a value's truth. What operators give has none of its own.
    fn negate(&mut self, func: Func, site: ValueId, of: ValueId) {
        if !matches!(self.types.program.value(func, of).kind, ValueKind::Operator { .. }) {
            let of = self.types.of(func, of);
            self.truth(func, site, of);
        }
    }

    /// The other operand is what an operator's method is given for a parameter: `event += handler`, `cache[request]`.
    pub(super) fn bind_operand(
        &mut self,
        func: Func,
        site: ValueId,
        of: ValueId,
        (kind, parameter): (MemberKind, u16),
        other: ValueId,
    ) {
        let program = self.types.program;
        let set = self.types.of(func, of);
        for ty in self.types_in(set) {
            for member in program.hierarchy.triggered(ty, kind) {
                if program.function(member.func).parameters.len() > parameter.into() {
                    self.bind_value(func, site, member.func, parameter, other);
                }
            }
        }
    }

    /// Whether a value certainly leaves an operator to the other operand: it is written out, or of a class of the program
    /// that has nothing for it.
    fn has_none(&mut self, func: Func, value: ValueId, kind: MemberKind) -> bool {
        let program = self.types.program;
        if matches!(program.value(func, value).kind, ValueKind::Literal(_) | ValueKind::Format(_)) {
            return true;
        }
        let shapes = self.shapes_of(func, value);
        let text = self.types.text_type(program.file_of(func));
        let none = |it: &ShapeId| match *self.types.shape(*it) {
            Shape::None => true,
            Shape::ExternalInstance(path, _) => Some(path) == text,
            Shape::Instance { ty, .. } => {
                program.type_def(ty).kind == TypeKind::Class
                    && program.hierarchy.triggered(ty, kind).is_empty()
                    && program.hierarchy.external_bases(ty).next().is_none()
            }
            _ => self.types.is_written_out(*it),
        };
        !shapes.is_empty() && shapes.iter().all(none)
    }

    /// Looking for a value in a container compares it with what is there.
    fn compare_contents(&mut self, func: Func, site: ValueId, container: ValueId) {
        for shape in self.shapes_of(func, container) {
            let inside = match *self.types.shape(shape) {
                Shape::Sequence(items) => items,
                Shape::ExternalInstance(path, ref args)
                    if self.types.paths.facts(path).contains == Some(Contains::Elements) =>
                {
                    args.first().copied().unwrap_or(Set::EMPTY)
                }
                _ => continue,
            };
            self.trigger_in(func, site, inside, MemberKind::Operator(Operator::Equal));
        }
    }

    fn trigger_in(&mut self, func: Func, site: ValueId, set: Set, kind: MemberKind) {
        for ty in self.types_in(set) {
            self.trigger(func, site, ty, kind);
        }
    }

    /// The members of this name that the value's own type has, or what is inside of it.
    pub(super) fn run_by_name(&mut self, func: Func, site: ValueId, of: Set, (what, name): (Runs, &str)) {
        let program = self.types.program;
        let Some(name) = program.symbol(name) else { return };
        let set = match what {
            Runs::ElementMember => self.types.each_in(of),
            Runs::InnerMember => self.types.inside_of(of),
            _ => of,
        };
        for ty in self.types_in(set) {
            for member in self.own_or_derived(ty, name) {
                if program.function(member.func).color == Color::Generator {
                    self.edge(func, site, member.func, How::trigger(Via::Iterate, None, Confidence::Likely));
                } else {
                    // What is called by a builtin is not called by its name.
                    let kind = match member.kind {
                        MemberKind::Index | MemberKind::IndexSet | MemberKind::IndexDelete => member.kind,
                        _ => MemberKind::Convert,
                    };
                    let member = MemberRef { kind, ..member };
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
        }
    }
}
