//! A small site around a file that was made up, built in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use briefing::base::OutPath;
use briefing::diag::{self, Diagnostic};
use briefing::engine::{Engine, Loaded, Now, Options, Rendered};
use briefing::source::{Memory, Source};

use super::hold;

type Pages = BTreeMap<OutPath, Arc<str>>;

thread_local! {
    /// One memory for all inputs, as an editor's is for all edits; the theme is loaded once.
    static ENGINE: RefCell<Engine> = RefCell::default();
}

/// Builds the site with some files and checks everything that comes out. With `fresh` a second engine, which
/// remembers nothing, has to give the same.
pub(crate) fn with(files: &[(&str, &str)], fresh: bool) {
    let site = site(files);
    let (pages, problems) = ENGINE.with_borrow_mut(|engine| build(engine, &site));
    let trusted = files.iter().any(|(_, text)| text.contains("trusted"));
    if !trusted {
        pages.values().for_each(|html| hold::page(html));
    }
    if fresh {
        assert_eq!((pages, problems), build(&mut Engine::new(), &site));
    }
}

/// Builds the site with some templates over the theme's, perhaps twice.
pub(crate) fn rendered(files: &[(&str, &str)], twice: bool) {
    let site = site(files);
    let first = build(&mut Engine::new(), &site);
    if twice {
        assert_eq!(first, build(&mut Engine::new(), &site));
    }
}

fn build(engine: &mut Engine, site: &Memory) -> (Pages, Vec<Diagnostic>) {
    let options = Options {
        now: Now::Day(jiff::civil::date(2026, 1, 1)),
        folder: "site".to_owned(),
        ..Options::default()
    };
    let loaded = engine.load(site, options);
    let pages = Mutex::new(Pages::new());
    let mut found = loaded.render_all(&|output, content| {
        hold::output(&output.path);
        if let Rendered::Text(text) = content
            && output.media_type.is_html()
        {
            let mut pages = pages.lock().expect("nothing panics while it is held");
            pages.insert(output.path.clone(), text);
        }
    });
    found.extend(loaded.diagnostics().iter().cloned());
    diag::sort(&mut found);
    check_places(&loaded, site, &found);
    (pages.into_inner().expect("nothing panics while it is held"), found)
}

fn check_places(loaded: &Loaded, site: &Memory, found: &[Diagnostic]) {
    for path in site.list().files {
        if let Some(text) = loaded.text(&path) {
            hold::places(&path, &text, found);
        }
    }
}

fn site(files: &[(&str, &str)]) -> Memory {
    let mut site = Memory::new();
    for (path, text) in [
        ("content/site.yaml", "title: Site\nbase_url: https://example.org/sub/\n"),
        ("content/facts.yaml", "share: {value: 3.5, unit: \"%\", of: spending, about: ann}\n"),
        ("content/sources.yaml", "gazette: {title: The gazette, url: \"https://a.example/\"}\n"),
        ("content/players/ann.md", "---\nname: Ann\nkind: person\naliases: [Annie]\n---\nA person.\n"),
        (
            "content/articles/other.md",
            "---\ntitle: Other\npublished: 2025-01-01\nplayers: [ann]\ntopics: [ships]\n---\nBy [[ann]], [[fact:share]].[^gazette]\n\n## Why? {#why}\n\nSo.\n",
        ),
        ("content/topics/ships.md", "---\ntitle: Ships\n---\nOn ships.\n"),
        ("content/faq/common.md", "---\ntitle: Common\nabout: [ann]\n---\n## Who?\n\n[[ann]].\n"),
    ]
    .iter()
    .chain(files)
    {
        site.write(path, text.as_bytes());
    }
    site.write("static/map.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x04".as_slice());
    site
}
