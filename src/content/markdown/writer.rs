//! Collects HTML and holes; runs of HTML between two holes become one piece.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::content::markup::{Hole, Markup, MarkupBuilder};

const INFALLIBLE: &str = "writing to a string cannot fail";

/// Pieces in the making.
#[derive(Debug, Default)]
pub(super) struct Writer(MarkupBuilder);

impl Writer {
    /// A writer with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(MarkupBuilder::with_capacity(bytes))
    }

    /// Adds HTML as it is.
    pub(super) fn raw(&mut self, html: &str) {
        self.0.html().push_str(html);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        escape_html_body_text(self.0.html(), text).expect(INFALLIBLE);
    }

    /// Adds text to an attribute's quoted value.
    pub(super) fn attribute(&mut self, text: &str) {
        escape_html(self.0.html(), text).expect(INFALLIBLE);
    }

    /// Adds a URL to an attribute's quoted value.
    pub(super) fn href(&mut self, url: &str) {
        escape_href(self.0.html(), url).expect(INFALLIBLE);
    }

    /// Adds a hole.
    pub(super) fn hole(&mut self, hole: Hole) {
        self.0.hole(hole);
    }

    /// Adds HTML for the home page alone that is not known yet, and returns its place, for [`Writer::fill`].
    pub(super) fn home(&mut self) -> usize {
        self.0.home()
    }

    /// Says what the HTML for the home page is at a place.
    pub(super) fn fill(&mut self, at: usize, html: &str) {
        self.0.fill(at, html);
    }

    /// Starts a new line unless one has just begun.
    pub(super) fn fresh_line(&mut self) {
        if !self.is_at(b'\n') {
            self.raw("\n");
        }
    }

    /// Adds a space between two blocks whose structure is dropped.
    pub(super) fn gap(&mut self) {
        if !self.is_at(b' ') {
            self.raw(" ");
        }
    }

    /// How much has been written: equal before and after means nothing was.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.0.len(), self.0.run().len())
    }

    /// Takes back an end that was just written, if it was.
    pub(super) fn take_back(&mut self, end: &str) -> bool {
        let found = self.0.run().ends_with(end);
        if found {
            self.0.take_back(end.len());
        }
        found
    }

    /// Adds all that another writer holds. Returns where the beginning of each of its pieces is now.
    pub(super) fn append(&mut self, other: Self) -> Vec<(usize, usize)> {
        self.0.append(other.0)
    }

    /// The markup.
    pub(super) fn finish(self) -> Markup {
        self.0.finish()
    }

    /// Whether the last byte is this one, or nothing has been written at all.
    fn is_at(&self, byte: u8) -> bool {
        match self.0.run().as_bytes().last() {
            Some(last) => *last == byte,
            None => self.0.is_empty(),
        }
    }
}
