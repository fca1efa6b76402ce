//! Every key of every kind: what a translation without it has, and what one that leaves it empty has.

use serde_json::Value;

use super::translation;
use crate::base::{EntityId, SourcePath};
use crate::content::document::{Document, Summary};
use crate::content::kind::{Identity, Kind};
use crate::content::parse;
use crate::lang::LangTag;
use crate::yaml;

/// Keys with a value, by the folders of the kinds that have them.
const INHERITED: &[(&str, &str)] = &[
    ("articles players faq topics pages", "slug: elsewhere"),
    ("articles players faq topics pages", "status: withdrawn"),
    ("articles players faq topics pages", "reviewed: 2025-01-01"),
    ("articles players faq topics pages", "review_every: 30d"),
    ("articles players faq topics pages", "owner: Ann"),
    ("articles players faq topics pages", "sources: [{id: a, title: A}]"),
    ("articles players faq topics pages", "extra: {a: 1}"),
    ("articles players faq topics pages", "image: /a.png"),
    ("articles pages", "updated: 2025-01-02"),
    ("articles", "expires: 2100-01-01"),
    ("articles", "authors: [{name: Ann, url: https://ann.example/}]"),
    ("articles", "genre: opinion"),
    ("articles", "players: [a, {player: b, side: a}]"),
    ("articles", "facts: {a: {value: 3}}"),
    ("articles", "events: [{date: 2025-01-01, name: E, players: [a]}]"),
    ("articles", "faq: [common]"),
    ("articles", "autolink: off"),
    ("articles", "figures: [a, b]"),
    ("articles", "order: [figures, text]"),
    ("articles faq", "topics: [a]"),
    ("faq", "about: [a]"),
    ("faq", "article: a"),
    ("topics", "parent: a"),
    ("topics", "order: 3"),
    ("topics", "featured: [a]"),
    ("players", "kind: country"),
    ("players", "aliases: [A]"),
    ("players", "never: [A b]"),
    ("players", "wikidata: Q17"),
    ("players", "ids: {a: b}"),
    ("players", "links: [https://a.example/]"),
    ("players", "relations: [{to: a}]"),
    ("players", "autolink: false"),
    ("players", "family_name: A"),
    ("players", "given_name: A"),
    ("players", "name_order: family-first"),
    ("players", "native_name: A"),
    ("players", "titles: [A]"),
    ("players", "posts: [{title: A}]"),
    ("players", "party: a"),
    ("players", "country: a"),
    ("players", "born: 1960"),
    ("players", "died: 2000"),
    ("players", "abbr: A"),
    ("players", "parent: a"),
    ("players", "founded: 1960"),
    ("players", "dissolved: 2000"),
    ("players", "head: a"),
    ("players", "iso: JP"),
    ("players", "capital: a"),
    ("players", "metonyms: [A]"),
];

/// Texts, which stay empty, and what is of one file alone.
const OWN: &[(&str, &str)] = &[
    ("articles players faq topics pages", "summary: A."),
    ("articles players faq topics pages", "redirect_from: /old/"),
    ("articles", "dateline: Porto"),
    ("articles", "key_points: [A]"),
    ("articles", "faq: [{q: Why?, a: So.}]"),
    ("articles players faq topics pages", "changes: [{date: 2025-01-01, note: A}]"),
    ("players", "classification: ministry"),
    ("players", "demonym: Boreans"),
];

/// What decides together with another key, or who sees the page: tested on their own.
const APART: [&str; 5] = ["title", "name", "lang", "published", "withdrawal"];

fn page(path: &str, front: &str) -> Document {
    let path = SourcePath::new(path);
    let identity = Identity::of(&path).expect("the path of a page");
    let page = parse::page(&path, &identity, &format!("---\n{front}\n---\n"), false, "en");
    assert_eq!(page.diagnostics, [], "{front}");
    page
}

/// A page, and its translation with another front matter.
fn pair(folder: &str, front: &str, translated: &str) -> (Document, Document) {
    let title = if folder == "players" { "name: T" } else { "title: T" };
    let original = page(&format!("content/{folder}/a.md"), &format!("{title}\n{front}"));
    let own = page(&format!("content/{folder}/a.ja.md"), &format!("{title}\n{translated}"));
    let ja = LangTag::parse("ja");
    let made = translation(&own, ja.as_ref(), Some(&original));
    (original, made)
}

