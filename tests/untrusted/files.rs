//! Files beside pages: whatever their names and bytes, none that is published does more than be looked at.

use std::collections::BTreeSet;
use std::sync::Mutex;

use briefing::diag::{Code, Diagnostic};
use briefing::engine::{Engine, Loaded, Now, Options};
use briefing::source::Memory;

/// The folder of the page.
const FOLDER: &str = "content/articles/a/";

/// Endings by which a browser or a host does something.
const ACTIVE: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht", "hta", "js", "mjs", "cjs", "wasm",
    "xml", "xsl", "xslt", "svgz", "swf", "php", "php5", "phtml", "phar", "cgi", "asp", "aspx",
    "jsp", "htaccess", "rss", "atom", "css",
];

/// Names that are published whatever is in the files.
const PASSIVE: &[&str] = &[
    "a.png",
    "a.JPG",
    "a.jpeg",
    "a.gif",
    "a.webp",
    "a.avif",
    "a.mp3",
    "a.ogg",
    "a.mp4",
    "a.webm",
    "a.pdf",
    "a.csv",
    "a.json",
    "a.txt",
    "v1.2.pdf",
    "sub/a.png",
    "sub/deep/a.csv",
    "a b.png",
    "é.png",
    "html.png",
    "js/a.txt",
];

/// What no SVG beside a page may do.
const DRAWINGS: &[&str] = &[
    "<script>x()</script>",
    "<script xmlns='http://www.w3.org/1999/xhtml'>x()</script>",
    "<g onload='x()'/>",
    "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='/'/></foreignObject>",
    "<a href='javascript:x()'/>",
    "<a xmlns:x='http://www.w3.org/1999/xlink' x:href='&#x6A;avascript:x()'/>",
    "<use href='https://other.example/#a'/>",
    "<image href='data:image/svg+xml;base64,AAAA'/>",
    "<animate attributeName='href' values='javascript:x()'/>",
    "<set attributeName='onclick' to='x()'/>",
    "<style>@import url(https://other.example/)</style>",
    "<style>a{background:url(//other.example/)}</style>",
    "<rect fill='url(//other.example/#a)'/>",
    "<?xml-stylesheet type='text/xsl' href='#a'?>",
    "<b xmlns='http://www.w3.org/1999/xhtml'>a</b>",
    "<unclosed>",
];

/// Loads a site whose page has files beside it.
fn load(settings: &str, text: &str, files: &[(&str, &str)]) -> (Loaded, Memory) {
    let mut site = Memory::new();
    site.write("content/site.yaml", settings);
    site.write(&format!("{FOLDER}index.md"), format!("---\ntitle: A\n---\n{text}\n"));
    for (name, bytes) in files {
        site.write(&format!("{FOLDER}{name}"), *bytes);
    }
    let options = Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    };
    (Engine::once().load(&site, options), site)
}

/// What is published of the files, and what is said of the site.
fn build(
    settings: &str,
    text: &str,
    files: &[(&str, &str)],
) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let (loaded, _) = load(settings, text, files);
    let published = Mutex::new(BTreeSet::new());
    let mut said = loaded.diagnostics().to_vec();
    said.extend(loaded.render_all(&|output, _| {
        if loaded.kind(output) == "file" {
            published.lock().unwrap().insert(output.path.to_string());
        }
    }));
    (published.into_inner().unwrap(), said)
}

/// A name in other letters, and with what hosts and systems drop.
fn variants(ending: &str) -> Vec<String> {
    let mixed: String = ending
        .char_indices()
        .map(|(at, c)| if at % 2 == 0 { c.to_ascii_uppercase() } else { c })
        .collect();
    let mut names = Vec::new();
    for ending in [ending.to_string(), ending.to_uppercase(), mixed] {
        for rest in
            ["", ".", "..", " ", ".png", ".txt", ".PDF", ".gz", ".en.txt", ".bak.json", ".unknown"]
        {
            names.push(format!("a.{ending}{rest}"));
        }
    }
    names
}

