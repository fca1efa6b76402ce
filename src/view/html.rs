//! Markup whose holes are filled for one page, and whose names link there.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::content::markup::{Hole, Markup, Piece};

/// HTML for a template: a markup and what its holes hold on this page, in order.
///
/// For a digest it is the markup's digest, the values and the names: the text itself is never hashed twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledHtml {
    markup: Markup,
    /// Whether the page is the text's own.
    at_home: bool,
    values: Values,
    /// The names that link, in the order of their places.
    names: Arc<[NameLink]>,
    /// The pieces of the markup that are shown, where they are not all.
    pieces: Option<Range<usize>>,
}

/// What a digest covers of a text.
#[derive(Serialize)]
struct HtmlKey<'a> {
    markup: &'a Markup,
    at_home: bool,
    values: &'a Values,
    names: &'a [NameLink],
    pieces: &'a Option<Range<usize>>,
}

/// What the holes of a markup hold on a page, in their order: one text, and where the value of each hole ends in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Values {
    text: String,
    ends: Vec<u32>,
}

impl Values {
    /// Adds the value of the next hole, which `write` writes.
    pub fn push(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len() as u32);
    }

    /// The values in order.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.text[*start as usize..*end as usize])
    }
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
    /// The language of the player's page, if that is not the page's.
    pub lang: Option<Arc<str>>,
}

/// Bytes that a thread keeps to fill texts in.
const LARGE: usize = 1 << 20;

thread_local! {
    /// Where a text is filled: a template's value is a copy of it in any case.
    static BUFFER: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What stands around the URL and the text of a name that links.
const NAME_START: &str = "<a href=\"";
const NAME_END: &str = "</a>";

impl FilledHtml {
    /// Fills a markup. `values` has one text for every hole, in order, `names` the names that link, in order. Away
    /// from home, what belongs only there is left out.
    pub fn new(markup: Markup, at_home: bool, values: Values, names: Vec<NameLink>) -> Self {
        Self { markup, at_home, values, names: names.into(), pieces: None }
    }

    /// A part of a text: the pieces of its markup in a range, outside of which there are neither values nor names.
    #[must_use]
    pub fn part(mut self, pieces: Range<usize>) -> Self {
        self.pieces = Some(pieces);
        self
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        let mut values = self.values.iter();
        let mut shown = true;
        let mut names = self.names.iter().peekable();
        let Range { start, end } = self.pieces.clone().unwrap_or(0..usize::MAX);
        for (at, piece) in self.markup.pieces().enumerate().take(end).skip(start) {
            match piece {
                Piece::Html(html) => {
                    let mut from = 0;
                    while let Some(name) = names.next_if(|name| name.piece as usize == at) {
                        let (start, end) = (name.start as usize, name.end as usize);
                        if shown {
                            text.push_str(&html[from..start]);
                            text.push_str(NAME_START);
                            text.push_str(&name.href);
                            if let Some(lang) = &name.lang {
                                text.push_str("\" hreflang=\"");
                                text.push_str(lang);
                            }
                            text.push_str("\">");
                            text.push_str(&html[start..end]);
                            text.push_str(NAME_END);
                        }
                        from = end;
                    }
                    if shown {
                        text.push_str(&html[from..]);
                    }
                }
                Piece::Home(html) if shown && self.at_home => text.push_str(html),
                Piece::Home(_) => {}
                Piece::Hole(hole) => {
                    let value = values.next().unwrap_or_default();
                    match hole {
                        Hole::HomeStart => shown = self.at_home,
                        Hole::HomeEnd => shown = true,
                        _ if shown => text.push_str(value),
                        _ => {}
                    }
                }
            }
        }
    }
}

impl Serialize for FilledHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            BUFFER.with_borrow_mut(|text| {
                text.clear();
                self.write(text);
                let done = serializer.serialize_str(text);
                text.shrink_to(LARGE);
                done
            })
        } else {
            let Self { markup, at_home, values, names, pieces } = self;
            HtmlKey { markup, at_home: *at_home, values, names, pieces }.serialize(serializer)
        }
    }
}

impl JsonSchema for FilledHtml {
    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "ready HTML: print it with `| safe`" })
    }
}
