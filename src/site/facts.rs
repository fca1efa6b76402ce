//! The figures of the site: who declares each, which have a page, and which pages use them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::EntityId;
use crate::content::document::{Article, Compared, Details, Summary};
use crate::content::model::{Fact, Name};
use crate::lang::Collation;

use super::state::Admitted;
use super::{CAP, Page, PageIx, Problem, Site, SiteFact, TopicIx, problem};

/// From how many listed figures on their index offers those of each topic: fewer are read at a glance.
pub(super) const FILTERED_FROM: usize = 20;

/// A figure, by its place among the sorted ids of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactIx(pub u32);

/// Every figure, by id.
pub(super) struct Facts {
    pub(super) by_id: FxHashMap<EntityId, SiteFact>,
    /// Those that the pages of each other language declare of an entity that has them in the first, as those have them.
    pub(super) of_editions: Vec<FxHashMap<EntityId, SiteFact>>,
}

impl Facts {
    /// The ids of all, sorted.
    pub(super) fn ids(&self) -> Vec<EntityId> {
        let mut ids: Vec<_> = self.by_id.keys().cloned().collect();
        ids.sort_unstable();
        ids
    }
}

/// Gathers the figures of pages and `shared` ones. Of two with one id the first stays.
pub(super) fn collect(admitted: &Admitted, shared: &[Fact], problems: &mut Vec<Problem>) -> Facts {
    let pages = &admitted.pages;
    let mut by_id = FxHashMap::default();
    for fact in shared {
        let fact = SiteFact { fact: Arc::new(fact.clone()), home: None };
        by_id.insert(fact.fact.id.clone(), fact);
    }
    let mut of_editions = vec![FxHashMap::default(); admitted.ids.len() - 1];
    // A figure of a page and of its translation is one, and the page's.
    let declares = |page: &Page, id: &str| page.summary.facts.iter().any(|fact| &*fact.id == id);
    let mut translated: Vec<(usize, SiteFact)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let home = Some(PageIx(at as u32));
        let original =
            page.summary.edition.as_ref().and_then(|_| admitted.ids[0].get(&page.summary.id));
        for fact in &page.summary.facts {
            let fact = SiteFact { fact: Arc::new(fact.clone()), home };
            if original.is_some_and(|first| declares(&pages[first.0 as usize], &fact.fact.id)) {
                translated.push((at, fact));
                continue;
            }
            if let Some(first) = by_id.get(&fact.fact.id) {
                let other = first.home.map(|home: PageIx| &pages[home.0 as usize].path);
                problems.push(problem::duplicate_fact(page, &fact.fact.id, other));
                continue;
            }
            by_id.insert(fact.fact.id.clone(), fact);
        }
    }
    for (at, fact) in translated {
        let id = &pages[at].summary.id;
        let is_own = |ids: &FxHashMap<EntityId, PageIx>| ids.get(id) == Some(&PageIx(at as u32));
        if let Some(edition) = admitted.ids[1..].iter().position(is_own) {
            of_editions[edition].insert(fact.fact.id.clone(), fact);
        }
    }
    Facts { by_id, of_editions }
}

/// The ids of the figures that pages use which are not public yet.
pub(super) fn held(hidden: &[Page]) -> FxHashSet<EntityId> {
    hidden.iter().flat_map(|page| used_by(&page.summary)).cloned().collect()
}

/// The ids of the figures that a page uses or declares.
pub fn used_by(summary: &Summary) -> impl Iterator<Item = &EntityId> {
    let own = summary.facts.iter().map(|fact| &fact.id);
    let compared = match &summary.details {
        Details::Article(Article { compared: Compared::Listed(ids), .. }) => ids.as_slice(),
        _ => &[],
    };
    own.chain(&summary.facts_used).chain(compared)
}

