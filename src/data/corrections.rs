//! `corrections.xml`: the newest corrections and clarifications as a feed.

use std::sync::Arc;

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, PageIx, Site, Subject, Which, corrections_feed_out};
use crate::view::Context;
use crate::view::changes::ChangeEntry;

use super::DataContent;
use super::atom::{EntryText, Feed, FeedArchives, FeedEntry, absolute, moment, tag_uri};

/// The most entries of a feed; the newest stay.
const MOST: usize = 50;

/// The feed of corrections in one language.
#[derive(Debug, Serialize)]
pub struct CorrectionsFeed(Feed);

impl DataContent for CorrectionsFeed {
    const KIND: OutputKind = OutputKind {
        name: "corrections-feed",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            // URLs in a feed are absolute, and an entry needs a date.
            if site.base.origin.is_some() && has_dated(site) {
                add.data(corrections_feed_out(site), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let (title, page) = cx.corrections_title(&output.path);
        let url = cx.base.url(&output.path).unwrap_or_default();
        let entries = cx.correction_entries(&output.path, MOST);
        Self(Feed {
            title: title.to_string(),
            lang: cx.settings.lang.as_str().into(),
            author: publisher(cx),
            id: url.clone(),
            url,
            archives: FeedArchives::default(),
            page: cx.base.url(&page).unwrap_or_default(),
            hub: hub(cx),
            entries: entries.into_iter().map(|own| change_entry(cx, own)).collect(),
        })
    }

    fn text(&self) -> String {
        self.0.text()
    }
}

fn has_dated(site: &Site) -> bool {
    site.graph.corrections.iter().any(|at| {
        let changes = &site.page(at.page).summary.changes;
        changes[at.at as usize].date.is_some()
    })
}

/// The hub that feeds name. One at the site's own address would be a link to a page that is not there.
pub(super) fn hub(cx: &Context<'_>) -> Option<Arc<str>> {
    let is_own = |hub: &Arc<str>| cx.base.origin.as_deref().is_some_and(|own| hub.starts_with(own));
    cx.site_settings.hub.clone().filter(|hub| !is_own(hub))
}

/// Who stands behind the site: its publisher, its authors, or its name.
pub(super) fn publisher(cx: &Context<'_>) -> String {
    let settings = cx.settings;
    match (&settings.publisher, &settings.authors[..]) {
        (Some(publisher), _) => publisher.name.to_string(),
        (None, []) => settings.title.to_string(),
        (None, authors) => authors.join(", "),
    }
}

/// The entry of a change. It is the same in every feed that has it.
pub(super) fn change_entry(cx: &Context<'_>, own: ChangeEntry) -> FeedEntry {
    let page = cx.site.page(own.page);
    let url = cx.base.url(&page.out).unwrap_or_default();
    let ChangeEntry { date, kind, number, .. } = own;
    let lang = page.summary.lang.as_ref().filter(|lang| **lang != cx.settings.lang);
    FeedEntry {
        id: tag_uri(cx.base, date, &format!("{}/{kind}/{number}", entry_name(cx, own.page))),
        title: own.title.to_string(),
        lang: lang.map(|lang| lang.as_str().into()),
        published: None,
        updated: moment(date, cx.zone),
        authors: Vec::new(),
        topics: Vec::new(),
        text: EntryText::Whole(absolute(&own.html, cx.base, &url)),
        url,
    }
}

/// The name of a page in ids: neither its title nor its address.
pub(super) fn entry_name(cx: &Context<'_>, page: PageIx) -> String {
    let summary = &cx.site.page(page).summary;
    let edition = summary.edition.as_ref().map_or(String::new(), |tag| format!("{tag}/"));
    format!("{edition}{}/{}", summary.kind.folder(), summary.id)
}
