//! From a node of the tree to a typed value: one trait, read by hand for text and lists, by serde_yaml for the rest.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::{Deref, Range};
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;

use super::report::ReadReport;
use super::tree::{NodeId, NodeKind, ROOT, Tree};

/// A type that a YAML value can be read into.
pub trait FromYaml: Sized {
    /// Reads a value. What does not fit is reported to the value's document.
    ///
    /// # Errors
    /// Why there is nothing to keep.
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread>;
}

/// Why a value is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It counts as missing: nothing, `null`, or a text without a character.
    Empty,
    /// It does not fit, which has been reported.
    Reported,
}

/// A value of a document that is being read.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    tree: &'a Tree<'a>,
    id: NodeId,
    report: &'a RefCell<ReadReport>,
}

impl<'a> Value<'a> {
    pub(super) fn document(tree: &'a Tree<'a>, report: &'a RefCell<ReadReport>) -> Self {
        Self { tree, id: ROOT, report }
    }

    fn below(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    fn kind(self) -> &'a NodeKind<'a> {
        &self.tree.node(self.id).kind
    }

    /// Reads the entries of a mapping with `read`, which gets each key with its value. Null is an empty mapping.
    ///
    /// # Errors
    /// The value is no mapping, or has too many mistakes.
    pub fn entries(
        self,
        expected: &str,
        mut read: impl FnMut(&str, Self) -> Result<(), Unread>,
    ) -> Result<(), Unread> {
        match self.kind() {
            NodeKind::Map(entries) => entries.iter().try_for_each(|entry| {
                let value = self.below(entry.value);
                self.keep(value, read(&entry.key, value)).map(|_| ())
            }),
            _ if self.is_null() => Ok(()),
            _ => Err(self.wrong_type(expected)),
        }
    }

    /// Reads the value of a struct's field. Nothing and `null` leave the field as it is.
    ///
    /// # Errors
    /// The value does not fit, which is noted in `mapping`.
    pub fn field<T: FromYaml>(
        self,
        (key, field): (&'static str, &mut Option<T>),
        mapping: &mut Mapping,
    ) -> Result<(), Unread> {
        if self.is_null() {
            return Ok(());
        }
        *field = Some(T::from_yaml(self).inspect_err(|unread| {
            if *unread == Unread::Reported {
                mapping.failed.push(key);
            }
        })?);
        Ok(())
    }

    /// The first line of the value.
    pub fn span(self) -> ByteSpan {
        self.tree.first_line(self.id).into()
    }

    /// The key of the value.
    fn key(self) -> Text {
        let entry = self.tree.entry(self.id);
        entry.map_or_else(
            || "".into(),
            |entry| Text { value: (*entry.key).into(), span: entry.key_span.clone().into() },
        )
    }

    /// Reports a key that its mapping may not have. `known` are those that it may.
    pub fn unknown_key(self, known: Vec<&'static str>) {
        let value = self.plain_value().map(json).unwrap_or_default();
        self.report.borrow_mut().unknown_key(self.tree, self.id, value, known);
    }

    fn is_null(self) -> bool {
        self.tree.is_null(self.id)
    }

    fn present<T: FromYaml>(self) -> Result<T, Unread> {
        if self.is_null() { Err(Unread::Empty) } else { T::from_yaml(self) }
    }

    /// What is kept of a value inside this one. Where a document has too many mistakes, whole entries of it are left
    /// out, and at last the document.
    fn keep<T>(self, value: Self, read: Result<T, Unread>) -> Result<Option<T>, Unread> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(Unread::Empty) => Ok(None),
            Err(Unread::Reported) => {
                let mut report = self.report.borrow_mut();
                if report.gives_up(self.id == ROOT) {
                    return Err(Unread::Reported);
                }
                report.leave_out(self.tree, value.id);
                Ok(None)
            }
        }
    }

