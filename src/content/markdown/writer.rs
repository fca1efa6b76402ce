//! Collects HTML and holes; runs of HTML between two holes become one piece.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::content::markup::{Hole, Piece};

const INFALLIBLE: &str = "writing to a string cannot fail";

/// Pieces in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pieces: Vec<Piece>,
    html: String,
}

impl Writer {
    /// Adds HTML as it is.
    pub(super) fn raw(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        escape_html_body_text(&mut self.html, text).expect(INFALLIBLE);
    }

    /// Adds text to an attribute's quoted value.
    pub(super) fn attribute(&mut self, text: &str) {
        escape_html(&mut self.html, text).expect(INFALLIBLE);
    }

    /// Adds a URL to an attribute's quoted value.
    pub(super) fn href(&mut self, url: &str) {
        escape_href(&mut self.html, url).expect(INFALLIBLE);
    }

    /// Adds a hole and returns its index, for [`Writer::fill`].
    pub(super) fn hole(&mut self, hole: Hole) -> usize {
        self.flush();
        self.pieces.push(Piece::Hole(hole));
        self.pieces.len() - 1
    }

    /// Puts another hole in the place of one that was added before its content was known.
    pub(super) fn fill(&mut self, index: usize, hole: Hole) {
        self.pieces[index] = Piece::Hole(hole);
    }

    /// Starts a new line unless one has just begun.
    pub(super) fn fresh_line(&mut self) {
        if !self.is_at(b'\n') {
            self.html.push('\n');
        }
    }

    /// Adds a space between two blocks whose structure is dropped.
    pub(super) fn gap(&mut self) {
        if !self.is_at(b' ') {
            self.html.push(' ');
        }
    }

    /// How much has been written: equal before and after means nothing was.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.pieces.len(), self.html.len())
    }

    /// Takes back an end that was just written, if it was.
    pub(super) fn take_back(&mut self, end: &str) -> bool {
        let found = self.html.ends_with(end);
        if found {
            self.html.truncate(self.html.len() - end.len());
        }
        found
    }

    /// Adds all that another writer holds. Returns where the beginning of each of its pieces is now.
    pub(super) fn append(&mut self, mut other: Self) -> Vec<(usize, usize)> {
        other.flush();
        let mut moved = Vec::new();
        for piece in other.pieces {
            moved.push(self.mark());
            match piece {
                Piece::Html(html) => self.html.push_str(&html),
                Piece::Hole(hole) => {
                    self.hole(hole);
                }
            }
        }
        moved
    }

    /// The pieces.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.pieces
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            // The buffer is kept: its capacity serves the next run.
            self.pieces.push(Piece::Html(self.html.as_str().into()));
            self.html.clear();
        }
    }

    /// Whether the last byte is this one, or nothing has been written at all.
    fn is_at(&self, byte: u8) -> bool {
        match self.html.as_bytes().last() {
            Some(last) => *last == byte,
            None => self.pieces.is_empty(),
        }
    }
}
