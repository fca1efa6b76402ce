//! Who names whom: the lists that pages of players and topics show, as indexes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::content::document::{Details, Summary};
use crate::content::kind::Kind;
use crate::content::model::Name;

use super::lists::{CAP, newest_first};
use super::{PageIx, Site, TopicIx};

/// A question of a page, by its place in the page's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionRef {
    /// The page that answers it.
    pub page: PageIx,
    /// Its place there.
    pub at: u32,
}

/// An event of a page, by its place in the page's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventRef {
    /// The page that tells of it.
    pub page: PageIx,
    /// Its place there.
    pub at: u32,
}

/// A position of a player in an article, by its place among the article's roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PositionRef {
    /// The article.
    pub page: PageIx,
    /// Its place there.
    pub at: u32,
}

/// The lists of the site. Every list holds listed pages alone; those by date are newest first.
#[derive(Debug, Default)]
pub struct Graph {
    /// Articles, newest first.
    pub articles: Vec<PageIx>,
    /// Players, by kind, then name.
    pub players: Vec<PageIx>,
    /// Every question, by the page that answers it: FAQ pages by title, then articles, newest first.
    pub questions: Vec<QuestionRef>,
    /// The FAQ pages that belong to each article, by title.
    pub faqs_of: BTreeMap<PageIx, Vec<PageIx>>,
    /// What concerns each player.
    pub by_player: BTreeMap<PageIx, OfPlayer>,
    /// What concerns each topic.
    pub by_topic: BTreeMap<TopicIx, OfTopic>,
    /// Players that most pages name, most often first; as many as any page shows.
    pub most_named: Vec<PageIx>,
    /// The listed players that each page names, by page.
    named: Vec<Box<[PageIx]>>,
    /// The place of each page in `articles`, by page.
    ranks: Vec<u32>,
}

/// What concerns one player.
#[derive(Debug, Default)]
pub struct OfPlayer {
    /// Pages that name it: articles and FAQ pages, newest first, then the others.
    pub mentions: Vec<PageIx>,
    /// Its positions.
    pub positions: Vec<PositionRef>,
    /// Events that it takes part in, newest first.
    pub events: Vec<EventRef>,
    /// Questions whose answer names it.
    pub questions: Vec<QuestionRef>,
}

/// What concerns one topic.
#[derive(Debug, Default)]
pub struct OfTopic {
    /// Its articles.
    pub articles: Vec<PageIx>,
    /// The players that its articles name, most often first.
    pub players: Vec<PageIx>,
    /// The events of its articles, newest first.
    pub events: Vec<EventRef>,
    /// The questions of its articles and FAQ pages.
    pub questions: Vec<QuestionRef>,
}

