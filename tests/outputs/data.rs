//! Lists of articles, players, questions and topics for programs, and the data beside pages: each by its schema.

use boon::{Compiler, SchemaIndex, Schemas};
use briefing::engine::Loaded;
use briefing::source::Memory;
use serde_json::{Value, json};

use super::{load, text, texts};

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let head = "title: Small\nbase_url: https://example.org/sub/\n";
    site.write("content/site.yaml", format!("{head}{settings}"));
    let ann = "name: Ann Ode\nfamily_name: Ode\ngiven_name: Ann\ntitles: [Minister, Senator]\naliases: [A. Ode]\nnative_name: 安\n\
               born: 1970-03\nwikidata: Q42\nids: {viaf: '12'}\ncountry: norland\nparty: The Greens\n\
               links: {text: Own page, url: 'https://ann.example/'}\nsources: [{id: s, title: A list, url: 'https://list.example/'}]\n\
               posts:\n  - {title: Minister, org: ministry, start: 2024-05-06, source: s}\n  \
               - {title: Clerk, org: A court, start: 2001, end: 2002}\n  - {title: Envoy, org: old}\n";
    site.write("content/players/ann.md", format!("---\n{ann}---\n\nA minister of [[norland]].\n"));
    site.write("content/players/norland.md", "---\nname: Norland\nkind: country\niso: NO\n---\n");
    let ministry =
        "name: The Ministry\nkind: organisation\nabbr: MOD\nparent: norland\nfounded: 1900\n";
    site.write("content/players/ministry.md", format!("---\n{ministry}---\n"));
    let old = "name: Old body\nkind: organisation\nstatus: withdrawn\n";
    site.write("content/players/old.md", format!("---\n{old}---\n"));
    site.write("content/players/hidden.md", "---\nname: Sekrit\nstatus: draft\n---\n");
    site.write("content/topics/war.md", "---\ntitle: War\n---\n");
    site.write("content/topics/peace.md", "---\ntitle: Peace\nparent: war\n---\nOf peace.\n");
    for (at, state) in ["published", "draft", "withdrawn"].into_iter().enumerate() {
        let front = format!(
            "title: A {state}\nsummary: Of a {state} page.\nstatus: {state}\npublished: 2025-01-0{}\nupdated: 2025-02\ntopics: [war, {state}-only]\n\
             faq: [{{q: Is it {state}?, a: Yes.}}]\nfacts: {{f{at}: {{value: {at}, as_of: 2025}}}}\n",
            at + 1
        );
        let body = format!("[Ann Ode](#) and [[fact:f{at}]] of [[ann]][^c].\n\n[^c]: {{}}\n");
        let body = body.replace("[^c].\n\n[^c]: {}", ".");
        site.write(&format!("content/articles/{state}.md"), format!("---\n{front}---\n\n{body}"));
    }
    site.write(
        "content/faq/basics.md",
        "---\ntitle: Basics\n---\n\n## Who is Ann & why?\n\nA minister.\n",
    );
    site
}

/// A file that its schema holds.
fn read(loaded: &Loaded, path: &str, schema: &str) -> Value {
    let file: Value = serde_json::from_str(&text(loaded, path).expect(path)).unwrap();
    let (schemas, index) = compiled(loaded, schema);
    if let Err(error) = schemas.validate(&file, index) {
        panic!("{path}: {error:#}");
    }
    assert_eq!(file["version"], 1);
    assert_eq!(file["schema"], format!("https://example.org/sub/api/{schema}.schema.json"));
    file
}

