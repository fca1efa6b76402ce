//! Where the text of the HTML came from, for problems that are seen only when other files are known.

use std::ops::Range;

use crate::base::work;

use super::footnotes::Place;

/// A run of text in the HTML, and the source that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The footnote whose writer counts its places, until it is printed.
    pub(super) place: Place,
    /// The piece of the markup.
    pub(super) piece: usize,
    /// Its place in the piece.
    pub(super) html: Range<usize>,
    /// Bytes of the text that was given.
    pub(super) source: Range<usize>,
}

/// How far a run of text was read for its last place: a paragraph of a megabyte may have a place in every word.
#[derive(Debug, Default)]
pub struct Cursor {
    /// Where the run begins in the source; the place in its HTML, and the source of that.
    run: usize,
    html: usize,
    source: usize,
}

impl Fragment {
    /// Where it begins in the HTML: the piece and the byte. None for what is not printed.
    pub fn begins(&self) -> Option<(usize, usize)> {
        self.place.is_none().then_some((self.piece, self.html.start))
    }

    /// Where a byte of the HTML came from, if it is one of this run: the bytes of its character in `text`.
    pub fn source_of(
        &self,
        text: &str,
        piece: u32,
        at: u32,
        cursor: &mut Cursor,
    ) -> Option<Range<usize>> {
        let at = at as usize;
        if self.place.is_some() || self.piece != piece as usize || !self.html.contains(&at) {
            return None;
        }
        if cursor.run != self.source.start + 1 || cursor.html > at {
            // One more, so that a new cursor has read none.
            let (run, html) = (self.source.start + 1, self.html.start);
            *cursor = Cursor { run, html, source: self.source.start };
        }
        let mut html = cursor.html;
        for (from, c) in text.get(cursor.source..self.source.end)?.char_indices() {
            work::step(1);
            let length = match c {
                '&' => 5,
                '<' | '>' => 4,
                c => c.len_utf8(),
            };
            if at < html + length {
                let from = cursor.source + from;
                (cursor.html, cursor.source) = (html, from);
                return Some(from..from + c.len_utf8());
            }
            html += length;
        }
        // What stands for something else, such as an entity, is one place.
        Some(self.source.clone())
    }

    /// The footnote was printed: its pieces are in the body now.
    pub(super) fn move_from(&mut self, footnote: usize, moved: &[(usize, usize)]) {
        if self.place == Some(footnote)
            && let Some((piece, at)) = moved.get(self.piece)
        {
            self.place = None;
            self.piece = *piece;
            self.html = self.html.start + at..self.html.end + at;
        }
    }
}
