//! A serde deserializer over the nodes of a [`Tree`]: strings get the source text, errors their node.

use std::cell::RefCell;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::collections::Extra;
use super::error::{Cause, Error};
use super::scalar::{self, Meaning};
use super::tree::{Entry, Kind, NodeId, ROOT, Tree};

/// Names of newtype structs that ask for more than serde's data model has. With another deserializer they are
/// ordinary newtype structs around a value of any type.
pub(super) mod names {
    /// `visit_str` for every scalar but null, which is `visit_unit`.
    pub(in crate::yaml) const TEXT: &str = "\u{1}text";
    /// As [`TEXT`]; a mapping is `visit_some`.
    pub(in crate::yaml) const TEXT_OR: &str = "\u{1}text-or";
    /// `visit_seq` for a list, `visit_unit` for null, and `visit_some` for everything else.
    pub(in crate::yaml) const ONE_OR_MANY: &str = "\u{1}one-or-many";
}

/// Deserialises one value of a tree.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    tree: &'a Tree<'a>,
    /// By node: whether it is left out.
    pruned: &'a [bool],
    /// Values that nothing asked for.
    unknown: &'a RefCell<Vec<NodeId>>,
    id: NodeId,
}

impl<'a> Value<'a> {
    /// The document, without the values in `pruned`. Keys that the target does not know are added to `unknown`.
    pub(super) fn document(
        tree: &'a Tree<'a>,
        pruned: &'a [bool],
        unknown: &'a RefCell<Vec<NodeId>>,
    ) -> Self {
        Self { tree, pruned, unknown, id: ROOT }
    }

    /// A value by itself, with YAML's own types; nothing where it was left out.
    pub(super) fn of(tree: &Tree<'_>, pruned: &[bool], id: NodeId) -> serde_json::Value {
        let unknown = RefCell::new(Vec::new());
        let value = Value { tree, pruned, unknown: &unknown, id };
        Extra::deserialize(value).map(|extra| extra.0).unwrap_or_default()
    }

    fn below(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    fn kind(self) -> &'a Kind<'a> {
        &self.tree.node(self.id).kind
    }

    fn is_null(self) -> bool {
        self.tree.is_null(self.id)
    }

    fn plain(self) -> Option<&'a str> {
        match self.kind() {
            Kind::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    fn mismatch<'de, V: Visitor<'de>>(self, visitor: &V) -> Error {
        de::Error::invalid_type(Unexpected::Other("another type"), visitor)
    }

    fn any<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Scalar { text, plain: false } => visitor.visit_str(text),
            Kind::Scalar { text, plain: true } => match scalar::meaning(text) {
                Meaning::Null => visitor.visit_unit(),
                Meaning::Bool(value) => visitor.visit_bool(value),
                Meaning::Integer(value) => match (u64::try_from(value), i64::try_from(value)) {
                    (Ok(value), _) => visitor.visit_u64(value),
                    (_, Ok(value)) => visitor.visit_i64(value),
                    _ => visitor.visit_f64(value as f64),
                },
                Meaning::Float(value) => visitor.visit_f64(value),
                Meaning::Text => visitor.visit_str(text),
            },
            Kind::List(items) => visitor.visit_seq(self.seq(items)),
            Kind::Map(entries) => visitor.visit_map(self.map(entries)),
            Kind::Refused => Err(self.mismatch(&visitor)),
        }
    }

