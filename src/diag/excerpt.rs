//! The lines of a file that a diagnostic is about.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use crate::base::{LineIndex, Position, work};

use super::Span;
use super::printable::{one_line, visible};

/// A file's text, ready to be quoted from.
pub(super) struct QuotedText<'a> {
    text: &'a str,
    index: LineIndex<'a>,
}

/// A range of a text with what stands under it.
pub(super) struct ExcerptMark<'a> {
    pub(super) range: Range<usize>,
    pub(super) label: Option<&'a str>,
    pub(super) kind: AnnotationKind,
}

impl<'a> QuotedText<'a> {
    /// Scans a text once.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, index: LineIndex::new(text) }
    }

    /// The bytes of a span, or `None` when the text is not the one that the span was made from.
    pub(super) fn range(&self, span: &Span) -> Option<Range<usize>> {
        let offset = |place: Position| {
            (self.index.position(place.offset as usize) == place).then_some(place.offset as usize)
        };
        let range = offset(span.start)?..offset(span.end)?;
        (range.start <= range.end).then_some(range)
    }

    /// The lines from the first mark to the last; lines between that no mark touches are folded. `None` when they
    /// are more than the bytes that are left to be quoted.
    ///
    /// The lines are copied out, because the renderer's work grows with the text that it is given.
    pub(super) fn excerpt(
        &self,
        marks: &[ExcerptMark<'_>],
        left: &mut usize,
    ) -> Option<Snippet<'static, Annotation<'static>>> {
        let first = marks.iter().map(|mark| mark.range.start).min().unwrap_or_default();
        let last = marks.iter().map(|mark| mark.range.end).max().unwrap_or_default();
        let start = self.text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at);
        let rest = left.checked_sub(end - start);
        work::step((end - start) / 64);
        *left = rest.unwrap_or_default();
        rest?;

        let lines = visible(&self.text[start..end]).into_owned();
        let line = self.index.position(start).line as usize;
        let annotations = marks.iter().map(|mark| {
            let range = mark.range.start - start..mark.range.end - start;
            mark.kind.span(range).label(mark.label.map(one_line))
        });
        Some(Snippet::source(lines).line_start(line).annotations(annotations))
    }
}
