//! Outputs beside pages, read by programs from elsewhere.

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[path = "outputs/calendars.rs"]
mod calendars;
#[cfg(feature = "cards")]
#[path = "outputs/cards.rs"]
mod cards;
#[path = "outputs/citations.rs"]
mod citations;
#[path = "outputs/corrections.rs"]
mod corrections;
#[path = "outputs/data.rs"]
mod data;
#[path = "outputs/embeds.rs"]
mod embeds;
#[path = "outputs/facts.rs"]
mod facts;
#[path = "outputs/feeds.rs"]
mod feeds;
#[path = "outputs/hosts.rs"]
mod hosts;
#[path = "outputs/media.rs"]
mod media;
#[cfg(feature = "pictures")]
#[path = "outputs/pictures.rs"]
mod pictures;
#[path = "outputs/placed.rs"]
mod placed;
#[path = "outputs/plain.rs"]
mod plain;
#[path = "outputs/positions.rs"]
mod positions;
#[path = "outputs/posts.rs"]
mod posts;
#[path = "outputs/search.rs"]
mod search;
#[path = "outputs/structured.rs"]
mod structured;
#[path = "outputs/timelines.rs"]
mod timelines;
#[path = "outputs/well_known.rs"]
mod well_known;
#[path = "outputs/years.rs"]
mod years;

use std::collections::BTreeMap;

use briefing::base::{BaseUrl, OutPath};
use briefing::diag::{Diagnostic, Severity};
use briefing::engine::{Engine, Loaded, Now, Options, Rendered};
use briefing::source::Memory;
use robotstxt::DefaultMatcher;
use scraper::{Html, Selector};
use sitemap::reader::{SiteMapEntity, SiteMapReader};
use sitemap::structs::LastMod;

const PAGES: [(&str, &str); 9] = [
    ("articles/day", "title: A\npublished: 2025-01-02\nupdated: 2025-03-04\n"),
    ("articles/first", "title: A\npublished: 2025-01-02\n"),
    ("articles/month", "title: A\npublished: 2025-01\n"),
    // Half past one on the next day in the site's own zone.
    ("articles/moment", "title: A\npublished: 2025-01-02T22:30:00Z\nredirect_from: [/old/]\n"),
    ("articles/hidden", "title: A\nstatus: draft\n"),
    ("articles/gone", "title: A\nstatus: withdrawn\npublished: 2025-01-02\n"),
    ("articles/later", "title: A\npublished: 2099-01-01\n"),
    ("players/ann", "name: Ann Ode\n"),
    ("pages/about", "title: About us & them\nslug: about\n"),
];

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", format!("title: Small\ntimezone: Asia/Tokyo\n{settings}"));
    for (path, front) in PAGES {
        site.write(&format!("content/{path}.md"), format!("---\n{front}---\n\nText.\n"));
    }
    site
}

fn load(site: &Memory) -> Loaded {
    let options = Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    };
    let loaded = Engine::once().load(site, options);
    let errors = loaded.diagnostics().iter().filter(|found| found.severity == Severity::Error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&Diagnostic>::new());
    loaded
}

/// The texts of the elements of a page, without line ends and spaces around them.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    let text = |node: scraper::ElementRef<'_>| node.text().collect::<String>().trim().to_owned();
    page.select(&selector).map(text).collect()
}

/// The text of an output that the program writes; none where there is no such output.
fn text(loaded: &Loaded, path: &str) -> Option<String> {
    let (content, failure) = loaded.bytes(&OutPath::new(path).unwrap())?;
    assert_eq!(failure, None);
    match content? {
        Rendered::Text(text) => Some(text.to_string()),
        Rendered::Bytes(_) | Rendered::Embedded(_) | Rendered::File(..) => None,
    }
}

/// The URLs of a sitemap with the days on which they changed, and the sitemaps of an index.
fn read(text: &str) -> (BTreeMap<String, Option<String>>, Vec<String>) {
    let (mut pages, mut parts) = (BTreeMap::new(), Vec::new());
    for entity in SiteMapReader::new(text.as_bytes()) {
        match entity {
            SiteMapEntity::Url(entry) => {
                let changed = match entry.lastmod {
                    LastMod::None => None,
                    LastMod::DateTime(at) => Some(at.date_naive().to_string()),
                    LastMod::ParseErr(error) => panic!("{error}"),
                };
                let url = entry.loc.get_url().expect("an absolute URL").to_string();
                assert!(pages.insert(url, changed).is_none());
            }
            SiteMapEntity::SiteMap(part) => parts.push(part.loc.get_url().unwrap().to_string()),
            SiteMapEntity::Err(error) => panic!("{error}"),
        }
    }
    (pages, parts)
}

