//! Positions of players: over time by topic, and who stands where on a topic. Each is what one article says, with its date.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::base::EntityId;
use crate::content::document::Details;
use crate::content::model::{Name, PlayerKind, Role};
use crate::site::{OfPlayer, OfTopic, Owner, PageIx, PositionRef, RestKind, TopicIx};

use super::SharedPart;
use super::common::{Capped, DateText, Foreign, LinkText};
use super::context::{Context, PageContext};
use super::fill::HoleFiller;
use super::html::FilledHtml;

/// A position taken in an article.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PositionView {
    /// The article.
    pub article: LinkText,
    /// When it was published.
    pub date: Option<SharedPart<DateText>>,
    /// Of several on one topic: `latest` or `earlier`.
    pub order: Option<&'static str>,
    /// The position.
    pub position: FilledHtml,
    /// The language of the position, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// Where it is reported.
    pub source: Option<LinkText>,
}

/// A player's positions on one topic.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PositionGroup {
    /// The topic; none for positions in articles without one.
    pub topic: Option<SharedPart<LinkText>>,
    /// The positions, newest first.
    pub positions: Vec<PositionView>,
}

/// The newest positions on a topic of the players of one side.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StanceSide {
    /// The country or organisation; none for players without one.
    pub side: Option<SharedPart<LinkText>>,
    /// The players, each with its position.
    pub stances: Vec<StanceView>,
}

/// Where a player stands on a topic.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StanceView {
    /// The player.
    pub player: SharedPart<LinkText>,
    /// The newest position.
    pub position: PositionView,
}

impl Context<'_> {
    /// Whose side a player is on in an article: what its author says, else the player's country, or the country itself.
    pub(super) fn side_of(&self, role: &Role, player: PageIx) -> Option<EntityId> {
        let Details::Player(own) = &self.site.page(player).summary.details else { return None };
        let country = match &own.country {
            Some(Name::Id(id)) => Some(id.clone()),
            _ if own.kind == PlayerKind::Country => Some(role.player.clone()),
            _ => None,
        };
        role.side.clone().or(country)
    }

    fn role(&self, position: PositionRef) -> Option<&Role> {
        match &self.site.page(position.page).summary.details {
            Details::Article(article) => article.roles.get(position.at as usize),
            _ => None,
        }
    }
}

impl PageContext<'_> {
    /// A player's position, from the article that reports it.
    pub(super) fn position(&self, position: PositionRef) -> Option<PositionView> {
        let cx = self.cx;
        let summary = &cx.site.page(position.page).summary;
        let markup = cx.texts.body(position.page).positions.get(position.at as usize)?;
        let source = cx.role(position).and_then(|role| role.source.clone());
        Some(PositionView {
            // Few pages show an article's positions: to keep what templates see of its link costs more room than time.
            article: LinkText::clone(&cx.page_link(position.page)),
            date: self.published(position.page),
            order: None,
            position: HoleFiller::new(self, position.page).html(markup),
            foreign: cx.other(cx.lang_of(position.page)),
            source: cx.source_link(summary, &source),
        })
    }

    /// The newest positions of a player by topic. The topic with the newest of them comes first.
    pub(super) fn position_groups(&self, of: &OfPlayer, owner: Owner) -> Capped<PositionGroup> {
        let Capped { items, more } =
            self.capped(&of.positions, owner, RestKind::Positions, |position| Some(*position));
        let mut groups: Vec<(Option<TopicIx>, Vec<PositionRef>)> = Vec::new();
        for (topic, position) in self.topics_of(&items).into_iter().zip(&items) {
            match groups.iter_mut().find(|(of, _)| *of == topic) {
                Some((_, positions)) => positions.push(*position),
                None => groups.push((topic, vec![*position])),
            }
        }
        groups.sort_by_key(|(topic, _)| topic.is_none());
        let group = |(topic, positions): (Option<TopicIx>, Vec<PositionRef>)| PositionGroup {
            topic: topic.map(|topic| self.cx.topic_link(topic)),
            positions: self.in_order(&positions),
        };
        Capped { items: groups.into_iter().map(group).collect(), more }
    }

    /// The topic under which each position is shown, once: that of its article which has most of the player's positions, so
    /// that those on one topic meet. Of several the article's first.
    fn topics_of(&self, positions: &[PositionRef]) -> Vec<Option<TopicIx>> {
        let site = self.cx.site;
        let topics = |position: &PositionRef| -> Vec<TopicIx> {
            let ids = &site.page(position.page).summary.topics;
            ids.iter().filter_map(|id| site.topic_by_id(id)).collect()
        };
        let all: Vec<Vec<TopicIx>> = positions.iter().map(topics).collect();
        let mut counts: FxHashMap<TopicIx, usize> = FxHashMap::default();
        for topic in all.iter().flatten() {
            *counts.entry(*topic).or_default() += 1;
        }
        let most = |topics: &Vec<TopicIx>| {
            // Of equals the last is the greatest: the article's first comes last.
            topics.iter().rev().max_by_key(|topic| counts[topic]).copied()
        };
        all.iter().map(most).collect()
    }

    /// Positions on one topic. Several of different dates are marked as what they are: a later and an earlier statement.
    fn in_order(&self, positions: &[PositionRef]) -> Vec<PositionView> {
        let mut views: Vec<PositionView> =
            positions.iter().filter_map(|position| self.position(*position)).collect();
        let is_dated = views.iter().all(|view| view.date.is_some());
        let newest = views.first().and_then(|view| view.date.clone()).filter(|_| is_dated);
        if views.iter().any(|view| view.date != newest) && newest.is_some() {
            for view in &mut views {
                view.order = Some(if view.date == newest { "latest" } else { "earlier" });
            }
        }
        views
    }

    /// Who stands where on a topic, and where the list goes on.
    pub(super) fn stances(&self, of: &OfTopic, owner: Owner) -> Capped<StanceSide> {
        let Capped { items, more } =
            self.capped(&of.stances, owner, RestKind::Stances, |position| Some(*position));
        Capped { items: self.stance_sides(&items), more }
    }

    /// Positions by side, sides in the order of their newest position; players without a side come last.
    pub(super) fn stance_sides(&self, positions: &[PositionRef]) -> Vec<StanceSide> {
        let cx = self.cx;
        let mut sides: Vec<(Option<EntityId>, Vec<StanceView>)> = Vec::new();
        for position in positions {
            let Some(role) = cx.role(*position) else { continue };
            let Some(player) = cx.site.player(&role.player) else { continue };
            let Some(view) = self.position(*position) else { continue };
            let stance = StanceView { player: cx.page_link(player), position: view };
            let side = cx.side_of(role, player);
            match sides.iter_mut().find(|(id, _)| *id == side) {
                Some((_, stances)) => stances.push(stance),
                None => sides.push((side, vec![stance])),
            }
        }
        sides.sort_by_key(|(side, _)| side.is_none());
        let side = |(side, stances): (Option<EntityId>, Vec<StanceView>)| StanceSide {
            side: side.map(|id| cx.player_link(&id)),
            stances,
        };
        sides.into_iter().map(side).collect()
    }
}
