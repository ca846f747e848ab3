//! What linking needs of one file: its module and what can be said of each function without looking at any other.
//!
//! A summary depends on the file's text and the tool's version only, never on rules or configuration.

use crate::finding::FileError;
use blocklint_ir::{Function, FunctionId, Module, RegionId, SyntaxError, ValueId, ValueKind};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One file, ready to be linked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSummary {
    /// The path as it was given.
    pub path: Arc<str>,
    /// The file's size.
    pub bytes: usize,
    /// What it contains.
    pub module: Module,
    /// By function id: what its own body decides.
    pub facts: Vec<BodyFacts>,
}

/// What a function's own body decides.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BodyFacts {
    /// Values that are awaited.
    #[serde(serialize_with = "in_order")]
    pub awaited: FxHashSet<ValueId>,
    /// Awaits, in order, with their regions.
    pub awaits: Vec<(ValueId, RegionId)>,
}

/// The same bytes for the same facts, however they were come by.
fn in_order<S: Serializer>(set: &FxHashSet<ValueId>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(set.iter().collect::<BTreeSet<_>>())
}

/// Summarizes one module. `path` is how findings will name the file, `bytes` its size.
pub fn summarize(path: &str, bytes: usize, mut module: Module) -> FileSummary {
    module.shrink_to_fit();
    let facts = module.functions.iter().map(body_facts).collect();
    FileSummary { path: path.into(), bytes, module, facts }
}

fn body_facts(function: &Function) -> BodyFacts {
    let mut facts = BodyFacts::default();
    for (index, value) in function.values.iter().enumerate() {
        let (ValueKind::Await(awaited)
        | ValueKind::EachAsync(awaited)
        | ValueKind::EnterAsync(awaited)
        | ValueKind::ExitAsync(awaited)) = value.kind
        else {
            continue;
        };
        facts.awaits.push((ValueId::new(index), value.region));
        mark_awaited(function, awaited, &mut facts.awaited);
    }
    facts
}

/// What is awaited through a choice or a test is awaited too.
fn mark_awaited(function: &Function, value: ValueId, awaited: &mut FxHashSet<ValueId>) {
    if !awaited.insert(value) {
        return;
    }
    match &function.value(value).kind {
        ValueKind::Choice(options) => options.iter().for_each(|&it| mark_awaited(function, it, awaited)),
        ValueKind::Narrow { of, .. } | ValueKind::Present(of) => mark_awaited(function, *of, awaited),
        _ => {}
    }
}

impl FileSummary {
    /// Where its text is not valid in the language.
    pub fn errors(&self) -> impl Iterator<Item = FileError> {
        let error =
            |it: &SyntaxError| FileError { file: self.path.clone(), span: it.span, message: it.message.clone() };
        self.module.errors.iter().map(error)
    }

    /// Whether one that was stored can be worked with: see [`Module::is_sound`]. One that [`summarize`] made is.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let functions = &self.module.functions;
        let has = |function: &Function, facts: &BodyFacts| {
            let value = |it: &ValueId| it.index() < function.values.len();
            facts.awaited.iter().all(value)
                && facts.awaits.iter().all(|(at, region)| value(at) && region.index() < function.regions.len())
        };
        self.module.is_sound()
            && functions.len() == self.facts.len()
            && functions.iter().zip(&self.facts).all(|(function, facts)| has(function, facts))
    }

    /// The function with this id.
    pub fn function(&self, id: FunctionId) -> &Function {
        self.module.function(id)
    }
}
