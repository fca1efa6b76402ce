//! Figures for programs: JSON by its schema, CSV by a reader of others, SVG by a parser of XML.

use boon::{Compiler, SchemaIndex, Schemas};
use briefing::base::OutPath;
use briefing::engine::Loaded;
use briefing::source::Memory;
use serde_json::Value;

use super::{load, text};

const FACTS: &str = "\
asked:
  value: \"3.50\"
  unit: \"%\"
  denominator: GDP
  of: '=cmd, with \"quotes\"'
  about: ann
  kind: request
  status: disputed
  as_of: 2025-06-20
  next_update: 2030
  attributed_to: The Ministry
  source: paper
  history:
    - {value: 3, as_of: 2025-01, note: A first request, source: paper}
    - {value: {low: 1, high: 2}, as_of: 2020}
spent:
  value: {low: 1200, high: \"1,300\"}
  of: +ships
loss:
  value: -3.5
  about: Atlantis
secret:
  value: 42
";

const SOURCES: &str = "\
paper:
  title: A paper
  publisher: The press
  author: [Carol Clerk, Dan Desk]
  url: https://example.com/paper?a=1&b=2
  archived: https://archive.example/paper
  date: 2025-06-21T10:00:00Z
";

fn site() -> Memory {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Small\nbase_url: https://example.org/sub/\n");
    site.write("content/facts.yaml", FACTS);
    site.write("content/sources.yaml", SOURCES);
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\nText.\n");
    for (id, status) in [("shown", "published"), ("hidden", "draft"), ("gone", "withdrawn")] {
        let front = format!("title: {id}\nstatus: {status}\nfacts: {{of-{id}: {{value: 1}}}}\n");
        let other = if id == "hidden" { "secret" } else { "asked" };
        let text = format!("---\n{front}---\n\nOf [[fact:of-{id}]] and [[fact:{other}]].\n");
        site.write(&format!("content/articles/{id}.md"), text);
    }
    site
}

fn schema() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let schema = include_str!("../../src/data/schemas/facts.json");
    compiler.add_resource("facts.json", serde_json::from_str(schema).unwrap()).unwrap();
    let index = compiler.compile("facts.json", &mut schemas).unwrap();
    (schemas, index)
}

/// The JSON of an output, which has the form that the schema says.
fn json(loaded: &Loaded, path: &str) -> Value {
    let text = text(loaded, path).unwrap_or_else(|| panic!("no {path}"));
    let value = serde_json::from_str(&text).unwrap();
    let (schemas, index) = schema();
    if let Err(error) = schemas.validate(&value, index) {
        panic!("{path}: {error:#}");
    }
    value
}

#[test]
fn json_has_the_form_that_its_schema_says() {
    let loaded = load(&site());
    let all = json(&loaded, "facts.json");
    let ids: Vec<&str> =
        all["facts"].as_array().unwrap().iter().map(|fact| fact["id"].as_str().unwrap()).collect();
    // By whom they are about; what a draft or a withdrawn page alone declares is in no list.
    assert_eq!(ids, ["asked", "loss", "spent", "of-shown"]);
    let asked = json(&loaded, "facts/asked.json");
    assert_eq!(asked["value"], "3.50");
    assert_eq!(asked["low"], 3.5);
    assert_eq!(asked["url"], "https://example.org/sub/facts/asked/");
    assert_eq!(asked["about"]["url"], "https://example.org/sub/players/ann/");
    assert_eq!(asked["source"]["author"][1], "Dan Desk");
    assert_eq!(asked["history"][0]["value"], "1–2");
    assert_eq!(asked["history"][1]["as_of"], "2025-01");
    assert_eq!(json(&loaded, "facts/spent.json")["high"], 1300);
    // A withdrawn page keeps its address, and so does its figure.
    assert_eq!(json(&loaded, "facts/of-gone.json")["value"], "1");
    // What only a draft uses waits for it, wherever it is declared.
    for path in ["facts/of-hidden.json", "facts/secret.json"] {
        assert_eq!(text(&loaded, path), None, "{path}");
    }
    let page = OutPath::new("facts/secret/index.html").unwrap();
    assert!(loaded.site().outputs.get(&page).is_none());
}

