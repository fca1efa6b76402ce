//! A change to a text.

use std::ops::Range;

/// Some bytes of a text, and what is to stand in their place. An empty range is an insertion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Where the bytes begin.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What stands there afterwards, with `\n` line ends.
    pub text: String,
}

impl Edit {
    /// Replaces a range.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, text: text.into() }
    }

    /// The same change in a text that begins `base` bytes earlier.
    #[must_use]
    pub fn shifted(self, base: usize) -> Self {
        Self { start: self.start + base, end: self.end + base, ..self }
    }
}
