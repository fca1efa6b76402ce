//! Markup whose holes are filled for one page.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::content::markup::{Hole, Markup, Piece};

/// HTML for a template: a markup and what its holes hold on this page, in order.
///
/// For a digest it is the markup's digest and the values: the text itself is never hashed twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    markup: Markup,
    /// Whether the page is the text's own.
    at_home: bool,
    values: Arc<[Box<str>]>,
}

impl Html {
    /// Fills a markup. `values` has one text for every hole, in order. Away from home, what belongs only there is
    /// left out.
    pub fn new(markup: Markup, at_home: bool, values: Vec<Box<str>>) -> Self {
        Self { markup, at_home, values: values.into() }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut values = self.values.iter();
        let mut text = String::new();
        let mut shown = true;
        for piece in self.markup.pieces() {
            match piece {
                Piece::Html(html) if shown => text.push_str(html),
                Piece::Html(_) => {}
                Piece::Hole(hole) => {
                    let value = values.next().map_or("", |value| value);
                    match hole {
                        Hole::HomeStart => shown = self.at_home,
                        Hole::HomeEnd => shown = true,
                        _ if shown => text.push_str(value),
                        _ => {}
                    }
                }
            }
        }
        text
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&self.text())
        } else {
            (&self.markup, self.at_home, &self.values).serialize(serializer)
        }
    }
}

impl JsonSchema for Html {
    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "ready HTML: print it with `| safe`" })
    }
}