    fn wrong_type(self, expected: &str) -> Unread {
        // What the reader refused has been reported.
        if !matches!(self.kind(), NodeKind::Refused) || self.id == ROOT {
            self.report.borrow_mut().wrong_type(self.tree, self.id, expected);
        }
        Unread::Reported
    }

    /// Reads a scalar that is no text through serde_yaml.
    fn scalar<T: DeserializeOwned>(self, expected: &str) -> Result<T, Unread> {
        let value = match self.kind() {
            NodeKind::Scalar { .. } => self.plain_value(),
            _ => None,
        };
        value
            .and_then(|value| serde_yaml::from_value(value).ok())
            .ok_or_else(|| self.wrong_type(expected))
    }

    /// The value with YAML's own types; none if it was refused. Refused values inside it are left out.
    fn plain_value(self) -> Option<serde_yaml::Value> {
        Some(match self.kind() {
            NodeKind::Scalar { text, plain: true } => resolved(text),
            NodeKind::Scalar { text, plain: false } => serde_yaml::Value::String(text.to_string()),
            NodeKind::List(items) => {
                items.iter().filter_map(|item| self.below(*item).plain_value()).collect()
            }
            NodeKind::Map(entries) => {
                let entry = |entry: &super::tree::MapEntry<'_>| {
                    let key = serde_yaml::Value::String(entry.key.to_string());
                    Some((key, self.below(entry.value).plain_value()?))
                };
                serde_yaml::Value::Mapping(entries.iter().filter_map(entry).collect())
            }
            NodeKind::Refused => return None,
        })
    }
}

/// What a plain (unquoted) scalar means: null, a truth value, a number, or its own text.
pub(super) fn resolved(text: &str) -> serde_yaml::Value {
    use serde_yaml::Value::{Bool, Null, Number, String};
    // Every other scalar is text, which needs no parser.
    let may_mean = text.is_empty()
        || text.starts_with(|c: char| c.is_ascii_digit() || "~+-.nNtTfF".contains(c));
    if may_mean {
        match serde_yaml::from_str(text) {
            Ok(value @ (Null | Bool(_) | Number(_))) => return value,
            // A whole number that has no room in 64 bits.
            Err(_) => {
                if let Ok(value) = serde_yaml::from_str::<f64>(text) {
                    return Number(value.into());
                }
            }
            Ok(_) => {}
        }
    }
    String(text.to_owned())
}

/// Whether a plain scalar stands for nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn json(value: serde_yaml::Value) -> serde_json::Value {
    serde_yaml::from_value(value).unwrap_or_default()
}

