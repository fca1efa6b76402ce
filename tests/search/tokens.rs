//! Writes random strings of eight languages with the tokens and stems that the index has of them, for
//! `tests/search/tokens.mjs`, which holds the script of the search against them. Run by `.ci/search`, which has Node.js.

#![allow(clippy::disallowed_methods, reason = "writes to where the environment says")]

use std::fmt::Write;

use briefing::search::{Stemmer, Tokenizer};

/// How many strings of each language.
const STRINGS: usize = 4000;

/// Languages, with the letters of which strings are made.
const LANGUAGES: [(&str, &str); 8] = [
    ("ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئءؤـًٌَُِّْٰ،؟٠١٢٣"),
    ("de", "abcdefghijklmnopqrstuvwxyzäöüßÄÖÜẞſ"),
    ("en", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("es", "abcdefghijklmnopqrstuvwxyzáéíñóúü¿¡ªº"),
    ("fr", "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ"),
    ("ja", "日本防衛省予算はがぎばぱアイウヴーｱｶﾞ々〇・「」。、ＡＢ１２㍻"),
    ("ko", "대한민국정부는가갂힣ㄱㅏ한글"),
    ("zh", "中华人民共和国的一是不了在有𠀀𪚥，。"),
];

/// What stands in texts of any language.
const COMMON: &str = "      ....,,''’‘`-–—()\"/%$+&@#_:;!?0123456789\u{301}\u{308}\u{ad}\u{200b}\u{200d}\u{a0}\u{3000}\tİıłØøÞþĐςΣΟσ²½ﬁ№ʼ🙂ก้";

/// Words whose ends are those of rules.
const ENDINGS: &str = "organisation policies voting planned agreed sses heiten Regierungen nationaux européennes naciones \
    والحكومة للدول U.S. N.A.T.O. e.g. 3.5 1,000.50 don't l'eau O’Neill F-35";

#[test]
fn strings_with_their_tokens() {
    let place = std::env::var_os("SEARCH_TOKENS");
    let place = place.expect("SEARCH_TOKENS names a file to write; .ci/search does");
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (common, endings): (Vec<char>, Vec<&str>) =
        (COMMON.chars().collect(), ENDINGS.split_whitespace().collect());
    let mut tokenizer = Tokenizer::default();
    let mut out = String::new();
    for (language, letters) in LANGUAGES {
        let (letters, stemmer): (Vec<char>, Stemmer) =
            (letters.chars().collect(), Stemmer::of(language));
        writeln!(out, "{language}\t{}", stemmer.rules()).expect("a text can be written to");
        for _ in 0..STRINGS {
            let mut text = String::new();
            for _ in 0..=random(24) {
                match random(12) {
                    0 => text.push_str(endings[random(endings.len())]),
                    1..4 => text.push(common[random(common.len())]),
                    _ => text.push(letters[random(letters.len())]),
                }
            }
            let text = text.replace('\t', " ");
            let mut tokens = Vec::new();
            tokenizer.tokens(&text, |token, is_word| {
                let mut term = token.to_owned();
                if is_word {
                    stemmer.stem(&mut term);
                }
                tokens.push(format!("{token} {term}"));
            });
            writeln!(out, "\t{text}\t{}", tokens.join("|")).expect("a text can be written to");
        }
    }
    std::fs::write(place, out).expect("the file can be written");
}
