//! Which expressions may give a guard that lives on: a lock's guard, a cell's borrow, a map's reference. Whether the value really
//! is a guard depends on its type, which is not known here; the engine decides.

use crate::context::Lower;
use blocklint_ir::{Name, ValueId};
use syn::Expr;

/// Methods that give guards.
const ACQUIRING: [&str; 25] = [
    "lock",
    "read",
    "write",
    "borrow",
    "borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "try_borrow",
    "try_borrow_mut",
    "blocking_lock",
    "blocking_read",
    "blocking_write",
    "lock_arc",
    "read_arc",
    "write_arc",
    "lock_owned",
    "read_owned",
    "write_owned",
    "upgradable_read",
    "enter",
    "entered",
    "get_mut",
    "try_lock_for",
    "lock_blocking",
];

/// Methods between a lock and its guard.
const OPENING: [&str; 8] =
    ["unwrap", "expect", "unwrap_or_else", "map_err", "ok", "unwrap_or_default", "into_inner", "ok_or_else"];

/// Methods that consume their receiver, as far as their names tell. `true` for what lives on inside the result.
pub(crate) fn consumes(method: &str) -> bool {
    const CONSUMING: [&str; 40] = [
        "join",
        "unwrap",
        "expect",
        "ok",
        "map",
        "map_err",
        "and_then",
        "or_else",
        "unwrap_or",
        "unwrap_or_else",
        "unwrap_or_default",
        "ok_or",
        "ok_or_else",
        "boxed",
        "boxed_local",
        "collect",
        "build",
        "finish",
        "detach",
        "forget",
        "leak",
        "commit",
        "rollback",
        "shutdown_background",
        "shutdown_timeout",
        "shutdown",
        "into",
        "try_into",
        "chain",
        "zip",
        "fuse",
        "instrument",
        "split",
        "unsplit",
        "sum",
        "count",
        "fold",
        "filter",
        "for_each",
        "flatten",
    ];
    method.starts_with("into_") || CONSUMING.contains(&method)
}

/// Whether an expression gives a reference, or what a map held before and mostly did not, as far as the standard library's names
/// tell: its end drops nothing.
pub(crate) fn drops_nothing(expr: &Expr) -> bool {
    const KEEPING: [&str; 22] = [
        "get",
        "get_mut",
        "first",
        "last",
        "iter",
        "iter_mut",
        "borrow",
        "borrow_mut",
        "deref",
        "deref_mut",
        "peek",
        "keys",
        "values",
        "by_ref",
        "get_or_init",
        "get_or_try_init",
        "get_or_insert",
        "get_or_insert_with",
        "or_insert",
        "or_insert_with",
        "or_default",
        "insert",
    ];
    // Steps of an iteration, which give what it goes over.
    const PASSING: [&str; 11] =
        ["next", "next_back", "nth", "find", "filter", "rev", "skip", "take", "max_by_key", "min_by_key", "skip_while"];
    match expr {
        Expr::Paren(it) => drops_nothing(&it.expr),
        Expr::Try(it) => drops_nothing(&it.expr),
        // A clone is mostly one more owner of what an `Arc` shares.
        Expr::Call(it) => {
            matches!(&*it.func, Expr::Path(it) if it.path.segments.last().is_some_and(|it| it.ident == "clone"))
        }
        Expr::Reference(_) | Expr::Field(_) | Expr::Index(_) => true,
        Expr::MethodCall(it) => {
            let name = it.method.to_string();
            name.starts_with("as_")
                || name == "clone"
                || KEEPING.contains(&name.as_str())
                || ([&OPENING[..], &PASSING].iter().any(|it| it.contains(&name.as_str()))
                    && drops_nothing(&it.receiver))
        }
        _ => false,
    }
}

/// Whether an expression may give a guard: an acquiring call, and what opens its result.
pub(crate) fn may_guard(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(it) => may_guard(&it.expr),
        Expr::Group(it) => may_guard(&it.expr),
        Expr::Try(it) => may_guard(&it.expr),
        Expr::Await(it) => may_guard(&it.base),
        Expr::MethodCall(it) => {
            let name = it.method.to_string();
            if ACQUIRING.contains(&name.as_str()) {
                return true;
            }
            OPENING.contains(&name.as_str()) && may_guard(&it.receiver)
        }
        _ => false,
    }
}

/// Whether an expression makes a value that nothing names, as far as it tells: what a function of a path gives. A method called on
/// it is the last that it sees, unless the method takes it.
pub(crate) fn temporary(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(it) => temporary(&it.expr),
        Expr::Try(it) => temporary(&it.expr),
        Expr::Await(it) => temporary(&it.base),
        Expr::Call(it) => matches!(&*it.func, Expr::Path(_)),
        Expr::MethodCall(it) => opens(&it.method.to_string()) && temporary(&it.receiver),
        _ => false,
    }
}

/// Whether a method opens a guard's result rather than using the guard.
fn opens(method: &str) -> bool {
    OPENING.contains(&method)
}

impl Lower {
    /// An expression of which only a reference is taken: a guard that it gives lives until the end of the statement.
    pub(crate) fn place(&mut self, expr: &Expr) -> ValueId {
        let value = self.expr(expr);
        if may_guard(expr) {
            self.frame().hold(value, None);
        }
        value
    }

    /// The receiver of a method call.
    pub(crate) fn receiver(&mut self, expr: &Expr, method: &str) -> ValueId {
        if opens(method) { self.expr(expr) } else { self.place(expr) }
    }

    /// The operand of `match`, `if let`, `while let` and `for`: what it gives lives as long as the arms.
    pub(crate) fn scrutinee(&mut self, expr: &Expr) -> ValueId {
        self.place(expr)
    }

    /// A variable that may hold a guard.
    pub(crate) fn hold_variable(&mut self, value: ValueId, name: Name) {
        self.frame().hold(value, Some(name));
    }
}
