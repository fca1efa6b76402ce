//! Large numbers with the word for their size: `8.7 trillion`, as CLDR 48 has decimals in their long compact form.

use icu_decimal::input::Decimal;

use super::LangTag;

/// Smaller numbers are read as they are.
const LEAST: i16 = 6;

/// Digits that are kept: the exact number stands beside the words.
const DIGITS: i16 = 3;

/// The word for a power of ten.
#[derive(Debug)]
pub(super) struct CompactScale {
    power: i16,
    word: CompactWord,
}

/// A word behind a number, by what the number is.
#[derive(Debug)]
enum CompactWord {
    /// Of every number.
    Any(&'static str),
    /// Of one, and of every other.
    One(&'static str, &'static str),
    /// Of numbers below two, and of every other.
    BelowTwo(&'static str, &'static str),
    /// Of whole numbers that end in 3 to 10, and of every other.
    Few(&'static str, &'static str),
}

use CompactWord::{Any, BelowTwo, Few, One};

const fn scale(power: i16, word: CompactWord) -> CompactScale {
    CompactScale { power, word }
}

static ENGLISH: [CompactScale; 3] =
    [scale(6, Any(" million")), scale(9, Any(" billion")), scale(12, Any(" trillion"))];
static GERMAN: [CompactScale; 3] = [
    scale(6, One(" Million", " Millionen")),
    scale(9, One(" Milliarde", " Milliarden")),
    scale(12, One(" Billion", " Billionen")),
];
static FRENCH: [CompactScale; 3] = [
    scale(6, BelowTwo(" million", " millions")),
    scale(9, BelowTwo(" milliard", " milliards")),
    scale(12, BelowTwo(" billion", " billions")),
];
static SPANISH: [CompactScale; 3] = [
    scale(6, One(" millón", " millones")),
    scale(9, Any(" mil millones")),
    scale(12, One(" billón", " billones")),
];
static ARABIC: [CompactScale; 3] = [
    scale(6, Few(" ملايين", " مليون")),
    scale(9, Few(" مليارات", " مليار")),
    scale(12, Few(" تريليونات", " تريليون")),
];
static JAPANESE: [CompactScale; 3] =
    [scale(4, Any("万")), scale(8, Any("億")), scale(12, Any("兆"))];
static KOREAN: [CompactScale; 3] = [scale(4, Any("만")), scale(8, Any("억")), scale(12, Any("조"))];
static SIMPLIFIED: [CompactScale; 3] =
    [scale(4, Any("万")), scale(8, Any("亿")), scale(12, Any("万亿"))];
static TRADITIONAL: [CompactScale; 3] =
    [scale(4, Any("萬")), scale(8, Any("億")), scale(12, Any("兆"))];

/// The words of a language, the smallest first; none of one whose words are not known.
pub(super) fn scales(tag: &LangTag) -> &'static [CompactScale] {
    let text = tag.as_str();
    let language = tag.language();
    match language.as_str() {
        "en" => &ENGLISH,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "ar" => &ARABIC,
        "ja" => &JAPANESE,
        "ko" => &KOREAN,
        "zh" if ["Hant", "TW", "HK", "MO"].iter().any(|part| text.contains(part)) => &TRADITIONAL,
        "zh" => &SIMPLIFIED,
        _ => &[],
    }
}

/// A number in few digits, and the word for its size; none of a small one.
pub(super) fn compact(
    number: &Decimal,
    scales: &'static [CompactScale],
) -> Option<(Decimal, &'static str)> {
    let size = number.absolute.nonzero_magnitude_start();
    if number.absolute.is_zero() || size < LEAST {
        return None;
    }
    let scaled = |scale: &CompactScale| {
        let mut scaled = number.clone();
        scaled.absolute.multiply_pow10(-scale.power);
        // Nothing is rounded away of what stands before the point.
        scaled.round((size - scale.power - (DIGITS - 1)).min(0));
        scaled.absolute.trim_end();
        scaled
    };
    let at = scales.iter().rposition(|scale| scale.power <= size)?;
    let mut found = (scaled(&scales[at]), &scales[at]);
    // 999.9 million, rounded, is a billion.
    if let Some(next) = scales.get(at + 1)
        && found.0.absolute.nonzero_magnitude_start() + found.1.power >= next.power
    {
        let mut one = number.clone();
        one.absolute.multiply_pow10(-next.power);
        one.round(0);
        found = (one, next);
    }
    let (number, scale) = found;
    Some((number.clone(), scale.word.of(&number)))
}

impl CompactWord {
    fn of(&self, number: &Decimal) -> &'static str {
        let text = number.absolute.to_string();
        let value: f64 = text.parse().unwrap_or_default();
        let is_first = match self {
            Any(_) => true,
            One(..) => text == "1",
            BelowTwo(..) => value < 2.0,
            Few(..) => !text.contains('.') && (3.0..=10.0).contains(&(value % 100.0)),
        };
        match self {
            Any(word) => word,
            One(first, other) | BelowTwo(first, other) | Few(first, other) => {
                if is_first {
                    first
                } else {
                    other
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::{LangTag, Numbers};

    #[test]
    fn large_numbers_by_the_size_that_a_language_names() {
        for (lang, number, words) in [
            ("en", "999999", None),
            ("en", "1000000", Some("1 million")),
            ("en", "8700000000000", Some("8.7 trillion")),
            ("en", "8712345678901", Some("8.71 trillion")),
            ("en", "123456789", Some("123 million")),
            ("en", "999999999", Some("1 billion")),
            ("en", "-2500000", Some("-2.5 million")),
            ("en", "1234567890123456", Some("1,235 trillion")),
            ("en", "1e9", None),
            ("en", "1,000,000", None),
            ("de", "1000000", Some("1 Million")),
            ("de", "8700000000000", Some("8,7 Billionen")),
            ("de", "1500000000", Some("1,5 Milliarden")),
            ("fr", "1500000", Some("1,5 million")),
            ("fr", "8700000000000", Some("8,7 billions")),
            ("es", "1000000", Some("1 millón")),
            ("es", "1500000000", Some("1,5 mil millones")),
            ("es", "8700000000000", Some("8,7 billones")),
            ("ja", "1000000", Some("100万")),
            ("ja", "871200000000", Some("8,712億")),
            ("ja", "8700000000000", Some("8.7兆")),
            ("ko", "8700000000000", Some("8.7조")),
            ("zh", "8700000000000", Some("8.7万亿")),
            ("zh-Hant", "8700000000000", Some("8.7兆")),
            ("ar", "8700000000000", Some("8.7 تريليون")),
            ("ar", "5000000", Some("5 ملايين")),
            ("ar", "15000000", Some("15 مليون")),
            ("sv", "8700000000000", None),
        ] {
            let numbers = Numbers::new(&LangTag::parse(lang).unwrap());
            assert_eq!(numbers.compact(number).as_deref(), words, "{lang} {number}");
        }
    }
}
