//! Figures as CSV (RFC 4180).

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::super::DataContent;
use super::super::csv::push_row;
use super::{FactRecord, NamedRecord, part, parts};

/// `facts.csv`: all figures that the index lists.
#[derive(Debug, Serialize)]
pub struct FactsCsv {
    facts: Vec<FactRecord>,
}

/// The names of the columns.
const COLUMNS: [&str; 23] = [
    "id",
    "value",
    "low",
    "high",
    "unit",
    "denominator",
    "text",
    "of",
    "about",
    "about_id",
    "kind",
    "status",
    "as_of",
    "next_update",
    "attributed_to",
    "attributed_to_id",
    "source",
    "source_publisher",
    "source_date",
    "source_url",
    "source_archived",
    "url",
    "per",
];

impl DataContent for FactsCsv {
    const KIND: OutputKind = OutputKind {
        name: "facts-csv",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| parts(site, "csv", add)),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Part(number)) = output.subject() else {
            unreachable!("the outputs of the kind are parts")
        };
        let facts = part(cx.site, number).iter();
        Self { facts: facts.map(|fact| FactRecord::new(cx, *fact)).collect() }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        push_row(&mut text, &COLUMNS);
        for fact in &self.facts {
            let (low, high) = (fact.low.to_string(), fact.high.to_string());
            let (about, attributed_to) = (named(&fact.about), named(&fact.attributed_to));
            let source = fact.source.as_ref();
            push_row(
                &mut text,
                &[
                    &fact.id,
                    &fact.value,
                    &low,
                    &high,
                    fact.unit.as_deref().unwrap_or_default(),
                    fact.denominator.as_deref().unwrap_or_default(),
                    &fact.text,
                    fact.of.as_deref().unwrap_or_default(),
                    about.0,
                    about.1,
                    fact.kind.unwrap_or_default(),
                    fact.status.unwrap_or_default(),
                    fact.as_of.as_deref().unwrap_or_default(),
                    fact.next_update.as_deref().unwrap_or_default(),
                    attributed_to.0,
                    attributed_to.1,
                    source.and_then(|source| source.title.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.publisher.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.date.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.url.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.archived.as_deref()).unwrap_or_default(),
                    &fact.url,
                    fact.per.as_deref().unwrap_or_default(),
                ],
            );
        }
        text
    }
}

/// The name and the id of a player that a figure names; nothing where it names none.
fn named(named: &Option<NamedRecord>) -> (&str, &str) {
    let Some(NamedRecord { id, name, .. }) = named else { return ("", "") };
    (name, id.as_deref().unwrap_or_default())
}
