//! Numbers in a language's digits, grouped as it groups them.

use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};

use super::LangTag;
use super::compact::{CompactScale, compact, scales};

/// Formats numbers for one language.
#[derive(Debug)]
pub struct Numbers {
    formatter: DecimalFormatter,
    /// The words for large numbers.
    scales: &'static [CompactScale],
}

impl Numbers {
    /// The numbers of a language. Expensive: make one per language and build.
    pub fn new(tag: &LangTag) -> Self {
        let scales = scales(tag);
        Self { scales, ..Self::with_grouping(tag.locale().into(), GroupingStrategy::Auto) }
    }

    /// A number from its decimal text: `1234567.50` is `1,234,567.50` in English and `1.234.567,50` in German.
    ///
    /// Every given digit is kept, so `3.50` says more than `3.5`. `None` when the text is not a plain decimal
    /// number: an optional sign, digits, at most one point.
    pub fn number(&self, text: &str) -> Option<String> {
        Some(self.formatter.format(&decimal(text)?).to_string())
    }

    /// A large number in few digits, with the word for its size: `8700000000000` is `8.7 trillion` in English and `8.7兆` in
    /// Japanese. `None` of a number that is not large, and in a language whose words are not known.
    pub fn compact(&self, text: &str) -> Option<String> {
        let (number, word) = compact(&decimal(text)?, self.scales)?;
        Some(format!("{}{word}", self.formatter.format(&number)))
    }

    pub(super) fn with_grouping(
        preferences: DecimalFormatterPreferences,
        grouping: GroupingStrategy,
    ) -> Self {
        let options = DecimalFormatterOptions::from(grouping);
        let formatter = DecimalFormatter::try_new(preferences, options)
            .expect("the bundled data ends every fallback at the root locale");
        Self { formatter, scales: &[] }
    }
}

/// The parser also takes exponents, which are no way to write a figure and can name thousands of digits.
fn decimal(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) { None } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::Numbers;
    use crate::lang::LangTag;

    #[test]
    fn grouped_with_every_given_digit() {
        for (lang, text, expected) in [
            ("en", "1234567.50", Some("1,234,567.50")),
            ("de", "1234567.50", Some("1.234.567,50")),
            ("hi", "1234567.50", Some("12,34,567.50")),
            ("ar-EG", "1234567.50", Some("١٬٢٣٤٬٥٦٧٫٥٠")),
            ("ar-EG-u-nu-latn", "1234567.50", Some("1,234,567.50")),
            ("es", "1234", Some("1234")),
            ("xx", "1234567.50", Some("1,234,567.50")),
            ("en", "3", Some("3")),
            ("en", "3.50", Some("3.50")),
            ("en", "-3.5", Some("-3.5")),
            ("en", "0", Some("0")),
            ("en", "1,000", None),
            ("en", "1e3", None),
            ("en", "", None),
            ("en", "five", None),
        ] {
            let numbers = Numbers::new(&LangTag::parse(lang).unwrap());
            assert_eq!(numbers.number(text).as_deref(), expected, "{lang} {text:?}");
        }
    }
}