/// The figures as the readers of one language find them.
#[derive(Debug, Default)]
pub struct FactLists {
    /// Those that have a page in the language. Those of the index come first, in its order: by whom they are about, then
    /// by what they measure.
    with_page: Vec<FactIx>,
    /// How many of them the index lists.
    listed: usize,
    /// By figure, whether it has a page in the language.
    has_page: Vec<bool>,
    /// By figure, the listed pages that use or declare it, newest first.
    uses: Vec<Vec<PageIx>>,
    /// By player, the listed figures about it, newest first.
    by_player: BTreeMap<PageIx, Vec<FactIx>>,
    /// By topic, the listed figures that its pages use, newest first.
    by_topic: BTreeMap<TopicIx, Vec<FactIx>>,
    /// The topics that the index offers, in the order of topics, each with its figures in the order of the index.
    filters: Vec<(TopicIx, Vec<FactIx>)>,
}

impl FactLists {
    /// Those of the index, in its order.
    pub fn listed(&self) -> &[FactIx] {
        &self.with_page[..self.listed]
    }

    /// All that have a page in the language. Those behind the listed ones are declared by pages that no list shows.
    pub fn with_page(&self) -> &[FactIx] {
        &self.with_page
    }

    /// Whether a figure has a page in the language.
    pub fn has_page(&self, fact: FactIx) -> bool {
        self.has_page.get(fact.0 as usize).is_some_and(|has| *has)
    }

    /// The listed pages that use or declare a figure, newest first.
    pub fn uses(&self, fact: FactIx) -> &[PageIx] {
        self.uses.get(fact.0 as usize).map_or(&[], |uses| uses)
    }

    /// The listed figures about each player that has some, newest first.
    pub fn players(&self) -> impl Iterator<Item = (PageIx, &[FactIx])> {
        self.by_player.iter().map(|(player, facts)| (*player, &**facts))
    }

    /// The listed figures about a player, newest first.
    pub fn of_player(&self, player: PageIx) -> &[FactIx] {
        self.by_player.get(&player).map_or(&[], |facts| facts)
    }

    /// The listed figures of each topic that has some, newest first.
    pub fn topics(&self) -> impl Iterator<Item = (TopicIx, &[FactIx])> {
        self.by_topic.iter().map(|(topic, facts)| (*topic, &**facts))
    }

    /// The listed figures that the pages of a topic use, newest first.
    pub fn of_topic(&self, topic: TopicIx) -> &[FactIx] {
        self.by_topic.get(&topic).map_or(&[], |facts| facts)
    }

    /// The topics by which readers may narrow the index, each with its figures in the order of the index; none below
    /// `FILTERED_FROM` figures. No more than `CAP`: those with the most figures.
    pub fn filters(&self) -> &[(TopicIx, Vec<FactIx>)] {
        &self.filters
    }

    /// The figures of one of [`Self::filters`].
    pub fn filtered(&self, topic: TopicIx) -> &[FactIx] {
        let at = self.filters.binary_search_by_key(&topic, |(topic, _)| *topic);
        at.map_or(&[], |at| &self.filters[at].1)
    }