/// The schema that the site publishes.
fn compiled(loaded: &Loaded, name: &str) -> (Schemas, SchemaIndex) {
    let schema = text(loaded, &format!("api/{name}.schema.json")).expect(name);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", serde_json::from_str(&schema).unwrap()).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    (schemas, index)
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[test]
fn articles_have_what_lists_show_of_them() {
    let loaded = load(&site("license: https://creativecommons.org/licenses/by/4.0/\n"));
    let file = read(&loaded, "articles.json", "articles");
    assert_eq!(file["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(ids(&file["articles"]), ["published"]);
    let article = &file["articles"][0];
    assert_eq!(article["url"], "https://example.org/sub/articles/published/");
    assert_eq!(article["summary"], "Of a published page.");
    assert_eq!(article["updated"], "2025-02");
    assert_eq!(article["topics"], json!(["war", "published-only"]));
    assert_eq!(article["players"], json!(["ann"]));
    assert_eq!(article["figures"], json!(["f0"]));
}

#[test]
fn players_are_persons_organizations_and_memberships_of_popolo() {
    let file = read(&load(&site("")), "players.json", "players");
    assert_eq!(ids(&file["persons"]), ["ann"]);
    assert_eq!(ids(&file["organizations"]), ["ministry", "norland"]);
    let ann = &file["persons"][0];
    assert_eq!(ann["birth_date"], "1970-03");
    assert_eq!(ann["national_identity"], "Norland");
    assert_eq!(
        ann["other_names"],
        json!([{"name": "安", "note": "native name"}, {"name": "A. Ode"}])
    );
    assert_eq!(
        ann["identifiers"],
        json!([{"scheme": "wikidata", "identifier": "Q42"}, {"scheme": "viaf", "identifier": "12"}])
    );
    assert_eq!(ann["links"][1], json!({"url": "https://ann.example/", "note": "Own page"}));
    let source = json!([{"url": "https://list.example/", "note": "A list"}]);
    assert_eq!(
        file["memberships"],
        json!([
            {"person_id": "ann", "organization_id": "ministry", "role": "Minister", "start_date": "2024-05-06", "sources": source},
            {"person_id": "ann", "organization": {"name": "A court"}, "role": "Clerk", "start_date": "2001", "end_date": "2002"},
            {"person_id": "ann", "organization": {"name": "Old body"}, "role": "Envoy"},
            {"person_id": "ann", "organization": {"name": "The Greens"}},
        ])
    );
    let ministry = &file["organizations"][0];
    assert_eq!(
        (&ministry["parent_id"], &ministry["founding_date"]),
        (&json!("norland"), &json!("1900"))
    );
    assert_eq!(file["organizations"][1]["classification"], "country");
}

#[test]
fn questions_lead_to_their_answers() {
    let file = read(&load(&site("")), "questions.json", "questions");
    let urls: Vec<_> =
        file["questions"].as_array().unwrap().iter().map(|question| &question["url"]).collect();
    assert_eq!(
        urls,
        [
            "https://example.org/sub/faq/basics/#who-is-ann-why",
            "https://example.org/sub/articles/published/#is-it-published",
        ]
    );
    assert_eq!(file["questions"][0]["question"], "Who is Ann & why?");
    assert_eq!(file["questions"][1]["page"]["title"], "A published");
}

#[test]
fn topics_say_how_they_hang_together() {
    let file = read(&load(&site("")), "topics.json", "topics");
    assert_eq!(ids(&file["topics"]), ["peace", "published-only", "war"]);
    assert_eq!(file["topics"][0]["parent"], "war");
    assert_eq!(file["topics"][2]["articles"], 1);
    assert_eq!(file["topics"][2]["feed"], "https://example.org/sub/topics/war/feed.xml");
}

#[test]
fn a_page_has_data_beside_it_where_the_site_asks_for_it() {
    for (settings, of_player, of_article) in [
        ("", false, false),
        ("page_data: players\n", true, false),
        ("page_data: all\n", true, true),
    ] {
        let loaded = load(&site(settings));
        let is_there = |path| text(&loaded, path).is_some();
        assert_eq!(is_there("players/ann/index.json"), of_player, "{settings}");
        assert_eq!(is_there("articles/published/index.json"), of_article, "{settings}");
        assert!(!is_there("articles/draft/index.json") && !is_there("players/hidden/index.json"));
    }
    let loaded = load(&site("page_data: all\n"));
    let ann = read(&loaded, "players/ann/index.json", "page");
    assert_eq!(ann["player"]["id"], "ann");
    assert_eq!(ann["memberships"].as_array().unwrap().len(), 4);
    assert_eq!(ann["sources"][0]["title"], "A list");
    let link = "<a href=\"https://example.org/sub/players/norland/\">Norland</a>";
    assert!(ann["html"].as_str().unwrap().contains(link), "{ann}");
    let article = read(&loaded, "articles/published/index.json", "page");
    assert_eq!(article["facts"][0]["id"], "f0");
    assert_eq!(article["questions"][0]["question"], "Is it published?");
    let gone = read(&loaded, "articles/withdrawn/index.json", "page");
    assert_eq!(gone["state"], "withdrawn");
    read(&loaded, "faq/basics/index.json", "page");
}

#[test]
fn a_page_lists_the_data_with_their_schemas() {
    let loaded =
        load(&site("page_data: players\nlicense: https://creativecommons.org/licenses/by/4.0/\n"));
    let page = text(&loaded, "api/index.html").unwrap();
    let names = texts(&page, "main dt");
    let expected = [
        "articles.json",
        "players.json",
        "questions.json",
        "topics.json",
        "facts.json",
        "facts.csv",
        "feed.xml",
        "feed.json",
        "card.json",
        "index.json",
    ];
    assert_eq!(names, expected);
    for schema in ["articles", "card", "players", "questions", "topics", "facts", "page"] {
        assert!(page.contains(&format!("href=\"/sub/api/{schema}.schema.json\"")), "{schema}");
        compiled(&loaded, schema);
    }
    assert!(page.contains("https://creativecommons.org/licenses/by/4.0/"));
    assert_eq!(text(&loaded, "api/sources.schema.json"), None);
}

#[test]
fn a_card_says_what_a_reader_asks_of_a_name() {
    let loaded = load(&site(""));
    let ann = read(&loaded, "players/ann/card.json", "card");
    assert_eq!(ann["name"], json!({"text": "Ann Ode", "language": null, "dir": null}));
    assert_eq!(ann["kind_text"], "Person");
    // Of the posts that are held the one that began last.
    assert_eq!(ann["post"]["text"], "Minister, The Ministry");
    assert_eq!(ann["since"], "since May 6, 2024");
    assert_eq!((&ann["portrait"], &ann["monogram"]), (&Value::Null, &json!("AO")));
    let ministry = read(&loaded, "players/ministry/card.json", "card");
    assert_eq!((&ministry["post"], &ministry["since"]), (&Value::Null, &Value::Null));
    assert_eq!(ministry["monogram"], "MOD");
    assert_eq!(text(&loaded, "players/hidden/card.json"), None);
}

#[test]
fn what_is_not_public_is_in_no_data() {
    let loaded = load(&site("page_data: all\n"));
    let paths = loaded.site().outputs.iter().map(|output| output.path.as_str().to_owned());
    for path in paths.filter(|path| path.ends_with(".json") || path.ends_with(".xml")) {
        let data = text(&loaded, &path).unwrap();
        for word in ["A draft", "Is it draft", "draft-only", "Sekrit", "hidden"] {
            assert!(!data.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn a_language_has_data_of_its_own() {
    let mut site = site("languages: {en: {}, ja: {title: 小}}\n");
    site.write("content/articles/published.ja.md", "---\ntitle: 記事\n---\n\n本文。\n");
    let loaded = load(&site);
    let file = read(&loaded, "ja/articles.json", "articles");
    assert_eq!(file["language"], "ja");
    let article = &file["articles"][0];
    assert_eq!((&article["title"], &article["language"]), (&json!("記事"), &json!("ja")));
    assert_eq!(article["url"], "https://example.org/sub/ja/articles/published/");
}

#[test]
fn a_long_list_goes_on_in_another_file() {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Long\nbase_url: https://example.org/sub/\n");
    for at in 0..1001 {
        let page = format!("---\ntitle: A {at}\npublished: 2025-01-01\n---\n\nText.\n");
        site.write(&format!("content/articles/a{at:04}.md"), page);
    }
    let loaded = load(&site);
    let first = read(&loaded, "articles.json", "articles");
    assert_eq!(first["next"], "https://example.org/sub/articles-2.json");
    let second = read(&loaded, "articles-2.json", "articles");
    assert_eq!(
        (first["articles"].as_array().unwrap().len(), ids(&second["articles"]).len()),
        (1000, 1)
    );
}
