//! Fields of views, end to end: templates print all that they may see, and every value of a site that has all fields is
//! changed on its own. A view's digest that forgets a field keeps a page that shows another value.
//!
//! Fields that change only together with others are held by `src/engine/render/fields.rs`.

use std::path::Path;

use briefing::engine::{Engine, Loaded};
use briefing::source::{Memory, Source};
use briefing::view::PAGES;
use rayon::prelude::*;

use crate::edit::Editor;
use crate::small::png;
use crate::{all, equal};

#[test]
fn of_every_value() {
    let editor = Editor::new(site());
    let load = |engine: &mut Engine, site: &Memory| -> Loaded {
        engine.load(site, editor.options.clone())
    };
    let edits = edits(&editor.site);
    assert!(edits.len() > 150, "only {} edits", edits.len());
    let wrong: Vec<String> = edits
        .par_iter()
        .map_init(Engine::new, |engine, (path, text)| {
            all(&load(engine, &editor.site), &editor.site);
            let mut site = editor.site.clone();
            site.write(path, text.clone());
            let kept = all(&load(engine, &site), &site);
            let clean = all(&load(&mut Engine::new(), &site), &site);
            equal(&kept, &clean)
                .err()
                .map(|why| format!("{path}:\n{}\n{why}", String::from_utf8_lossy(text)))
        })
        .flatten()
        .collect();
    assert!(wrong.is_empty(), "{}", wrong[0]);
}

/// A site with every field, and templates that print all of them.
fn site() -> Memory {
    let mut site = Memory::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/incremental/full");
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap();
            site.write(path, std::fs::read(entry.path()).unwrap());
        }
    }
    for kind in PAGES {
        let fields = (kind.fields)();
        let names =
            fields.iter().map(|field| &*field.path).filter(|path| !path.contains(['.', '[']));
        let text: String =
            names.map(|name| format!("@@{name} {{{{ {name} | safe }}}}\n")).collect();
        site.write(&format!("templates/{}", kind.template), text);
    }
    site
}

/// Every file of content with the end of one line of its front matter changed, or of its own where it is data.
fn edits(site: &Memory) -> Vec<(String, Vec<u8>)> {
    let mut edits = Vec::new();
    let mut add = |path: &str, before: &str, new: &str, after: &str| {
        edits.push((path.to_string(), format!("{before}{new}{after}").into_bytes()));
    };
    for path in site.list().files.iter().filter(|path| path.as_str().starts_with("content/")) {
        let path = path.as_str();
        let Some(Ok(text)) = site.get(path).map(std::str::from_utf8) else { continue };
        let end = if path.ends_with(".md") { text.rfind("\n---\n") } else { None };
        let mut at = 0;
        for line in text[..end.unwrap_or(text.len())].split_inclusive('\n') {
            let is_word = |word: &&str| !word.is_empty();
            if let Some(word) = line.split(|c: char| !c.is_alphanumeric()).rfind(is_word) {
                let start = at + (word.as_ptr() as usize - line.as_ptr() as usize);
                add(path, &text[..start], &other(word), &text[start + word.len()..]);
            }
            at += line.len();
        }
    }
    for (path, from, to) in VALUES {
        let text = std::str::from_utf8(site.get(path).unwrap()).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        edits.push((path.to_string(), text.replace(from, to).into_bytes()));
    }
    edits.push(("static/img/flag.png".into(), png(40, 31)));
    edits
}

/// Edits of values that no other word can stand for.
const VALUES: [(&str, &str, &str); 6] = [
    ("content/articles/spending/index.md", "lang: fr", "lang: de"),
    ("content/articles/treaty.md", "status: cancelled", "status: planned"),
    ("content/pages/about.md", "src: /img/flag.png", "src: /img/other.png"),
    ("content/articles/treaty.md", "article: spending", "article: undated"),
    ("content/players/japan.md", "name: Japan", "name: Nippon"),
    ("content/articles/treaty.md", "kind: correction", "kind: update"),
];

/// Another word: a number for a number.
fn other(word: &str) -> String {
    match word.char_indices().next_back() {
        Some((at, '0')) => format!("{}1", &word[..at]),
        Some((at, '1')) => format!("{}2", &word[..at]),
        Some((at, c @ '2'..='9')) => format!("{}{}", &word[..at], char::from(c as u8 - 1)),
        _ => format!("{word}x"),
    }
}
