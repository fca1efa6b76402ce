//! What each output may see: plain structs, one file per kind of page, made of the site and one document.
//!
//! A view is everything its template may use, by value; its digest (with the template set's) is the page's key.
//! A view holds lists, never maps, and dates as text, never "three days ago". Nothing here knows
//! Tera.
//!
//! Steps: [`View::of`] takes an output, finds what it shows in the site, fills the holes of its texts ([`html`]) and
//! puts dates and lists into the page's language.

pub mod api;
pub mod article;
pub mod card;
pub mod changes;
mod chart;
pub mod cite;
mod citing;
pub mod common;
pub mod compared;
mod context;
pub mod embed;
pub mod face;
pub mod fact;
pub mod faq;
pub mod feeds;
pub mod figure;
mod fill;
mod filtered;
pub mod history;
pub mod home;
pub mod hover;
pub mod html;
mod kind;
mod languages;
pub mod linked_data;
pub mod list;
mod logo;
mod media;
pub mod not_found;
mod outside;
mod pager;
pub mod parts;
mod pictures;
pub mod plain;
pub mod player;
mod policy;
pub mod positions;
mod reading;
mod records;
pub mod redirect;
pub mod search;
pub mod searched;
mod shared;
pub mod social;
pub mod source;
pub mod sources;
mod spoken;
pub mod standing;
mod steps;
mod svg;
pub mod timeline;
pub mod topic;
mod unit;
mod words;

pub use context::{Context, PageTexts};
pub use kind::{PageContent, PageKind, PageView};
pub use shared::{Prepare, Prepared, SharedPart, SharedParts};
pub use steps::StepLine;

use serde::Serialize;

use crate::base::{Digest, digest_of};
use crate::site::Output;

/// Registers the kinds of page: each is a file that implements [`PageContent`], and one line here.
macro_rules! pages {
    ($($kind:ident($content:path)),* $(,)?) => {
        /// The view of one page. Serialises as the struct of its kind.
        #[derive(Debug, Clone, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "each is documented by the content of its kind")]
        pub enum View {
            $($kind(Box<PageView<$content>>)),*
        }

        /// Every kind of page. [`KindIx`](crate::site::KindIx) is a place in this list.
        pub static PAGES: &[PageKind] = &[$(PageKind {
            output: <$content>::KIND,
            template: <$content>::TEMPLATE,
            about: <$content>::ABOUT,
            fields: crate::yaml::fields::<PageView<$content>>,
            view: |cx, output| View::$kind(Box::new(<$content>::view(cx, output))),
        }),*];
    };
}

pages! {
    Home(home::HomePage),
    Article(article::ArticlePage),
    Player(player::PlayerPage),
    Faq(faq::FaqPage),
    Topic(topic::TopicPage),
    Fact(fact::FactPage),
    Source(source::SourcePage),
    Standing(standing::StandingPage),
    List(list::ListPage),
    Search(search::SearchPage),
    Feeds(feeds::FeedsPage),
    Api(api::ApiPage),
    Embed(embed::EmbedPage),
    Card(card::CardPage),
    NotFound(not_found::NotFoundPage),
    Redirect(redirect::RedirectPage),
}

impl View {
    /// The view of a page or a redirect; none for other outputs.
    pub fn of(cx: &Context<'_>, output: &Output) -> Option<Self> {
        let kind = PAGES.get(usize::from(output.kind.0))?;
        Some(match cx.own_language(output) {
            Some(lang) => {
                let assets = cx.assets.clone();
                (kind.view)(&Context { lang, assets, shared: None, ..*cx }, output)
            }
            None => (kind.view)(cx, output),
        })
    }

    /// The digest of everything that the template may see.
    pub fn digest(&self) -> Digest {
        digest_of(self)
    }
}
