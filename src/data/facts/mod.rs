//! The figures of the site for programs: `facts.json` and `facts.csv` with all of them, `facts/ID.json` with one.
//!
//! What each field means is in `src/data/schemas/facts.json`. `VERSION` is raised when a field goes or means something else,
//! and not when one is added.

mod csv;
mod json;
mod svg;

pub use csv::FactsCsv;
pub use json::{FactJson, FactsJson};
pub use svg::FactSvg;

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::base::{EntityId, OutPath};
use crate::content::date::Date;
use crate::content::model::{FactValue, Name, PastValue, Source};
use crate::content::words::{FactKind, FactStatus};
use crate::site::{Add, FactIx, Site, SiteFact, Subject, facts_file};
use crate::view::Context;
use crate::view::figure::fact_text;

/// The version of the format.
const VERSION: u32 = 1;

/// The most figures of one file: a reader of the first loads no more than a large page.
const MOST: usize = 1000;

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FactRecord {
    pub(super) id: EntityId,
    pub(super) url: String,
    /// The digits as its author wrote them; of a range both, with an en dash.
    pub(super) value: String,
    #[serde(serialize_with = "amount")]
    pub(super) low: f64,
    #[serde(serialize_with = "amount")]
    pub(super) high: f64,
    pub(super) unit: Option<Arc<str>>,
    pub(super) denominator: Option<Arc<str>>,
    /// Per what it is counted.
    pub(super) per: Option<Arc<str>>,
    /// The figure in words.
    pub(super) text: String,
    pub(super) of: Option<Arc<str>>,
    pub(super) about: Option<NamedRecord>,
    pub(super) kind: Option<&'static str>,
    pub(super) status: Option<&'static str>,
    pub(super) as_of: Option<String>,
    pub(super) next_update: Option<String>,
    pub(super) attributed_to: Option<NamedRecord>,
    pub(super) source: Option<SourceRecord>,
    /// Earlier values, oldest first.
    pub(super) history: Vec<PastRecord>,
}

/// A value that a figure had.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PastRecord {
    pub(super) value: String,
    #[serde(serialize_with = "amount")]
    pub(super) low: f64,
    #[serde(serialize_with = "amount")]
    pub(super) high: f64,
    pub(super) as_of: String,
    pub(super) note: Option<Arc<str>>,
    pub(super) source: Option<SourceRecord>,
}

/// A player, or a name of something else.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NamedRecord {
    /// The player's id.
    pub(super) id: Option<EntityId>,
    pub(super) name: Arc<str>,
    /// The player's page.
    pub(super) url: Option<String>,
}

/// A source.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SourceRecord {
    pub(super) title: Option<Arc<str>>,
    pub(super) publisher: Option<Arc<str>>,
    pub(super) author: Vec<Arc<str>>,
    pub(super) date: Option<String>,
    pub(super) url: Option<Arc<str>>,
    pub(super) archived: Option<Arc<str>>,
}

impl FactRecord {
    pub(super) fn new(cx: &Context<'_>, ix: FactIx) -> Self {
        let own = cx.site.fact_at(ix);
        let fact = &own.fact;
        let lang = cx.languages.language(&cx.settings.lang);
        let day = |date| day(cx, date);
        let (low, high) = fact.value.bounds();
        let past = |past: &PastValue| {
            let (low, high) = past.value.bounds();
            PastRecord {
                value: digits(&past.value),
                low,
                high,
                as_of: day(past.as_of),
                note: past.note.clone(),
                source: source(cx, own, &past.source),
            }
        };
        Self {
            id: fact.id.clone(),
            url: url(cx, &cx.site.fact_out(ix)),
            value: digits(&fact.value),
            low,
            high,
            unit: fact.unit.clone(),
            denominator: fact.denominator.clone(),
            per: fact.per.clone(),
            text: fact_text(fact, &lang),
            of: fact.of.clone(),
            about: fact.about.as_ref().map(|name| named(cx, name)),
            kind: fact.kind.map(FactKind::as_str),
            status: fact.status.map(FactStatus::as_str),
            as_of: fact.as_of.map(day),
            next_update: fact.next_update.map(day),
            attributed_to: fact.attributed_to.as_ref().map(|name| named(cx, name)),
            source: source(cx, own, &fact.source),
            history: fact.history.iter().map(past).collect(),
        }
    }
}

impl SourceRecord {
    pub(super) fn of(cx: &Context<'_>, source: &Source) -> Self {
        Self {
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            author: source.authors.clone(),
            date: source.date.map(|date| day(cx, date)),
            url: source.url.clone(),
            archived: source.archived.clone(),
        }
    }
}

fn source(cx: &Context<'_>, own: &SiteFact, id: &Option<EntityId>) -> Option<SourceRecord> {
    Some(SourceRecord::of(cx, cx.fact_source(own, id)?))
}

/// A date in the site's time zone (ISO 8601), as precise as it is known.
pub(super) fn day(cx: &Context<'_>, date: Date) -> String {
    date.in_zone(cx.zone).to_string()
}

/// The digits of a value as its author wrote them.
fn digits(value: &FactValue) -> String {
    match value {
        FactValue::Number(text) => text.to_string(),
        FactValue::Range(low, high) => format!("{low}–{high}"),
    }
}

/// Of a player whose page is not public yet there is the id alone, as on pages.
fn named(cx: &Context<'_>, name: &Name) -> NamedRecord {
    match name {
        Name::Text(text) => NamedRecord { id: None, name: text.clone(), url: None },
        Name::Id(id) => match cx.site.player(id).map(|player| cx.site.page(player)) {
            Some(page) => NamedRecord {
                id: Some(id.clone()),
                name: page.summary.title.clone(),
                url: Some(url(cx, &page.out)),
            },
            None => NamedRecord { id: Some(id.clone()), name: id.into(), url: None },
        },
    }
}

/// The absolute URL of an output; a root-relative one where the site's address is not known.
pub(super) fn url(cx: &Context<'_>, out: &OutPath) -> String {
    cx.base.url(out).unwrap_or_else(|| out.href(cx.base.prefix()).to_string())
}

/// The figures of one file, from 1, in the order of the index.
fn part(site: &Site, number: usize) -> &[FactIx] {
    site.figures.listed().chunks(MOST).nth(number - 1).unwrap_or_default()
}

/// The files with all figures; none without a figure.
fn parts(site: &Site, extension: &str, add: &mut Add<'_>) {
    for number in 1..=site.figures.listed().len().div_ceil(MOST) {
        add.data(facts_file(number, extension), Subject::Part(number));
    }
}

/// A whole number is written as one: `1300`, where a float would be `1300.0`.
fn amount<S: Serializer>(amount: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    /// Up to here each whole number is a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match amount.fract() == 0.0 && amount.abs() < EXACT {
        true => serializer.serialize_i64(*amount as i64),
        false => serializer.serialize_f64(*amount),
    }
}