#[test]
fn nothing_that_acts_is_published_whatever_its_name() {
    let names: Vec<String> = ACTIVE.iter().flat_map(|ending| variants(ending)).collect();
    let more = [
        "readme",
        "a.",
        "Makefile",
        "a.xyz",
        "a.sqlite",
        "a.svg.png",
        "_headers",
        "CNAME",
        "x/_worker.js",
    ];
    let all: Vec<&str> = names.iter().map(String::as_str).chain(more).collect();
    for refer in [false, true] {
        let text: String =
            all.iter().filter(|_| refer).map(|name| format!("[a](<{name}>)\n\n")).collect();
        let files: Vec<(&str, &str)> =
            all.iter().map(|name| (*name, "<script>x()</script>")).collect();
        let (published, said) = build("title: S\n", &text, &files);
        assert_eq!(published, BTreeSet::new(), "whether or not the page refers to it");
        for name in &all {
            let path = format!("{FOLDER}{name}");
            let of = |found: &&Diagnostic| found.span.file.as_str() == path;
            let found: Vec<_> = said.iter().filter(of).collect();
            assert_eq!(found.len(), 1, "one message for each file: {name}: {found:?}");
            assert!(
                matches!(found[0].code, Code::NotPublished | Code::BadPath | Code::SetAside),
                "{:?}",
                found[0]
            );
            assert!(!found[0].help.is_empty(), "{name}");
        }
        if refer {
            let dead = said.iter().filter(|found| found.code == Code::DeadLink);
            let (told, untold): (Vec<_>, Vec<_>) =
                dead.partition(|found| found.message.contains("is not published: "));
            assert!(told.len() >= all.len() - 10, "{} of {}", told.len(), all.len());
            assert!(untold.len() <= 10, "{untold:?}");
        }
    }
}

#[test]
fn what_is_only_looked_at_is_published_whatever_is_in_it() {
    let files: Vec<(&str, &str)> =
        PASSIVE.iter().map(|name| (*name, "<script>x()</script>")).collect();
    let (published, said) = build("title: S\n", "", &files);
    let expected: BTreeSet<String> =
        PASSIVE.iter().map(|name| format!("articles/a/{name}")).collect();
    assert_eq!(published, expected);
    assert!(said.iter().all(|found| found.code == Code::NoBaseUrl), "{said:?}");
}

#[test]
fn an_svg_is_published_if_it_only_draws() {
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
    for (number, inside) in DRAWINGS.iter().enumerate() {
        let text = svg(inside);
        for name in ["a.svg", "a.SVG", "a.Svg", "a.2.svg"] {
            let (published, said) = build("title: S\n", &format!("![a]({name})"), &[(name, &text)]);
            assert_eq!(published, BTreeSet::new(), "{number} {name}: {inside}");
            let codes: Vec<Code> = said.iter().map(|found| found.code).collect();
            assert!(codes.contains(&Code::NotPublished), "{inside}: {codes:?}");
            assert!(codes.contains(&Code::ImageNotFound), "{inside}: {codes:?}");
        }
    }
    let text = svg("<path d='M0 0h1' fill='url(#a)'/>");
    let (published, said) = build("title: S\n", "![a](a.svg)", &[("a.svg", &text)]);
    assert_eq!(published, BTreeSet::from(["articles/a/a.svg".to_string()]), "{said:?}");
}

#[test]
fn the_owner_may_trust_whoever_writes() {
    let files = [
        ("chart.html", "<script>x()</script>"),
        ("tool.js", "x()"),
        ("map.svg", "<svg><script/></svg>"),
        ("readme", "a"),
        ("notes.docx", "a"),
    ];
    let settings = "title: S\ncontent_trust: trusted\n";
    let (published, _) = build(settings, "", &files);
    assert_eq!(published.len(), files.len(), "{published:?}");
    // What no author means to publish is not content, whoever writes.
    let litter = [("~$notes.docx", "a"), ("notes.md", "a"), (".~lock.a.odt#", "a")];
    assert_eq!(build(settings, "", &litter).0, BTreeSet::new());
}

#[test]
fn the_owners_files_stay_as_they_are() {
    let (_, mut site) = load("title: S\n", "", &[]);
    for name in ["chart.html", "tool.js", "map.svg", "_redirects", "robots.txt", ".well-known/x"] {
        site.write(&format!("static/{name}"), "<script>x()</script>");
    }
    let options = Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    };
    let loaded = Engine::once().load(&site, options);
    let published = loaded.site().published.iter().filter(|asset| asset.source.is_some());
    assert_eq!(published.count(), 6);
}
