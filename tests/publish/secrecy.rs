//! Secrecy fails closed: what was to be hidden is never sent, whatever its author wrote to hide it.

use crate::secrecy_rows::{FRONTS, ROWS, VALUES};
use crate::world::World;

/// Every front matter that is an error and was to hide its page.
fn fronts() -> Vec<String> {
    let rows = ROWS.iter().map(|(row, ..)| *row).chain(VALUES.iter().map(|(row, _)| *row));
    let fronts = rows.map(|row| format!("---\ntitle: A\n{row}\n---\n"));
    fronts.chain(FRONTS.iter().map(|front| (*front).to_string())).collect()
}

#[test]
fn no_page_is_sent_while_one_may_have_been_meant_to_be_hidden() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let before = world.www();
    let fronts = fronts();
    for (at, front) in fronts.iter().enumerate() {
        world
            .site
            .edit(&format!("content/articles/r{at}.md"), &format!("{front}\nHidden{at}word\n"));
    }
    world.publish(&["live", "--dry-run"]).expect(5);
    world.site.build(&[]).expect(1);
    world.site.run(&["check"], &[]).expect(1);
    assert!(!world.site.path().join("public").exists());

    // One alone is enough.
    for at in 0..fronts.len() {
        world.site.delete(&format!("content/articles/r{at}.md"));
    }
    for front in FRONTS {
        world.site.edit("content/articles/row.md", &format!("{front}\nHiddenword\n"));
        let run = world.publish(&["live"]);
        assert_eq!(run.code, 5, "{front}\n{}", run.stderr);
        assert!(run.stderr.contains("content/articles/row.md:"), "{front}\n{}", run.stderr);
    }
    assert!(world.www() == before, "something was sent");
}

#[test]
fn what_is_only_warned_of_is_not_sent_either() {
    let world = World::new();
    let config = "title: Talks\nbase_url: https://example.org/\npublish: {live: \"dir:../www\"}\ncheck:\n  levels: \
                  {would-be-public: warning, invalid-value: off, wrong-type: off, yaml-syntax: off, invalid-date: off, \
                  duplicate-key: off, missing-front-matter: off, unclosed-front-matter: off, date-order: off, \
                  yaml-feature: off, missing-field: off}\n";
    world.site.edit("content/site.yaml", config);
    let fronts = fronts();
    for (at, front) in fronts.iter().enumerate() {
        world
            .site
            .edit(&format!("content/articles/r{at}.md"), &format!("{front}\nHidden{at}word\n"));
    }
    world.publish(&["live"]).expect(0);
    for (path, bytes) in world.www() {
        let text = String::from_utf8_lossy(&bytes);
        let sent = (0..fronts.len()).find(|at| {
            text.contains(&format!("Hidden{at}word")) || path.contains(&format!("/r{at}/"))
        });
        assert_eq!(sent.map(|at| &fronts[at]), None, "{path}");
    }
}

#[test]
fn what_is_set_aside_is_not_sent() {
    let world = World::new();
    for path in [
        "content/articles/_drafts/one.md",
        "content/articles/_two.md",
        "content/articles/_index.md",
        "content/_three/articles/x.md",
        "content/players/_four/index.md",
        "content/_facts.yaml",
        "content/articles/stays/_five.txt",
        "content/articles/stays/_six/seven.txt",
    ] {
        world.site.edit(path, "---\ntitle: Aside\n---\n\nAsideword\n");
    }
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("info[set-aside]"), "{}", run.stderr);
    for (path, bytes) in world.www() {
        assert!(!path.contains("/_") && !path.starts_with('_'), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("Asideword"), "{path}");
    }
}

#[test]
fn a_key_inside_extra_is_warned_of() {
    let world = World::new();
    world.site.edit("content/articles/stays.md", "---\ntitle: Stays\nextra: {draft: true}\n---\n");
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("hides nothing inside `extra`"), "{}", run.stderr);
}
