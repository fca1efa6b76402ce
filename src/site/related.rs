//! Articles about the same players and topics.

use crate::content::document::Details;

use super::graph::Graph;
use super::tally::tally;
use super::{PageIx, Site};

/// How many related articles a page shows.
const SHOWN: usize = 5;

/// A list longer than this says little: it only breaks ties.
const COMMON: usize = 500;

/// What an article shares with another: weight, then ties.
type Weight = (u64, u64);

/// An article by its place in the list of all articles, newest first, and what it shares.
type SharedTopics = (u32, Weight);

/// The articles that share most with one, rare things counting more than common ones.
///
/// Weights are whole numbers (a million divided by the number of articles that share the thing), so that the order
/// is the same on every machine. Ties go to the newer article. Counted when one page's view is made, never stored.
pub fn related(site: &Site, article: PageIx) -> Vec<PageIx> {
    let summary = &site.page(article).summary;
    let Details::Article(own) = &summary.details else { return Vec::new() };
    let graph = &site.graph;
    let players = own.roles.iter().filter_map(|role| site.player(&role.player));
    let players = players.filter_map(|player| graph.by_player.get(&player));
    let topics = summary.topics.iter().filter_map(|id| site.topic_by_id(id));
    let topics = topics.filter_map(|topic| graph.by_topic.get(&topic));
    let postings: Vec<&[PageIx]> = players
        .map(|player| &*player.mentions)
        .chain(topics.map(|topic| &*topic.articles))
        .collect();
    let count = |posting: &[PageIx]| places(graph, posting).count();
    let postings = postings.into_iter().map(|posting| (posting, count(posting)));
    let (common, telling): (Vec<_>, Vec<_>) = postings.partition(|(_, count)| *count > COMMON);
    let own = graph.rank(article);
    let weight = |count: usize| 1_000_000 / count.max(1) as u64;
    let sums = tally(graph.articles.len(), |add| {
        for (posting, count) in telling {
            let weight = weight(count);
            let others = places(graph, posting).filter(|place| *place != own);
            others.for_each(|place| add(place, weight));
        }
    });
    let mut sums: Vec<SharedTopics> =
        sums.into_iter().map(|(place, weight)| (place, (weight, 0))).collect();
    if !common.is_empty() {
        sums.sort_unstable_by_key(|(place, _)| *place);
    }
    for (posting, count) in common {
        break_ties(&mut sums, places(graph, posting), weight(count));
    }
    let better = |(a, weight_a): &SharedTopics, (b, weight_b): &SharedTopics| {
        weight_b.cmp(weight_a).then(a.cmp(b))
    };
    if sums.len() > SHOWN {
        sums.select_nth_unstable_by(SHOWN - 1, better);
        sums.truncate(SHOWN);
    }
    sums.sort_unstable_by(better);
    sums.into_iter().map(|(place, _)| graph.articles[place as usize]).collect()
}

/// The places of pages among all articles, newest first. FAQ pages name players too, and have none.
fn places(graph: &Graph, pages: &[PageIx]) -> impl Iterator<Item = u32> {
    pages.iter().map(|page| graph.rank(*page)).filter(|place| *place != u32::MAX)
}

/// Adds what a common thing says of articles that share more than that. Both are newest first.
fn break_ties(sums: &mut [SharedTopics], posting: impl Iterator<Item = u32>, weight: u64) {
    let mut rest = posting.peekable();
    for (place, (_, ties)) in sums {
        while rest.next_if(|other| *other < *place).is_some() {}
        if rest.peek() == Some(place) {
            *ties += weight;
        }
    }
}
