//! Which trigger runs a trait's method, by the trait's name, and which methods consume their receiver. What their code does is
//! not known here.

use blocklint_ir::{MemberKind, Operator};
use proc_macro2::Ident;
use rustc_hash::FxHashSet;
use syn::{ImplItem, Item, ReceiverKind, Signature, TraitItem};

/// The methods among the items that take `self` by value wherever they are defined.
pub(crate) fn consuming(items: &[Item]) -> FxHashSet<String> {
    let mut by_value = FxHashSet::default();
    let mut by_reference = FxHashSet::default();
    methods(items, &mut |signature| {
        if let Some(syn::FnArg::Receiver(receiver)) = signature.inputs.first() {
            let value = matches!(receiver.kind, ReceiverKind::Value);
            let methods = if value { &mut by_value } else { &mut by_reference };
            methods.insert(signature.ident.to_string());
        }
    });
    by_value.retain(|it| !by_reference.contains(it));
    by_value
}

fn methods(items: &[Item], see: &mut impl FnMut(&Signature)) {
    for item in items {
        match item {
            Item::Impl(it) => {
                let members = it.items.iter();
                members.for_each(|it| {
                    if let ImplItem::Fn(it) = it {
                        see(&it.sig);
                    }
                });
            }
            Item::Trait(it) => {
                let members = it.items.iter();
                members.for_each(|it| {
                    if let TraitItem::Fn(it) = it {
                        see(&it.sig);
                    }
                });
            }
            Item::Mod(it) => methods(it.content.as_ref().map_or(&[], |it| &it.1), see),
            _ => {}
        }
    }
}

/// How a member of an implementation of `of` (or of the trait `of` itself) is reached.
pub(crate) fn member_kind(of: Option<&Ident>, member: &str, receives: bool) -> MemberKind {
    let named = if receives { MemberKind::Method } else { MemberKind::Static };
    let Some(of) = of else { return named };
    let of = of.to_string();
    match (of.as_str(), member) {
        ("Deref", "deref") | ("DerefMut", "deref_mut") | ("AsRef", "as_ref") | ("Borrow", "borrow") => {
            MemberKind::Deref
        }
        ("Drop", "drop") => MemberKind::Finalize,
        (
            "Display" | "Debug" | "LowerHex" | "UpperHex" | "Binary" | "Octal" | "LowerExp" | "UpperExp" | "Pointer",
            "fmt",
        ) => MemberKind::Format,
        ("Index", "index") => MemberKind::Index,
        ("IndexMut", "index_mut") => MemberKind::IndexSet,
        ("Hash", "hash") => MemberKind::Hash,
        ("Iterator", "next") => MemberKind::Next,
        ("IntoIterator", "into_iter") => MemberKind::Iterate,
        ("From", "from")
        | ("Into", "into")
        | ("TryFrom", "try_from")
        | ("TryInto", "try_into")
        | ("Default", "default")
        | ("Clone", "clone")
        | ("FromStr", "from_str")
        | ("ToString", "to_string") => MemberKind::Convert,
        ("IntoFuture", "into_future") => MemberKind::Await,
        ("Future", "poll")
        | ("Stream" | "AsyncIterator", "poll_next")
        | ("Service", "call" | "poll_ready")
        | ("Sink", "poll_ready" | "start_send" | "poll_flush" | "poll_close") => MemberKind::Poll,
        ("AsyncRead" | "AsyncWrite" | "AsyncBufRead" | "AsyncSeek" | "Body", _) if member.starts_with("poll_") => {
            MemberKind::Poll
        }
        ("PartialEq", "eq" | "ne") => MemberKind::Operator(Operator::Equal),
        ("PartialOrd", "partial_cmp" | "lt" | "le" | "gt" | "ge") | ("Ord", "cmp") => {
            MemberKind::Operator(Operator::Order)
        }
        (of, member) => arithmetic(of, member).map_or(named, MemberKind::Operator),
    }
}

fn arithmetic(of: &str, member: &str) -> Option<Operator> {
    let operator = match of.strip_suffix("Assign").unwrap_or(of) {
        "Add" => Operator::Add,
        "Sub" => Operator::Sub,
        "Mul" => Operator::Mul,
        "Div" => Operator::Div,
        "Rem" => Operator::Rem,
        "Shl" => Operator::Shl,
        "Shr" => Operator::Shr,
        "BitAnd" => Operator::BitAnd,
        "BitOr" => Operator::BitOr,
        "BitXor" => Operator::BitXor,
        "Neg" => Operator::Neg,
        "Not" => Operator::Invert,
        _ => return None,
    };
    let expected = of.to_lowercase();
    (member.replace('_', "") == expected).then_some(operator)
}