/// Defines a struct whose fields are the keys of a mapping, each optional, and how it is read. `as` gives a key that
/// is no name in Rust; keys after `never` are read, and named to no author; those of the struct after `and` are keys of
/// the same mapping.
macro_rules! mapping {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@other $read:ident, $key:ident, $value:ident, $known:expr) => {{
        $value.unknown_key($known);
        Ok(())
    }};
    (@other $read:ident, $key:ident, $value:ident, $known:expr, $rest:ident) => {
        $read.$rest.read_key($key, $value, &$known)
    };
    ($(#[$meta:meta])* $name:ident {
        $($(#[$field_meta:meta])* $field:ident $(as $key:literal)?: $type:ty,)*
    } $(never { $($(#[$never_meta:meta])* $never:ident,)* })? $(and $rest:ident: $rest_type:ty)?) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, schemars::JsonSchema)]
        pub struct $name {
            $($(#[$field_meta])* $(#[schemars(rename = $key)])? pub $field: Option<$type>,)*
            $($($(#[$never_meta])* #[schemars(skip)] pub $never: Option<$crate::yaml::Text>,)*)?
            /// The mapping that it was read from.
            #[schemars(skip)]
            pub mapping: $crate::yaml::Mapping,
            $(
                /// The fields that it shares with others.
                #[schemars(flatten)]
                pub $rest: $rest_type,
            )?
        }

        impl $name {
            /// Reads the value of a key. `others` are keys that its mapping may have beside those of the struct.
            pub(crate) fn read_key(
                &mut self,
                key: &str,
                value: $crate::yaml::Value<'_>,
                others: &[&'static str],
            ) -> Result<(), $crate::yaml::Unread> {
                const KEYS: &[&str] = &[$($crate::yaml::mapping!(@key $field $($key)?)),*];
                match key {
                    $($crate::yaml::mapping!(@key $field $($key)?) => value.field(
                        ($crate::yaml::mapping!(@key $field $($key)?), &mut self.$field),
                        &mut self.mapping,
                    ),)*
                    $($(stringify!($never) => {
                        value.field((stringify!($never), &mut self.$never), &mut self.mapping)
                    })*)?
                    _ => $crate::yaml::mapping!(
                        @other self, key, value, [others, KEYS].concat() $(, $rest)?
                    ),
                }
            }
        }

        impl $crate::yaml::FromYaml for $name {
            fn from_yaml(value: $crate::yaml::Value<'_>) -> Result<Self, $crate::yaml::Unread> {
                let mut read = Self::default();
                read.mapping.span = value.span();
                let expected = "a mapping of keys to values";
                value.entries(expected, |key, value| read.read_key(key, value, &[]))?;
                Ok(read)
            }
        }
    };
}
pub(crate) use mapping;

/// A range of bytes of the YAML text, on one line, between character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByteSpan {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl From<Range<usize>> for ByteSpan {
    fn from(range: Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).expect("a file has 8 MiB at most");
        Self { start: byte(range.start), end: byte(range.end) }
    }
}

impl From<ByteSpan> for Range<usize> {
    fn from(span: ByteSpan) -> Self {
        span.start as usize..span.end as usize
    }
}

/// A value, and where a problem with it is shown: its first line. Equality ignores the place.
#[derive(Debug, Clone, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: ByteSpan,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Deref> Deref for Spanned<T> {
    type Target = T::Target;

    fn deref(&self) -> &T::Target {
        &self.value
    }
}

impl<T: FromYaml> FromYaml for Spanned<T> {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        Ok(Self { value: T::from_yaml(value)?, span: value.span() })
    }
}

/// Text: any scalar, as it stands in the source. `iso: NO` is "NO", `version: 1.10` is "1.10".
///
/// Nothing and `""` are no text: `Option<Text>` is then `None`, an item of a list is a problem.
pub type Text = Spanned<Arc<str>>;

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { value: text.into(), span: ByteSpan::default() }
    }
}

/// A mapping that was read into a struct. Two structs are equal by their values, wherever those stand.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Its first line.
    pub span: ByteSpan,
    /// The keys whose values did not fit: a field that is missing for it was reported.
    pub failed: Vec<&'static str>,
}

impl PartialEq for Mapping {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl FromYaml for Arc<str> {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        match value.kind() {
            _ if value.is_null() => Err(Unread::Empty),
            NodeKind::Scalar { text, .. } if text.is_empty() => Err(Unread::Empty),
            NodeKind::Scalar { text, .. } if is_printable(text) => Ok((**text).into()),
            NodeKind::Scalar { .. } => {
                value.report.borrow_mut().control_character(value.tree, value.id);
                Err(Unread::Reported)
            }
            _ => Err(value.wrong_type("text")),
        }
    }
}

/// Whether a page can show a text: YAML's escapes can write what HTML cannot hold.
fn is_printable(text: &str) -> bool {
    // Control characters are below the space, or DEL, or begin with 0xC2: many bytes are compared at once.
    text.bytes().fold(true, |all, byte| all & (byte >= b' ' && byte != 0x7F && byte != 0xC2))
        || !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Text, or a mapping with more: `authors: [Ann, {name: Bo, url: …}]`.
#[derive(Debug, Clone, PartialEq)]
pub enum TextOr<T> {
    /// The short form.
    Text(Text),
    /// A mapping.
    Full(T),
}

impl<T: FromYaml> FromYaml for TextOr<T> {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        match value.kind() {
            NodeKind::Scalar { .. } => Text::from_yaml(value).map(Self::Text),
            NodeKind::Map(_) => T::from_yaml(value).map(Self::Full),
            _ => Err(value.wrong_type("text or a mapping")),
        }
    }
}

/// A list, or a single value that stands for a list of one. Each item has its index in the source: items that do not
/// fit are left out, and those after them keep theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMany<T>(pub Vec<(usize, T)>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: FromYaml> FromYaml for OneOrMany<T> {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        let NodeKind::List(list) = value.kind() else {
            return T::from_yaml(value).map(|item| Self(vec![(0, item)]));
        };
        let mut items = Vec::with_capacity(list.len());
        for (index, id) in list.iter().enumerate() {
            let item = value.below(*id);
            let read = item.present().map_err(|unread| {
                if unread == Unread::Empty {
                    value.report.borrow_mut().empty_item(value.tree, *id);
                }
                Unread::Reported
            });
            items.extend(value.keep(item, read)?.map(|read| (index, read)));
        }
        Ok(Self(items))
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

impl<T: FromYaml, const EMPTY: bool> FromYaml for Entries<T, EMPTY> {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        let mut entries = Vec::new();
        value.entries("a mapping of names to values", |_, value| {
            let read = if EMPTY { T::from_yaml(value)? } else { value.present()? };
            entries.push((value.key(), read));
            Ok(())
        })?;
        Ok(Self(entries))
    }
}

/// A value of any shape with YAML's own types, keys in the order of the text. Nothing inside is an unknown key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(pub serde_json::Value);

impl FromYaml for Extra {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        value.plain_value().map(|value| Self(json(value))).ok_or(Unread::Reported)
    }
}

impl FromYaml for bool {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        value.scalar("true or false")
    }
}

