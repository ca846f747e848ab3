//! What of an abstract program a language can say; the rest is left out before it is run or written down.

use super::program::{
    Argument, Callable, HandOff, Language, Member, Parameter, Program, Receiver, Shape, Statement, rewrite,
};

/// The program in Python's rules.
pub(crate) fn for_python(program: &Program) -> Program {
    let mut program = Program { language: Language::Python, ..program.clone() };
    // When an object dies is Python's affair.
    for function in &mut program.functions {
        if function.owner.is_some_and(|it| it.1 == Member::Drop) {
            function.owner = None;
        }
    }
    keep(&program)
}

/// The program in Rust's rules.
pub(crate) fn for_rust(program: &Program) -> Program {
    let mut program = Program { language: Language::Rust, ..program.clone() };
    for class in 0..program.classes.len() {
        // A trait's implementors stand side by side.
        let base = program.classes[class].base;
        if base.is_some_and(|it| program.classes[it].base.is_some()) {
            program.classes[class].base = None;
        }
    }
    for function in &mut program.functions {
        // Rust has types for all parameters.
        if let Some(Parameter::Object { annotated, .. }) = &mut function.parameter {
            *annotated = true;
        }
    }
    keep(&program)
}

/// Leaves out every statement that the language has no words for.
pub(crate) fn keep(program: &Program) -> Program {
    rewrite(program, &mut |function, it| statement(program, function, it))
}

/// An asynchronous block is a root wherever it is written: a loop of its own may drive it where there is none.
fn without_shapes(body: &mut [Statement]) {
    for statement in body {
        match statement {
            Statement::Block { shape, .. } | Statement::Call { shape, .. } | Statement::Use { shape, .. } => {
                *shape = Shape(0);
            }
            Statement::If { then: one, otherwise: other, .. }
            | Statement::Guard { on_loop: one, elsewhere: other, .. } => {
                without_shapes(one);
                without_shapes(other);
            }
            _ => {}
        }
    }
}

fn statement(program: &Program, function: usize, it: Statement) -> Statement {
    match it {
        Statement::Call { function: callee, argument: Some(argument), spelling, shape } => {
            match passed(program, callee, &argument) {
                None => Statement::Nothing,
                argument => Statement::Call { function: callee, argument, spelling, shape },
            }
        }
        Statement::Use { receiver, member, .. } if !can_use(program, function, receiver, member) => Statement::Nothing,
        Statement::CallSoon { .. } if program.language == Language::Rust => Statement::Nothing,
        Statement::CallSoon { callable } | Statement::HandOff { callable, .. } if !can_make(program, callable) => {
            Statement::Nothing
        }
        // One pool is enough where there is one kind of them.
        Statement::HandOff { way: HandOff::Executor, callable } if program.language == Language::Rust => {
            Statement::HandOff { way: HandOff::Await, callable }
        }
        Statement::Guard { way, on_loop, mut elsewhere } => {
            without_shapes(&mut elsewhere);
            Statement::Guard { way, on_loop, elsewhere }
        }
        other => other,
    }
}

/// An argument as the language passes it.
fn passed(program: &Program, callee: usize, argument: &Argument) -> Option<Argument> {
    let parameter = program.functions[callee].parameter?;
    match (argument, parameter) {
        (Argument::Callable(callable), _) if !can_make(program, *callable) => None,
        (Argument::Default, Parameter::Flag { default: Some(default) }) if program.language == Language::Rust => {
            Some(Argument::Flag(default))
        }
        (Argument::Object { class, spelling }, Parameter::Object { class: declared, .. }) => {
            let fits = program.family(declared).contains(class);
            Some(Argument::Object { class: if fits { *class } else { declared }, spelling: *spelling })
        }
        _ => Some(argument.clone()),
    }
}

fn can_make(program: &Program, callable: Callable) -> bool {
    match callable {
        Callable::Bound { class, member, .. } => program.member(class, member).is_some(),
        _ => true,
    }
}

/// Whether the language can run this member of what the receiver is here.
fn can_use(program: &Program, function: usize, receiver: Receiver, member: Member) -> bool {
    let owner = program.functions[function].owner;
    let class = match receiver {
        Receiver::Itself => owner.map(|it| it.0),
        Receiver::Part => owner.and_then(|it| program.part(it.0)).map(|it| it.0),
        Receiver::Parameter => match program.functions[function].parameter {
            Some(Parameter::Object { class, .. }) => Some(class),
            _ => None,
        },
        Receiver::New { class, .. }
        | Receiver::Local { class, .. }
        | Receiver::Global { class, .. }
        | Receiver::Made { class, .. } => Some(class),
    };
    let Some(class) = class.filter(|&it| program.member(it, member).is_some()) else { return false };
    if program.language == Language::Python {
        return true;
    }
    let alone = |it: usize| program.classes[it].base.is_none() && program.family(it).len() == 1;
    let in_trait = owner.is_some_and(|it| !alone(it.0));
    match receiver {
        // A trait's own methods know nothing but each other.
        Receiver::Itself if in_trait => !member.is_special_in_rust() && of_root(program, class, member),
        Receiver::Part if in_trait => false,
        // What is known by its trait only has the methods of that.
        Receiver::Parameter if !alone(class) => !member.is_special_in_rust() && of_root(program, class, member),
        // Whether `*` means the lock around the object or the object is not told apart.
        Receiver::Global { .. } if program.member(class, Member::Missing).is_some() => {
            !matches!(member, Member::Add | Member::Equal | Member::Text)
        }
        // To iterate takes the object itself.
        _ if member == Member::Next => {
            matches!(receiver, Receiver::New { .. } | Receiver::Local { .. } | Receiver::Made { .. })
        }
        _ => true,
    }
}

/// Whether the class at the top has such a member, which makes it the trait's.
fn of_root(program: &Program, class: usize, member: Member) -> bool {
    program.ancestry(class).last().is_some_and(|it| program.own_member(it, member).is_some())
}
