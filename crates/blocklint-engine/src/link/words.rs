//! What a name says by the way in which it is written.

/// Whether a name is written as types are; a single letter is a parameter.
pub(super) fn names_a_type(name: &str) -> bool {
    name.len() > 1 && name.starts_with(char::is_uppercase)
}

/// Whether a name is written as those of variants are. Constants are written all in capitals.
pub fn is_variant_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && (name.len() == 1 || name.contains(char::is_lowercase))
}

/// Whether a dotted path is written as those of a type's variants are.
pub fn names_variant(dotted: &str) -> bool {
    let mut names = dotted.rsplit('.');
    names.next().is_some_and(is_variant_name) && names.next().is_some_and(names_a_type)
}
