//! Figures as CSV (RFC 4180).

use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::super::DataContent;
use super::{FactRecord, NamedRecord, part, parts};

/// `facts.csv`: all figures that the index lists.
#[derive(Debug, Serialize)]
pub struct FactsCsv {
    facts: Vec<FactRecord>,
}

/// The names of the columns.
const COLUMNS: [&str; 22] = [
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
            let named = |named: &Option<NamedRecord>| {
                let id = named.as_ref().and_then(|named| named.id.clone());
                let name = named.as_ref().map(|named| named.name.clone());
                (name.unwrap_or_default(), id.unwrap_or_default())
            };
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
                    &about.0,
                    &about.1,
                    fact.kind.unwrap_or_default(),
                    fact.status.unwrap_or_default(),
                    fact.as_of.as_deref().unwrap_or_default(),
                    fact.next_update.as_deref().unwrap_or_default(),
                    &attributed_to.0,
                    &attributed_to.1,
                    source.and_then(|source| source.title.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.publisher.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.date.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.url.as_deref()).unwrap_or_default(),
                    source.and_then(|source| source.archived.as_deref()).unwrap_or_default(),
                    &fact.url,
                ],
            );
        }
        text
    }
}

fn push_row(text: &mut String, cells: &[&str; COLUMNS.len()]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// Writes a cell. A spreadsheet takes one that begins with `=`, `+`, `-`, `@`, a tab or a return for a formula, unless it is
/// a number: an apostrophe before it makes it a text.
fn push_cell(text: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell);
    let is_quoted = cell.contains(['"', ',', '\r', '\n']);
    if is_quoted {
        text.push('"');
    }
    if is_formula {
        text.push('\'');
    }
    match is_quoted {
        true => text.push_str(&cell.replace('"', "\"\"")),
        false => text.push_str(cell),
    }
    if is_quoted {
        text.push('"');
    }
}

/// Whether a cell is digits with at most one point, after a minus sign or none.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("", ""),
            ("GDP", "GDP"),
            ("-3.5", "-3.5"),
            ("3.5", "3.5"),
            ("-", "'-"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("a,b", "\"a,b\""),
            ("a\nb", "\"a\nb\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
        ] {
            let mut text = String::new();
            push_cell(&mut text, cell);
            assert_eq!(text, expected, "{cell:?}");
        }
    }
}
