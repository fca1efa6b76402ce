//! The order of lists and the numbers of their pages.

use std::cmp::Reverse;

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::base::{EntityId, OutPath};
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::lang::Collation;

use super::{PageIx, Site, Topic, TopicIx};

/// Items of a list that a page about something else shows.
pub const CAP: usize = 20;

/// Items that a page of a list shows: such a page is about as long as an article.
pub const PAGE: usize = 100;

/// How many pages of its own a list by date has: none while [`CAP`] items are all of it.
///
/// They count from the oldest item, so that a new item changes the last of them alone.
pub fn rest_pages(total: usize) -> usize {
    if total > CAP { total.div_ceil(PAGE) } else { 0 }
}

/// The items of page `number` (from 1, counted from the oldest) of a list that is kept newest first.
pub fn newest_first_page<T>(items: &[T], number: usize) -> &[T] {
    let total = items.len();
    let newest = (number * PAGE).min(total);
    let oldest = ((number - 1) * PAGE).min(total);
    &items[total - newest..total - oldest]
}

/// The page that goes on where the first page of a list by date ends, if there is more.
pub fn older_page(total: usize) -> Option<usize> {
    (total > CAP).then(|| (total - CAP - 1) / PAGE + 1)
}

/// How many pages an alphabetical index has; at least one.
pub fn pages(total: usize) -> usize {
    total.div_ceil(PAGE).max(1)
}

/// Every page in the order of lists by date: those of the language, then the others; newest first: date (undated is
/// oldest), then id.
pub(super) fn newest_first(site: &Site, zone: &TimeZone) -> Vec<PageIx> {
    let mut all: Vec<PageIx> = (0..site.pages.len() as u32).map(PageIx).collect();
    all.sort_by_cached_key(|ix| {
        let summary = &*site.page(*ix).summary;
        let date = summary.published.map(|date| date.begins(zone));
        (site.is_foreign(*ix), Reverse((date, &*summary.id)))
    });
    all
}

/// Every topic that a listed page names or that has a page, in the order of the topics page: `order`, then title.
///
/// A topic whose page is not public yet is no topic, even if public pages name it.
pub(super) fn topics(site: &Site, order: &Collation) -> (Vec<Topic>, FxHashMap<EntityId, TopicIx>) {
    let (pages, hidden) = (&site.pages, &site.hidden_ids);
    let mut found: FxHashMap<&EntityId, Option<PageIx>> = FxHashMap::default();
    for (at, page) in pages.iter().enumerate() {
        let ix = PageIx(at as u32);
        let is_listed = site.lists(ix);
        if page.summary.kind == Kind::Topic && is_listed {
            found.insert(&page.summary.id, Some(ix));
        }
        if page.state.is_listed() && is_listed {
            let public = |id: &&EntityId| hidden.get(*id) != Some(&Kind::Topic);
            for id in page.summary.topics.iter().filter(public) {
                found
                    .entry(id)
                    .or_insert_with(|| site.of_kind(Kind::Topic, id).filter(|_| site.number > 0));
            }
        }
    }
    let prefix = site.edition().prefix();
    let mut topics: Vec<Topic> = found
        .into_iter()
        .filter_map(|(id, page)| {
            let out = match page {
                Some(page) => pages[page.0 as usize].out.clone(),
                None => OutPath::new(&format!("{prefix}topics/{id}/index.html")).ok()?,
            };
            Some(Topic { id: id.clone(), page, out })
        })
        .collect();
    topics.sort_by_cached_key(|topic| {
        let summary = topic.page.map(|page| &pages[page.0 as usize].summary);
        let place = summary.and_then(|summary| match &summary.details {
            Details::Topic(topic) => topic.order,
            _ => None,
        });
        let title = summary.map_or(&*topic.id, |summary| &summary.title);
        let foreign = topic.page.is_some_and(|page| site.is_foreign(page));
        (
            !site.lists_topic(topic),
            foreign,
            place.unwrap_or(i64::MAX),
            order.key(title),
            topic.id.clone(),
        )
    });
    let ids = topics
        .iter()
        .enumerate()
        .map(|(at, topic)| (topic.id.clone(), TopicIx(at as u32)))
        .collect();
    (topics, ids)
}

#[cfg(test)]
mod tests {
    use super::{newest_first_page, older_page, rest_pages};

    #[test]
    fn pages_count_from_the_oldest() {
        let items: Vec<usize> = (0..245).rev().collect();
        assert_eq!(
            [rest_pages(20), rest_pages(21), rest_pages(100), rest_pages(245)],
            [0, 1, 1, 3]
        );
        assert_eq!(newest_first_page(&items, 1), (0..100).rev().collect::<Vec<_>>());
        assert_eq!(newest_first_page(&items, 3), (200..245).rev().collect::<Vec<_>>());
        assert_eq!(older_page(20), None);
        // The first page shows 225..245; what follows, item 224, is on the third.
        assert_eq!(older_page(245), Some(3));
        assert!(newest_first_page(&items, 3).contains(&224));
        assert_eq!(older_page(220), Some(2));
    }

    #[test]
    fn a_new_item_changes_the_last_page_alone() {
        let before: Vec<usize> = (0..245).rev().collect();
        let after: Vec<usize> = (0..246).rev().collect();
        for number in 1..=2 {
            assert_eq!(newest_first_page(&before, number), newest_first_page(&after, number));
        }
        assert_ne!(newest_first_page(&before, 3), newest_first_page(&after, 3));
    }
}
