//! Whom a page names, and which pages name it.

use std::collections::BTreeSet;

use crate::base::EntityId;
use crate::content::document::{Details, Summary};
use crate::content::kind::Kind;
use crate::content::reference::Target;
use crate::site::{PageIx, Resolution, Site};

/// The most pages that a list shows.
pub(super) const MOST: usize = 50;

/// The players that a page names, in the order of the players.
pub(super) fn players(site: &Site, page: PageIx) -> Vec<PageIx> {
    let summary = &site.page(page).summary;
    let mut named: BTreeSet<PageIx> = site.graph.named(page).iter().copied().collect();
    // Pages that no list shows have no part in the graph.
    named.extend(targets(summary).iter().filter_map(|target| site.player_of(target)));
    named.remove(&page);
    named.into_iter().collect()
}

/// The pages that name a page, in their order.
pub(super) fn linking(site: &Site, page: PageIx) -> Vec<PageIx> {
    let leads_here = |other: &PageIx| {
        let targets = targets(&site.page(*other).summary);
        targets.iter().any(|target| match site.resolve(target) {
            Resolution::Page(to) => to == page,
            Resolution::Topic(topic) => site.topic(topic).page == Some(page),
            _ => false,
        })
    };
    let mut pages: BTreeSet<PageIx> = BTreeSet::new();
    if let Some(of) = site.graph.by_player.get(&page) {
        pages.extend(of.mentions.iter());
    }
    pages.extend((0..site.pages.len() as u32).map(PageIx).filter(leads_here));
    pages.remove(&page);
    pages.into_iter().collect()
}

/// Everything that a page refers to: in its texts, and in the fields that name a player.
fn targets(summary: &Summary) -> Vec<Target> {
    let player = |id: &EntityId| Target::Typed(Kind::Player, id.into());
    let mut targets: Vec<Target> =
        summary.references.iter().map(|reference| reference.to.clone()).collect();
    for event in &summary.events {
        targets.extend(event.players.iter().map(player));
    }
    match &summary.details {
        Details::Article(article) => {
            targets.extend(article.roles.iter().map(|role| player(&role.player)));
        }
        Details::Faq(faq) => targets.extend(faq.about.iter().map(player)),
        _ => {}
    }
    let topic = |id: &EntityId| Target::Typed(Kind::Topic, id.into());
    targets.extend(summary.topics.iter().map(topic));
    targets
}
