//! What a class of the program has from a library's class.

/// What classes inherit from a library's that says what kind of class they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inherits {
    /// No member that is asked for by name: `object`, `ABC`, `Generic`.
    Nothing,
    /// Their attributes are the members of an enumeration, each equal to itself alone: `Enum`.
    Members,
    /// Likewise, and each is as good as its value: `IntEnum`, `StrEnum`.
    Values,
    /// Their fields are what an object of them holds in turn: `NamedTuple`.
    Items,
}
