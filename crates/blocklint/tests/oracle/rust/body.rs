//! What functions do, in Rust.

use super::super::program::{
    Argument, Callable, HandOff, Member, Parameter, Primitive, Receiver, Spelling, Statement, Test,
};
use super::shape::{Written, awaited, expression};
use super::{Writer, fixed_name, method_name};

impl Writer<'_> {
    pub(super) fn body(&mut self, body: &[Statement], function: usize) {
        for statement in body {
            self.statement(statement, function);
        }
    }

    fn statement(&mut self, statement: &Statement, here: usize) {
        match statement {
            Statement::Nothing | Statement::CallSoon { .. } => {}
            Statement::Return => self.lines.add(&self.ending(here)),
            Statement::Block { site, primitive, shape } => {
                let call = expression(blocking(*primitive, *site));
                self.shaped(*shape, &Written { note: format!(" // # site {site}"), ..call }, here);
            }
            Statement::Call { function, argument, spelling, shape } => {
                let passed = argument.as_ref().map(|it| self.argument(it, here)).unwrap_or_default();
                let name = self.function_reference(*function, *spelling);
                let call = format!("{name}({passed})");
                let is_async = self.program.functions[*function].is_async;
                let call = if is_async { awaited(&call, *function <= here) } else { expression(call) };
                self.shaped(*shape, &call, here);
            }
            Statement::Use { receiver, member, shape } => {
                let written = self.use_member(*receiver, *member);
                self.shaped(*shape, &written, here);
            }
            Statement::CallParameter => self.lines.add("call();"),
            Statement::HandOff { way, callable } => {
                let callable = self.callable(*callable);
                self.lines.add(&match way {
                    HandOff::Await | HandOff::Executor => {
                        format!("tokio::task::spawn_blocking({callable}).await.unwrap();")
                    }
                    HandOff::Thread => format!("std::thread::spawn({callable});"),
                    HandOff::Pool => format!("tokio::task::spawn_blocking({callable});"),
                });
            }
            Statement::Task { function, spelling } => {
                let name = self.function_reference(*function, *spelling);
                let task =
                    if spelling.0 % 2 == 0 { format!("{name}()") } else { format!("async {{ {name}().await }}") };
                self.lines.add(&format!("let task = tokio::spawn({task});"));
                self.lines.add("task.await.unwrap();");
            }
            Statement::If { test, then, otherwise } => self.branch(*test, then, otherwise, here),
            Statement::Guard { way, on_loop, elsewhere } => self.guard(*way, on_loop, elsewhere, here),
        }
    }

    fn ending(&self, function: usize) -> String {
        match self.program.functions[function].owner.map(|it| it.1) {
            Some(Member::Init) => "return made;",
            Some(Member::Missing | Member::Item) => "return &self.text;",
            Some(Member::Add) => "return 0;",
            Some(Member::Equal) => "return true;",
            Some(Member::Text) => "return Ok(());",
            Some(Member::Next) => "return None;",
            _ => "return;",
        }
        .to_owned()
    }

    fn block(&mut self, head: &str, body: &[Statement], here: usize) {
        self.open(head);
        self.body(body, here);
        self.close();
    }

    fn branch(&mut self, test: Test, then: &[Statement], otherwise: &[Statement], here: usize) {
        let test = match test {
            Test::Literal(true) => "true",
            Test::Literal(false) => "false",
            Test::Flag { holds: true } => "flag",
            Test::Flag { holds: false } => "!flag",
            Test::Unknown => "std::env::args().len() > 2",
        };
        self.block(&format!("if {test}"), then, here);
        if !otherwise.is_empty() {
            self.block("else", otherwise, here);
        }
    }

    fn guard(&mut self, way: u8, on_loop: &[Statement], elsewhere: &[Statement], here: usize) {
        match way % 3 {
            0 => {
                self.block("if tokio::runtime::Handle::try_current().is_ok()", on_loop, here);
                self.block("else", elsewhere, here);
            }
            1 => {
                self.open("match tokio::runtime::Handle::try_current()");
                self.block("Ok(_) =>", on_loop, here);
                self.block("Err(_) =>", elsewhere, here);
                self.close();
            }
            _ => {
                self.block("if let Ok(_handle) = tokio::runtime::Handle::try_current()", on_loop, here);
                self.block("else", elsewhere, here);
            }
        }
    }

    fn argument(&mut self, argument: &Argument, here: usize) -> String {
        match argument {
            Argument::Callable(callable) => self.callable(*callable),
            Argument::Flag(value) => value.to_string(),
            Argument::Default => String::new(),
            Argument::Object { class, spelling } => format!("&{}", self.new_object(*class, *spelling)),
            Argument::Own => match self.program.functions[here].parameter {
                Some(Parameter::Callable) => "call",
                Some(Parameter::Flag { .. }) => "flag",
                _ => "it",
            }
            .to_owned(),
        }
    }

    fn callable(&mut self, callable: Callable) -> String {
        match callable {
            Callable::Named { function, spelling } => self.function_reference(function, spelling),
            Callable::Closure { function, spelling } => format!("|| {}()", self.function_reference(function, spelling)),
            Callable::Partial { function, spelling } => {
                format!("move || {{ {}(); }}", self.function_reference(function, spelling))
            }
            Callable::Bound { class, member, spelling } => {
                let function = self.program.member(class, member).expect("it has the member");
                let name = method_name(self.names, self.program, function);
                format!("|| {}.{name}()", self.new_object(class, spelling))
            }
            Callable::Own => "call".to_owned(),
        }
    }

    fn receiver(&mut self, receiver: Receiver, changes: bool) -> String {
        match receiver {
            Receiver::Itself => self.this.to_owned(),
            Receiver::Part => format!("{}.part", self.this),
            Receiver::Parameter => "it".to_owned(),
            Receiver::New { class, spelling } => self.new_object(class, spelling),
            Receiver::Local { class, spelling } => {
                let made = self.new_object(class, spelling);
                self.lines.add(&format!("let {}local = {made};", if changes { "mut " } else { "" }));
                "local".to_owned()
            }
            Receiver::Global { class, spelling } => {
                self.class_reference(class, Spelling(0));
                self.reference(&self.names.global(class), self.program.classes[class].module, spelling)
            }
            Receiver::Made { class, spelling, annotated } => {
                self.class_reference(class, Spelling(0));
                let maker = if annotated { self.names.typed_maker(class) } else { self.names.maker(class) };
                format!("{}()", self.reference(&maker, self.program.classes[class].module, spelling))
            }
        }
    }

    fn use_member(&mut self, receiver: Receiver, member: Member) -> Written {
        let it = self.receiver(receiver, member == Member::Next);
        // What dereferences to the object is not the object.
        let place = match receiver {
            Receiver::Global { .. } if matches!(member, Member::Add | Member::Equal | Member::Text) => {
                format!("(*{it})")
            }
            Receiver::Itself if self.this == "self" => "(*self)".to_owned(),
            Receiver::Parameter => format!("(*{it})"),
            _ => it.clone(),
        };
        expression(match member {
            Member::Missing => format!("{place}.is_empty()"),
            Member::Add => format!("&{place} + 1"),
            Member::Equal => format!("{place} == 1"),
            Member::Item => format!("{place}[0].len()"),
            Member::Text => format!("format!(\"{{}}\", {place})"),
            Member::Next => format!("for _ in {it} {{}}"),
            Member::Init | Member::Drop => "()".to_owned(),
            other => {
                let method = fixed_name(other).map_or_else(|| self.method(other), str::to_owned);
                let call = format!("{it}.{method}()");
                let owned = |owner: Option<(usize, Member)>| owner.is_some_and(|it| it.1 == other);
                let is_async = self.program.functions.iter().any(|it| it.is_async && owned(it.owner));
                return if is_async { awaited(&call, true) } else { expression(call) };
            }
        })
    }

    fn method(&self, member: Member) -> String {
        match member {
            Member::Method(number) => self.names.method(number),
            _ => String::new(),
        }
    }
}

fn blocking(primitive: Primitive, site: usize) -> String {
    match primitive {
        Primitive::Sleep if site.is_multiple_of(2) => "std::thread::sleep(Duration::from_secs(1))",
        Primitive::Sleep => "std::thread::sleep(std::time::Duration::from_millis(500))",
        Primitive::Net => "std::net::TcpStream::connect(\"localhost:80\")",
        Primitive::Process => "std::process::Command::new(\"true\").status()",
        Primitive::Wait => "std::sync::Barrier::new(2).wait()",
        Primitive::File => "std::fs::remove_file(\"x\")",
    }
    .to_owned()
}
