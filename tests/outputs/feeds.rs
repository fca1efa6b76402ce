//! The feeds of news, read by parsers of XML and JSON. `.ci/feeds` reads them with programs for readers of feeds.

use briefing::engine::{Engine, Now, Options};
use briefing::source::Memory;
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use super::{load, text};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const ARCHIVE: &str = "http://purl.org/syndication/history/1.0";

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let head = "title: Small\nlang: en\nbase_url: https://example.org/sub/\nauthors: The desk\n";
    site.write("content/site.yaml", format!("{head}{settings}"));
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n");
    site.write("content/players/bo.md", "---\nname: Bo Ek\n---\n");
    site.write("content/topics/war.md", "---\ntitle: War & peace\n---\n");
    article(&mut site, "vote", "authors: Cy Hill\ntopics: war\n", "See [there](#there), Ann Ode.");
    article(&mut site, "draft", "status: draft\n", "Ann Ode.");
    article(&mut site, "later", "expires: 2025-06-01\n", "Ann Ode.");
    article(
        &mut site,
        "gone",
        "status: withdrawn\nchanges: {date: 2025-05-05, note: No.}\n",
        "Ann Ode.",
    );
    site.write("content/articles/undated.md", "---\ntitle: Undated\n---\n\nAnn Ode.\n");
    site
}

fn article(site: &mut Memory, id: &str, more: &str, body: &str) {
    let front = format!("title: About {id}\npublished: 2025-05-01\n{more}");
    let page = format!(
        "---\n{front}---\n\n{body}\n\n## There\n\n![](/a.png)\n\n[^1] text\n\n[^1]: Note.\n"
    );
    site.write("static/a.png", "");
    site.write(&format!("content/articles/{id}.md"), page);
}

fn of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|node| node.has_tag_name((ATOM, name)))?.text()
}

fn links<'a>(node: Node<'a, '_>, rel: &str) -> Vec<&'a str> {
    let links = node.children().filter(|node| node.has_tag_name((ATOM, "link")));
    let links = links.filter(|link| link.attribute("rel") == Some(rel));
    links.filter_map(|link| link.attribute("href")).collect()
}

fn entries<'a, 'b>(feed: &'a Document<'b>) -> Vec<Node<'a, 'b>> {
    feed.root_element().children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect()
}

/// The ids and moments of the entries of a feed.
fn ids(site: &Memory, path: &str) -> Vec<(String, String)> {
    let feed = text(&load(site), path).expect("a feed");
    let feed = Document::parse(&feed).unwrap();
    let entry = |entry: Node<'_, '_>| {
        (of(entry, "id").unwrap().to_owned(), of(entry, "updated").unwrap().to_owned())
    };
    entries(&feed).into_iter().map(entry).collect()
}

const VOTE: &str = "tag:example.org,2025-05-01:sub/articles/vote";

#[test]
fn an_entry_has_the_whole_text_with_absolute_links() {
    let loaded = load(&site(""));
    let feed = text(&loaded, "feed.xml").expect("a feed");
    let feed = Document::parse(&feed).unwrap();
    let root = feed.root_element();
    assert_eq!(root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some("en"));
    assert_eq!(links(root, "self"), ["https://example.org/sub/feed.xml"]);
    assert_eq!(links(root, "alternate"), ["https://example.org/sub/"]);
    let [entry] = entries(&feed)[..] else { panic!("one page is public, listed and dated") };
    assert_eq!(of(entry, "id"), Some(VOTE));
    assert_eq!(of(entry, "title"), Some("About vote"));
    assert_eq!(of(entry, "updated"), Some("2025-05-01T00:00:00Z"));
    let author = entry.children().find(|node| node.has_tag_name((ATOM, "author"))).unwrap();
    assert_eq!(of(author, "name"), Some("Cy Hill"));
    let topic = entry.children().find(|node| node.has_tag_name((ATOM, "category"))).unwrap();
    assert_eq!(topic.attribute("label"), Some("War & peace"));
    let html = of(entry, "content").unwrap();
    for part in [
        "<a href=\"https://example.org/sub/articles/vote/#there\">there</a>",
        "<a href=\"https://example.org/sub/players/ann/\">Ann Ode</a>",
        "src=\"https://example.org/sub/a.png\"",
    ] {
        assert!(html.contains(part), "{html}");
    }
    for part in ["href=\"/", "href=\"#", "src=\"/", " id=\"", "footnote"] {
        assert!(!html.contains(part), "{part}: {html}");
    }
}

#[test]
fn a_note_is_a_new_entry_and_a_slip_put_right_is_none() {
    let mut site = site("");
    let before = ids(&site, "feed.xml");
    article(&mut site, "vote", "authors: Cy Hill\ntopics: war\n", "See [here](#there), Ann Ode.");
    assert_eq!(ids(&site, "feed.xml"), before);
    // Another title and address leave the id as it is.
    article(&mut site, "vote", "slug: ballot\n", "Text.");
    assert_eq!(ids(&site, "feed.xml"), before);
    article(&mut site, "vote", "updated: 2025-05-02\n", "Text.");
    assert_eq!(ids(&site, "feed.xml"), [(VOTE.into(), "2025-05-02T00:00:00Z".into())]);
    article(&mut site, "vote", "changes: {date: 2025-05-03, note: More.}\n", "Text.");
    let note = "tag:example.org,2025-05-03:sub/articles/vote/update/1";
    let changed = "2025-05-03T00:00:00Z";
    assert_eq!(
        ids(&site, "feed.xml"),
        [(note.into(), changed.into()), (VOTE.into(), changed.into())]
    );
}

