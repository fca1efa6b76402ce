//! Who names whom: the lists that pages of players and topics show, as indexes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::EntityId;
use crate::content::document::{Details, Question};
use crate::content::kind::Kind;
use crate::content::model::{Name, PlayerKind};
use crate::lang::Collation;

use super::corrections::{ChangeRef, corrections};
use super::facts::FILTERED_FROM;
use super::lists::{CAP, newest_first};
use super::timeline::{EventIx, Timeline};
use super::{Instant, PageIx, Site, TopicIx};

/// A question of a page, by its place in the page's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// The years by which readers may narrow that list, newest first, each with its articles in that order; none where the
    /// list is short, or of one year.
    pub years: Vec<(i16, Vec<PageIx>)>,
    /// Players, by kind, then name.
    pub players: Vec<PageIx>,
    /// Every question, by the page that answers it: FAQ pages by title, then articles, newest first.
    pub questions: Vec<QuestionRef>,
    /// The FAQ pages that belong to each article, by title.
    pub faqs_of: BTreeMap<PageIx, Vec<PageIx>>,
    /// Every correction and clarification, newest first, also of pages that are withdrawn.
    pub corrections: Vec<ChangeRef>,
    /// The newest changes of all kinds, for the home page.
    pub changed: Vec<ChangeRef>,
    /// Every event.
    pub timeline: Timeline,
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
    pub events: Vec<EventIx>,
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
    pub events: Vec<EventIx>,
    /// The questions of its articles and FAQ pages.
    pub questions: Vec<QuestionRef>,
    /// The newest position of each player in its articles, newest first.
    pub stances: Vec<PositionRef>,
}

