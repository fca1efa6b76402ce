//! What many pages of a build show of one: its link, its card, its date. Made when the first of them does, and shared.
//!
//! All of it is a function of the site and the site's own language. It reads no text, so no page's key needs to know
//! who made it first.

use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::content::date::Date;
use crate::site::{PageIx, Site, TopicIx};

use super::Ready;
use super::common::{ArticleCard, DateText, LinkText, PlayerCard, SiteInfo};

/// The parts that the pages of one build share.
pub struct Shared {
    pages: Box<[OfPage]>,
    /// The link of each topic.
    topics: Box<[OnceLock<Ready<LinkText>>]>,
    /// What every page shows of the site, without marks.
    pub(super) site_info: OnceLock<SiteInfo>,
    /// The same by the marks of its links: an article's page marks the link to all articles.
    pub(super) marked: Mutex<FxHashMap<Vec<Option<&'static str>>, Ready<SiteInfo>>>,
    /// The dates on which pages were published: many share one.
    dates: Mutex<FxHashMap<Date, Ready<DateText>>>,
}

/// What is shown of one page.
#[derive(Default)]
pub(super) struct OfPage {
    pub(super) link: OnceLock<Ready<LinkText>>,
    pub(super) article: OnceLock<Ready<ArticleCard>>,
    pub(super) player: OnceLock<Ready<PlayerCard>>,
    pub(super) published: OnceLock<Ready<DateText>>,
}

impl Shared {
    /// Room for what is shown of each page of a site.
    pub fn new(site: &Site) -> Self {
        let pages = site.pages.iter().map(|_| OfPage::default()).collect();
        let topics = site.topics.iter().map(|_| OnceLock::new()).collect();
        Self {
            pages,
            topics,
            site_info: OnceLock::new(),
            marked: Mutex::default(),
            dates: Mutex::default(),
        }
    }

    /// A date, as `make` makes it when it is the first time.
    pub(super) fn date(
        &self,
        date: Date,
        make: impl FnOnce() -> Ready<DateText>,
    ) -> Ready<DateText> {
        let mut dates = self.dates.lock().unwrap_or_else(PoisonError::into_inner);
        dates.entry(date).or_insert_with(make).clone()
    }

    pub(super) fn topic(&self, topic: TopicIx) -> &OnceLock<Ready<LinkText>> {
        &self.topics[topic.0 as usize]
    }

    pub(super) fn of(&self, page: PageIx) -> &OfPage {
        &self.pages[page.0 as usize]
    }
}
