//! `if`, `for`, `while`: where paths part and meet.

use crate::facts::Learnt;
use crate::lower::Lowerer;
use crate::parse::span_of;
use blocklint_ir::build::Flow;
use blocklint_ir::{RegionKind, ValueId, ValueKind};
use ruff_python_ast::{Expr, Stmt, StmtFor, StmtIf, StmtWhile};

/// A clause of an `if` whose body is lowered and whose alternative is not yet.
struct Clause {
    test: ValueId,
    held: Flow,
    learnt: Vec<Learnt>,
    failed: Vec<Learnt>,
}

/// `__name__ == "__main__"`
fn asks_for_script(test: &Expr) -> bool {
    let Expr::Compare(compare) = test else { return false };
    let is_name = |it: &Expr| matches!(it, Expr::Name(name) if name.id.as_str() == "__name__");
    let is_main = |it: &Expr| matches!(it, Expr::StringLiteral(text) if text.value.to_str() == "__main__");
    let sides: Vec<&Expr> = std::iter::once(&*compare.left).chain(compare.comparators.iter()).collect();
    matches!(compare.ops[..], [ruff_python_ast::CmpOp::Eq])
        && sides.iter().any(|it| is_name(it))
        && sides.iter().any(|it| is_main(it))
}

impl Lowerer {
    pub(crate) fn branch(&mut self, stmt: &StmtIf) {
        if self.typing_branch(stmt) {
            return;
        }
        let region = self.frame.builder.region();
        let mut clauses = vec![self.clause(&stmt.test, &stmt.body)];
        for clause in &stmt.elif_else_clauses {
            match &clause.test {
                // Behind `if True:` nothing is tested any more.
                Some(test) if self.frame.builder.live() => {
                    let clause = self.clause(test, &clause.body);
                    clauses.push(clause);
                }
                _ => self.block(&clause.body),
            }
        }
        self.frame.builder.set_region(region);
        let outcomes = self.meet(clauses);
        for (test, holds) in outcomes.into_iter().rev() {
            self.frame.builder.enter(RegionKind::When { test, holds });
        }
    }

    /// Lowers a clause's test and body, and goes where the test failed.
    fn clause(&mut self, test: &Expr, body: &[Stmt]) -> Clause {
        let value = self.test(test);
        let region = self.frame.builder.region();
        let before = self.frame.builder.save();
        self.frame.builder.enter(RegionKind::When { test: value, holds: true });
        if asks_for_script(test) {
            self.frame.builder.enter(RegionKind::Script);
        }
        let learnt = self.learn(test, true);
        let known = literal_truth(test);
        if known == Some(false) {
            self.frame.builder.leave();
        }
        self.block(body);
        let held = self.frame.builder.take();
        self.frame.builder.set_region(region);
        self.frame.builder.restore(before);
        self.frame.builder.enter(RegionKind::When { test: value, holds: false });
        let failed = self.learn(test, false);
        if known == Some(true) {
            self.frame.builder.leave();
        }
        Clause { test: value, held, learnt, failed }
    }

    /// Joins the clauses and what runs when all of them failed. The result is what is known from there on: the outcomes of
    /// tests whose other outcome left, the innermost first.
    fn meet(&mut self, clauses: Vec<Clause>) -> Vec<(ValueId, bool)> {
        let mut outcomes = Vec::new();
        let mut flows = vec![self.frame.builder.take()];
        for clause in clauses.into_iter().rev() {
            let live = (clause.held.live(), flows.iter().any(Flow::live));
            match live {
                (false, true) => outcomes.push((clause.test, false)),
                (true, false) => outcomes = vec![(clause.test, true)],
                _ => outcomes.clear(),
            }
            // Behind both outcomes neither is known.
            let both = live == (true, true);
            if both {
                flows = flows.into_iter().map(|it| self.unlearnt(it, &clause.failed)).collect();
            }
            let learnt = if both { clause.learnt.as_slice() } else { &[] };
            flows.push(self.unlearnt(clause.held, learnt));
        }
        flows.reverse();
        self.frame.builder.join(flows);
        outcomes
    }

    fn unlearnt(&mut self, flow: Flow, learnt: &[Learnt]) -> Flow {
        if learnt.is_empty() || !flow.live() {
            return flow;
        }
        self.frame.builder.restore(flow);
        self.unlearn(learnt);
        self.frame.builder.take()
    }