impl Graph {
    /// The place of an article in the list of all articles, newest first; the end for any other page.
    pub fn rank(&self, page: PageIx) -> u32 {
        self.ranks.get(page.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// The listed players that a page names.
    pub fn named(&self, page: PageIx) -> &[PageIx] {
        self.named.get(page.0 as usize).map_or(&[], |named| named)
    }

    pub(super) fn build(site: &Site, zone: &TimeZone) -> Self {
        let mut graph = Self::default();
        let listed =
            (0..site.pages.len() as u32).map(PageIx).filter(|ix| site.page(*ix).state.is_listed());
        let (mut faqs, mut topics_of) = (Vec::new(), BTreeMap::new());
        graph.named = vec![Box::default(); site.pages.len()];
        for ix in listed {
            let summary = &site.page(ix).summary;
            match summary.kind {
                Kind::Article => graph.articles.push(ix),
                Kind::Player => graph.players.push(ix),
                Kind::Faq => faqs.push(ix),
                Kind::Topic | Kind::Page => {}
            }
            graph.page(site, ix, summary, &mut topics_of);
        }
        newest_first(&site.pages, zone, &mut graph.articles);
        graph.ranks = vec![u32::MAX; site.pages.len()];
        for (rank, ix) in graph.articles.iter().enumerate() {
            graph.ranks[ix.0 as usize] = rank as u32;
        }
        let by_name = |ix: &PageIx| player_key(&site.page(*ix).summary);
        graph.players.sort_by_cached_key(by_name);
        faqs.sort_by_cached_key(|ix| {
            let summary = &site.page(*ix).summary;
            (summary.title.to_lowercase(), summary.id.clone())
        });
        for faq in &faqs {
            if let Details::Faq(own) = &site.page(*faq).summary.details
                && let Some(id) = &own.article
                && let Some(article) = site.of_kind(Kind::Article, id)
            {
                graph.faqs_of.entry(article).or_default().push(*faq);
            }
        }
        let answering: Vec<PageIx> = faqs.iter().chain(&graph.articles).copied().collect();
        let place: BTreeMap<PageIx, usize> =
            answering.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
        graph.questions = answering
            .iter()
            .flat_map(|page| {
                let count = site.page(*page).summary.questions.len() as u32;
                (0..count).map(|at| QuestionRef { page: *page, at })
            })
            .collect();
        let question_order =
            |question: &QuestionRef| (place.get(&question.page).copied(), question.at);
        let event_order = |event: &EventRef| {
            let summary = &site.page(event.page).summary;
            Reverse((
                summary.events[event.at as usize].date.begins(zone),
                summary.id.clone(),
                event.at,
            ))
        };
        for player in graph.by_player.values_mut() {
            newest_first(&site.pages, zone, &mut player.mentions);
            let order: BTreeMap<PageIx, usize> =
                player.mentions.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
            player.positions.sort_by_key(|position| order.get(&position.page).copied());
            player.events.sort_by_cached_key(event_order);
            player.questions.sort_by_cached_key(question_order);
            player.questions.dedup();
        }
        for (topic, counts) in topics_of {
            let mut players: Vec<PageIx> = counts.keys().copied().collect();
            players.sort_by_cached_key(|ix| (Reverse(counts[ix]), by_name(ix)));
            graph.by_topic.entry(topic).or_default().players = players;
        }
        let counts = graph.by_player.iter().map(|(ix, of)| (*ix, of.mentions.len()));
        let counts: Vec<_> =
            counts.filter(|(ix, count)| *count > 0 && site.page(*ix).state.is_listed()).collect();
        graph.most_named = most(counts, by_name);
        for topic in graph.by_topic.values_mut() {
            newest_first(&site.pages, zone, &mut topic.articles);
            topic.events.sort_by_cached_key(event_order);
            topic.questions.sort_by_cached_key(question_order);
        }
        graph
    }

    fn page(
        &mut self,
        site: &Site,
        ix: PageIx,
        summary: &Summary,
        topics_of: &mut BTreeMap<TopicIx, BTreeMap<PageIx, u32>>,
    ) {
        let mut named: BTreeSet<PageIx> = BTreeSet::new();
        match &summary.details {
            Details::Article(article) => {
                for (at, role) in article.roles.iter().enumerate() {
                    let Some(player) = site.player(&role.player) else { continue };
                    named.insert(player);
                    if role.has_position {
                        let position = PositionRef { page: ix, at: at as u32 };
                        self.by_player.entry(player).or_default().positions.push(position);
                    }
                }
            }
            Details::Faq(faq) => {
                named.extend(faq.about.iter().filter_map(|id| site.player(id)));
            }
            _ => {}
        }
        for (at, event) in summary.events.iter().enumerate() {
            for player in event.players.iter().filter_map(|id| site.player(id)) {
                named.insert(player);
                let event = EventRef { page: ix, at: at as u32 };
                let events = &mut self.by_player.entry(player).or_default().events;
                if events.last() != Some(&event) {
                    events.push(event);
                }
            }
        }
        let questions: BTreeMap<&Arc<str>, u32> = summary
            .questions
            .iter()
            .enumerate()
            .map(|(at, question)| (&question.anchor, at as u32))
            .collect();
        let used = summary.facts_used.iter().filter_map(|id| site.fact(id)).map(|fact| &*fact.fact);
        for fact in summary.facts.iter().chain(used) {
            if let Some(Name::Id(id)) = &fact.attributed_to {
                named.extend(site.player(id));
            }
        }
        for edge in &*site.page(ix).named {
            let Some(player) = site.player(&edge.player) else { continue };
            named.insert(player);
            let question = edge.section.as_ref().and_then(|section| questions.get(section));
            if let Some(at) = question {
                let question = QuestionRef { page: ix, at: *at };
                self.by_player.entry(player).or_default().questions.push(question);
            }
        }
        named.remove(&ix);
        for player in &named {
            self.by_player.entry(*player).or_default().mentions.push(ix);
        }
        let listed = |player: &&PageIx| site.page(**player).state.is_listed();
        let named: Box<[PageIx]> = named.iter().filter(listed).copied().collect();
        for topic in summary.topics.iter().filter_map(|id| site.topic_by_id(id)) {
            let of_topic = self.by_topic.entry(topic).or_default();
            if summary.kind == Kind::Article && of_topic.articles.last() != Some(&ix) {
                of_topic.articles.push(ix);
                let events = (0..summary.events.len() as u32).map(|at| EventRef { page: ix, at });
                of_topic.events.extend(events);
                let counts = topics_of.entry(topic).or_default();
                for player in &named {
                    *counts.entry(*player).or_default() += 1;
                }
            }
            let count = summary.questions.len() as u32;
            of_topic.questions.extend((0..count).map(|at| QuestionRef { page: ix, at }));
        }
        self.named[ix.0 as usize] = named;
    }
}

/// The players with the highest counts, as many as any page shows; ties by name.
fn most<K: Ord>(mut counts: Vec<(PageIx, usize)>, by_name: impl Fn(&PageIx) -> K) -> Vec<PageIx> {
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let least = counts.get(CAP).map_or(0, |(_, count)| *count);
    counts.retain(|(_, count)| *count >= least);
    counts.sort_by_cached_key(|(ix, count)| (Reverse(*count), by_name(ix)));
    counts.truncate(CAP);
    counts.into_iter().map(|(ix, _)| ix).collect()
}

fn player_key(summary: &Summary) -> (crate::content::model::PlayerKind, String, Arc<str>) {
    let kind = match &summary.details {
        Details::Player(player) => player.kind,
        _ => crate::content::model::PlayerKind::default(),
    };
    (kind, summary.title.to_lowercase(), summary.id.clone())
}
