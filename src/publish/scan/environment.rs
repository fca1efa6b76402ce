//! Values that the program was given in its environment, and that must be in no file.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, BuildError};

use super::views::{self, Encoding};

/// The fewest bytes of a value that is looked for.
const LEAST: usize = 8;
/// A shorter value counts only where it stands alone: it may be a part of a word.
const LONG: usize = 12;

/// The values, in every form in which a text may have them.
pub(super) struct Environment {
    values: Vec<Vec<u8>>,
    finder: AhoCorasick,
}

impl Environment {
    /// Gets ready to look for values; those that are too short to be told from words are passed over.
    pub(super) fn new(values: &[String]) -> Result<Self, BuildError> {
        let long = values.iter().map(|value| value.trim()).filter(|value| value.len() >= LEAST);
        let forms = long.flat_map(|value| {
            // A text is looked at with its escapes undone, and a value may have what looks like one.
            let read = views::readable(value.as_bytes(), Encoding::Bytes).into_owned();
            [value.as_bytes().to_vec(), read]
        });
        let forms: BTreeSet<Vec<u8>> = forms.filter(|form| form.len() >= LEAST).collect();
        let values: Vec<Vec<u8>> = forms.into_iter().collect();
        let finder = AhoCorasick::new(&values)?;
        Ok(Self { values, finder })
    }

    /// Why a text looks like a secret.
    pub(super) fn find(&self, text: &[u8]) -> Option<String> {
        if self.values.is_empty() {
            return None;
        }
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let stands = |at: aho_corasick::Match| {
            let is_long = self.values[at.pattern().as_usize()].len() >= LONG;
            let before = at.start().checked_sub(1).and_then(|before| text.get(before));
            is_long || !is_word(before) && !is_word(text.get(at.end()))
        };
        let found = self.finder.find_overlapping_iter(text).any(stands);
        found.then(|| "it holds a credential of this environment".into())
    }
}
