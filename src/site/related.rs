//! Articles about the same players and topics.

use crate::content::document::Details;

use super::{PageIx, Site};

/// How many related articles a page shows.
const SHOWN: usize = 5;

/// A list longer than this says little: it only breaks ties.
const COMMON: usize = 500;

/// What an article shares with another: weight, then ties.
type Weight = (u64, u64);

/// An article by its place in the list of all articles, newest first, and what it shares.
type Shared = (u32, Weight);

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
    // FAQ pages name players too, and have no place among articles.
    let places = |posting: &&[PageIx]| -> Vec<u32> {
        posting.iter().map(|page| graph.rank(*page)).filter(|place| *place != u32::MAX).collect()
    };
    let (common, telling): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
        postings.iter().map(places).partition(|posting| posting.len() > COMMON);
    let mut sums = sum(&telling);
    sums.retain(|(place, _)| *place != graph.rank(article));
    for posting in common {
        break_ties(&mut sums, &posting);
    }
    let better =
        |(a, weight_a): &Shared, (b, weight_b): &Shared| weight_b.cmp(weight_a).then(a.cmp(b));
    if sums.len() > SHOWN {
        sums.select_nth_unstable_by(SHOWN - 1, better);
        sums.truncate(SHOWN);
    }
    sums.sort_unstable_by(better);
    sums.into_iter().map(|(place, _)| graph.articles[place as usize]).collect()
}

/// One entry for each article that shares something, newest first.
fn sum(postings: &[Vec<u32>]) -> Vec<Shared> {
    let mut shared: Vec<(u32, u64)> = Vec::with_capacity(postings.iter().map(Vec::len).sum());
    for posting in postings {
        let weight = 1_000_000 / posting.len().max(1) as u64;
        shared.extend(posting.iter().map(|place| (*place, weight)));
    }
    shared.sort_unstable_by_key(|(place, _)| *place);
    let mut sums: Vec<Shared> = Vec::new();
    for (place, weight) in shared {
        match sums.last_mut() {
            Some((last, sum)) if *last == place => sum.0 += weight,
            _ => sums.push((place, (weight, 0))),
        }
    }
    sums
}

/// Adds what a common thing says of articles that share more than that. Both are newest first.
fn break_ties(sums: &mut [Shared], posting: &[u32]) {
    let weight = 1_000_000 / posting.len().max(1) as u64;
    let mut rest = posting.iter().peekable();
    for (place, (_, ties)) in sums {
        while rest.next_if(|other| **other < *place).is_some() {}
        if rest.peek() == Some(&&*place) {
            *ties += weight;
        }
    }
}
