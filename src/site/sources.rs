//! The shared sources of the site: which have a page, which pages cite each, and which figures rest on it.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::EntityId;
use crate::content::document::Summary;
use crate::content::model::{Fact, Source};
use crate::content::named::{self, Named};
use crate::lang::Collation;

use super::facts::{self, FactIx};
use super::timeline::EventIx;
use super::{CAP, Page, PageIx, Site, SiteFact};

/// A shared source, by its place among the sorted ids of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceIx(pub u32);

/// The shared sources, by id.
pub(super) fn shared(sources: &[Source]) -> FxHashMap<EntityId, Arc<Source>> {
    let shared = sources.iter();
    shared.filter_map(|source| Some((source.id.clone()?, Arc::new(source.clone())))).collect()
}

/// The ids of the sources that pages rest on which are not public yet.
pub(super) fn held(hidden: &[Page], facts: &FxHashMap<EntityId, SiteFact>) -> FxHashSet<EntityId> {
    let mut held = FxHashSet::default();
    for page in hidden {
        cited_by(&page.summary, &mut |id| _ = held.insert(id.clone()));
        for fact in facts::used_by(&page.summary).filter_map(|id| facts.get(id)) {
            if fact.home.is_none() {
                of_fact(&fact.fact, &mut |id| _ = held.insert(id.clone()));
            }
        }
    }
    held
}

/// What two entries for one source have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SourceKey {
    /// The address, without scheme and final slash. That of a whole website is none.
    Address(String),
    /// Title, publisher and date, in lower case.
    Record(String, String, String),
}

impl SourceKey {
    /// The keys of a source.
    pub fn all(source: &Source) -> Vec<Self> {
        let address = source.url.as_deref().and_then(address).map(Self::Address);
        let fold = |text: &Option<Arc<str>>| {
            let text = text.as_ref()?.to_lowercase();
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let record = || {
            let (title, publisher) = (fold(&source.title)?, fold(&source.publisher)?);
            Some(Self::Record(title, publisher, source.date?.to_string()))
        };
        address.into_iter().chain(record()).collect()
    }
}

/// An address that tells documents apart.
fn address(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.trim_end_matches('/');
    let (host, path) = rest.split_at(rest.find(['/', '?', '#'])?);
    Some(format!("{}{path}", host.to_lowercase()))
}

/// Whether any source, of a page or a shared one, was retracted.
pub(super) fn has_retracted(pages: &[Page], shared: &FxHashMap<EntityId, Arc<Source>>) -> bool {
    let own = pages.iter().flat_map(|page| &page.summary.sources);
    own.chain(shared.values().map(|source| &**source)).any(|source| source.retracted.is_some())
}

/// The first of the shared sources with each key.
pub(super) fn keys(
    ids: &[EntityId],
    sources: &FxHashMap<EntityId, Arc<Source>>,
) -> FxHashMap<SourceKey, SourceIx> {
    let mut keys = FxHashMap::default();
    for (id, at) in ids.iter().zip(0..) {
        for key in sources.get(id).into_iter().flat_map(|source| SourceKey::all(source)) {
            keys.entry(key).or_insert(SourceIx(at));
        }
    }
    keys
}

/// The ids of the sources that a page declares itself.
fn own(summary: &Summary) -> FxHashSet<&str> {
    let own = summary.sources.iter().filter(|source| source.is_whole());
    own.filter_map(|source| source.id.as_deref()).collect()
}

/// The ids of the shared sources that a page cites itself, in its texts or beside a field. Some come several times.
fn cited_by<'a>(summary: &'a Summary, add: &mut dyn FnMut(&'a EntityId)) {
    let own = own(summary);
    let mut shared = |id: &'a EntityId| {
        if !own.contains(&**id) {
            add(id);
        }
    };
    summary.sources_cited.iter().for_each(&mut shared);
    named::front_matter(summary, &mut |_, named| {
        if let Named::Source(id) | Named::SharedSource(id) = named {
            shared(id);
        }
    });
}

/// The ids of the sources that the values of a figure are from.
fn of_fact<'a>(fact: &'a Fact, add: &mut dyn FnMut(&'a EntityId)) {
    let past = fact.history.iter().map(|past| &past.source);
    [&fact.source].into_iter().chain(past).flatten().for_each(add);
}

