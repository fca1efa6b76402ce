//! Markup whose holes are filled for one page, and whose names link there.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::content::markup::{Hole, Markup, Piece};

/// HTML for a template: a markup and what its holes hold on this page, in order.
///
/// For a digest it is the markup's digest, the values and the names: the text itself is never hashed twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    markup: Markup,
    /// Whether the page is the text's own.
    at_home: bool,
    values: Arc<[Box<str>]>,
    /// The names that link, in the order of their places.
    names: Arc<[NameLink]>,
}

/// A name in a text, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameLink {
    /// The piece of the markup that holds it.
    pub piece: u32,
    /// Where it begins in the piece, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The player's page, as it stands in an attribute.
    pub href: Arc<str>,
}

impl Html {
    /// Fills a markup. `values` has one text for every hole, in order, `names` the names that link, in order. Away from home, what belongs only there is
    /// left out.
    pub fn new(markup: Markup, at_home: bool, values: Vec<Box<str>>, names: Vec<NameLink>) -> Self {
        Self { markup, at_home, values: values.into(), names: names.into() }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut values = self.values.iter();
        let mut text = String::new();
        let mut shown = true;
        let mut names = self.names.iter().peekable();
        for (at, piece) in self.markup.pieces().iter().enumerate() {
            match piece {
                Piece::Html(html) => {
                    let mut from = 0;
                    while let Some(name) = names.next_if(|name| name.piece as usize == at) {
                        let (start, end) = (name.start as usize, name.end as usize);
                        if shown {
                            text.push_str(&html[from..start]);
                            text.push_str("<a href=\"");
                            text.push_str(&name.href);
                            text.push_str("\">");
                            text.push_str(&html[start..end]);
                            text.push_str("</a>");
                        }
                        from = end;
                    }
                    if shown {
                        text.push_str(&html[from..]);
                    }
                }
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
            (&self.markup, self.at_home, &self.values, &self.names).serialize(serializer)
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
