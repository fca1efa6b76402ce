//! Calendars, read by the parser of another author's library.

use std::collections::BTreeMap;

use briefing::base::OutPath;
use briefing::engine::Loaded;
use briefing::source::Memory;
use icalendar::parser::{read_calendar, unfold};

use crate::{load, text};

/// The properties of an event by name, with their parameters behind the name: `DTSTART;VALUE=DATE`.
type Properties = BTreeMap<String, String>;

/// An article with events, and what else its front matter has.
fn article(site: &mut Memory, id: &str, more: &str, events: &str) {
    let text = format!("---\ntitle: About {id}\n{more}events:\n{events}---\n\nText.\n");
    site.write(&format!("content/articles/{id}.md"), text);
}

fn site() -> Memory {
    let mut site = Memory::new();
    let settings = "title: Small\ntimezone: Asia/Tokyo\nbase_url: https://example.org/sub/\n";
    site.write("content/site.yaml", settings);
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n");
    site
}

/// The name of a calendar, and its events by what they are called.
fn read(text: &str) -> (String, BTreeMap<String, Properties>) {
    for line in text.split_inclusive("\r\n") {
        let line = line.strip_suffix("\r\n").expect("every line ends in CRLF");
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']), "{line}");
    }
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a calendar");
    let name = calendar.properties.iter().find(|own| own.name == "NAME").expect("a name");
    let mut events = BTreeMap::new();
    for event in &calendar.components {
        assert_eq!(event.name, "VEVENT");
        let property = |own: &icalendar::parser::Property<'_>| {
            let values = own.params.iter().map(|param| {
                format!(";{}={}", param.key, param.val.as_ref().map_or("", |value| value.as_str()))
            });
            (format!("{}{}", own.name, values.collect::<String>()), own.val.to_string())
        };
        let properties: Properties = event.properties.iter().map(property).collect();
        assert_eq!(properties.len(), event.properties.len(), "no property stands twice");
        let before = events.insert(properties["SUMMARY"].clone(), properties);
        assert_eq!(before, None);
    }
    (name.val.to_string(), events)
}

fn calendar(loaded: &Loaded, path: &str) -> BTreeMap<String, Properties> {
    read(&text(loaded, path).expect("a calendar")).1
}

/// Some properties of an event, in the order of their names.
fn some<'a>(event: &'a Properties, names: &[&str]) -> Vec<&'a str> {
    names.iter().map(|name| event.get(*name).map_or("", |value| value)).collect()
}

#[test]
fn days_are_whole_and_end_before_the_next_begins() {
    let mut site = site();
    article(
        &mut site,
        "a",
        "published: 2025-05-01\n",
        "  - {date: 2025-06-20, name: One day}\n  - {date: 2025-06-30, end: 2025-07-02, name: Three days}\n  \
         - {date: '2025-06-20 09:00', name: A moment}\n  \
         - {date: '2025-06-20 09:00', end: 2025-06-20T11:30:00Z, name: Some hours}\n  \
         - {date: '2025-06-20 09:00', end: 2025-06-21, name: From a moment on}\n  \
         - {date: 2025-06, name: A month}\n  - {date: 2025-06-01, end: 2025-08, name: Until a month}\n",
    );
    let loaded = load(&site);
    let (name, events) = read(&text(&loaded, "timeline.ics").unwrap());
    assert_eq!(name, "Timeline – Small");
    let dates: BTreeMap<&str, Vec<(&str, &str)>> = events
        .iter()
        .map(|(name, event)| {
            let dates = event
                .iter()
                .filter(|(name, _)| name.starts_with("DTSTART") || name.starts_with("DTEND"));
            (&**name, dates.map(|(name, value)| (&**name, &**value)).collect())
        })
        .collect();
    let days = |first, after| vec![("DTEND;VALUE=DATE", after), ("DTSTART;VALUE=DATE", first)];
    let expected = [
        ("A moment", vec![("DTSTART", "20250620T000000Z")]),
        ("From a moment on", days("20250620", "20250622")),
        ("One day", days("20250620", "20250621")),
        ("Some hours", vec![("DTEND", "20250620T113000Z"), ("DTSTART", "20250620T000000Z")]),
        ("Three days", days("20250630", "20250703")),
    ];
    assert_eq!(dates, expected.into());
    let page = text(&loaded, "timeline/index.html").unwrap();
    assert!(page.contains("href=\"/sub/timeline.ics\""), "{page}");
    assert!(
        page.contains("Events whose exact day is not known are not in the calendar."),
        "{page}"
    );
}

