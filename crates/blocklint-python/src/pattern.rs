//! `match`: cases, their captures, and what a class pattern says about the subject.

use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::item::Anchor;
use blocklint_ir::{Import, Literal, Operator, RegionKind, ValueId, ValueKind};
use ruff_python_ast::{Expr, Pattern, PatternMatchClass, Singleton, StmtMatch};

/// Behind more cases than this it is not told that they did not match: a table is as deep as it is long then.
const MAX_MISSED: usize = 32;

impl Lowerer {
    pub(crate) fn match_cases(&mut self, stmt: &StmtMatch) {
        let subject = self.expr(&stmt.subject);
        let region = self.frame.builder.region();
        let mut ends = Vec::new();
        let (mut exhausted, mut missed) = (false, 0);
        for case in &stmt.cases {
            let before = self.frame.builder.save();
            let equals = self.equals(&case.pattern, subject);
            let matches = match equals {
                Some(test) => RegionKind::When { test, holds: true },
                None => RegionKind::Match { subject, holds: true, variant: self.variant(&case.pattern) },
            };
            let around = self.frame.builder.region();
            self.frame.builder.enter(matches);
            self.narrow_subject(&stmt.subject, &case.pattern);
            self.capture(&case.pattern, subject);
            if let Some(guard) = &case.guard {
                let test = self.test(guard);
                self.frame.builder.enter(RegionKind::When { test, holds: true });
                self.learn(guard, true);
            }
            self.block(&case.body);
            ends.push(self.frame.builder.take());
            self.frame.builder.set_region(around);
            self.frame.builder.restore(before);
            missed += 1;
            if let Some(test) = equals.filter(|_| case.guard.is_none() && missed <= MAX_MISSED) {
                self.frame.builder.enter(RegionKind::When { test, holds: false });
            }
            exhausted |= case.guard.is_none() && case.pattern.is_irrefutable();
        }
        if !exhausted {
            ends.push(self.frame.builder.take());
        }
        self.frame.builder.set_region(region);
        self.frame.builder.join(ends);
    }

    /// The test that a pattern is which only compares with what is written: `case "now" | "soon":`.
    fn equals(&mut self, pattern: &Pattern, subject: ValueId) -> Option<ValueId> {
        let at = span_of(pattern);
        match pattern {
            Pattern::MatchValue(it) => {
                let value = self.expr(&it.value);
                Some(self.operator(Operator::Equal, &[subject, value], at))
            }
            Pattern::MatchSingleton(it) => Some(match it.value {
                Singleton::None => self.operator(Operator::IsNone, &[subject], at),
                Singleton::True | Singleton::False => {
                    let literal = Literal::Bool(it.value == Singleton::True);
                    let value = self.push(ValueKind::Literal(literal), at);
                    self.operator(Operator::Identity, &[subject, value], at)
                }
            }),
            Pattern::MatchOr(it) if it.patterns.iter().all(|it| it.is_match_value() || it.is_match_singleton()) => {
                let tests: Vec<ValueId> = it.patterns.iter().filter_map(|it| self.equals(it, subject)).collect();
                Some(self.operator(Operator::Or, &tests, at))
            }
            Pattern::MatchAs(it) => self.equals(it.pattern.as_deref()?, subject),
            _ => None,
        }
    }

    /// The path of a pattern that names a single class.
    fn variant(&mut self, pattern: &Pattern) -> Option<Import> {
        let path = match pattern {
            Pattern::MatchClass(it) => &it.cls,
            Pattern::MatchAs(it) => return self.variant(it.pattern.as_deref()?),
            _ => return None,
        };
        Some(Import::new(Anchor::Lexical, self.dotted(path)?))
    }

    fn narrow_subject(&mut self, subject: &Expr, pattern: &Pattern) {
        let class = match pattern {
            Pattern::MatchClass(it) => &it.cls,
            Pattern::MatchAs(it) => match it.pattern.as_deref() {
                Some(Pattern::MatchClass(it)) => &it.cls,
                _ => return,
            },
            _ => return,
        };
        let Expr::Name(name) = subject else { return };
        let name = self.name(name.id.as_str());
        if let Some(of) = self.own_variable(name) {
            let to = self.annotation(class);
            let narrowed = self.push(ValueKind::Narrow { of, to, holds: true }, span_of(pattern));
            self.frame.builder.refine(name, narrowed);
        }
    }

    /// Binds what a pattern captures of `value`.
    fn capture(&mut self, pattern: &Pattern, value: ValueId) {
        let at = span_of(pattern);
        match pattern {
            Pattern::MatchAs(it) => {
                let mut value = value;
                if let Some(inner) = &it.pattern {
                    self.capture(inner, value);
                    if let Pattern::MatchClass(class) = &**inner {
                        let to = self.annotation(&class.cls);
                        value = self.push(ValueKind::Narrow { of: value, to, holds: true }, at);
                    }
                }
                if let Some(name) = &it.name {
                    self.bind_value(name.as_str(), value, span(name.range));
                }
            }
            Pattern::MatchStar(it) => {
                if let Some(name) = &it.name {
                    self.bind_value(name.as_str(), value, span(name.range));
                }
            }
            Pattern::MatchSequence(it) => {
                let mut starred = false;
                for (index, inner) in it.patterns.iter().enumerate() {
                    starred |= inner.is_match_star();
                    let index = (!starred).then_some(index as u32);
                    let element = self.push(ValueKind::Element { base: value, index }, span_of(inner));
                    self.capture(inner, element);
                }
            }
            Pattern::MatchMapping(it) => {
                for (key, inner) in it.keys.iter().zip(&it.patterns) {
                    let index = self.expr(key);
                    let element = self.push(ValueKind::Index { base: value, index }, span_of(inner));
                    self.capture(inner, element);
                }
                if let Some(rest) = &it.rest {
                    self.bind_value(rest.as_str(), value, span(rest.range));
                }
            }
            Pattern::MatchClass(it) => self.capture_class(it, value),
            Pattern::MatchOr(it) => it.patterns.iter().for_each(|it| self.capture(it, value)),
            Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => {}
        }
    }

    fn capture_class(&mut self, pattern: &PatternMatchClass, base: ValueId) {
        let Some(segments) = self.dotted(&pattern.cls) else { return };
        let variant = Box::new(Import::new(Anchor::Lexical, segments));
        let scope = self.annotation_scope();
        for (index, inner) in pattern.arguments.patterns.iter().enumerate() {
            let field = self.name(&index.to_string());
            let variant = variant.clone();
            let payload = self.push(ValueKind::Payload { base, variant, scope, field }, span_of(inner));
            self.capture(inner, payload);
        }
        for keyword in &pattern.arguments.keywords {
            let (name, at) = (self.name(keyword.attr.as_str()), span_of(&keyword.pattern));
            let to = self.annotation(&pattern.cls);
            let base = self.push(ValueKind::Narrow { of: base, to, holds: true }, at);
            let read = self.push(ValueKind::Attribute { base, name }, at);
            self.capture(&keyword.pattern, read);
        }
    }
}
