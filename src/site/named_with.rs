//! Who is named with whom.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

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

/// Of the articles that name a player, how many name two of some others: a row for each of these, with a count for each.
/// Where both are one, it is how many name that one.
pub fn named_together(site: &Site, player: PageIx, others: &[PageIx]) -> Vec<Vec<usize>> {
    let graph = &site.graph;
    let mut counts = vec![vec![0; others.len()]; others.len()];
    let Some(of) = graph.by_player.get(&player) else { return counts };
    let places: FxHashMap<PageIx, usize> =
        others.iter().enumerate().map(|(at, other)| (*other, at)).collect();
    let mut here = Vec::with_capacity(others.len());
    for page in of.mentions.iter().filter(|page| graph.rank(**page) != u32::MAX) {
        here.clear();
        here.extend(graph.named(*page).iter().filter_map(|other| places.get(other).copied()));
        for one in &here {
            for other in &here {
                counts[*one][*other] += 1;
            }
        }
    }
    counts
}
