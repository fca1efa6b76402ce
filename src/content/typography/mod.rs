//! Text as a typesetter sets it: quotation marks and apostrophes of the language, primes, dashes, ellipses; no space
//! between two lines of Chinese or Japanese.
//!
//! What an author typed is changed sign by sign ([`SignEdit`]), and only where a straight quotation mark, two hyphens or
//! three dots stand, or in French a space beside a sign. Which sign it is the characters beside it say, across emphasis, links, code and figures:
//! the caller joins the text of a block into one, with [`ATOM`] for what is no text and [`FIXED`] for what stays.

mod marks;
mod signs;
mod spaces;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr2;
use memchr::memmem::Finder;

use marks::Marks;

pub use crate::base::{is_dense, joins};

/// Stands for code, a figure, a picture: something that is read like a word.
pub const ATOM: char = '\u{FFFC}';

/// Stands for a sign of one byte that is to stay as it is.
pub const FIXED: char = '\u{4}';

/// What an author typed, and what is printed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignEdit {
    /// Bytes of the text that was given.
    pub range: Range<usize>,
    /// The sign.
    pub sign: &'static str,
}

/// The typography of a language.
#[derive(Debug, Clone, Copy)]
pub struct Typography {
    marks: &'static Marks,
    /// Whether some spaces break no line, as in French.
    has_spaces: bool,
}

impl Typography {
    /// That of a BCP 47 tag; English if it is unknown.
    pub fn of(lang: &str) -> Self {
        Self { marks: marks::of(lang), has_spaces: marks::is_of(lang, "fr") }
    }

    /// Whether spaces of the language change, too.
    pub fn has_spaces(self) -> bool {
        self.has_spaces
    }

    /// Whether a text may have something to change.
    pub fn may_change(self, text: &str) -> bool {
        has_signs(text) || self.has_spaces && spaces::may_have(text)
    }

    /// The changes to the text of one block, in order.
    pub fn edits(self, text: &str) -> Vec<SignEdit> {
        let mut edits = match has_signs(text) {
            true => signs::edits(text, self.marks),
            false => Vec::new(),
        };
        if self.has_spaces {
            edits.extend(spaces::edits(text));
            edits.sort_by_key(|edit| edit.range.start);
        }
        edits
    }

    /// A text that is not Markdown.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        let mut text = Cow::Borrowed(text);
        if text.contains('\n') {
            let joined = joined_lines(&text);
            if joined.len() != text.len() {
                text = joined.into();
            }
        }
        let edits = match text.contains("://") {
            true => self.edits(&without_addresses(&text)),
            false => self.edits(&text),
        };
        if edits.is_empty() {
            return text;
        }
        let mut set = String::with_capacity(text.len() + 2 * edits.len());
        let mut from = 0;
        for edit in edits {
            set.push_str(&text[from..edit.range.start]);
            set.push_str(edit.sign);
            from = edit.range.end;
        }
        set.push_str(&text[from..]);
        set.into()
    }
}

/// Whether a text may have a sign to change.
fn has_signs(text: &str) -> bool {
    memchr2(b'"', b'\'', text.as_bytes()).is_some() || has_dashes(text) || has_dots(text)
}

/// Whether a text has two hyphens.
pub fn has_dashes(text: &str) -> bool {
    static DASH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("--"));
    DASH.find(text.as_bytes()).is_some()
}

/// Whether a text has three dots.
pub fn has_dots(text: &str) -> bool {
    static DOTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("..."));
    DOTS.find(text.as_bytes()).is_some()
}

/// A text of the same length in which [`FIXED`] stands for the signs of web addresses.
pub fn without_addresses(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = text[from..].find("://") {
        let at = from + found;
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '“' | '”' | '»');
        let end = text[at..].find(ends).map_or(text.len(), |end| at + end);
        let address =
            text[at..end].trim_end_matches(['\'', '.', ',', ';', ':', '!', '?', ')', ']']);
        for byte in &mut bytes[at..at + address.len()] {
            if matches!(byte, b'\'' | b'-' | b'.' | b'=' | b'~' | b'^' | b'*') {
                *byte = FIXED as u8;
            }
        }
        from = end.max(at + 3);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// A text without the line ends between two lines that are joined without a space.
fn joined_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let before = joined.trim_end_matches('\n');
        if before.len() < joined.len()
            && joined.len() - before.len() == 1
            && let Some(last) = before.trim_end().chars().next_back()
            && let Some(first) = line.trim_start().chars().next()
            && joins(last, first)
        {
            joined.truncate(before.trim_end().len());
            joined.push_str(line.trim_start_matches(' '));
        } else {
            joined.push_str(line);
        }
    }
    joined
}

#[cfg(test)]
mod tests;
