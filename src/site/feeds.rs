//! Feeds: which there are, and what each has an entry for.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use crate::base::OutPath;
use crate::config::FeedScope;
use crate::content::date::Date;
use crate::content::kind::Kind;

use super::graph::{OfPlayer, OfTopic};
use super::{ChangeRef, PageIx, Site, Subject};

/// The most entries of one feed document; older ones are in archives (RFC 5005).
pub const FEED_CAP: usize = 50;

/// What a feed has an entry for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedItem {
    /// An article or a FAQ page, as of its publication.
    Page(PageIx),
    /// A change that its author tells readers of.
    Change(ChangeRef),
}

impl FeedItem {
    /// The page that it leads to.
    pub fn page(self) -> PageIx {
        match self {
            Self::Page(page) => page,
            Self::Change(change) => change.page,
        }
    }
}

/// Where the feed of a page is: `feed.xml` in the page's folder.
pub fn feed_out(page: &OutPath) -> OutPath {
    beside(page, "feed.xml")
}

/// The archive of a feed with a number, from 1: `feed-1.xml` has the oldest entries.
pub fn feed_archive_out(page: &OutPath, number: usize) -> OutPath {
    beside(page, &format!("feed-{number}.xml"))
}

/// A file in the folder of a page.
pub fn beside(page: &OutPath, name: &str) -> OutPath {
    let folder = page.as_str().strip_suffix("index.html").unwrap_or(page.as_str());
    OutPath::new(&format!("{folder}{name}")).expect("a valid path with a plain name after it")
}

/// How many archives a feed has: none while one document holds all of it. Each is full, so that a new entry changes none.
pub fn feed_archives(total: usize) -> usize {
    total.div_ceil(FEED_CAP).saturating_sub(1)
}

impl Site {
    /// The page that a feed tells the news of.
    pub fn feed_page(&self, subject: Subject) -> OutPath {
        match subject {
            Subject::Page(ix) => self.page(ix).out.clone(),
            Subject::Topic(ix) => self.topic(ix).out.clone(),
            _ => self.home_out(),
        }
    }

    /// Whether there is a feed of the site, of a topic or of a player. URLs in a feed are absolute, and an entry has a date.
    pub fn has_feed(&self, subject: Subject) -> bool {
        let is_wanted = match subject {
            Subject::Page(ix) => {
                let is_own = self.page(ix).state.is_listed() && !self.is_foreign(ix);
                is_own && self.feeds == FeedScope::All
            }
            Subject::Topic(ix) => {
                let page = self.topic(ix).page;
                let is_listed = page.is_none_or(|page| self.page(page).state.is_listed());
                is_listed && self.has_topic_page(ix) && self.feeds >= FeedScope::Topics
            }
            _ => self.feeds >= FeedScope::Site,
        };
        let has_any = || self.feed_pages(subject).any(|page| self.is_dated(page));
        is_wanted && self.base.origin.is_some() && has_any()
    }

    /// How many entries a feed has in all.
    pub fn feed_len(&self, subject: Subject) -> usize {
        let of_page =
            |page: PageIx| usize::from(self.is_dated(page)) + self.dated_changes(page).count();
        self.feed_pages(subject).map(of_page).sum()
    }

    /// What a feed has entries for, newest first. Of a player at most as many as one document has: its feed has no archive.
    pub fn feed_items(&self, subject: Subject, zone: &TimeZone) -> Vec<FeedItem> {
        let mut items: Vec<(Date, FeedItem)> = Vec::new();
        let mut pages_left = match subject {
            // Its articles stand newest first.
            Subject::Page(_) => FEED_CAP,
            _ => usize::MAX,
        };
        for page in self.feed_pages(subject) {
            if let Some(date) = self.feed_date(page).filter(|_| pages_left > 0) {
                pages_left -= 1;
                items.push((date, FeedItem::Page(page)));
            }
            items.extend(self.dated_changes(page).map(|(date, at)| (date, FeedItem::Change(at))));
        }
        items.sort_by_cached_key(|(date, item)| {
            let id = self.page(item.page()).summary.id.clone();
            let at = match item {
                FeedItem::Change(change) => (0, change.at),
                FeedItem::Page(_) => (1, 0),
            };
            (Reverse(date.begins(zone)), id, at)
        });
        if matches!(subject, Subject::Page(_)) {
            items.truncate(FEED_CAP);
        }
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// The listed pages of the language that a feed tells of; those of another language are in none.
    fn feed_pages(&self, subject: Subject) -> impl Iterator<Item = PageIx> {
        let pages: Vec<PageIx> = match subject {
            Subject::Page(ix) => {
                let mentions = self.graph.by_player.get(&ix).map(|of: &OfPlayer| &of.mentions[..]);
                mentions.unwrap_or_default().iter().copied().chain([ix]).collect()
            }
            Subject::Topic(ix) => {
                let of = self.graph.by_topic.get(&ix);
                let articles = of.map(|of: &OfTopic| &of.articles[..]).unwrap_or_default();
                let asked = of.map(|of| &of.questions[..]).unwrap_or_default();
                let mut faqs: Vec<PageIx> = asked.iter().map(|question| question.page).collect();
                faqs.retain(|page| self.page(*page).summary.kind == Kind::Faq);
                faqs.dedup();
                articles.iter().copied().chain(faqs).chain(self.topic(ix).page).collect()
            }
            _ => (0..self.pages.len() as u32).map(PageIx).collect(),
        };
        let is_own = |ix: &PageIx| self.page(*ix).state.is_listed() && !self.is_foreign(*ix);
        pages.into_iter().filter(is_own)
    }

    fn is_dated(&self, page: PageIx) -> bool {
        self.feed_date(page).is_some()
    }

    /// When a page began, if feeds have an entry for it.
    pub fn feed_date(&self, page: PageIx) -> Option<Date> {
        let summary = &self.page(page).summary;
        summary.published.filter(|_| matches!(summary.kind, Kind::Article | Kind::Faq))
    }

    fn dated_changes(&self, page: PageIx) -> impl Iterator<Item = (Date, ChangeRef)> {
        let changes = self.page(page).summary.changes.iter().enumerate();
        changes
            .filter_map(move |(at, change)| Some((change.date?, ChangeRef { page, at: at as u32 })))
    }
}
