//! The graphs of JSON-LD: what they say is what readers see, and what they name is there.

use std::path::Path;

use briefing::base::OutPath;
use briefing::config;
use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::source::Memory;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::{load, text};

const SETTINGS: &str = "title: Small\nbase_url: https://example.org/below/\n";

/// The graph of a page; none where the page has no script.
fn graph(page: &str) -> Option<Vec<Value>> {
    let html = Html::parse_document(page);
    let scripts: Vec<_> = html.select(&selector("script:not([src])")).collect();
    assert!(scripts.len() < 2, "one graph at most");
    let script = scripts.first()?;
    assert_eq!(script.attr("type"), Some("application/ld+json"));
    let graph: Value = serde_json::from_str(&script.text().collect::<String>()).expect("JSON");
    assert_eq!(graph["@context"], "https://schema.org");
    Some(graph["@graph"].as_array().expect("a list").clone())
}

/// The object of a graph that has a type.
fn of_type<'a>(graph: &'a [Value], kind: &str) -> &'a Value {
    let found = graph.iter().find(|node| node["@type"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {graph:#?}"))
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// A text without any white space, in which blocks are not parted from each other.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

const ANSWER: &str = "Yes, *all* & <more>: [Ann](../players/ann.md).[^s]\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
                      ### Why?\n\n> So `it` goes.\n\n```\nx < y\n```\n";

fn small() -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", SETTINGS);
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n\nText.\n");
    site.write("content/sources.yaml", "s: {title: A & B, url: https://elsewhere.example/}\n");
    site
}

#[test]
fn answers_are_what_readers_see() {
    let mut site = small();
    let body =
        format!("Before.\n\n## Who \"won\"?\n\n{ANSWER}\n## Nothing\n\n## How?\n\nBy hand.\n");
    site.write("content/faq/all.md", format!("---\ntitle: All\n---\n\n{body}"));
    let indented = ANSWER.replace('\n', "\n      ").replace("### Why?", "Why?");
    let front = format!(
        "title: A\nquestions:\n  - question: Who & when?\n    answer: |\n      {indented}\n"
    );
    site.write("content/articles/a.md", format!("---\n{front}---\n\nText.\n"));
    let loaded = load(&site);

    let page = text(&loaded, "faq/all/index.html").unwrap();
    let graph_of_page = graph(&page).expect("a graph");
    let html = Html::parse_document(&page);
    let mut seen = Vec::new();
    for heading in html.select(&selector(".text > h2")) {
        let below = heading.next_siblings().filter_map(ElementRef::wrap);
        let below = below.take_while(|next| next.value().name() != "h2");
        let answer: String = below.flat_map(|element| element.text().collect::<Vec<_>>()).collect();
        if !letters(&answer).is_empty() {
            seen.push((heading.text().collect::<String>(), letters(&answer)));
        }
    }
    assert_eq!(seen.len(), 2, "{page}");
    assert_eq!(said(of_type(&graph_of_page, "FAQPage")), seen);

    let page = text(&loaded, "articles/a/index.html").unwrap();
    let html = Html::parse_document(&page);
    let one = |of: &str| html.select(&selector(of)).next().unwrap().text().collect::<String>();
    let seen = [(one(".questions h3"), letters(&one(".questions .text")))];
    assert_eq!(said(of_type(&graph(&page).unwrap(), "FAQPage")), seen);
}

/// The questions of a FAQ with the letters of their answers.
fn said(faq: &Value) -> Vec<(String, String)> {
    let questions = faq["mainEntity"].as_array().expect("questions").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    questions
        .map(|own| (text(&own["name"]), letters(&text(&own["acceptedAnswer"]["text"]))))
        .collect()
}

#[test]
fn no_title_leaves_the_script() {
    let title = "</script><script>x()</script> <!-- \" \\ & &amp; \u{2028} \u{2029} ]]>";
    let quoted = serde_json::to_string(title).unwrap();
    let mut site = small();
    let front = format!("title: {quoted}\nsummary: {quoted}\nauthors: [{quoted}]\ntopics: [t]\n");
    site.write("content/articles/a.md", format!("---\n{front}---\n\nText.\n"));
    site.write("content/topics/t.md", format!("---\ntitle: {quoted}\n---\n\nText.\n"));
    let loaded = load(&site);
    for path in ["articles/a/index.html", "topics/t/index.html", "articles/index.html"] {
        let page = text(&loaded, path).unwrap();
        let graph = graph(&page).expect("a graph");
        assert!(serde_json::to_string(&graph).unwrap().contains("x()"), "{path}");
    }
    let article = graph(&text(&loaded, "articles/a/index.html").unwrap()).unwrap();
    let article = of_type(&article, "BackgroundNewsArticle");
    let page = Html::parse_document(&text(&loaded, "articles/a/index.html").unwrap());
    let heading: String = page.select(&selector("h1")).next().unwrap().text().collect();
    assert_eq!(article["headline"], heading);
    assert_eq!(article["author"][0]["name"], article["articleSection"][0]);
}

/// Of a site that has everything, in two languages: each URL of the site in a graph leads to an output, and each anchor that
/// an author can know to a place on its page.
#[test]
fn what_is_named_is_there() {
    for folder in ["tests/incremental/full", "tests/sites/translations", "."] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let now = Now::Day("2026-01-01".parse().unwrap());
        let base = briefing::base::BaseUrl::parse("https://example.org/below/").unwrap();
        let options = Options { now, base_url: Some(base), ..Options::default() };
        let loaded = Engine::once().load(&config::disk(&folder), options);
        let outputs = &loaded.site().outputs;
        let mut urls = 0;
        for output in
            outputs.iter().filter(|output| output.media_type.is_html() && output.is_checked())
        {
            let page = text(&loaded, output.path.as_str()).expect("a page");
            let Some(graph) = graph(&page) else {
                let has_none = ["redirect", "not-found"].contains(&loaded.kind(output));
                assert!(has_none, "{} has no graph", output.path);
                continue;
            };
            let mut found = Vec::new();
            graph.iter().for_each(|node| own_urls(node, &mut found));
            for url in found {
                urls += 1;
                check_url(&loaded, &url, &output.path);
            }
        }
        assert!(urls > 100, "{}: {urls}", folder.display());
    }
}

fn check_url(loaded: &Loaded, url: &str, on: &OutPath) {
    let path = url.strip_prefix("https://example.org/below/").expect("below the base URL");
    let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
    let path = path.split('?').next().unwrap();
    let out = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.into()
    };
    let output = loaded.site().outputs.get(&OutPath::new(&out).unwrap());
    assert!(output.is_some(), "{on}: {url} leads to no output");
    let is_name =
        ["site", "publisher", "article", "entity", "topic", "topics", "work", "questions"]
            .iter()
            .any(|name| anchor == format!("b-{name}"));
    if !anchor.is_empty() && !is_name && !anchor.starts_with("b-post-") {
        let page = text(loaded, &out).expect("a page");
        assert!(page.contains(&format!(" id=\"{anchor}\"")), "{on}: {url} leads to no place");
    }
}

