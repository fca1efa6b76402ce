//! What the bytes of a file say to whatever reads it: escapes and entities undone, in any encoding, tags left out.

use std::borrow::Cow;

use crate::base::work;

/// How often what was undone is undone again: HTML in JSON in an attribute.
const ROUNDS: usize = 3;
/// The longest tag that is taken for one.
const TAG: usize = 4096;

/// How a file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// ASCII and more: UTF-8, Latin-1, or letters among bytes of another kind.
    Bytes,
    /// Two bytes for a letter, the small one first.
    Utf16Le,
    /// Two bytes for a letter, the large one first.
    Utf16Be,
}

impl Encoding {
    /// The encoding of a file, by its mark or by where its zeros are.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xfe, ..] => return Self::Utf16Le,
            [0xfe, 0xff, ..] => return Self::Utf16Be,
            _ => {}
        }
        let sample = &bytes[..bytes.len().min(4096)];
        let zeros =
            |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 10;
        let half = sample.len() / 2;
        match (zeros(0), zeros(1)) {
            _ if half < 4 => Self::Bytes,
            (first, second) if second > half * 4 && first < half => Self::Utf16Le,
            (first, second) if first > half * 4 && second < half => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }
}

/// The bytes with every escape undone, without signs that show nothing.
pub(super) fn readable(bytes: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    let pairs = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]]));
        let text: String =
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Cow::Owned(text.into_bytes())
    };
    let mut text = match encoding {
        Encoding::Bytes => Cow::Borrowed(bytes),
        Encoding::Utf16Le => pairs(u16::from_le_bytes),
        Encoding::Utf16Be => pairs(u16::from_be_bytes),
    };
    for _ in 0..ROUNDS {
        match undone(&text) {
            Some(next) => text = Cow::Owned(next),
            None => break,
        }
    }
    text
}

/// The text without its tags; `None` when there is none.
pub(super) fn untagged(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', text) {
        if at < from {
            continue;
        }
        if let Some(len) = tag(&text[at..]) {
            out.extend_from_slice(&text[from..at]);
            from = at + len;
        }
    }
    (from > 0).then(|| {
        out.extend_from_slice(&text[from..]);
        out
    })
}

/// The length of the tag that a text begins with. A comment is none: what it holds is text to us.
pub(super) fn tag(text: &[u8]) -> Option<usize> {
    let is_name = text.get(1)?.is_ascii_alphabetic() || matches!(text[1], b'/' | b'?');
    if !is_name {
        return None;
    }
    let window = &text[..text.len().min(TAG)];
    // Another tag's beginning says that this was none.
    let end = memchr::memchr2(b'>', b'<', &window[1..]);
    work::step(end.unwrap_or(window.len()));
    end.filter(|end| window[end + 1] == b'>').map(|end| end + 2)
}

/// One round; `None` when nothing was to be undone.
fn undone(text: &[u8]) -> Option<Vec<u8>> {
    let is_special = |byte: &u8| matches!(byte, b'&' | b'\\' | b'%' | 0 | 0xc2 | 0xe2 | 0xef);
    let mut out: Option<Vec<u8>> = None;
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].iter().position(is_special) {
        at += found;
        let rest = &text[at..];
        let Some((len, becomes)) = escape(rest) else {
            at += 1;
            continue;
        };
        let out = out.get_or_insert_with(|| Vec::with_capacity(text.len()));
        out.extend_from_slice(&text[from..at]);
        match becomes {
            Becomes::Nothing => {}
            Becomes::Byte(byte) => out.push(byte),
            Becomes::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        at += len;
        from = at;
    }
    out.map(|mut out| {
        out.extend_from_slice(&text[from..]);
        out
    })
}

#[derive(Clone, Copy)]
enum Becomes {
    Nothing,
    Byte(u8),
    Char(char),
}

