//! Names that every Rust file knows without a `use`, and what they stand for.

use blocklint_ir::{Module, Name};

/// `(path of the module, names in it)`.
const NAMES: [(&str, &[&str]); 22] = [
    ("std::vec", &["Vec"]),
    ("std::string", &["String", "ToString"]),
    ("std::boxed", &["Box"]),
    ("std::option", &["Option"]),
    ("std::option::Option", &["Some", "None"]),
    ("std::result", &["Result"]),
    ("std::result::Result", &["Ok", "Err"]),
    ("std::iter", &["Iterator", "IntoIterator", "Extend", "DoubleEndedIterator", "ExactSizeIterator", "FromIterator"]),
    ("std::ops", &["Drop", "Fn", "FnMut", "FnOnce", "AsyncFn", "AsyncFnMut", "AsyncFnOnce"]),
    ("std::mem", &["drop", "size_of", "align_of"]),
    ("std::clone", &["Clone"]),
    ("std::default", &["Default"]),
    ("std::convert", &["From", "Into", "TryFrom", "TryInto", "AsRef", "AsMut"]),
    ("std::borrow", &["ToOwned"]),
    ("std::marker", &["Send", "Sync", "Sized", "Copy", "Unpin"]),
    ("std::cmp", &["PartialEq", "Eq", "PartialOrd", "Ord"]),
    ("std::future", &["Future", "IntoFuture"]),
    ("std::fmt", &["Debug"]),
    ("std::hash", &["Hash"]),
    ("std::primitive", &["str", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64"]),
    ("std::primitive", &["i128", "isize", "f32", "f64"]),
    (
        "std",
        &[
            "println",
            "print",
            "eprintln",
            "eprint",
            "format",
            "write",
            "writeln",
            "vec",
            "assert",
            "assert_eq",
            "assert_ne",
            "debug_assert",
            "debug_assert_eq",
            "debug_assert_ne",
            "panic",
            "todo",
            "unimplemented",
            "unreachable",
            "dbg",
            "matches",
            "thread_local",
            "format_args",
        ],
    ),
];

/// Fills in the names that the module mentions; no others are ever looked up.
pub(crate) fn fill(module: &mut Module) {
    module.prelude.text = Some(path(module, "std::primitive::str"));
    module.prelude.sequence = Some(path(module, "std::vec::Vec"));
    module.prelude.future = Some(path(module, "std::future::Future"));
    module.prelude.handed_on = Some(path(module, "std::convert::From::from"));
    for (parent, names) in NAMES {
        for name in names {
            if module.names.get(name).is_none() {
                continue;
            }
            let bound = module.names.intern(name);
            let full = path(module, &format!("{parent}::{name}"));
            module.prelude.names.push((bound, full));
        }
    }
}

fn path(module: &mut Module, text: &str) -> Box<[Name]> {
    text.split("::").map(|it| module.names.intern(it)).collect()
}
