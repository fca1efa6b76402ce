//! The events of the site: each is listed once, with every page that tells of it.
//!
//! Two pages tell of one event if they give it the same id, or the same name and first date. What became of it is
//! what the page says that was checked last, of those that say it.

use std::cmp::Reverse;

use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::EntityId;
use crate::content::date::Date;
use crate::content::document::Summary;
use crate::content::model::Event;
use crate::content::words::EventStatus;
use crate::diag::{Code, Location};
use crate::yaml::FieldPath;

use super::{CAP, EventRef, Instant, PageIx, Problem, Site};

/// An event, by its place in [`Timeline::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventIx(pub u32);

/// An event that listed pages tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteEvent {
    /// The pages that tell of it, each with the place in its list. The first is the one that was checked last, of those that
    /// say what became of it.
    pub told: Vec<EventRef>,
    /// Its id, which any page may give it.
    pub id: Option<EntityId>,
    /// When a page that tells of it was last checked.
    pub checked: Option<Date>,
    /// When a page that tells of it last changed.
    pub changed: Option<Date>,
    /// Whether it is still to come at the instant of the build, and not called off.
    pub is_ahead: bool,
}

/// The events of the site in one language.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Every event, newest first.
    pub events: Vec<SiteEvent>,
    /// The events that are still to come, the next one first.
    pub ahead: Vec<EventIx>,
    /// The events of each page, in the order of its list.
    of_pages: FxHashMap<PageIx, Box<[(EventIx, EventRef)]>>,
}

/// By what an event is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum EventName {
    Id(EntityId),
    /// The name and the first date, without its time.
    Words(String, Date),
}

impl Timeline {
    /// The events of listed pages, which are sorted by path.
    pub(super) fn build(site: &Site, listed: &[PageIx], instant: &Instant) -> Self {
        let of_page = |ix: &PageIx| {
            let count = site.page(*ix).summary.events.len() as u32;
            let page = *ix;
            (0..count).map(move |at| EventRef { page, at })
        };
        let all: Vec<EventRef> = listed.iter().flat_map(of_page).collect();
        let mut events: Vec<Vec<EventRef>> = Vec::new();
        let mut known: FxHashMap<EventName, usize> = FxHashMap::default();
        // Those with ids come first: an event without one may have the name of such a one.
        let (with_id, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|told| site.page_event(*told).id.is_some());
        for told in with_id.into_iter().chain(others) {
            let event = site.page_event(told);
            let words = EventName::Words(folded(&event.name), event.date.without_time());
            let name = event.id.clone().map_or_else(|| words.clone(), EventName::Id);
            let at = *known.entry(name).or_insert_with(|| {
                events.push(Vec::new());
                events.len() - 1
            });
            known.entry(words).or_insert(at);
            events[at].push(told);
        }
        Self::sorted(site, events, instant)
    }

    fn sorted(site: &Site, events: Vec<Vec<EventRef>>, instant: &Instant) -> Self {
        let zone = &instant.zone;
        let checked_last = |told: &EventRef| {
            let page = site.page(told.page);
            let checked = checked(&page.summary).map(|date| date.begins(zone));
            let says_nothing = site.page_event(*told).status.is_none();
            (site.is_foreign(told.page), says_nothing, Reverse(checked), told.page, told.at)
        };
        let mut events: Vec<SiteEvent> = events
            .into_iter()
            .map(|mut told| {
                told.sort_by_cached_key(checked_last);
                let event = site.page_event(told[0]);
                let is_ahead = is_to_come(event) && ends(event, zone) > instant.now;
                let latest = |of: &dyn Fn(&Summary) -> Option<Date>| {
                    let dates = told.iter().filter_map(|told| of(&site.page(told.page).summary));
                    dates.max_by_key(|date| date.begins(zone))
                };
                let (checked, changed) = (latest(&checked), latest(&changed));
                let id = told.iter().find_map(|told| site.page_event(*told).id.clone());
                SiteEvent { told, id, checked, changed, is_ahead }
            })
            .collect();
        events.sort_by_cached_key(|event| {
            let told = event.told[0];
            let event = site.page_event(told);
            let id = site.page(told.page).summary.id.clone();
            Reverse((event.begins().begins(zone), id, told.at))
        });
        let mut timeline = Self::default();
        let mut of_pages: FxHashMap<PageIx, Vec<(EventIx, EventRef)>> = FxHashMap::default();
        for (at, event) in events.iter().enumerate() {
            let ix = EventIx(at as u32);
            for told in &event.told {
                of_pages.entry(told.page).or_default().push((ix, *told));
            }
            if event.is_ahead {
                timeline.ahead.push(ix);
            }
        }
        timeline.ahead.reverse();
        let in_order = |(page, mut events): (PageIx, Vec<(EventIx, EventRef)>)| {
            events.sort_unstable_by_key(|(_, told)| told.at);
            // A page may say one thing twice.
            let mut seen = FxHashSet::default();
            events.retain(|(ix, _)| seen.insert(*ix));
            (page, events.into())
        };
        timeline.of_pages = of_pages.into_iter().map(in_order).collect();
        timeline.events = events;
        timeline
    }

