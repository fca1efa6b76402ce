//! The explanations of codes: how they read, and that their examples are true.
//!
//! `src/diag/explain/CODE.md` ends with an example before and after. `explanations/sites.md` puts both into a site:
//! under a heading with the code (and `before` or `after`, where these differ) stand its files, in fences as
//! `fixture.rs` describes them. The site of the first must
//! give that code and no other, the site of the second neither that code nor any error.
//!
//! | in a fence | stands for |
//! |---|---|
//! | `{example}` on a line | the lines of the example |
//! | `{part N}` on a line | its paragraph N, from 1, indented as the mark is; nothing if it has fewer |
//! | `{…}` in a fence `replace`, as `FROM => TO` | text of the example that stands for something else |
//!
//! An example whose lines are all paths of content needs no mark: each is a file, with what follows it: `, with KEY:
//! VALUE` in its front matter, or `-> PATH` as the end of a link.

use std::path::Path;

use briefing::diag::{Code, Severity};

use crate::fixture::{self, Case};
use crate::site;

/// What `briefing explain` explains beside codes.
const KINDS: &[&str] = &["article", "player", "faq", "topic", "page"];

#[test]
fn what_an_example_shows_is_so() {
    let sites = sites();
    let mut wrong = String::new();
    for code in Code::ALL {
        for (title, is_before) in [("Before:", true), ("After:", false)] {
            let own = format!("{code} {}", if is_before { "before" } else { "after" });
            let site = sites.iter().find(|(name, _)| *name == own || name == code.as_str());
            let fences = site.map_or("", |(_, fences)| fences);
            let case = case(fences, &example(code.explain(), title));
            let given = site::run(&case).first;
            let right = match is_before {
                true => !given.is_empty() && given.iter().all(|it| it.code == *code),
                false => given.iter().all(|it| it.code != *code && it.severity != Severity::Error),
            };
            if !right {
                let files = case.files.iter().map(|file| format!("{}\n{}", file.path, file.text()));
                wrong.push_str(&format!("{code}: {title}\n{}", files.collect::<String>()));
                for it in given {
                    wrong.push_str(&format!("  {}: {}\n", it.code, it.message));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_site_of_an_example_belongs_to_a_code() {
    for (name, _) in sites() {
        let code = name.split(' ').next().and_then(Code::from_text);
        assert!(code.is_some(), "`{name}` begins with no code");
    }
}

#[test]
fn every_explanation_has_an_example_and_reads_like_one() {
    for code in Code::ALL {
        let text = code.explain();
        let words = text.split_whitespace().count();
        assert!(words > 40, "{code} is explained in {words} words");
        assert!(text.starts_with(|c: char| c.is_ascii_uppercase()), "{code}");
        let (before, after) = (example(text, "Before:"), example(text, "After:"));
        assert!(!before.is_empty() && !after.is_empty(), "{code} has no example");
        assert_ne!(before, after, "{code}");
        let twins: Vec<_> = Code::ALL.iter().filter(|c| c.explain() == text).collect();
        assert_eq!(twins, [code]);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{code}: {line}");
            assert_eq!(line, line.trim_end(), "{code}");
            assert!(!line.contains(char::is_control), "{code}: {line}");
        }
    }
}

#[test]
fn what_an_explanation_refers_to_is_explained() {
    for code in Code::ALL {
        let text = code.explain().split_whitespace().collect::<Vec<_>>().join(" ");
        for rest in text.split("briefing explain ").skip(1) {
            let name = rest.split([' ', '`']).next().expect("a split has a first part");
            let known = KINDS.contains(&name) || Code::from_text(name).is_some();
            assert!(known, "{code} mentions `{name}`");
        }
    }
}

#[test]
fn every_explanation_belongs_to_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diag/explain");
    for entry in std::fs::read_dir(folder).expect("the folder of the explanations") {
        let name = entry.expect("an entry of the folder").file_name();
        let code = name.to_str().and_then(|name| name.strip_suffix(".md"));
        assert!(code.and_then(Code::from_text).is_some(), "{name:?} belongs to no code");
    }
}

/// The lines of the example under a title, without their indentation.
fn example(text: &str, title: &str) -> String {
    let lines = text.lines().skip_while(|line| *line != title).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    let lines: Vec<&str> = lines.map(|line| line.get(4..).unwrap_or_default()).collect();
    lines.join("\n").trim_matches('\n').to_string()
}

/// The fences under each heading of `explanations/sites.md`.
fn sites() -> Vec<(String, String)> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/explanations/sites.md");
    let text = std::fs::read_to_string(path).expect("the sites of the examples");
    let mut sites: Vec<(String, String)> = Vec::new();
    let mut in_fence = false;
    for line in text.lines() {
        in_fence ^= line.starts_with("````");
        match (line.strip_prefix("## "), sites.last_mut()) {
            (Some(name), _) if !in_fence => sites.push((name.to_string(), String::new())),
            (_, Some((_, fences))) => fences.push_str(&format!("{line}\n")),
            (_, None) => {}
        }
    }
    sites
}

/// A site with an example in it.
fn case(fences: &str, example: &str) -> Case {
    let (mut text, mut example) = (String::from("## A\n"), example.to_string());
    let mut replacing = false;
    let mut has_place = false;
    for line in fences.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line == "````replace" {
            replacing = true;
        } else if let Some((from, to)) = line.split_once(" =>").filter(|_| replacing) {
            example = example.replace(from, to.trim_start());
        } else if replacing {
            replacing = line != "````";
        } else if line.trim() == "{example}" {
            has_place = true;
            example.lines().for_each(|line| text.push_str(&format!("{indent}{line}\n")));
        } else if let Some(number) = line.trim().strip_prefix("{part ") {
            has_place = true;
            let number: usize = number.trim_end_matches('}').parse().expect("a number");
            let part = example.split("\n\n").nth(number - 1).unwrap_or_default();
            part.lines().for_each(|line| text.push_str(&format!("{indent}{line}\n")));
        } else {
            text.push_str(&format!("{line}\n"));
        }
    }
    if !has_place {
        example.lines().for_each(|line| text.push_str(&file(line)));
    }
    fixture::parse(&text).remove(0)
}

/// The fence of a file that an example names.
fn file(line: &str) -> String {
    assert!(line.starts_with("content/"), "no path of content, and no place for `{line}`");
    if let Some((path, end)) = line.split_once(" -> ") {
        return format!("````{path} link\n{end}\n````\n");
    }
    let (path, field) = line.split_once(", with ").unwrap_or((line, ""));
    let key = if path.contains("/players/") { "name" } else { "title" };
    match path.rsplit_once('.') {
        Some((_, "svg")) => {
            format!("````{path}\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n````\n")
        }
        _ => format!("````{path}\n---\n{key}: The page {path}\n{field}\n---\n````\n"),
    }
}
