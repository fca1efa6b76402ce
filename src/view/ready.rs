//! Parts of views that many pages show, made ready for templates once.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use tera::Value;

/// A part of a view that is shared between pages: what templates see of it is made when the first page is rendered, and
/// every other one only points to it.
///
/// For a digest, and as JSON, it is the part itself.
#[derive(Debug, Clone)]
pub struct Ready<T>(Arc<Part<T>>);

#[derive(Debug)]
struct Part<T> {
    part: T,
    value: OnceLock<Value>,
}

impl<T> Ready<T> {
    /// A part that is shared from now on.
    pub fn new(part: T) -> Self {
        Self(Arc::new(Part { part, value: OnceLock::new() }))
    }
}

impl<T> Deref for Ready<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.part
    }
}

impl<T: PartialEq> PartialEq for Ready<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Ready<T> {}

impl<T: Serialize> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return (**self).serialize(serializer);
        }
        // Tera takes a value in a value as it is.
        self.0.value.get_or_init(|| Value::from_serializable(&**self)).serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Ready<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use tera::Value;

    use super::Ready;
    use crate::base::digest_of;

    #[derive(Debug, Clone, PartialEq, Serialize)]
    struct Card {
        title: &'static str,
        lang: Option<&'static str>,
    }

    #[test]
    fn a_part_is_the_same_to_everybody_ready_or_not() {
        let card = Card { title: "A & B", lang: None };
        let ready = Ready::new(card.clone());
        for _ in 0..2 {
            assert_eq!(digest_of(&ready), digest_of(&card));
            assert_eq!(Value::from_serializable(&ready), Value::from_serializable(&card));
            assert_eq!(serde_json::json!([&ready]), serde_json::json!([&card]));
        }
    }
}
