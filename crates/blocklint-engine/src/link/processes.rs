//! What can run in one process: a program, with all packages that it is built on.

use super::{Func, Program};
use blocklint_ir::Language;
use rustc_hash::{FxHashMap, FxHashSet};

/// Which packages one program may contain.
#[derive(Debug)]
pub struct Processes {
    /// Each package with all that it is built on.
    programs: Vec<FxHashSet<usize>>,
    /// The packages that a program may contain together with one, as far as that was asked.
    beside: FxHashMap<usize, FxHashSet<usize>>,
}

impl Processes {
    /// Those of a program's manifests.
    pub fn new(program: &Program<'_>) -> Self {
        let mut by_name: FxHashMap<(Language, &str), Vec<usize>> = FxHashMap::default();
        for (index, it) in program.packages.iter().enumerate() {
            by_name.entry((it.language, &it.name)).or_default().push(index);
        }
        let below = program.packages.iter().map(|package| {
            let names = package.dependencies.iter().flat_map(|it| [&*it.name, &*it.package]);
            names.filter_map(|it| by_name.get(&(package.language, it))).flatten().copied().collect()
        });
        let below: Vec<FxHashSet<usize>> = below.collect();
        Self { programs: (0..below.len()).map(|it| built_on(&below, it)).collect(), beside: FxHashMap::default() }
    }

    /// Whether two functions may run in the same process.
    pub fn share(&mut self, program: &Program<'_>, one: Func, other: Func) -> bool {
        let (Some(one), Some(other)) = (package(program, one), package(program, other)) else { return true };
        let beside = self
            .beside
            .entry(one)
            .or_insert_with(|| self.programs.iter().filter(|it| it.contains(&one)).flatten().copied().collect());
        beside.contains(&other)
    }
}

/// A package, and all that it is built on.
fn built_on(below: &[FxHashSet<usize>], package: usize) -> FxHashSet<usize> {
    let mut found = FxHashSet::from_iter([package]);
    let mut todo = vec![package];
    while let Some(at) = todo.pop() {
        todo.extend(below[at].iter().filter(|&&it| found.insert(it)));
    }
    found
}

/// The only package that has a function's file.
fn package(program: &Program<'_>, func: Func) -> Option<usize> {
    let placement = program.file(program.file_of(func)).placement;
    placement.package.filter(|_| placement.also.is_empty())
}
