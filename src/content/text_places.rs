//! Where the words of a page's texts stand in its file.

use std::ops::Range;

use crate::base::LineIndex;
use crate::yaml::FieldPath;

use super::markdown::{Cursor, Fragment};
use super::reference::Place;

/// The places of a page's texts, for any number of questions in about the order of the texts.
pub struct TextPlaces<'a> {
    text: &'a str,
    /// Where the body begins.
    base: usize,
    /// The field of each text of the front matter, by its number.
    fields: &'a [FieldPath],
    index: LineIndex<'a>,
    /// Sorted by where they begin in the HTML.
    body: Vec<&'a Fragment>,
    cursor: Cursor,
}

impl<'a> TextPlaces<'a> {
    pub(super) fn new(
        text: &'a str,
        base: usize,
        body: &'a [Fragment],
        fields: &'a [FieldPath],
    ) -> Self {
        let mut body: Vec<&Fragment> = body.iter().collect();
        body.sort_by_key(|fragment| fragment.begins());
        Self { text, base, fields, index: LineIndex::new(text), body, cursor: Cursor::default() }
    }

    /// The place of a run of characters: the number of their text, and the piece and byte of the first and the last of
    /// them. None for what no author wrote.
    pub fn place(&mut self, number: u32, first: (u32, u32), last: (u32, u32)) -> Option<Place> {
        if let Some(field) = (number as usize).checked_sub(1) {
            return self.fields.get(field).cloned().map(Place::Field);
        }
        let (first, last) = (self.source(first)?, self.source(last)?);
        let position = |at: usize| self.index.position(self.base + at);
        Some(Place::Body(position(first.start), position(last.end.max(first.end))))
    }

    fn source(&mut self, (piece, at): (u32, u32)) -> Option<Range<usize>> {
        let body = self.text.get(self.base..)?;
        let after = self
            .body
            .partition_point(|fragment| fragment.begins() <= Some((piece as usize, at as usize)));
        // Runs without a letter may begin where the next one does.
        let mut before = self.body[..after].iter().rev().take(4);
        before.find_map(|fragment| fragment.source_of(body, piece, at, &mut self.cursor))
    }
}