/// The shared sources that each figure rests on.
fn of_facts(site: &Site) -> Vec<Vec<SourceIx>> {
    let mut declared: FxHashMap<PageIx, FxHashSet<&str>> = FxHashMap::default();
    let mut of_facts = Vec::with_capacity(site.fact_ids.len());
    for fact in (0..site.fact_ids.len() as u32).map(FactIx) {
        let SiteFact { fact, home } = site.fact_at(fact);
        let own = home
            .map(|home| &*declared.entry(home).or_insert_with(|| own(&site.page(home).summary)));
        let mut sources = Vec::new();
        of_fact(fact, &mut |id| {
            if !own.is_some_and(|own| own.contains(&**id)) {
                sources.extend(site.source_ix(id));
            }
        });
        of_facts.push(sources);
    }
    of_facts
}

/// The shared sources as the readers of one language find them.
#[derive(Debug, Default)]
pub struct SourceLists {
    /// Those that have a page in the language. Those of the index come first, by title.
    with_page: Vec<SourceIx>,
    /// How many of them the index lists.
    listed: usize,
    /// By source, whether it has a page in the language.
    has_page: Vec<bool>,
    /// By source, whether any public page or figure of the language rests on it.
    is_cited: Vec<bool>,
    /// By source, the listed pages that cite it, newest first.
    uses: Vec<Vec<PageIx>>,
    /// By source, the listed figures that rest on it, in the order of the figures' index.
    figures: Vec<Vec<FactIx>>,
}

impl SourceLists {
    /// Those of the index, in its order.
    pub fn listed(&self) -> &[SourceIx] {
        &self.with_page[..self.listed]
    }

    /// All that have a page in the language. Those behind the listed ones are cited by pages that no list shows.
    pub fn with_page(&self) -> &[SourceIx] {
        &self.with_page
    }

    /// Whether a source has a page in the language.
    pub fn has_page(&self, source: SourceIx) -> bool {
        self.has_page.get(source.0 as usize).is_some_and(|has| *has)
    }

    /// Whether any public page or figure rests on a source.
    pub fn is_cited(&self, source: SourceIx) -> bool {
        self.is_cited.get(source.0 as usize).is_some_and(|is_cited| *is_cited)
    }

    /// The listed pages that cite a source, or use a figure that rests on it, newest first.
    pub fn uses(&self, source: SourceIx) -> &[PageIx] {
        self.uses.get(source.0 as usize).map_or(&[], |uses| uses)
    }

    /// The listed figures that rest on a source.
    pub fn figures(&self, source: SourceIx) -> &[FactIx] {
        self.figures.get(source.0 as usize).map_or(&[], |figures| figures)
    }

    pub(super) fn build(site: &Site, zone: &TimeZone, order: &Collation) -> Self {
        let count = site.source_ids.len();
        let mut lists = Self::default();
        if count == 0 {
            return lists;
        }
        lists.uses.resize_with(count, Vec::new);
        lists.figures.resize_with(count, Vec::new);
        lists.has_page.resize(count, false);
        lists.is_cited.resize(count, false);
        let of_facts = of_facts(site);
        of_facts.iter().flatten().for_each(|source| lists.is_cited[source.0 as usize] = true);
        lists.cited(site, &of_facts);
        for fact in site.figures.listed() {
            for source in &of_facts[fact.0 as usize] {
                let figures = &mut lists.figures[source.0 as usize];
                if figures.last() != Some(fact) {
                    figures.push(*fact);
                }
            }
        }
        // What only pages cite that are not public yet waits for them.
        let shows_shared = site.number() == 0 || site.edition().lists_untranslated;
        let all = || (0..count as u32).map(SourceIx);
        for source in all().filter(|_| shows_shared) {
            if !site.held_sources.contains(site.source_id(source)) {
                lists.has_page[source.0 as usize] = true;
            }
        }
        for uses in &mut lists.uses {
            uses.sort_by_cached_key(|ix| {
                let summary = &*site.page(*ix).summary;
                let date = summary.published.map(|date| date.begins(zone));
                (site.is_foreign(*ix), Reverse((date, summary.id.clone())))
            });
        }
        let mut with_page: Vec<SourceIx> = all().filter(|source| lists.has_page(*source)).collect();
        let is_listed = |source: &SourceIx| {
            !site.held_sources.contains(site.source_id(*source)) && shows_shared
                || !lists.uses(*source).is_empty()
        };
        with_page.sort_by_cached_key(|source| {
            let own = site.source_at(*source);
            let title = own.title.as_ref().or(own.url.as_ref()).map(|title| order.key(title));
            (!is_listed(source), title, *source)
        });
        lists.listed = with_page.iter().filter(|source| is_listed(source)).count();
        lists.with_page = with_page;
        lists
    }

