//! The rules as detectors name them. Their pages say everything else.

use blocklint_ir::Language;

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $name:literal),* $(,)?) => {
        /// A rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $variant),* }

        impl Rule {
            /// Every rule that a detector reports.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

rules! {
    /// A thread waits for what must run on itself.
    SelfWait = "BL001" "self-wait-deadlock",
    /// A second event loop is started on a loop's thread.
    NestedLoop = "BL002" "nested-event-loop",
    /// A thread's lock is held while a task waits.
    LockAcrossAwait = "BL003" "lock-held-across-await",
    /// A runtime's thread drives a future to its end.
    BlockOn = "BL004" "block-on-in-runtime",
    /// Sleeps.
    Sleep = "BL101" "blocking-sleep",
    /// Waits for another machine.
    Network = "BL102" "blocking-network",
    /// Resolves a name.
    Dns = "BL103" "blocking-dns",
    /// Waits for a database.
    Database = "BL104" "blocking-database",
    /// Waits for a process.
    Process = "BL105" "blocking-process",
    /// Waits for another thread.
    Wait = "BL106" "blocking-wait",
    /// Reads or writes files.
    File = "BL107" "blocking-file",
    /// Waits for a person.
    Stdin = "BL108" "blocking-stdin",
    /// Computes for long.
    Cpu = "BL109" "blocking-cpu",
    /// Loads code.
    Import = "BL110" "blocking-import",
    /// Loads certificates.
    Tls = "BL111" "blocking-tls-setup",
    /// An attribute access blocks.
    Accessor = "BL201" "blocking-accessor",
    /// The end of a life blocks.
    Finalizer = "BL202" "blocking-finalizer",
    /// An operator or conversion blocks.
    Operator = "BL203" "blocking-operator",
    /// A poll function blocks.
    Poll = "BL204" "blocking-poll",
    /// A credential is renewed on the loop.
    Credential = "BL301" "blocking-credential-refresh",
    /// Nobody holds the task that renews a credential.
    LostTask = "BL302" "unreferenced-refresh-task",
    /// The work runs before it is handed over.
    EagerOffload = "BL401" "eager-offload-argument",
    /// `block_in_place` on a runtime with one thread.
    InPlace = "BL402" "block-in-place-on-current-thread",
    /// A suppression that silences nothing.
    UnusedSuppression = "BL901" "unused-suppression",
    /// A suppression that does not say why.
    NoReason = "BL902" "suppression-without-reason",
}

impl Rule {
    /// The rule for driving another loop on a loop's thread, by the words that the language's users know.
    pub(super) fn runtime(language: Language) -> Self {
        let words = [(Language::Python, Self::NestedLoop), (Language::Rust, Self::BlockOn)];
        words.into_iter().find(|it| it.0 == language).map_or(Self::NestedLoop, |it| it.1)
    }
}
