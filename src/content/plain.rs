//! The plain text of a block, with holes.

use std::ops::Range;

use crate::content::markup::{Inline, Span};

/// Stands in the text for a hole; where the holes are is known by offset, so the same character may be written.
const MARK: char = '\u{FFFC}';

/// Text with holes.
#[derive(Debug, Default)]
pub struct Plain {
    text: String,
    holes: Vec<(usize, Span)>,
}

impl Plain {
    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a hole.
    pub fn hole(&mut self, span: Span) {
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
        let Range { mut start, end } = range;
        let mut spans = Vec::new();
        let text = |range: Range<usize>, spans: &mut Vec<Span>| {
            if !range.is_empty() {
                spans.push(Span::Text(self.text[range].into()));
            }
        };
        let first = self.holes.partition_point(|(at, _)| *at < start);
        for (at, span) in self.holes[first..].iter().take_while(|(at, _)| *at < end) {
            text(start..*at, &mut spans);
            spans.push(span.clone());
            start = at + MARK.len_utf8();
        }
        text(start..end, &mut spans);
        // Most have one span, and they stay for as long as their document does.
        spans.shrink_to_fit();
        Inline(spans)
    }

    /// How many words there are: two characters of a script without spaces make one.
    pub fn words(&self) -> usize {
        if self.text.is_ascii() {
            return self.text.split_ascii_whitespace().count();
        }
        let (mut words, mut dense, mut inside) = (0, 0usize, false);
        for c in self.text.chars() {
            if is_dense(c) {
                dense += 1;
                inside = false;
            } else if c.is_whitespace() {
                inside = false;
            } else if !inside && (c.is_alphanumeric() || c == MARK) {
                words += 1;
                inside = true;
            }
        }
        words + dense.div_ceil(2)
    }
}

/// Han, Hiragana and Katakana, which are written without spaces.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::Plain;
    use crate::content::markup::Span;

    #[test]
    fn words() {
        for (text, count) in [
            ("", 0),
            ("one two  three\n", 3),
            ("café – au lait", 3),
            ("防衛費 3.5 %", 3),
            ("日本の防衛", 3),
        ] {
            let mut plain = Plain::default();
            plain.push(text);
            assert_eq!(plain.words(), count, "{text}");
        }
    }

    #[test]
    fn slices_keep_holes_and_lose_the_space_around() {
        let mut plain = Plain::default();
        plain.push("  at \u{FFFC} ");
        plain.hole(Span::Fact("limit".into()));
        plain.push(" now ");
        let spans = plain.all().0;
        assert_eq!(
            spans,
            [
                Span::Text("at \u{FFFC} ".into()),
                Span::Fact("limit".into()),
                Span::Text(" now".into())
            ]
        );
    }
}
