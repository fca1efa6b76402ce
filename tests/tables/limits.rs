//! Both sides of every limit: what is just within it, and what is just beyond.

use std::fmt::Write;

use briefing::author::page;
use briefing::base::{OutPath, SourcePath};
use briefing::config::HostKind;
use briefing::content::kind::Kind;
use briefing::content::sentences;
use briefing::data::hosts::FileTally;
use briefing::diag::{self, Code, Diagnostic, Span};
use briefing::engine::Loaded;

use super::{html, load, of_file, out, reported};

/// A limit: its name, what is seen with a value, and values at both of its sides with what is seen of them.
type Limit = (&'static str, fn(usize) -> String, &'static [(usize, &'static str)]);

#[rustfmt::skip]
const LIMITS: [Limit; 52] = [
    ("letters of a title that are read", title, &[(110, "-"), (111, "long-text")]),
    ("letters of a title", title, &[(200, "long-text"), (201, "invalid-value")]),
    ("letters of a player's name", name, &[(200, "-"), (201, "invalid-value")]),
    ("letters of a summary", summary, &[(300, "-"), (301, "long-text")]),
    ("letters of a summary in a description", description, &[(300, "300"), (301, "cut")]),
    ("letters of a paragraph", paragraph, &[(1200, "-"), (1201, "long-text")]),
    ("letters of a text that a line of hyphens makes a heading", heading, &[(80, "-"), (81, "accidental-block")]),
    ("words of a heading that ends in a full stop", sentence_heading, &[(5, "-"), (6, "accidental-block")]),
    ("letters of a term of a definition", term, &[(80, "-"), (81, "accidental-block")]),
    ("letters of a line that is a heading", short_line, &[(60, "run-together"), (61, "-")]),
    ("letters of a line that is a paragraph", long_line, &[(139, "-"), (140, "run-together")]),
    ("bytes of a tag of a template", template_tag, &[(1000, "foreign-syntax"), (1001, "-")]),
    ("bytes of a text that is marked in HTML", marked, &[(200, "foreign-syntax"), (201, "-")]),
    ("bytes of a text between brackets", bracketed, &[(599, "malformed-link"), (600, "malformed-link"), (601, "-")]),
    ("bytes of a destination", destination, &[(1199, "malformed-link"), (1200, "-")]),
    ("bytes of a row with a link", row, &[(4000, "malformed-table, malformed-table"), (4001, "-")]),
    ("letters of a kind of callout", callout_kind, &[(24, "missed-callout"), (25, "-")]),
    ("people of a page without players", people, &[(9, "-"), (10, "undeclared-names")]),
    ("places of a word that is a slip", slips, &[(2, "near-miss-name, near-miss-name"), (3, "-")]),
    ("key points", key_points, &[(6, "-"), (7, "long-text")]),
    ("bytes of front matter", front_matter, &[(65536, "-"), (65537, "too-large")]),
    ("bytes of a file", file, &[(8388608, "-"), (8388609, "too-large")]),
    ("levels of a field", levels, &[(32, "-"), (33, "too-large")]),
    ("bytes of a segment", segment, &[(255, "-"), (256, "bad-path")]),
    ("bytes of a path", path, &[(1024, "true"), (1025, "false")]),
    ("articles of a list that is one page", |n| pages(n, "articles/page/"), &[(20, "0"), (21, "1")]),
    ("articles of a page of a list", |n| pages(n, "articles/page/"), &[(100, "1"), (101, "2")]),
    ("articles on the home page", |n| home(n, 0, "b-latest"), &[(10, "10"), (11, "10 and more")]),
    ("topics on the home page", |n| home(n, 1, "b-topics"), &[(12, "12"), (13, "12 and more")]),
    ("related articles", related, &[(5, "4"), (6, "5"), (7, "5")]),
    ("sections of a text without contents", contents, &[(3, "false"), (4, "true")]),
    ("letters of a sentence", sentence, &[(300, "whole"), (301, "cut")]),
    ("bytes of a message", message, &[(500, "whole"), (501, "cut")]),
    ("diagnostics of a code that are shown", shown, &[(10, "all"), (11, "10")]),
    ("ids with a suggestion", suggested, &[(49, "49"), (50, "50"), (51, "50")]),
    ("letters of an id with a suggestion", long_id, &[(64, "true"), (65, "false")]),
    ("attributes of an element of a drawing", attributes, &[(256, "true"), (257, "false")]),
    ("namespaces of a drawing", namespaces, &[(1024, "true"), (1025, "false")]),
    ("letters of the title of a new page", new_title, &[(200, "true"), (201, "false")]),
    ("days of a post", post, &[(1, "false"), (2, "true"), (11, "true"), (12, "false")]),
    ("redirects at Cloudflare", |n| moved("cloudflare", n), &[(2000, "-"), (2001, "host-limit")]),
    ("redirects at Vercel", |n| moved("vercel", n), &[(2048, "-"), (2049, "host-limit")]),
    ("redirects at Azure", |n| moved("azure", n), &[(310, "-"), (311, "host-limit")]),
    ("redirects at S3", |n| moved("s3", n), &[(50, "-"), (51, "host-limit")]),
    ("redirects at Netlify", |n| moved("netlify", n), &[(3000, "-")]),
    ("rules of headers at Cloudflare", rules, &[(45, "-"), (46, "host-limit")]),
    ("files at Cloudflare", |n| files_at(HostKind::Cloudflare, n, 1), &[(20_002, "-"), (20_003, "host-limit")]),
    ("bytes of a file at Cloudflare", |n| files_at(HostKind::Cloudflare, 1, n), &[(26_214_400, "-"), (26_214_401, "host-limit")]),
    ("files at Vercel", |n| files_at(HostKind::Vercel, n, 1), &[(15_001, "-"), (15_002, "host-limit")]),
    ("bytes of a site at Azure", |n| files_at(HostKind::Azure, 2, n), &[(131_072_000, "-"), (131_072_001, "host-limit")]),
    ("files at Netlify", |n| files_at(HostKind::Netlify, n, n), &[(200_000, "-")]),
    ("letters of the id of a new page", new_id, &[(99, "99"), (100, "100"), (101, "100")]),
];

#[test]
fn each_limit_is_where_it_is() {
    let mut wrong = String::new();
    for (name, see, values) in LIMITS {
        for (value, expected) in values {
            let found = see(*value);
            if found != *expected {
                writeln!(wrong, "{name}: {value} gives {found}, not {expected}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is said of a site with so many old addresses, when `hosts` names a kind of host.
fn moved(host: &str, addresses: usize) -> String {
    let mut front = "---\ntitle: A\nredirect_from:\n".to_owned();
    (0..addresses).for_each(|n| writeln!(front, "  - /{n}/").unwrap());
    front.push_str("---\n");
    of_hosts(host, vec![("content/articles/a.md".into(), front)])
}

/// The same of a site with so many files whose headers are their own, each at two addresses.
fn rules(files: usize) -> String {
    let files = (0..files).map(|n| (format!("static/{n}/index.html"), "x".to_owned()));
    of_hosts("cloudflare", files.collect())
}

/// What is said of so many files, each of so many bytes. The files that a host reads itself are among them.
fn files_at(host: HostKind, count: usize, bytes: usize) -> String {
    let tally = FileTally::default();
    (0..count).for_each(|n| tally.add(&out(&n.to_string()), bytes as u64, None));
    codes(&reported(tally.over(&[host]).iter()))
}

fn of_hosts(host: &str, mut files: Vec<(String, String)>) -> String {
    let settings = format!("title: Test\nbase_url: https://example.org/\nhosts: [{host}]\n");
    files.push(("content/site.yaml".into(), settings));
    let found = load(&files).render_all(&|_, _| ());
    codes(&reported(found.iter()))
}

fn article(front: &str, text: &str) -> String {
    codes(&of_file("content/articles/a.md", &format!("---\n{front}\n---\n\n{text}\n")))
}

/// The codes of a report without what the help names.
fn codes(report: &str) -> String {
    report.split(", ").map(|part| part.split(' ').next().unwrap()).collect::<Vec<_>>().join(", ")
}

fn title(letters: usize) -> String {
    article(&format!("title: {}", "x".repeat(letters)), "A text.")
}

fn name(letters: usize) -> String {
    let text = format!("---\nname: {}\n---\n", "x".repeat(letters));
    codes(&of_file("content/players/a.md", &text))
}

fn summary(letters: usize) -> String {
    article(&format!("title: A\nsummary: {}", "x".repeat(letters)), "A text.")
}

fn description(letters: usize) -> String {
    let words = format!("{}x", &"word ".repeat(100)[..letters - 1]);
    let front = format!("---\ntitle: A\nsummary: {words}\n---\n");
    let html = html(&load(&[("content/articles/a.md".into(), front)]), "articles/a/index.html");
    let start = html.find("name=\"description\" content=\"").unwrap() + 28;
    let text = &html[start..start + html[start..].find('"').unwrap()];
    if text.ends_with('…') { "cut".into() } else { text.chars().count().to_string() }
}

fn paragraph(letters: usize) -> String {
    article(
        "title: A",
        &format!(
            "{}.",
            "word ".repeat(240)[..letters.min(1200) - 1].to_owned()
                + &"x".repeat(letters.saturating_sub(1200))
        ),
    )
}

fn heading(letters: usize) -> String {
    article("title: A", &format!("{}\n---\n\nText.", "x".repeat(letters)))
}

fn sentence_heading(words: usize) -> String {
    article("title: A", &format!("## {}words.\n\nText.", "some ".repeat(words - 1)))
}

fn term(letters: usize) -> String {
    article("title: A", &format!("{}\n: so", "x".repeat(letters)))
}

fn short_line(letters: usize) -> String {
    let body = "The parties agree. ".repeat(10);
    article("title: A", &format!("X{}\n{body}", "x".repeat(letters - 1)))
}

fn long_line(letters: usize) -> String {
    article("title: A", &format!("The line\nThe {}", "x".repeat(letters - 4)))
}

fn template_tag(bytes: usize) -> String {
    article("title: A", &format!("A {{{{{}}}}} b.", "x".repeat(bytes - 4)))
}

fn marked(bytes: usize) -> String {
    let settings = "title: A\nbase_url: https://example.org/\ncontent_trust: trusted\n";
    let text = format!("---\ntitle: A\n---\n\n<div>\n=={}==\n</div>\n", "x".repeat(bytes));
    let files = [("content/site.yaml", settings.into()), ("content/articles/a.md", text)];
    let loaded = load(&files.map(|(path, text): (&str, String)| (path.into(), text)));
    codes(&reported(loaded.diagnostics().iter()))
}

fn bracketed(bytes: usize) -> String {
    article("title: A", &format!("A [{}] (https://example.net).", "x".repeat(bytes - 1)))
}

fn destination(bytes: usize) -> String {
    let start = "https://example.net/";
    article("title: A", &format!("- The [act] ({start}{}).", "x".repeat(bytes - start.len())))
}

fn row(bytes: usize) -> String {
    let start = "| [[b|c]] | ";
    let row = format!("{start}{} |", "x".repeat(bytes - start.len() - 2));
    article("title: A", &format!("| a | b | c |\n|---|---|---|\n{row}"))
}

fn callout_kind(letters: usize) -> String {
    article("title: A", &format!("> [!{}]\n> Text.", "x".repeat(letters)))
}

fn people(count: usize) -> String {
    let letters = "abcdefghij".chars().take(count);
    let names: Vec<String> = letters.map(|letter| format!("Vor{letter}n Krohn{letter}")).collect();
    article("title: A", &format!("They met {}.", names.join(", ")))
}

/// A slip in the family name of a person that a page names.
fn slips(places: usize) -> String {
    let text = format!("Pete Hegseth left. {}", "Then Hegsseth spoke. ".repeat(places));
    let files = [
        ("content/players/pete-hegseth.md".into(), "---\nname: Pete Hegseth\n---\n".into()),
        ("content/articles/a.md".into(), format!("---\ntitle: A\n---\n\n{text}\n")),
    ];
    codes(&reported(load(&files).diagnostics().iter()))
}

fn key_points(count: usize) -> String {
    article(&format!("title: A\nkey_points: [{}]", "Point, ".repeat(count)), "A text.")
}

fn front_matter(bytes: usize) -> String {
    let start = "title: A\nextra:\n  x: ";
    article(&format!("{start}{}", "x".repeat(bytes - start.len() - 1)), "A text.")
}

fn file(bytes: usize) -> String {
    let start = "---\ntitle: A\n---\n";
    let text = format!("{start}{}", "\n".repeat(bytes - start.len()));
    codes(&of_file("content/articles/a.md", &text))
}

fn levels(count: usize) -> String {
    // The mapping of all fields is the first level, `extra` the second.
    let lists = count - 1;
    article(&format!("title: A\nextra: {}1{}", "[".repeat(lists), "]".repeat(lists)), "A text.")
}

fn segment(bytes: usize) -> String {
    article(&format!("title: A\nredirect_from: /{}/", "x".repeat(bytes)), "A text.")
}

fn path(bytes: usize) -> String {
    let segments = "x".repeat(200) + "/";
    let path = segments.repeat(6)[..bytes].to_string();
    let path = if path.ends_with('/') { format!("{}x", &path[..bytes - 1]) } else { path };
    OutPath::new(&path).is_ok().to_string()
}

/// Articles, and as many topics with one article each, or none.
fn articles(count: usize, topics: usize) -> Loaded {
    let mut files: Vec<(String, String)> = Vec::new();
    for at in 0..count {
        let topic = if topics > 0 { format!("topics: t{at}\n") } else { "topics: t\n".into() };
        let day = format!("published: 2025-{:02}-{:02}", at / 28 + 1, at % 28 + 1);
        let text = format!("---\ntitle: Story {at}\n{day}\n{topic}---\n");
        files.push((format!("content/articles/story-{at}.md"), text));
        if topics > 0 {
            let text = format!("---\ntitle: Topic {at}\n---\n");
            files.push((format!("content/topics/t{at}.md"), text));
        }
    }
    load(&files)
}

fn pages(count: usize, below: &str) -> String {
    let loaded = articles(count, 0);
    let outputs = loaded.site().outputs.iter();
    outputs.filter(|output| output.path.as_str().starts_with(below)).count().to_string()
}

fn home(count: usize, topics: usize, id: &str) -> String {
    let html = html(&articles(count, topics), "index.html");
    let section = html.split_once(&format!("id=\"{id}\"")).unwrap().1;
    let section = section.split_once("</section>").unwrap().0;
    let more = if section.contains("class=\"more\"") { " and more" } else { "" };
    format!("{}{more}", section.matches("<h3").count())
}

fn related(count: usize) -> String {
    let html = html(&articles(count, 0), "articles/story-0/index.html");
    let section = html.split_once("id=\"b-related\"").map_or("", |(_, section)| section);
    section.split("</aside>").next().unwrap().matches("<h3").count().to_string()
}

fn contents(sections: usize) -> String {
    let text: String = (0..sections).map(|at| format!("## Section {at}\n\nText.\n\n")).collect();
    let files = [("content/articles/a.md".into(), format!("---\ntitle: A\n---\n\n{text}"))];
    html(&load(&files), "articles/a/index.html").contains("<nav class=\"contents\"").to_string()
}

fn sentence(letters: usize) -> String {
    let text = "word ".repeat(100)[..letters].replace(' ', "_");
    let excerpt = sentences::around(&text, &sentences::ends(&text), &(0..4));
    if excerpt.cut_end { "cut".into() } else { "whole".into() }
}

fn span() -> Span {
    Span::file(SourcePath::new("content/a.md"))
}

fn message(bytes: usize) -> String {
    let found = Diagnostic::new(Code::UnknownId, span(), "x".repeat(bytes));
    if found.message.len() == bytes { "whole".into() } else { "cut".into() }
}

fn shown(count: usize) -> String {
    let found: Vec<_> =
        (0..count).map(|at| Diagnostic::new(Code::UnknownId, span(), at.to_string())).collect();
    match diag::select(&found, diag::OF_EACH).shown.len() {
        all if all == count => "all".into(),
        shown => shown.to_string(),
    }
}

/// How many of so many misspelt ids have a suggestion.
fn suggested(count: usize) -> String {
    let links: String = (0..count).map(|at| format!("[[some-pages-{at}]] ")).collect();
    let files = [
        ("content/articles/a.md".into(), format!("---\ntitle: A\n---\n\n{links}\n")),
        ("content/articles/some-page-1.md".into(), "---\ntitle: B\n---\n".into()),
    ];
    let loaded = load(&files);
    let near = |found: &&Diagnostic| found.help.iter().any(|help| help.starts_with("did you mean"));
    loaded.diagnostics().iter().filter(near).count().to_string()
}

fn long_id(letters: usize) -> String {
    let id = "x".repeat(letters);
    let files = [
        ("content/articles/a.md".into(), format!("---\ntitle: A\n---\n\n[[{id}]]\n")),
        (format!("content/articles/{}y.md", &id[1..]), "---\ntitle: B\n---\n".into()),
    ];
    let loaded = load(&files);
    let near = |found: &Diagnostic| found.help.iter().any(|help| help.starts_with("did you mean"));
    loaded.diagnostics().iter().any(near).to_string()
}

/// Whether a drawing whose first element has some text is published.
fn drawing(attributes: &str) -> String {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><g{attributes}/></svg>");
    let files = [
        ("content/articles/talks/index.md".into(), "---\ntitle: Talks\n---\n".into()),
        ("content/articles/talks/a.svg".into(), svg),
    ];
    load(&files).site().outputs.get(&out("articles/talks/a.svg")).is_some().to_string()
}

fn attributes(count: usize) -> String {
    drawing(&(0..count).map(|at| format!(" a{at}=\"\"")).collect::<String>())
}

fn namespaces(count: usize) -> String {
    // The drawing's own is the first; each element may have some.
    let groups = |range: std::ops::Range<usize>| -> String {
        range.map(|at| format!(" xmlns:n{at}=\"http://purl.org/dc/{at}\"")).collect()
    };
    let mut text = String::new();
    for start in (0..count - 1).step_by(200) {
        write!(text, "/><g{}", groups(start..(start + 200).min(count - 1))).unwrap();
    }
    drawing(&text)
}

fn new_page(title: &str) -> Result<briefing::author::NewFile, page::PageRefusal> {
    page::page(Kind::Article, title, None, "2026-01-01", &[])
}

fn new_title(letters: usize) -> String {
    new_page(&"x ".repeat(letters)[..letters]).is_ok().to_string()
}

fn new_id(letters: usize) -> String {
    let file = new_page(&"x".repeat(letters)).unwrap();
    file.path.file_name().trim_end_matches(".md").len().to_string()
}

/// Whether a post's title and a family name link on a page so many days after 28 February; the post is held from 1 to
/// 10 March.
fn post(days: usize) -> String {
    let day = jiff::civil::date(2024, 2, 28).saturating_add(jiff::Span::new().days(days as i64));
    let player = "---\nname: Ann Ode\nkind: person\nposts: [{title: Secretary, start: 2024-03-01, end: 2024-03-10}]\n---\n";
    let article = format!("---\ntitle: A\npublished: {day}\n---\n\nSecretary Ode spoke.\n");
    let files = [
        ("content/players/ann.md".into(), player.into()),
        ("content/articles/a.md".into(), article),
    ];
    html(&load(&files), "articles/a/index.html").contains("/players/ann/").to_string()
}
