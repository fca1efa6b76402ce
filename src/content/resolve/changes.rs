//! Changes that readers should know of.

use crate::content::date::Date;
use crate::content::model::ChangeKind;
use crate::content::raw::RawChange;
use crate::yaml::{FieldPath, OneOrMany};

use super::Fields;
use super::article::FieldMarkdown;
use super::fields::items;

/// A change, whose texts still wait for their rendering: inline.
#[derive(Debug)]
pub struct ChangeFields {
    /// When.
    pub date: Option<Date>,
    /// Whether it adds, corrects or clarifies.
    pub kind: ChangeKind,
    /// What changed.
    pub note: Option<FieldMarkdown>,
    /// What was wrong.
    pub was: Option<FieldMarkdown>,
    /// What is right.
    pub now: Option<FieldMarkdown>,
}

impl ChangeFields {
    /// Its texts, in the order in which a page shows them.
    pub(super) fn texts(&self) -> impl Iterator<Item = &FieldMarkdown> {
        self.note.iter().chain(&self.was).chain(&self.now)
    }
}

/// The changes of a page. None lies before the day on which it was published.
pub(super) fn changes(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<RawChange>>,
    published: Option<Date>,
) -> Vec<ChangeFields> {
    let mut changes = Vec::new();
    for (path, raw) in items(path, raw) {
        if raw.date.is_none() {
            fields.missing(&raw.mapping, "date", "a change");
        }
        let date = fields.date_from(("published", published), ("date", raw.date));
        let kind = fields
            .choice(
                "kind",
                raw.kind,
                &[
                    ("update", ChangeKind::Update),
                    ("correction", ChangeKind::Correction),
                    ("clarification", ChangeKind::Clarification),
                ],
            )
            .unwrap_or(ChangeKind::Update);
        let [note, was, now] = [raw.note, raw.was, raw.now].map(|text| fields.markdown(text));
        if was.is_some() && now.is_none() {
            fields.missing(&raw.mapping, "now", "a change with a `was`");
        } else if note.is_none() && was.is_none() {
            fields.missing(&raw.mapping, "note", "a change");
        }
        if note.is_none() && was.is_none() {
            continue;
        }
        let field = |key: &str, text: Option<_>| {
            text.map(|text| FieldMarkdown { path: path.key(key), text })
        };
        let (note, was, now) = (field("note", note), field("was", was), field("now", now));
        changes.push(ChangeFields { date, kind, note, was, now });
    }
    changes
}