/// The articles of each year, newest first, of as many years as a list of them has entries.
fn years(site: &Site, articles: &[PageIx]) -> Vec<(i16, Vec<PageIx>)> {
    if articles.len() < FILTERED_FROM {
        return Vec::new();
    }
    let mut years: BTreeMap<Reverse<i16>, Vec<PageIx>> = BTreeMap::new();
    for ix in articles {
        if let Some(date) = site.page(*ix).summary.published {
            years.entry(Reverse(date.year())).or_default().push(*ix);
        }
    }
    if years.len() < 2 {
        return Vec::new();
    }
    years.into_iter().take(CAP).map(|(Reverse(year), articles)| (year, articles)).collect()
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

    pub(super) fn build(site: &Site, instant: &Instant, order: &Collation) -> Self {
        let listed: Vec<PageIx> = (0..site.pages.len() as u32)
            .map(PageIx)
            .filter(|ix| site.page(*ix).state.is_listed() && site.lists(*ix))
            .collect();
        let mut graph = Self::default();
        let mut faqs = Vec::new();
        for ix in &listed {
            match site.page(*ix).summary.kind {
                Kind::Article => graph.articles.push(*ix),
                Kind::Player => graph.players.push(*ix),
                Kind::Faq => faqs.push(*ix),
                Kind::Topic | Kind::Page => {}
            }
        }
        let newest = ranks(site, &newest_first(site, &instant.zone));
        graph.articles.sort_by_key(|ix| newest[ix.0 as usize]);
        graph.ranks = ranks(site, &graph.articles);
        graph.years = years(site, &graph.articles);
        graph.players.sort_by_cached_key(|ix| player_key(site, *ix, order));
        let by_name = ranks(site, &graph.players);
        faqs.sort_by_cached_key(|ix| {
            let summary = &site.page(*ix).summary;
            (site.is_foreign(*ix), order.key(&summary.title), summary.id.clone())
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
        graph.questions = answering
            .iter()
            .flat_map(|page| {
                let count = site.page(*page).summary.questions.len() as u32;
                (0..count).map(|at| QuestionRef { page: *page, at })
            })
            .collect();
        let answers = ranks(site, &answering);

        (graph.corrections, graph.changed) = corrections(site, &instant.zone);
        graph.timeline = Timeline::build(site, &listed, instant);

        // Players that are not listed are named too; their pages say who names them.
        let ids =
            site.pages.iter().map(|page| &page.summary).filter(|own| own.kind == Kind::Player);
        let players: FxHashMap<&str, PageIx> =
            ids.filter_map(|own| Some((&*own.id, site.player(&own.id)?))).collect();
        let found: Vec<PageGraph> =
            listed.par_iter().map(|ix| PageGraph::of(site, *ix, &players)).collect();
        let mut by_player: Vec<OfPlayer> = Vec::new();
        by_player.resize_with(site.pages.len(), OfPlayer::default);
        let mut by_topic: Vec<(OfTopic, Vec<PageIx>)> = Vec::new();
        by_topic.resize_with(site.topics.len(), Default::default);
        graph.named = vec![Box::default(); site.pages.len()];
        let is_listed =
            |player: &&PageIx| site.page(**player).state.is_listed() && site.lists(**player);
        for (ix, found) in listed.iter().zip(found) {
            for player in &found.named {
                by_player[player.0 as usize].mentions.push(*ix);
            }
            for (player, at) in found.positions.iter().copied() {
                by_player[player.0 as usize].positions.push(PositionRef { page: *ix, at });
            }
            for (player, at) in found.questions {
                by_player[player.0 as usize].questions.push(QuestionRef { page: *ix, at });
            }
            let named: Box<[PageIx]> = found.named.iter().filter(is_listed).copied().collect();
            let summary = &site.page(*ix).summary;
            for topic in found.topics {
                let (of, players) = &mut by_topic[topic.0 as usize];
                if summary.kind == Kind::Article && of.articles.last() != Some(ix) {
                    of.articles.push(*ix);
                    players.extend(&named);
                    let positions = found.positions.iter().filter(|(player, _)| is_listed(&player));
                    of.stances.extend(positions.map(|(_, at)| PositionRef { page: *ix, at: *at }));
                }
                let questions = 0..summary.questions.len() as u32;
                of.questions.extend(questions.map(|at| QuestionRef { page: *ix, at }));
            }
            graph.named[ix.0 as usize] = named;
        }

        for (at, event) in graph.timeline.events.iter().enumerate() {
            let ix = EventIx(at as u32);
            for told in &event.told {
                for player in
                    site.page_event(*told).players.iter().filter_map(|id| players.get(&**id))
                {
                    push_once(&mut by_player[player.0 as usize].events, ix);
                }
                let topics = &site.page(told.page).summary.topics;
                for topic in topics.iter().filter_map(|id| site.topic_by_id(id)) {
                    push_once(&mut by_topic[topic.0 as usize].0.events, ix);
                }
            }
        }

        let newest_pages = |pages: &mut Vec<PageIx>| {
            pages.sort_by_key(|page| newest[page.0 as usize]);
        };
        let in_order = |questions: &mut Vec<QuestionRef>| {
            questions.sort_by_key(|question| (answers[question.page.0 as usize], question.at));
        };
        by_player.par_iter_mut().for_each(|of| {
            newest_pages(&mut of.mentions);
            of.positions.sort_by_key(|position| newest[position.page.0 as usize]);
            in_order(&mut of.questions);
            of.questions.dedup();
        });
        by_topic.par_iter_mut().for_each(|(of, players)| {
            newest_pages(&mut of.articles);
            in_order(&mut of.questions);
            of.players = most_often(players, &by_name);
            newest_of_each(site, &mut of.stances, &newest);
        });
        let with_something = by_player.into_iter().enumerate().filter(|(_, of)| !of.is_empty());
        graph.by_player = with_something.map(|(at, of)| (PageIx(at as u32), of)).collect();
        let with_something = by_topic.into_iter().enumerate().filter(|(_, (of, _))| !of.is_empty());
        graph.by_topic = with_something.map(|(at, (of, _))| (TopicIx(at as u32), of)).collect();
        let counts = graph.by_player.iter().map(|(ix, of)| (*ix, of.mentions.len()));
        let counts: Vec<_> = counts.filter(|(ix, count)| *count > 0 && is_listed(&ix)).collect();
        graph.most_named = most(counts, &by_name);
        graph
    }
}

impl OfPlayer {
    fn is_empty(&self) -> bool {
        self.mentions.is_empty()
            && self.positions.is_empty()
            && self.events.is_empty()
            && self.questions.is_empty()
    }
}

impl OfTopic {
    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.questions.is_empty()
    }
}

/// What one page says of others; places are those of its own lists.
struct PageGraph {
    /// The players that it names, itself excepted, in order; each once.
    named: Vec<PageIx>,
    /// A player and the place of its position.
    positions: Vec<(PageIx, u32)>,
    /// A player and a question whose answer names it.
    questions: Vec<(PageIx, u32)>,
    /// Its topics.
    topics: Vec<TopicIx>,
}

impl PageGraph {
    fn of(site: &Site, ix: PageIx, players: &FxHashMap<&str, PageIx>) -> Self {
        let page = site.page(ix);
        let summary = &*page.summary;
        let player = |id: &EntityId| players.get(&**id).copied();
        let mut named: Vec<PageIx> = Vec::new();
        let mut positions = Vec::new();
        match &summary.details {
            Details::Article(article) => {
                for (at, role) in article.roles.iter().enumerate() {
                    let Some(player) = player(&role.player) else { continue };
                    named.push(player);
                    if role.has_position {
                        positions.push((player, at as u32));
                    }
                }
            }
            Details::Faq(faq) => named.extend(faq.about.iter().filter_map(player)),
            _ => {}
        }
        let with_events = summary.events.iter().flat_map(|event| &event.players);
        named.extend(with_events.filter_map(player));
        let used = summary.facts_used.iter().filter_map(|id| site.fact(id)).map(|fact| &*fact.fact);
        for fact in summary.facts.iter().chain(used) {
            if let Some(Name::Id(id)) = &fact.attributed_to {
                named.extend(player(id));
            }
        }
        let mut questions = Vec::new();
        for edge in &*page.named {
            let Some(player) = player(&edge.player) else { continue };
            named.push(player);
            let Some(section) = &edge.section else { continue };
            // Of two questions with one anchor, the last.
            let is_it = |question: &Question| question.anchor == *section;
            if let Some(at) = summary.questions.iter().rposition(is_it) {
                questions.push((player, at as u32));
            }
        }
        named.sort_unstable();
        named.dedup();
        named.retain(|player| *player != ix);
        let topics = summary.topics.iter().filter_map(|id| site.topic_by_id(id)).collect();
        Self { named, positions, questions, topics }
    }
}

/// Leaves the newest position of each player, newest first.
fn newest_of_each(site: &Site, positions: &mut Vec<PositionRef>, newest: &[u32]) {
    positions.sort_by_key(|position| newest[position.page.0 as usize]);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    positions.retain(|position| match &site.page(position.page).summary.details {
        Details::Article(article) => seen.insert(&article.roles[position.at as usize].player),
        _ => false,
    });
}

/// Adds an event to a list that is filled in the order of all events.
fn push_once(events: &mut Vec<EventIx>, event: EventIx) {
    if events.last() != Some(&event) {
        events.push(event);
    }
}

/// The place of each page in a list, by page; the end for a page that is not in it.
fn ranks(site: &Site, list: &[PageIx]) -> Vec<u32> {
    let mut ranks = vec![u32::MAX; site.pages.len()];
    for (rank, ix) in list.iter().enumerate() {
        ranks[ix.0 as usize] = rank as u32;
    }
    ranks
}

/// Players, each as often as it is named, become each once: the one that is named most often first, ties by name.
fn most_often(players: &mut [PageIx], by_name: &[u32]) -> Vec<PageIx> {
    players.sort_unstable();
    let counts = players.chunk_by(|a, b| a == b).map(|same| (same[0], same.len()));
    let mut counts: Vec<(PageIx, usize)> = counts.collect();
    counts.sort_by_key(|(ix, count)| (Reverse(*count), by_name[ix.0 as usize]));
    counts.into_iter().map(|(ix, _)| ix).collect()
}

/// The players with the highest counts, as many as any page shows; ties by name.
fn most(mut counts: Vec<(PageIx, usize)>, by_name: &[u32]) -> Vec<PageIx> {
    counts.sort_by_key(|(ix, count)| (Reverse(*count), by_name[ix.0 as usize]));
    counts.truncate(CAP);
    counts.into_iter().map(|(ix, _)| ix).collect()
}

/// What players are sorted by: the kind, whether they have no page in the language, the collation keys of the family name and of the whole name, the id.
type PlayerKey = (PlayerKind, bool, Box<[u8]>, Box<[u8]>, EntityId);

/// The order of players: by kind, people by their family names, and others by their names.
fn player_key(site: &Site, page: PageIx, order: &Collation) -> PlayerKey {
    let summary = &site.page(page).summary;
    let (kind, family) = match &summary.details {
        Details::Player(player) => (player.kind, player.family_name.as_ref()),
        _ => (PlayerKind::default(), None),
    };
    let first = family.filter(|_| kind == PlayerKind::Person).unwrap_or(&summary.title);
    let foreign = site.is_foreign(page);
    (kind, foreign, order.key(first), order.key(&summary.title), summary.id.clone())
}
