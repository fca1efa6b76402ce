//! The words of a text, as near misses are looked for among them.

use std::ops::Range;

use super::fold::{BARRIER, BARRIER_BYTES, Folded};
use super::vocabulary;

/// A word of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// In lower case, without a possessive ending.
    pub(super) word: &'a str,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether a sign stands between it and the word after it.
    pub(super) ends: bool,
    /// Whether a full stop follows at once.
    pub(super) stop: bool,
    /// The key of the word ([`vocabulary`](super::vocabulary)).
    pub(super) key: u32,
    /// Whether it has nothing but letters and digits of ASCII, as most have.
    pub(super) is_plain: bool,
}

/// The words of a block.
pub(super) fn tokens(text: &Folded) -> Vec<Token<'_>> {
    let (lower, cased) = (text.lower(), text.cased());
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(lower.len() / 5);
    let (mut from, mut parted) = (0, false);
    while from <= lower.len() {
        let Part { to, key, letters } = part(lower.as_bytes(), from);
        let is_plain = letters.is_some();
        let inner = match letters {
            Some(end) => from..end,
            None => inner(lower, from..to),
        };
        if inner.is_empty() {
            // A dash between two words parts them.
            parted |= from < to;
        } else {
            let word = if is_plain { &lower[inner.clone()] } else { bare(&lower[inner.clone()]) };
            if let Some(last) = tokens.last_mut() {
                last.ends |= parted || inner.start > from;
            }
            parted = false;
            let behind = &lower[inner.end..to];
            let first = cased.as_bytes()[inner.start];
            tokens.push(Token {
                start: inner.start,
                end: inner.start + word.len(),
                word,
                capital: match first.is_ascii() {
                    true => first.is_ascii_uppercase(),
                    false => cased[inner.start..].starts_with(char::is_uppercase),
                },
                ends: !behind.is_empty() && behind != "." || word.len() < inner.len(),
                stop: behind.starts_with('.'),
                key: if is_plain { key } else { vocabulary::key(word) },
                is_plain,
            });
        }
        let is_barrier = lower[to..].starts_with(BARRIER);
        parted |= is_barrier;
        from = to + if is_barrier { BARRIER.len_utf8() } else { 1 };
    }
    tokens
}

/// A part of a text between spaces and barriers.
struct Part {
    /// Where it ends.
    to: usize,
    /// The key of the letters and digits of ASCII that it begins with.
    key: u32,
    /// Where they end, if nothing but signs of ASCII follows, as nearly always.
    letters: Option<usize>,
}

/// The part of a text that begins at an offset.
fn part(lower: &[u8], from: usize) -> Part {
    let ends = |at: usize| match lower.get(at) {
        None | Some(b' ') => true,
        Some(0xEF) => lower[at..].starts_with(BARRIER_BYTES),
        Some(_) => false,
    };
    let (mut at, mut hash) = (from, vocabulary::START);
    while let Some(byte) = lower.get(at).filter(|byte| LETTERS[usize::from(**byte)]) {
        hash = vocabulary::step(hash, *byte);
        at += 1;
    }
    let (end, key) = (at, vocabulary::end(hash));
    let is_sign = |byte: &u8| byte.is_ascii_graphic() && !LETTERS[usize::from(*byte)];
    while lower.get(at).is_some_and(is_sign) {
        at += 1;
    }
    if end > from && ends(at) {
        return Part { to: at, key, letters: Some(end) };
    }
    while !ends(at) {
        at += 1;
    }
    Part { to: at, key, letters: None }
}

/// Which bytes are letters and digits of ASCII, in lower case.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = (byte as u8).is_ascii_digit() || (byte as u8).is_ascii_lowercase();
        byte += 1;
    }
    letters
};

/// A part of a text without the signs around it.
fn inner(lower: &str, part: Range<usize>) -> Range<usize> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let begun = lower[part.clone()].trim_start_matches(is_sign);
    let start = part.end - begun.len();
    start..start + begun.trim_end_matches(is_sign).len()
}

/// A word without a possessive ending.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::tokens;

    #[test]
    fn words_and_what_parts_them() {
        let text = Folded::of("“Marco Rubio’s plan”, he said - U.S. States' (Gen. Nakatani).");
        let words: Vec<_> =
            tokens(&text).iter().map(|token| (token.word, token.capital, token.ends)).collect();
        assert_eq!(
            words,
            [
                ("marco", true, false),
                ("rubio", true, true),
                ("plan", false, true),
                ("he", false, false),
                ("said", false, true),
                ("u.s", true, false),
                ("states", true, true),
                ("gen", true, false),
                ("nakatani", true, true),
            ]
        );
    }
}
