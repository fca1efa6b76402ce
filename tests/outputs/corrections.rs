//! The list of corrections, and its feed, read by a parser of XML. `.ci/feeds` reads it with a library of feed readers.

use briefing::source::Memory;
use roxmltree::Document;

use super::{load, text, texts};

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn article(site: &mut Memory, id: &str, more: &str) {
    let text =
        format!("---\ntitle: About {id}\npublished: 2025-01-01\n{more}---\n\n## Here\n\nText.\n");
    site.write(&format!("content/articles/{id}.md"), text);
}

fn site() -> Memory {
    let mut site = Memory::new();
    let settings = "title: Small\ntimezone: Asia/Tokyo\nbase_url: https://example.org:8443/sub/\n";
    site.write("content/site.yaml", settings);
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n");
    let changes = "changes:\n  - {date: 2025-03-01, kind: correction, note: 'See [this](#here) & [[ann]].', was: One., \
                   now: Two.}\n  - {date: 2025-03-02, note: An update.}\n  - {date: 2025-02, kind: clarification, \
                   note: 'Of a month, by Ann Ode.'}\n";
    article(&mut site, "a", changes);
    article(
        &mut site,
        "b",
        "status: withdrawn\nchanges: {date: 2025-04-01, kind: correction, note: All.}\n",
    );
    article(
        &mut site,
        "c",
        "status: draft\nchanges: {date: 2025-05-01, kind: correction, note: Hidden.}\n",
    );
    site
}

/// The text of an element below another.
fn of<'a>(node: roxmltree::Node<'a, '_>, name: &str) -> &'a str {
    let found = node.children().find(|node| node.has_tag_name((ATOM, name)));
    found.and_then(|node| node.text()).unwrap_or_default()
}

fn entries(feed: &str) -> Vec<[String; 3]> {
    let xml = Document::parse(feed).unwrap();
    let entries = xml.root_element().children().filter(|node| node.has_tag_name((ATOM, "entry")));
    entries.map(|entry| ["id", "updated", "title"].map(|name| of(entry, name).to_owned())).collect()
}

#[test]
fn each_correction_is_an_entry_with_its_whole_text() {
    let loaded = load(&site());
    let feed = text(&loaded, "corrections.xml").expect("a feed");
    let xml = Document::parse(&feed).unwrap();
    let root = xml.root_element();
    assert_eq!(root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some("en"));
    assert_eq!(of(root, "id"), "https://example.org:8443/sub/corrections.xml");
    assert_eq!(of(root, "title"), "Corrections – Small");
    assert_eq!(of(root, "updated"), "2025-03-31T15:00:00Z");
    let links = root.children().filter(|node| node.has_tag_name((ATOM, "link")));
    let links: Vec<_> = links.map(|link| (link.attribute("rel"), link.attribute("href"))).collect();
    assert_eq!(
        links,
        [
            (Some("self"), Some("https://example.org:8443/sub/corrections.xml")),
            (Some("alternate"), Some("https://example.org:8443/sub/corrections/")),
        ]
    );
    let tag = |rest: &str| format!("tag:example.org,{rest}");
    let expected = [
        [
            &tag("2025-04-01:sub/articles/b/correction/1"),
            "2025-03-31T15:00:00Z",
            "Correction: About b",
        ],
        [
            &tag("2025-03-01:sub/articles/a/correction/1"),
            "2025-02-28T15:00:00Z",
            "Correction: About a",
        ],
        [
            &tag("2025-02:sub/articles/a/clarification/1"),
            "2025-01-31T15:00:00Z",
            "Clarification: About a",
        ],
    ];
    assert_eq!(entries(&feed), expected);
    let contents: Vec<_> =
        xml.descendants().filter(|node| node.has_tag_name((ATOM, "content"))).collect();
    assert_eq!(contents[1].attribute("type"), Some("html"));
    assert_eq!(
        contents[1].text().unwrap(),
        "<p>See <a href=\"https://example.org:8443/sub/articles/a/#here\">this</a> &amp; \
         <a href=\"https://example.org:8443/sub/players/ann/\">Ann Ode</a>.</p>\
         <p><b>What was wrong</b><br>One.</p><p><b>What is right</b><br>Two.</p>"
    );
}

#[test]
fn an_entry_stays_what_it_is_when_titles_addresses_and_words_change() {
    let mut site = site();
    let before = entries(&text(&load(&site), "corrections.xml").unwrap());
    let changes = "slug: elsewhere\nchanges:\n  - {date: 2025-02, kind: clarification, note: Of a month by Ann.}\n  \
                   - {date: 2025-03-01, kind: correction, note: Otherwise.}\n";
    article(&mut site, "a", changes);
    let after = entries(&text(&load(&site), "corrections.xml").unwrap());
    assert_eq!(after, before);
}

#[test]
fn the_page_lists_what_is_public_with_its_pages() {
    let loaded = load(&site());
    let page = text(&loaded, "corrections/index.html").expect("a list");
    assert_eq!(texts(&page, "main h2"), ["About b", "About a", "About a"]);
    assert_eq!(texts(&page, "main .was-and-now dd"), ["One.", "Two."]);
    let article = text(&loaded, "articles/a/index.html").unwrap();
    assert_eq!(texts(&article, "header .label"), ["Correction", "Clarification"]);
    assert_eq!(texts(&article, ".updates .change-note"), ["An update."]);
    assert_eq!(texts(&article, ".dt-updated"), ["March 2, 2025"]);
}

#[test]
fn without_corrections_there_is_neither() {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nbase_url: https://example.org/\n");
    article(&mut site, "a", "changes: {date: 2025-03-01, note: An update.}\n");
    let loaded = load(&site);
    assert_eq!(text(&loaded, "corrections.xml"), None);
    assert_eq!(text(&loaded, "corrections/index.html"), None);
    assert!(!text(&loaded, "index.html").unwrap().contains("corrections"));
    // Nor is there a feed where nothing says where the site is.
    article(&mut site, "a", "changes: {date: 2025-03-01, kind: correction, note: One.}\n");
    site.write("content/site.yaml", "title: Small\n");
    let loaded = load(&site);
    assert_eq!(text(&loaded, "corrections.xml"), None);
    assert!(text(&loaded, "corrections/index.html").is_some());
}