    pub(super) fn build(site: &Site, zone: &TimeZone, order: &Collation) -> Self {
        let all = || (0..site.fact_ids.len() as u32).map(FactIx);
        let mut lists = Self::default();
        lists.uses.resize_with(site.fact_ids.len(), Vec::new);
        lists.has_page.resize(site.fact_ids.len(), false);
        for (at, page) in site.pages.iter().enumerate() {
            let ix = PageIx(at as u32);
            if !site.lists(ix) {
                continue;
            }
            for fact in used_by(&page.summary).filter_map(|id| site.fact_ix(id)) {
                // Readers of the page find its figures in their language, whatever lists show.
                lists.has_page[fact.0 as usize] = true;
                let uses = &mut lists.uses[fact.0 as usize];
                if page.state.is_listed() && uses.last() != Some(&ix) {
                    uses.push(ix);
                }
            }
        }
        let shows_shared = site.number() == 0 || site.edition().lists_untranslated;
        // What only pages use that are not public yet waits for them.
        let is_shared = |fact: &FactIx| {
            site.fact_at(*fact).home.is_none() && !site.held_facts.contains(site.fact_id(*fact))
        };
        for fact in all().filter(|fact| shows_shared && is_shared(fact)) {
            lists.has_page[fact.0 as usize] = true;
        }
        for uses in &mut lists.uses {
            uses.sort_by_cached_key(|ix| {
                let summary = &*site.page(*ix).summary;
                let date = summary.published.map(|date| date.begins(zone));
                (site.is_foreign(*ix), Reverse((date, summary.id.clone())))
            });
        }
        let mut with_page: Vec<FactIx> = all().filter(|fact| lists.has_page(*fact)).collect();
        let is_listed = |fact: &FactIx| {
            site.fact_at(*fact).home.is_none_or(|home| site.page(home).state.is_listed())
                || !lists.uses(*fact).is_empty()
        };
        with_page.sort_by_cached_key(|fact| {
            let own = &site.fact_at(*fact).fact;
            let about = own.about.as_ref().map(|name| about_key(site, name, order));
            let of = own.of.as_ref().map(|of| order.key(of));
            (!is_listed(fact), about.is_none(), about, of.is_none(), of, *fact)
        });
        lists.listed = with_page.iter().filter(|fact| is_listed(fact)).count();
        lists.with_page = with_page;

        let mut newest = lists.listed().to_vec();
        newest.sort_by_cached_key(|fact| {
            let as_of = site.fact_at(*fact).fact.as_of.map(|date| date.begins(zone));
            (Reverse(as_of), *fact)
        });
        for fact in newest {
            if let Some(Name::Id(id)) = &site.fact_at(fact).fact.about
                && let Some(player) = site.player(id)
            {
                lists.by_player.entry(player).or_default().push(fact);
            }
            for page in &lists.uses[fact.0 as usize] {
                let topics = site.page(*page).summary.topics.iter();
                for topic in topics.filter_map(|id| site.topic_by_id(id)) {
                    let facts = lists.by_topic.entry(topic).or_default();
                    if facts.last() != Some(&fact) {
                        facts.push(fact);
                    }
                }
            }
        }
        lists.filters = lists.topics_of_index(site);
        lists
    }

    fn topics_of_index(&self, site: &Site) -> Vec<(TopicIx, Vec<FactIx>)> {
        if self.listed < FILTERED_FROM {
            return Vec::new();
        }
        // One that has all figures narrows nothing.
        let narrows = |topic: TopicIx, facts: &[FactIx]| {
            site.has_topic_page(topic) && facts.len() < self.listed
        };
        let mut offered: Vec<(TopicIx, usize)> = self
            .topics()
            .filter(|(topic, facts)| narrows(*topic, facts))
            .map(|(topic, facts)| (topic, facts.len()))
            .collect();
        offered.sort_by_key(|(topic, count)| (Reverse(*count), *topic));
        offered.truncate(CAP);
        let mut place = vec![0; self.has_page.len()];
        for (at, fact) in self.listed().iter().enumerate() {
            place[fact.0 as usize] = at;
        }
        let in_order = |(topic, _): (TopicIx, usize)| {
            let mut facts = self.of_topic(topic).to_vec();
            facts.sort_unstable_by_key(|fact| place[fact.0 as usize]);
            (topic, facts)
        };
        let mut filters: Vec<_> = offered.into_iter().map(in_order).collect();
        filters.sort_unstable_by_key(|(topic, _)| *topic);
        filters
    }
}

/// What figures are grouped by: the name of whom they are about.
fn about_key(site: &Site, name: &Name, order: &Collation) -> (Box<[u8]>, Arc<str>) {
    match name {
        Name::Id(id) => {
            let player = site.player(id).map(|player| &*site.page(player).summary.title);
            (order.key(player.unwrap_or(id)), id.into())
        }
        Name::Text(text) => (order.key(text), text.clone()),
    }
}
