//! What functions do, in Python.

use super::super::program::{Argument, Callable, HandOff, Member, Parameter, Primitive, Receiver, Statement, Test};
use super::Writer;
use super::shape::{Written, expression, statement};

impl Writer<'_> {
    pub(super) fn body(&mut self, body: &[Statement], here: usize) {
        for statement in body {
            self.statement(statement, here);
        }
    }

    fn statement(&mut self, statement: &Statement, here: usize) {
        match statement {
            Statement::Nothing => self.lines.add("pass"),
            Statement::Return => {
                let member = self.program.functions[here].owner.map(|it| it.1);
                self.lines.add(ending(member));
            }
            Statement::Block { site, primitive, shape } => {
                let call = expression(blocking(*primitive, *site), false);
                self.shaped(*shape, &Written { note: format!("  # site {site}"), ..call }, here);
            }
            Statement::Call { function, argument, spelling, shape } => {
                let passed = argument.as_ref().map(|it| self.argument(it, here)).unwrap_or_default();
                let name = self.function_reference(*function, *spelling);
                let awaits = self.program.functions[*function].is_async;
                self.shaped(*shape, &expression(format!("{name}({passed})"), awaits), here);
            }
            Statement::Use { receiver, member, shape } => {
                let written = self.use_member(*receiver, *member);
                self.shaped(*shape, &written, here);
            }
            Statement::CallParameter => self.lines.add("call()"),
            Statement::HandOff { way, callable } => self.hand_off(*way, *callable),
            Statement::CallSoon { callable } => {
                let callable = self.callable(*callable);
                self.lines.add(&format!("asyncio.get_running_loop().call_soon({callable})"));
            }
            Statement::Task { function, spelling } => {
                let name = self.function_reference(*function, *spelling);
                self.lines.add(&format!("task = asyncio.create_task({name}())"));
                self.lines.add("await task");
            }
            Statement::If { test, then, otherwise } => self.branch(*test, then, otherwise, here),
            Statement::Guard { way, on_loop, elsewhere } => self.guard(*way, on_loop, elsewhere, here),
        }
    }

    fn block(&mut self, head: &str, body: &[Statement], here: usize) {
        self.lines.add(head);
        self.lines.deeper();
        self.lines.add("pass");
        self.body(body, here);
        self.lines.shallower();
    }

    fn branch(&mut self, test: Test, then: &[Statement], otherwise: &[Statement], here: usize) {
        let test = match test {
            Test::Literal(value) => truth(value),
            Test::Flag { holds: true } => "flag",
            Test::Flag { holds: false } => "not flag",
            Test::Unknown => "random.getrandbits(1)",
        };
        self.block(&format!("if {test}:"), then, here);
        if !otherwise.is_empty() {
            self.block("else:", otherwise, here);
        }
    }

    fn guard(&mut self, way: u8, on_loop: &[Statement], elsewhere: &[Statement], here: usize) {
        match way % 3 {
            0 => {
                self.block("try:", &[], here);
                self.lines.add("    asyncio.get_running_loop()");
                self.block("except RuntimeError:", elsewhere, here);
                self.block("else:", on_loop, here);
            }
            1 => {
                self.block("try:", &[], here);
                self.lines.add("    loop = asyncio.get_running_loop()");
                self.block("except RuntimeError:", &[], here);
                self.lines.add("    loop = None");
                self.block("if loop is None:", elsewhere, here);
                self.block("else:", on_loop, here);
            }
            _ => {
                self.block("try:", &[], here);
                self.lines.add("    asyncio.get_running_loop()");
                self.lines.add("    running = True");
                self.block("except RuntimeError:", &[], here);
                self.lines.add("    running = False");
                self.block("if running:", on_loop, here);
                self.block("else:", elsewhere, here);
            }
        }
    }

    fn hand_off(&mut self, way: HandOff, callable: Callable) {
        let callable = self.callable(callable);
        self.lines.add(&match way {
            HandOff::Await => format!("await asyncio.to_thread({callable})"),
            HandOff::Executor => format!("await asyncio.get_running_loop().run_in_executor(None, {callable})"),
            HandOff::Thread => format!("threading.Thread(target={callable}).start()"),
            HandOff::Pool => format!("ThreadPoolExecutor().submit({callable})"),
        });
    }

    fn argument(&mut self, argument: &Argument, here: usize) -> String {
        match argument {
            Argument::Callable(callable) => self.callable(*callable),
            Argument::Flag(value) => truth(*value).to_owned(),
            Argument::Default => String::new(),
            Argument::Object { class, spelling } => self.new_object(*class, *spelling),
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
            Callable::Closure { function, spelling } => {
                format!("lambda: {}()", self.function_reference(function, spelling))
            }
            Callable::Partial { function, spelling } => {
                format!("functools.partial({})", self.function_reference(function, spelling))
            }
            Callable::Bound { class, member, spelling } => {
                let function = self.program.member(class, member).expect("it has the member");
                format!("{}.{}", self.new_object(class, spelling), self.names.function(self.program, function))
            }
            Callable::Own => "call".to_owned(),
        }
    }

    fn receiver(&mut self, receiver: Receiver) -> String {
        match receiver {
            Receiver::Itself => "self".to_owned(),
            Receiver::Part => "self.part".to_owned(),
            Receiver::Parameter => "it".to_owned(),
            Receiver::New { class, spelling } => self.new_object(class, spelling),
            Receiver::Local { class, spelling } => {
                let made = self.new_object(class, spelling);
                self.lines.add(&format!("local = {made}"));
                "local".to_owned()
            }
            Receiver::Global { class, spelling } => {
                self.reference(&self.names.global(class), self.program.classes[class].module, spelling)
            }
            Receiver::Made { class, spelling, annotated } => {
                let maker = if annotated { self.names.typed_maker(class) } else { self.names.maker(class) };
                let maker = self.reference(&maker, self.program.classes[class].module, spelling);
                format!("{maker}()")
            }
        }
    }

    fn use_member(&mut self, receiver: Receiver, member: Member) -> Written {
        let it = self.receiver(receiver);
        let awaits = self.program.functions.iter().any(|it| it.is_async && it.owner.is_some_and(|it| it.1 == member));
        let text = match member {
            Member::Method(number) => return expression(format!("{it}.{}()", self.names.method(number)), awaits),
            Member::Next => return statement(format!("for _ in {it}: pass")),
            Member::Truth => return statement(format!("if {it}: pass")),
            Member::Enter | Member::Exit => return statement(format!("with {it}: pass")),
            Member::Init | Member::Drop => return statement("pass".to_owned()),
            Member::Property => format!("{it}.value"),
            Member::Missing => format!("{it}.whatever"),
            Member::Add => format!("{it} + 1"),
            Member::Equal => format!("{it} == 1"),
            Member::Item => format!("{it}[0]"),
            Member::Text => format!("f\"{{{it}}}\""),
            Member::Length => format!("len({it})"),
            Member::Contains => format!("0 in {it}"),
            Member::Call => format!("{it}()"),
        };
        expression(text, false)
    }
}

pub(super) fn truth(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn blocking(primitive: Primitive, site: usize) -> String {
    match primitive {
        Primitive::Sleep if site.is_multiple_of(2) => "sleep(1)",
        Primitive::Sleep => "time.sleep(1)",
        Primitive::Net => "requests.get(\"http://localhost\")",
        Primitive::Process => "subprocess.run([\"true\"])",
        Primitive::Wait => "threading.Event().wait()",
        Primitive::File => "os.remove(\"x\")",
    }
    .to_owned()
}

/// How a member ends, early or late: some have to give something.
pub(super) fn ending(member: Option<Member>) -> &'static str {
    match member {
        Some(Member::Equal | Member::Truth | Member::Contains) => "return True",
        Some(Member::Text) => "return \"\"",
        Some(Member::Length) => "return 0",
        Some(Member::Next) => "raise StopIteration",
        _ => "return",
    }
}