/// A page without what every translation has of its own.
fn shown(document: &Document) -> (Value, String) {
    let own = (*document.summary).clone();
    let summary = Summary { lang: None, edition: None, inherited: Vec::new(), ..own };
    let body = format!("{:?}", document.body);
    (serde_json::to_value(&summary).expect("a summary is a value"), body)
}

fn rows(table: &'static [(&str, &str)]) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.iter().flat_map(|(folders, row)| folders.split(' ').map(move |folder| (folder, *row)))
}

#[test]
fn what_a_translation_does_not_say_is_that_of_the_page() {
    for (folder, row) in rows(INHERITED) {
        let (original, made) = pair(folder, row, "");
        assert_eq!(shown(&made), shown(&original), "{folder}: {row}");
        let key = row.split(':').next().expect("a row has a key");
        let (_, emptied) = pair(folder, row, &format!("{key}:"));
        let (without, _) = pair(folder, "", "");
        assert_eq!(shown(&emptied), shown(&without), "{folder}: {row}, emptied");
        let (_, own) = pair(folder, "", row);
        assert_eq!(shown(&own), shown(&original), "{folder}: {row}, of its own");
    }
}

#[test]
fn texts_are_those_of_their_file() {
    for (folder, row) in rows(OWN) {
        let (_, made) = pair(folder, row, "");
        let (without, _) = pair(folder, "", "");
        let (made, without) = (shown(&made), shown(&without));
        // The date of a change is no text.
        match row.starts_with("changes") {
            true => assert_eq!(made.1, without.1, "{folder}: {row}"),
            false => assert_eq!(made, without, "{folder}: {row}"),
        }
    }
}

/// A new key needs a row in one of the tables.
#[test]
fn every_key_is_in_a_table() {
    use crate::content::raw::{RawArticle, RawFaq, RawPage, RawPlayer, RawTopic};
    for kind in Kind::ALL {
        let fields = match kind {
            Kind::Article => yaml::fields::<RawArticle>(),
            Kind::Player => yaml::fields::<RawPlayer>(),
            Kind::Faq => yaml::fields::<RawFaq>(),
            Kind::Topic => yaml::fields::<RawTopic>(),
            Kind::Page => yaml::fields::<RawPage>(),
        };
        let rows: Vec<&str> = rows(INHERITED)
            .chain(rows(OWN))
            .filter(|(folder, _)| *folder == kind.folder())
            .filter_map(|(_, row)| row.split(':').next())
            .chain(APART)
            .collect();
        let keys = fields.iter().map(|field| field.path.as_str());
        let keys = keys.filter(|key| !key.contains(['.', '[']));
        let missing: Vec<&str> = keys.filter(|key| !rows.contains(key)).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{}", kind.folder());
    }
}

#[test]
fn a_picture_has_the_texts_of_the_translation() {
    let picture = "image: {src: /a.png, alt: A, credit: Ann, caption: C}";
    let of = |translated: &str| {
        let (_, made) = pair("articles", picture, translated);
        let image = made.summary.image.clone();
        (image.map(|image| (image.alt.to_string(), image.credit)), made.body.caption.is_empty())
    };
    let credit = |name: &str| Some(name.into());
    assert_eq!(of(""), (Some((String::new(), credit("Ann"))), true));
    assert_eq!(of("image: {alt: B}"), (Some(("B".into(), credit("Ann"))), true));
    assert_eq!(of("image: {caption: D, credit: Bo}"), (Some((String::new(), credit("Bo"))), false));
    assert_eq!(of("image:"), (None, true));
}

#[test]
fn a_role_keeps_no_text_and_an_author_no_line() {
    let roles = "players: [{player: a, role: host, position: For., source: s}]\nsources: [{id: s, title: S}]\n\
                 authors: [{name: Ann, bio: Writes.}]";
    let without = "players: [a]\nsources: [{id: s, title: S}]\nauthors: [{name: Ann}]";
    let (_, made) = pair("articles", roles, "");
    let (expected, _) = pair("articles", without, "");
    assert_eq!(shown(&made), shown(&expected));
}

#[test]
fn a_withdrawal_keeps_no_reason() {
    let of = |translated: &str| {
        let withdrawn =
            "status: withdrawn\nwithdrawal: {date: 2025-01-01, reason: Wrong., successor: b}";
        let (_, made) = pair("articles", withdrawn, translated);
        let own = made.summary.withdrawal.as_deref().cloned().unwrap_or_default();
        (own.date.is_some(), own.reason, own.successor)
    };
    assert_eq!(of(""), (true, None, EntityId::new("b").ok()));
    assert_eq!(of("withdrawal: {reason: 誤り}"), (false, Some("誤り".into()), None));
    assert_eq!(of("withdrawal:"), (false, None, None));
}

