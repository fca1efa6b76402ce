//! Languages change under an engine that remembers: it gives what a fresh one gives.

use std::collections::BTreeMap;

use briefing::engine::{Engine, Reason};
use briefing::source::Memory;

use crate::edit::Editor;
use crate::small::{Plan, site};
use crate::{all, equal};

const JAPAN: &str = "content/players/japan.md";
const SETTINGS: &str = "content/site.yaml";

/// A site with texts in three languages, and an engine that loads it after each edit.
struct Site {
    files: Memory,
    engine: Engine,
}

impl Site {
    fn new() -> Self {
        let mut files = site(&Plan { articles: 1, names: vec![0] });
        files.write(JAPAN, player("{en: Japan, ja: 日本}"));
        for (name, lang, text) in [
            ("plain", "", "Le Japan, Japan and 日本 met. M. Japan left with Japon."),
            ("french", "lang: fr\n", "Le Japon et Le Japan partent.\n\n## Deux\n\nReste Japan."),
            ("japanese", "lang: ja\n", "日本は投票した。Japan。"),
        ] {
            let page = format!("---\ntitle: Text\n{lang}---\n\n{text}\n");
            files.write(&format!("content/articles/{name}.md"), page);
        }
        Self { files, engine: Engine::new() }
    }

    /// Loads the site, holds it against a fresh build, and returns which names were found again.
    fn load(&mut self) -> Vec<String> {
        let options = Editor::new(self.files.clone()).options;
        let kept = self.engine.load(&self.files, options.clone());
        let named =
            kept.trace().named.iter().map(|(path, _)| path.file_name().to_owned()).collect();
        let kept = all(&kept, &self.files);
        equal(&kept, &all(&Engine::new().load(&self.files, options), &self.files)).unwrap();
        named
    }
}

fn player(name: &str) -> String {
    format!("---\nname: {name}\nkind: country\n---\n")
}

fn settings(more: &str) -> String {
    format!("title: Languages\nbase_url: https://example.org/\n{more}")
}

#[test]
fn of_names_by_language() {
    let mut site = Site::new();
    site.load();
    for name in [
        "{en: Japan, ja: 日本, fr: Japon}",
        "{en: Nippon, ja: 日本, fr: Japon}",
        "{en: Nippon, ja: 日本国, fr: Japon}",
        "{en: Nippon, fr: Japon}",
        "Japan",
        "{ja: 日本}",
        "{en: Japan, ja: 日本}",
    ] {
        site.files.write(JAPAN, player(name));
        site.load();
    }
}

#[test]
fn of_aliases_by_language() {
    let mut site = Site::new();
    site.load();
    for alias in
        ["Japon", "{text: Japon, lang: fr}", "{text: Japon, lang: ja}", "{text: 日本, lang: fr}"]
    {
        site.files.write(JAPAN, format!("---\nname: Japan\naliases: [{alias}]\n---\n"));
        site.load();
    }
}

#[test]
fn of_a_site_that_is_read_in_another() {
    let mut site = Site::new();
    for lang in ["", "lang: fr\n", "lang: ja\n", "lang: fr-CA\n", "lang: it\n", "lang: en\n"] {
        site.files.write(SETTINGS, settings(lang));
        site.load();
    }
}

#[test]
fn of_translations_that_say_a_name() {
    const TRANSLATION: &str = "content/players/japan.ja.md";
    let mut site = Site::new();
    site.files.write(JAPAN, player("Japan"));
    site.files.write(SETTINGS, settings("languages: {en: {}, ja: {}}\n"));
    site.load();
    for front in [
        "name: 日本",
        "name: 日本国\naliases: [日本]",
        "name: 日本国",
        "summary: 日本",
        "name: 日本\nstatus: draft",
        "name: 日本",
    ] {
        site.files.write(TRANSLATION, format!("---\n{front}\n---\n"));
        site.load();
    }
    site.files.write(SETTINGS, settings("languages: {ja: {}, en: {}}\n"));
    site.load();
    site.files.write(JAPAN, player("{en: Japan, ja: 日の本}"));
    site.load();
    site.files.write(SETTINGS, settings("lang: ja\n"));
    site.load();
    site.files.remove(TRANSLATION);
    site.load();
}

#[test]
fn of_translations_that_move() {
    let mut site = Site::new();
    site.files.write(JAPAN, player("Japan"));
    site.files.write("content/players/other.md", player("日本"));
    site.files.write(SETTINGS, settings("languages: {en: {}, ja: {}}\n"));
    for path in ["content/players/japan.ja.md", "content/players/sub/japan.ja.md"] {
        site.files.write(path, "---\nname: Nihon\naliases: [日本]\n---\n");
        site.load();
        site.files.remove(path);
    }
}

#[test]
fn of_words_that_the_site_adds() {
    let mut site = Site::new();
    for (words, named) in [
        ("", 0),
        ("words: {fr: {beginnings: [reste]}}\n", 1),
        ("words: {fr: {beginnings: [rester]}}\n", 1),
        ("words: {fr: {beginnings: [reste]}, en: {titles: [m]}}\n", usize::MAX),
        ("words: {en: {titles: [m]}}\n", 1),
        ("words: {en: {titles: [m]}, ja: {particles: [だ]}}\n", 1),
        ("words: {en: {titles: [m]}, ja: {particles: [な]}}\n", usize::MAX),
        ("", usize::MAX),
    ] {
        site.files.write(SETTINGS, settings(words));
        let found = site.load();
        assert!(matches!(named, 0 | usize::MAX) || found.len() == named, "{words}: {found:?}");
    }
}

#[test]
fn a_name_in_one_language_concerns_texts_in_it_alone() {
    let mut site = Site::new();
    site.files.write(SETTINGS, settings(""));
    site.load();
    site.files.write(JAPAN, player("{en: Japan, ja: 日本国}"));
    assert_eq!(site.load(), ["japanese.md", "japan.md"]);
}

/// The site's language decides the title of a player with names by language, and the quotation marks of every file that
/// says no language of its own.
#[test]
fn what_depends_on_the_language_of_the_site_is_parsed_again() {
    let mut site = Site::new();
    site.files.write(SETTINGS, settings(""));
    site.load();
    site.files.write(SETTINGS, settings("lang: ja\n"));
    let options = Editor::new(site.files.clone()).options;
    let loaded = site.engine.load(&site.files, options);
    let parsed: BTreeMap<_, _> = loaded.trace().parsed.iter().cloned().collect();
    assert!(parsed.values().all(|why| *why == Reason::Language), "{parsed:?}");
    let (mut own, mut others) = (0, 0);
    for (document, _) in loaded.documents() {
        let has_own = document.summary.lang.is_some() || document.summary.edition.is_some();
        assert_eq!(parsed.contains_key(&document.path), !has_own, "{}", document.path);
        *if has_own { &mut own } else { &mut others } += 1;
    }
    assert!(own > 0 && others > 0, "{own} pages say their language, {others} do not");
    let page = loaded.documents().find(|(document, _)| document.path.as_str() == JAPAN).unwrap();
    assert_eq!(&*page.0.summary.title, "日本");
}