    /// `if TYPE_CHECKING:` binds names for annotations and runs nothing; its `else` always runs.
    fn typing_branch(&mut self, stmt: &StmtIf) -> bool {
        let Some(checking) = type_checking(&stmt.test).or_else(|| imports_for_types(stmt)) else { return false };
        let otherwise = match stmt.elif_else_clauses.as_slice() {
            [] => &[],
            [only] if only.test.is_none() => only.body.as_slice(),
            _ => return false,
        };
        let before = self.typing_only;
        self.typing_only = before || checking;
        self.block(&stmt.body);
        self.typing_only = before || !checking;
        self.block(otherwise);
        self.typing_only = before;
        true
    }

    pub(crate) fn for_loop(&mut self, stmt: &StmtFor) {
        let iter = self.expr(&stmt.iter);
        let region = self.frame.builder.region();
        self.frame.builder.enter(RegionKind::Loop);
        self.frame.builder.begin_loop();
        let each = if stmt.is_async { ValueKind::EachAsync(iter) } else { ValueKind::Each(iter) };
        let each = self.push(each, span_of(&*stmt.iter));
        self.assign(&stmt.target, each);
        self.block(&stmt.body);
        let (after, breaks) = self.frame.builder.end_loop(false);
        self.frame.builder.set_region(region);
        self.after_loop(after, breaks, &stmt.orelse);
    }

    pub(crate) fn while_loop(&mut self, stmt: &StmtWhile) {
        let region = self.frame.builder.region();
        self.frame.builder.enter(RegionKind::Loop);
        self.frame.builder.begin_loop();
        let endless = literal_truth(&stmt.test) == Some(true);
        let mut learnt = Vec::new();
        let mut tested = None;
        if !endless {
            let test = self.test(&stmt.test);
            tested = Some(test);
            self.frame.builder.enter(RegionKind::When { test, holds: true });
            learnt = self.learn(&stmt.test, true);
        }
        self.block(&stmt.body);
        self.unlearn(&learnt);
        let (after, breaks) = self.frame.builder.end_loop(endless);
        self.frame.builder.set_region(region);
        let ran_out = breaks.is_empty() && !endless;
        self.after_loop(after, breaks, &stmt.orelse);
        if ran_out && self.frame.builder.live() {
            self.learn(&stmt.test, false);
            if let Some(test) = tested {
                self.frame.builder.enter(RegionKind::When { test, holds: false });
            }
        }
    }

    fn after_loop(&mut self, after: Flow, breaks: Vec<Flow>, orelse: &[Stmt]) {
        self.frame.builder.restore(after);
        if !orelse.is_empty() {
            self.block_if_live(orelse);
        }
        if !breaks.is_empty() {
            let mut flows = vec![self.frame.builder.take()];
            flows.extend(breaks);
            self.frame.builder.join(flows);
        }
    }

    fn block_if_live(&mut self, body: &[Stmt]) {
        if self.frame.builder.live() {
            self.block(body);
        }
    }
}

/// `if False:` around imports is the older way to write `if TYPE_CHECKING:`.
fn imports_for_types(stmt: &StmtIf) -> Option<bool> {
    let imports = stmt.body.iter().all(|it| matches!(it, Stmt::Import(_) | Stmt::ImportFrom(_)));
    (imports && literal_truth(&stmt.test) == Some(false)).then_some(true)
}

/// What a test is that says it itself.
fn literal_truth(test: &Expr) -> Option<bool> {
    match test {
        Expr::BooleanLiteral(it) => Some(it.value),
        Expr::NumberLiteral(it) => it.value.as_int().map(|it| it.as_u8() != Some(0)),
        _ => None,
    }
}

/// Whether a test is `TYPE_CHECKING` (`Some(true)`) or its opposite (`Some(false)`).
fn type_checking(test: &Expr) -> Option<bool> {
    match test {
        Expr::Name(it) => (it.id.as_str() == "TYPE_CHECKING").then_some(true),
        Expr::Attribute(it) => (it.attr.as_str() == "TYPE_CHECKING").then_some(true),
        Expr::UnaryOp(it) if it.op == ruff_python_ast::UnaryOp::Not => type_checking(&it.operand).map(|it| !it),
        _ => None,
    }
}
