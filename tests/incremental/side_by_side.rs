//! Loads live side by side: each renders its own files, from many threads, while the engine loads the next.

use std::thread;

use briefing::engine::{Engine, Loaded};
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
            let options = editor.options.clone();
            scope.spawn(move || {
                let clean = all(&Engine::once().load(site, options), site);
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

/// An engine for one load gathers no words of its texts, by which a next one would know whom names concern.
#[test]
fn an_engine_for_one_load_may_load_again() {
    let plan = Plan { articles: 4, names: (0..20).collect() };
    let mut editor = Editor::new(site(&plan));
    let mut engine = Engine::once();
    editor.site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\nThe Ministri of Works was in Norwoid Hills.\n",
    );
    let mut slips = 0;
    for at in 0..7 {
        let name = ["Norwood Hills", "Sudwell Hills"][at % 2];
        editor.site.write(
            "content/players/wood.md",
            format!("---\nname: {name}\nkind: country\n---\nA wood.\n"),
        );
        let loaded = engine.load(&editor.site, editor.options.clone());
        let options = editor.options.clone();
        let (built, clean) = (
            all(&loaded, &editor.site),
            all(&Engine::once().load(&editor.site, options), &editor.site),
        );
        equal(&built, &clean).unwrap();
        let said = built.diagnostics.iter().map(|found| &found.message);
        slips += said.filter(|message| message.contains("Norwoid Hills")).count();
    }
    assert_eq!(slips, 4, "the slip is one as long as the player has the right name");
}
