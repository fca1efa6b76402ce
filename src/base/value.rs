//! The digest of a value, through its `Serialize`, so that no field can be forgotten.

use serde::ser::{self, Serialize};

use super::key::{forgets, forgets_flattened};
use super::{Digest, Hasher};

/// The digest of a value: every scalar, name and shape that its `Serialize` writes, type-tagged and length-prefixed.
///
/// The serialiser says `is_human_readable() == false`; a type that already knows its digest may then write that
/// instead of its text.
pub fn digest_of<T: Serialize + ?Sized>(value: &T) -> Digest {
    let mut hasher = Hasher::new();
    let written = value.serialize(Writer(&mut hasher, TOP));
    debug_assert!(written.is_ok(), "a hasher accepts every value");
    hasher.finish()
}

/// Where a value is written to, and the name of the struct of which it writes fields.
struct Writer<'a>(&'a mut Hasher, &'static str);

/// The value that is digested, before it is known to be a struct.
const TOP: &str = "";

/// A value inside that one.
const INSIDE: &str = "_";

/// No value is refused; serde asks for an error type all the same.
#[derive(Debug)]
struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Written = Result<(), Refused>;

macro_rules! numbers {
    ($($method:ident $type:ty = $tag:literal),*) => {$(
        fn $method(self, value: $type) -> Written {
            self.0.raw($tag).raw(&value.to_le_bytes());
            Ok(())
        }
    )*};
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Writer<'a>;
    type SerializeTuple = Writer<'a>;
    type SerializeTupleStruct = Writer<'a>;
    type SerializeTupleVariant = Writer<'a>;
    type SerializeMap = Writer<'a>;
    type SerializeStruct = Writer<'a>;
    type SerializeStructVariant = Writer<'a>;

    fn is_human_readable(&self) -> bool {
        false
    }

    numbers!(
        serialize_i8 i8 = b"a", serialize_i16 i16 = b"b", serialize_i32 i32 = b"c", serialize_i64 i64 = b"d",
        serialize_u8 u8 = b"e", serialize_u16 u16 = b"f", serialize_u32 u32 = b"g", serialize_u64 u64 = b"h",
        serialize_f32 f32 = b"i", serialize_f64 f64 = b"j", serialize_u128 u128 = b"k", serialize_i128 i128 = b"l"
    );

    fn serialize_bool(self, value: bool) -> Written {
        self.0.raw(if value { b"T" } else { b"F" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_u32(u32::from(value))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.0.raw(b"s").part(value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.0.raw(b"x").part(value);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.0.raw(b"0");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.0.raw(b"1");
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.0.raw(b"u");
        Ok(())
    }

    fn serialize_unit_struct(self, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.0.raw(b"v").part(variant.as_bytes());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.0.raw(b"n").part(variant.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Refused> {
        self.0.raw(b"[");
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Refused> {
        self.0.raw(b"[");
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.0.raw(b"[");
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Refused> {
        self.0.raw(b"n").part(variant.as_bytes()).raw(b"[");
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Refused> {
        self.0.raw(b"{");
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, Refused> {
        self.0.raw(b"{");
        Ok(Writer(self.0, name))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Refused> {
        self.0.raw(b"n").part(variant.as_bytes()).raw(b"{");
        Ok(Writer(self.0, variant))
    }
}

macro_rules! sequences {
    ($($trait:ident :: $method:ident),*) => {$(
        impl ser::$trait for Writer<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.0.raw(b",");
                value.serialize(Writer(self.0, INSIDE))
            }

            fn end(self) -> Written {
                self.0.raw(b"]");
                Ok(())
            }
        }
    )*};
}
sequences!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! structs {
    ($($trait:ident),*) => {$(
        impl ser::$trait for Writer<'_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                if forgets(self.1, name) {
                    return Ok(());
                }
                self.0.raw(b":").part(name.as_bytes());
                value.serialize(Writer(self.0, INSIDE))
            }

            fn end(self) -> Written {
                self.0.raw(b"}");
                Ok(())
            }
        }
    )*};
}
structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Writer<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Written {
        if self.1 == TOP && forgets_flattened(key) {
            return Ok(());
        }
        self.serialize_key(key)?;
        self.serialize_value(value)
    }

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.0.raw(b":");
        key.serialize(Writer(self.0, INSIDE))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(Writer(self.0, INSIDE))
    }

    fn end(self) -> Written {
        self.0.raw(b"}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::digest_of;

    #[derive(Serialize)]
    struct Two {
        a: String,
        b: Option<u32>,
    }

    #[test]
    fn every_field_counts() {
        let one = digest_of(&Two { a: "x".into(), b: None });
        assert_eq!(one, digest_of(&Two { a: "x".into(), b: None }));
        assert_ne!(one, digest_of(&Two { a: "y".into(), b: None }));
        assert_ne!(one, digest_of(&Two { a: "x".into(), b: Some(0) }));
    }

    #[test]
    fn shapes_do_not_run_together() {
        let different: Vec<_> = vec![
            digest_of(&("ab", "c")),
            digest_of(&("a", "bc")),
            digest_of(&vec![vec![1u8], vec![2]]),
            digest_of(&vec![vec![1u8, 2], vec![]]),
            digest_of(&1u8),
            digest_of(&1u16),
            digest_of("1"),
        ];
        for (at, one) in different.iter().enumerate() {
            assert!(different[at + 1..].iter().all(|other| one != other), "{at}");
        }
    }
}
