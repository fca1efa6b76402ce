//! Every entry of every table, through what a site shows of it.
//!
//! `rows/*.txt` has a row for each: what goes in, ` => `, and what comes out. A row whose outcome differs fails, so that
//! no entry can be changed or lost unseen. `BRIEFING_BLESS=1 cargo test --test tables` writes the outcomes anew. A new
//! entry needs a new row; `limits.rs` holds both sides of every limit.

#![allow(clippy::disallowed_methods, reason = "a test reads its rows")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

mod limits;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use briefing::base::{MediaType, OutPath, credential, host_name};
use briefing::check::scan;
use briefing::config::AllowedOrigins;
use briefing::content::sentences;
use briefing::diag::Diagnostic;
use briefing::engine::{Engine, Loaded, Now, Options, Rendered};
use briefing::lang::LangTag;
use briefing::site::policies::Policies;
use briefing::site::{Output, headers};
use briefing::source::{Memory, ignored};

/// What becomes of every row of a table.
type Outcomes = fn(&[String]) -> Vec<String>;

/// The tables, by the names of their files.
const TABLES: [(&str, Outcomes); 27] = [
    ("abbreviations", |rows| each(rows, abbreviation)),
    ("admonitions", |rows| each(rows, admonition)),
    ("beside-a-page", beside_a_page),
    ("callouts", |rows| each(rows, callout)),
    ("character-references", |rows| each(rows, character_reference)),
    ("countries", |rows| each(rows, country)),
    ("domains", |rows| each(rows, |end| link_in_text(&format!("x.{end}")))),
    ("drawings", drawings),
    ("elisions", |rows| each(rows, |word| paragraph(&format!("A '{word} b'."), "en"))),
    ("emoji", |rows| each(rows, |name| first_help(&format!("A :{name}: b.\n")))),
    ("headers", |rows| each(rows, headers_of)),
    ("headings", |rows| each(rows, heading)),
    ("host-names", |rows| each(rows, |row| host_name(row).unwrap_or("-").into())),
    ("keys-that-hide", |rows| each(rows, key_that_hides)),
    ("languages", |rows| each(rows, language)),
    ("left-behind", |rows| each(rows, |row| ignored(row).to_string())),
    ("links-without-scheme", |rows| each(rows, link)),
    ("media-types", |rows| each(rows, |row| MediaType::of(&out(row)).to_string())),
    ("quotation-marks", |rows| each(rows, |lang| paragraph("\"a 'b' c\"", lang))),
    ("reserved", |rows| each(rows, reserved)),
    ("sandboxed", sandboxed),
    ("schemes", |rows| each(rows, |start| link_in_text(&format!("{start}example.org")))),
    ("settings-of-others", |rows| each(rows, setting)),
    ("shares", shares),
    ("strays", strays),
    ("tokens", |rows| each(rows, token)),
    ("unquoted", |rows| each(rows, unquoted)),
];

