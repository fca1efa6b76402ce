//! Where the text of the HTML came from, for problems that are seen only when other files are known.

use std::ops::Range;

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

impl Fragment {
    /// Where a byte of the HTML came from, if it is one of this run: the bytes of its character in `text`.
    pub fn source_of(&self, text: &str, piece: u32, at: u32) -> Option<Range<usize>> {
        let at = at as usize;
        if self.place.is_some() || self.piece != piece as usize || !self.html.contains(&at) {
            return None;
        }
        let mut html = self.html.start;
        for (from, c) in text.get(self.source.clone())?.char_indices() {
            let length = match c {
                '&' => 5,
                '<' | '>' => 4,
                c => c.len_utf8(),
            };
            if at < html + length {
                let from = self.source.start + from;
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
