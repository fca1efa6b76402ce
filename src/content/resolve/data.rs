//! Figures and shared sources.

use crate::base::EntityId;
use crate::content::date::Date;
use crate::content::model::{Fact, FactValue, PastValue, Source, amount};
use crate::content::raw::{RawFact, RawPastValue, RawRange, RawSource};
use crate::content::words::{FactKind, FactStatus};
use crate::diag::Code;
use crate::yaml::{Entries, FieldPath, Mapping, OneOrMany, Text, TextOr};

use super::Fields;
use super::parts::{empty_source, redirects, source};
use super::units::is_share;

/// Resolves `facts.yaml`.
pub fn facts(raw: Entries<RawFact>, fields: &mut Fields) -> Vec<Fact> {
    fact_list(fields, &FieldPath::root(), raw)
}

/// Resolves `sources.yaml`: sources by id.
pub fn sources(raw: Entries<RawSource>, fields: &mut Fields) -> Vec<Source> {
    let mut sources = Vec::new();
    for (id, raw) in raw.0 {
        let Some(id) = fields.id(Some(id)) else { continue };
        let old = FieldPath::root().key(&id).key("redirect_from");
        let source = source(fields, &old, raw).unwrap_or_else(|| lost_source(id.clone()));
        sources.push(Source { id: Some(id), ..source });
    }
    sources
}

/// Whether a `sources.yaml` is a list, by the first character that is neither comment nor document mark.
pub fn sources_are_listed(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#') && *line != "---");
    first.is_some_and(|line| line.starts_with('[') || line == "-" || line.starts_with("- "))
}

/// Resolves a `sources.yaml` that is a list, as CSL-JSON has it: each source says its own id.
pub fn listed_sources(raw: OneOrMany<RawSource>, fields: &mut Fields) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (at, raw) in raw.0 {
        let mapping = raw.mapping.clone();
        let id = raw.id.clone();
        let written = id.is_some();
        let span = id.as_ref().map(|id| id.span).unwrap_or_default();
        let old = FieldPath::root().index(at).key("redirect_from");
        let lost = || Some(lost_source(EntityId::try_from(id?.value).ok()?));
        let Some(source) = source(fields, &old, raw).or_else(lost) else {
            fields.leave_out(&FieldPath::root().index(at));
            continue;
        };
        if source.id.is_none() && !written {
            fields.missing(&mapping, "id", "a shared source");
        }
        let twice = sources.iter().any(|other| other.id == source.id);
        if twice && let Some(id) = &source.id {
            fields.problem(
                Code::DuplicateId,
                span,
                format!("the source id \"{id}\" is used twice"),
                "give each source an id of its own",
            );
            fields.leave_out(&FieldPath::root().index(at));
            continue;
        }
        sources.push(Source { listed_at: Some(at as u32), ..source });
    }
    sources
}

/// A shared source of which nothing but the id could be read: what cites it is not at fault.
pub fn lost_source(id: EntityId) -> Source {
    Source { id: Some(id), ..empty_source() }
}

/// A figure of which nothing but the id could be read: what refers to it is not at fault.
pub fn lost_fact(id: EntityId) -> Fact {
    Fact {
        id,
        value: FactValue::Number("?".into()),
        unit: None,
        denominator: None,
        per: None,
        of: None,
        about: None,
        kind: None,
        status: None,
        as_of: None,
        next_update: None,
        attributed_to: None,
        source: None,
        history: Vec::new(),
        conversion: None,
        redirect_from: Vec::new(),
    }
}

pub(super) fn fact_list(fields: &mut Fields, path: &FieldPath, raw: Entries<RawFact>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (id, raw) in raw.0 {
        let path = path.key(&id.value);
        let id = fields.id(Some(id));
        facts.extend(fact(fields, &path, id, raw));
    }
    facts
}

