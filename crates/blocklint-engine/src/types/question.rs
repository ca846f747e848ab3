//! What may be asked of a program's values, apart from how the answers are found.

use super::{Path, ShapeId};
use crate::link::{FileId, Func, Sym, Ty};
use blocklint_ir::{Name, ValueId};

/// What may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    /// A value of a function.
    Value(Func, ValueId),
    /// What a function's body gives.
    Result(Func),
    /// What a value fails with.
    Failures(Func, ValueId),
    /// What a function's result fails with.
    FailuresOfResult(Func),
    /// What a field of a type holds.
    Field(Ty, Sym),
    /// What subclasses say that an attribute of a class is which it leaves open.
    Provided(Ty, Sym),
    /// Likewise of an attribute of its instances, read in a file.
    MixedIn(FileId, Ty, Name),
    /// What an attribute is, read in a file, of what stands behind a pointer or a wrapper.
    Attribute(FileId, ShapeId, Name),
    /// What a module's variable holds: its file, scope and index.
    Variable(u32, u32, u32),
    /// What call sites pass for a parameter.
    Passed(Func, u16),
    /// What objects are given from outside.
    Given(Holder, Place),
    /// What was cut short may be whole when it is asked for the first time in the next round.
    CutShort,
}

/// Who has the place: objects of one type share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    /// Objects of a type of the program.
    Type(Ty),
    /// Objects of a library's type.
    Library(Path),
    /// What one call makes: an open shape.
    Made(ShapeId),
}

/// Which place of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// `object.name`
    Attribute(Sym),
    /// `object["name"]`
    Entry(Sym),
    /// In the container at `object.name`.
    Kept(Sym),
    /// In the object itself.
    Inside,
    /// What makes `object.name` on its first use.
    Initialiser(Sym),
}
