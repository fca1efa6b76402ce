//! Who is named with whom.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{PageIx, Site};

/// How many players a page shows.
const SHOWN: usize = 8;

/// The players that share most articles with one, each with the number of these articles. Ties go by name.
///
/// Counted when one page's view is made, never stored.
pub fn named_with(site: &Site, player: PageIx) -> Vec<(PageIx, usize)> {
    let graph = &site.graph;
    let Some(of) = graph.by_player.get(&player) else { return Vec::new() };
    let mut counts: FxHashMap<PageIx, usize> = FxHashMap::default();
    let articles = of.mentions.iter().filter(|page| graph.rank(**page) != u32::MAX);
    for other in articles.flat_map(|page| graph.named(*page)) {
        if *other != player {
            *counts.entry(*other).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
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
