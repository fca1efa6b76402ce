//! What is due as a file for other programs: a calendar, a table.

use std::collections::BTreeMap;

use jiff::ToSpan;

use crate::base::Digest;
use crate::data::csv::push_row;
use crate::data::ical::{CalendarLines, day, moment};
use crate::engine::Loaded;
use crate::site::Due;

/// The names of the columns.
const COLUMNS: [&str; 7] = ["day", "late", "what", "file", "item", "title", "owner"];

/// A table, in the order of the list.
pub(super) fn csv(all: &[Due]) -> String {
    let mut text = String::new();
    push_row(&mut text, &COLUMNS);
    for due in all {
        let day = due.day.to_string();
        let cells = [
            day.as_str(),
            if due.is_late { "true" } else { "false" },
            due.what.as_str(),
            due.path.as_str(),
            due.item.as_deref().unwrap_or_default(),
            due.title.as_deref().unwrap_or_default(),
            due.owner.as_deref().unwrap_or_default(),
        ];
        push_row(&mut text, &cells);
    }
    text
}

/// A calendar (iCalendar) with a whole day for each thing. The same thing has the same `UID` on another day, so that
/// a calendar that has it moves it.
pub(super) fn ics(all: &[Due], loaded: &Loaded) -> String {
    let settings = &loaded.config().site;
    let mut lines = CalendarLines::begin(&format!("Due: {}", settings.title), "due");
    let base = settings.base_url.as_ref().and_then(|base| base.origin.as_deref());
    let host =
        base.and_then(|origin| origin.split_once("://")).map_or("localhost", |(_, host)| host);
    let now = moment(loaded.instant().now);
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for due in all {
        let item = due.item.as_deref().unwrap_or_default();
        let name = format!("{}\n{}\n{item}", due.what.as_str(), due.path);
        // A page may announce two events of one name.
        let count = known.entry(name.clone()).or_default();
        *count += 1;
        let name = if *count == 1 { name } else { format!("{name}\n{count}") };
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", &format!("{}@{host}", Digest::of(name.as_bytes())));
        lines.add("DTSTAMP", &now);
        lines.add("DTSTART;VALUE=DATE", &day(due.day));
        lines.add("DTEND;VALUE=DATE", &day(due.day.saturating_add(1.day())));
        lines.text("SUMMARY", &summary(due));
        let owner = due.owner.iter().map(|owner| format!("\n{owner}"));
        let owner: String = owner.collect();
        lines.text("DESCRIPTION", &format!("{}: {}{owner}", due.path, due.todo()));
        lines.text("CATEGORIES", due.what.as_str());
        // It fills no time.
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
    lines.finish()
}

/// What it is called in a calendar: `Review: The treaty`.
fn summary(due: &Due) -> String {
    let word = match due.what.as_str() {
        "review" => "Review",
        "figure" => "Figure",
        "event" => "Event",
        _ => "Expires",
    };
    let (item, title) = (due.item.as_deref(), due.title.as_deref());
    match (item, title) {
        (Some(item), Some(title)) => format!("{word}: {item} ({title})"),
        (Some(one), None) | (None, Some(one)) => format!("{word}: {one}"),
        (None, None) => format!("{word}: {}", due.path),
    }
}