#[test]
fn a_program_that_reads_csv_finds_every_cell() {
    let loaded = load(&site());
    let text = text(&loaded, "facts.csv").expect("a file");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let cell = |row: &csv::StringRecord, name: &str| {
        row[header.iter().position(|column| column == name).unwrap()].to_string()
    };
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name| rows.iter().map(|row| cell(row, name)).collect::<Vec<_>>();
    assert_eq!(column("id"), ["asked", "loss", "spent", "of-shown"]);
    // A spreadsheet takes none of them for a formula, and numbers for numbers.
    assert_eq!(column("of"), ["'=cmd, with “quotes”", "", "'+ships", ""]);
    assert_eq!(column("value"), ["3.50", "-3.5", "1200–1,300", "1"]);
    assert_eq!(column("high"), ["3.5", "-3.5", "1300", "1"]);
    assert_eq!(column("attributed_to_id"), ["", "", "", ""]);
    assert_eq!(column("about_id"), ["ann", "", "", ""]);
    assert_eq!(column("source_url")[0], "https://example.com/paper?a=1&b=2");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'));
}

#[test]
fn more_figures_than_a_file_may_hold_go_on_in_the_next() {
    let mut site = site();
    let facts: String = (0..2001).map(|at| format!("f{at:04}: {{value: {at}}}\n")).collect();
    site.write("content/facts.yaml", format!("{FACTS}{facts}"));
    let loaded = load(&site);
    let (mut path, mut ids) = (String::from("facts.json"), Vec::new());
    loop {
        let part = json(&loaded, &path);
        let facts = part["facts"].as_array().unwrap();
        ids.extend(facts.iter().map(|fact| fact["id"].as_str().unwrap().to_string()));
        let Some(next) = part["next"].as_str() else { break };
        path = next.strip_prefix("https://example.org/sub/").unwrap().to_string();
    }
    assert_eq!(path, "facts-3.json");
    assert_eq!(ids.len(), 2005);
    assert!(text(&loaded, "facts-3.csv").is_some() && text(&loaded, "facts-4.csv").is_none());
}

#[test]
fn a_history_is_a_picture_for_other_sites() {
    let loaded = load(&site());
    let svg = text(&loaded, "facts/asked.svg").expect("a picture");
    assert!(svg.len() <= 3072, "{} bytes", svg.len());
    assert!(!svg.contains("script") && !svg.contains("href"));
    let output = loaded.site().outputs.get(&OutPath::new("facts/asked.svg").unwrap()).unwrap();
    assert_eq!(output.media_type.to_string(), "image/svg+xml");
    let xml = roxmltree::Document::parse(&svg).unwrap();
    let word = |name: &str| xml.descendants().find(|node| node.has_tag_name(name))?.text();
    assert_eq!(word("title"), Some("=cmd, with “quotes”"));
    assert_eq!(word("desc"), Some("From 1–2% of GDP (2020) to 3.50% of GDP (June 20, 2025)"));
    // One value is no history.
    assert_eq!(text(&loaded, "facts/spent.svg"), None);
}

/// The titles of the links that narrow the index of figures on a page, with their counts; the one that is shown has a `*`.
fn filters(loaded: &Loaded, path: &str) -> Vec<String> {
    let text = text(loaded, path).unwrap_or_else(|| panic!("no {path}"));
    let html = scraper::Html::parse_document(&text);
    let links = scraper::Selector::parse(".filters li a").unwrap();
    html.select(&links)
        .map(|link| {
            let is_shown = link.value().attr("aria-current") == Some("page");
            let href = link.value().attr("href").unwrap_or_default();
            let text: String = link.text().collect();
            format!("{text} {href}{}", if is_shown { " *" } else { "" })
        })
        .collect()
}

