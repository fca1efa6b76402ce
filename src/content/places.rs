//! Where the fields of a file stand: spans for them, and diagnostics from what is wrong with them.

use std::ops::Range;

use crate::base::{LineIndex, SourcePath};
use crate::diag::{Diagnostic, Related, Span};
use crate::yaml::{self, FieldPath, Locator};

use super::resolve;
use super::text;

/// Finds the span of a front-matter field in a page's text, or of a field of a data file.
pub fn locate(path: &SourcePath, text: &str, field: &FieldPath) -> Span {
    let index = LineIndex::new(text);
    let (yaml, base) = match text::split(text).front {
        Some(range) if path.as_str().ends_with(".md") => (&text[range.clone()], range.start),
        _ if path.as_str().ends_with(".md") => return Span::file(path.clone()),
        _ => (text, 0),
    };
    let range = place(&Locator::new(yaml), field);
    Span::new(path.clone(), &index, base + range.start..base + range.end)
}

/// Turns the problems of a YAML text into diagnostics. `base` is where the YAML begins in the file.
pub fn yaml_diagnostics(
    path: &SourcePath,
    index: &LineIndex<'_>,
    base: usize,
    problems: Vec<yaml::Problem>,
) -> Vec<Diagnostic> {
    let span =
        |range: Range<usize>| Span::new(path.clone(), index, base + range.start..base + range.end);
    let diagnostic = |problem: yaml::Problem| Diagnostic {
        label: problem.label,
        help: problem.help,
        related: problem
            .related
            .into_iter()
            .map(|(message, range)| Related { message, span: span(range) })
            .collect(),
        ..Diagnostic::new(problem.code, span(problem.span), problem.message)
    };
    problems.into_iter().map(diagnostic).collect()
}

/// Turns the problems of resolved fields into diagnostics.
pub fn field_diagnostics(
    path: &SourcePath,
    index: &LineIndex<'_>,
    base: usize,
    yaml: &str,
    problems: Vec<resolve::Problem>,
) -> Vec<Diagnostic> {
    if problems.is_empty() {
        return Vec::new();
    }
    let locator = Locator::new(yaml);
    let diagnostic = |problem: resolve::Problem| {
        let key =
            if problem.key { locator.locate(&problem.path).and_then(|at| at.key) } else { None };
        let range = key.unwrap_or_else(|| place(&locator, &problem.path));
        let span = Span::new(path.clone(), index, base + range.start..base + range.end);
        Diagnostic {
            label: problem.label,
            help: problem.help,
            ..Diagnostic::new(problem.code, span, problem.message)
        }
    };
    problems.into_iter().map(diagnostic).collect()
}

/// The range of a field's value; the start of a text that has none.
fn place(locator: &Locator<'_>, field: &FieldPath) -> Range<usize> {
    locator.locate(field).map_or(0..0, |place| place.value)
}
