//! Loads live side by side: each renders its own files, from many threads, while the engine loads the next.

use std::thread;

use briefing::engine::{Engine, Loaded, Options};
use briefing::source::Memory;

use crate::edit::Editor;
use crate::small::{Plan, site};
use crate::{all, equal};

/// Less than the pages of the site together, so that some are forgotten while others are made.
const FEW: usize = 60_000;

#[test]
fn each_load_renders_its_own_files() {
    let plan = Plan { articles: 4, names: (0..20).collect() };
    let mut editor = Editor::new(site(&plan));
    let mut engine = Engine::bounded(FEW);
    let mut loads: Vec<(Loaded, Memory)> = Vec::new();
    for title in ["One", "Two", "Three"] {
        editor
            .site
            .write("content/pages/about.md", format!("---\ntitle: {title}\n---\n{title}.\n"));
        loads.push((engine.load(&editor.site, editor.options.clone()), editor.site.clone()));
    }
    thread::scope(|scope| {
        for (loaded, site) in loads.iter().chain(&loads) {
            let options = Options { keep: false, ..editor.options.clone() };
            scope.spawn(move || {
                let clean = all(&Engine::new().load(site, options), site);
                for _ in 0..3 {
                    equal(&all(loaded, site), &clean).unwrap();
                }
            });
        }
    });
    let bytes: usize =
        all(&loads[0].0, &loads[0].1).outputs.values().map(|it| it.bytes.len()).sum();
    assert!(bytes > FEW, "the site has {bytes} bytes: all of it may be remembered");
    assert!(engine.remembered() <= FEW, "{} bytes are remembered", engine.remembered());
    assert!(engine.remembered() > FEW / 2, "{} bytes are remembered", engine.remembered());
}
