//! How long a text takes to read.

use crate::content::markup::{Markup, Piece};
use crate::lang::LangTag;

/// How many words people read in a minute, silently and for meaning, by language: Trauzettel-Klosinski and Dietz,
/// "Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST" (2012). Others have
/// the mean of its seventeen languages.
const WORDS: [(&str, u32); 15] = [
    ("ar", 138),
    ("de", 179),
    ("en", 228),
    ("es", 218),
    ("fi", 161),
    ("fr", 195),
    ("he", 187),
    ("it", 188),
    ("nl", 202),
    ("pl", 166),
    ("pt", 181),
    ("ru", 184),
    ("sl", 180),
    ("sv", 199),
    ("tr", 166),
];
const MEAN: u32 = 184;

/// The same in signs, of scripts without spaces.
const SIGNS_JAPANESE: u32 = 357;
const SIGNS_CHINESE: u32 = 255;

/// Minutes, at least one, that readers need for a text; none for an empty one.
pub(super) fn minutes(text: &Markup, lang: &LangTag) -> Option<u32> {
    let (mut words, mut signs) = (0_u32, 0_u32);
    let (mut in_tag, mut has_text) = (false, false);
    for piece in text.pieces() {
        let mut html = match piece {
            Piece::Html(html) => html,
            Piece::Home(_) | Piece::Hole(_) => continue,
        };
        while !html.is_empty() {
            let sign = if in_tag { b'>' } else { b'<' };
            let end = memchr::memchr(sign, html.as_bytes()).unwrap_or(html.len());
            if !in_tag {
                let of_run = count(&html[..end]);
                has_text |= end > 0;
                (words, signs) = (words + of_run.0, signs + of_run.1);
            }
            in_tag ^= end < html.len();
            html = html.get(end + 1..).unwrap_or_default();
        }
    }
    if words + signs == 0 && !has_text {
        return None;
    }
    let lang = lang.as_str().split('-').next().unwrap_or_default();
    let of_words = WORDS.iter().find(|(tag, _)| *tag == lang).map_or(MEAN, |(_, words)| *words);
    let of_signs = if lang == "ja" { SIGNS_JAPANESE } else { SIGNS_CHINESE };
    // In seconds, so that a text of both is rounded once.
    let seconds = words * 60 / of_words + signs * 60 / of_signs;
    Some(((seconds + 30) / 60).max(1))
}

/// The words of a run of text between two tags, and the signs of scripts that part no words. A word is counted by the white
/// space behind it, so that a run that ends within one has it in the next.
fn count(run: &str) -> (u32, u32) {
    // The compiler makes one pass of many bytes at once from this, for every article is read here.
    let (mut spaces, mut highest) = (0, 0);
    for byte in run.bytes() {
        spaces += u32::from(byte == b' ') + u32::from(byte == b'\n');
        highest = highest.max(byte);
    }
    match highest {
        // The first byte of a sign of a script without spaces; hardly any article has one.
        0xE3.. => count_by_characters(run),
        // A dash between two spaces is no word. Its first byte is 0xE2.
        0xE2 => (spaces - run.matches(" – ").count() as u32, 0),
        _ => (spaces, 0),
    }
}

fn count_by_characters(run: &str) -> (u32, u32) {
    let (mut words, mut signs, mut in_word) = (0, 0, false);
    for sign in run.chars() {
        if is_without_spaces(sign) {
            signs += 1;
            in_word = false;
        } else if sign.is_whitespace() {
            in_word = false;
        } else if !in_word && sign.is_alphanumeric() {
            words += 1;
            in_word = true;
        }
    }
    (words, signs)
}

/// Whether a sign is of a script that parts no words: kana and Han.
fn is_without_spaces(sign: char) -> bool {
    matches!(sign, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::minutes;
    use crate::content::markup::Markup;
    use crate::lang::LangTag;

    #[test]
    fn minutes_by_language() {
        let of = |html: String, lang: &str| {
            minutes(&Markup::html(html.into()), &LangTag::parse(lang).expect("a language"))
        };
        for (html, lang, expected) in [
            (String::new(), "en", None),
            ("<p></p>".to_owned(), "en", None),
            ("<p>One.</p>".to_owned(), "en", Some(1)),
            ("<p>word – word</p> ".repeat(114 * 5), "en", Some(5)),
            ("word ".repeat(138 * 4), "ar", Some(4)),
            ("word ".repeat(184 * 3), "eo", Some(3)),
            ("word ".repeat(228 * 3), "en-GB", Some(3)),
            ("日本".repeat(357), "ja", Some(2)),
            ("日本".repeat(255), "zh", Some(2)),
            ("<a href=\"a b c d\">x</a> ".repeat(228), "en", Some(1)),
        ] {
            assert_eq!(of(html.clone(), lang), expected, "{lang}: {}", html.len());
        }
    }
}