    /// An event.
    pub fn event(&self, event: EventIx) -> &SiteEvent {
        &self.events[event.0 as usize]
    }

    /// The events that a listed page tells of, in the order of its list, each with its place there.
    pub fn of_page(&self, page: PageIx) -> &[(EventIx, EventRef)] {
        self.of_pages.get(&page).map_or(&[], |events| events)
    }
}

impl SiteEvent {
    /// The first pages that tell of it, each once, without one.
    pub fn pages(&self, without: Option<PageIx>) -> Vec<PageIx> {
        let mut pages: Vec<PageIx> = Vec::new();
        for told in &self.told {
            if pages.len() == CAP {
                break;
            }
            if Some(told.page) != without && !pages.contains(&told.page) {
                pages.push(told.page);
            }
        }
        pages
    }
}

impl Site {
    /// What a page says of an event.
    pub fn page_event(&self, told: EventRef) -> &Event {
        &self.page(told.page).summary.events[told.at as usize]
    }

    /// An event, as the page says it that was checked last.
    pub fn event(&self, event: EventIx) -> &Event {
        self.page_event(self.graph.timeline.event(event).told[0])
    }

    /// When the pages that tell of events were last checked: the latest day of all.
    pub fn checked(&self, events: &[EventIx], zone: &TimeZone) -> Option<Date> {
        let dates = events.iter().filter_map(|event| self.graph.timeline.event(*event).checked);
        dates.max_by_key(|date| date.begins(zone))
    }
}

/// Events that the site still announces although their last day has passed. One for each event, where the page says it
/// that was checked last.
pub(super) fn still_announced(site: &Site, instant: &Instant) -> Vec<Problem> {
    let problem = |event: &SiteEvent| {
        let told = event.told[0];
        let event = site.page_event(told);
        if !is_announced(event) {
            return None;
        }
        let field = match event.status {
            Some(EventStatus::Postponed) => "postponed_to",
            _ => "status",
        };
        let page = site.page(told.page);
        if ends(event, &instant.zone) > instant.now || is_inherited(site, told) {
            return None;
        }
        let place = FieldPath::root().key("events").index(told.at as usize).key(field);
        let last = event.ends().unwrap_or(event.begins());
        let message = match field {
            "status" => format!("the event is still `planned`, and its day ({last}) has passed"),
            _ => format!("the event was postponed to a day ({last}) that has passed"),
        };
        let help = "write `status: held`, or `cancelled`, or `postponed` with `postponed_to: …`";
        Some(
            Problem::new(Code::PassedEvent, Location::field(&page.path, place), message).help(help),
        )
    };
    site.graph.timeline.events.iter().filter_map(problem).collect()
}

/// Whether a page says that an event is to take place on its day.
pub(super) fn is_announced(event: &Event) -> bool {
    match event.status {
        Some(EventStatus::Planned) => true,
        Some(EventStatus::Postponed) => event.postponed_to.is_some(),
        _ => false,
    }
}

/// Whether a translation has its events from the page that it translates, where they are reported.
fn is_inherited(site: &Site, told: EventRef) -> bool {
    let own = &site.page(told.page).summary;
    let original = site.own_page(0, &own.id).map(|page| &site.page(page).summary);
    own.edition.is_some() && original.is_some_and(|original| original.events == own.events)
}

/// How many events of pages have passed at an instant. Of the same pages, the same number means the same events.
pub fn passed<'a>(pages: impl Iterator<Item = &'a Summary>, instant: &Instant) -> usize {
    let events = pages.flat_map(|summary| &summary.events);
    events.filter(|event| ends(event, &instant.zone) <= instant.now).count()
}

/// The day on which a page was last checked, as far as it says so.
pub fn checked(summary: &Summary) -> Option<Date> {
    let dates = [summary.reviewed, summary.updated, summary.published];
    let later = |a: Date, b: Date| if a.is_before(b) { b } else { a };
    dates.into_iter().flatten().reduce(later)
}

/// The day on which a page last changed, as far as it says so.
fn changed(summary: &Summary) -> Option<Date> {
    summary.updated.or(summary.published)
}

/// The moment after which an event has passed.
pub(super) fn ends(event: &Event, zone: &TimeZone) -> jiff::Timestamp {
    event.ends().unwrap_or(event.begins()).ends(zone)
}

/// Whether an event whose day lies ahead is one that readers may expect.
pub(super) fn is_to_come(event: &Event) -> bool {
    !event.is_called_off() && event.status != Some(EventStatus::Held)
}

/// A name as it is compared: in lower case, its letters and digits with one space between words.
pub fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