#[test]
fn every_entry_of_every_table_has_its_outcome() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/rows");
    let mut wrong = String::new();
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        files.push(entry.unwrap().file_name().into_string().unwrap());
    }
    files.sort();
    let names: Vec<String> = TABLES.iter().map(|(name, _)| format!("{name}.txt")).collect();
    assert_eq!(files, names);
    for (name, outcomes) in TABLES {
        let path = folder.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&path).unwrap();
        let row = |line: &str| line.split_once(" =>").map(|(row, _)| row.to_string());
        let rows: Vec<String> = text.lines().filter_map(row).collect();
        let mut found = outcomes(&rows).into_iter();
        let mut expected = String::new();
        for line in text.lines() {
            match row(line) {
                Some(row) => writeln!(expected, "{row} => {}", found.next().unwrap()).unwrap(),
                None => writeln!(expected, "{line}").unwrap(),
            }
        }
        assert_eq!(found.next(), None, "{name}");
        if std::env::var_os("BRIEFING_BLESS").is_some() {
            std::fs::write(&path, expected).unwrap();
        } else {
            let lines = text.lines().zip(expected.lines()).filter(|(old, new)| old != new);
            wrong.extend(lines.map(|(old, new)| format!("{name}: {old}\n{name}: {new}\n")));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn each(rows: &[String], outcome: fn(&str) -> String) -> Vec<String> {
    rows.iter().map(|row| outcome(row)).collect()
}

fn out(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

/// A site of files, loaded as on 1 January 2026.
fn load(files: &[(String, String)]) -> Loaded {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Test\nbase_url: https://example.org/\n");
    for (path, text) in files {
        site.write(path, text.as_bytes());
    }
    let now = Now::Day(jiff::civil::date(2026, 1, 1));
    Engine::once().load(&site, Options { now, ..Options::default() })
}

/// The headers of a file of the site.
fn headers_of(path: &str) -> String {
    let none = AllowedOrigins::default();
    let policies = Policies::new(none.clone(), &none, false);
    let headers = headers::OutputHeaders::of(&Output::file(out(path), 0), &policies);
    let policy = if &*headers.policy == "sandbox" { "sandbox" } else { "page" };
    let open = if headers.is_open { "open" } else { "own" };
    format!("{policy}, {}, {open}", headers.cache)
}

/// The codes of what is reported of files, with what the help names; `-` for nothing.
fn reported<'a>(found: impl Iterator<Item = &'a Diagnostic>) -> String {
    let mut texts: Vec<String> = Vec::new();
    for found in found {
        let mut text = found.code.to_string();
        for help in &found.help {
            let named = help.split('`').skip(1).step_by(2);
            named.for_each(|named| write!(text, " `{named}`").unwrap());
            if let Some(url) = help.strip_prefix("write https:") {
                write!(text, " https:{url}").unwrap();
            }
        }
        texts.push(text);
    }
    if texts.is_empty() { "-".into() } else { texts.join(", ") }
}

/// What is reported of one file.
fn of_file(path: &str, text: &str) -> String {
    let loaded = load(&[(path.into(), text.into())]);
    reported(loaded.diagnostics().iter().filter(|found| found.span.file.as_str() == path))
}

fn abbreviation(word: &str) -> String {
    sentences::ends(&format!("See {word}. Then")).len().to_string()
}

/// An article with a text, written out in a language.
fn article(text: &str, lang: &str) -> Loaded {
    let text = format!("---\ntitle: A\nlang: {lang}\n---\n\n{text}\n");
    load(&[("content/articles/a.md".into(), text)])
}

/// What the help of the one problem of a text says; `-` if it has none.
fn first_help(text: &str) -> String {
    let loaded = article(text, "en");
    let mut found = loaded.diagnostics().iter();
    let help = found.next().map_or("-".into(), |found| found.help.join("; "));
    assert_eq!(found.next(), None, "{text}");
    help
}

/// The paragraph of an article with a text.
fn paragraph(text: &str, lang: &str) -> String {
    let html = html(&article(&format!("ONE {text} TWO"), lang), "articles/a/index.html");
    let (_, text) = html.rsplit_once("ONE ").unwrap();
    text.split_once(" TWO").unwrap().0.to_owned()
}

fn admonition(kind: &str) -> String {
    let help = first_help(&format!("!!! {kind}\n"));
    help.split('`').nth(1).unwrap_or("-").trim_start_matches("> ").into()
}

fn callout(kind: &str) -> String {
    let text = format!("> [!{kind}]\n> A text.\n");
    match first_help(&text) {
        help if help != "-" => help,
        _ => {
            let html = html(&article(&text, "en"), "articles/a/index.html");
            let class = html.split_once("class=\"callout ").map_or("-", |(_, class)| class);
            class.split('"').next().unwrap_or_default().into()
        }
    }
}

fn heading(word: &str) -> String {
    let loaded = article(&format!("## One two three four five {word}.\n\nText.\n"), "en");
    reported(loaded.diagnostics().iter())
}

/// A link of a text, and what is reported.
fn link_in_text(url: &str) -> String {
    reported(article(&format!("[a]({url})\n"), "en").diagnostics().iter())
}

fn character_reference(row: &str) -> String {
    let html = format!("<a href=\"{row}\">x</a>");
    scan(&html).links.iter().map(|link| link.url.to_string()).collect()
}

fn country(key: &str) -> String {
    of_file("content/players/a.md", &format!("---\nname: {{en: Ann, {key}: Ann}}\n---\n"))
}

fn reserved(name: &str) -> String {
    of_file(&format!("content/pages/{name}.md"), "---\ntitle: A\n---\n")
}

fn key_that_hides(line: &str) -> String {
    of_file("content/articles/a.md", &format!("---\ntitle: A\n{line}\n---\n"))
}

fn setting(line: &str) -> String {
    of_file("content/site.yaml", &format!("title: A\nbase_url: https://example.org/\n{line}\n"))
}

fn link(url: &str) -> String {
    let source = format!("sources: [{{title: T, url: {url}}}]");
    of_file("content/articles/a.md", &format!("---\ntitle: A\n{source}\n---\n"))
}

/// A plain value that begins with a sign of YAML.
fn unquoted(value: &str) -> String {
    of_file("content/articles/a.md", &format!("---\ntitle: {value}\n---\n"))
}

fn language(tag: &str) -> String {
    LangTag::parse(tag).map_or("-".into(), |tag| format!("{} {}", tag.as_str(), tag.direction()))
}

fn beside_a_page(names: &[String]) -> Vec<String> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut text = String::from("---\ntitle: Talks\n---\n\n");
    for name in names {
        writeln!(text, "[x]({name})\n").unwrap();
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        files.push((format!("content/articles/talks/{name}"), svg.into()));
    }
    files.push(("content/articles/talks/index.md".into(), text));
    published(&load(&files), names)
}

