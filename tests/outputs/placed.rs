//! Sections of an article that its text places.

use briefing::source::Memory;

use super::{load, text, texts};

const FRONT: &str = "---\ntitle: Placed\npublished: 2025-07-01\nkey_points: [They met.]\n\
players:\n  - {player: borea, position: 'Waits.[^one]'}\n\
events:\n  - {date: 2025-06-25, name: The talks}\n\
faq:\n  - {q: Why?, a: 'Because.[^two]'}\n\
facts: {cost: {value: 8, unit: ships}}\n\
sources: [{id: one, title: One}, {id: two, title: Two}, {id: three, title: Three}]\n---\n";

fn site(body: &str) -> Memory {
    let mut site = Memory::new();
    let settings = "title: Small\nbase_url: https://example.org/\nmarkdown: true\n\
                    languages: {en: {}, de: {title: Klein}}\ncontent_trust: trusted\n";
    site.write("content/site.yaml", settings);
    site.write("content/players/borea.md", "---\nname: Borea\nkind: country\n---\n");
    site.write("content/articles/a.md", format!("{FRONT}{body}"));
    // What a reference to it leads to.
    site.write("content/players/timeline.md", "---\nname: The Timeline\nkind: organisation\n---\n");
    site
}

/// The headings of the page, and the words of its text, in their order.
fn order(site: &Memory, path: &str) -> Vec<String> {
    let page = text(&load(site), path).unwrap_or_else(|| panic!("no {path}"));
    texts(&page, "article h2:not([id=b-contents]), article .text > p")
}

const TEXT: &str = "First of [[fact:cost]].[^three]\n\n[[players]]\n\nSecond Borea.[^two]\n\n## A\n\nIn A.\n\n\
                    [[timeline]]\n[[questions]]\n\n## B\n\nIn B.[^note]\n\n[^note]: A note.\n";

#[test]
fn a_section_stands_where_the_text_places_it() {
    let page = text(&load(&site(TEXT)), "articles/a/index.html").unwrap();
    let order = texts(&page, "article h2:not([id=b-contents]), article .text > p");
    let expected = [
        "Key points",
        "First of 8\u{a0}ships.[1]",
        "Key players",
        "Second Borea.[3]",
        "A",
        "In A.",
        "Timeline",
        "Questions and answers",
        "Because.[3]",
        "B",
        "In B.1",
        "Figures on this page",
        "Sources",
        "About this page",
    ];
    assert_eq!(order, expected);
    // Citations are numbered as a reader meets them: that of the section before the text behind it.
    assert_eq!(texts(&page, "[aria-labelledby=b-players] .cite").concat(), "[2]");
    // Each section is a part of the page, not of the text, and stands there once.
    assert_eq!(texts(&page, ".text section, .text h2#b-players"), [""; 0]);
    for once in ["b-players", "b-timeline", "b-questions", "b-figures", "b-sources"] {
        assert_eq!(page.matches(&format!("id=\"{once}\"")).count(), 1, "{once}");
    }
    let contents = ["Key players", "A", "Timeline", "Questions and answers", "B", "Sources"];
    assert_eq!(texts(&page, ".contents-list a"), contents);
}

#[test]
fn elsewhere_a_link_leads_to_the_section() {
    let loaded = load(&site(TEXT));
    for path in ["feed.xml", "feed.json", "articles/a/index.md"] {
        let all = text(&loaded, path).unwrap_or_else(|| panic!("no {path}"));
        for word in ["Second ", "In A.", "In B."] {
            assert_eq!(all.matches(word).count(), 1, "{word} in {path}: {all}");
        }
        assert!(!all.contains("[["), "{path}: {all}");
        // Where a section stood is a link to the page by its name.
        let at = |word: &str| all.find(word).unwrap_or_else(|| panic!("{word} in {path}: {all}"));
        assert!(at("In A.") < at("Timeline") && at("Timeline") < at("In B."), "{path}: {all}");
        assert!(
            all[at("Key players") - 60..].contains("https://example.org/articles/a/"),
            "{path}: {all}"
        );
        assert!(all.matches("Because.").count() <= 1, "{path}: {all}");
    }
}

/// What begins or ends with a section has no empty run of text, and figures keep their notes.
#[test]
fn a_text_of_sections_alone() {
    let page =
        text(&load(&site("[[timeline]]\n\n[[key_points]]\n")), "articles/a/index.html").unwrap();
    assert_eq!(texts(&page, "article .text").len(), 2, "the text, and an answer");
    let headings = texts(&page, "article h2");
    let at = |heading: &str| headings.iter().position(|found| found == heading).expect(heading);
    assert!(at("Timeline") < at("Key points") && at("Key points") < at("Key players"));
    let page =
        text(&load(&site("[[timeline]]\n\nOf [[fact:cost]].\n")), "articles/a/index.html").unwrap();
    assert_eq!(texts(&page, "article .with-margin > .text"), ["Of 8\u{a0}ships."]);
    assert_eq!(texts(&page, "#b-figures"), ["Figures on this page"]);
}

/// Inside other blocks, and on other pages, it is a reference.
#[test]
fn what_places_no_section() {
    for body in [
        "- [[timeline]]\n",
        "> [[timeline]]\n",
        "[[timeline]] and more\n",
        "[[timeline|x]]\n",
        "<div>\n\n[[timeline]]\n\n</div>\n",
        "[^a]\n\n[^a]: [[timeline]]\n",
        "`[[timeline]]`\n",
    ] {
        let order =
            order(&site(&format!("{body}\n[[sources]]\n\nEnd.\n")), "articles/a/index.html");
        let at = |heading: &str| order.iter().position(|found| found == heading).expect(heading);
        assert!(at("Sources") < at("Timeline") && at("End.") < at("Timeline"), "{body}: {order:?}");
    }
    let behind = "<div>\n\nx\n\n</div>\n<br>\n\n[[timeline]]\n\nEnd.\n";
    let order = order(&site(behind), "articles/a/index.html");
    let at = |heading: &str| order.iter().position(|found| found == heading).expect(heading);
    assert!(at("Timeline") < at("End."), "{order:?}");
}

/// A translation places what its own text places.
#[test]
fn a_translation_has_its_own_places() {
    let mut site = site(TEXT);
    site.write(
        "content/articles/a.de.md",
        "---\ntitle: Gesetzt\n---\nEins.\n\n[[timeline]]\n\nZwei.\n",
    );
    let found = order(&site, "de/articles/a/index.html");
    let at = |text: &str| {
        found.iter().position(|one| one == text).unwrap_or_else(|| panic!("{text}: {found:?}"))
    };
    assert!(at("Eins.") < at("Chronik") && at("Chronik") < at("Zwei."));
}
