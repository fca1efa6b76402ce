//! The leaf block that rules look at: a paragraph, a heading, a cell, the text of an item.

use std::ops::Range;

use crate::base::Signs;

use super::OpenBlock;

/// A leaf block. Ranges are bytes of the whole text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The block that holds it.
    pub(super) block: OpenBlock,
    /// What the parser saw in it, in order. The marks of emphasis are in none of them.
    pub(super) pieces: &'a [Piece],
    /// The signs of its source.
    pub(super) signs: Signs,
}

/// A part of a leaf block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: PieceKind,
    /// Where it stands; of a link or picture, all of it.
    pub(super) range: Range<usize>,
}

/// What a part of a leaf block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Text that readers see as it stands in the source, or as typography sets it.
    Text,
    /// A code span.
    Code,
    /// A tag.
    Html,
    /// The end of a line.
    Break,
    /// The mark of a footnote.
    Note,
    /// A link or a picture.
    Link,
}

impl<'a> Leaf<'a> {
    pub(super) fn new(text: &'a str, block: OpenBlock, pieces: &'a [Piece]) -> Self {
        let mut leaf = Self { text, block, pieces, signs: Signs::default() };
        leaf.signs = Signs::of(leaf.source());
        leaf
    }

    /// From its first piece to its last.
    pub(super) fn range(&self) -> Range<usize> {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end.max(first.range.start),
            _ => 0..0,
        }
    }

    /// Its source.
    pub(super) fn source(&self) -> &'a str {
        &self.text[self.range()]
    }

    /// Whether the character at an offset is text, and no escape stands before it.
    pub(super) fn is_text(&self, at: usize) -> bool {
        let after = self.pieces.partition_point(|piece| piece.range.start <= at);
        let Some(piece) = after.checked_sub(1).map(|before| &self.pieces[before]) else {
            return false;
        };
        let is_escaped = piece.range.start == at && self.text[..at].ends_with('\\');
        piece.kind == PieceKind::Text && piece.range.contains(&at) && !is_escaped
    }

    /// The text of its lines: each from the first piece behind a line end to the last before the next.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        self.pieces.split(|piece| piece.kind == PieceKind::Break).filter_map(|line| {
            let (first, last) = (line.first()?, line.last()?);
            // Marks of emphasis at the start of a line belong to it.
            let line = self.text[..first.range.start].rfind('\n').map_or(0, |end| end + 1);
            let own = &self.text[line..first.range.start];
            let marks = own.len() - own.trim_end_matches(['*', '_', '~', '\\']).len();
            Some(first.range.start - marks..last.range.end)
        })
    }
}