/// Readers narrow the index of figures to those of a topic, where it is long enough for that.
#[test]
fn the_index_is_narrowed_by_topic() {
    let with = |count: usize| {
        let mut site = site();
        // What the shared site declares is listed as well.
        let own: String = (4..count).map(|at| format!("f{at:03}: {{value: {at}}}\n")).collect();
        site.write("content/facts.yaml", format!("{FACTS}{own}"));
        let used: String = (4..count).map(|at| format!("[[fact:f{at:03}]] ")).collect();
        for (id, topics, text) in
            [("sea", "[waters, soil]", "[[fact:asked]] [[fact:loss]]"), ("land", "soil", &used)]
        {
            let text = format!("---\ntitle: {id}\ntopics: {topics}\n---\n\n{text}\n");
            site.write(&format!("content/articles/{id}.md"), text);
        }
        site.write("content/topics/waters.md", "---\ntitle: The sea\nslug: sea\n---\n");
        site.write("content/topics/soil.md", "---\ntitle: Land\nslug: on-land\n---\n");
        load(&site)
    };
    // `secret` waits for a page, and `of-shown` is a figure of its page.
    let listed = |loaded: &Loaded| loaded.site().figures.listed().len();
    let few = with(19);
    assert_eq!(listed(&few), 19);
    assert_eq!(filters(&few, "facts/index.html"), [""; 0]);
    assert!(text(&few, "facts/topics/sea/index.html").is_none());

    let loaded = with(20);
    assert_eq!(listed(&loaded), 20);
    let of = |shown: usize| {
        let links = [
            "All 20 /sub/facts/",
            "Land 18 /sub/facts/topics/on-land/",
            "The sea 2 /sub/facts/topics/sea/",
        ];
        let mark =
            |(at, link): (usize, &str)| format!("{link}{}", if at == shown { " *" } else { "" });
        links.into_iter().enumerate().map(mark).collect::<Vec<_>>()
    };
    assert_eq!(filters(&loaded, "facts/index.html"), of(0));
    assert_eq!(filters(&loaded, "facts/topics/on-land/index.html"), of(1));
    assert_eq!(filters(&loaded, "facts/topics/sea/index.html"), of(2));
    let sea = text(&loaded, "facts/topics/sea/index.html").unwrap();
    assert!(sea.contains("<h1>Figures: The sea</h1>"), "{sea}");
    // By whom they are about, as in the index.
    let (ann, atlantis) = (sea.find("Ann Ode").unwrap(), sea.find("Atlantis").unwrap());
    assert!(ann < atlantis && !sea.contains("/facts/f004/"));

    let long = with(203);
    assert!(text(&long, "facts/topics/on-land/page/2/index.html").is_some());
    assert!(text(&long, "facts/topics/on-land/page/3/index.html").is_some());
    assert!(text(&long, "facts/topics/on-land/page/4/index.html").is_none());
}

/// The old addresses of a figure and of a shared source lead to it, in each language, and at a host.
#[test]
fn old_addresses_of_figures_and_sources_lead_on() {
    let mut site = site();
    let settings = "title: Small\nbase_url: https://example.org/sub/\n\
                    languages: {en: {}, de: {title: Klein}}\nhosts: netlify\n";
    site.write("content/site.yaml", settings);
    let old =
        "redirect_from: [/facts/first/, https://example.org/sub/numbers/one/, /de/facts/nur/]";
    site.write(
        "content/facts.yaml",
        format!("{FACTS}  redirect_from: /facts/hidden/\nnew:\n  value: 1\n  {old}\n"),
    );
    site.write("content/sources.yaml", format!("{SOURCES}  redirect_from: /sources/first/\n"));
    site.write(
        "content/articles/shown.de.md",
        "---\ntitle: Gezeigt\n---\n\n[[fact:new]] [[fact:asked]]\n",
    );
    let loaded = load(&site);
    for (old, new) in [
        ("facts/first", "/sub/facts/new/"),
        ("numbers/one", "/sub/facts/new/"),
        ("de/facts/first", "/sub/de/facts/new/"),
        ("de/facts/nur", "/sub/de/facts/new/"),
        ("sources/first", "/sub/sources/paper/"),
        ("de/sources/first", "/sub/de/sources/paper/"),
    ] {
        let page = text(&loaded, &format!("{old}/index.html"));
        let page = page.unwrap_or_else(|| panic!("nothing at {old}"));
        assert!(page.contains(&format!("url={new}\"")), "{old}: {page}");
        let rules = text(&loaded, "_redirects").unwrap();
        let rule = format!("/sub/{old}/ {new}");
        assert!(rules.lines().any(|line| line.starts_with(&rule)), "{rule} in {rules}");
    }
    // What waits for a page that is not public yet has no old address either.
    for old in ["facts/hidden", "facts/nur", "de/de/facts/nur"] {
        assert!(text(&loaded, &format!("{old}/index.html")).is_none(), "{old}");
    }
}

