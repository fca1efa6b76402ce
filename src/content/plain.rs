//! The plain text of a block, with holes.

use std::ops::Range;

use crate::content::markup::{Inline, InlineSpan};

/// Stands in the text for a hole; where the holes are is known by offset, so the same character may be written.
const MARK: char = '\u{FFFC}';

/// Text with holes.
#[derive(Debug, Default)]
pub struct Plain {
    text: String,
    holes: Vec<(usize, InlineSpan)>,
}

impl Plain {
    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a hole.
    pub fn hole(&mut self, span: InlineSpan) {
        self.holes.push((self.text.len(), span));
        self.text.push(MARK);
    }

    /// Forgets everything but the buffers.
    pub fn clear(&mut self) {
        self.text.clear();
        self.holes.clear();
    }

    /// The text; each hole is one character.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// All of it, without the space around it.
    pub fn all(&self) -> Inline {
        self.slice(0..self.text.len())
    }

    /// A part of it, without the space around it.
    pub fn slice(&self, range: Range<usize>) -> Inline {
        let part = &self.text[range.clone()];
        let end = range.start + part.trim_end().len();
        self.part(end - part.trim().len()..end)
    }

    /// A part of it.
    pub fn part(&self, range: Range<usize>) -> Inline {
        self.spans(range).into()
    }

    /// The runs of text and the holes of a part of it.
    pub(super) fn spans(&self, range: Range<usize>) -> Vec<InlineSpan> {
        let Range { mut start, end } = range;
        let mut spans = Vec::new();
        let text = |range: Range<usize>, spans: &mut Vec<InlineSpan>| {
            if !range.is_empty() {
                spans.push(InlineSpan::Text(self.text[range].into()));
            }
        };
        let first = self.holes.partition_point(|(at, _)| *at < start);
        for (at, span) in self.holes[first..].iter().take_while(|(at, _)| *at < end) {
            text(start..*at, &mut spans);
            spans.push(span.clone());
            start = at + MARK.len_utf8();
        }
        text(start..end, &mut spans);
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::Plain;
    use crate::content::markup::InlineSpan;

    #[test]
    fn slices_keep_holes_and_lose_the_space_around() {
        let mut plain = Plain::default();
        plain.push("  at \u{FFFC} ");
        plain.hole(InlineSpan::Fact("limit".into()));
        plain.push(" now ");
        let all = plain.all();
        assert_eq!(
            all.spans(),
            [
                InlineSpan::Text("at \u{FFFC} ".into()),
                InlineSpan::Fact("limit".into()),
                InlineSpan::Text(" now".into())
            ]
        );
    }
}
