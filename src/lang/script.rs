//! The script of a text, and the language that a name in it is most likely in (CLDR).

use icu_locale::LocaleExpander;
use icu_locale_core::subtags::{Language, Region, Script};
use icu_locale_core::{LanguageIdentifier, Locale, langid};
use icu_properties::CodePointMapData;
use icu_properties::PropertyNamesShort;
use icu_properties::props;

use super::LangTag;

/// Scripts that one language is written in today, or one far more than all others (ISO 15924).
const OF_ONE_LANGUAGE: &[&str] = &[
    "Armn", "Geor", "Grek", "Gujr", "Guru", "Hang", "Hira", "Kana", "Khmr", "Knda", "Laoo", "Mlym",
    "Orya", "Sinh", "Taml", "Telu", "Thai", "Tibt",
];

/// The script of a text's letters: that of the first, or kana and Hangul among Chinese characters. None of a text without
/// letters.
fn script(text: &str) -> Option<Script> {
    let of = CodePointMapData::<props::Script>::new();
    let mut first = None;
    for c in text.chars() {
        match of.get(c) {
            props::Script::Common | props::Script::Inherited | props::Script::Unknown => {}
            found if first.is_none() || [KANA, HIRAGANA, HANGUL].contains(&found) => {
                first = Some(found);
                if found != props::Script::Han {
                    break;
                }
            }
            _ => {}
        }
    }
    PropertyNamesShort::<props::Script>::new().get(first?)?.parse().ok()
}

const KANA: props::Script = props::Script::Katakana;
const HIRAGANA: props::Script = props::Script::Hiragana;
const HANGUL: props::Script = props::Script::Hangul;

/// Whether letters of a script are among those of another, such as kana among those of Japanese.
fn has(of_language: Script, letter: Script) -> bool {
    let letters: &[&str] = match of_language.as_str() {
        "Jpan" => &["Hani", "Hira", "Kana"],
        "Kore" => &["Hang", "Hani"],
        "Hans" | "Hant" => &["Hani", "Bopo"],
        _ => return of_language == letter,
    };
    letters.contains(&letter.as_str())
}

/// The same with its most likely script and region.
fn maximized(mut id: LanguageIdentifier) -> LanguageIdentifier {
    LocaleExpander::new_common().maximize(&mut id);
    id
}

impl LangTag {
    /// The language and its territory: `en_GB`. Where the tag has no territory, the likeliest.
    pub(super) fn territory(&self) -> String {
        let id = maximized(self.locale().id.clone());
        match id.region {
            Some(region) => format!("{}_{region}", id.language),
            None => id.language.to_string(),
        }
    }

    /// Whether a text in this language has the letters of a text. A text without letters is in every language.
    pub fn has_letters_of(&self, text: &str) -> bool {
        let Some(letter) = script(text) else { return true };
        maximized(self.locale().id.clone()).script.is_none_or(|own| has(own, letter))
    }

    /// The language of a name in the script of its bearer's country (ISO 3166-1), as far as script and country tell. A
    /// script of several languages alone is a tag without a language, such as `und-Cyrl`; of a name in Latin letters
    /// nothing is known.
    pub fn of_name(name: &str, country: Option<&str>) -> Option<Self> {
        let letter = script(name)?;
        let of = |language: Language, script: Option<Script>, region: Option<Region>| {
            LanguageIdentifier::from((language, script, region))
        };
        let country = country.and_then(|country| country.parse::<Region>().ok());
        if let Some(country) = country {
            let likely = maximized(of(langid!("und").language, None, Some(country)));
            if likely.script.is_some_and(|script| has(script, letter)) {
                let alone = of(likely.language, None, None);
                let is_usual = maximized(alone.clone()).script == likely.script;
                let tag = if is_usual { alone } else { of(likely.language, likely.script, None) };
                return Some(Self::from_locale(Locale::from(tag)));
            }
        }
        let unknown = of(langid!("und").language, Some(letter), None);
        if OF_ONE_LANGUAGE.contains(&letter.as_str()) {
            let language = maximized(unknown).language;
            return Some(Self::from_locale(Locale::from(of(language, None, None))));
        }
        (letter.as_str() != "Latn").then(|| Self::from_locale(Locale::from(unknown)))
    }
}

#[cfg(test)]
mod tests {
    use super::LangTag;

    #[test]
    fn script_and_country_tell_the_language_of_a_name() {
        for (name, country, expected) in [
            ("高市早苗", Some("JP"), Some("ja")),
            ("サッチャー", Some("GB"), Some("ja")),
            ("毛沢東と", None, Some("ja")),
            ("习近平", Some("CN"), Some("zh")),
            ("蔡英文", Some("TW"), Some("zh-Hant")),
            ("習近平", None, Some("und-Hani")),
            ("이재명", Some("KR"), Some("ko")),
            ("이재명", None, Some("ko")),
            ("Володимир Зеленський", Some("UA"), Some("uk")),
            ("Владимир Путин", Some("RU"), Some("ru")),
            ("Владимир Путин", None, Some("und-Cyrl")),
            ("محمد", Some("SA"), Some("ar")),
            ("علی خامنه‌ای", Some("IR"), Some("fa")),
            ("בנימין נתניהו", Some("IL"), Some("he")),
            ("Deutschland", Some("DE"), Some("de")),
            ("Emmanuel Macron", None, None),
            ("Ελλάδα", None, Some("el")),
            ("1949", Some("JP"), None),
        ] {
            let found = LangTag::of_name(name, country);
            assert_eq!(found.as_ref().map(LangTag::as_str), expected, "{name} of {country:?}");
        }
    }

    #[test]
    fn a_language_has_letters() {
        for (tag, text, expected) in [
            ("ja", "かな", true),
            ("ja", "漢字", true),
            ("ja", "Kana", false),
            ("zh-Hant", "漢字", true),
            ("ko", "漢字", true),
            ("en", "漢字", false),
            ("sr-Latn", "Beograd", true),
            ("sr", "Beograd", false),
            ("en", "1949", true),
            ("xx", "Text", true),
        ] {
            let tag = LangTag::parse(tag).expect("a tag");
            assert_eq!(tag.has_letters_of(text), expected, "{tag}: {text}");
        }
    }
}
