//! What stands on a line: calls, and what may run a call without being one.

use super::domains::domain_of;
use super::{Asked, Blocks, Lead, Library, Site, Verdict};
use crate::finding::{Place, Step, Via};
use crate::graph::{Exit, How, applies};
use crate::link::Func;
use crate::types::{Path, Shape};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Call, Color, Receiver, Span, ValueId, ValueKind};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::Arc;

impl Asked<'_, '_, '_> {
    /// The sites of a function that begin, or are named, on the line.
    pub(super) fn sites(&mut self, func: Func, line: Span, at: Option<u32>) -> Vec<Site> {
        let function = self.cx.types.program.function(func);
        let mut parts = FxHashSet::default();
        for value in &function.values {
            if let ValueKind::Call(call) = &value.kind {
                mark_parts(function, call.callee, &mut parts);
            }
        }
        let on_line = (0..function.values.len()).map(ValueId::new).filter(|&it| stands_on(function, it, line));
        let around = |it: &ValueId| at.is_none_or(|at| function.value(*it).span.contains(at));
        let all: Vec<ValueId> = on_line.collect();
        let mut chosen: Vec<ValueId> = all.iter().copied().filter(around).collect();
        if chosen.is_empty() {
            chosen = all;
        }
        let mut sites: Vec<Site> =
            chosen.into_iter().filter_map(|it| self.site(func, it, parts.contains(&it))).collect();
        sites.sort_by_key(|it| (it.place.span.start, it.place.span.end));
        sites
    }

    /// `part` of a longer callee: of interest only when it runs something itself.
    fn site(&mut self, func: Func, value: ValueId, part: bool) -> Option<Site> {
        let program = self.cx.types.program;
        let kind = &program.value(func, value).kind;
        let via = via_of(kind)?;
        let mut leads = self.recorded(func, value);
        let mut stopped = Vec::new();
        match kind {
            ValueKind::Call(call) => {
                self.leads_of_callee(func, value, call, &mut leads);
                if leads.is_empty() {
                    stopped = self.stopped(func, call.callee);
                }
            }
            ValueKind::Attribute { base, .. }
                if leads.is_empty() && !part && self.cx.types.of(func, *base).is_empty() =>
            {
                stopped = self.stopped(func, *base);
            }
            _ => {}
        }
        if leads.is_empty() && stopped.is_empty() {
            return None;
        }
        let (place, guard) = (self.cx.place(func, value), self.guard(func, value));
        Some(Site { place, via, awaited: self.awaited(func, value), guard, leads, stopped })
    }

    fn awaited(&self, func: Func, value: ValueId) -> bool {
        let (file, id) = self.cx.types.program.place_of(func);
        self.cx.types.program.file(file).summary.facts[id.index()].awaited.contains(&value)
    }

    /// What the call graph holds of the site.
    fn recorded(&mut self, func: Func, site: ValueId) -> Vec<Lead> {
        let graph = self.cx.graph;
        let mut leads = Vec::new();
        for edge in graph.edges[func.0 as usize].iter().filter(|it| it.site == site) {
            let How { via, accessor, confidence, .. } = edge.how;
            let below = self.below(edge.to);
            let (name, place) = (self.label(edge.to), self.definition(edge.to));
            leads.push(Lead::Function { name, place, via, accessor, confidence, below });
        }
        for &(_, target) in graph.awaits[func.0 as usize].iter().filter(|it| it.0 == site) {
            let (name, place) = (self.cx.name(target), self.definition(target));
            let findings = self.begin_in(&name, &place);
            leads.push(Lead::Coroutine { name, place, findings });
        }
        for handed in graph.handed.iter().filter(|it| it.by == func && it.site == site) {
            let (name, place) = (self.label(handed.callable), self.definition(handed.callable));
            leads.extend(domain_of(handed.runs).map(|runs| Lead::HandedOver { name, place, runs }));
        }
        for exit in graph.exits[func.0 as usize].iter().filter(|it| it.site == site) {
            let Some(blocking) = self.cx.types.paths.facts(exit.path).blocking else { continue };
            let blocks = self.blocks(func, exit, blocking, &Vec::new());
            leads.push(Lead::Library(self.library(func, exit.path, Some(blocks))));
        }
        leads
    }

    /// The codes of the findings that an asynchronous function leads to.
    fn begin_in(&self, name: &str, place: &Place) -> Vec<Cow<'static, str>> {
        let here = |it: &Step| &*it.function == name && it.place.file == place.file;
        let begins = |it: &&super::Told| {
            let chains = std::iter::once(&it.finding.chain).chain(&it.finding.other_chains);
            chains.filter_map(|it| it.first()).any(here)
        };
        let mut codes: Vec<Cow<'static, str>> =
            self.told.iter().filter(begins).map(|it| it.finding.code.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What the callee may be besides.
    fn leads_of_callee(&mut self, func: Func, site: ValueId, call: &Call, leads: &mut Vec<Lead>) {
        if let Some(name) = self.parameter(func, call.callee) {
            let asynchronous = self.cx.graph.only_asynchronous.contains(&(func, site));
            leads.push(Lead::Parameter { name, asynchronous });
        }
        let set = self.cx.types.of(func, call.callee);
        for shape in self.cx.types.shapes(set).to_vec() {
            let lead = match *self.cx.types.shape(shape) {
                Shape::External(path) => self.leaves(func, site, call, path),
                Shape::ExternalInstance(path, _) => {
                    let path = self.cx.types.paths.member(path, "__call__");
                    self.leaves(func, site, call, path)
                }
                Shape::Class { ty, .. } => {
                    let name: Arc<str> = self.cx.types.program.type_def(ty).qualname.as_str().into();
                    leads.is_empty().then_some(Lead::Type(name))
                }
                Shape::Function(target) | Shape::Method(target, _) => self.not_here(func, site, target),
                _ => None,
            };
            leads.extend(lead.filter(|it| !leads.contains(it)));
        }
    }

    fn parameter(&self, func: Func, value: ValueId) -> Option<Arc<str>> {
        let program = self.cx.types.program;
        let function = program.function(func);
        match &program.value(func, value).kind {
            ValueKind::Parameter(index) if *index > 0 || function.receiver == Receiver::None => {
                let name = function.parameters.get(*index as usize)?.name;
                Some(program.file(program.file_of(func)).summary.module.text(name).into())
            }
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.parameter(func, *of),
            _ => None,
        }
    }

    /// A library's function that was not recorded as one that blocks here.
    fn leaves(&mut self, func: Func, site: ValueId, call: &Call, path: Path) -> Option<Lead> {
        if self.cx.graph.exits[func.0 as usize].iter().any(|it| it.site == site && it.path == path) {
            return None;
        }
        let blocking = self.cx.types.paths.facts(path).blocking;
        let blocks = blocking.map(|blocking| {
            let harmless = !applies(self.cx.types, func, call, blocking);
            let exit = Exit { site, path, how: How::call(crate::finding::Confidence::Proven) };
            let verdict = if harmless { Verdict::Arguments } else { Verdict::Awaited };
            Blocks { verdict, ..self.blocks(func, &exit, blocking, &Vec::new()) }
        });
        Some(Lead::Library(self.library(func, path, blocks)))
    }

    fn library(&self, func: Func, path: Path, blocks: Option<Blocks>) -> Library {
        let program = self.cx.types.program;
        let module = &program.file(program.file_of(func)).summary.module;
        let fallback = module.prelude.fallback.as_deref().unwrap_or_default();
        let fallback: Vec<&str> = fallback.iter().map(|&it| module.text(it)).collect();
        let rest =
            self.cx.types.paths.dotted(path).strip_prefix(&fallback.join(".")).and_then(|it| it.strip_prefix('.'));
        let facts = self.cx.types.paths.facts(path);
        let known = *facts != Facts::default();
        let unbound = rest.filter(|_| !known && !fallback.is_empty());
        Library {
            path: unbound.unwrap_or_else(|| self.cx.types.paths.shown(path)).to_owned(),
            bound: unbound.is_none(),
            known,
            source: facts.blocking.map(|it| it.source.clone()).filter(|it| !it.is_empty()),
            blocks,
        }
    }

    /// A function of the sources that calling does not run, or not here.
    fn not_here(&mut self, func: Func, site: ValueId, target: Func) -> Option<Lead> {
        let graph = self.cx.graph;
        let runs = graph.edges[func.0 as usize].iter().any(|it| it.site == site && it.to == target)
            || graph.awaits[func.0 as usize].contains(&(site, target))
            || graph.exits[func.0 as usize].iter().any(|it| it.site == site);
        if runs {
            return None;
        }
        let why = match (self.cx.types.program.function(target).color, self.cx.types.decoration(target)) {
            (Color::Generator, _) => "a generator: its body runs where it is iterated",
            (_, Some(Decorates::Offloads)) => "its decorator runs it on another thread",
            (_, Some(Decorates::ContextManager)) => "a context manager: its body runs where it is entered",
            _ => "another candidate is asynchronous, and the call is awaited",
        };
        Some(Lead::NotHere { name: self.label(target), place: self.definition(target), why })
    }
}

