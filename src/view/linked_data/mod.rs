//! What a page tells search engines about itself: one graph of JSON-LD, in the words of schema.org.
//!
//! Its identifiers are absolute URLs, so a site without a `base_url` has none. An object of ours is the page that is about
//! it and a fragment that no author's anchor can be: `/players/japan/#b-entity`. A graph says what readers see on the
//! page, and no more.

mod entity;
mod page;
mod site;
mod text;
mod writer;

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use super::common::{DateText, PageHead};
use super::context::PageContext;

pub(super) use page::Subjects;
use writer::Node;
pub(super) use writer::is_own;

/// The graph of a page: JSON in which no `<`, `>` or `&` stands, so that nothing in it ends a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LinkedData(Arc<str>);

impl JsonSchema for LinkedData {
    fn schema_name() -> Cow<'static, str> {
        "LinkedData".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "JSON for a script of type `application/ld+json`: print it with `| safe`" })
    }
}

/// The fragments of the objects of a page.
const SITE: &str = "#b-site";
const PUBLISHER: &str = "#b-publisher";
const ARTICLE: &str = "#b-article";
const ENTITY: &str = "#b-entity";
const TOPIC: &str = "#b-topic";
const WORK: &str = "#b-work";
const QUESTIONS: &str = "#b-questions";

/// The graph of one page while it is written.
pub(super) struct Graph<'a> {
    page_cx: &'a PageContext<'a>,
    origin: &'a str,
    out: String,
}

impl PageContext<'_> {
    /// Begins the graph of a page with the site and its publisher; none for a page that has no address of its own.
    pub(super) fn graph(&self, head: &PageHead) -> Option<Graph<'_>> {
        let origin = self.cx.base.origin.as_deref()?;
        head.canonical.as_ref().filter(|_| head.kind != "redirect")?;
        let mut out = String::with_capacity(4096);
        out.push_str("{\"@context\":\"https://schema.org\",\"@graph\":[");
        out.push_str(&self.site_nodes(origin));
        Some(Graph { page_cx: self, origin, out })
    }
}

impl Graph<'_> {
    /// Adds an object of the page, with its fragment.
    fn node(&mut self, url: &str, fragment: &str, fill: impl FnOnce(&mut Node<'_>)) {
        self.out.push(',');
        Node::write(&mut self.out, self.origin, |node| {
            node.url("@id", url, fragment);
            fill(node);
        });
    }

    /// Ends the graph.
    pub(super) fn finish(mut self) -> LinkedData {
        self.out.push_str("]}");
        LinkedData(self.out.into())
    }
}

/// A day or a moment; a month or a year is none, for what asks for a day.
pub(super) fn whole_day(date: &Option<impl AsDateText>) -> Option<&str> {
    let iso = date.as_ref()?.iso();
    (iso.len() >= "2025-01-01".len()).then_some(iso)
}

/// A date, shared between pages or not.
pub(super) trait AsDateText {
    fn iso(&self) -> &str;
}

impl AsDateText for DateText {
    fn iso(&self) -> &str {
        &self.iso
    }
}

impl AsDateText for super::SharedPart<DateText> {
    fn iso(&self) -> &str {
        &self.iso
    }
}
