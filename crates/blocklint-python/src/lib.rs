//! Lowers Python sources to blocklint's intermediate representation.
//!
//! One text becomes one [`Module`]; broken text yields fewer facts and entries in [`Module::errors`], never a panic.
//! It knows no rule and no library beyond what the language itself gives a meaning (`property`, `isinstance`, `typing`).

mod alias;
mod annotation;
mod assign;
mod bind;
mod call;
mod class;
mod collection;
mod comprehension;
mod control;
mod directive;
mod exports;
mod expr;
mod facts;
mod function;
mod import;
mod lower;
mod manifest;
mod member;
mod nesting;
mod operator;
mod packages;
mod parse;
mod pattern;
mod place;
mod setup_cfg;
mod stmt;
mod symbols;
mod try_with;

#[cfg(test)]
mod tests;

pub use packages::packages;
pub use place::place;

use blocklint_ir::Module;

/// How deep a text nests: an upper bound, within a small factor, of the depth of its syntax tree. Far beyond what people write,
/// [`lower`] refuses a text for it.
pub fn nesting(text: &str) -> usize {
    nesting::depth(text)
}

/// Lowers one file. `path` decides whether it is a stub (`.pyi`) or a test; the rest is the text's own.
pub fn lower(path: &str, text: &str) -> Module {
    parse::with_source(path, text, |source| lower::module(path, text, &source))
}
