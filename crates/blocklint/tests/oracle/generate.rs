//! Random abstract programs. A strategy makes numbers; decoding them always gives a valid program, and smaller numbers a simpler one, so
//! that shrinking works without more words.
//!
//! A program terminates however it branches: what could lead back to its caller stands under a test that nobody knows the outcome of.

use super::program::{
    Argument, Callable, Class, Function, HandOff, Language, Member, Parameter, Primitive, Program, Receiver, Shape,
    Spelling, Statement, Test,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Small programs, in Python's rules.
pub(crate) fn programs() -> impl Strategy<Value = Program> {
    let class = [any::<u8>(), any::<u8>(), any::<u8>()];
    (1_usize..4, vec(class, 0..4), vec(function_genes(), 1..9))
        .prop_map(|(modules, classes, functions)| Decoder::new(modules, &classes, &functions).finish(&functions))
}

#[derive(Debug, Clone)]
struct FunctionGenes {
    module: u8,
    is_async: bool,
    /// Class and member; a free function where there is none.
    owner: (u8, u8),
    parameter: u8,
    body: Vec<Gene>,
}

#[derive(Debug, Clone)]
struct Gene {
    kind: u8,
    picks: [u8; 4],
    inner: [Vec<Gene>; 2],
}

fn function_genes() -> impl Strategy<Value = FunctionGenes> {
    (any::<u8>(), any::<bool>(), any::<(u8, u8)>(), any::<u8>(), vec(gene(), 0..4)).prop_map(
        |(module, is_async, owner, parameter, body)| FunctionGenes { module, is_async, owner, parameter, body },
    )
}

fn gene() -> impl Strategy<Value = Gene> {
    let leaf = (any::<u8>(), any::<[u8; 4]>()).prop_map(|(kind, picks)| Gene { kind, picks, inner: [vec![], vec![]] });
    leaf.prop_recursive(2, 8, 3, |inner| {
        (any::<u8>(), any::<[u8; 4]>(), vec(inner.clone(), 0..3), vec(inner, 0..3))
            .prop_map(|(kind, picks, then, otherwise)| Gene { kind, picks, inner: [then, otherwise] })
    })
}

fn pick<T: Copy>(of: &[T], gene: u8) -> Option<T> {
    (!of.is_empty()).then(|| of[usize::from(gene) % of.len()])
}

struct Decoder {
    program: Program,
    sites: usize,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    function: usize,
}

impl Decoder {
    /// Everything but the bodies: a statement may refer to any of it.
    fn new(modules: usize, classes: &[[u8; 3]], functions: &[FunctionGenes]) -> Self {
        let mut program = Program { language: Language::Python, modules, functions: Vec::new(), classes: Vec::new() };
        for &[module, base, part] in classes {
            let earlier: Vec<usize> = (0..program.classes.len()).collect();
            let base = pick(&earlier, base).filter(|_| base % 2 == 1);
            // What a base holds is enough for those below it.
            let part =
                pick(&earlier, part / 4).filter(|_| part % 4 > 1 && base.is_none()).map(|it| (it, part % 4 == 3));
            // A base and a part are needed while a module is imported: they come from an earlier one.
            let needed = base.into_iter().chain(part.map(|it| it.0));
            let lowest = needed.map(|it| program.classes[it].module).max().unwrap_or(0);
            let module = lowest + usize::from(module) % (modules - lowest);
            program.classes.push(Class { module, base, part });
        }
        for genes in functions {
            let class = pick(&(0..program.classes.len()).collect::<Vec<_>>(), genes.owner.0);
            let member = pick(&Member::ALL, genes.owner.1 / 2);
            let owner =
                class.zip(member).filter(|it| genes.owner.1 % 3 != 0 && program.own_member(it.0, it.1).is_none());
            let is_async = genes.is_async && matches!(owner, None | Some((_, Member::Method(_))));
            let parameter = match genes.parameter % 8 {
                _ if owner.is_some() => None,
                1 => Some(Parameter::Callable),
                2 => Some(Parameter::Flag {
                    default: pick(&[None, Some(true), Some(false)], genes.parameter / 8).flatten(),
                }),
                3 | 4 => class.map(|class| Parameter::Object { class, annotated: genes.parameter % 8 == 3 }),
                _ => None,
            };
            let module = usize::from(genes.module) % modules;
            program.functions.push(Function { module, is_async, owner, parameter, body: Vec::new() });
        }
        agree_on_color(&mut program);
        Self { program, sites: 0 }
    }

    fn finish(mut self, functions: &[FunctionGenes]) -> Program {
        for (function, genes) in functions.iter().enumerate() {
            self.program.functions[function].body = self.body(&genes.body, Place { function });
        }
        self.program
    }

    fn body(&mut self, genes: &[Gene], place: Place) -> Vec<Statement> {
        genes.iter().map(|it| self.statement(it, place)).collect()
    }

    fn statement(&mut self, gene: &Gene, place: Place) -> Statement {
        let statement = match gene.kind % 20 {
            0 => Some(Statement::Nothing),
            1..=4 => Some(self.block(gene)),
            5..=7 => self.call(gene, place),
            8..=10 => self.use_member(gene, place),
            11 => (self.parameter(place) == Some(Parameter::Callable)).then_some(Statement::CallParameter),
            12 => self.hand_off(gene, place),
            13 => self.call_soon(gene, place),
            14 => self.task(gene, place),
            15..=17 => Some(self.branch(gene, place)),
            18 => Some(self.guard(gene, place)),
            _ => Some(Statement::Return),
        };
        statement.unwrap_or(Statement::Nothing)
    }

    fn block(&mut self, gene: &Gene) -> Statement {
        self.sites += 1;
        let primitive = pick(&Primitive::ALL, gene.picks[0]).expect("there are some");
        Statement::Block { site: self.sites, primitive, shape: Shape(gene.picks[1]) }
    }

    fn parameter(&self, place: Place) -> Option<Parameter> {
        self.program.functions[place.function].parameter
    }

    /// Free functions that a statement may call.
    fn free(&self, is_async: bool) -> Vec<usize> {
        let all = self.program.functions.iter().enumerate();
        all.filter(|(_, it)| it.owner.is_none() && (!it.is_async || is_async)).map(|it| it.0).collect()
    }

    fn is_async(&self, place: Place) -> bool {
        self.program.functions[place.function].is_async
    }

    fn call(&self, gene: &Gene, place: Place) -> Option<Statement> {
        let [which, spelling, value, shape] = gene.picks;
        let function = pick(&self.free(self.is_async(place)), which)?;
        let (argument, mut lowest) = match self.program.functions[function].parameter {
            None => (None, usize::MAX),
            Some(parameter) => self.argument(parameter, value, spelling, place)?,
        };
        // A callable must lie above whoever runs it.
        if matches!(argument, Some(Argument::Callable(_))) && lowest <= function {
            lowest = 0;
        }
        let call = Statement::Call { function, argument, spelling: Spelling(spelling), shape: Shape(shape) };
        Some(bounded(call, function.min(lowest), place))
    }

    /// What is passed, and the lowest function that making it or running it leads to.
    fn argument(
        &self,
        parameter: Parameter,
        value: u8,
        spelling: u8,
        place: Place,
    ) -> Option<(Option<Argument>, usize)> {
        let own = self.parameter(place);
        let spelling = Spelling(spelling / 2);
        Some(match parameter {
            Parameter::Callable if own == Some(Parameter::Callable) && value.is_multiple_of(3) => {
                (Some(Argument::Own), 0)
            }
            Parameter::Callable => {
                let (callable, lowest) = self.callable(value, spelling)?;
                (Some(Argument::Callable(callable)), lowest)
            }
            Parameter::Flag { default } => {
                let argument = match (value % 4, own) {
                    (3, Some(Parameter::Flag { .. })) => Argument::Own,
                    (2, _) if default.is_some() => Argument::Default,
                    (other, _) => Argument::Flag(other % 2 == 0),
                };
                (Some(argument), usize::MAX)
            }
            Parameter::Object { class, .. } => {
                let family = self.program.family(class);
                match own {
                    Some(Parameter::Object { class: own, .. }) if family.contains(&own) && value.is_multiple_of(3) => {
                        (Some(Argument::Own), 0)
                    }
                    _ => {
                        let class = pick(&family, value / 3)?;
                        (Some(Argument::Object { class, spelling }), self.lowest_of_making(class))
                    }
                }
            }
        })
    }

    /// A function without parameters, and the lowest function that making it or running it leads to.
    fn callable(&self, value: u8, spelling: Spelling) -> Option<(Callable, usize)> {
        let plain = |&it: &usize| self.program.functions[it].parameter.is_none();
        let plain: Vec<usize> = self.free(false).into_iter().filter(plain).collect();
        let class = pick(&(0..self.program.classes.len()).collect::<Vec<_>>(), value / 4);
        if let Some(class) = class.filter(|_| value % 4 == 3) {
            let method = self.methods(class, false).into_iter().find(|it| matches!(it, Member::Method(_)))?;
            let lowest = self.lowest_of(class, method).min(self.lowest_of_making(class));
            return Some((Callable::Bound { class, member: method, spelling }, lowest));
        }
        let function = pick(&plain, value / 4)?;
        let callable = match value % 4 {
            0 => Callable::Named { function, spelling },
            1 => Callable::Closure { function, spelling },
            _ => Callable::Partial { function, spelling },
        };
        Some((callable, function))
    }

    /// The members that an instance has, and that a function of this color can run.
    fn methods(&self, class: usize, is_async: bool) -> Vec<Member> {
        let runs = |it: &Member| {
            let function = self.program.member(class, *it);
            *it != Member::Init
                && *it != Member::Drop
                && function.is_some_and(|it| is_async || !self.program.functions[it].is_async)
        };
        Member::ALL.into_iter().filter(runs).collect()
    }

    /// The lowest function that this member of the class, of one above or of one below may be.
    fn lowest_of(&self, class: usize, member: Member) -> usize {
        let root = self.program.ancestry(class).last().unwrap_or(class);
        let members = match member {
            Member::Enter | Member::Exit => vec![Member::Enter, Member::Exit],
            other => vec![other],
        };
        let all = self
            .program
            .family(root)
            .into_iter()
            .flat_map(|class| members.iter().filter_map(move |&member| self.program.own_member(class, member)));
        all.min().unwrap_or(usize::MAX)
    }

    fn lowest_of_making(&self, class: usize) -> usize {
        let own = self.lowest_of(class, Member::Init).min(self.lowest_of(class, Member::Drop));
        own.min(self.program.part(class).map_or(usize::MAX, |it| self.lowest_of_making(it.0)))
    }

    fn use_member(&self, gene: &Gene, place: Place) -> Option<Statement> {
        let [which, how, spelling, member] = gene.picks;
        let owner = self.program.functions[place.function].owner.map(|it| it.0);
        let spelling = Spelling(spelling);
        let any = pick(&(0..self.program.classes.len()).collect::<Vec<_>>(), which)?;
        let (receiver, class) = match (how % 8, owner, self.parameter(place)) {
            (0, Some(owner), _) => (Receiver::Itself, owner),
            (1, Some(owner), _) => (Receiver::Part, self.program.part(owner)?.0),
            (0 | 1, None, Some(Parameter::Object { class, .. })) => (Receiver::Parameter, class),
            (2 | 3, ..) => (Receiver::Local { class: any, spelling }, any),
            (4, ..) if self.program.is_plain(any) => (Receiver::Global { class: any, spelling }, any),
            (5 | 6, ..) => (Receiver::Made { class: any, spelling, annotated: how % 8 == 5 }, any),
            _ => (Receiver::New { class: any, spelling }, any),
        };
        let member = pick(&self.methods(class, self.is_async(place)), member)?;
        let mut lowest = self.lowest_of(class, member);
        if !matches!(receiver, Receiver::Itself | Receiver::Part | Receiver::Parameter) {
            lowest = lowest.min(self.lowest_of_making(class));
        }
        Some(bounded(Statement::Use { receiver, member, shape: Shape(how / 8 * 2) }, lowest, place))
    }

    fn hand_off(&self, gene: &Gene, place: Place) -> Option<Statement> {
        let ways: &[HandOff] = if self.is_async(place) {
            &[HandOff::Await, HandOff::Executor, HandOff::Thread, HandOff::Pool]
        } else {
            &[HandOff::Thread, HandOff::Pool]
        };
        let way = pick(ways, gene.picks[0])?;
        let (callable, lowest) = match self.parameter(place) {
            Some(Parameter::Callable) if gene.picks[1].is_multiple_of(2) => (Callable::Own, usize::MAX),
            _ => self.callable(gene.picks[1], Spelling(gene.picks[2]))?,
        };
        Some(bounded(Statement::HandOff { way, callable }, lowest, place))
    }

    fn call_soon(&self, gene: &Gene, place: Place) -> Option<Statement> {
        let (callable, lowest) = self.callable(gene.picks[0], Spelling(gene.picks[1]))?;
        let statement = Statement::CallSoon { callable };
        self.is_async(place).then(|| bounded(statement, lowest, place))
    }

    fn task(&self, gene: &Gene, place: Place) -> Option<Statement> {
        let starts = |&it: &usize| {
            let function = &self.program.functions[it];
            function.is_async && function.parameter.is_none()
        };
        let all: Vec<usize> = self.free(self.is_async(place)).into_iter().filter(starts).collect();
        let function = pick(&all, gene.picks[0])?;
        let task = Statement::Task { function, spelling: Spelling(gene.picks[1]) };
        Some(bounded(task, function, place))
    }

    fn branch(&mut self, gene: &Gene, place: Place) -> Statement {
        let flag = matches!(self.parameter(place), Some(Parameter::Flag { .. }));
        let test = match gene.picks[0] % 4 {
            0 | 1 if flag => Test::Flag { holds: gene.picks[0].is_multiple_of(4) },
            0 => Test::Literal(gene.picks[1].is_multiple_of(2)),
            _ => Test::Unknown,
        };
        let then = self.body(&gene.inner[0], place);
        let otherwise = self.body(&gene.inner[1], place);
        Statement::If { test, then, otherwise }
    }

    fn guard(&mut self, gene: &Gene, place: Place) -> Statement {
        let on_loop = self.body(&gene.inner[0], place);
        let elsewhere = self.body(&gene.inner[1], place);
        Statement::Guard { way: gene.picks[0], on_loop, elsewhere }
    }
}

/// What leads to a function at or below this one may lead back here.
fn bounded(statement: Statement, lowest: usize, place: Place) -> Statement {
    if lowest > place.function {
        return statement;
    }
    Statement::If { test: Test::Unknown, then: vec![statement], otherwise: Vec::new() }
}

/// A method and those that override it are all asynchronous or none is.
fn agree_on_color(program: &mut Program) {
    for at in 0..program.functions.len() {
        let Some((class, member)) = program.functions[at].owner else { continue };
        let root = program.ancestry(class).last().unwrap_or(class);
        let family = program.family(root);
        let first = family.into_iter().filter_map(|it| program.own_member(it, member)).min();
        if let Some(first) = first {
            program.functions[at].is_async = program.functions[first].is_async;
        }
    }
}