/// What readers have in their calendars is the same event still, in a later state.
#[test]
fn a_change_reaches_those_who_have_the_event() {
    let mut site = site();
    let mut before: Option<Properties> = None;
    let mut uids = Vec::new();
    for (updated, event, expected) in [
        (1, "date: 2025-07-01, status: planned", ["Vote", "CONFIRMED", "20250701"]),
        (1, "date: 2025-07-01, status: postponed", ["Postponed: Vote", "CANCELLED", "20250701"]),
        (
            2,
            "date: 2025-07-01, postponed_to: 2025-08-01, status: postponed",
            ["Vote", "CONFIRMED", "20250801"],
        ),
        (2, "date: 2025-07-01, status: cancelled", ["Cancelled: Vote", "CANCELLED", "20250701"]),
        (3, "date: 2025-07-01, status: planned", ["Vote", "CONFIRMED", "20250701"]),
    ] {
        let more = format!("published: 2025-05-01\nupdated: 2025-06-0{updated}\n");
        article(&mut site, "a", &more, &format!("  - {{name: Vote, {event}}}\n"));
        let events = calendar(&load(&site), "timeline.ics");
        let event = events.into_values().next().unwrap();
        assert_eq!(some(&event, &["SUMMARY", "STATUS", "DTSTART;VALUE=DATE"]), expected);
        let changed = format!("2025060{}T150000Z", updated - 1).replace("20250600", "20250531");
        assert_eq!(some(&event, &["DTSTAMP", "LAST-MODIFIED"]), [&changed; 2]);
        if let Some(before) = &before {
            let sequence = |event: &Properties| event["SEQUENCE"].parse::<i64>().unwrap();
            assert!(sequence(&event) > sequence(before), "{event:?}");
        }
        uids.push(event["UID"].clone());
        before = Some(event);
    }
    uids.dedup();
    assert_eq!(uids.len(), 1);
    assert!(uids[0].ends_with(".sub@example.org"), "{uids:?}");
}

#[test]
fn an_event_with_an_id_keeps_it_under_another_date_and_name() {
    let mut site = site();
    let mut uids = Vec::new();
    for event in ["date: 2025-07-01, name: Vote", "date: 2025-09-01, name: The vote"] {
        article(&mut site, "a", "", &format!("  - {{id: vote, {event}}}\n"));
        let events = calendar(&load(&site), "timeline.ics");
        uids.extend(events.into_values().map(|event| event["UID"].clone()));
    }
    assert_eq!(uids, ["vote.sub@example.org"; 2]);
}

/// Nothing else knows when it was: no clock is asked.
#[test]
fn an_event_of_pages_without_a_date_has_one_that_says_nothing() {
    let mut site = site();
    article(&mut site, "a", "", "  - {date: 2025-07-01, name: Vote}\n");
    let events = calendar(&load(&site), "timeline.ics");
    let found = some(&events["Vote"], &["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"]);
    assert_eq!(found, ["19700101T000000Z", "", "0"]);
}

#[test]
fn texts_of_any_kind_are_read_back() {
    let mut site = site();
    let name = "Ends; begins, \\\\ and 日本語の長い名前が行の終わりで切れないこと 🗳️🗳️🗳️🗳️🗳️🗳️🗳️🗳️";
    article(
        &mut site,
        "a",
        "",
        &format!("  - {{date: 2025-07-01, name: \"{name}\", location: \"Rome, Italy\"}}\n"),
    );
    let text = text(&load(&site), "timeline.ics").unwrap();
    let (_, events) = read(&text);
    let event = events.into_values().next().unwrap();
    // The parser takes the escapes of the format away.
    assert_eq!(event["SUMMARY"], name.replace("\\\\", "\\"));
    assert_eq!(event["LOCATION"], "Rome, Italy");
    assert!(text.contains("\r\nLOCATION:Rome\\, Italy\r\n"), "{text}");
}

/// Each calendar has the events of its own page, and there is none without events or without an address.
#[test]
fn topics_and_players_have_calendars_of_their_own() {
    let mut site = site();
    article(
        &mut site,
        "a",
        "topics: [sea]\n",
        "  - {date: 2025-07-01, name: Vote, players: [ann]}\n",
    );
    article(&mut site, "b", "topics: [air]\n", "  - {date: 2025-08-01, name: Fair}\n");
    article(&mut site, "c", "topics: [year]\n", "  - {date: 2025, name: Year, players: [ann]}\n");
    article(
        &mut site,
        "d",
        "status: draft\n",
        "  - {date: 2025-08-01, name: Secret, players: [ann]}\n",
    );
    article(&mut site, "e", "published: 2099-01-01\n", "  - {date: 2025-08-01, name: Later}\n");
    article(&mut site, "f", "status: withdrawn\n", "  - {date: 2025-08-01, name: Gone}\n");
    let loaded = load(&site);
    let all = loaded.site().outputs.iter().filter(|output| output.path.as_str().ends_with(".ics"));
    let all: Vec<(&str, String)> = all
        .map(|output| {
            let names = calendar(&loaded, output.path.as_str()).into_keys();
            (output.path.as_str(), names.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let expected = [
        ("players/ann/timeline.ics", "Vote"),
        ("timeline.ics", "Fair, Vote"),
        ("topics/air/timeline.ics", "Fair"),
        ("topics/sea/timeline.ics", "Vote"),
    ];
    assert_eq!(all, expected.map(|(path, names)| (path, names.to_owned())));
    let output = loaded.site().outputs.get(&OutPath::new("timeline.ics").unwrap()).unwrap();
    assert_eq!(output.media_type.to_string(), "text/calendar; charset=utf-8");

    site.write("content/site.yaml", "title: Small\n");
    let loaded = load(&site);
    assert!(loaded.site().outputs.iter().all(|output| !output.path.as_str().ends_with(".ics")));
}
