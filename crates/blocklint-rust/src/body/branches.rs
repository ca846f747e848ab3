//! `if`, `match`, `&&`, `||`: where paths part and meet, and under which test each runs.

use super::blocks::owns;
use super::exprs::bare;
use super::patterns::asks_for_variant_alone;
use crate::builds::is_conditional;
use crate::context::{BlockScope, Lower, Place};
use crate::position::{expr_end, expr_start};
use blocklint_ir::{Import, Operator, RegionKind, ValueId, ValueKind};
use syn::{Arm, BinOp, Expr, ExprBinary, ExprIf, ExprMatch, Lit, Pat, UnOp};

/// A test as a region names it.
pub(crate) enum Test {
    When(ValueId),
    Match(ValueId, Option<Import>),
    /// Likewise, and it fails at what the variant holds too: when it does, nothing is known.
    MatchInside(ValueId, Option<Import>),
    /// Several tests at once: when they fail, nothing is known.
    Several,
}

impl Test {
    pub(crate) fn region(&self, holds: bool) -> Option<RegionKind> {
        match self {
            Self::When(test) => Some(RegionKind::When { test: *test, holds }),
            Self::MatchInside(..) if !holds => None,
            Self::Match(subject, variant) | Self::MatchInside(subject, variant) => {
                Some(RegionKind::Match { subject: *subject, holds, variant: variant.clone() })
            }
            Self::Several => None,
        }
    }
}

