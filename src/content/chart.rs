//! A chart: a fenced block `chart`, in whose YAML an author says what is drawn, and how.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::diag::{Code, Diagnostic};
use crate::yaml::{Text, YamlDocument, mapping};

use super::comments::without_comments;
use super::reference::Link;
use super::table::Table;
use super::typography::Typography;
use super::words::ChartForm;

/// The info string of the block.
pub const INFO: &str = "chart";

/// A chart in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// What it shows.
    pub title: Arc<str>,
    /// Its numbers.
    pub data: ChartData,
    /// The unit of all numbers, such as `%`.
    pub unit: Option<Arc<str>>,
    /// A source's id.
    pub source: Option<Arc<str>>,
    /// What a reader needs to know beside.
    pub note: Option<Arc<str>>,
}

/// Where the numbers of a chart come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum ChartData {
    /// The rows that stand in the block.
    Rows(ChartForm, Table),
    /// A CSV file of the site.
    File(ChartForm, Link),
    /// The history of a figure: a line of steps.
    Fact(Arc<str>),
}

impl Chart {
    /// The texts that its author wrote.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = match &self.data {
            ChartData::Rows(_, table) => Some(table),
            ChartData::File(..) | ChartData::Fact(_) => None,
        };
        let names = rows.into_iter().flat_map(Table::texts);
        [Some(&self.title), self.note.as_ref()]
            .into_iter()
            .flatten()
            .map(|text| &**text)
            .chain(names)
    }
}

mapping! {
    /// A chart, in a fenced block `chart`.
    RawChart {
        /// Required. What the chart shows, such as `Defence spending, share of GDP`.
        title: Text,
        /// A CSV file beside the page. Its first row names the columns, its first column the rows.
        data: Text,
        /// The rows themselves, as CSV, instead of a file.
        rows: Text,
        /// A figure's id, instead of a file: its history is drawn.
        fact: Text,
        /// `line` (default), `bar`, `dot` or `multiples`.
        form as "type": Text,
        /// The unit of the numbers, such as `%`.
        unit: Text,
        /// Where the numbers are from: a source id.
        source: Text,
        /// What a reader needs to know beside.
        note: Text,
    }
}

/// A chart as it was read, and the ranges of what it refers to.
pub(super) struct ReadChart {
    /// The chart; none where something that it needs is missing.
    pub(super) chart: Option<Chart>,
    /// The places of its title, its data or figure, and its source.
    pub(super) title: Range<usize>,
    pub(super) subject: Range<usize>,
    pub(super) source: Range<usize>,
    /// The problems, with ranges of the text around the block.
    pub(super) problems: Vec<Diagnostic<Range<usize>>>,
}

/// Reads the text of a block, which begins `start` bytes into the text around it. `link` reads a path, and reports what it
/// refuses.
pub(super) fn read(
    text: &str,
    start: usize,
    typography: Typography,
    link: impl FnOnce(&str, Range<usize>) -> Option<Link>,
) -> ReadChart {
    let parsed = YamlDocument::read(text, 1).parse::<RawChart>();
    let within = |range: Range<usize>| start + range.start..start + range.end;
    let place =
        |text: &Option<Text>| text.as_ref().map_or(start..start, |text| within(text.span.into()));
    let mut problems: Vec<_> = parsed
        .problems
        .into_iter()
        .map(|problem| {
            // Which lines of the file they are is not known here.
            let message = match problem.message.split_once(" appears twice") {
                Some((key, _)) if problem.code == Code::DuplicateKey => {
                    format!("{key} appears twice")
                }
                _ => problem.message,
            };
            let mut found = Diagnostic::new(problem.code, within(problem.span), message);
            found.help.extend(problem.help);
            found
        })
        .collect();
    let is_broken = parsed.failed.iter().any(|path| path.steps().next().is_none());
    let raw = parsed.value;
    let whole = within(0..text.find('\n').unwrap_or(text.len()));
    let mut problem = |code, range, message: String, help: &str| {
        problems.push(Diagnostic::new(code, range, message).help(help));
    };
    let form = raw.form.as_ref().map_or(Some(ChartForm::Line), |form| {
        ChartForm::WORDS.iter().find(|(word, _)| *word == &**form).map(|(_, form)| *form)
    });
    if form.is_none() {
        let words: Vec<_> = ChartForm::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
        let written = raw.form.as_deref().unwrap_or_default();
        let message = format!("no chart has the type `{written}`");
        problem(
            Code::InvalidValue,
            place(&raw.form),
            message,
            &format!("write one of {}", words.join(", ")),
        );
    }
    let (subject, data) = match (&raw.data, &raw.rows, &raw.fact) {
        (Some(data), None, None) => {
            let place = within(data.span.into());
            let link = link(data, place.clone());
            (place, form.zip(link).map(|(form, link)| ChartData::File(form, link)))
        }
        (None, Some(rows), None) => {
            let table = Table::parse(&without_comments(rows));
            if let Err(fault) = &table {
                let message = format!("the rows of the chart: {fault}");
                problem(Code::BadTable, place(&raw.rows), message, &fault.help);
            }
            (place(&raw.rows), form.zip(table.ok()).map(|(form, rows)| ChartData::Rows(form, rows)))
        }
        (None, None, Some(fact)) => {
            if let Some(form) = &raw.form {
                let message = "the history of a figure is a line of steps".into();
                problem(Code::InvalidValue, within(form.span.into()), message, "remove `type:`");
            }
            (within(fact.span.into()), Some(ChartData::Fact(fact.value.clone())))
        }
        // Nothing could be read, which is reported.
        (None, None, None) if is_broken => (whole.clone(), None),
        (None, None, None) => {
            let help = "write `data:` and the path of a CSV file beside the page, `rows: |` and the rows, or `fact:` and an id";
            problem(Code::MissingField, whole.clone(), "the chart has no numbers".into(), help);
            (whole.clone(), None)
        }
        _ => {
            let message = "the chart has its numbers from two places".into();
            problem(
                Code::InvalidValue,
                whole.clone(),
                message,
                "keep one of `data:`, `rows:` and `fact:`",
            );
            (whole.clone(), None)
        }
    };
    if raw.title.is_none() && !is_broken {
        let help =
            "add `title:` and what the chart shows: readers who do not see it hear its title";
        problem(Code::MissingField, whole, "the chart has no title".into(), help);
    }
    let (title_place, source_place) = (place(&raw.title), place(&raw.source));
    let text =
        |text: Text| -> Arc<str> { typography.text(without_comments(&text.value).trim()).into() };
    let chart = raw.title.zip(data).map(|(title, data)| Chart {
        title: text(title),
        data,
        unit: raw.unit.map(|unit| without_comments(&unit.value).trim().into()),
        source: raw.source.map(|source| source.value),
        note: raw.note.map(text),
    });
    ReadChart { chart, title: title_place, subject, source: source_place, problems }
}
