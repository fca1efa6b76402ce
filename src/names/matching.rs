//! What the names of a text are matched with.

use super::lexicon::Lexicon;
use super::registry::Registry;

/// The names that a text may hold, and the words of its language.
#[derive(Debug, Clone, Copy)]
pub struct Matching<'a> {
    /// Every name, as texts of the language write it.
    pub registry: &'a Registry,
    /// The words of the language.
    pub lexicon: &'a Lexicon,
}

impl<'a> Matching<'a> {
    /// What the names of an English text are matched with.
    pub fn english(registry: &'a Registry) -> Self {
        Self { registry, lexicon: Lexicon::english() }
    }
}
