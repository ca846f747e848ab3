//! What is inside of a library's type.

/// How a type contains others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contains {
    /// It behaves as its first argument: `Optional`, `Annotated`, `Arc`, `Box`, `Result`.
    Itself,
    /// Iterating or subscripting gives its first argument: `list`, `Vec`.
    Elements,
    /// Iterating gives its first argument, and goes on with all others, which it draws from: `enumerate`, `zip`, `map`.
    Drawn,
    /// Subscripting gives its second argument, iterating the first: `dict`.
    Values,
    /// Subscripting gives its second argument, iterating tuples of both: `HashMap`.
    Pairs,
    /// Each of its parts is one of its arguments: `tuple`.
    Parts,
    /// Calling it gives its last argument: `Callable`.
    Result,
    /// Awaiting it gives its last argument: `Awaitable`, `Coroutine`.
    Awaited,
    /// Likewise, and what it can be asked counts too: `asyncio.Future`, `asyncio.Task`.
    Promised,
    /// Locking, reading or borrowing it gives its first argument: `Mutex`, `RwLock`, `RefCell`.
    Guarded,
    /// It says nothing of the value: `Any`.
    Anything,
}

impl Contains {
    /// Whether what it contains is kept under keys.
    pub fn is_keyed(self) -> bool {
        matches!(self, Self::Values | Self::Pairs)
    }

    /// Whether it is a container: things are put into it, and it holds them.
    pub fn is_container(self) -> bool {
        self == Self::Elements || self.is_keyed()
    }
}
