//! Keys of memos: structs whose fields are the inputs of a function, by value.
//!
//! Two keys are equal when all their fields are, and their digest covers all fields ([`digest_of`](super::digest_of)).
//! [`memo_key`] writes both, so that a field cannot be left out by hand.
//!
//! # Mutations
//!
//! A test that a memo's key is complete needs a program whose key is not. A compiler that is given
//! `--cfg briefing_mutations` makes one: in it, the field that the environment variable `BRIEFING_FORGET` names
//! (`ParsedKey.trusted`) takes no part in equality and in no digest. One such program serves for every field of every key,
//! and a new field needs nothing to be among them. The variable may name
//!
//! - a field of a struct that `memo_key!` declares: left out of `==` and of the key's digest;
//! - a field of any struct with named fields that derives `Serialize`, as views and summaries do: left out of digests.
//!   The struct's name is its bare one, as serde tells it; two structs of one name forget together.
//! - a field of `PageView`, or of what is flattened into it (a struct whose name ends in `Page`).
//!
//! Without the cfg (it is no cargo feature: no program that is shipped can have it), [`forgets`] is `false` to the
//! compiler, and nothing of this remains.

/// Declares a key: a struct with named fields, as it would be written without the macro.
///
/// Two of them are equal when every field is. What else it derives stands before it: `Clone`, or `Serialize` for a key of
/// which there is a digest as well. A key that is compared by its digest alone needs no macro: it is a struct that derives
/// `Serialize`. All of them have names that end in `Key`.
///
/// ```text
/// memo_key! {
///     /// What a parsed file depends on.
///     pub(super) struct ParsedKey {
///         /// The digest of its bytes.
///         pub(super) digest: Digest,
///         /// `content_trust`.
///         pub(super) trusted: bool,
///     }
/// }
/// ```
macro_rules! memo_key {
    (
        $(#[$about:meta])*
        $vis:vis struct $Key:ident $(<$life:lifetime>)? {
            $($(#[$field_about:meta])* $field_vis:vis $field:ident: $Type:ty),+ $(,)?
        }
    ) => {
        $(#[$about])*
        $vis struct $Key $(<$life>)? {
            $($(#[$field_about])* $field_vis $field: $Type),+
        }

        impl $(<$life>)? PartialEq for $Key $(<$life>)? {
            fn eq(&self, other: &Self) -> bool {
                $(($crate::base::forgets(stringify!($Key), stringify!($field))
                    || self.$field == other.$field))&&+
            }
        }
    };
}

pub(crate) use memo_key;

/// Whether a program that was compiled for mutations is to leave out this field of this struct.
#[cfg(not(briefing_mutations))]
pub(crate) const fn forgets(_: &str, _: &str) -> bool {
    false
}

/// Whether `BRIEFING_FORGET` names this field of this struct.
#[cfg(briefing_mutations)]
pub(crate) fn forgets(of: &str, field: &str) -> bool {
    FORGOTTEN.as_ref().is_some_and(|(name, forgotten)| name == of && forgotten == field)
}

/// Whether a program that was compiled for mutations is to leave out this entry of a value that is a map: serde makes one
/// of a struct into which another is flattened, and does not tell its name.
#[cfg(not(briefing_mutations))]
pub(super) const fn forgets_flattened<T: ?Sized>(_: &T) -> bool {
    false
}

/// Whether `BRIEFING_FORGET` names a field of `PageView`, or of what is flattened into it, that has this name.
#[cfg(briefing_mutations)]
pub(super) fn forgets_flattened<T: serde::Serialize + ?Sized>(key: &T) -> bool {
    let Some((of, field)) = &*FORGOTTEN else { return false };
    (of == "PageView" || of.ends_with("Page"))
        && serde_json::to_value(key).is_ok_and(|key| key == *field)
}

/// The struct and the field that `BRIEFING_FORGET` names.
#[cfg(briefing_mutations)]
static FORGOTTEN: std::sync::LazyLock<Option<(String, String)>> = std::sync::LazyLock::new(|| {
    let name = std::env::var("BRIEFING_FORGET").ok()?;
    let (of, field) = name.split_once('.')?;
    Some((of.to_string(), field.to_string()))
});

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use crate::base::digest_of;

    memo_key! {
        #[derive(Debug, Clone, Serialize)]
        struct TwoInputs {
            one: u8,
            other: &'static str,
        }
    }

    #[test]
    fn every_field_of_a_key_counts() {
        let key = TwoInputs { one: 1, other: "a" };
        assert_eq!(key, key.clone());
        for other in [TwoInputs { one: 2, ..key.clone() }, TwoInputs { other: "b", ..key.clone() }]
        {
            assert_ne!(key, other);
            assert_ne!(digest_of(&key), digest_of(&other));
        }
    }
}