/// What a text begins with, when that is written in another way than it is read: its length, and what it means.
fn escape(text: &[u8]) -> Option<(usize, Becomes)> {
    match text {
        [0, ..] => Some((1, Becomes::Nothing)),
        // A soft hyphen, spaces without width, and the mark of an encoding.
        [0xc2, 0xad, ..] => Some((2, Becomes::Nothing)),
        [0xe2, 0x80, 0x8b..=0x8f, ..] | [0xe2, 0x81, 0xa0, ..] | [0xef, 0xbb, 0xbf, ..] => {
            Some((3, Becomes::Nothing))
        }
        [b'%', b'u' | b'U', digits @ ..] => number(digits, 16, 4, 4).map(|(n, len)| (len + 2, n)),
        [b'%', digits @ ..] => byte(digits).map(|byte| (3, Becomes::Byte(byte))),
        [b'&', b'#', b'x' | b'X', digits @ ..] => {
            number(digits, 16, 1, 8).map(|(n, len)| (3 + ended(digits, len), n))
        }
        [b'&', b'#', digits @ ..] => {
            number(digits, 10, 1, 8).map(|(n, len)| (2 + ended(digits, len), n))
        }
        [b'&', name @ ..] => {
            let len = name.iter().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            (name.get(len) == Some(&b';')).then_some(())?;
            named(std::str::from_utf8(&name[..len]).ok()?).map(|c| (len + 2, c))
        }
        [b'\\', b'u', b'{', digits @ ..] => {
            let (found, len) = number(digits, 16, 1, 6)?;
            (digits.get(len) == Some(&b'}')).then_some((len + 4, found))
        }
        [b'\\', b'u' | b'U', digits @ ..] => number(digits, 16, 4, 4).map(|(n, len)| (len + 2, n)),
        [b'\\', b'x', digits @ ..] => byte(digits).map(|byte| (4, Becomes::Byte(byte))),
        [b'\\', digits @ ..] if digits.first().is_some_and(|byte| (b'0'..=b'3').contains(byte)) => {
            let value = digits.get(..3)?.iter().try_fold(0_u32, |value, digit| {
                (b'0'..=b'7').contains(digit).then(|| value * 8 + u32::from(digit - b'0'))
            })?;
            Some((4, u8::try_from(value).map_or(Becomes::Nothing, Becomes::Byte)))
        }
        [b'\\', b'n' | b'r' | b't' | b'f' | b'b' | b'v', ..] => Some((2, Becomes::Byte(b' '))),
        [b'\\', b'\r', b'\n', ..] => Some((3, Becomes::Nothing)),
        [b'\\', b'\n', ..] => Some((2, Becomes::Nothing)),
        [b'\\', sign, ..] if sign.is_ascii_punctuation() => Some((2, Becomes::Byte(*sign))),
        _ => None,
    }
}

/// The length of a number with the sign that ends it, which may be missing.
fn ended(digits: &[u8], len: usize) -> usize {
    len + usize::from(digits.get(len) == Some(&b';'))
}

