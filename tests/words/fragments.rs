//! The language of every fragment. In the site of `fragments.txt` each language has letters of its own, so that the
//! letters of a text say which language it is in: the language that the page says of it is held against them, and so is
//! the direction.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node, node::Element};

use super::support::SiteTest;

const SITE: &str = include_str!("fragments.txt");

/// The language whose letters a letter is one of; none for a sign.
fn language_of(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | 'À'..='ɏ' => "en",
        'Ͱ'..='Ͽ' | 'ἀ'..='῿' => "el",
        // In the scripts of several languages, where no country tells which it is.
        'Ѐ'..='ӿ' => "und-Cyrl",
        '؀'..='ۿ' if c.is_alphabetic() => "ar",
        'ぁ'..='ヿ' | '一'..='鿿' => "ja",
        '가'..='힣' => "ko",
        _ => return None,
    })
}

/// The languages whose letters a text has, each once. Addresses, acronyms and names of formats are in none.
fn languages(text: &str) -> Vec<&'static str> {
    let mut all = BTreeSet::new();
    for word in text.split_whitespace().filter(|word| !word.contains("://")) {
        // A letter of another alphabet ends a run: `ISOコード`.
        let is_latin = |c: char| language_of(c) == Some("en");
        let formats = ["Wikidata", "Atom", "Feed", "Popolo", "Schema"];
        let runs = word.split(|c| !is_latin(c)).filter(|run| !formats.contains(run));
        all.extend(runs.filter(|run| run.contains(char::is_lowercase)).map(|_| "en"));
        all.extend(word.chars().filter(|c| !is_latin(*c)).filter_map(language_of));
    }
    all.into_iter().collect()
}

/// What stands in an attribute of the nearest element that has it.
fn nearest<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let around = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(element).chain(around).find_map(|at| {
        let value = at.value().attr(name);
        // What it is without one is for the style sheet to say: `.ci/browser` looks there.
        value.or((name == "dir" && at.value().name() == "bdi").then_some("auto"))
    })
}

/// What is wrong with a text that stands in an element.
fn fault(element: ElementRef<'_>, text: &str) -> Option<String> {
    let lang = nearest(element, "lang").unwrap_or_default();
    // A line of a bibliography has words of its style and of what it cites; a link with a label is not read by its text.
    // Names of files are words of no language.
    if lang == "mul" || lang == "zxx" || element.value().attr("aria-label").is_some() {
        return None;
    }
    let [language] = languages(text)[..] else {
        let all = languages(text).join(" and ");
        return (!all.is_empty()).then(|| format!("{all} in one text"));
    };
    if lang != language {
        return Some(format!("{language} marked as {lang}"));
    }
    let dir = nearest(element, "dir").unwrap_or_default();
    let wanted = if language == "ar" { "rtl" } else { "ltr" };
    (dir != wanted && dir != "auto").then(|| format!("{language} set {dir}"))
}

/// The texts of a page that are in another language than their element says, or run in another direction.
fn faults(path: &str, page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let mut faults = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Text(text) => {
                let Some(element) = node.parent().and_then(ElementRef::wrap) else { continue };
                if ["style", "script", "title"].contains(&element.value().name()) {
                    continue;
                }
                let fault = fault(element, text);
                let line = |fault| format!("{path}: {fault}: {}", text.trim());
                faults.extend(fault.map(line));
            }
            Node::Element(element) => {
                let Some(at) = ElementRef::wrap(node) else { continue };
                for (name, text) in texts_of(element) {
                    let line = |fault| format!("{path}: {name}: {fault}: {text}");
                    faults.extend(fault(at, text).map(line));
                }
            }
            _ => {}
        }
    }
    faults
}

/// The attributes of an element that are read out.
fn texts_of(element: &Element) -> impl Iterator<Item = (&str, &str)> {
    element.attrs().filter(|(name, _)| ["alt", "title"].contains(name))
}

/// The texts of a calendar that are in another language than they say, or than its folder does.
fn faults_of_calendar(path: &str, calendar: &str) -> Vec<String> {
    let own = ["ja", "ar"].into_iter().find(|lang| path.starts_with(&format!("{lang}/")));
    let fault = |line: &str| {
        let (property, text) = line.split_once(':')?;
        let (name, lang) =
            property.split_once(";LANGUAGE=").unwrap_or((property, own.unwrap_or("en")));
        let is_of_event = ["SUMMARY", "LOCATION"].contains(&name);
        let is_wrong = is_of_event && languages(text) != [lang];
        is_wrong.then(|| format!("{path}: {line}"))
    };
    calendar.replace("\r\n ", "").lines().filter_map(fault).collect()
}

/// Articles that name a player in so many places that its lists go on: one in the language of the site, and one in another.
fn crowd() -> String {
    let article = |day: usize| {
        format!(
            "//- /content/articles/day-{day}.md\n---\ntitle: A day at sea\npublished: 2025-03-{day:02}\ntopics: [trade]\n\
             players: [{{player: harbour, position: Waits.}}, {{player: volkov, position: Waits.}}]\n\
             events: [{{date: 2025-03-{day:02}, name: The tide of {day}, players: [harbour, volkov]}}]\n\
             facts: {{tide-{day}: {{value: 1, of: A tide, about: harbour}}, wave-{day}: {{value: 1, of: A wave, about: volkov}}}}\n\
             faq: [{{q: Who waits?, a: '[[harbour]] and [[volkov]].'}}]\n---\nFor [[harbour]] and [[volkov]].\n"
        )
    };
    (1..=30).map(article).collect()
}

#[test]
fn every_text_is_in_the_language_that_its_page_says() {
    let site = SiteTest::new(&[SITE, &crowd()].concat());
    site.build(&[]).expect(0);
    let output = site.output();
    let mut all = Vec::new();
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".html")) {
        all.extend(faults(path, std::str::from_utf8(bytes).expect("a page is UTF-8")));
    }
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".ics")) {
        let calendar = std::str::from_utf8(bytes).expect("a calendar is UTF-8");
        all.extend(faults_of_calendar(path, calendar));
    }
    for kind in ["mentions", "positions", "questions", "timeline", "figures"] {
        for of in ["players/volkov", "ar/players/harbour"] {
            let path = format!("{of}/{kind}/page/1/index.html");
            assert!(output.contains_key(&path), "a list that goes on: {path}");
        }
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}
