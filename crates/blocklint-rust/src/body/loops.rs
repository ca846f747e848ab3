//! Loops, `break` and `continue`.

use crate::context::{BlockScope, Exit, Lower};
use blocklint_ir::{RegionKind, Span, ValueId, ValueKind};
use syn::{ExprBreak, ExprContinue, ExprForLoop, ExprLoop, ExprWhile, Label, Lifetime};

impl Lower {
    pub(crate) fn loop_expr(&mut self, expr: &ExprLoop) -> ValueId {
        let start = self.span(expr.loop_token.span);
        self.looped(expr.label.as_ref(), true, start, |it| {
            it.block(&expr.body);
        })
    }

    pub(crate) fn while_expr(&mut self, expr: &ExprWhile) -> ValueId {
        let start = self.span(expr.while_token.span);
        self.looped(expr.label.as_ref(), false, start, |it| {
            it.condition(&expr.cond);
            it.block(&expr.body);
        })
    }

    pub(crate) fn for_expr(&mut self, expr: &ExprForLoop) -> ValueId {
        let held = self.frame().held.len();
        let outer = self.builder().region();
        let of = self.scrutinee(&expr.expr);
        if let Some(ident) = super::exprs::bare(&expr.expr) {
            let name = self.ident(ident);
            self.moved(name);
        }
        let start = self.span(expr.for_token.span);
        let span = self.expr_span(&expr.expr);
        let asynchronous = self.async_loops.contains(&start.start);
        let value = self.looped(expr.label.as_ref(), false, start, |it| {
            let kind = if asynchronous { ValueKind::EachAsync(of) } else { ValueKind::Each(of) };
            let each = it.push(kind, span);
            it.pattern(&expr.pat, each, false);
            it.block(&expr.body);
        });
        let frame = self.frame();
        frame.held.truncate(held);
        frame.leave_region(outer);
        value
    }

    fn looped(&mut self, label: Option<&Label>, endless: bool, start: Span, body: impl FnOnce(&mut Self)) -> ValueId {
        let outer = self.builder().region();
        let held = self.frame().held.len();
        let label = label.map(|it| it.name.ident.to_string());
        let frame = self.frame();
        frame.exits.push(Exit { label, looping: true, values: Vec::new(), places: Vec::new(), moved: Vec::new() });
        frame.blocks.push(BlockScope::default());
        frame.builder.begin_loop();
        frame.builder.enter(RegionKind::Loop);
        body(self);
        self.drop_block();
        let frame = self.frame();
        frame.blocks.pop();
        frame.held.truncate(held);
        let (after, breaks) = frame.builder.end_loop(endless);
        let mut flows = vec![after];
        flows.extend(breaks);
        frame.builder.join(flows);
        let exit = frame.exits.pop();
        let values = exit.map_or_else(Vec::new, |exit| {
            for name in exit.moved {
                if !frame.moved.contains(&name) {
                    frame.moved.push(name);
                }
            }
            exit.values
        });
        frame.leave_region(outer);
        let unit = self.unit(start);
        self.any_of(values, unit)
    }

    /// The exit that a `break` or `continue` means, and how many loops are inside of it.
    fn exit(&mut self, label: Option<&Lifetime>) -> Option<(usize, usize)> {
        let label = label.map(|it| it.ident.to_string());
        let mut depth = 0;
        for (index, exit) in self.frame().exits.iter().enumerate().rev() {
            let meant = match &label {
                Some(label) => exit.label.as_ref() == Some(label),
                None => exit.looping,
            };
            if meant {
                return Some((index, depth));
            }
            depth += usize::from(exit.looping);
        }
        None
    }

    pub(crate) fn break_expr(&mut self, expr: &ExprBreak, span: Span) -> ValueId {
        let value = expr.expr.as_ref().map(|it| self.operand(it));
        let place = self.exit(expr.label.as_ref());
        let unit = self.unit(span);
        let frame = self.frame();
        let Some((index, depth)) = place else {
            frame.builder.leave();
            return unit;
        };
        let here = frame.save();
        let exit = &mut frame.exits[index];
        exit.values.extend(value);
        if exit.looping {
            exit.moved.extend(here.moved);
            frame.builder.break_loop(depth);
        } else {
            exit.places.push(here);
            frame.builder.leave();
        }
        unit
    }

    pub(crate) fn continue_expr(&mut self, expr: &ExprContinue, span: Span) -> ValueId {
        match self.exit(expr.label.as_ref()) {
            Some((_, depth)) => self.builder().continue_loop(depth),
            None => self.builder().leave(),
        }
        self.unit(span)
    }
}