fn byte(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// A sign by its number, and how many digits that has.
fn number(digits: &[u8], radix: u32, least: usize, most: usize) -> Option<(Becomes, usize)> {
    let mut value = 0_u32;
    let mut len = 0;
    while let Some(digit) =
        digits.get(len).filter(|_| len < most).and_then(|byte| char::from(*byte).to_digit(radix))
    {
        value = value.checked_mul(radix)?.checked_add(digit)?;
        len += 1;
    }
    let sign = match char::from_u32(value) {
        Some('\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') | None => {
            Becomes::Nothing
        }
        Some(c) => Becomes::Char(c),
    };
    (len >= least).then_some((sign, len))
}

/// The sign that a named entity stands for. Of an accented letter it is the letter: accents are not compared.
fn named(name: &str) -> Option<Becomes> {
    const SIGNS: [(&str, char); 55] = [
        ("amp", '&'),
        ("AMP", '&'),
        ("lt", '<'),
        ("LT", '<'),
        ("gt", '>'),
        ("GT", '>'),
        ("quot", '"'),
        ("QUOT", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("Tab", ' '),
        ("NewLine", ' '),
        ("lowbar", '_'),
        ("UnderBar", '_'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("period", '.'),
        ("comma", ','),
        ("colon", ':'),
        ("semi", ';'),
        ("sol", '/'),
        ("bsol", '\\'),
        ("equals", '='),
        ("plus", '+'),
        ("num", '#'),
        ("dollar", '$'),
        ("percnt", '%'),
        ("commat", '@'),
        ("lpar", '('),
        ("rpar", ')'),
        ("lsqb", '['),
        ("lbrack", '['),
        ("rsqb", ']'),
        ("rbrack", ']'),
        ("lcub", '{'),
        ("lbrace", '{'),
        ("rcub", '}'),
        ("rbrace", '}'),
        ("verbar", '|'),
        ("excl", '!'),
        ("quest", '?'),
        ("ast", '*'),
        ("grave", '`'),
        ("Hat", '^'),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("szlig", 'ß'),
    ];
    const NOTHING: [&str; 4] = ["shy", "zwnj", "zwj", "ZeroWidthSpace"];
    const LETTERS: [(&str, char); 10] = [
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("oelig", 'œ'),
        ("OElig", 'Œ'),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("eth", 'ð'),
        ("ETH", 'Ð'),
        ("thorn", 'þ'),
        ("lstrok", 'ł'),
    ];
    const ACCENTS: [&str; 8] = ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron"];
    if NOTHING.contains(&name) {
        return Some(Becomes::Nothing);
    }
    let known = SIGNS.iter().chain(&LETTERS).find(|(known, _)| *known == name);
    let letter = || {
        let (letter, accent) = name.split_at_checked(1)?;
        ACCENTS.contains(&accent).then(|| letter.chars().next())?
    };
    known.map(|(_, c)| *c).or_else(letter).map(Becomes::Char)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, readable, untagged};

    #[test]
    fn one_word_in_every_notation() {
        for text in [
            "a_b-c",
            "a&#95;b&#45;c",
            "a&#x5F;b&#X2d;c",
            "a&#95b&#45;c",
            "a&lowbar;b&hyphen;c",
            "a\\u005fb\\u002Dc",
            "a\\x5fb\\x2dc",
            "a\\u{5f}b\\u{2d}c",
            "a%5Fb%2dc",
            "a\\137b\\055c",
            "a&amp;#95;b-c",
            "a&amp;amp;#95;b-c",
            "a\\\\u005fb-c",
            "a%255Fb-c",
            "a_b&shy;-c",
            "a\u{ad}_b\u{200b}-c",
            "a_\0b-\0c",
            "a%u005fb-c",
            "a\\_b\\-c",
            "a_\\\nb-c",
        ] {
            let read = readable(text.as_bytes(), Encoding::of(text.as_bytes()));
            assert_eq!(std::str::from_utf8(&read), Ok("a_b-c"), "{text:?}");
        }
        for text in ["50% off, R&D; \\q", "a & b", "&#;", "%zz", "&unknown;", "\\u12", ""] {
            assert_eq!(readable(text.as_bytes(), Encoding::Bytes), text.as_bytes());
        }
    }

    #[test]
    fn two_bytes_for_a_letter() {
        let text = "Straße nach Łódź";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [(&le, Encoding::Utf16Le), (&be, Encoding::Utf16Be)] {
            assert_eq!(Encoding::of(bytes), encoding);
            assert_eq!(readable(bytes, encoding), text.as_bytes());
        }
        assert_eq!(Encoding::of(text.as_bytes()), Encoding::Bytes);
        assert_eq!(Encoding::of(&[0; 64]), Encoding::Bytes);
    }

    #[test]
    fn tags() {
        for (text, plain) in [
            ("a<b>c</b>d", "acd"),
            ("a<br/>b", "ab"),
            ("1 < 2 > 1", "1 < 2 > 1"),
            ("a <b c", "a <b c"),
            ("<!-- a -->", "<!-- a -->"),
            ("a<b <i>c", "a<b c"),
        ] {
            let found = untagged(text.as_bytes());
            let found = found.as_deref().unwrap_or(text.as_bytes());
            assert_eq!(std::str::from_utf8(found), Ok(plain), "{text}");
        }
    }
}
