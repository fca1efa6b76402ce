//! The spaces of French: before a sign of two parts, and inside guillemets, a line does not end.
//!
//! A space that an author typed there becomes one that breaks no line: narrow before `;`, `!` and `?` and inside
//! guillemets, as wide as between words before `:`. Where none was typed there is none: addresses and times have such
//! signs.

use super::{ATOM, FIXED, SignEdit};

const WIDE: &str = "\u{A0}";
const NARROW: &str = "\u{202F}";

/// Whether a text may have such a space.
pub(super) fn may_have(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b' ', bytes).any(|at| {
        matches!(bytes.get(at + 1), Some(b':' | b';' | b'!' | b'?'))
            || bytes[at + 1..].starts_with("»".as_bytes())
            || bytes[..at].ends_with("«".as_bytes())
    })
}

/// The changes to a text, in order.
pub(super) fn edits(text: &str) -> impl Iterator<Item = SignEdit> {
    memchr::memchr_iter(b' ', text.as_bytes()).filter_map(|at| {
        let sign = space(&text[..at], &text[at + 1..])?;
        Some(SignEdit { range: at..at + 1, sign })
    })
}

/// What stands for a space between two texts, if it is to be another.
fn space(before: &str, after: &str) -> Option<&'static str> {
    let previous = before.chars().next_back().filter(|c| !c.is_whitespace())?;
    let next = after.chars().next().filter(|c| !c.is_whitespace())?;
    if previous == '«' || next == '»' {
        return Some(NARROW);
    }
    let rest = after.trim_start_matches([':', ';', '!', '?']);
    // `a != b`, ` :-)`, `::`: no signs of a sentence.
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(c, ')' | ']' | '»' | '”' | '’' | '"' | '\'' | '…' | '.' | ATOM)
    };
    if !rest.chars().next().is_none_or(|c| ends(c) && c != FIXED) {
        return None;
    }
    match next {
        ':' if !after.starts_with("::") => Some(WIDE),
        ';' | '!' | '?' => Some(NARROW),
        _ => None,
    }
}
