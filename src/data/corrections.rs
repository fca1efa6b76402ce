//! `corrections.xml`: the newest corrections and clarifications as a feed.

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Site, Subject, Which, corrections_feed_out};
use crate::view::Context;
use crate::view::changes::CorrectionEntry;

use super::DataContent;
use super::atom::{Feed, FeedEntry, absolute, moment, tag_uri};

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
        let settings = cx.settings;
        let author = match (&settings.publisher, &settings.authors[..]) {
            (Some(publisher), _) => publisher.name.to_string(),
            (None, []) => settings.title.to_string(),
            (None, authors) => authors.join(", "),
        };
        let entries = cx.correction_entries(&output.path, MOST);
        Self(Feed {
            title: title.to_string(),
            lang: settings.lang.as_str().into(),
            author,
            url: cx.base.url(&output.path).unwrap_or_default(),
            page: cx.base.url(&page).unwrap_or_default(),
            entries: entries.into_iter().map(|own| entry(cx, own)).collect(),
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

fn entry(cx: &Context<'_>, own: CorrectionEntry) -> FeedEntry {
    let page = cx.site.page(own.page);
    let summary = &page.summary;
    let url = cx.base.url(&page.out).unwrap_or_default();
    let edition = summary.edition.as_ref().map_or(String::new(), |tag| format!("{tag}/"));
    let CorrectionEntry { date, kind, number, .. } = own;
    let folder = summary.kind.folder();
    let name = format!("{edition}{folder}/{}/{kind}/{number}", summary.id);
    let lang = summary.lang.as_ref().filter(|lang| **lang != cx.settings.lang);
    FeedEntry {
        id: tag_uri(cx.base, date, &name),
        title: own.title.to_string(),
        lang: lang.map(|lang| lang.as_str().into()),
        updated: moment(date, cx.zone),
        html: absolute(&own.html, cx.base, &url),
        url,
    }
}