impl Lower {
    /// What a condition is that says it itself, in the builds that have this place.
    fn literal_truth(&self, condition: &Expr) -> Option<bool> {
        match condition {
            Expr::Paren(it) => self.literal_truth(&it.expr),
            Expr::Group(it) => self.literal_truth(&it.expr),
            Expr::Unary(it) if matches!(it.op, UnOp::Not(_)) => self.literal_truth(&it.expr).map(|it| !it),
            Expr::Macro(it) if it.mac.path.is_ident("cfg") => self.build_has(&it.mac.tokens),
            Expr::Lit(it) => match &it.lit {
                syn::Lit::Bool(it) => Some(it.value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Evaluates a condition and goes where it holds.
    pub(crate) fn condition(&mut self, expr: &Expr) -> Test {
        let held = self.frame().held.len();
        let test = match expr {
            Expr::Paren(it) => return self.condition(&it.expr),
            Expr::Group(it) => return self.condition(&it.expr),
            Expr::Let(it) => {
                let subject = self.scrutinee(&it.expr);
                self.moved_into_pattern(&it.expr, &it.pat);
                let variant = self.variant(&it.pat);
                let test = if asks_for_variant_alone(&it.pat) {
                    Test::Match(subject, variant)
                } else {
                    Test::MatchInside(subject, variant)
                };
                if let Some(region) = test.region(true) {
                    self.builder().enter(region);
                }
                self.pattern(&it.pat, subject, makes(&it.expr));
                return test;
            }
            Expr::Binary(it) if matches!(it.op, BinOp::And(_)) => return self.both(it),
            Expr::Unary(it) if matches!(it.op, UnOp::Not(_)) => {
                let value = self.expr(&it.expr);
                let span = self.between(expr_start(expr), expr_end(expr));
                self.push(ValueKind::Operator { operator: Operator::Not, operands: [value].into() }, span)
            }
            other => self.expr(other),
        };
        // Temporaries of a plain condition end before the branch begins.
        self.frame().release_temporaries(held);
        self.builder().enter(RegionKind::When { test, holds: true });
        Test::When(test)
    }

    fn both(&mut self, expr: &ExprBinary) -> Test {
        let left = self.condition(&expr.left);
        let right = self.condition(&expr.right);
        match (left, right) {
            (Test::When(left), Test::When(right)) => {
                let span = self.between(expr_start(&expr.left), expr_end(&expr.right));
                let operands = [left, right].into();
                Test::When(self.push(ValueKind::Operator { operator: Operator::And, operands }, span))
            }
            _ => Test::Several,
        }
    }

    /// `match x` and `if let … = x` move `x` when the pattern binds its parts.
    fn moved_into_pattern(&mut self, expr: &Expr, pattern: &Pat) {
        if let Some(ident) = bare(expr)
            && super::patterns::binds(pattern)
        {
            let name = self.ident(ident);
            self.moved(name);
        }
    }

    pub(crate) fn if_expr(&mut self, expr: &ExprIf) -> ValueId {
        let outer = self.builder().region();
        let held = self.frame().held.len();
        self.frame().blocks.push(BlockScope::default());
        let test = self.condition(&expr.cond);
        let before = self.frame().save();
        let known = self.literal_truth(&expr.cond);
        if known == Some(false) {
            self.builder().leave();
        }
        let then = self.block(&expr.then_branch);
        let held_place = self.frame().save();
        self.frame().held.truncate(held);
        self.frame().restore(before);
        self.frame().leave_region(outer);
        if known == Some(true) {
            self.builder().leave();
        }
        let mut otherwise = None;
        if let Some((_, branch)) = &expr.else_branch
            && self.builder().live()
        {
            if let Some(region) = test.region(false) {
                self.builder().enter(region);
            }
            otherwise = Some(self.operand(branch));
        }
        let failed_place = self.frame().save();
        let (held_live, failed_live) = (held_place.flow.live(), failed_place.flow.live());
        self.builder().set_region(outer);
        self.frame().join(vec![held_place, failed_place]);
        self.drop_block();
        self.frame().blocks.pop();
        self.frame().refresh_region();
        if held_live != failed_live
            && let Some(region) = test.region(held_live)
        {
            self.builder().enter(region);
        }
        match otherwise {
            None => then,
            Some(otherwise) if held_live && failed_live => self.any_of(vec![then, otherwise], then),
            Some(otherwise) => {
                if held_live {
                    then
                } else {
                    otherwise
                }
            }
        }
    }

    pub(crate) fn match_expr(&mut self, expr: &ExprMatch) -> ValueId {
        let outer = self.builder().region();
        let held = self.frame().held.len();
        let subject = self.scrutinee(&expr.expr);
        if let Some(arm) = expr.arms.iter().find(|it| super::patterns::binds(&it.pat)) {
            self.moved_into_pattern(&expr.expr, &arm.pat);
        }
        let inner = self.builder().region();
        let inner_held = self.frame().held.len();
        let before = self.frame().save();
        let mut ends: Vec<(Place, ValueId, usize)> = Vec::with_capacity(expr.arms.len());
        for (index, arm) in expr.arms.iter().enumerate() {
            if !self.may_be_built(&arm.attrs) {
                continue;
            }
            self.frame().restore(before.clone());
            let region = self.arm_region(&expr.arms, index, subject);
            let value = self.arm(arm, region, subject, makes(&expr.expr));
            let frame = self.frame();
            frame.held.truncate(inner_held);
            ends.push((frame.save(), value, index));
            frame.builder.set_region(inner);
        }
        self.frame().held.truncate(held);
        self.builder().set_region(outer);
        self.meet(ends, subject, &expr.arms)
    }

    fn meet(&mut self, ends: Vec<(Place, ValueId, usize)>, subject: ValueId, arms: &[Arm]) -> ValueId {
        if ends.is_empty() {
            self.builder().leave();
            return subject;
        }
        let live: Vec<(ValueId, usize)> = ends.iter().filter(|it| it.0.flow.live()).map(|it| (it.1, it.2)).collect();
        let first = ends[0].1;
        self.frame().join(ends.into_iter().map(|it| it.0).collect());
        self.frame().refresh_region();
        if let [(_, only)] = live.as_slice()
            && arms.len() > 1
        {
            let region = self.arm_region(arms, *only, subject);
            self.builder().enter(region);
        }
        self.any_of(live.into_iter().map(|it| it.0).collect(), first)
    }

    /// Under which test an arm runs: `_` after one other arm is what `else` is to `if let`.
    fn arm_region(&mut self, arms: &[Arm], index: usize, subject: ValueId) -> RegionKind {
        let (pattern, holds) = match arms {
            [first, Arm { pat: Pat::Wild(_), .. }]
                if index == 1
                    && (asks_for_variant_alone(&first.pat) || matches!(first.pat, Pat::Lit(_)))
                    && !is_conditional(&first.attrs) =>
            {
                (&first.pat, false)
            }
            _ => (&arms[index].pat, true),
        };
        match self.equals(pattern, subject) {
            Some((test, equal)) => RegionKind::When { test, holds: equal == holds },
            None => RegionKind::Match { subject, holds, variant: self.variant(pattern) },
        }
    }

    /// The test that a pattern is which only compares with what is written, and its outcome where the pattern matches.
    fn equals(&mut self, pattern: &Pat, subject: ValueId) -> Option<(ValueId, bool)> {
        match pattern {
            Pat::Paren(it) => self.equals(&it.pat, subject),
            Pat::Lit(it) => match &it.lit {
                Lit::Bool(it) => Some((subject, it.value)),
                Lit::Str(_) | Lit::Int(_) => {
                    let value = self.literal(&it.lit);
                    let span = self.span(it.lit.span());
                    let operands = [subject, value].into();
                    Some((self.push(ValueKind::Operator { operator: Operator::Equal, operands }, span), true))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn arm(&mut self, arm: &Arm, region: RegionKind, subject: ValueId, owned: bool) -> ValueId {
        self.frame().blocks.push(BlockScope::default());
        self.builder().enter(region);
        self.pattern(&arm.pat, subject, owned);
        if let Pat::Guard(it) = &arm.pat {
            self.condition(&it.guard);
        }
        let held = self.frame().held.len();
        let value = self.operand(&arm.body);
        self.frame().release_temporaries(held);
        self.drop_block();
        self.frame().blocks.pop();
        value
    }

    /// `a && b`, `a || b` as a value.
    pub(crate) fn logical(&mut self, expr: &ExprBinary) -> ValueId {
        let operator = if matches!(expr.op, BinOp::And(_)) { Operator::And } else { Operator::Or };
        // What an operand makes for itself ends with it.
        let held = self.frame().held.len();
        let left = self.expr(&expr.left);
        self.frame().release_temporaries(held);
        let outer = self.builder().region();
        let before = self.frame().save();
        self.builder().enter(RegionKind::When { test: left, holds: operator == Operator::And });
        let right = self.expr(&expr.right);
        self.frame().release_temporaries(held);
        let after = self.frame().save();
        self.frame().leave_region(outer);
        self.frame().join(vec![before, after]);
        let span = self.between(expr_start(&expr.left), expr_end(&expr.right));
        self.push(ValueKind::Operator { operator, operands: [left, right].into() }, span)
    }

    /// A `let` test outside of `if` and `while`.
    pub(crate) fn condition_value(&mut self, expr: &Expr) -> ValueId {
        match expr {
            Expr::Let(it) => self.expr(&it.expr),
            other => self.expr(other),
        }
    }
}

/// Whether a tested expression makes a new value, so that what a pattern binds is dropped with the branch.
fn makes(expr: &Expr) -> bool {
    bare(expr).is_none() && owns(expr)
}
