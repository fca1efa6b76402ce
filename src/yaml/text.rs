//! Text as it stands in the source, alone or in place of a mapping.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::aside;
use super::de::names;
use super::error::{control, empty};
use super::scalar;

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
        if text.is_empty() { Err(empty()) } else { printable(text) }
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
        if let Some(sentence) = aside::sentence(text) {
            return Ok(Text(sentence));
        }
        if scalar::is_null(text) { Err(empty()) } else { printable(text) }
    }
}

/// A text, if a page can show it: YAML's escapes can write what HTML cannot hold.
fn printable<E: Error>(text: &str) -> Result<Text, E> {
    // Control characters are below the space, or DEL, or begin with 0xC2: many bytes are compared at once.
    let plain =
        text.bytes().fold(true, |all, byte| all & (byte >= b' ' && byte != 0x7F && byte != 0xC2));
    match !plain && text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        true => Err(control()),
        false => Ok(text.into()),
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

/// Text, or a mapping with more: `authors: [Ann, {name: Bo, url: …}]`. Problems inside the mapping keep their places:
/// serde's `untagged` would lose them, and the source text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextOr<T> {
    /// The short form.
    Text(Text),
    /// A mapping.
    Full(T),
}

impl<T> Default for TextOr<T> {
    fn default() -> Self {
        Self::Text(Text::default())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(names::TEXT_OR, TextOrVisitor(PhantomData))
    }
}

struct TextOrVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrVisitor<T> {
    type Value = TextOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a mapping")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        TextVisitor.visit_str(text).map(TextOr::Text)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Err(empty())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(TextOr::Full)
    }

    fn visit_some<D: Deserializer<'de>>(self, map: D) -> Result<Self::Value, D::Error> {
        T::deserialize(map).map(TextOr::Full)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }
}

impl<T: JsonSchema> JsonSchema for TextOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("TextOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let short = generator.subschema_for::<Text>();
        let full = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [short, full] })
    }
}
