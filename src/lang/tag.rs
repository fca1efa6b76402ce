//! Language tags: what `lang:` says and what the page's `lang` attribute prints.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use icu_locale_core::subtags::{Language, Region, Script};
use icu_locale_core::{LanguageIdentifier, Locale};
use serde::{Serialize, Serializer};

/// A well-formed BCP 47 language tag in its canonical spelling, such as `en-GB`.
///
/// Well-formed is not registered: `xx` is accepted, and dates fall back as [`super::Dates`] says.
#[derive(Clone)]
pub struct LangTag {
    text: Arc<str>,
    locale: Arc<Locale>,
}

/// Codes that were renamed and still turn up, with today's code; data exists under the new one alone.
const RENAMED: &[(&str, &str)] =
    &[("cmn", "zh"), ("in", "id"), ("iw", "he"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro")];

/// Scripts that run from right to left (ISO 15924).
const RTL_SCRIPTS: &[&str] = &[
    "Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr", "Hung",
    "Khar", "Lydi", "Mand", "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr",
    "Palm", "Phli", "Phlp", "Phnx", "Prti", "Rohg", "Samr", "Sarb", "Sogd", "Sogo", "Syrc", "Syre",
    "Syrj", "Syrn", "Thaa", "Todr", "Yezi",
];

/// Languages that are written from right to left unless the tag names a script.
const RTL_LANGUAGES: &[&str] = &[
    "aeb", "apc", "apd", "ar", "arc", "arq", "ars", "ary", "arz", "bal", "bqi", "ckb", "dv", "fa",
    "glk", "he", "ks", "lrc", "mzn", "nqo", "ota", "pnb", "prs", "ps", "sd", "sdh", "skr", "syr",
    "ug", "ur", "yi",
];

impl LangTag {
    /// Reads a tag in any case (`EN-gb`) and spells it canonically (`en-GB`).
    ///
    /// `None` for whatever is not a BCP 47 tag, such as `en_GB`, `english` or an empty text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut locale = Locale::from_str(text).ok()?;
        let language = locale.id.language.as_str();
        if let Some((_, code)) = RENAMED.iter().find(|(old, _)| *old == language) {
            locale.id.language = code.parse().ok()?;
        }
        Some(Self::from_locale(locale))
    }

    /// English, the language of the interface's own text.
    pub fn english() -> Self {
        let mut locale = Locale::UNKNOWN;
        locale.id.language = icu_locale_core::subtags::language!("en");
        Self::from_locale(locale)
    }

    /// The canonical spelling, as the HTML attribute `lang` wants it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value of the HTML attribute `dir`: `rtl` for right-to-left scripts, otherwise `ltr`.
    ///
    /// The script decides when the tag names one, otherwise the language: write `pa-Arab`, not `pa-PK`.
    pub fn direction(&self) -> &'static str {
        let id = &self.locale.id;
        let rtl = match &id.script {
            Some(script) => RTL_SCRIPTS.contains(&script.as_str()),
            None => RTL_LANGUAGES.contains(&id.language.as_str()),
        };
        if rtl { "rtl" } else { "ltr" }
    }

    /// This tag and those that may stand in for it, the nearest first: without its extensions, then without its
    /// variants, its region and its script.
    pub(super) fn chain(&self) -> Vec<Self> {
        let LanguageIdentifier { language, script, region, variants } = self.locale.id.clone();
        let shorter = |script: Option<Script>, region: Option<Region>| {
            Self::from_locale(Locale::from(LanguageIdentifier::from((language, script, region))))
        };
        let mut chain = vec![self.clone()];
        if !variants.is_empty() || !self.locale.extensions.is_empty() {
            chain.push(Self::from_locale(Locale::from(self.locale.id.clone())));
            chain.push(shorter(script, region));
        }
        chain.push(shorter(script, None));
        chain.push(shorter(None, None));
        chain.dedup();
        chain
    }

    pub(super) fn locale(&self) -> &Locale {
        &self.locale
    }

    pub(super) fn language(&self) -> Language {
        self.locale.id.language
    }

    /// Whether a text in this language is one in another: the same but for the region, in the same script.
    pub(super) fn is_in_language_of(&self, other: &Self) -> bool {
        let (own, other) = (&self.locale.id, &other.locale.id);
        own.language == other.language && own.script == other.script
    }

    /// The region, such as `GB`.
    pub(super) fn region(&self) -> Option<&str> {
        self.locale.id.region.as_ref().map(Region::as_str)
    }

    pub(super) fn from_locale(locale: Locale) -> Self {
        Self { text: Arc::from(locale.to_string()), locale: Arc::new(locale) }
    }
}

/// Tags are equal, ordered and hashed by their canonical spelling.
impl PartialEq for LangTag {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for LangTag {}

impl PartialOrd for LangTag {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LangTag {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl std::hash::Hash for LangTag {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for LangTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for LangTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for LangTag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::LangTag;

    #[test]
    fn spelling() {
        for (text, expected) in [
            ("en", Some("en")),
            ("EN-gb", Some("en-GB")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("sl-rozaj-biske", Some("sl-biske-rozaj")),
            ("ar-EG-u-nu-latn", Some("ar-EG-u-nu-latn")),
            ("iw-IL", Some("he-IL")),
            ("und", Some("und")),
            ("", None),
            (" en", None),
            ("en_GB", None),
            ("en--GB", None),
            ("english", None),
            ("i-klingon", None),
        ] {
            let tag = LangTag::parse(text);
            assert_eq!(tag.as_ref().map(LangTag::as_str), expected, "{text:?}");
        }
        assert_eq!(Some(LangTag::english()), LangTag::parse("en"));
    }

    #[test]
    fn direction() {
        for (text, expected) in [
            ("en", "ltr"),
            ("ja", "ltr"),
            ("ar", "rtl"),
            ("ar-EG", "rtl"),
            ("ar-Latn", "ltr"),
            ("iw", "rtl"),
            ("ur-PK", "rtl"),
            ("pa", "ltr"),
            ("pa-Arab-PK", "rtl"),
            ("az-Arab", "rtl"),
        ] {
            assert_eq!(LangTag::parse(text).unwrap().direction(), expected, "{text}");
        }
    }

    #[test]
    fn chain_goes_from_exact_to_language() {
        for (text, expected) in [
            ("en", "en"),
            ("en-GB", "en-GB en"),
            ("zh-Hant-TW", "zh-Hant-TW zh-Hant zh"),
            ("ca-ES-valencia", "ca-ES-valencia ca-ES ca"),
            ("ar-EG-u-nu-latn", "ar-EG-u-nu-latn ar-EG ar"),
        ] {
            let chain = LangTag::parse(text).unwrap().chain();
            let chain: Vec<_> = chain.iter().map(LangTag::as_str).collect();
            assert_eq!(chain.join(" "), expected);
        }
    }
}
