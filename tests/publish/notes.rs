//! A page that changes in substance asks for a note, and no other does.

use crate::web::{self, Server};
use crate::world::World;

const PAGE: &str = "content/articles/changes.md";

fn page(changes: &str, text: &str) -> String {
    format!("---\ntitle: Changes\npublished: 2025-06-02\n{changes}---\n\n{text}\n")
}

const BEFORE: &str = "The request was for 3.5 per cent, and Ann Reid refused it in the city.";

/// A site whose page is published with a text.
fn published() -> World {
    let world = World::new();
    world.site.edit(PAGE, &page("", BEFORE));
    world.publish(&["live"]).expect(0);
    world
}

#[test]
fn a_change_of_substance_without_a_note_is_named() {
    for (text, change) in [
        (BEFORE.replace("3.5", "3"), "“3.5” became “3”"),
        (BEFORE.replace("Reid", "Vann"), "“Reid” became “Vann”"),
        (BEFORE.replace("refused it in", "took it gladly to"), "“in” became “gladly to”"),
        (format!("{BEFORE} Others agreed."), "“Others agreed.” is new"),
        (BEFORE.replace(", and Ann Reid refused it in the city", ""), "is gone"),
    ] {
        let world = published();
        world.site.edit(PAGE, &page("", &text));
        let dry = world.run(&["live", "--dry-run"]).expect(0);
        let expected = format!("warning: {PAGE} changed, and no note tells readers: ");
        assert!(dry.stderr.contains(&expected) && dry.stderr.contains(change), "{}", dry.stderr);
        assert!(
            dry.stderr.contains("changes: {date: 2026-01-01, kind: update, note: …}"),
            "{}",
            dry.stderr
        );
        let www = world.www();
        let refused = world.publish(&["live", "--require-notes"]).expect(5);
        let why = "1 page changed without a note, and `--require-notes` asks for one";
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
        assert_eq!(world.www(), www);
        world
            .site
            .edit(PAGE, &page("changes: {date: 2026-01-01, note: The text is new.}\n", &text));
        let noted = world.publish(&["live", "--require-notes"]).expect(0);
        assert!(!noted.stderr.contains("warning"), "{}", noted.stderr);
    }
}

#[test]
fn other_changes_ask_for_none() {
    let world = published();
    for text in [
        BEFORE.replace("the city", "the town"),
        BEFORE.replace("request was", "request  was"),
        BEFORE.replace("The request", "The *request*"),
        BEFORE.replace("The request", "Their request"),
    ] {
        world.site.edit(PAGE, &page("", &text));
        let run = world.publish(&["live", "--require-notes"]).expect(0);
        assert!(!run.stderr.contains("warning"), "{text}: {}", run.stderr);
    }
    // Pages that are new, and pages that are gone, are compared with nothing.
    world
        .site
        .edit("content/articles/new.md", &page("", "All of it is new.").replace("Changes", "New"));
    world.site.delete("content/articles/goes.md").delete("static/landing.html");
    let run = world.publish(&["live", "--require-notes"]).expect(0);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
}

#[test]
fn pages_that_only_readers_can_read_are_read_as_they_do() {
    let world = World::new();
    let www = world.root().join("www");
    let server = Server::new(move |request| web::file(&www, &request.path));
    let url = server.url();
    world.site.edit(
        "content/site.yaml",
        &format!(
            "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{url}\"}}\n  pages: {{to: \
             \"git:../pages.git#gh-pages\", url: \"{url}\"}}\n  bare: \"git:../bare.git#gh-pages\"\n"
        ),
    );
    world.site.edit(PAGE, &page("", BEFORE));
    for name in ["pages.git", "bare.git"] {
        let mut git = std::process::Command::new("git");
        let status = git.args(["init", "-q", "--bare"]).arg(world.root().join(name)).status();
        assert!(status.unwrap().success());
    }
    for target in ["live", "pages", "bare"] {
        world.publish(&[target]).expect(0);
    }
    world.site.edit(PAGE, &page("", &BEFORE.replace("3.5", "3")));
    let run = world.run(&["pages", "--dry-run"]).expect(0);
    assert!(run.stderr.contains("“3.5” became “3”"), "{}", run.stderr);
    // Without a URL there is nothing to read.
    let unread = world.publish(&["bare", "--require-notes"]).expect(5);
    let why = "1 changed page could not be compared with what readers have, and `--require-notes` asks for it";
    assert!(unread.stderr.contains(why), "{}", unread.stderr);
    drop(server);
    let run = world.run(&["pages", "--dry-run"]).expect(0);
    let why = "1 changed page could not be compared with what readers have: does not answer";
    assert!(run.stderr.contains(why), "{}", run.stderr);
}
