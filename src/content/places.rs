//! Lines and columns for places in a file, and diagnostics from the problems of its YAML and its fields.

use std::cell::OnceCell;
use std::ops::Range;

use crate::base::{LineIndex, SourcePath};
use crate::diag::{Code, Diagnostic, PlaceInFile, Related, Span};
use crate::yaml::{self, FieldPath, YamlDocument};

use super::comments::{self, CommentFault, END, NOTE, fault, has_comment};
use super::resolve;
use super::text;

/// A page or data file that is read for the lines of places in it, once for any number of them.
pub struct FieldPlaces<'a> {
    path: SourcePath,
    text: &'a str,
    index: LineIndex<'a>,
    /// The front matter, or the whole of a data file; none for a page that has no front matter.
    yaml: Option<Range<usize>>,
    /// Reads the YAML when the first field is asked for.
    document: OnceCell<YamlDocument<'a>>,
}

impl<'a> FieldPlaces<'a> {
    /// Reads a file's text.
    pub fn new(path: &SourcePath, text: &'a str) -> Self {
        let is_page = path.as_str().ends_with(".md");
        let yaml = if is_page { text::split(text).front } else { Some(0..text.len()) };
        Self {
            path: path.clone(),
            text,
            index: LineIndex::new(text),
            yaml,
            document: OnceCell::new(),
        }
    }

    /// The lines and columns of a place.
    pub fn span(&self, place: &PlaceInFile) -> Span {
        let range = match (place, &self.yaml) {
            (PlaceInFile::Bytes(range), _) => range.start as usize..range.end as usize,
            (PlaceInFile::Field(_), None) => return Span::file(self.path.clone()),
            (PlaceInFile::Field(field), Some(yaml)) => {
                let read = || YamlDocument::read(&self.text[yaml.clone()], 1);
                let range = field_range(self.document.get_or_init(read), field);
                yaml.start + range.start..yaml.start + range.end
            }
        };
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
    problems: Vec<resolve::FieldProblem>,
) -> Vec<Diagnostic> {
    let diagnostic = |problem: resolve::FieldProblem| {
        let range = Range::from(problem.span);
        let span = Span::new(path.clone(), index, base + range.start..base + range.end);
        Diagnostic {
            label: problem.label,
            help: problem.help,
            ..Diagnostic::new(problem.code, span, problem.message)
        }
    };
    problems.into_iter().map(diagnostic).collect()
}

/// Comments that do not end where their author thought, in the texts of a YAML text that are not Markdown.
pub fn comment_diagnostics(
    path: &SourcePath,
    index: &LineIndex<'_>,
    base: usize,
    yaml: &str,
    document: &YamlDocument<'_>,
    is_markdown: impl Fn(&FieldPath) -> bool,
) -> Vec<Diagnostic> {
    if !has_comment(yaml) {
        return Vec::new();
    }
    let marked =
        document.marked(has_comment).into_iter().filter(|marked| !is_markdown(&marked.path));
    let diagnostic = |marked: yaml::Marked| {
        let fault = fault(&marked.text)?;
        let (at, mark) = match fault {
            CommentFault::Unclosed(at, mark) => (at, mark),
            CommentFault::Early(at) => (at, END),
            CommentFault::Figures(at) => (at, NOTE),
        };
        let written = &yaml[marked.span.clone()];
        // A mark of the text is one of the file, unless it is written with escapes.
        let before = marked.text[..at].matches(mark).count();
        let start = written.match_indices(mark).nth(before).map_or(0, |(start, _)| start);
        let start = base + marked.span.start + start;
        let span = Span::new(path.clone(), index, start..start + mark.len());
        let end = marked.span.end + yaml[marked.span.end..].find('\n').unwrap_or(0);
        let is_cut = yaml[marked.span.end..end.max(marked.span.end)].trim_start().starts_with('#');
        let message = match fault {
            CommentFault::Unclosed(..) => {
                let amount = comments::amount(&marked.text, at);
                format!("the comment is never closed: {amount} would be lost")
            }
            CommentFault::Early(_) => comments::EARLY.into(),
            CommentFault::Figures(_) => comments::FIGURES.into(),
        };
        Some(Diagnostic::new(Code::CommentEnd, span, message).help(match fault {
            CommentFault::Unclosed(..) if is_cut => {
                "put quotes around the value: in YAML it ends before ` #`"
            }
            CommentFault::Unclosed(_, NOTE) => "close it with `%%`",
            CommentFault::Unclosed(..) => "close it with `-->`",
            CommentFault::Early(_) => comments::EARLY_HELP,
            CommentFault::Figures(_) => comments::FIGURES_HELP,
        }))
    };
    marked.filter_map(diagnostic).collect()
}

/// The range of a field's value; the start of a text that has none.
fn field_range(document: &YamlDocument<'_>, field: &FieldPath) -> Range<usize> {
    document.locate(field).map_or(0..0, |place| place.value)
}