fn drawings(rows: &[String]) -> Vec<String> {
    let names: Vec<String> = (0..rows.len()).map(|at| format!("d{at}.svg")).collect();
    let mut files: Vec<(String, String)> = Vec::new();
    for (name, row) in names.iter().zip(rows) {
        let inner = match row.strip_prefix("NS ") {
            Some(namespace) => format!("<x:y xmlns:x=\"{namespace}\"/>"),
            None => row.clone(),
        };
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
        files.push((format!("content/articles/talks/{name}"), svg));
    }
    files.push(("content/articles/talks/index.md".into(), "---\ntitle: Talks\n---\n".into()));
    published(&load(&files), &names)
}

/// Of files beside the page `talks`, which are published, and what is reported of the others.
fn published(loaded: &Loaded, names: &[String]) -> Vec<String> {
    let mut reports: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for found in loaded.diagnostics() {
        reports.entry(found.span.file.as_str()).or_default().push(found);
    }
    let of = |name: &String| {
        let path = format!("content/articles/talks/{name}");
        match loaded.site().outputs.get(&out(&format!("articles/talks/{name}"))) {
            Some(_) => "published".into(),
            None => {
                let found = reports.get(&*path).into_iter().flatten();
                let codes: Vec<String> = found.map(|found| found.code.to_string()).collect();
                if codes.is_empty() { "-".into() } else { codes.join(", ") }
            }
        }
    };
    names.iter().map(of).collect()
}

fn sandboxed(names: &[String]) -> Vec<String> {
    let file = |name: &String| (format!("static/{name}"), "x".to_string());
    let loaded = load(&names.iter().map(file).collect::<Vec<_>>());
    let of = |name: &String| {
        let output = loaded.site().outputs.get(&out(name)).unwrap();
        let policy = headers::policy_of_file(output).unwrap_or("-");
        format!("{}; {policy}", headers::cache_control(output))
    };
    names.iter().map(of).collect()
}

fn shares(units: &[String]) -> Vec<String> {
    let mut text = String::new();
    for (at, unit) in units.iter().enumerate() {
        writeln!(text, "f{at}: {{value: 1, unit: \"{unit}\"}}").unwrap();
    }
    let loaded = load(&[("content/facts.yaml".into(), text)]);
    let of = |at: usize| {
        let on_line = loaded.diagnostics().iter().filter(|found| {
            found.span.file.as_str() == "content/facts.yaml"
                && found.span.start.line as usize == at + 1
        });
        on_line.map(|found| found.code.to_string()).next().unwrap_or("-".into())
    };
    (0..units.len()).map(of).collect()
}

fn strays(paths: &[String]) -> Vec<String> {
    each(paths, |path| of_file(&format!("content/{path}"), "A text.\n"))
}

/// Whose token is found in a text that holds a beginning and what may follow it, and with one sign fewer.
fn token(row: &str) -> String {
    let [start, of, least] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
    let start = start.replace('|', "");
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let lower = letters.to_lowercase();
    let signs = match of {
        "Hex" => "0123456789abcdef".to_string(),
        "Upper" => format!("{letters}0123456789"),
        "Lower" => format!("{lower}0123456789"),
        _ => format!("{letters}{lower}0123456789"),
    };
    let signs: Vec<char> = signs.chars().collect();
    // Without order, and the same in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        signs[(state >> 33) as usize % signs.len()]
    };
    let body: String = (0..least.parse().unwrap()).map(|_| next()).collect();
    let whose = |body: &str| {
        let text = format!("It says {start}{body} here.");
        credential::token_in(text.as_bytes()).unwrap_or("-")
    };
    format!("{}, {}", whose(&body), whose(&body[1..]))
}

/// A page of a site.
fn html(loaded: &Loaded, path: &str) -> String {
    match loaded.bytes(&out(path)) {
        Some((Some(Rendered::Text(text)), None)) => text.to_string(),
        _ => panic!("{path} is no page"),
    }
}
