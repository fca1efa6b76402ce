//! What is almost a name, and what is not: the cases are in `near.txt`. Each is a page of one site.
//!
//! A case begins with `===` and its title; a line that begins with `!!` is expected: the severity, and what is written.
//! The rest is the page, with its front matter if it has any beside a title.

use std::fmt::Write;

use briefing::diag::{Code, Strictness};
use briefing::engine::{Engine, Now, Options};
use briefing::source::Memory;

use crate::support;

const TABLE: &str = include_str!("near.txt");

#[test]
fn what_is_almost_a_name() {
    let (players, cases) = TABLE.split_at(TABLE.find("=== ").unwrap());
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Names\nbase_url: https://example.org/\n");
    for (path, text) in support::files(players) {
        site.write(path.trim_start_matches('/'), text);
    }
    let cases: Vec<(&str, String, Vec<&str>)> = cases.split("=== ").skip(1).map(read).collect();
    assert!(cases.len() >= 45, "only {} cases", cases.len());
    for (at, (_, page, _)) in cases.iter().enumerate() {
        site.write(&path(at), page.clone());
    }
    let mut engine = Engine::once();
    let now = Now::Day(jiff::civil::date(2026, 1, 1));
    let options = Options { now, folder: "names".into(), ..Options::default() };
    let loaded = engine.load(&site, options);
    let mut diagnostics = loaded.diagnostics().to_vec();
    loaded.config().levels.apply(Strictness::Check, &mut diagnostics);
    briefing::diag::sort(&mut diagnostics);
    let mut differences = String::new();
    for (at, (title, page, expected)) in cases.iter().enumerate() {
        let of_page = diagnostics.iter().filter(|found| found.span.file.as_str() == path(at));
        let of_names = of_page.filter(|found| found.code != Code::AmbiguousName);
        let found: Vec<String> = of_names
            .map(|found| {
                let written = found.message.split('`').nth(1).unwrap_or_default();
                let severity = format!("{:?}", found.severity).to_lowercase();
                match found.code {
                    Code::NearMissName => format!("{severity} {written}"),
                    code => format!("{severity} {code} {written}"),
                }
            })
            .collect();
        if found != *expected {
            writeln!(differences, "{title}: {found:?} instead of {expected:?}\n{page}\n").unwrap();
        }
    }
    assert_eq!(differences, "");
}

fn path(at: usize) -> String {
    format!("content/articles/case-{at}.md")
}

/// The title, the page and what is expected of a case.
fn read(case: &str) -> (&str, String, Vec<&str>) {
    let (title, rest) = case.split_once('\n').unwrap();
    let expected = rest.lines().filter_map(|line| line.strip_prefix("!! ")).collect();
    let text: Vec<&str> = rest.lines().filter(|line| !line.starts_with("!! ")).collect();
    let text = text.join("\n");
    let page = match text.trim_start().strip_prefix("---\n") {
        Some(page) if page.starts_with("title: ") => format!("---\n{page}"),
        Some(page) => format!("---\ntitle: A case\n{page}"),
        None => format!("---\ntitle: A case\n---\n\n{}\n", text.trim()),
    };
    (title, page, expected)
}
