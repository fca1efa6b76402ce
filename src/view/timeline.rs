//! Events on a line: on the pages of articles, topics and players, and on the site's own timeline.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::content::date::Date;
use crate::content::model::{Event, Source};
use crate::content::words::EventStatus;
use crate::lang::DaySpan;
use crate::site::timeline::checked;
use crate::site::{
    CAP, EventIx, EventRef, Owner, PageIx, RestKind, calendar_out, newest_first_page, older_page,
    rest_out,
};

use super::SharedPart;
use super::common::{DateText, Foreign, LinkText};
use super::context::PageContext;
use super::fill::HoleFiller;
use super::list::first_page;
use super::sources::Citation;

/// Events on a line. The day of the last check stands between those that had begun by then and the others.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TimelineView {
    /// Whether the newest event comes first. Then those ahead stand before those behind.
    pub newest_first: bool,
    /// Events that had not begun when the page was last checked, in the order of the line.
    pub ahead: Vec<SharedPart<EventView>>,
    /// The day of the last check: of the page, or of the pages that tell of the events. None where it is not known, or
    /// stands on another page of the list.
    pub checked: Option<DateText>,
    /// The other events, in the order of the line.
    pub behind: Vec<SharedPart<EventView>>,
    /// Where the rest is, when there is more.
    pub more: Option<Arc<str>>,
    /// The calendar that readers may subscribe to.
    pub calendar: Option<CalendarLink>,
}

/// A calendar that readers may subscribe to (iCalendar).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarLink {
    /// Its URL.
    pub href: Arc<str>,
    /// Whether events are not in it because their days are not known.
    pub is_partial: bool,
}

/// An event of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventView {
    /// The anchor in a list of one that has an id, without `#`.
    pub anchor: Option<Arc<str>>,
    /// When it begins; of a postponed one on its new date, if that is known.
    pub date: DateText,
    /// What stands between the dates of an event that has an end.
    pub between: &'static str,
    /// When it ends, if it is longer than its first date.
    pub end: Option<DateText>,
    /// The date from which it was postponed.
    pub postponed_from: Option<DateText>,
    /// What happens.
    pub name: Arc<str>,
    /// `planned`, `held`, `cancelled` or `postponed`.
    pub status: Option<&'static str>,
    /// Whether it does not take place on its date: it is cancelled, or postponed without a new date.
    pub is_called_off: bool,
    /// Who takes part.
    pub players: Vec<SharedPart<LinkText>>,
    /// Where.
    pub location: Option<Arc<str>>,
    /// The language of the place's name, when it is not the page's.
    pub location_foreign: Option<Foreign>,
    /// Where it is reported.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list, where the page has one.
    pub cite: Option<Citation>,
    /// The pages that tell of it, without the page that shows this; the one that was checked last comes first.
    pub pages: Vec<SharedPart<LinkText>>,
    /// The language of the name, when it is not the page's.
    pub foreign: Option<Foreign>,
}

/// How many events a list of what happens next shows.
const NEXT: usize = 5;