#[test]
fn a_translation_knows_whose_words_it_has() {
    let of = |folder: &str, front: &str, translated: &str, key: &'static str| {
        let (original, made) = pair(folder, front, translated);
        assert_eq!(original.summary.inherited, [""; 0]);
        made.summary.inherited.contains(&key)
    };
    let events = "events: [{date: 2025-01-01, name: E}]";
    assert!(of("articles", events, "", "events"));
    assert!(!of("articles", events, "events:", "events"));
    // The name of a picture's maker is what is left of its words.
    let picture = "image: {src: /a.png, alt: A, credit: Ann}";
    assert!(of("articles", picture, "image: {alt: B}", "image"));
    assert!(!of("articles", picture, "image: {alt: B, credit: Bo}", "image"));
    // A name is a title, and a page may have it in the language of the other.
    let inherited = |name: &str| {
        let original = page("content/players/a.md", name);
        let own = page("content/players/a.ja.md", "summary: S.");
        let made = translation(&own, LangTag::parse("ja").as_ref(), Some(&original));
        made.summary.inherited.contains(&"title")
    };
    assert!(inherited("name: T"));
    assert!(!inherited("name: {en: T, ja: た}"));
}

#[test]
fn neither_is_public_before_the_other() {
    let dates = |original: &str, own: &str| {
        let (_, made) = pair("articles", original, own);
        let summary = &made.summary;
        (summary.published, summary.not_before, summary.status)
    };
    let (original, own) = ("published: 2030-01-01", "published: 2020-01-01");
    let (published, not_before, _) = dates(original, own);
    assert_eq!(published.map(|date| date.to_string()).as_deref(), Some("2020-01-01"));
    assert_eq!(not_before.map(|date| date.to_string()).as_deref(), Some("2030-01-01"));
    assert_eq!(dates(original, "").1, None, "it has the date itself");
    assert_eq!(dates("status: draft", "status: published").2, super::Status::Draft);
    assert_eq!(dates("", "status: draft").2, super::Status::Draft);
}

#[test]
fn a_name_by_language_is_that_of_the_page() {
    let of = |translated: &str, has_original: bool| {
        let ja = LangTag::parse("ja");
        let original = page("content/players/a.md", "name: Pat");
        let mut own = page("content/players/a.ja.md", translated);
        // As on a site in English.
        super::local_names::apply(std::sync::Arc::make_mut(&mut own.summary), "en");
        let made = translation(&own, ja.as_ref(), Some(&original).filter(|_| has_original));
        let said = made.diagnostics.iter().map(|found| found.message.clone()).collect();
        (made.summary.title.to_string(), said)
    };
    let none = Vec::<String>::new();
    let names = "name: {en: Patty, ja: パトリック}";
    assert_eq!(of(names, true), ("パトリック".into(), none.clone()));
    assert_eq!(of(names, false), ("パトリック".into(), none.clone()));
    assert_eq!(of("name: {ja: サム}", false), ("サム".into(), none.clone()));
    assert_eq!(of("name: {ja: サム}", true), ("サム".into(), none));
    let missing = vec!["`name` has no entry for `ja`, the language of the file".to_string()];
    assert_eq!(of("name: {en: Patty}", true), ("Pat".into(), missing));
}

#[test]
fn an_update_before_the_translation_is_none() {
    let updated = |original: &str, own: &str| {
        let (_, made) = pair("articles", original, own);
        let codes: Vec<_> = made.diagnostics.iter().map(|found| found.code.as_str()).collect();
        (made.summary.updated.map(|date| date.to_string()), codes)
    };
    let original = "published: 2025-01-01\nupdated: 2025-03-01\nexpires: 2025-09-01";
    assert_eq!(updated(original, ""), (Some("2025-03-01".into()), vec![]));
    assert_eq!(updated(original, "published: 2025-02-01"), (Some("2025-03-01".into()), vec![]));
    assert_eq!(updated(original, "published: 2025-05-01"), (None, vec![]));
    assert_eq!(updated(original, "updated: 2024-05-01"), (None, vec!["date-order"]));
    assert_eq!(updated(original, "published: 2025-10-01"), (None, vec!["date-order"]));
}
