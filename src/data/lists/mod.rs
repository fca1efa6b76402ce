//! What the site has, for programs: `players.json` (Popolo), `articles.json`, `questions.json`, `topics.json`, and
//! `index.json` beside a page, `card.json` beside the page of a player.
//!
//! What each field means is in `src/data/schemas/`, which the site publishes at `/api/`. `VERSION` is raised when a field
//! goes or means something else, and not when one is added.

mod articles;
mod card;
mod page;
mod players;
mod popolo;
mod questions;
mod topics;

pub use articles::ArticlesJson;
pub use card::CardJson;
pub use page::PageJson;
pub use players::PlayersJson;
pub use questions::QuestionsJson;
pub use topics::TopicsJson;

use std::sync::Arc;

use serde::Serialize;

use crate::base::{EntityId, OutPath};
use crate::content::document::Summary;
use crate::site::{Add, Output, PageIx, Site, Subject, list_file};
use crate::view::Context;

use super::facts::{day, url};
use super::schemas::schema_url;

/// The version of the formats.
const VERSION: u32 = 1;

/// The most items of one file: a reader of the first loads no more than a large page.
const MOST: usize = 1000;

/// What stands before the items of a list.
#[derive(Debug, Clone, Serialize)]
struct ListHead {
    /// The URL of the schema.
    schema: String,
    version: u32,
    /// The site's title.
    site: Arc<str>,
    /// The page that lists the same.
    url: String,
    /// The language of the list, BCP 47.
    language: Arc<str>,
    /// The URL of the licence of the texts.
    license: Option<Arc<str>>,
    /// The file that goes on.
    next: Option<String>,
}

impl ListHead {
    fn new(cx: &Context<'_>, name: &str, page: &OutPath, next: Option<OutPath>) -> Self {
        Self {
            schema: schema_url(cx, name),
            version: VERSION,
            site: cx.settings.title.clone(),
            url: url(cx, page),
            language: cx.settings.lang.as_str().into(),
            license: cx.settings.license.clone(),
            next: next.map(|out| url(cx, &out)),
        }
    }

    /// The head of a list in parts: `number` counts from 1, of `total` items.
    fn part(cx: &Context<'_>, name: &str, page: &OutPath, number: usize, total: usize) -> Self {
        let goes_on = total > number * MOST;
        Self::new(cx, name, page, goes_on.then(|| list_file(cx.site, name, number + 1)))
    }
}

/// What every record of a page has.
#[derive(Debug, Clone, Serialize)]
struct PageHeadRecord {
    id: EntityId,
    kind: &'static str,
    title: Arc<str>,
    url: String,
    /// The language of the page, BCP 47.
    language: Arc<str>,
    /// The page in one or two plain sentences.
    summary: Option<Arc<str>>,
    published: Option<String>,
    updated: Option<String>,
    reviewed: Option<String>,
    /// The last day on which it holds.
    expires: Option<String>,
    /// The ids of its topics.
    topics: Vec<EntityId>,
    /// The ids of the players that it names.
    players: Vec<EntityId>,
    /// The ids of the figures that its texts use.
    figures: Vec<EntityId>,
}

impl PageHeadRecord {
    fn new(cx: &Context<'_>, ix: PageIx) -> Self {
        let site = cx.site;
        let page = site.page(ix);
        let summary: &Summary = &page.summary;
        let date = |date: Option<_>| date.map(|date| day(cx, date));
        let topics = summary.topics.iter().filter(|id| site.topic_by_id(id).is_some());
        let figures = summary.facts_used.iter().filter(|id| site.fact(id).is_some());
        let named = site.graph.named(ix).iter().map(|player| &site.page(*player).summary.id);
        Self {
            id: summary.id.clone(),
            kind: summary.kind.as_str(),
            title: summary.title.clone(),
            url: url(cx, &page.out),
            language: cx.page_lang(ix).as_str().into(),
            summary: Some(cx.summary_of(ix)).filter(|text| !text.is_empty()),
            published: date(summary.published),
            updated: date(summary.updated),
            reviewed: date(summary.reviewed),
            expires: date(summary.expires),
            topics: topics.cloned().collect(),
            players: named.cloned().collect(),
            figures: figures.cloned().collect(),
        }
    }
}

/// The files of a list of so many items; none of an empty one. An author's own file takes the place of the first.
fn parts(site: &Site, name: &str, total: usize, add: &mut Add<'_>) {
    if total == 0 || site.is_taken(&list_file(site, name, 1)) {
        return;
    }
    for number in 1..=total.div_ceil(MOST) {
        add.data(list_file(site, name, number), Subject::Part(number));
    }
}

/// The number of a file of a list, from 1.
fn part_of(output: &Output) -> usize {
    let Some(Subject::Part(number)) = output.subject() else {
        unreachable!("the outputs of the kind are parts")
    };
    number
}

/// The items of a file, by its number.
fn window<T>(items: &[T], number: usize) -> &[T] {
    items.chunks(MOST).nth(number - 1).unwrap_or_default()
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("the keys are texts");
    text.push('\n');
    text
}
