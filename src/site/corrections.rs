//! The corrections of the site: each stays on record while its page is at its URL.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use crate::base::OutPath;
use crate::content::model::ChangeKind;

use super::{PageIx, Site};

/// A change of a page, by its place in the page's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeRef {
    /// The page that changed.
    pub page: PageIx,
    /// Its place there.
    pub at: u32,
}

/// How many of the newest changes the home page shows.
const CHANGED: usize = 4;

/// The corrections and clarifications of all pages that the language lists or would list, newest first. Pages that are
/// withdrawn are among them. Then the newest changes of all kinds that have a date, of pages that are listed.
pub(super) fn corrections(site: &Site, zone: &TimeZone) -> (Vec<ChangeRef>, Vec<ChangeRef>) {
    let pages = (0..site.pages.len() as u32).map(PageIx);
    let changed = |ix: &PageIx| !site.page(*ix).summary.changes.is_empty() && site.lists(*ix);
    let of_page = |page: PageIx| {
        let changes = site.page(page).summary.changes.len() as u32;
        (0..changes).map(move |at| ChangeRef { page, at })
    };
    let mut all: Vec<ChangeRef> = pages.filter(changed).flat_map(of_page).collect();
    all.sort_by_cached_key(|at| {
        let summary = &site.page(at.page).summary;
        let date = summary.changes[at.at as usize].date.map(|date| date.begins(zone));
        (site.is_foreign(at.page), Reverse(date), summary.id.clone(), at.at)
    });
    let change = |at: &ChangeRef| site.page(at.page).summary.changes[at.at as usize];
    let is_shown = |at: &&ChangeRef| {
        change(at).date.is_some()
            && site.page(at.page).state.is_listed()
            && !site.is_foreign(at.page)
    };
    let changed = all.iter().filter(is_shown).take(CHANGED).copied().collect();
    all.retain(|at| change(at).kind != ChangeKind::Update);
    (all, changed)
}

/// Where the feed of corrections in a language is.
pub fn corrections_feed_out(site: &Site) -> OutPath {
    site.out("corrections.xml")
}
