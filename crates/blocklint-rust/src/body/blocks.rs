//! Blocks and statements: the order of evaluation, the lives of variables, and the drops at their ends.

use super::exprs::bare;
use super::guards::{drops_nothing, may_guard};
use super::patterns::asks_for_variant_alone;
use crate::attributes::item_attributes;
use crate::builds::{is_conditional, statement_attributes};
use crate::context::{BlockScope, Exit, Lower};
use crate::position::{expr_end, expr_start};
use blocklint_ir::{Name, RegionKind, Span, ValueId, ValueKind};
use syn::{Attribute, Block, Expr, Item, Label, Local, LocalInit, Pat, Stmt};

impl Lower {
    /// The value of a block.
    pub(crate) fn block(&mut self, block: &Block) -> ValueId {
        let end = self.span(block.brace_token.span.close());
        self.statements(&block.stmts, end)
    }

    /// Statements with a block's own variables and items.
    pub(crate) fn statements(&mut self, statements: &[Stmt], end: Span) -> ValueId {
        let region = self.builder().region();
        let held = self.frame().held.len();
        let outer_scope = self.scope;
        self.block_items(statements);
        self.frame().blocks.push(BlockScope::default());
        let first_tail = statements.len() - tails(statements);
        let mut values = Vec::new();
        for (index, statement) in statements.iter().enumerate() {
            // What cannot be reached never runs.
            if !self.builder().live() {
                break;
            }
            let value = match statement_attributes(statement) {
                attributes if is_conditional(attributes) => {
                    self.in_some_builds(attributes, statement, index >= first_tail)
                }
                _ => self.statement(statement, index >= first_tail),
            };
            values.extend(value);
        }
        let value = match values.first() {
            Some(&first) => self.any_of(values, first),
            None => self.unit(end),
        };
        self.drop_block();
        self.frame().blocks.pop();
        let frame = self.frame();
        frame.held.truncate(held);
        frame.leave_region(region);
        self.scope = outer_scope;
        value
    }

    /// A block's items are in scope in all of it, in the builds that have both.
    fn block_items(&mut self, statements: &[Stmt]) {
        let items: Vec<&Item> = statements
            .iter()
            .filter_map(|it| if let Stmt::Item(it) = it { Some(it) } else { None })
            .filter(|it| self.may_be_built(item_attributes(it)))
            .collect();
        if items.is_empty() {
            return;
        }
        if items.iter().any(|it| !matches!(it, Item::Macro(_))) {
            self.open_scope(None);
        }
        self.items(items.into_iter());
    }

    /// A statement that only some builds have: in others it is passed by.
    fn in_some_builds(&mut self, attributes: &[Attribute], statement: &Stmt, tail: bool) -> Option<ValueId> {
        if !self.may_be_built(attributes) {
            return None;
        }
        let known = self.conditions.len();
        self.enter_conditions(attributes);
        let region = self.builder().region();
        let without = self.frame().save();
        let names = self.frame().blocks.last().map_or(0, |it| it.names.len());
        let value = self.statement(statement, tail);
        self.conditions.truncate(known);
        let live = self.builder().live();
        if matches!(statement, Stmt::Local(_)) {
            self.keep_shadowed(names);
        } else {
            let frame = self.frame();
            let with = frame.save();
            frame.join(vec![with, without]);
            frame.leave_region(region);
        }
        value.filter(|_| live)
    }

    /// Builds without the variables that were declared after the first `known` of a block have those that they shadow.
    fn keep_shadowed(&mut self, known: usize) {
        let Some(block) = self.frame().blocks.last() else { return };
        let (before, declared) = block.names.split_at(known);
        let shadowed = |name: Name| before.iter().rev().find(|it| it.0 == name).map(|it| it.1);
        let twins: Vec<(Name, Name)> =
            declared.iter().filter_map(|&(name, unique)| Some((shadowed(name)?, unique))).collect();
        for (shadowed, unique) in twins {
            let builder = self.builder();
            if let (Some(old), Some(new)) = (builder.read(shadowed), builder.read(unique)) {
                let either = builder.choose(new, old);
                builder.assign(unique, either);
            }
        }
    }

