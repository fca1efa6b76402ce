//! `timeline.ics`: the events of the site, of a topic or of a player as a calendar that readers subscribe to
//! (iCalendar, RFC 5545).
//!
//! An event keeps its `UID` whatever becomes of it, and one that is called off stays, so that the cancellation reaches
//! those who have it in their calendars. When it was last changed is what its pages say: no clock is asked.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::base::{Digest, Phase};
use crate::content::date::Date;
use crate::content::model::Event;
use crate::content::words::EventStatus;
use crate::lang::{Arg, LangTag, Language};
use crate::site::timeline::folded;
use crate::site::{
    Add, CAP, EventIx, EventRef, IndexKind, Output, OutputKind, PageIx, Site, Subject, TopicIx,
    Which, calendar_out,
};
use crate::view::Context;

use super::DataContent;
use super::ical::{CalendarLines, day, moment};

/// The most events of one calendar; the newest stay.
const MOST: usize = 1000;

/// One calendar.
#[derive(Debug, Serialize)]
pub struct Calendar {
    /// What programs call it.
    name: Arc<str>,
    /// The page that lists the events.
    url: String,
    events: Vec<CalendarEvent>,
}

/// An event of a calendar.
#[derive(Debug, Serialize)]
struct CalendarEvent {
    uid: String,
    /// When what the pages say of it last changed, in seconds since 1970; none if no page says when it did.
    changed: Option<i64>,
    /// Higher with each day on which it changes, and where it is called off on the same day.
    sequence: i64,
    when: When,
    /// What happens, and its language where that is not the calendar's.
    name: (Arc<str>, Option<LangTag>),
    /// Where, in the same way.
    location: Option<(Arc<str>, Option<LangTag>)>,
    is_called_off: bool,
    /// The titles and URLs of the pages that tell of it.
    pages: Vec<(Arc<str>, String)>,
}

/// When an event takes place, in the forms of iCalendar.
#[derive(Debug, Serialize)]
enum When {
    /// Whole days: the first, and the one after the last.
    Days(String, String),
    /// Moments in UTC; the second where it is known.
    Moments(String, Option<String>),
}

impl DataContent for Calendar {
    const KIND: OutputKind =
        OutputKind { name: "calendar", phase: Phase::List, outputs: Which::OfSite(outputs) };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let site = cx.site;
        let lang = cx.languages.language(&cx.settings.lang);
        let index = site.index_out(IndexKind::Timeline, 0);
        let (title, page) = match output.subject() {
            Some(Subject::Page(ix)) => (site.page(ix).summary.title.clone(), &site.page(ix).out),
            Some(Subject::Topic(ix)) => (site.topic_title(ix), &site.topic(ix).out),
            _ => (say(&lang, "timeline", &[]), &index),
        };
        let of_site = cx.settings.title.clone();
        let args = [("title", Arg::Text(&title)), ("site", Arg::Text(&of_site))];
        let events = events(site, output.subject()).take(MOST);
        Self {
            name: say(&lang, "page-title", &args),
            url: cx.base.url(page).unwrap_or_default(),
            events: events.filter_map(|event| CalendarEvent::of(cx, &lang, event)).collect(),
        }
    }

    fn text(&self) -> String {
        let mut lines = CalendarLines::begin(&self.name, "timeline");
        lines.add("URL;VALUE=URI", &self.url);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
        lines.add("X-PUBLISHED-TTL", "P1D");
        self.events.iter().for_each(|event| event.write(&mut lines));
        lines.finish()
    }
}

/// The calendars of the site in one language. A `UID` names the host: without one there is none.
fn outputs(site: &Site, add: &mut Add<'_>) {
    if site.base.origin.is_none() {
        return;
    }
    let has_events = |subject| events(site, Some(subject)).next().is_some();
    if has_events(Subject::Site) {
        add.data(calendar_out(&site.home_out()), Subject::Site);
    }
    let players = site.graph.by_player.keys().copied();
    let is_own = |ix: &PageIx| site.page(*ix).state.is_listed() && !site.is_foreign(*ix);
    for ix in players.filter(is_own).filter(|ix| has_events(Subject::Page(*ix))) {
        add.data(calendar_out(&site.page(ix).out), Subject::Page(ix));
    }
    let topics = site.graph.by_topic.keys().copied().filter(|ix| site.has_topic_page(*ix));
    for ix in topics.filter(|ix: &TopicIx| has_events(Subject::Topic(*ix))) {
        add.data(calendar_out(&site.topic(ix).out), Subject::Topic(ix));
    }
}

/// The events of what a calendar is about whose days are known, newest first.
fn events(site: &Site, subject: Option<Subject>) -> impl Iterator<Item = EventIx> {
    let graph = &site.graph;
    let of = match subject {
        Some(Subject::Page(ix)) => graph.by_player.get(&ix).map(|of| of.events.clone()),
        Some(Subject::Topic(ix)) => graph.by_topic.get(&ix).map(|of| of.events.clone()),
        _ => Some((0..graph.timeline.events.len() as u32).map(EventIx).collect()),
    };
    of.unwrap_or_default().into_iter().filter(|event| site.event(*event).is_of_days())
}

