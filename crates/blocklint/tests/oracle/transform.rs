//! Changes to an abstract program that change nothing, or one thing, of what is to be reported.

use super::program::{Callable, Function, HandOff, Primitive, Program, Shape, Spelling, Statement, Test, rewrite};
use super::project::keep;

/// What such a change adds has numbers from here on.
const ADDED: usize = 1000;

/// Every free function stands in another module; whoever needs it imports it from there.
pub(crate) fn moved(program: &Program) -> Program {
    let mut program = program.clone();
    for function in &mut program.functions {
        function.module = (function.module + 1) % program.modules;
    }
    program
}

/// Every function has code that nothing comes to, and there is a function that nobody calls.
pub(crate) fn with_dead_code(program: &Program) -> Program {
    let mut program = program.clone();
    let blocks = |site| Statement::Block { site, primitive: Primitive::Sleep, shape: Shape(0) };
    for (at, function) in program.functions.iter_mut().enumerate() {
        let never = Statement::If {
            test: Test::Literal(false),
            then: vec![blocks(ADDED + 2 * at)],
            otherwise: vec![Statement::Nothing],
        };
        function.body.insert(0, never);
        function.body.extend([Statement::Return, blocks(ADDED + 2 * at + 1)]);
    }
    program.functions.push(plain(0, blocks(2 * ADDED)));
    program
}

fn plain(module: usize, statement: Statement) -> Function {
    Function { module, is_async: false, owner: None, parameter: None, body: vec![statement] }
}

/// Every call stands in something else, which runs it once and at once: passed through a function that gives back what it is given,
/// in a loop, a closure, a nested function.
pub(crate) fn reshaped(program: &Program, by: u8) -> Program {
    let other = |it: Shape| Shape(it.0.wrapping_add(by));
    let program = rewrite(program, &mut |_, statement| match statement {
        Statement::Block { site, primitive, shape } => Statement::Block { site, primitive, shape: other(shape) },
        Statement::Use { receiver, member, shape } => Statement::Use { receiver, member, shape: other(shape) },
        Statement::Call { function, argument, spelling, shape } => {
            Statement::Call { function, argument, spelling, shape: other(shape) }
        }
        other => other,
    });
    keep(&program)
}

/// One blocking call is handed to a thread.
pub(crate) fn offloaded(program: &Program, site: usize) -> Program {
    let added = program.functions.len();
    let mut taken = None;
    let mut program = rewrite(program, &mut |function, statement| match statement {
        Statement::Block { site: this, .. } if this == site => {
            let way = if program.functions[function].is_async { HandOff::Await } else { HandOff::Thread };
            taken = Some(plain(program.module_of(function), statement));
            Statement::HandOff { way, callable: Callable::Named { function: added, spelling: Spelling(0) } }
        }
        other => other,
    });
    program.functions.extend(taken);
    program
}

/// The program as it would be without an event loop.
pub(crate) fn without_async(program: &Program) -> Program {
    let mut program = rewrite(program, &mut |_, statement| match statement {
        Statement::Task { .. } | Statement::CallSoon { .. } => Statement::Nothing,
        Statement::HandOff { callable, .. } => Statement::HandOff { way: HandOff::Thread, callable },
        // Where there may be a loop there is one: the test itself says so.
        Statement::Guard { on_loop, elsewhere, .. } => {
            Statement::If { test: Test::Unknown, then: on_loop, otherwise: elsewhere }
        }
        other => other,
    });
    for function in &mut program.functions {
        function.is_async = false;
    }
    program
}