fn own_urls(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("https://example.org") => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| own_urls(value, found)),
        Value::Object(values) => values.values().for_each(|value| own_urls(value, found)),
        _ => {}
    }
}

#[test]
fn a_site_without_an_address_has_no_graph() {
    let mut site = small();
    site.write("content/site.yaml", "title: Small\n");
    let loaded = load(&site);
    assert_eq!(graph(&text(&loaded, "index.html").unwrap()), None);
}

#[test]
fn a_publisher_and_its_policies_are_one_object() {
    let mut site = small();
    let publisher = "publisher:\n  name: The Press\n  logo: /logo.svg\n  policies: {corrections: about, ethics: /about/, \
                     privacy: about, masthead: https://elsewhere.example/}\n";
    site.write("content/site.yaml", format!("{SETTINGS}{publisher}"));
    site.write("content/pages/about.md", "---\ntitle: About\nslug: about\n---\n\nText.\n");
    site.write(
        "content/articles/a.md",
        "---\ntitle: A\nauthors: [The Press, Jane Doe]\n---\n\nText.\n",
    );
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let loaded = load(&site);
    let graph = graph(&text(&loaded, "articles/a/index.html").unwrap()).unwrap();
    let expected = serde_json::json!({
        "@type": "NewsMediaOrganization",
        "@id": "https://example.org/below/#b-publisher",
        "name": "The Press",
        "url": "https://example.org/below/",
        "logo": {"@type": "ImageObject", "url": "https://example.org/below/logo.svg"},
        "correctionsPolicy": "https://example.org/below/about/",
        "ethicsPolicy": "https://example.org/below/about/",
        "masthead": "https://elsewhere.example/",
    });
    assert_eq!(*of_type(&graph, "NewsMediaOrganization"), expected);
    let article = of_type(&graph, "BackgroundNewsArticle");
    assert_eq!(
        article["publisher"],
        serde_json::json!({"@id": "https://example.org/below/#b-publisher"})
    );
    let authors: Vec<_> =
        article["author"].as_array().unwrap().iter().map(|own| &own["@type"]).collect();
    assert_eq!(authors, ["Organization", "Person"]);
    let about = text(&loaded, "about/index.html").unwrap();
    assert_eq!(of_type(&self::graph(&about).unwrap(), "AboutPage")["name"], "About");
}