fn say(lang: &Language, key: &str, args: &[(&str, Arg<'_>)]) -> Arc<str> {
    lang.text(key, args).unwrap_or_else(|_| key.into())
}

impl CalendarEvent {
    fn of(cx: &Context<'_>, lang: &Language, event: EventIx) -> Option<Self> {
        let site = cx.site;
        let of_site = site.graph.timeline.event(event);
        let event = site.event(event);
        let changed = of_site.changed.map(|date| date.begins(cx.zone).as_second().max(0));
        let words_in = |told: &EventRef| {
            let own = cx.words_of(&site.page(told.page).summary, "events");
            (*own != lang.tag).then(|| own.clone())
        };
        let name = match event.status {
            Some(EventStatus::Cancelled) => Some("calendar-cancelled"),
            Some(EventStatus::Postponed) if event.is_called_off() => Some("calendar-postponed"),
            _ => None,
        };
        let name = match name {
            Some(key) => (say(lang, key, &[("event", Arg::Text(&event.name))]), None),
            None => (event.name.clone(), words_in(&of_site.told[0])),
        };
        let mut told = of_site.told.iter().take(CAP);
        let page = |ix: PageIx| {
            let page = site.page(ix);
            Some((page.summary.title.clone(), cx.base.url(&page.out)?))
        };
        Some(Self {
            uid: uid(cx, of_site.id.as_deref(), event),
            changed,
            sequence: sequence(changed, event.status),
            when: When::of(event, cx.zone)?,
            name,
            location: told.find_map(|told| {
                let location = site.page_event(*told).location.clone()?;
                Some((location, words_in(told)))
            }),
            is_called_off: event.is_called_off(),
            pages: of_site.pages(None).into_iter().filter_map(page).collect(),
        })
    }

    fn write(&self, lines: &mut CalendarLines) {
        let changed = moment(Timestamp::from_second(self.changed.unwrap_or(0)).unwrap_or_default());
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", &self.uid);
        lines.add("DTSTAMP", &changed);
        if self.changed.is_some() {
            lines.add("LAST-MODIFIED", &changed);
        }
        lines.add("SEQUENCE", &self.sequence.to_string());
        match &self.when {
            When::Days(first, after) => {
                lines.add("DTSTART;VALUE=DATE", first);
                lines.add("DTEND;VALUE=DATE", after);
            }
            When::Moments(first, last) => {
                lines.add("DTSTART", first);
                last.iter().for_each(|last| lines.add("DTEND", last));
            }
        }
        let in_language = |property: &str, lang: &Option<LangTag>| match lang {
            Some(lang) => format!("{property};LANGUAGE={lang}"),
            None => property.to_owned(),
        };
        let (name, lang) = &self.name;
        lines.text(&in_language("SUMMARY", lang), name);
        if let Some((location, lang)) = &self.location {
            lines.text(&in_language("LOCATION", lang), location);
        }
        let told: Vec<String> =
            self.pages.iter().map(|(title, url)| format!("{title}\n{url}")).collect();
        if let Some((_, url)) = self.pages.first() {
            lines.text("DESCRIPTION", &told.join("\n\n"));
            lines.add("URL", url);
        }
        lines.add("STATUS", if self.is_called_off { "CANCELLED" } else { "CONFIRMED" });
        // It fills no time of those who follow it.
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
}

/// The name of an event among all calendars: its author's id, or else a digest of its name and first date; and the
/// site's address.
fn uid(cx: &Context<'_>, id: Option<&str>, event: &Event) -> String {
    let origin = cx.base.origin.as_deref().unwrap_or_default();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let below = cx.base.prefix().replace('/', ".");
    let name = match id {
        Some(id) => id.to_owned(),
        None => {
            let name = format!("{}\n{}", folded(&event.name), event.date.without_time());
            Digest::of(name.as_bytes()).to_string()
        }
    };
    format!("{name}{below}@{host}")
}

/// A number that rises with each day on which the event's pages change. On one day what was called off comes after what
/// was not.
fn sequence(changed: Option<i64>, status: Option<EventStatus>) -> i64 {
    const DAY: i64 = 24 * 60 * 60;
    let state = match status {
        Some(EventStatus::Planned) | None => 0,
        Some(EventStatus::Postponed) => 1,
        Some(EventStatus::Cancelled) => 2,
        Some(EventStatus::Held) => 3,
    };
    changed.unwrap_or(0) / DAY * 4 + state
}

impl When {
    fn of(event: &Event, zone: &TimeZone) -> Option<Self> {
        let (begins, ends) = (event.begins(), event.ends());
        if begins.has_time() && ends.is_none_or(Date::has_time) {
            let at = |date: Date| moment(date.begins(zone));
            return Some(Self::Moments(at(begins), ends.map(at)));
        }
        let last = ends.unwrap_or(begins).civil()?;
        Some(Self::Days(day(begins.civil()?), day(last.checked_add(1.day()).ok()?)))
    }
}