    fn newtype<'de, V: Visitor<'de>>(self, name: &str, visitor: V) -> Result<V::Value, Error> {
        match (name, self.kind()) {
            (names::ONE_OR_MANY, Kind::List(items)) => visitor.visit_seq(self.seq(items)),
            (names::TEXT | names::TEXT_OR | names::ONE_OR_MANY, _) if self.is_null() => {
                visitor.visit_unit()
            }
            (names::ONE_OR_MANY, _) => visitor.visit_some(self),
            (names::TEXT | names::TEXT_OR, Kind::Scalar { text, .. }) => visitor.visit_str(text),
            (names::TEXT_OR, Kind::Map(_)) => visitor.visit_some(self),
            (names::TEXT | names::TEXT_OR, _) => Err(self.mismatch(&visitor)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn seq(self, items: &'a [NodeId]) -> Items<'a> {
        Items { list: self, items: items.iter() }
    }

    fn map(self, entries: &'a [Entry<'a>]) -> Entries<'a> {
        Entries { map: self, entries: entries.iter(), value: None }
    }
}

/// Deserialises a scalar of some type if it is plain and can be read as one.
macro_rules! plain_scalars {
    ($($method:ident, $read:expr, $visit:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.plain().and_then($read) {
                Some(value) => visitor.$visit(value),
                None => Err(self.mismatch(&visitor)),
            }
            .map_err(|error| error.at(self.id))
        })+
    };
}

fn signed(text: &str) -> Option<i64> {
    scalar::integer(text)?.try_into().ok()
}

fn unsigned(text: &str) -> Option<u64> {
    scalar::integer(text)?.try_into().ok()
}

impl<'de> de::Deserializer<'de> for Value<'_> {
    type Error = Error;

    plain_scalars! {
        deserialize_bool, scalar::boolean, visit_bool;
        deserialize_i8, signed, visit_i64;
        deserialize_i16, signed, visit_i64;
        deserialize_i32, signed, visit_i64;
        deserialize_i64, signed, visit_i64;
        deserialize_u8, unsigned, visit_u64;
        deserialize_u16, unsigned, visit_u64;
        deserialize_u32, unsigned, visit_u64;
        deserialize_u64, unsigned, visit_u64;
        deserialize_f32, scalar::float, visit_f64;
        deserialize_f64, scalar::float, visit_f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.any(visitor).map_err(|error| error.at(self.id))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Scalar { text, .. } => visitor.visit_str(text),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|error| error.at(self.id))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
            .map_err(|error| error.at(self.id))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_unit() } else { Err(self.mismatch(&visitor)) }
            .map_err(|error| error.at(self.id))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.newtype(name, visitor).map_err(|error| error.at(self.id))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::List(items) => visitor.visit_seq(self.seq(items)),
            _ if self.is_null() => visitor.visit_seq(self.seq(&[])),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|error| error.at(self.id))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Map(entries) => visitor.visit_map(self.map(entries)),
            _ if self.is_null() => visitor.visit_map(self.map(&[])),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|error| error.at(self.id))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Scalar { .. } if self.is_null() => Err(Cause::Empty.into()),
            Kind::Scalar { text, .. } => visitor.visit_enum(Word(text)),
            _ => Err(Cause::Type("one word".to_owned()).into()),
        }
        .map_err(|error: Error| error.at(self.id))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.unknown.borrow_mut().push(self.id);
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 bytes byte_buf }
}

struct Items<'a> {
    list: Value<'a>,
    items: std::slice::Iter<'a, NodeId>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let pruned = self.list.pruned;
        let Some(item) = self.items.find(|item| !pruned[**item]) else { return Ok(None) };
        seed.deserialize(self.list.below(*item)).map(Some).map_err(|error| error.at(*item))
    }
}

struct Entries<'a> {
    map: Value<'a>,
    entries: std::slice::Iter<'a, Entry<'a>>,
    value: Option<NodeId>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let pruned = self.map.pruned;
        let Some(entry) = self.entries.find(|entry| !pruned[entry.value]) else { return Ok(None) };
        self.value = Some(entry.value);
        let key: StrDeserializer<'_, Error> = (*entry.key).into_deserializer();
        seed.deserialize(key).map(Some).map_err(|error| error.at(entry.value))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let id = self.value.take().expect("serde asks for a value after its key");
        seed.deserialize(self.map.below(id)).map_err(|error| error.at(id))
    }
}

/// A unit variant by its name.
struct Word<'a>(&'a str);

impl<'de> EnumAccess<'de> for Word<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name: StrDeserializer<'_, Error> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Error> {
        Err(Cause::Type("one word".to_owned()).into())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(Cause::Type("one word".to_owned()).into())
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        Err(Cause::Type("one word".to_owned()).into())
    }
}
