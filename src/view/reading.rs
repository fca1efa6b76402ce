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
    let (mut in_tag, mut in_word) = (false, false);
    for piece in text.pieces() {
        let html = match piece {
            Piece::Html(html) => html,
            Piece::Home(_) | Piece::Hole(_) => continue,
        };
        // By bytes: most are of ASCII, and every article is read here.
        let mut at = 0;
        while let Some(byte) = html.as_bytes().get(at) {
            at += 1;
            match byte {
                b'<' => in_tag = true,
                b'>' => in_tag = false,
                _ if in_tag => {}
                b' ' | b'\n' => in_word = false,
                _ if byte.is_ascii() => {
                    words += u32::from(!in_word && byte.is_ascii_alphanumeric());
                    in_word |= byte.is_ascii_alphanumeric();
                }
                _ => {
                    let Some(sign) = html.get(at - 1..).and_then(|rest| rest.chars().next()) else {
                        continue;
                    };
                    at += sign.len_utf8() - 1;
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
            }
        }
    }
    if words + signs == 0 {
        return None;
    }
    let lang = lang.as_str().split('-').next().unwrap_or_default();
    let of_words = WORDS.iter().find(|(tag, _)| *tag == lang).map_or(MEAN, |(_, words)| *words);
    let of_signs = if lang == "ja" { SIGNS_JAPANESE } else { SIGNS_CHINESE };
    // In seconds, so that a text of both is rounded once.
    let seconds = words * 60 / of_words + signs * 60 / of_signs;
    Some(((seconds + 30) / 60).max(1))
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
