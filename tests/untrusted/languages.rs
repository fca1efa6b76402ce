//! What a site says of itself in other languages, and translations: shown as text on the pages of the language.

use std::collections::BTreeSet;

use briefing::engine::Engine;
use rayon::prelude::*;

use crate::fields::Marks;
use crate::payloads::PAYLOADS;
use crate::{Files, assert_none, build};

/// A text as YAML, whatever is in it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The problems of the pages of a site whose other language says `payload` everywhere.
fn problems(engine: &mut Engine, payload: &str) -> Vec<String> {
    let mut marks = Marks::default();
    let mut said = Vec::new();
    let mut say = |field: &'static str| {
        let mark = marks.mark();
        said.push((field, mark.clone()));
        quoted(&format!("{payload}{mark}"))
    };
    let settings = format!(
        "title: Site\nbase_url: https://here.example/\nlanguages:\n  en: {{}}\n  ar:\n    title: {}\n    description: {}\n    \
         nav: [{{text: {}, to: about}}]\n    footer: [{{text: {}, to: about}}]\n",
        say("title of the site"),
        say("description of the site"),
        say("text of the navigation"),
        say("text of the footer"),
    );
    let mut files = Files::new();
    files.insert("content/site.yaml".into(), settings);
    files.insert("content/pages/about.md".into(), "---\ntitle: About\n---\nText.\n".into());
    files.insert("content/articles/a.md".into(), "---\ntitle: A\n---\n[[b]]\n".into());
    files.insert("content/players/b.md".into(), "---\nname: B\n---\nText.\n".into());
    let article = format!(
        "title: {}\nsummary: {}\n",
        say("title of an article"),
        say("summary of an article")
    );
    files.insert("content/articles/a.ar.md".into(), format!("---\n{article}---\n[[b]]\n"));
    let player = format!("name: {}\n", say("name of a player"));
    files.insert("content/players/b.ar.md".into(), format!("---\n{player}---\nText.\n"));
    let built = build(engine, &files);
    let mut problems: Vec<String> = built.problems().collect();
    let shown: BTreeSet<&str> = built
        .pages
        .iter()
        .filter(|(path, _)| path.starts_with("ar/"))
        .flat_map(|(_, page)| said.iter().filter(|(_, mark)| page.text.contains(mark)))
        .map(|(field, _)| *field)
        .collect();
    // What cannot be read is reported; then the page is not there.
    if built.diagnostics.is_empty() {
        let hidden = said.iter().filter(|(field, _)| !shown.contains(field));
        problems.extend(hidden.map(|(field, _)| format!("the {field} is not shown")));
    }
    problems
}

#[test]
fn every_payload_in_another_language() {
    let found: Vec<_> = PAYLOADS
        .par_iter()
        .map_init(Engine::once, |engine, payload| (*payload, problems(engine, payload)))
        .collect();
    let problems = found
        .iter()
        .flat_map(|(payload, problems)| problems.iter().map(|problem| (*payload, problem.clone())));
    assert_none(problems.collect());
}