#[test]
fn posts_have_dates_and_both_ends() {
    let mut site = small();
    let posts = "posts:\n  - {title: Minister, org: ministry, start: 2024-10-01, end: 2025-10-21}\n  \
                 - {title: President, org: land, start: 2026-01}\n";
    let front = format!(
        "name: Ann Ode\nparty: Greens\ncountry: land\nwikidata: Q42\nids: {{viaf: '12', x: y}}\n{posts}"
    );
    site.write("content/players/ann.md", format!("---\n{front}---\n\nText.\n"));
    let ministry = "name: Ministry of Tests\nkind: organisation\nclassification: ministry\n";
    site.write("content/players/ministry.md", format!("---\n{ministry}---\n\nText.\n"));
    site.write(
        "content/players/land.md",
        "---\nname: Land\nkind: country\niso: JP\n---\n\nText.\n",
    );
    let loaded = load(&site);
    let url = "https://example.org/below/players";
    let graph = graph(&text(&loaded, "players/ann/index.html").unwrap()).unwrap();
    let person = of_type(&graph, "Person");
    assert_eq!(
        person["hasOccupation"],
        serde_json::json!([
            {"@type": "OrganizationRole", "@id": format!("{url}/ann/#b-post-1"), "roleName": "President",
             "startDate": "2026-01"},
            {"@type": "OrganizationRole", "@id": format!("{url}/ann/#b-post-2"), "roleName": "Minister",
             "startDate": "2024-10-01", "endDate": "2025-10-21"},
        ])
    );
    assert_eq!(
        person["memberOf"],
        serde_json::json!([
            {"@type": "PoliticalParty", "name": "Greens"}, {"@id": format!("{url}/ann/#b-post-2")},
        ])
    );
    assert_eq!(
        person["sameAs"],
        serde_json::json!(["https://www.wikidata.org/wiki/Q42", "https://viaf.org/viaf/12"])
    );
    assert_eq!(person["nationality"]["@id"], format!("{url}/land/#b-entity"));
    let ministry = of_type(&graph, "GovernmentOrganization");
    assert_eq!(ministry["@id"], format!("{url}/ministry/#b-entity"));
    assert_eq!(ministry["member"], serde_json::json!([{"@id": format!("{url}/ann/#b-post-2")}]));
}
