//! From a text to its tokens. `static/theme/search.js` has the same rules: `.ci/search` holds the two against each other.
//!
//! White space parts a text into segments. A segment is folded: compatibility forms, case and diacritics go. A token of
//! it is a run of letters and digits. Han, kana and Hangul, which are written without spaces or join particles to words,
//! give pairs of neighbours instead.

use unicode_normalization::UnicodeNormalization;

/// The most characters of a token; what follows is cut off.
const LONGEST: usize = 24;

/// Finds the tokens of texts, with buffers that it keeps.
#[derive(Debug, Default)]
pub struct Tokenizer {
    folded: Vec<char>,
    token: String,
}

/// What a character is to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or a digit.
    Word,
    /// A character that is taken in pairs.
    Paired,
    /// The end of a token.
    Other,
}

/// What a byte is to a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ByteKind {
    /// It parts segments.
    White,
    /// A letter or a digit of ASCII.
    Word,
    /// A sign of ASCII, which is nothing at the end of a word. An apostrophe is none: what is beside it may be no token.
    Sign,
    /// What is looked at character by character.
    Other,
}

/// The kind of each byte.
static KINDS: [ByteKind; 256] = {
    let mut kinds = [ByteKind::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b' ' | b'\n' | b'\t' => ByteKind::White,
            b'\'' | b'`' => ByteKind::Other,
            other if other.is_ascii_alphanumeric() => ByteKind::Word,
            other if other.is_ascii_punctuation() => ByteKind::Sign,
            _ => ByteKind::Other,
        };
        byte += 1;
    }
    kinds
};

/// What is done with the tokens of a text, in order.
pub(super) trait TokenSink {
    /// Takes a word of at most 16 ASCII letters in lower case and digits, the first of them in the lowest byte. Nearly all
    /// words are such.
    fn packed(&mut self, word: u128);

    /// Takes any other token, and whether it is a word: a pair is not stemmed.
    fn token(&mut self, token: &str, is_word: bool);
}

/// Makes texts of packed words.
struct Unpacking<F>(F);

impl<F: FnMut(&str, bool)> TokenSink for Unpacking<F> {
    fn packed(&mut self, word: u128) {
        (self.0)(unpacked(word, &mut [0; 16]), true);
    }

    fn token(&mut self, token: &str, is_word: bool) {
        (self.0)(token, is_word);
    }
}

/// The text of a packed word.
pub(super) fn unpacked(word: u128, bytes: &mut [u8; 16]) -> &str {
    *bytes = word.to_le_bytes();
    let length = 16 - word.leading_zeros() as usize / 8;
    std::str::from_utf8(&bytes[..length]).expect("packed words are ASCII")
}

impl Tokenizer {
    /// Calls `found` with each token in order, and whether it is a word: a pair is not stemmed.
    pub fn tokens(&mut self, text: &str, found: impl FnMut(&str, bool)) {
        self.each(text, &mut Unpacking(found));
    }

    /// Hands each token to `sink`.
    pub(super) fn each(&mut self, text: &str, sink: &mut impl TokenSink) {
        let bytes = text.as_bytes();
        let kind = |at: usize| bytes.get(at).map_or(ByteKind::White, |byte| KINDS[*byte as usize]);
        let past = |mut at: usize, own: ByteKind| {
            while kind(at) == own && at < bytes.len() {
                at += 1;
            }
            at
        };
        let mut start = 0;
        while start < bytes.len() {
            // Nearly all segments are a plain word, with a sign or two at its ends.
            let first = past(start, ByteKind::Sign);
            let (low, length) = letters(eight(bytes, first));
            let (mut word, mut after) = (u128::from(low), first + length);
            if length == 8 {
                let (high, length) = letters(eight(bytes, after));
                word |= u128::from(high) << 64;
                after = past(after + length, ByteKind::Word);
            }
            let end = past(after, ByteKind::Sign);
            if kind(end) == ByteKind::White {
                match after - first {
                    0 => {}
                    1..=16 => sink.packed(word),
                    _ => {
                        self.token.clear();
                        self.token.push_str(&text[first..after.min(first + LONGEST)]);
                        self.token.make_ascii_lowercase();
                        sink.token(&self.token, true);
                    }
                }
                start = end + 1;
                continue;
            }
            // Other white space ends a token as well: it is found where a segment is folded.
            let is_white = |byte: &u8| KINDS[*byte as usize] == ByteKind::White;
            let rest = bytes[end..].iter().position(is_white);
            let end = rest.map_or(bytes.len(), |rest| end + rest);
            self.fold(&text[start..end]);
            self.segment(&mut |token: &str, is_word: bool| sink.token(token, is_word));
            start = end + 1;
        }
    }

    fn fold(&mut self, segment: &str) {
        self.folded.clear();
        if segment.is_ascii() {
            let chars = segment.bytes().map(|byte| match byte {
                b'`' => '\'',
                byte => char::from(byte.to_ascii_lowercase()),
            });
            return self.folded.extend(chars);
        }
        let kept = segment.nfkd().filter(|c| !is_dropped(*c)).nfc().flat_map(char::to_lowercase);
        for c in kept {
            match c {
                'ß' => self.folded.extend(['s', 's']),
                'æ' => self.folded.extend(['a', 'e']),
                'œ' => self.folded.extend(['o', 'e']),
                'þ' => self.folded.extend(['t', 'h']),
                'ø' => self.folded.push('o'),
                'ł' => self.folded.push('l'),
                'đ' | 'ð' => self.folded.push('d'),
                'ı' => self.folded.push('i'),
                'ς' => self.folded.push('σ'),
                // Taa marbuta and alef maksura are often written as the letters that they look like.
                'ة' => self.folded.push('ه'),
                'ى' => self.folded.push('ي'),
                '’' | '‘' | 'ʼ' | 'ʻ' | '`' => self.folded.push('\''),
                _ => self.folded.push(c),
            }
        }
    }

