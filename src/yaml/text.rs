//! Scalars that keep their source text, alone or in place of a mapping.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::de::names;
use super::error::empty;
use super::scalar::{self, Meaning};

/// Text: any scalar, as it stands in the source. `iso: NO` is "NO", `version: 1.10` is "1.10".
///
/// Nothing and `""` are no text: `Option<Text>` is then `None`, an item of a list is a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub Arc<str>);

impl Default for Text {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Arc::from(text))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::TEXT, TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        if text.is_empty() { Err(empty()) } else { Ok(text.into()) }
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Err(empty())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Text, D::Error> {
        inner.deserialize_str(SourceText)
    }
}

/// Reads text from serde_yaml, which gives a plain `null` and a quoted one alike: both are left to the slow path.
struct SourceText;

impl Visitor<'_> for SourceText {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        if scalar::is_null(text) { Err(empty()) } else { Ok(text.into()) }
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A scalar of which it matters whether it was quoted: `3.5` is a number, `"3.50"` is kept as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scalar {
    /// The source text, without its quotes.
    pub text: String,
    /// Whether it stood in quotes or was a block scalar.
    pub quoted: bool,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::SCALAR, ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or text")
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Err(empty())
    }

    fn visit_bytes<E: Error>(self, plain: &[u8]) -> Result<Scalar, E> {
        scalar_value(plain, false)
    }

    fn visit_byte_buf<E: Error>(self, quoted: Vec<u8>) -> Result<Scalar, E> {
        scalar_value(&quoted, true)
    }

    /// serde_yaml tells numbers from strings, but of the source text of a number only its value is left, and of
    /// a string not whether it was quoted: unless it would not be a string without the quotes.
    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        match scalar::meaning(text) {
            Meaning::Text | Meaning::Null => Err(E::custom("quoted or not")),
            _ => Ok(Scalar { text: text.to_owned(), quoted: true }),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Scalar, D::Error> {
        inner.deserialize_any(self)
    }
}

fn scalar_value<E: Error>(text: &[u8], quoted: bool) -> Result<Scalar, E> {
    match std::str::from_utf8(text) {
        Ok("") => Err(empty()),
        Ok(text) => Ok(Scalar { text: text.to_owned(), quoted }),
        Err(error) => Err(E::custom(error)),
    }
}

impl JsonSchema for Scalar {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Scalar".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

/// Defines an enum of a short form, a scalar, and a mapping. serde's `untagged` would lose source text and places.
macro_rules! short_or_full {
    (
        $(#[$doc:meta])+
        $name:ident, $short:ident, $ask:ident, $visitor:ident, $expecting:literal
    ) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name<T> {
            /// The short form: a scalar.
            $short($short),
            /// A mapping.
            Full(T),
        }

        impl<T> Default for $name<T> {
            fn default() -> Self {
                Self::$short($short::default())
            }
        }

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_newtype_struct(names::$ask, $visitor(PhantomData))
            }
        }

        struct $visitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for $visitor<T> {
            type Value = $name<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expecting)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                short_or_full!(@visitor $short).visit_str(text).map($name::$short)
            }

            fn visit_bytes<E: Error>(self, plain: &[u8]) -> Result<Self::Value, E> {
                short_or_full!(@visitor $short).visit_bytes(plain).map($name::$short)
            }

            fn visit_byte_buf<E: Error>(self, quoted: Vec<u8>) -> Result<Self::Value, E> {
                short_or_full!(@visitor $short).visit_byte_buf(quoted).map($name::$short)
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Err(empty())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map($name::Full)
            }

            fn visit_some<D: Deserializer<'de>>(self, map: D) -> Result<Self::Value, D::Error> {
                T::deserialize(map).map($name::Full)
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                inner: D,
            ) -> Result<Self::Value, D::Error> {
                inner.deserialize_any(self)
            }
        }

        impl<T: JsonSchema> JsonSchema for $name<T> {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                format!("{}_{}", stringify!($name), T::schema_name()).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let short = generator.subschema_for::<$short>();
                let full = generator.subschema_for::<T>();
                json_schema!({ "anyOf": [short, full] })
            }
        }
    };
    (@visitor Text) => { TextVisitor };
    (@visitor Scalar) => { ScalarVisitor };
}

short_or_full! {
    /// Text, or a mapping with more: `authors: [Ann, {name: Bo, url: …}]`. Problems inside the mapping keep their
    /// places.
    TextOr, Text, TEXT_OR, TextOrVisitor, "text or a mapping"
}

short_or_full! {
    /// A scalar, or a mapping: a fact's `value`, which is a number, `"3.50"`, or `{low, high}`.
    ScalarOr, Scalar, SCALAR_OR, ScalarOrVisitor, "a number, text or a mapping"
}
