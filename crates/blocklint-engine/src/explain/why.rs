//! Puts together what there is to say of one line.

use super::{Asked, FunctionAnswer, Told, Why};
use crate::finding::{Finding, Place};
use crate::link::{FileId, Func};
use blocklint_ir::{Form, FunctionId, Span, ValueId};

pub(super) fn answer(asked: &mut Asked<'_, '_, '_>, file: &str, line: Span, at: Option<u32>) -> Why {
    let program = asked.cx.types.program;
    let Some(id) = program.files().find(|it| &*it.1.summary.path == file).map(|it| it.0) else { return Why::default() };
    let mut functions = Vec::new();
    for func in asked.functions_on(id, line, at) {
        functions.push(asked.function_answer(func, line, at));
    }
    // A chain of calls over several lines stands where it begins, and is asked about where a call of it is named.
    let named: Vec<Span> = functions.iter().flat_map(|it| &it.sites).map(|it| it.place.span).collect();
    let here = |place: &Place| &*place.file == file && (line.contains(place.span.start) || named.contains(&place.span));
    let passes = |it: &&Told| passes(&it.finding, here);
    Why { functions, told: asked.told.iter().filter(passes).cloned().collect() }
}

impl Asked<'_, '_, '_> {
    /// The functions that call something on the line or begin there; else the innermost one around it.
    fn functions_on(&mut self, file: FileId, line: Span, at: Option<u32>) -> Vec<Func> {
        let program = self.cx.types.program;
        let module = &program.file(file).summary.module;
        let all: Vec<Func> = (0..module.functions.len()).map(|it| program.func(file, FunctionId::new(it))).collect();
        let defined = |it: Func| {
            let function = program.function(it);
            function.form == Form::Named && line.contains(function.name_span.start)
        };
        let mut found: Vec<Func> = all.iter().copied().filter(|&it| defined(it)).collect();
        if found.is_empty() {
            found = all.into_iter().filter(|&it| !self.sites(it, line, at).is_empty()).collect();
        }
        if found.is_empty() {
            found.push(super::lookup::innermost(program, file, line.start));
        }
        found
    }

    fn function_answer(&mut self, func: Func, line: Span, at: Option<u32>) -> FunctionAnswer {
        let function = self.cx.types.program.function(func);
        let sites = self.sites(func, line, at);
        let first =
            (0..function.values.len()).map(ValueId::new).find(|&it| line.contains(function.value(it).span.start));
        let site = first.or_else(|| (!function.values.is_empty()).then(|| ValueId::new(0)));
        FunctionAnswer {
            name: self.label(func),
            place: self.definition(func),
            asynchronous: function.color.on_loop(),
            runs: self.runs(func, site),
            sites,
        }
    }
}

fn passes(finding: &Finding, here: impl Fn(&Place) -> bool) -> bool {
    let steps = finding.chain.iter().chain(finding.other_chains.iter().flatten());
    std::iter::once(&finding.place).chain(steps.map(|it| &it.place)).any(here)
}
