//! Figures and shared sources.

use std::sync::Arc;

use crate::content::model::{Fact, FactValue, Source};
use crate::content::raw::{RawFact, RawRange, RawSource};
use crate::content::words::{FactKind, FactStatus};
use crate::diag::Code;
use crate::yaml::{Entries, FieldPath, OneOrMany, Text, TextOr};

use super::Fields;
use super::fields::items;
use super::parts::{empty_source, source};
use super::units::is_share;

/// Resolves `facts.yaml`.
pub fn facts(raw: Entries<RawFact>, fields: &mut Fields) -> Vec<Fact> {
    fact_list(fields, &FieldPath::root(), raw)
}

/// Resolves `sources.yaml`: sources by id.
pub fn sources(raw: Entries<RawSource>, fields: &mut Fields) -> Vec<Source> {
    let root = FieldPath::root();
    let mut sources = Vec::new();
    for (id, raw) in raw.0 {
        let path = root.key(&id);
        let Some(id) = fields.key_id(&path, id) else { continue };
        let source = source(fields, &path, raw).unwrap_or_else(|| lost_source(&id));
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
    for (path, raw) in items(&FieldPath::root(), Some(raw)) {
        let written = raw.id.is_some();
        let id = raw.id.clone();
        let Some(source) = source(fields, &path, raw).or_else(|| Some(lost_source(&id?))) else {
            continue;
        };
        if source.id.is_none() && !written {
            fields.missing(&path, "id", "a shared source");
        }
        let twice = sources.iter().any(|other| other.id == source.id);
        if twice && let Some(id) = &source.id {
            fields.problem(
                Code::DuplicateId,
                path.key("id"),
                format!("the source id \"{id}\" is used twice"),
                "give each source an id of its own",
            );
            continue;
        }
        sources.push(source);
    }
    sources
}

/// A shared source of which nothing but the id could be read: what cites it is not at fault.
pub fn lost_source(id: &str) -> Source {
    Source { id: Some(id.into()), ..empty_source() }
}

/// A figure of which nothing but the id could be read: what refers to it is not at fault.
pub fn lost_fact(id: &str) -> Fact {
    Fact {
        id: id.into(),
        value: FactValue::Number("?".into()),
        unit: None,
        denominator: None,
        of: None,
        about: None,
        kind: None,
        status: None,
        as_of: None,
        next_update: None,
        attributed_to: None,
        source: None,
    }
}

pub(super) fn fact_list(fields: &mut Fields, path: &FieldPath, raw: Entries<RawFact>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (id, raw) in raw.0 {
        let path = path.key(&id);
        let id = fields.key_id(&path, id);
        facts.extend(fact(fields, &path, id, raw));
    }
    facts
}

fn fact(fields: &mut Fields, path: &FieldPath, id: Option<Arc<str>>, raw: RawFact) -> Option<Fact> {
    let value = match raw.value {
        None => {
            fields.missing(path, "value", "a fact");
            None
        }
        Some(TextOr::Text(text)) => {
            number(fields, &path.key("value"), "value", Some(text)).map(FactValue::Number)
        }
        Some(TextOr::Full(RawRange { low, high })) => {
            let at = path.key("value");
            for (name, text) in [("low", &low), ("high", &high)] {
                if text.is_none() {
                    fields.missing(&at, name, "a range");
                }
            }
            let low = number(fields, &at.key("low"), "low", low);
            let high = number(fields, &at.key("high"), "high", high);
            if let (Some(low), Some(high)) = (&low, &high)
                && amount(low) > amount(high)
            {
                fields.problem(
                    Code::InvalidValue,
                    at.key("high"),
                    format!("`high` ({high}) is less than `low` ({low})"),
                    "write the smaller number as `low`",
                );
            }
            low.zip(high).map(|(low, high)| FactValue::Range(low, high))
        }
    };
    let unit = fields.text(raw.unit);
    let denominator = fields.text(raw.denominator);
    if unit.as_deref().is_some_and(is_share) && denominator.is_none() {
        fields.problem(
            Code::MissingDenominator,
            path.key("unit"),
            "a percentage needs a denominator: of what?",
            "add `denominator:`, such as `denominator: GDP`",
        );
    }
    let as_of = fields.date(&path.key("as_of"), raw.as_of);
    let next_update = fields.date(&path.key("next_update"), raw.next_update);
    let next_update = fields.in_order(path, ("as_of", as_of), ("next_update", next_update));
    let fact = Fact {
        id: id?,
        // A figure with a faulty value is a figure all the same: what refers to it is not at fault.
        value: value.unwrap_or_else(|| FactValue::Number("?".into())),
        unit,
        denominator,
        of: fields.text(raw.of),
        about: fields.name(&path.key("about"), raw.about),
        kind: fields.choice(&path.key("kind"), "kind", raw.kind, FactKind::WORDS),
        status: fields.choice(&path.key("status"), "status", raw.status, FactStatus::WORDS),
        as_of,
        next_update,
        attributed_to: fields.name(&path.key("attributed_to"), raw.attributed_to),
        source: fields.id(&path.key("source"), raw.source),
    };
    Some(fact)
}

/// A number, in the digits that its author wrote.
fn number(
    fields: &mut Fields,
    path: &FieldPath,
    name: &str,
    text: Option<Text>,
) -> Option<Arc<str>> {
    let text = fields.text(text)?;
    if amount(&text).is_none() {
        fields.problem(
            Code::WrongType,
            path.clone(),
            format!("`{name}` must be a number, found \"{text}\""),
            "write digits alone; the unit has a field of its own",
        );
        return None;
    }
    Some(text)
}

/// What a figure comes to, whatever separates its thousands.
fn amount(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}')).collect();
    let amount = plain.parse::<f64>().ok().filter(|amount| amount.is_finite())?;
    plain.contains(|c: char| c.is_ascii_digit()).then_some(amount)
}