    fn segment(&mut self, found: &mut impl FnMut(&str, bool)) {
        let Self { folded, token } = self;
        let chars = &folded[..];
        let class = |at: usize| chars.get(at).map_or(Class::Other, |c| class(*c));
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            match class(at) {
                Class::Other => at += 1,
                Class::Paired => {
                    while class(at) == Class::Paired {
                        at += 1;
                    }
                    let run = &chars[start..at];
                    for pair in run.windows(run.len().min(2)) {
                        token.clear();
                        token.extend(pair);
                        found(token, false);
                    }
                }
                Class::Word => {
                    token.clear();
                    let (mut length, mut since) = (0, 0);
                    loop {
                        if class(at) == Class::Word {
                            if length < LONGEST {
                                token.push(chars[at]);
                            }
                            (length, since, at) = (length + 1, since + 1, at + 1);
                        } else if at < chars.len() && joins(chars, at, since) {
                            (since, at) = (0, at + 1);
                        } else {
                            break;
                        }
                    }
                    let is_quote =
                        |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'\'');
                    // The `s` of `Japan's` and the `l` of `l'eau`.
                    if length > 1 || !(is_quote(start.checked_sub(1)) || is_quote(Some(at))) {
                        found(token, true);
                    }
                }
            }
        }
    }
}

/// Eight bytes of a text as a number, the first in the lowest; zeros stand for what is behind its end.
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
        let mut chunk = [0; 8];
        chunk[..rest.len()].copy_from_slice(rest);
        chunk
    }))
}

/// The ASCII letters and digits with which eight bytes begin, in lower case, and how many they are. Looks at all at once:
/// a sum sets the highest bit of those bytes that are not below a bound.
fn letters(bytes: u64) -> (u64, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & (0x7f * EACH);
    let lower = low | (0x20 * EACH);
    let from = |of: u64, first: u8| of + u64::from(0x80 - first) * EACH;
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    let digits = from(low, b'0') & !from(low, b'9' + 1);
    let others = !(letters | digits) | bytes;
    let length = (others & (0x80 * EACH)).trailing_zeros() as usize / 8;
    let kept = if length == 8 { u64::MAX } else { (1 << (8 * length)) - 1 };
    (lower & kept, length)
}

/// Whether a sign stands inside a token: in a number, or between the letters of `U.S.`, of which `since` is 1.
fn joins(chars: &[char], at: usize, since: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).map(|at| chars[at]), chars.get(at + 1))
    else {
        return false;
    };
    match chars[at] {
        '.' | ',' if before.is_ascii_digit() && after.is_ascii_digit() => true,
        '.' => {
            since == 1
                && before.is_alphabetic()
                && after.is_alphabetic()
                && class(*after) == Class::Word
        }
        _ => false,
    }
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | '0'..='9' => Class::Word,
        '\0'..='\u{7f}' => Class::Other,
        // Kana, Han and Hangul, with the marks that repeat or lengthen them.
        '\u{3005}'
        | '\u{3007}'
        | '\u{3041}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}'
            if c != '\u{30fb}' =>
        {
            Class::Paired
        }
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// Diacritics, vowel points, and characters that are not seen.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::Tokenizer;

    #[test]
    fn tokens_of_many_scripts() {
        for (text, expected) in [
            ("Japan’s budget, 2025.", "japan budget 2025"),
            ("The U.S. and N.A.T.O. (e.g. F-35)", "the us and nato eg f 35"),
            ("3.5% of 2,400,000 — or 3,5 %", "35 of 2400000 or 35"),
            ("L’eau d'Ivoire, O'Neill", "eau ivoire neill"),
            ("Zürich Łódź Straße naïve Kœnig", "zurich lodz strasse naive koenig"),
            ("防衛費は 日本", "防衛 衛費 費は 日本"),
            ("が", "が"),
            ("대한민국 정부", "대한 한민 민국 정부"),
            ("الحُكُومَةُ أحمد", "الحكومه احمد"),
            ("ΟΔΟΣ ὁδός", "οδοσ οδοσ"),
            ("ＦＵＬＬ ｶﾞ ²", "full ガ 2"),
            ("so\u{ad}ft x\u{200b}y", "soft xy"),
            ("(ABCDEFGH) @[`{} 0z9 :;", "abcdefgh 0z9"),
            ("Abcdefgh1jklmnop abcdefghijklmnopq!", "abcdefgh1jklmnop abcdefghijklmnopq"),
            ("abcdefghijklmnopqrstuvwxyz A", "abcdefghijklmnopqrstuvwx a"),
            ("\u{11}a b\u{1a}c abcdefgé abcdefghé", "a b c abcdefge abcdefghe"),
            ("' '' a' `b` (c) rock'n'roll", "c rock roll"),
            ("", ""),
        ] {
            let mut found = Vec::new();
            Tokenizer::default().tokens(text, |token, _| found.push(token.to_owned()));
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