impl PageContext<'_> {
    /// The events that an article tells of, oldest first. `filler` numbers their sources.
    pub(super) fn own_timeline(&self, ix: PageIx, filler: &HoleFiller<'_>) -> Option<TimelineView> {
        let cx = self.cx;
        let summary = &cx.site.page(ix).summary;
        let timeline = &cx.site.graph.timeline;
        let mut told: Vec<(Date, Option<&Source>, EventView)> = match timeline.of_page(ix) {
            // A page that is in no list is not asked what became of an event.
            [] => {
                let own = |(at, event): (usize, &Event)| {
                    let mut view = self.event(event);
                    view.players = event.players.iter().map(|id| cx.player_link(id)).collect();
                    view.location = event.location.clone();
                    view.foreign = cx.other(cx.words_of(summary, "events"));
                    view.location_foreign = view.foreign.clone();
                    let told = EventRef { page: ix, at: at as u32 };
                    let source = self.source_of(told);
                    view.source = self.source_link_of(told);
                    (event.begins(), source, view)
                };
                summary.events.iter().enumerate().map(own).collect()
            }
            events => {
                let of_site = |(event, told): &(EventIx, EventRef)| {
                    let (source, view) = self.site_event(*event, Some(*told));
                    (cx.site.event(*event).begins(), source, view)
                };
                events.iter().map(of_site).collect()
            }
        };
        if told.is_empty() {
            return None;
        }
        told.sort_by_key(|(begins, ..)| begins.begins(cx.zone));
        // A page that is in no list may tell of one event twice.
        let mut anchors = FxHashSet::default();
        for (.., view) in &mut told {
            view.anchor = view.anchor.take().filter(|anchor| anchors.insert(anchor.clone()));
        }
        let cited = |(begins, source, mut view): (Date, Option<&Source>, EventView)| {
            view.cite = source.map(|source| filler.cite_source(source));
            (begins, SharedPart::new(view))
        };
        let told = told.into_iter().map(cited).collect();
        let mut line = self.line(told, checked(summary));
        line.newest_first = false;
        Some(line)
    }

    /// The events of a player or a topic on its page, newest first; none if there are none.
    pub(super) fn timeline_of(&self, events: &[EventIx], owner: Owner) -> Option<TimelineView> {
        let site = self.cx.site;
        let first = &first_page(site, owner);
        let more = older_page(events.len())
            .map(|number| rest_out(first, RestKind::Timeline, number))
            // A page that is in no list has no pages of its own lists either.
            .filter(|out| site.outputs.get(out).is_some());
        let own = match owner {
            Owner::Player(ix) => checked(&site.page(ix).summary),
            Owner::Topic(ix) => {
                site.topic(ix).page.and_then(|page| checked(&site.page(page).summary))
            }
            Owner::Fact(_) | Owner::Source(_) => None,
        };
        let checked = [own, site.checked(events, self.cx.zone)].into_iter().flatten();
        let checked = checked.max_by_key(|date| date.begins(self.cx.zone));
        let mut line = self.newest_first(events, 0, checked)?;
        line.more = more.map(|out| self.cx.href(&out));
        line.calendar = self.calendar(first, events);
        Some(line)
    }

    /// One page of a list of events that is kept newest first; 0 is the first. None if nothing is on it.
    pub(super) fn newest_first(
        &self,
        events: &[EventIx],
        number: usize,
        checked: Option<Date>,
    ) -> Option<TimelineView> {
        let shown = match number {
            0 => &events[..events.len().min(CAP)],
            number => newest_first_page(events, number),
        };
        if shown.is_empty() {
            return None;
        }
        let of_site =
            |event: &EventIx| (self.cx.site.event(*event).begins(), self.shared_event(*event));
        let mut line = self.line(shown.iter().map(of_site).collect(), checked);
        let is_here = match number {
            0 => shown.len() == events.len() || !line.behind.is_empty(),
            _ => !line.ahead.is_empty() && !line.behind.is_empty(),
        };
        line.checked = line.checked.filter(|_| is_here);
        Some(line)
    }

    /// The calendar of the events that a page lists, if there is one.
    pub(super) fn calendar(&self, page: &OutPath, events: &[EventIx]) -> Option<CalendarLink> {
        let site = self.cx.site;
        let out = calendar_out(page);
        site.outputs.get(&out)?;
        let has_days = |event: &EventIx| site.event(*event).is_of_days();
        let is_partial = !events.iter().all(has_days);
        Some(CalendarLink { href: self.cx.href(&out), is_partial })
    }

    /// The next of the events that an article tells of.
    pub(super) fn own_next(&self, ix: PageIx) -> Vec<SharedPart<EventView>> {
        let own = self.cx.site.graph.timeline.of_page(ix);
        self.next_of(own.iter().map(|(event, told)| (*event, Some(*told))))
    }

    /// The next of some events, each with the place where this page tells of it.
    pub(super) fn next_of(
        &self,
        events: impl Iterator<Item = (EventIx, Option<EventRef>)>,
    ) -> Vec<SharedPart<EventView>> {
        let timeline = &self.cx.site.graph.timeline;
        let mut ahead: Vec<_> =
            events.filter(|(event, _)| timeline.event(*event).is_ahead).collect();
        // The newest has the smallest number.
        ahead.sort_unstable_by_key(|(event, _)| std::cmp::Reverse(*event));
        let view = |(event, told)| match told {
            Some(_) => SharedPart::new(self.site_event(event, told).1),
            None => self.shared_event(event),
        };
        ahead.into_iter().take(NEXT).map(view).collect()
    }

    /// The next events of the site.
    pub(super) fn next(&self) -> Vec<SharedPart<EventView>> {
        let ahead = &self.cx.site.graph.timeline.ahead;
        ahead.iter().take(NEXT).map(|event| self.shared_event(*event)).collect()
    }

    /// Events with their dates, in the order of a line that begins with the newest.
    fn line(
        &self,
        events: Vec<(Date, SharedPart<EventView>)>,
        checked: Option<Date>,
    ) -> TimelineView {
        let is_ahead = |begins: Date| checked.is_some_and(|checked| checked.is_before(begins));
        let (ahead, behind): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|(begins, _)| is_ahead(*begins));
        let views = |events: Vec<_>| events.into_iter().map(|(_, view)| view).collect();
        TimelineView {
            newest_first: true,
            ahead: views(ahead),
            checked: checked.map(|date| self.date(date.without_time())),
            behind: views(behind),
            more: None,
            calendar: None,
        }
    }

    /// An event of the site as every page shows it that does not tell of it itself.
    fn shared_event(&self, event: EventIx) -> SharedPart<EventView> {
        let make = || self.site_event(event, None).1;
        match self.shared() {
            Some(shared) => shared.event(event, make),
            None => SharedPart::new(make()),
        }
    }

    /// An event of the site, with the pages that tell of it but for that of `here`. What became of it is what the page says
    /// that was checked last. A page that tells of it keeps its own words, and lacks none that another has. The source comes
    /// along.
    fn site_event(&self, event: EventIx, here: Option<EventRef>) -> (Option<&Source>, EventView) {
        let cx = self.cx;
        let event = cx.site.graph.timeline.event(event);
        // All that the page itself says of it, and what others do.
        let is_own = |told: &EventRef| here.is_some_and(|here| here.page == told.page);
        let own = event.told.iter().filter(|told| is_own(told) && Some(**told) != here);
        let others = event.told.iter().take(CAP).filter(|told| !is_own(told));
        let all: Vec<EventRef> = here.into_iter().chain(own.chain(others).copied()).collect();
        let mut view = self.event(cx.site.page_event(event.told[0]));
        view.name = cx.site.page_event(all[0]).name.clone();
        for told in &all {
            let told_of = cx.site.page_event(*told);
            if view.location.is_none() && told_of.location.is_some() {
                view.location = told_of.location.clone();
                view.location_foreign = self.told_in(*told);
            }
            view.source = view.source.or_else(|| self.source_link_of(*told));
            for player in told_of.players.iter().map(|id| cx.player_link(id)) {
                if !view.players.contains(&player) {
                    view.players.push(player);
                }
            }
        }
        let source = all.iter().find_map(|told| self.source_of(*told));
        let pages = event.pages(here.map(|here| here.page)).into_iter();
        view.pages = pages.map(|page| cx.page_link(page)).collect();
        view.foreign = self.told_in(all[0]);
        (source, view)
    }

    /// The language in which a page tells of an event, where it is not that of the page shown.
    fn told_in(&self, told: EventRef) -> Option<Foreign> {
        let cx = self.cx;
        cx.other(cx.words_of(&cx.site.page(told.page).summary, "events"))
    }

    fn source_link_of(&self, told: EventRef) -> Option<LinkText> {
        let summary = &self.cx.site.page(told.page).summary;
        self.cx.source_link(summary, &self.cx.site.page_event(told).source)
    }

    fn source_of(&self, told: EventRef) -> Option<&Source> {
        let summary = &self.cx.site.page(told.page).summary;
        self.cx.source(summary, self.cx.site.page_event(told).source.as_deref()?)
    }

    /// When an event is and what became of it.
    fn event(&self, event: &Event) -> EventView {
        let (date, between, end) = self.span(event.begins(), event.ends());
        EventView {
            anchor: event.id.as_ref().map(|id| format!("b-event-{id}").into()),
            date,
            between,
            end,
            postponed_from: event.postponed_to.map(|_| self.date(event.date)),
            name: event.name.clone(),
            status: event.status.map(EventStatus::as_str),
            is_called_off: event.is_called_off(),
            players: Vec::new(),
            location: None,
            location_foreign: None,
            source: None,
            cite: None,
            pages: Vec::new(),
            foreign: None,
        }
    }

    /// The dates of an event, and what stands between them.
    fn span(&self, begins: Date, ends: Option<Date>) -> (DateText, &'static str, Option<DateText>) {
        let mut date = self.date(begins);
        let Some(ends) = ends.filter(|ends| *ends != begins) else { return (date, "", None) };
        let mut end = self.date(ends);
        let whole = |date: Date| date.civil().filter(|_| !date.has_time());
        let (Some(from), Some(to)) = (whole(begins), whole(ends)) else {
            return (date, " – ", Some(end));
        };
        let DaySpan { from, between, to } = self.lang.dates.days(from, to);
        (date.text, end.text) = (from.into(), to.into());
        (date, between, Some(end))
    }
}
