//! How a method is reached, by its name and decorators.

use blocklint_ir::{MemberKind, Operator, Receiver};
use ruff_python_ast::{Decorator, Expr};

/// How a method of this name with these decorators is reached.
pub(crate) fn kind(name: &str, decorators: &[Decorator]) -> MemberKind {
    let decorated: Vec<MemberKind> = decorators.iter().filter_map(|it| by_decorator(&it.expression)).collect();
    match decorated[..] {
        // `@classmethod` around `@property`: reading it of the class runs it.
        [MemberKind::ClassMethod, getter @ (MemberKind::Getter | MemberKind::CachedGetter), ..] => getter,
        [first, ..] => first,
        [] => by_name(name).unwrap_or(MemberKind::Method),
    }
}

/// What the first parameter of such a member is.
pub(crate) fn receiver(name: &str, kind: MemberKind, decorators: &[Decorator]) -> Receiver {
    match kind {
        MemberKind::Static => Receiver::None,
        MemberKind::Getter | MemberKind::CachedGetter if decorators.iter().any(|it| of_class(&it.expression)) => {
            Receiver::Type
        }
        MemberKind::ClassMethod | MemberKind::Subclass => Receiver::Type,
        MemberKind::Construct if name == "__new__" => Receiver::Type,
        _ => Receiver::Instance,
    }
}

/// Whether a decorator gives a function the class in the place of an instance.
fn of_class(decorator: &Expr) -> bool {
    match decorator {
        Expr::Name(it) => names_class(it.id.as_str()),
        Expr::Call(it) => of_class(&it.func),
        Expr::Attribute(it) => names_class(it.attr.as_str()),
        _ => false,
    }
}

fn names_class(name: &str) -> bool {
    matches!(name, "classmethod" | "abstractclassmethod") || CLASS_GETTERS.contains(&name)
}

/// Decorators of functions that reading an attribute of the class runs.
const CLASS_GETTERS: [&str; 4] = ["classproperty", "class_property", "cached_classproperty", "lazyclassproperty"];

fn by_decorator(decorator: &Expr) -> Option<MemberKind> {
    match decorator {
        Expr::Name(it) => by_decorator_name(it.id.as_str()),
        Expr::Call(it) => by_decorator(&it.func),
        Expr::Attribute(it) => match it.attr.as_str() {
            "setter" => Some(MemberKind::Setter),
            "deleter" => Some(MemberKind::Deleter),
            "getter" => Some(MemberKind::Getter),
            other => by_decorator_name(other),
        },
        _ => None,
    }
}

/// The kinds that the builtins and the widespread libraries' decorators give a function.
pub(crate) fn by_decorator_name(name: &str) -> Option<MemberKind> {
    Some(match name {
        "property"
        | "abstractproperty"
        | "hybrid_property"
        | "classproperty"
        | "class_property"
        | "DynamicClassAttribute" => MemberKind::Getter,
        "cached_property"
        | "lazy_property"
        | "lazyproperty"
        | "cachedproperty"
        | "under_cached_property"
        | "memoized_property"
        | "reify"
        | "threaded_cached_property"
        | "async_cached_property"
        | "cached_classproperty"
        | "lazyclassproperty" => MemberKind::CachedGetter,
        "staticmethod" | "abstractstaticmethod" => MemberKind::Static,
        "classmethod" | "abstractclassmethod" => MemberKind::ClassMethod,
        _ => return None,
    })
}

/// The kinds that the language gives a method by its name.
pub(crate) fn by_name(name: &str) -> Option<MemberKind> {
    let bare = name.strip_prefix("__")?.strip_suffix("__")?;
    Some(match bare {
        "init" | "new" | "post_init" | "attrs_post_init" => MemberKind::Construct,
        "call" => MemberKind::Call,
        "getattr" => MemberKind::MissingAttribute,
        "getattribute" => MemberKind::EveryAttribute,
        "setattr" => MemberKind::EverySet,
        "delattr" => MemberKind::EveryDelete,
        "get" => MemberKind::DescriptorGet,
        "set" => MemberKind::DescriptorSet,
        "delete" => MemberKind::DescriptorDelete,
        "enter" => MemberKind::Enter,
        "exit" => MemberKind::Exit,
        "aenter" => MemberKind::EnterAsync,
        "aexit" => MemberKind::ExitAsync,
        "iter" => MemberKind::Iterate,
        "next" => MemberKind::Next,
        "aiter" => MemberKind::IterateAsync,
        "anext" => MemberKind::NextAsync,
        "del" => MemberKind::Finalize,
        "str" | "repr" | "format" => MemberKind::Format,
        "getitem" | "missing" => MemberKind::Index,
        "setitem" => MemberKind::IndexSet,
        "delitem" => MemberKind::IndexDelete,
        "len" => MemberKind::Length,
        "bool" => MemberKind::Truth,
        "hash" => MemberKind::Hash,
        "await" => MemberKind::Await,
        "init_subclass" => MemberKind::Subclass,
        "class_getitem" => MemberKind::ClassMethod,
        "int" | "float" | "complex" | "index" | "bytes" | "fspath" | "copy" | "deepcopy" => MemberKind::Convert,
        other => match operator(other) {
            Some(it) => MemberKind::Operator(it),
            None => MemberKind::Reflected(operator(other.strip_prefix('r')?).filter(|it| it.is_reflected())?),
        },
    })
}

fn operator(bare: &str) -> Option<Operator> {
    Some(match bare {
        "add" | "iadd" => Operator::Add,
        "sub" | "isub" => Operator::Sub,
        "mul" | "imul" => Operator::Mul,
        "matmul" | "imatmul" => Operator::MatMul,
        "truediv" | "itruediv" => Operator::Div,
        "floordiv" | "ifloordiv" => Operator::FloorDiv,
        "mod" | "imod" => Operator::Rem,
        "pow" | "ipow" => Operator::Pow,
        "lshift" | "ilshift" => Operator::Shl,
        "rshift" | "irshift" => Operator::Shr,
        "and" | "iand" => Operator::BitAnd,
        "or" | "ior" => Operator::BitOr,
        "xor" | "ixor" => Operator::BitXor,
        "neg" => Operator::Neg,
        "pos" => Operator::Pos,
        "invert" => Operator::Invert,
        "eq" | "ne" => Operator::Equal,
        "lt" | "le" | "gt" | "ge" => Operator::Order,
        "contains" => Operator::Contains,
        _ => return None,
    })
}