#[test]
fn topics_and_named_players_have_feeds_of_their_own() {
    let site = site("");
    let vote = [(VOTE.to_owned(), "2025-05-01T00:00:00Z".to_owned())];
    assert_eq!(ids(&site, "topics/war/feed.xml"), vote);
    assert_eq!(ids(&site, "players/ann/feed.xml"), vote);
    let loaded = load(&site);
    assert_eq!(text(&loaded, "players/bo/feed.xml"), None);
    let page = text(&loaded, "players/ann/index.html").unwrap();
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Ann Ode\" href=\"/sub/players/ann/feed.xml\">"), "{page}");
    let page = text(&loaded, "players/bo/index.html").unwrap();
    assert_eq!(page.matches("application/atom+xml").count(), 1, "{page}");
}

#[test]
fn a_site_says_which_feeds_it_has() {
    let paths = ["feed.xml", "feed.json", "topics/war/feed.xml", "players/ann/feed.xml"];
    for (settings, there) in [
        ("feeds: all\n", [true, true, true, true]),
        ("feeds: topics\n", [true, true, true, false]),
        ("feeds: site\n", [true, true, false, false]),
        ("feeds: none\n", [false; 4]),
    ] {
        let loaded = load(&site(settings));
        assert_eq!(paths.map(|path| text(&loaded, path).is_some()), there, "{settings}");
        assert_eq!(text(&loaded, "feeds/index.html").is_some(), there[0]);
    }
}

#[test]
fn the_site_has_a_json_feed() {
    let feed = text(&load(&site("")), "feed.json").unwrap();
    let feed: Value = serde_json::from_str(&feed).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/sub/feed.json");
    assert_eq!(feed["items"][0]["id"], VOTE);
    assert_eq!(feed["items"][0]["tags"], json!(["War & peace"]));
    assert_eq!(feed["items"][0]["authors"], json!([{ "name": "Cy Hill" }]));
    assert!(feed["items"][0]["content_html"].as_str().unwrap().contains("Ann Ode"));
}

#[test]
fn archives_have_every_older_entry_and_stay_as_they_are() {
    let mut site = site("");
    for at in 0..120 {
        let date = format!("published: 20{:02}-01-01\ntopics: war\n", at / 12 + 10);
        let page = format!("---\ntitle: A {at}\n{date}---\n\nThe text of it.\n");
        site.write(&format!("content/articles/a{at:03}.md"), page);
    }
    // 121 entries: the newest 50, and two full archives.
    for folder in ["", "topics/war/"] {
        let loaded = load(&site);
        let mut found = std::collections::BTreeSet::new();
        let mut next = Some(format!("{folder}feed.xml"));
        let mut documents = 0;
        while let Some(path) = next.take() {
            let feed = text(&loaded, &path).expect("a document of the feed");
            let feed = Document::parse(&feed).unwrap();
            let root = feed.root_element();
            assert_eq!(entries(&feed).len(), 50, "{path}");
            assert_eq!(of(root, "id"), Some(&*format!("https://example.org/sub/{folder}feed.xml")));
            let is_archive = root.children().any(|node| node.has_tag_name((ARCHIVE, "archive")));
            assert_eq!(is_archive, documents > 0);
            assert_eq!(!links(root, "current").is_empty(), is_archive);
            found.extend(entries(&feed).iter().map(|entry| of(*entry, "id").unwrap().to_owned()));
            let before = links(root, "prev-archive");
            next = before.first().map(|url| url.replace("https://example.org/sub/", ""));
            documents += 1;
        }
        assert_eq!((documents, found.len()), (3, 121), "{folder}");
    }
    let archive = text(&load(&site), "feed-1.xml");
    assert!(archive.as_ref().unwrap().contains("<summary>The text of it.</summary>"));
    article(&mut site, "new", "", "Text.");
    assert_eq!(text(&load(&site), "feed-1.xml"), archive);
}

#[test]
fn a_language_has_feeds_of_its_own_pages() {
    let mut site = site("languages: {en: {}, ja: {title: 小}}\n");
    let page = "---\ntitle: 投票\n---\n\n本文。\n";
    site.write("content/articles/vote.ja.md", page);
    article(&mut site, "other", "", "Text.");
    let id = "tag:example.org,2025-05-01:sub/ja/articles/vote";
    assert_eq!(ids(&site, "ja/feed.xml"), [(id.into(), "2025-05-01T00:00:00Z".into())]);
    let feed = text(&load(&site), "ja/feed.xml").unwrap();
    assert!(feed.contains("xml:lang=\"ja\"") && feed.contains("本文"), "{feed}");
    assert_eq!(ids(&site, "feed.xml").len(), 2);
}

/// Readers subscribe at the hub that gets the pings of a target.
#[test]
fn the_hub_of_a_target_is_named() {
    let load = |hub: &str| {
        let now = Now::Day("2026-01-01".parse().unwrap());
        let options = Options { now, hub: Some(hub.into()), ..Options::default() };
        Engine::once().load(&site(""), options)
    };
    let loaded = load("https://hub.example/?a&b");
    let atom = text(&loaded, "feed.xml").unwrap();
    assert!(atom.contains("<link rel=\"hub\" href=\"https://hub.example/?a&amp;b\"/>"), "{atom}");
    let feed: Value = serde_json::from_str(&text(&loaded, "feed.json").unwrap()).unwrap();
    assert_eq!(feed["hubs"], json!([{"type": "WebSub", "url": "https://hub.example/?a&b"}]));
    let atom = text(&load("https://example.org/hub"), "feed.xml").unwrap();
    assert!(!atom.contains("rel=\"hub\""), "{atom}");
}
