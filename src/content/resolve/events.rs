//! The events of a page.

use rustc_hash::FxHashSet;

use crate::base::EntityId;
use crate::content::model::Event;
use crate::content::raw::RawEvent;
use crate::content::words::EventStatus;
use crate::diag::Code;
use crate::yaml::{FieldPath, OneOrMany};

use super::Fields;
use super::fields::items;

/// Resolves the events of a page. Of two with one id the first stays.
pub(super) fn events(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<RawEvent>>,
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut seen: FxHashSet<EntityId> = FxHashSet::default();
    for (at, raw) in items(path, raw) {
        let span = raw.id.as_ref().map(|id| id.span).unwrap_or_default();
        let id = fields.id(raw.id);
        if let Some(id) = &id
            && !seen.insert(id.clone())
        {
            let message = format!("the event id \"{id}\" is used twice on this page");
            let help = "give each event an id of its own, or remove the second one";
            fields.problem(Code::DuplicateId, span, message, help);
            fields.leave_out(&at);
            continue;
        }
        let written = raw.date.is_some();
        let date = fields.date(raw.date);
        if date.is_none() && !written {
            fields.missing(&raw.mapping, "date", "an event");
        }
        let name = fields.text(raw.name);
        let name = fields.required(&raw.mapping, "name", "an event", name);
        let end = fields.date_from(("date", date), ("end", raw.end));
        let status = fields.choice("status", raw.status, EventStatus::WORDS);
        let moved = raw.postponed_to.as_ref().map(|text| text.span);
        let postponed_to = fields.date_from(("date", date), ("postponed_to", raw.postponed_to));
        if let Some(span) = moved
            && status != Some(EventStatus::Postponed)
        {
            let message = "`postponed_to` stands at an event whose `status` is not `postponed`";
            fields.problem(Code::InvalidValue, span, message, "write `status: postponed`");
        }
        let postponed_to = postponed_to.filter(|_| status == Some(EventStatus::Postponed));
        let players = fields.ids(&at.key("players"), raw.players);
        let location = fields.text(raw.location);
        let source = fields.id(raw.source);
        match (date, name) {
            (Some(date), Some(name)) => events.push(Event {
                id,
                date,
                end,
                postponed_to,
                name,
                status,
                players,
                location,
                source,
            }),
            _ => fields.leave_out(&at),
        }
    }
    events
}
