//! The set of languages, and the English text that the binary carries.

use jiff::civil::date;

use super::{Arg, Collation, Dates, LangTag, Language, Languages, Lists, Messages, Numbers};

const ENGLISH: &str = include_str!("../../templates/lang/en.ftl");

fn tag(text: &str) -> LangTag {
    LangTag::parse(text).unwrap()
}

#[test]
fn text_falls_back_by_key() {
    let languages = Languages::new(&[
        (tag("en"), "a = a en\nb = b en\nc = c en\nn = { $n ->\n [one] one\n *[other] more\n }"),
        (tag("en"), "c = c site"),
        (tag("de"), "a = a de"),
        (tag("de-AT"), "b = b de-AT"),
        (tag("zh"), "a = a zh"),
    ])
    .unwrap();
    for (lang, expected) in [
        ("en", "a en, b en, c site"),
        ("en-GB", "a en, b en, c site"),
        ("de", "a de, b en, c site"),
        ("de-AT", "a de, b de-AT, c site"),
        ("de-AT-1996", "a de, b de-AT, c site"),
        ("de-CH", "a de, b en, c site"),
        ("zh-Hant-TW", "a zh, b en, c site"),
        ("ja", "a en, b en, c site"),
        ("und", "a en, b en, c site"),
    ] {
        let language = languages.language(&tag(lang));
        let texts: Vec<_> = ["a", "b", "c"].map(|key| language.text(key, &[]).unwrap()).into();
        assert_eq!(texts.join(", "), expected, "{lang}");
        assert!(language.text("d", &[]).is_err(), "{lang}");
        // Japanese has one plural form, the English text that stands in for it two.
        let one = language.text("n", &[("n", 1.into())]);
        assert_eq!(one.as_deref(), Ok("one"), "{lang}");
        assert_eq!(language.keys(), ["a", "b", "c", "n"], "{lang}");
    }
}

#[test]
fn dates_and_lists_keep_the_page_language() {
    let languages = Languages::new(&[(tag("en"), ENGLISH)]).unwrap();
    for (lang, expected) in [
        ("en-GB", "Home | 1 July 2025 | A and B | 1,234.5"),
        ("de", "Home | 1. Juli 2025 | A und B | 1.234,5"),
        ("ja", "Home | 2025年7月1日 | A、B | 1,234.5"),
    ] {
        let language = languages.language(&tag(lang));
        let all = [
            language.text("home", &[]).unwrap(),
            language.dates.day(date(2025, 7, 1)).into(),
            language.lists.and(&["A", "B"]).into(),
            language.numbers.number("1234.5").unwrap().into(),
        ];
        assert_eq!(all.join(" | "), expected);
        assert_eq!(language.tag, tag(lang));
    }
}

#[test]
fn one_language_serves_all_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let languages = Languages::new(&[(tag("en"), ENGLISH)]).unwrap();
    shared(&languages);
    shared::<Language>(&languages.language(&tag("de")));
    let again = languages.language(&tag("de"));
    assert!(std::sync::Arc::ptr_eq(&again, &languages.language(&tag("DE"))));
}

#[test]
fn a_text_of_the_program_is_parsed_when_a_page_needs_it() {
    let built_in = vec![(tag("en"), "a = a en"), (tag("de"), "a = a de"), (tag("fr"), "a = a fr")];
    let languages = Languages::over(built_in, &[(tag("fr"), "b = b site")]).unwrap();
    let text = |lang: &str, key: &str| languages.language(&tag(lang)).text(key, &[]).unwrap();
    assert_eq!(&*text("ja", "a"), "a en");
    assert_eq!(&*text("fr-CA", "a"), "a fr");
    assert_eq!(&*text("fr", "b"), "b site");
    let parsed = |at: usize| languages.built_in[at].messages.get().is_some();
    assert_eq!([parsed(0), parsed(1), parsed(2)], [true, false, true]);
}

#[test]
fn mistakes_name_their_source() {
    let sources = [(tag("en"), "a = A"), (tag("de"), "a = { b }"), (tag("fr"), "b B\nc = { d }")];
    let errors = Languages::new(&sources).unwrap_err();
    let shown: Vec<_> = errors
        .iter()
        .map(|error| (error.source, error.error.range.clone(), error.error.message.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (1, 6..7, "no `b` in this file"),
            (2, 2..3, "expected `=`"),
            (2, 10..11, "no `d` in this file"),
        ]
    );
}

#[test]
fn every_english_message_has_text() {
    let messages = Messages::new(LangTag::english(), ENGLISH).unwrap();
    assert!(messages.keys().count() > 100);
    for key in messages.keys() {
        let variables = messages.variables(key).unwrap();
        for arg in [Arg::Text("x"), Arg::Number(1.0), Arg::Number(2.0)] {
            let args: Vec<_> = variables.iter().map(|name| (name.as_str(), arg)).collect();
            let text = messages.get(key, &args).unwrap();
            assert!(!text.is_empty() && !text.contains(['{', '}', '\n']), "{key}: {text}");
        }
        let kebab = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        assert!(key.split('-').all(kebab), "{key} is not in kebab case");
    }
}

#[test]
fn counts_choose_their_form() {
    let source =
        "count = { $count ->\n    [one] { $count } person\n   *[other] { $count } people\n }";
    let messages = Messages::new(LangTag::english(), source).unwrap();
    for (count, expected) in [(0, "0 people"), (1, "1 person"), (1240, "1,240 people")] {
        let text = messages.get("count", &[("count", count.into())]);
        assert_eq!(text.as_deref(), Ok(expected));
    }
}

/// No page fails for its language, whatever CLDR has of it.
#[test]
fn every_tag_of_two_letters_can_be_asked_for() {
    let letters = || (b'a'..=b'z').map(char::from);
    for (one, two) in letters().flat_map(|one| letters().map(move |two| (one, two))) {
        for region in ["", "-BR", "-TW", "-001"] {
            let Some(tag) = LangTag::parse(&format!("{one}{two}{region}")) else { continue };
            let day = jiff::civil::date(2025, 6, 20);
            let dates = Dates::new(&tag);
            assert!(dates.day(day).chars().count() > 4, "{}", tag.as_str());
            assert!(!dates.date_time(day.at(15, 5, 0, 0)).is_empty());
            assert!(Numbers::new(&tag).number("1234.5").is_some());
            assert_eq!(Lists::new(&tag).and(&["A"]), "A");
            assert!(!Collation::new(&tag).key("A").is_empty());
        }
    }
}