/// A large amount of money in few digits, with the exact figure at hand, in every language of the interface; per cent,
/// percentage points and amounts per person apart.
#[test]
fn amounts_and_shares_in_every_language() {
    let facts = "\
budget: {value: 8700000000000, unit: ¥, of: Budget, as_of: 2025, conversion: budget-usd, history: [{value: 8123456789012, as_of: 2024}]}
budget-usd: {value: 59000000000, unit: US$}
share: {value: 2, unit: percent, denominator: GDP}
rise: {value: 2, unit: pp, denominator: GDP}
head: {value: 500, unit: €, per: person}
small: {value: 999999, unit: ¥}
people: {value: 8700000, unit: people}
";
    for (lang, [budget, exact, usd, share, rise, head]) in [
        (
            "en",
            [
                "¥8.7 trillion",
                "¥8,700,000,000,000",
                "US$59 billion",
                "2% of GDP",
                "2 percentage points of GDP",
                "€500 per person",
            ],
        ),
        (
            "de",
            [
                "8,7 Billionen_¥",
                "8.700.000.000.000_¥",
                "59 Milliarden_US$",
                "2 % GDP",
                "2 Prozentpunkte GDP",
                "500_€ pro person",
            ],
        ),
        (
            "fr",
            [
                "8,7 billions_¥",
                "8 700 000 000 000_¥",
                "59 milliards_US$",
                "2 % GDP",
                "2 points de pourcentage GDP",
                "500_€ par person",
            ],
        ),
        (
            "es",
            [
                "8,7 billones_¥",
                "8.700.000.000.000_¥",
                "59 mil millones_US$",
                "2 % GDP",
                "2 puntos porcentuales GDP",
                "500_€ por person",
            ],
        ),
        (
            "ja",
            [
                "¥8.7兆",
                "¥8,700,000,000,000",
                "US$590億",
                "GDPの2%",
                "GDPの2パーセントポイント",
                "person当たり€500",
            ],
        ),
        (
            "ko",
            [
                "¥8.7조",
                "¥8,700,000,000,000",
                "US$590억",
                "GDP의 2%",
                "GDP의 2%포인트",
                "person당 €500",
            ],
        ),
        (
            "zh",
            [
                "¥8.7万亿",
                "¥8,700,000,000,000",
                "US$590亿",
                "GDP的2%",
                "GDP的2个百分点",
                "每person€500",
            ],
        ),
        (
            "ar",
            [
                "8.7 تريليون_¥",
                "8,700,000,000,000_¥",
                "59 مليار_US$",
                "2% من GDP",
                "2 نقطة مئوية من GDP",
                "500_€ لكل person",
            ],
        ),
    ] {
        let mut site = Memory::new();
        site.write("content/site.yaml", format!("title: S\nlang: {lang}\n"));
        site.write("content/facts.yaml", facts);
        let loaded = load(&site);
        let words = |id: &str| -> String {
            let text = text(&loaded, &format!("facts/{id}.json")).unwrap();
            let value: Value = serde_json::from_str(&text).unwrap();
            let text = value["fact"]["text"].as_str().or(value["text"].as_str());
            plain(text.unwrap_or_else(|| panic!("{value}")))
        };
        let expected = |text: &str| plain(&text.replace('_', " "));
        for (id, text) in [
            ("budget", budget),
            ("budget-usd", usd),
            ("share", share),
            ("rise", rise),
            ("head", head),
        ] {
            assert_eq!(words(id), expected(text), "{lang} {id}");
        }
        // What is not large, and what is no money, keeps its digits.
        for (id, digits) in [("small", "999999"), ("people", "8700000")] {
            let found: String = words(id).chars().filter(char::is_ascii_digit).collect();
            assert_eq!(found, digits, "{lang}");
        }
        let page = plain(&text(&loaded, "facts/budget/index.html").unwrap());
        assert!(page.contains(&expected(exact)), "{lang}: no {exact} in {page}");
        assert!(
            page.contains(&format!("{}</bdi></a>", expected(usd))),
            "{lang}: no {usd} in {page}"
        );
        let digits: String = page.chars().filter(|c| c.is_ascii_digit() || *c == '<').collect();
        assert!(digits.contains("8123456789012"), "{lang}: the table has every digit");
    }
}

/// A text with plain spaces, and without the marks that keep directions apart.
fn plain(text: &str) -> String {
    let space = |c: char| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c };
    text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')).map(space).collect()
}