/// What a callee is read from.
fn mark_parts(function: &blocklint_ir::Function, value: ValueId, parts: &mut FxHashSet<ValueId>) {
    if let ValueKind::Attribute { base, .. } = function.value(value).kind
        && parts.insert(value)
    {
        mark_parts(function, base, parts);
    }
}

/// A chain of calls over several lines begins on the first: what is called on this line belongs to it too.
fn stands_on(function: &blocklint_ir::Function, value: ValueId, line: Span) -> bool {
    let value = function.value(value);
    let named = match &value.kind {
        ValueKind::Call(call) => line.contains(call.name_span.end.saturating_sub(1)),
        _ => false,
    };
    named || line.contains(value.span.start)
}

/// How a value may run code.
fn via_of(kind: &ValueKind) -> Option<Via> {
    Some(match kind {
        ValueKind::Call(_) => Via::Call,
        ValueKind::Attribute { .. } | ValueKind::Store { .. } | ValueKind::Deref(_) => Via::Attribute,
        ValueKind::Index { .. } | ValueKind::StoreIndex { .. } | ValueKind::Operator { .. } | ValueKind::Truth(_) => {
            Via::Operator
        }
        ValueKind::Each(_) => Via::Iterate,
        ValueKind::Enter(_) | ValueKind::Exit(_) => Via::Context,
        ValueKind::Format(_) => Via::Format,
        ValueKind::Drop(_) => Via::Finalize,
        ValueKind::Import { .. } => Via::Import,
        _ => return None,
    })
}
