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

impl<'a> Token<'a> {
    /// A word that begins at an offset and has other signs than letters beside it.
    fn new(text: &Folded, start: usize, word: &'a str, ends: bool) -> Self {
        let first = text.cased().as_bytes()[start];
        let capital = match first.is_ascii() {
            true => first.is_ascii_uppercase(),
            false => text.cased()[start..].starts_with(char::is_uppercase),
        };
        let (end, key) = (start + word.len(), vocabulary::key(word));
        Self { start, end, word, capital, ends, stop: false, key, is_plain: false }
    }

    /// The word that this one ends with. It has a capital for all that is known.
    pub(super) fn ending(&self, word: &'a str) -> Self {
        let (start, key) = (self.end - word.len(), vocabulary::key(word));
        Self { start, word, key, capital: true, is_plain: false, ..*self }
    }
}

/// The words of a block.
pub(super) fn tokens(text: &Folded) -> Vec<Token<'_>> {
    let (lower, cased) = (text.lower(), text.cased());
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(lower.len() / 5);
    let (mut from, mut parted) = (0, false);
    while from <= lower.len() {
        let WordPart { to, key, letters } = part(lower.as_bytes(), from);
        let first = cased.as_bytes().get(from).copied().unwrap_or_default();
        if letters == Some(to) && first.is_ascii() && lower.as_bytes().get(to) == Some(&b' ') {
            // Nothing but letters, and a space behind them: most words are done here.
            if parted && let Some(last) = tokens.last_mut() {
                last.ends = true;
            }
            parted = false;
            tokens.push(Token {
                start: from,
                end: to,
                word: &lower[from..to],
                capital: first.is_ascii_uppercase(),
                ends: false,
                stop: false,
                key,
                is_plain: true,
            });
            from = to + 1;
            continue;
        }
        let is_plain = letters.is_some();
        let inner = match letters {
            Some(end) => from..end,
            None => inner(lower, from..to),
        };
        if inner.is_empty() {
            // A dash between two words parts them.
            parted |= from < to;
        } else {
            if let Some(last) = tokens.last_mut() {
                last.ends |= parted || inner.start > from;
            }
            parted = false;
            let mut last = inner.clone();
            let mut glued = if is_plain { None } else { glue(text, last.clone()) };
            if glued.is_some() && is_address(&lower[from..to]) {
                glued = None;
            }
            while let Some(glue) = glued {
                // Hale,Reid: what a reader takes for two words.
                let first = self::inner(lower, last.start..glue.start);
                last = self::inner(lower, glue.end..last.end);
                let word = bare(&lower[first.clone()]);
                if !word.is_empty() {
                    tokens.push(Token::new(text, first.start, word, true));
                }
                glued = self::glue(text, last.clone());
            }
            let word = if is_plain { &lower[inner.clone()] } else { bare(&lower[last.clone()]) };
            let behind = &lower[last.end..to];
            let ends = !behind.is_empty() && behind != "." || word.len() < last.len();
            let stop = behind.starts_with('.');
            let key = if is_plain { key } else { vocabulary::key(word) };
            if !word.is_empty() {
                let token = Token::new(text, last.start, word, ends);
                tokens.push(Token { stop, key, is_plain, ..token });
            }
        }
        let is_barrier = lower[to..].starts_with(BARRIER);
        parted |= is_barrier;
        from = to + if is_barrier { BARRIER.len_utf8() } else { 1 };
    }
    tokens
}

/// A part of a text between spaces and barriers.
struct WordPart {
    /// Where it ends.
    to: usize,
    /// The key of the letters and digits of ASCII that it begins with.
    key: u32,
    /// Where they end, if nothing but signs of ASCII follows, as nearly always.
    letters: Option<usize>,
}

/// The part of a text that begins at an offset.
fn part(lower: &[u8], from: usize) -> WordPart {
    let ends = |at: usize| match lower.get(at) {
        None | Some(b' ') => true,
        Some(0xEF) => lower[at..].starts_with(BARRIER_BYTES),
        Some(_) => false,
    };
    let (mut at, mut hash) = (from, vocabulary::START);
    loop {
        let eight = vocabulary::eight(&lower[at..]);
        let letters = letters(eight);
        at += letters;
        match letters {
            0 => break,
            8 => hash = vocabulary::step(hash, eight),
            _ => {
                hash = vocabulary::step(hash, eight & !(u64::MAX << (letters * 8)));
                break;
            }
        }
    }
    let (end, key) = (at, vocabulary::end(hash));
    if end > from && lower.get(end) == Some(&b' ') {
        return WordPart { to: end, key, letters: Some(end) };
    }
    let is_sign = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    while lower.get(at).is_some_and(is_sign) {
        at += 1;
    }
    if end > from && ends(at) {
        return WordPart { to: at, key, letters: Some(end) };
    }
    while !ends(at) {
        at += 1;
    }
    WordPart { to: at, key, letters: None }
}