    /// Gathers the pages that cite each source.
    fn cited(&mut self, site: &Site, of_facts: &[Vec<SourceIx>]) {
        for (at, page) in site.pages.iter().enumerate() {
            let ix = PageIx(at as u32);
            if !site.lists(ix) {
                continue;
            }
            let is_listed = page.state.is_listed();
            let mut cite = |source: SourceIx| {
                // Readers of the page find its sources in their language, whatever lists show.
                self.has_page[source.0 as usize] = true;
                self.is_cited[source.0 as usize] = true;
                let uses = &mut self.uses[source.0 as usize];
                if is_listed && uses.last() != Some(&ix) {
                    uses.push(ix);
                }
            };
            cited_by(&page.summary, &mut |id| site.source_ix(id).into_iter().for_each(&mut cite));
            let used = facts::used_by(&page.summary).filter_map(|id| site.fact_ix(id));
            used.flat_map(|fact| &of_facts[fact.0 as usize]).for_each(|source| cite(*source));
            for (event, told) in site.graph.timeline.of_page(ix) {
                if site.page_event(*told).source.is_none() {
                    site.source_of_event(*event).into_iter().for_each(&mut cite);
                }
            }
        }
    }
}

impl Site {
    /// The source that a page means by an id: its own, or a shared one.
    pub fn source_of<'a>(&'a self, summary: &'a Summary, id: &str) -> Option<&'a Source> {
        let own = summary.sources.iter().find(|source| source.id.as_deref() == Some(id));
        let own = own.filter(|source| source.is_whole());
        own.or_else(|| self.source(id).map(|source| &**source))
    }

    /// The source that a figure names: one of the page that declares it, or a shared one.
    pub fn source_of_fact<'a>(&'a self, own: &'a SiteFact) -> Option<&'a Source> {
        let id = own.fact.source.as_deref()?;
        match own.home {
            Some(home) => self.source_of(&self.page(home).summary, id),
            None => self.source(id).map(|source| &**source),
        }
    }

    /// The shared source of an event that the first page with one names: pages that tell of it without one show that.
    fn source_of_event(&self, event: EventIx) -> Option<SourceIx> {
        let told = self.graph.timeline.event(event).told.iter().take(CAP);
        let source = told.copied().find_map(|told| {
            let id = self.page_event(told).source.as_deref()?;
            self.source_of(&self.page(told.page).summary, id)
        })?;
        let ix = self.source_ix(source.id.as_deref()?)?;
        std::ptr::eq(&**self.source_at(ix), source).then_some(ix)
    }

    /// The first shared source that has the address of a source, or its title, publisher and date.
    pub fn same_source(&self, source: &Source) -> Option<SourceIx> {
        if self.source_keys.is_empty() {
            return None;
        }
        SourceKey::all(source).iter().find_map(|key| self.source_keys.get(key)).copied()
    }

    /// Whether a source waits for a page that is not public yet.
    pub fn is_held_source(&self, id: &str) -> bool {
        self.held_sources.contains(id)
    }

    /// Whether any source, of a page or a shared one, was retracted.
    pub fn has_retracted(&self) -> bool {
        self.has_retracted
    }

    /// The id of a shared source.
    pub fn source_id(&self, source: SourceIx) -> &EntityId {
        &self.source_ids[source.0 as usize]
    }

    /// The shared source at a place.
    pub fn source_at(&self, source: SourceIx) -> &Arc<Source> {
        self.source(self.source_id(source)).expect("every id in the list is that of a source")
    }

    /// The place of the shared source with an id.
    pub fn source_ix(&self, id: &str) -> Option<SourceIx> {
        let at = self.source_ids.binary_search_by(|own| (**own).cmp(id)).ok()?;
        Some(SourceIx(at as u32))
    }
}
