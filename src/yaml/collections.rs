//! Lists that may be one value, mappings whose keys are names, and free-form values.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use rustc_hash::FxHashSet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::de::names;
use super::error::empty;
use super::text::Text;

/// A list, or a single value that stands for a list of one.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for OneOrMany<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(names::ONE_OR_MANY, OneOrManyVisitor(PhantomData))
            .map(Self)
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a single value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(Present(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(items)
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, single: D) -> Result<Vec<T>, D::Error> {
        T::deserialize(single).map(|item| vec![item])
    }

    fn visit_str<E: Error>(self, single: &str) -> Result<Vec<T>, E> {
        T::deserialize(single.into_deserializer()).map(|item| vec![item])
    }

    fn visit_map<A: MapAccess<'de>>(self, single: A) -> Result<Vec<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(single)).map(|item| vec![item])
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Vec<T>, D::Error> {
        inner.deserialize_any(self)
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [item, { "type": "array", "items": item }] })
    }
}

/// A mapping whose keys are names that the author chose, in the order of the text: fact id → fact.
///
/// An entry without a value is left out, unless `EMPTY`: then it is an empty mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<T, const EMPTY: bool = false>(pub Vec<(Text, T)>);

impl<T, const EMPTY: bool> Default for Entries<T, EMPTY> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const EMPTY: bool> Deref for Entries<T, EMPTY> {
    type Target = [(Text, T)];

    fn deref(&self) -> &[(Text, T)] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>, const EMPTY: bool> Deserialize<'de> for Entries<T, EMPTY> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor::<T, EMPTY>(PhantomData)).map(Self)
    }
}

struct EntriesVisitor<T, const EMPTY: bool>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const EMPTY: bool> Visitor<'de> for EntriesVisitor<T, EMPTY> {
    type Value = Vec<(Text, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping of names to values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut seen = FxHashSet::default();
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let key = Text::from(key.as_str());
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom("a key stands twice"));
            }
            let value = if EMPTY { map.next_value()? } else { map.next_value::<Present<T>>()?.0 };
            entries.push((key, value));
        }
        Ok(entries)
    }
}

impl<T: JsonSchema, const EMPTY: bool> JsonSchema for Entries<T, EMPTY> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// A value that may not be null: serde_yaml would make an empty mapping or text of an empty item.
struct Present<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Present<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(PresentVisitor(PhantomData)).map(Self)
    }
}

struct PresentVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PresentVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        Err(empty())
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Err(empty())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        T::deserialize(inner)
    }
}

/// A value of any shape with YAML's own types, keys in the order of the text. Nothing inside is an unknown key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(pub Value);

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExtraVisitor).map(Self)
    }
}

struct ExtraVisitor;

impl<'de> Visitor<'de> for ExtraVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Extra(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let Extra(value) = map.next_value()?;
            if entries.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Value::Object(entries))
    }
}

impl JsonSchema for Extra {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Extra".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-type": "anything" })
    }
}