    /// One statement; the value of the block if it is its tail.
    fn statement(&mut self, statement: &Stmt, last: bool) -> Option<ValueId> {
        match statement {
            Stmt::Local(it) => {
                self.local(it);
                None
            }
            Stmt::Item(_) => None,
            Stmt::Expr(expr, None) if last => {
                let held = self.frame().held.len();
                let value = self.operand(expr);
                self.frame().release_temporaries(held);
                Some(value)
            }
            Stmt::Expr(expr, _) => {
                self.expression_statement(expr);
                None
            }
            Stmt::Macro(it) => {
                let held = self.frame().held.len();
                let value = self.macro_call(&it.mac);
                self.frame().release_temporaries(held);
                (last && it.semi_token.is_none()).then_some(value)
            }
        }
    }

    fn expression_statement(&mut self, expr: &Expr) {
        let held = self.frame().held.len();
        let value = self.expr(expr);
        if matches!(expr, Expr::Call(_) | Expr::MethodCall(_) | Expr::Await(_) | Expr::Try(_) | Expr::Struct(_)) {
            self.ends_at_once(expr, value);
        }
        self.frame().release_temporaries(held);
    }

    fn local(&mut self, local: &Local) {
        let Some(init) = &local.init else {
            return self.uninitialised(&local.pat);
        };
        let held = self.frame().held.len();
        if matches!(local.pat, Pat::Wild(_)) {
            return self.discard(init, held);
        }
        let value = self.operand(&init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            self.let_else(&local.pat, value, otherwise);
        }
        let names = self.frame().blocks.last().map_or(0, |it| it.names.len());
        self.pattern(&local.pat, value, owns(&init.expr));
        let bound = self.frame().blocks.last().and_then(|it| it.names.get(names)).map(|it| it.1);
        self.frame().release_temporaries(held);
        if may_guard(&init.expr)
            && let Some(unique) = bound
            && let Some(guard) = self.builder().read(unique)
        {
            self.hold_variable(guard, unique);
        }
    }

    /// `let _ = expr;` drops what the expression makes, at once; a place that it names is left alone.
    fn discard(&mut self, init: &LocalInit, held: usize) {
        let value = self.expr(&init.expr);
        if bare(&init.expr).is_none() {
            self.ends_at_once(&init.expr, value);
        }
        self.frame().release_temporaries(held);
    }

    /// Nothing keeps what an expression gives.
    fn ends_at_once(&mut self, expr: &Expr, value: ValueId) {
        self.builder().function.discarded.push(value);
        if !drops_nothing(expr) {
            let span = self.between(expr_start(expr), expr_end(expr));
            self.push(ValueKind::Drop(value), span);
        }
    }