#[test]
fn a_sitemap_has_every_page_that_may_be_listed() {
    let loaded = load(&site("base_url: https://example.org/\n"));
    let (pages, parts) = read(&text(&loaded, "sitemap.xml").expect("a sitemap"));
    let day = |day: &str| Some(day.to_string());
    let expected = [
        ("", None),
        ("about/", None),
        ("api/", None),
        ("articles/", None),
        ("articles/day/", day("2025-03-04")),
        ("articles/first/", day("2025-01-02")),
        ("articles/moment/", day("2025-01-03")),
        ("articles/month/", None),
        ("feeds/", None),
        ("players/", None),
        ("players/ann/", None),
    ];
    let expected = expected.map(|(path, changed)| (format!("https://example.org/{path}"), changed));
    assert_eq!(pages, expected.into());
    assert!(parts.is_empty());
}

#[test]
fn a_sitemap_needs_to_know_where_the_site_is() {
    for (settings, path) in [("", None), ("base_url: https://example.org/sub/\n", Some("sub/"))] {
        let loaded = load(&site(settings));
        let sitemap = text(&loaded, "sitemap.xml");
        let home = sitemap.map(|text| read(&text).0.into_keys().next().unwrap());
        assert_eq!(home, path.map(|path| format!("https://example.org/{path}")));
        // At the top of the host is none of our files.
        assert_eq!(text(&loaded, "robots.txt"), None);
    }
}

#[test]
fn crawlers_may_read_everything_and_find_the_sitemap() {
    let loaded = load(&site("base_url: https://example.org/\n"));
    let robots = text(&loaded, "robots.txt").expect("a file for crawlers");
    for path in ["", "articles/day/", "theme/style.css"] {
        let url = format!("https://example.org/{path}");
        assert!(DefaultMatcher::default().one_agent_allowed_by_robots(&robots, "anybot", &url));
    }
    assert!(robots.contains("\nSitemap: https://example.org/sitemap.xml\n"), "{robots}");
}

#[test]
fn the_author_s_own_file_takes_the_place_of_ours() {
    let mut site = site("base_url: https://example.org/\n");
    site.write("static/robots.txt", "User-agent: *\nDisallow: /\n");
    site.write("static/sitemap.xml", "<urlset/>");
    let loaded = load(&site);
    for path in ["robots.txt", "sitemap.xml"] {
        let output = loaded.site().outputs.get(&OutPath::new(path).unwrap()).unwrap();
        assert_eq!(loaded.kind(output), "file", "{path}");
        assert_eq!(text(&loaded, path), None);
    }
}

#[test]
fn more_pages_than_a_file_may_hold_have_an_index() {
    const TOPICS: usize = 50_000;
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Large\nbase_url: https://example.org/\n");
    let topics: Vec<String> = (0..TOPICS).map(|at| format!("t{at}")).collect();
    for (at, topics) in topics.chunks(500).enumerate() {
        let front = format!("title: A\ntopics: [{}]\n", topics.join(", "));
        site.write(&format!("content/articles/a{at}.md"), format!("---\n{front}---\n\nText.\n"));
    }
    let loaded = load(&site);
    let (pages, parts) = read(&text(&loaded, "sitemap.xml").unwrap());
    assert!(pages.is_empty());
    let expected = ["https://example.org/sitemap-1.xml", "https://example.org/sitemap-2.xml"];
    assert_eq!(parts, expected);
    let mut all = BTreeMap::new();
    for (part, most) in [("sitemap-1.xml", 50_000), ("sitemap-2.xml", TOPICS)] {
        let (pages, _) = read(&text(&loaded, part).unwrap());
        assert!(pages.len() <= most, "{part}");
        all.extend(pages);
    }
    let base = BaseUrl::parse("https://example.org/").unwrap();
    let listed = loaded.site().outputs.iter().filter(|output| output.is_listed);
    let listed: Vec<String> = listed.map(|output| base.url(&output.path).unwrap()).collect();
    assert!(listed.len() > TOPICS);
    assert_eq!(all.into_keys().collect::<Vec<_>>(), {
        let mut listed = listed;
        listed.sort();
        listed
    });
}
