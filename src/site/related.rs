//! Articles about the same players and topics.

use crate::content::document::Details;

use super::{PageIx, Site};

/// How many related articles a page shows.
const SHOWN: usize = 5;

/// A list longer than this says little: it only breaks ties.
const COMMON: usize = 500;

/// What an article shares with another: weight, then ties.
type Weight = (u64, u64);

/// The articles that share most with one, rare things counting more than common ones.
///
/// Weights are whole numbers (a million divided by the number of articles that share the thing), so that the order
/// is the same on every machine. Ties go to the newer article. Counted when one page's view is made, never stored.
pub fn related(site: &Site, article: PageIx) -> Vec<PageIx> {
    let summary = &site.page(article).summary;
    let Details::Article(own) = &summary.details else { return Vec::new() };
    let mut shared: Vec<(PageIx, Weight)> = Vec::new();
    let players = own.roles.iter().filter_map(|role| site.player(&role.player));
    for of_player in players.filter_map(|player| site.graph.by_player.get(&player)) {
        let is_article =
            |page: &&PageIx| matches!(site.page(**page).summary.details, Details::Article(_));
        count(&mut shared, of_player.mentions.iter().filter(is_article).copied());
    }
    let topics = summary.topics.iter().filter_map(|id| site.topic_by_id(id));
    for of_topic in topics.filter_map(|topic| site.graph.by_topic.get(&topic)) {
        count(&mut shared, of_topic.articles.iter().copied());
    }
    shared.retain(|(other, _)| *other != article);
    let mut sums = sum(shared);
    // Newer articles stand earlier in the list of all articles.
    let better = |(a, weight_a): &(PageIx, Weight), (b, weight_b): &(PageIx, Weight)| {
        weight_b.cmp(weight_a).then_with(|| site.graph.rank(*a).cmp(&site.graph.rank(*b)))
    };
    if sums.len() > SHOWN {
        sums.select_nth_unstable_by(SHOWN - 1, better);
        sums.truncate(SHOWN);
    }
    sums.sort_unstable_by(better);
    sums.into_iter().map(|(page, _)| page).collect()
}

/// Adds a posting: every article that shares one thing.
fn count(shared: &mut Vec<(PageIx, Weight)>, posting: impl Iterator<Item = PageIx>) {
    let start = shared.len();
    shared.extend(posting.map(|page| (page, (0, 0))));
    let length = shared.len() - start;
    let weight = 1_000_000 / length.max(1) as u64;
    let weight = if length > COMMON { (0, weight) } else { (weight, 0) };
    for (_, slot) in &mut shared[start..] {
        *slot = weight;
    }
}

/// One entry for each article that shares more than common things.
fn sum(mut shared: Vec<(PageIx, Weight)>) -> Vec<(PageIx, Weight)> {
    shared.sort_unstable_by_key(|(page, _)| *page);
    let mut sums: Vec<(PageIx, Weight)> = Vec::new();
    for (page, (weight, ties)) in shared {
        match sums.last_mut() {
            Some((last, sum)) if *last == page => *sum = (sum.0 + weight, sum.1 + ties),
            _ => sums.push((page, (weight, ties))),
        }
    }
    sums.retain(|(_, (weight, _))| *weight > 0);
    sums
}
