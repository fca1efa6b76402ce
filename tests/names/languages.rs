//! Names in texts of other languages. Each file in `languages/` has players, then cases.

use crate::cases::{self, Case, Wrap};
use crate::check;

const TABLES: [(&str, &str); 8] = [
    ("ar", include_str!("languages/ar.txt")),
    ("de", include_str!("languages/de.txt")),
    ("es", include_str!("languages/es.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("ja", include_str!("languages/ja.txt")),
    ("ko", include_str!("languages/ko.txt")),
    ("sv", include_str!("languages/sv.txt")),
    ("zh", include_str!("languages/zh.txt")),
];

/// The players and the cases of a file.
fn read(file: &'static str) -> (&'static str, Vec<Case>) {
    let (players, cases) = file.split_at(file.find("=== ").expect("a case"));
    (players, cases::read(cases))
}

#[test]
fn every_case_on_a_page_of_its_language() {
    check(TABLES.iter().flat_map(|(lang, file)| {
        let (players, cases) = read(file);
        assert!(cases.len() >= 10, "{lang}: only {} cases", cases.len());
        let cases = cases.into_iter().map(|case| case.in_language(lang));
        cases.filter_map(|case| case.differs(players, Wrap::Bare)).collect::<Vec<_>>()
    }));
}

#[test]
fn every_case_on_a_site_of_its_language() {
    check(TABLES.iter().flat_map(|(lang, file)| {
        let (players, cases) = read(file);
        let settings = format!("lang: {lang}\n");
        let differs = |case: Case| case.differs_on(players, Wrap::Bare, &settings);
        cases.into_iter().filter_map(differs).collect::<Vec<_>>()
    }));
}

#[test]
fn names_by_language() {
    let (players, cases) = read(include_str!("languages/names.txt"));
    check(cases.iter().filter_map(|case| case.differs(players, Wrap::Bare)));
}

#[test]
fn names_of_translations() {
    let (players, cases) = read(include_str!("languages/translations.txt"));
    let settings = "languages: {en: {}, ja: {}}\n";
    check(cases.iter().filter_map(|case| case.differs_on(players, Wrap::Bare, settings)));
}

/// Words that a site adds.
const WORDS: &str = "
words:
  fr: {titles: [préfet, Haut commissaire, vidame], beginnings: Nonobstant, heads: [fabrique]}
  fr-CA: {beginnings: [icitte]}
  ja: {particles: [なう], titles_after: [総裁代行]}
  it: {beginnings: [il], titles: [dottor]}
";

#[test]
fn words_of_a_site() {
    let (players, cases) = read(include_str!("languages/words.txt"));
    check(cases.iter().filter_map(|case| case.differs_on(players, Wrap::Bare, WORDS)));
}

#[test]
fn every_sentence_in_every_place() {
    check(TABLES.iter().flat_map(|(lang, file)| {
        let (players, cases) = read(file);
        let settings = format!("lang: {lang}\n");
        let sentences = cases.into_iter().filter(Case::is_a_sentence);
        let differs = |case: Case| {
            let places = [Wrap::Item, Wrap::Cell, Wrap::Answer].into_iter();
            let differ = places.filter_map(|wrap| case.differs_on(players, wrap, &settings));
            differ.collect::<Vec<_>>()
        };
        sentences.flat_map(differs).collect::<Vec<_>>()
    }));
}
