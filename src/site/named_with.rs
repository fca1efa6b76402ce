//! Who is named with whom.

use std::cmp::Reverse;

use super::tally::tally;
use super::{PageIx, Site};

/// How many players a page shows.
const SHOWN: usize = 8;

/// The players that share most articles with one, each with the number of these articles. Ties go by name.
///
/// Counted when one page's view is made, never stored.
pub fn named_with(site: &Site, player: PageIx) -> Vec<(PageIx, usize)> {
    let graph = &site.graph;
    let Some(of) = graph.by_player.get(&player) else { return Vec::new() };
    let articles = of.mentions.iter().filter(|page| graph.rank(**page) != u32::MAX);
    let counts = tally(site.pages.len(), |add| {
        let others = articles.flat_map(|page| graph.named(*page));
        others.filter(|other| **other != player).for_each(|other| add(other.0, 1));
    });
    let count = |(at, count)| (PageIx(at), count as usize);
    let mut counts: Vec<(PageIx, usize)> = counts.into_iter().map(count).collect();
    counts.sort_by_key(|(ix, count)| (Reverse(*count), *ix));
    // Ties are few at the end: names are compared among those that may be shown alone.
    let least = counts.get(SHOWN - 1).map_or(0, |(_, count)| *count);
    counts.retain(|(_, count)| *count >= least);
    counts.sort_by_cached_key(|(ix, count)| {
        let summary = &site.page(*ix).summary;
        (Reverse(*count), summary.title.to_lowercase(), summary.id.clone())
    });
    counts.truncate(SHOWN);
    counts
}
