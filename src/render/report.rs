//! Places in the reports that Tera prints: some of them it gives in no other form.

use std::ops::Range;

use super::texts::TemplateTexts;
use crate::base::LineIndex;

/// A place that a report names, and what it says of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReportPlace<'a> {
    /// What is there: an error's message, a note's label.
    pub(super) message: &'a str,
    /// The template.
    pub(super) name: &'a str,
    /// The bytes that are underlined, as far as their first line.
    pub(super) range: Range<usize>,
}

/// The errors of a report that has many, each printed as
/// ```text
/// error: Unknown filter `x`
///  --> list.html:1:8
///   |
/// 1 | {{ s | x }}
///   |        ^
/// ```
pub(super) fn errors<'a>(texts: &TemplateTexts, report: &'a str) -> Vec<ReportPlace<'a>> {
    let lines: Vec<_> = report.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(at, line)| {
        let message = line.strip_prefix("error: ")?;
        let (name, line, column) = location(lines.get(at + 1)?.trim_start().strip_prefix("--> ")?)?;
        let range = range(texts, name, line, column, lines.get(at + 4)?);
        Some(ReportPlace { message, name, range })
    });
    starts.collect()
}

/// The notes below an error: `note: called from list.html:1:12`, then an excerpt.
///
/// A note that does not have this form is left out: the error itself stays.
pub(super) fn notes<'a>(texts: &TemplateTexts, report: &'a str) -> Vec<ReportPlace<'a>> {
    let lines: Vec<_> = report.lines().collect();
    let notes = lines.iter().enumerate().filter_map(|(at, line)| {
        let (label, line, column) = location(line.strip_prefix("note: ")?)?;
        // A template's name may have spaces, so that only the names themselves tell where the label ends.
        let name = texts
            .names()
            .filter(|name| label.strip_suffix(name).is_some_and(|rest| rest.ends_with(' ')))
            .max_by_key(|name| name.len())?
            .len();
        let (message, name) = label.split_at(label.len() - name);
        let range = range(texts, name, line, column, lines.get(at + 3)?);
        Some(ReportPlace { message: message.trim_end(), name, range })
    });
    notes.collect()
}

/// `file:line:column`, the numbers 1-based.
fn location(text: &str) -> Option<(&str, usize, usize)> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

fn range(
    texts: &TemplateTexts,
    name: &str,
    line: usize,
    column: usize,
    carets: &str,
) -> Range<usize> {
    let Some(text) = texts.get(name) else { return 0..0 };
    let width = carets.chars().filter(|c| *c == '^').count();
    let index = LineIndex::new(text);
    index.offset(line, column)..index.offset(line, column + width)
}
