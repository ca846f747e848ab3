//! Imports: each runs where it stands and binds a name.

use crate::bind::Bound;
use crate::lower::Lowerer;
use crate::parse::span;
use blocklint_ir::item::Anchor;
use blocklint_ir::{Glob, Import, Name, Span, ValueId, ValueKind};
use ruff_python_ast::{StmtImport, StmtImportFrom};

impl Lowerer {
    pub(crate) fn import(&mut self, stmt: &StmtImport) {
        for alias in &stmt.names {
            let at = span(alias.range);
            let path = Import::new(Anchor::Absolute, self.segments(alias.name.as_str()));
            let Some(&first) = path.segments.first() else { continue };
            let (name, bound) = match &alias.asname {
                Some(name) => (self.name(name.as_str()), path.clone()),
                None => (first, Import::new(Anchor::Absolute, [first])),
            };
            let binds = (bound != path).then(|| bound.clone());
            let value = self.run_import(path, binds, at);
            self.bind(name, Bound::Import(bound), value, at);
        }
    }

    pub(crate) fn import_from(&mut self, stmt: &StmtImportFrom) {
        let anchor = if stmt.level == 0 { Anchor::Absolute } else { Anchor::Dots(stmt.level) };
        let module = match &stmt.module {
            Some(module) => self.segments(module.as_str()),
            None => Vec::new(),
        };
        for alias in &stmt.names {
            let at = span(alias.range);
            if alias.name.as_str() == "*" {
                let path = Import::new(anchor, module.clone());
                self.run_import(path.clone(), None, at);
                let scope = self.frame.builder.function.scope;
                self.module.scopes[scope.index()].globs.push(Glob { path, span: at });
                continue;
            }
            let mut segments = module.clone();
            segments.push(self.name(alias.name.as_str()));
            let path = Import::new(anchor, segments);
            let name = self.name(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
            let value = self.run_import(path.clone(), None, at);
            self.bind(name, Bound::Import(path), value, at);
        }
    }

    fn run_import(&mut self, path: Import, binds: Option<Import>, at: Span) -> Option<ValueId> {
        let (path, binds) = (Box::new(path), binds.map(Box::new));
        (!self.typing_only).then(|| self.push(ValueKind::Import { path, binds }, at))
    }

    fn segments(&mut self, dotted: &str) -> Vec<Name> {
        dotted.split('.').filter(|it| !it.is_empty()).map(|it| self.name(it)).collect()
    }
}