    fn uninitialised(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Ident(it) => {
                let name = self.ident(&it.ident);
                let span = self.span(it.ident.span());
                let unique = self.declare(name);
                if let Some(block) = self.frame().blocks.last_mut() {
                    block.owned.push((unique, span));
                }
            }
            Pat::Type(it) => self.uninitialised(&it.pat),
            _ => {}
        }
    }

    fn let_else(&mut self, pattern: &Pat, subject: ValueId, otherwise: &Expr) {
        let region = self.builder().region();
        let before = self.frame().save();
        let variant = self.variant(pattern);
        let missed = variant.clone().filter(|_| asks_for_variant_alone(pattern));
        self.builder().enter(RegionKind::Match { subject, holds: false, variant: missed });
        self.expr(otherwise);
        let frame = self.frame();
        frame.restore(before);
        frame.leave_region(region);
        frame.builder.enter(RegionKind::Match { subject, holds: true, variant });
    }

    /// Drops what the innermost block's variables still own, the last one first, and forgets them.
    pub(crate) fn drop_block(&mut self) {
        let Some(block) = self.frame().blocks.last_mut() else { return };
        let names = std::mem::take(&mut block.names);
        let endings = std::mem::take(&mut block.endings);
        for (unique, span) in std::mem::take(&mut block.owned).into_iter().rev() {
            let frame = self.frame();
            if frame.moved.contains(&unique) {
                if let Some(&(value, place)) = endings.get(&unique) {
                    frame.builder.end_early(place, value);
                }
                continue;
            }
            if let Some(value) = frame.builder.read(unique) {
                frame.builder.push(ValueKind::Drop(value), span);
            }
        }
        for (_, unique) in names {
            self.builder().forget(unique);
        }
    }

    /// The function may be left here, by `?` or `return`: what variables own by now ends here, also what moves on later. A place
    /// is kept for the end, as it is not known yet whether there is another.
    pub(crate) fn leave_early(&mut self, span: Span) {
        for index in 0..self.frame().blocks.len() {
            let block = &mut self.frame().blocks[index];
            let seen = std::mem::replace(&mut block.left, block.owned.len());
            let owning: Vec<Name> = block.owned[seen..].iter().map(|it| it.0).collect();
            for unique in owning {
                let frame = self.frame();
                if frame.moved.contains(&unique) || frame.blocks[index].endings.contains_key(&unique) {
                    continue;
                }
                if let Some(value) = frame.builder.read(unique) {
                    let place = frame.builder.push(ValueKind::Unknown, span);
                    frame.blocks[index].endings.insert(unique, (value, place));
                }
            }
        }
    }

    /// `'label: { … }`.
    pub(crate) fn labelled_block(&mut self, label: Option<&Label>, block: &Block) -> ValueId {
        let Some(label) = label else { return self.block(block) };
        let region = self.builder().region();
        let label = Some(label.name.ident.to_string());
        self.frame().exits.push(Exit {
            label,
            looping: false,
            values: Vec::new(),
            places: Vec::new(),
            moved: Vec::new(),
        });
        let tail = self.block(block);
        let Some(exit) = self.frame().exits.pop() else { return tail };
        let mut values = exit.values;
        if self.builder().live() {
            values.push(tail);
        }
        let mut places = exit.places;
        places.push(self.frame().save());
        self.frame().join(places);
        self.frame().leave_region(region);
        self.any_of(values, tail)
    }

    /// A value that is any of these; `otherwise` when there are none.
    pub(crate) fn any_of(&mut self, mut values: Vec<ValueId>, otherwise: ValueId) -> ValueId {
        values.sort_unstable();
        values.dedup();
        match values.as_slice() {
            [] => otherwise,
            [only] => *only,
            _ => {
                let span = self.builder().value(otherwise).span;
                self.push(ValueKind::Choice(values.into()), span)
            }
        }
    }
}

/// Whether a variable that is given this owns something: a call's result, a new struct, what another variable owned.
pub(crate) fn owns(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Try(_) if drops_nothing(expr) => false,
        Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Await(_)
        | Expr::Try(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Block(_)
        | Expr::Unsafe(_) => true,
        Expr::Paren(it) => owns(&it.expr),
        Expr::Group(it) => owns(&it.expr),
        Expr::Tuple(it) => it.elems.iter().any(owns),
        Expr::Macro(it) => it.mac.path.is_ident("vec"),
        other => bare(other).is_some(),
    }
}

/// How many statements at the end of a block may be what it gives: the last, and those beside it that other builds have instead.
fn tails(statements: &[Stmt]) -> usize {
    let instead = |it: &&Stmt| matches!(it, Stmt::Expr(_, None)) && is_conditional(statement_attributes(it));
    statements.iter().rev().take_while(instead).count().max(statements.len().min(1))
}
