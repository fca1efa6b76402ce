//! A view in which one field has another value has another digest: edits made of the views' own structure.
//!
//! Edits of files change most fields together with others (a link with its words, a language with its direction), so
//! that a digest which forgot one of them would still differ. Here one field alone differs, in every view of a site
//! that has all fields (`tests/incremental/full/`).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::base::digest_of;
use crate::config;
use crate::engine::{Engine, Loaded, Now, Options};
use crate::view::View;

#[test]
fn every_field_of_every_view_counts() {
    let listed = include_str!("../../../tests/mutations/fields.txt").lines();
    let listed = listed.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut left: BTreeSet<&str> = listed.filter_map(|line| line.split(' ').next()).collect();
    // The text of a page for programs and the card of a player are data outputs, which no page shows.
    left.retain(|field| !["Plain", "HoverCard", "CardText"].iter().any(|of| field.starts_with(of)));
    // No page has a picture that a program without the feature cannot draw.
    if !cfg!(feature = "cards") {
        left.retain(|field| !field.starts_with("Card"));
    }
    let loaded = load();
    for output in loaded.site().outputs.iter() {
        let Some(view) = View::of(&loaded.context(output.edition), output) else { continue };
        let all = AlteredField::default();
        let digest = digest_of(&Altered { value: &view, at: &all });
        assert_eq!(digest, view.digest(), "{}", output.path);
        for field in all.seen.into_inner() {
            let at = AlteredField { field: Some(field.clone()), ..AlteredField::default() };
            let other = digest_of(&Altered { value: &view, at: &at });
            assert_ne!(other, digest, "{}: {field}", output.path);
            left.retain(|listed| *listed != field && in_view(listed).as_ref() != Some(&field));
        }
    }
    let left: Vec<&str> = left.into_iter().collect();
    assert_eq!(left, NOWHERE, "no view of the site has these fields");
}

/// A field into which others are flattened is written as those.
const NOWHERE: [&str; 1] = ["PageView.content"];

/// How a field of the content of a kind of page is written, as one of its view.
fn in_view(listed: &str) -> Option<String> {
    let (of, field) = listed.split_once('.')?;
    of.ends_with("Page").then(|| format!("PageView.{field}"))
}

fn load() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/incremental/full");
    let now = Now::Day(jiff::civil::date(2026, 1, 1));
    Engine::new().load(&config::disk(&folder), Options { now, ..Options::default() })
}

/// The field that has another value, and every field that was written.
#[derive(Default)]
struct AlteredField {
    /// `Struct.field`.
    field: Option<String>,
    seen: RefCell<BTreeSet<String>>,
}

impl AlteredField {
    /// Whether a field is the one that has another value.
    fn alters(&self, of: &str, field: &str) -> bool {
        let name = format!("{of}.{field}");
        let alters = self.field.as_ref() == Some(&name);
        self.seen.borrow_mut().insert(name);
        alters
    }
}

/// A value in which one field differs.
struct Altered<'a, T: ?Sized> {
    value: &'a T,
    at: &'a AlteredField,
}

impl<T: Serialize + ?Sized> Serialize for Altered<'_, T> {
    fn serialize<S: Serializer>(&self, inner: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Altering { inner, at: self.at, of: "" })
    }
}

/// A serialiser, and the struct of which it writes fields.
struct Altering<'a, S> {
    inner: S,
    at: &'a AlteredField,
    of: &'static str,
}

/// What a field has instead.
const OTHER: &str = "another value";

macro_rules! scalars {
    ($($method:ident $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<S::Ok, S::Error> { self.inner.$method(value) }
    )*};
}

macro_rules! compounds {
    ($($method:ident $type:ident ($($arg:ident: $arg_type:ty),*) $of:expr;)*) => {$(
        fn $method(self, $($arg: $arg_type),*) -> Result<Self::$type, S::Error> {
            Ok(Altering { at: self.at, of: $of, inner: self.inner.$method($($arg),*)? })
        }
    )*};
}

impl<'a, S: Serializer> Serializer for Altering<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Altering<'a, S::SerializeSeq>;
    type SerializeTuple = Altering<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Altering<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Altering<'a, S::SerializeTupleVariant>;
    type SerializeMap = Altering<'a, S::SerializeMap>;
    type SerializeStruct = Altering<'a, S::SerializeStruct>;
    type SerializeStructVariant = Altering<'a, S::SerializeStructVariant>;

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }

    scalars!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_f32 f32,
        serialize_f64 f64, serialize_char char, serialize_str &str, serialize_bytes &[u8],
        serialize_unit_struct &'static str
    );

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Altered { value, at: self.at })
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(name, &Altered { value, at: self.at })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Altered { value, at: self.at };
        self.inner.serialize_newtype_variant(name, index, variant, &value)
    }

    compounds!(
        serialize_seq SerializeSeq (len: Option<usize>) "";
        serialize_tuple SerializeTuple (len: usize) "";
        serialize_tuple_struct SerializeTupleStruct (name: &'static str, len: usize) "";
        serialize_tuple_variant SerializeTupleVariant
            (name: &'static str, index: u32, variant: &'static str, len: usize) "";
        serialize_map SerializeMap (len: Option<usize>) "";
        serialize_struct SerializeStruct (name: &'static str, len: usize) name;
        serialize_struct_variant SerializeStructVariant
            (name: &'static str, index: u32, variant: &'static str, len: usize) variant;
    );
}

macro_rules! elements {
    ($($trait:ident :: $method:ident),*) => {$(
        impl<S: $trait> $trait for Altering<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.inner.$method(&Altered { value, at: self.at })
            }

            fn end(self) -> Result<S::Ok, S::Error> { self.inner.end() }
        }
    )*};
}
elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! fields {
    ($($trait:ident),*) => {$(
        impl<S: $trait> $trait for Altering<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), S::Error> {
                match self.at.alters(self.of, name) {
                    true => self.inner.serialize_field(name, OTHER),
                    false => self.inner.serialize_field(name, &Altered { value, at: self.at }),
                }
            }

            fn end(self) -> Result<S::Ok, S::Error> { self.inner.end() }
        }
    )*};
}
fields!(SerializeStruct, SerializeStructVariant);

/// A view is written as a map, because its content is flattened into it: its own fields are those of `PageView`.
impl<S: SerializeMap> SerializeMap for Altering<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_entry<K: Serialize + ?Sized, T: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &T,
    ) -> Result<(), S::Error> {
        let name = serde_json::to_value(key).unwrap_or_default();
        let alters = name.as_str().is_some_and(|name| self.at.alters("PageView", name));
        match alters {
            true => self.inner.serialize_entry(key, OTHER),
            false => self.inner.serialize_entry(key, &Altered { value, at: self.at }),
        }
    }

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_value(&Altered { value, at: self.at })
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}
