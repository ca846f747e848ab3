//! Comprehensions and generator expressions: loops in the function around them, with variables of their own.

use crate::lower::Lowerer;
use crate::parse::span_of;
use blocklint_ir::{Name, RegionKind, Span, ValueId, ValueKind};
use ruff_python_ast::{Comprehension, Expr};

impl Lowerer {
    /// What a comprehension collects. A generator expression is treated as if it were consumed where it stands,
    /// as it nearly always is.
    pub(crate) fn comprehension(&mut self, elements: &[&Expr], generators: &[Comprehension], span: Span) -> ValueId {
        let mut variables = Vec::new();
        for generator in generators {
            self.targets(&generator.target, &mut variables);
        }
        let region = self.frame.builder.region();
        let first = generators.first().map(|it| self.expr(&it.iter));
        let shadowed = self.shadow(&variables);
        let (mut loops, mut learnt) = (0, Vec::new());
        for (index, generator) in generators.iter().enumerate() {
            let iter = match first {
                Some(first) if index == 0 => first,
                _ => self.expr(&generator.iter),
            };
            self.frame.builder.enter(RegionKind::Loop);
            self.frame.builder.begin_loop();
            loops += 1;
            let each = if generator.is_async { ValueKind::EachAsync(iter) } else { ValueKind::Each(iter) };
            let each = self.push(each, span_of(&generator.iter));
            self.assign(&generator.target, each);
            for condition in &generator.ifs {
                let test = self.test(condition);
                self.frame.builder.enter(RegionKind::When { test, holds: true });
                learnt.extend(self.learn(condition, true));
            }
        }
        let collected: Vec<ValueId> = elements.iter().map(|it| self.expr(it)).collect();
        self.unlearn(&learnt);
        for _ in 0..loops {
            self.frame.builder.end_loop(false);
        }
        self.frame.builder.set_region(region);
        self.unshadow(&variables, &shadowed);
        if let [key, value] = *collected {
            return self.push(ValueKind::Mapping(Box::new([key, value])), span);
        }
        self.push(ValueKind::Sequence(collected.into()), span)
    }

    fn shadow(&mut self, variables: &[Name]) -> Vec<Option<ValueId>> {
        let builder = &mut self.frame.builder;
        let before = variables
            .iter()
            .map(|&it| {
                let value = builder.read(it);
                builder.forget(it);
                value
            })
            .collect();
        self.frame.comprehension.extend(variables);
        before
    }

    fn unshadow(&mut self, variables: &[Name], before: &[Option<ValueId>]) {
        self.frame.comprehension.truncate(self.frame.comprehension.len() - variables.len());
        for (&variable, before) in variables.iter().zip(before) {
            match *before {
                Some(value) => self.frame.builder.refine(variable, value),
                None => self.frame.builder.forget(variable),
            }
        }
    }

    fn targets(&mut self, target: &Expr, out: &mut Vec<Name>) {
        match target {
            Expr::Name(it) => out.push(self.name(it.id.as_str())),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.targets(it, out)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.targets(it, out)),
            Expr::Starred(it) => self.targets(&it.value, out),
            _ => {}
        }
    }
}