fn fact(fields: &mut Fields, path: &FieldPath, id: Option<EntityId>, raw: RawFact) -> Option<Fact> {
    fields.keep_indexes(&path.key("history"));
    let value = value(fields, &raw.mapping, "a fact", raw.value);
    let unit = fields.spanned(raw.unit);
    let denominator = fields.text(raw.denominator);
    if let Some(unit) = unit.as_ref().filter(|unit| is_share(unit) && denominator.is_none()) {
        fields.problem(
            Code::MissingDenominator,
            unit.span,
            "a percentage needs a denominator: of what?",
            "add `denominator:`, such as `denominator: GDP`",
        );
    }
    let as_of = fields.date(raw.as_of);
    let next_update = fields.date_from(("as_of", as_of), ("next_update", raw.next_update));
    let fact = Fact {
        id: id?,
        // A figure with a faulty value is a figure all the same: what refers to it is not at fault.
        value: value.unwrap_or_else(|| FactValue::Number("?".into())),
        unit: unit.map(|unit| unit.value),
        denominator,
        per: fields.text(raw.per),
        of: fields.text(raw.of),
        about: fields.name(raw.about),
        kind: fields.choice("kind", raw.kind, FactKind::WORDS),
        status: fields.choice("status", raw.status, FactStatus::WORDS),
        as_of,
        next_update,
        attributed_to: fields.name(raw.attributed_to),
        source: fields.id(raw.source),
        history: history(fields, raw.history, as_of),
        conversion: fields.id(raw.conversion),
        redirect_from: redirects(fields, &path.key("redirect_from"), raw.redirect_from),
    };
    Some(fact)
}

/// A value: a number, or a range. `what` needs it; `at` is the mapping that lacks it.
fn value(
    fields: &mut Fields,
    at: &Mapping,
    what: &str,
    raw: Option<TextOr<RawRange>>,
) -> Option<FactValue> {
    match raw {
        None => {
            fields.missing(at, "value", what);
            None
        }
        Some(TextOr::Text(text)) => {
            number(fields, "value", Some(text)).map(|text| FactValue::Number(text.value))
        }
        Some(TextOr::Full(RawRange { low, high, mapping })) => {
            for (name, text) in [("low", &low), ("high", &high)] {
                if text.is_none() {
                    fields.missing(&mapping, name, "a range");
                }
            }
            let range = number(fields, "low", low).zip(number(fields, "high", high));
            if let Some((low, high)) = &range
                && amount(low) > amount(high)
            {
                fields.problem(
                    Code::InvalidValue,
                    high.span,
                    format!("`high` ({}) is less than `low` ({})", high.value, low.value),
                    "write the smaller number as `low`",
                );
            }
            range.map(|(low, high)| FactValue::Range(low.value, high.value))
        }
    }
}

/// The values that a figure had, oldest first. `as_of` is the day of its own.
fn history(
    fields: &mut Fields,
    raw: Option<OneOrMany<RawPastValue>>,
    as_of: Option<Date>,
) -> Vec<PastValue> {
    let mut history = Vec::new();
    for (at, raw) in raw.map(|raw| raw.0).unwrap_or_default() {
        let value = value(fields, &raw.mapping, "an earlier value", raw.value);
        let (is_written, span) = (raw.as_of.is_some(), raw.as_of.as_ref().map(|text| text.span));
        let date = fields.date(raw.as_of);
        if !is_written {
            fields.missing(&raw.mapping, "as_of", "an earlier value");
        }
        if let (Some(date), Some(own), Some(span)) = (date, as_of, span)
            && own.is_before(date)
        {
            let message = format!("the earlier value is of {date}, after the figure's own ({own})");
            let help = "give the figure the newest value and its `as_of`, and list the others here";
            fields.problem(Code::DateOrder, span, message, help);
        }
        let (source, note) = (fields.id(raw.source), fields.text(raw.note));
        if let (Some(value), Some(as_of)) = (value, date) {
            history.push(PastValue { at: at as u32, value, as_of, source, note });
        }
    }
    history.sort_by_cached_key(|past| past.as_of.to_string());
    history
}

/// A number, in the digits that its author wrote.
fn number(fields: &mut Fields, name: &str, text: Option<Text>) -> Option<Text> {
    let text = fields.spanned(text)?;
    if amount(&text).is_none() {
        fields.problem(
            Code::WrongType,
            text.span,
            format!("`{name}` must be a number, found \"{}\"", text.value),
            "write digits alone; the unit has a field of its own",
        );
        return None;
    }
    Some(text)
}