impl FromYaml for i64 {
    fn from_yaml(value: Value<'_>) -> Result<Self, Unread> {
        value.scalar("a whole number")
    }
}

/// Describes a type to the author's reference.
macro_rules! schema {
    ($([$($generic:tt)*] $type:ty = $name:expr, |$generator:ident| $schema:expr;)+) => {
        $(impl<$($generic)*> JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        })+
    };
}

schema! {
    [] Text = "Text", |_generator| json_schema!({ "type": "string" });
    [] Extra = "Extra", |_generator| json_schema!({ "x-type": "anything" });
    [T: JsonSchema] TextOr<T> = format!("TextOr_{}", T::schema_name()), |generator| {
        let (short, full) = (generator.subschema_for::<Text>(), generator.subschema_for::<T>());
        json_schema!({ "anyOf": [short, full] })
    };
    [T: JsonSchema] OneOrMany<T> = format!("OneOrMany_{}", T::schema_name()), |generator| {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [item, { "type": "array", "items": item }] })
    };
    [T: JsonSchema, const EMPTY: bool] Entries<T, EMPTY> = format!("Entries_{}", T::schema_name()), |generator| {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    };
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn plain_scalars_mean_what_serde_yaml_says() {
        for text in [
            "",
            "~",
            "null",
            "Null",
            "nil",
            "true",
            "False",
            "yes",
            "NO",
            "0",
            "-0",
            "+7",
            "--7",
            "+-7",
            "017",
            "-01",
            "0x1F",
            "-0x1f",
            "0xzz",
            "0o17",
            "0b101",
            "1_000",
            "1.10",
            "1e3",
            "1e400",
            ".5",
            "5.",
            "-.inf",
            ".NaN",
            "inf",
            "nan",
            "00.5",
            "2025-06-20",
            "12:30",
            "x",
            "-",
            "18446744073709551615",
            "-9223372036854775808",
            "+.inf",
        ] {
            let expected = match serde_yaml::from_str(text).unwrap() {
                serde_yaml::Value::Sequence(_) => serde_yaml::Value::String(text.into()),
                value => value,
            };
            assert_eq!(resolved(text), expected, "{text}");
        }
        assert_eq!(resolved("18446744073709551616").as_f64(), Some(18_446_744_073_709_551_616.0));
    }
}
