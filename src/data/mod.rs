//! Outputs for programs: text that a Rust function writes, where a page has a template.
//!
//! An output's value is everything that its text is made of, by value, as a view is for a page: its digest is the
//! output's key, and the text is written only when the digest differs. Nothing here knows a template.

pub mod atom;
pub mod calendar;
pub mod citations;
pub mod corrections;
pub mod csv;
pub mod facts;
pub mod feeds;
pub mod hosts;
pub mod humans;
pub mod ical;
pub mod indexnow;
pub mod lists;
pub mod manifest;
pub mod oembed;
pub mod plain;
pub mod robots;
pub mod schemas;
pub mod search;
pub mod security;
pub mod sitemap;
pub mod stylesheet;

use serde::Serialize;

use crate::base::{Digest, digest_of};
use crate::diag::Diagnostic;
use crate::site::{Output, OutputKind};
use crate::view::Context;

/// A kind of data output, registered in one line below.
#[derive(Debug)]
pub struct DataKind {
    /// Its name, its phase, and which of its outputs there are.
    pub output: OutputKind,
    make: fn(&Context<'_>, &Output) -> Box<dyn Data>,
}

/// What a data output is made of.
pub trait Data {
    /// The digest of everything that the text is made of.
    fn digest(&self) -> Digest;

    /// The text.
    fn text(&self) -> String;

    /// What those who read the text cannot take.
    fn problem(&self, text: &str) -> Option<Diagnostic>;
}

/// What the outputs of one kind are made of.
pub trait DataContent: Serialize + Sized + 'static {
    /// Its name, its phase, and which of its outputs there are.
    const KIND: OutputKind;

    /// The value of one output. PageTexts of pages are read through [`Context::texts`] alone, which notes them: an edit of
    /// a text makes those outputs anew that have read it.
    fn value(cx: &Context<'_>, output: &Output) -> Self;

    /// The text of a value.
    fn text(&self) -> String;

    /// What those who read the text cannot take.
    fn problem(&self, _text: &str) -> Option<Diagnostic> {
        None
    }
}

impl<T: DataContent> Data for T {
    fn digest(&self) -> Digest {
        digest_of(self)
    }

    fn text(&self) -> String {
        DataContent::text(self)
    }

    fn problem(&self, text: &str) -> Option<Diagnostic> {
        DataContent::problem(self, text)
    }
}

/// Registers the kinds of data: each is a file that implements [`DataContent`], and one line here.
macro_rules! data {
    ($($content:path),* $(,)?) => {
        /// Every kind of data.
        pub static DATA: &[DataKind] = &[$(DataKind {
            output: <$content>::KIND,
            make: |cx, output| Box::new(<$content>::value(cx, output)),
        }),*];
    };
}

data! {
    calendar::Calendar,
    corrections::CorrectionsFeed,
    feeds::NewsFeed,
    feeds::JsonFeed,
    citations::CitationJson,
    citations::CitationBibtex,
    citations::CitationRis,
    citations::SourcesJson,
    facts::FactsJson,
    facts::FactJson,
    facts::FactsCsv,
    facts::FactSvg,
    search::SearchBegin,
    search::SearchGroup,
    search::SearchShard,
    search::SearchNames,
    search::SearchFilters,
    search::SearchText,
    lists::PlayersJson,
    lists::ArticlesJson,
    lists::QuestionsJson,
    lists::TopicsJson,
    lists::PageJson,
    lists::CardJson,
    oembed::Oembed,
    plain::PageMarkdown,
    plain::LlmsTxt,
    schemas::DataSchema,
    sitemap::Sitemap,
    robots::Robots,
    security::SecurityText,
    humans::HumansText,
    manifest::AppManifest,
    hosts::HostFile,
    indexnow::IndexNowKey,
    stylesheet::Stylesheet,
}

impl DataKind {
    /// What an output of the kind is made of.
    pub fn make(&self, cx: &Context<'_>, output: &Output) -> Box<dyn Data> {
        (self.make)(cx, output)
    }
}
