//! What a call runs without naming it.

/// What a function makes its first argument's own type do: `len(x)` runs `x.__len__`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Runs {
    /// Its length.
    Length,
    /// Its truth.
    Truth,
    /// Its text.
    Format,
    /// Its hash.
    Hash,
    /// Its next element.
    Iterate,
    /// Its comparison with another.
    Equal,
    /// Its entry as a context, and its exit later.
    Enter,
    /// Its end.
    Drop,
    /// The member that makes the wanted type of it: [`Triggered::by`].
    Convert,
    /// A call of what it contains.
    Call,
    /// A call of the member that the first argument names, of what it contains.
    CallMember,
    /// Its member of a name: [`Triggered::by`].
    Member,
    /// The member of that name of what iterating it gives.
    ElementMember,
    /// Its own member of that name, and those of what it contains.
    InnerMember,
    /// Nothing by itself: it is a derive, whose member [`Triggered::by`] runs that of each field.
    Fields,
    /// Nothing by itself: it is an argument of an attribute, and the member that a derive writes calls what it names in place of the
    /// field's own.
    Named,
    /// Likewise, and what it names has a function of the member's name.
    NamedInside,
    /// Likewise, and the field's own runs too, or may.
    NamedBesides,
    /// An argument of an attribute of the type, which makes the type by its own member of the argument's name.
    OwnNamed,
}

/// Whose a trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The first argument's.
    First,
    /// That of every argument that is given without a name.
    Every,
    /// The receiver's.
    Receiver,
}

/// What a call runs that is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triggered {
    /// What.
    pub what: Runs,
    /// Whose it is.
    pub of: Subject,
    /// The member's name; for [`Runs::Convert`] one of the type that the result is wanted as. An argument of an attribute that is about
    /// every member says none.
    pub by: Option<String>,
}

/// A call by which what it is given is run whenever something is published, on the thread that publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The position of what is subscribed.
    pub argument: usize,
    /// What it is subscribed to: the name that those who publish have.
    pub to: String,
    /// The trait or class that it must have; others are not meant.
    pub implements: Option<String>,
    /// The members of it that run, and of what these give.
    pub members: Vec<String>,
}
