//! The manifests of setuptools' past: `setup.cfg`, and the literal arguments of `setup(…)` in `setup.py`, which is never run.

use crate::manifest::{Manifest, entry_point};
use crate::parse;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall};

/// Reads a `setup.cfg`.
pub(crate) fn cfg(text: &str) -> Manifest {
    let mut manifest = Manifest::default();
    let (mut section, mut key) = ("", "");
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = trimmed.strip_prefix('[') {
            section = name.trim_end_matches(']').trim();
            key = "";
        } else if line.starts_with([' ', '\t']) {
            entry(&mut manifest, section, key, trimmed);
        } else if let Some((name, value)) = trimmed.split_once(['=', ':']) {
            key = name.trim();
            entry(&mut manifest, section, key, value.trim());
        }
    }
    manifest
}

fn entry(manifest: &mut Manifest, section: &str, key: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    match (section, key) {
        ("metadata", "name") => {
            manifest.name = Some(value.to_owned());
            manifest.describes = true;
        }
        ("metadata", "version") if !value.starts_with(['a', 'f']) => manifest.version = Some(value.to_owned()),
        ("options", "package_dir") => {
            let root = value.split_once('=').filter(|it| it.0.trim().is_empty());
            manifest.roots.extend(root.map(|it| it.1.trim().to_owned()));
        }
        ("options", "install_requires") => manifest.dependencies.push(value.to_owned()),
        ("options.entry_points", group) => {
            manifest.entry_points.extend(value.split_once('=').map(|it| entry_point(group, it.1)));
        }
        ("options.packages.find", "where") => manifest.roots.push(value.to_owned()),
        _ => {}
    }
}

/// Reads a `setup.py`.
pub(crate) fn script(text: &str) -> Manifest {
    parse::with_source("setup.py", text, |source| {
        let mut search = SetupSearch { manifest: Manifest::default() };
        search.visit_body(&source.body);
        search.manifest
    })
}

struct SetupSearch {
    manifest: Manifest,
}

impl<'a> Visitor<'a> for SetupSearch {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr
            && matches!(callee(call), Some("setup"))
        {
            self.manifest.describes = true;
            call.arguments.keywords.iter().for_each(|it| {
                if let Some(name) = &it.arg {
                    self.keyword(name.as_str(), &it.value);
                }
            });
        }
        walk_expr(self, expr);
    }
}

impl SetupSearch {
    fn keyword(&mut self, name: &str, value: &Expr) {
        match name {
            "name" => self.manifest.name = text(value),
            "version" => self.manifest.version = text(value),
            "install_requires" => {
                let items = value.as_list_expr().map(|it| it.elts.as_slice()).unwrap_or_default();
                self.manifest.dependencies.extend(items.iter().filter_map(text));
            }
            "package_dir" => {
                let items = value.as_dict_expr().map(|it| it.items.as_slice()).unwrap_or_default();
                let root = items.iter().find(|it| it.key.as_ref().and_then(text).is_some_and(|it| it.is_empty()));
                self.manifest.roots.extend(root.and_then(|it| text(&it.value)));
            }
            "packages" => {
                let Expr::Call(call) = value else { return };
                let named = call.arguments.find_keyword("where").map(|it| &it.value);
                let place = named.or_else(|| call.arguments.args.first());
                self.manifest.roots.extend(place.and_then(text));
            }
            _ => {}
        }
    }
}

fn callee(call: &ExprCall) -> Option<&str> {
    match &*call.func {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => Some(it.attr.as_str()),
        _ => None,
    }
}

fn text(expr: &Expr) -> Option<String> {
    Some(expr.as_string_literal_expr()?.value.to_str().to_owned())
}
