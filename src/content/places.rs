//! Where the fields of a file stand: spans for them, and diagnostics from what is wrong with them.

use std::ops::Range;

use crate::base::{LineIndex, SourcePath};
use crate::diag::{Diagnostic, Related, Span};
use crate::yaml::{self, FieldPath, Locator};

use super::resolve;
use super::text;

/// A page or data file that is read for the places of its fields, once for any number of them.
pub struct Places<'a> {
    path: SourcePath,
    index: LineIndex<'a>,
    /// The front matter, or the whole of a data file; none for a page that has no front matter.
    locator: Option<Locator<'a>>,
    /// Where the YAML begins.
    base: usize,
}

impl<'a> Places<'a> {
    /// Reads a file's text.
    pub fn new(path: &SourcePath, text: &'a str) -> Self {
        let is_page = path.as_str().ends_with(".md");
        let yaml = if is_page { text::split(text).front } else { Some(0..text.len()) };
        Self {
            path: path.clone(),
            index: LineIndex::new(text),
            base: yaml.as_ref().map_or(0, |range| range.start),
            locator: yaml.map(|range| Locator::new(&text[range])),
        }
    }

    /// The span of a field.
    pub fn span(&self, field: &FieldPath) -> Span {
        let Some(locator) = &self.locator else { return Span::file(self.path.clone()) };
        let range = place(locator, field);
        let range = self.base + range.start..self.base + range.end;
        Span::new(self.path.clone(), &self.index, range)
    }
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
