//! What many pages of a build show of one: its link, its card, its date, its event. Made for the first page that shows it, and shared
//! by all that do.
//!
//! A shared part is a function of the site and of one language, and reads no text: no page's key depends on which page
//! came first. A renderer that has a form of its own for values makes that once for each part ([`Prepare`]): on a site of 300
//! articles, without the forms a build runs 3 % more instructions, and without sharing at all 10 % more. Of a part that is
//! long in HTML, an event, the form has the HTML as well: 4 % of a build of 300 articles with two events each.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::content::date::Date;
use crate::site::{EventIx, PageIx, Site, TopicIx};

use super::common::{ArticleCard, DateText, LinkText, PlayerCard, SiteInfo};
use super::timeline::EventView;

/// A part in the form of a renderer, which its serialiser takes as it is.
pub type Prepared = Box<dyn erased_serde::Serialize + Send + Sync>;

/// Makes the form of a part. With the name of a component, the form has the component's HTML of that part, too.
pub type Prepare =
    Arc<dyn Fn(&dyn erased_serde::Serialize, Option<&'static str>) -> Prepared + Send + Sync>;

/// A part of views that several pages may point to. For a digest, and as JSON, it is the part itself.
pub struct SharedPart<T>(Arc<PartSlot<T>>);

impl<T> Clone for SharedPart<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct PartSlot<T> {
    part: T,
    /// How its form is made, and the form once a page was rendered; none of a part of one page.
    form: Option<PartForm>,
}

/// The form of a part in a renderer.
struct PartForm {
    prepare: Prepare,
    component: Option<&'static str>,
    prepared: OnceLock<Prepared>,
}

impl<T> SharedPart<T> {
    /// A part of one page.
    pub fn new(part: T) -> Self {
        Self(Arc::new(PartSlot { part, form: None }))
    }

    /// A part whose form is made once, for the first page that is rendered with it. `component`: the one that shows it, if
    /// its HTML is made with the form.
    pub fn prepared(part: T, prepare: Prepare, component: Option<&'static str>) -> Self {
        let form = PartForm { prepare, component, prepared: OnceLock::new() };
        Self(Arc::new(PartSlot { part, form: Some(form) }))
    }
}

impl<T> Deref for SharedPart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.part
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for SharedPart<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq> PartialEq for SharedPart<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for SharedPart<T> {}

impl<T: Serialize> Serialize for SharedPart<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.form {
            Some(form) if serializer.is_human_readable() => {
                let make = || (form.prepare)(&**self, form.component);
                erased_serde::serialize(&**form.prepared.get_or_init(make), serializer)
            }
            _ => (**self).serialize(serializer),
        }
    }
}

impl<T: JsonSchema> JsonSchema for SharedPart<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The parts that the pages of one build share in one language, by what they show.
pub struct SharedParts {
    prepare: Prepare,
    pages: Box<[OfPage]>,
    /// The link of each topic.
    topics: Box<[OnceLock<SharedPart<LinkText>>]>,
    /// Each event of the site, as pages show it that do not tell of it.
    events: Box<[OnceLock<SharedPart<EventView>>]>,
    /// What every page shows of the site, before its links are marked.
    pub(super) site_info: OnceLock<SiteInfo>,
    /// The objects of the site and its publisher, in JSON-LD.
    pub(super) site_nodes: OnceLock<Arc<str>>,
    /// The same by the marks of its links: an article's page marks the link to all articles.
    marked: Mutex<FxHashMap<Marks, SharedPart<SiteInfo>>>,
    /// Dates of publication: many pages have one date.
    dates: Mutex<FxHashMap<Date, SharedPart<DateText>>>,
}

/// The `aria-current` of each link of the site's navigation and foot.
pub(super) type Marks = Vec<Option<&'static str>>;

/// What is shown of one page.
#[derive(Default)]
pub(super) struct OfPage {
    pub(super) link: OnceLock<SharedPart<LinkText>>,
    pub(super) article: OnceLock<SharedPart<ArticleCard>>,
    pub(super) player: OnceLock<SharedPart<PlayerCard>>,
    /// A player as an entity, in JSON-LD.
    pub(super) entity: OnceLock<Arc<str>>,
}

impl SharedParts {
    /// Room for what is shown of each page of a site.
    pub fn new(site: &Site, prepare: Prepare) -> Self {
        let pages = site.pages.iter().map(|_| OfPage::default()).collect();
        let topics = site.topics.iter().map(|_| OnceLock::new()).collect();
        let events = site.graph.timeline.events.iter().map(|_| OnceLock::new()).collect();
        let (site_info, site_nodes, marked, dates) = Default::default();
        Self { prepare, pages, topics, events, site_info, site_nodes, marked, dates }
    }

    /// The part of a slot, which `make` makes for the first page.
    pub(super) fn part<T>(
        &self,
        slot: &OnceLock<SharedPart<T>>,
        make: impl FnOnce() -> T,
    ) -> SharedPart<T> {
        slot.get_or_init(|| SharedPart::prepared(make(), self.prepare.clone(), None)).clone()
    }

    /// An event of the site, which `make` makes for the first page.
    pub(super) fn event(
        &self,
        event: EventIx,
        make: impl FnOnce() -> EventView,
    ) -> SharedPart<EventView> {
        let make = || SharedPart::prepared(make(), self.prepare.clone(), Some("event"));
        self.events[event.0 as usize].get_or_init(make).clone()
    }

    pub(super) fn date(&self, date: Date, make: impl FnOnce() -> DateText) -> SharedPart<DateText> {
        self.keyed(&self.dates, date, make)
    }

    pub(super) fn site(
        &self,
        marks: Marks,
        make: impl FnOnce() -> SiteInfo,
    ) -> SharedPart<SiteInfo> {
        self.keyed(&self.marked, marks, make)
    }

    fn keyed<K: Eq + std::hash::Hash, T>(
        &self,
        parts: &Mutex<FxHashMap<K, SharedPart<T>>>,
        key: K,
        make: impl FnOnce() -> T,
    ) -> SharedPart<T> {
        let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || SharedPart::prepared(make(), self.prepare.clone(), None);
        parts.entry(key).or_insert_with(made).clone()
    }

    pub(super) fn topic(&self, topic: TopicIx) -> &OnceLock<SharedPart<LinkText>> {
        &self.topics[topic.0 as usize]
    }

    pub(super) fn of(&self, page: PageIx) -> &OfPage {
        &self.pages[page.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde::Serialize;

    use super::{Prepared, SharedPart};
    use crate::base::digest_of;

    #[derive(Debug, Clone, PartialEq, Serialize)]
    struct Card {
        title: &'static str,
        lang: Option<&'static str>,
    }

    fn as_json(part: &dyn erased_serde::Serialize, _: Option<&'static str>) -> Prepared {
        Box::new(serde_json::to_value(part).expect("a card is JSON"))
    }

    #[test]
    fn a_part_is_the_same_prepared_or_not() {
        let card = Card { title: "A & B", lang: None };
        let prepared = SharedPart::prepared(card.clone(), Arc::new(as_json), None);
        for part in [SharedPart::new(card.clone()), prepared] {
            for _ in 0..2 {
                assert_eq!(digest_of(&part), digest_of(&card));
                assert_eq!(serde_json::json!([&part]), serde_json::json!([&card]));
            }
        }
    }
}