/// Whether a part of a text is an address.
fn is_address(part: &str) -> bool {
    part.contains("://") || part.contains('@') || part.starts_with("www.")
}

/// What parts two words of a part of a text that has no space between them: a sign that is never inside a word, or a full
/// stop between a word and a capital. `words` is what is left of the part.
fn glue(text: &Folded, words: Range<usize>) -> Option<Range<usize>> {
    /// The first byte of the two signs that are not of ASCII.
    const NO_ASCII: char = '\u{E2}';
    let lower = &text.lower()[words.clone()];
    let glues = |c: char| {
        matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '/' | '—' | '…')
    };
    let may_glue = |byte: u8| matches!(byte as char, '.' | NO_ASCII) || glues(byte as char);
    if !lower.bytes().any(may_glue) {
        return None;
    }
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_numeric());
    let cased = &text.cased()[words.clone()];
    let is_between = |at: usize, c: char| {
        let (before, after) = (&cased[..at], &cased[at + c.len_utf8()..]);
        match c {
            '.' => {
                let word = before.chars().rev().take_while(|c| c.is_lowercase()).count();
                word >= 3 && after.starts_with(char::is_uppercase)
            }
            c => {
                glues(c)
                    && !(is_digit(before.chars().next_back()) && is_digit(after.chars().next()))
            }
        }
    };
    let (at, c) = lower.char_indices().find(|(at, c)| is_between(*at, *c))?;
    let at = words.start + at;
    Some(at..at + c.len_utf8())
}

/// How many of eight bytes, from the lowest on, are letters and digits of ASCII, in lower case.
///
/// They are compared at once: a word of a text ends after a number of letters that no processor foresees, so that a
/// loop over them costs more in its last step than in all before.
fn letters(eight: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // The top bit of each byte tells whether the other seven are at least as much as a character.
    let low = eight & !TOP;
    let from = |c: u8| low + (0x80 - u64::from(c)) * EACH;
    let letter = from(b'a') & !from(b'z' + 1);
    let digit = from(b'0') & !from(b'9' + 1);
    let others = !((letter | digit) & !eight) & TOP;
    others.trailing_zeros() as usize / 8
}

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
    use super::super::vocabulary;
    use super::{letters, part, tokens};

    #[test]
    fn eight_bytes_are_compared_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"a0z9mq57";
                bytes[at] = byte;
                let is_letter = byte.is_ascii_lowercase() || byte.is_ascii_digit();
                assert_eq!(letters(u64::from_le_bytes(bytes)), if is_letter { 8 } else { at });
            }
        }
    }

    #[test]
    fn a_word_has_one_key_wherever_it_stands() {
        for word in
            ["a", "seven77", "eightttt", "ninettttt", "exactlysixteen16", "seventeenletters17"]
        {
            for text in [word.to_string(), format!("{word} next"), format!("{word}, and more")] {
                let part = part(text.as_bytes(), 0);
                assert_eq!((part.key, part.letters), (vocabulary::key(word), Some(word.len())));
            }
        }
    }

    #[test]
    fn words_that_nothing_but_a_sign_parts() {
        for (text, words) in [
            ("Hale,General Nakatani,and", &["hale", "general", "nakatani", "and"][..]),
            ("left.Marten (Hale)Reid", &["left", "marten", "hale", "reid"]),
            ("Hale’s,Reid’s", &["hale", "reid"]),
            ("Japan/China—and…so", &["japan", "china", "and", "so"]),
            ("1,000 at 12:30", &["1,000", "at", "12:30"]),
            ("U.S.-led Ph.D. v1.Two", &["u.s.-led", "ph.d", "v1.two"]),
            ("https://example.org/Hale,Reid", &["https://example.org/hale,reid"]),
            ("a@b.example,c Node.js", &["a@b.example,c", "node.js"]),
            (",,Hale,,", &["hale"]),
        ] {
            let folded = Folded::of(text);
            let found: Vec<&str> = tokens(&folded).iter().map(|token| token.word).collect();
            assert_eq!(found, words, "{text}");
        }
    }

    #[test]
    fn words_and_what_parts_them() {
        let text = "“Marco Rubio’s plan”, he said - U.S. States' (Gen. Nakatani). One - two \u{FFFC} three Four";
        let text = Folded::of(text);
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
                ("one", true, true),
                ("two", false, true),
                ("three", false, false),
                ("four", true, false),
            ]
        );
    }
}
