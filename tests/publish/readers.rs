//! What readers get: a host that lies in any way is found out, and the run ends in exit code 4.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::web::{Answer, Server, Told, file};
use crate::world::World;

/// How a host lies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    None,
    /// One page as it was before.
    OldPage,
    /// One page breaks off, and says that it was to be longer.
    BrokenOff,
    /// One page is shorter, and says so.
    Short,
    /// One file has another type.
    WrongType,
    /// One file has no type.
    NoType,
    /// A page for everything that is not there.
    PageForAll,
    /// A page that was removed is still there.
    Removed,
    /// One page is elsewhere.
    Moved,
    /// Every answer fails.
    Down,
    /// One page is old, for the first few answers.
    Late(u32),
}

/// A world whose folder is served by a host that lies as it is told.
fn served() -> (World, Server, Told<Lie>) {
    let world = World::new();
    let told: Told<Lie> = Arc::new(Mutex::new(Lie::None));
    let (root, lie) = (world.root().join("www"), told.clone());
    let server = Server::new(move |request| answer(&root, &request.path, &mut lie.lock().unwrap()));
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{}\", wait: 0s}}\n",
        server.url()
    );
    world.site.edit("content/site.yaml", &config);
    (world, server, told)
}

fn answer(root: &std::path::Path, path: &str, lie: &mut Lie) -> Answer {
    let mut answer = file(root, path);
    let html = |body: &str| Answer { body: body.into(), status: 200, ..answer.clone() };
    match (*lie, path) {
        (Lie::OldPage, "/articles/changes/") => answer = html("<p>One text.</p>"),
        (Lie::Late(left @ 1..), "/articles/changes/") => {
            *lie = Lie::Late(left - 1);
            answer = html("<p>One text.</p>");
        }
        (Lie::BrokenOff, "/articles/changes/") => answer.sent = Some(answer.body.len() / 2),
        (Lie::Short, "/articles/changes/") => answer.body.truncate(100),
        (Lie::WrongType, "/app.4e5f6a7b.css") => answer.headers[0].1 = "text/html".into(),
        (Lie::NoType, "/articles/changes/") => answer.headers.clear(),
        (Lie::PageForAll, _) if answer.status == 404 => answer.status = 200,
        (Lie::Removed, "/articles/goes/") => answer = html("<p>Away.</p>"),
        (Lie::Moved, "/articles/changes/") => {
            answer.status = 301;
            answer.headers.push(("Location".into(), "/".into()));
        }
        (Lie::Down, _) => answer = Answer { status: 503, ..Answer::default() },
        _ => {}
    }
    answer
}

#[test]
fn a_host_that_lies_is_found_out() {
    let (world, _server, told) = served();
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("verified at http://127.0.0.1"), "{}", run.stderr);
    let one = world.snapshot();
    for (lie, fault) in [
        (Lie::OldPage, "/articles/changes/: has other bytes: 16 of them"),
        (Lie::BrokenOff, "/articles/changes/: breaks off in its answer"),
        (Lie::Short, "/articles/changes/: has other bytes: 100 of them"),
        (Lie::WrongType, "/app.4e5f6a7b.css: is served as `text/html`, not `text/css"),
        (Lie::NoType, "/articles/changes/: is served as ``"),
        (Lie::PageForAll, ": answers 200 and should not be there (404)"),
        (Lie::Removed, "/articles/goes/: answers 200 and should not be there (404)"),
        (Lie::Moved, "/articles/changes/: answers 301"),
        (Lie::Down, "/articles/changes/: answers 503"),
    ] {
        *told.lock().unwrap() = lie;
        world.change();
        let run = world.publish(&["live"]).expect(4);
        assert!(run.stderr.contains(fault), "{lie:?}: {}", run.stderr);
        assert!(run.stderr.contains("briefing publish rollback live"), "{lie:?}: {}", run.stderr);
        assert!(!run.stderr.contains("not yet removed"), "{lie:?}: {}", run.stderr);
        // What was published is there, and a host that no longer lies is believed.
        *told.lock().unwrap() = Lie::None;
        let run = world.publish(&["live"]).expect(0);
        assert!(run.stderr.contains("nothing to publish"), "{lie:?}: {}", run.stderr);
        world.restore(&one);
    }
    // The verb looks at every file.
    let run = world.run(&["verify", "live"]).expect(0);
    assert!(run.stderr.contains("answers verified"), "{}", run.stderr);
    *told.lock().unwrap() = Lie::OldPage;
    world.run(&["verify", "live"]).expect(4);
    *told.lock().unwrap() = Lie::Down;
    world.change();
    let run = world.publish(&["live", "--no-wait"]).expect(0);
    assert!(run.stderr.contains("uploaded, not verified"), "{}", run.stderr);
}

/// What is said to be removed is: where files go one by one, a check that fails comes before that.
#[test]
fn what_is_not_yet_removed_is_not_said_to_be() {
    let (world, server, told) = served();
    let www = world.root().join("www");
    std::fs::create_dir(&www).unwrap();
    std::fs::write(www.join("CNAME"), "example.org").unwrap();
    world.publish(&["live", "--adopt"]).expect(0);
    world.change();
    *told.lock().unwrap() = Lie::OldPage;
    let run = world.publish(&["live"]).expect(4);
    // A folder takes the place of one file, which had to go first.
    assert!(run.stderr.contains(", 1 removed and 1 not yet"), "{}", run.stderr);
    assert!(world.www().contains_key("articles/goes/index.html"));
    // Other releases come before this one is put in order.
    for n in 0..4 {
        // What was sent is looked at, and of the rest a sample.
        let text = format!("---\ntitle: Changed\npublished: 2025-06-02\n---\n\nText {n}.\n");
        world.site.edit("content/articles/changes.md", &text);
        world.publish(&["live"]).expect(4);
    }
    *told.lock().unwrap() = Lie::None;
    world.publish(&["live"]).expect(0);
    assert!(!world.www().contains_key("articles/goes/index.html"));
    drop(server);
}

#[test]
fn a_host_that_is_slow_is_waited_for() {
    let (world, server, told) = served();
    world.publish(&["live"]).expect(0);
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{}\", wait: 10m}}\n",
        server.url()
    );
    world.site.edit("content/site.yaml", &config);
    world.change();
    *told.lock().unwrap() = Lie::Late(3);
    world.publish(&["live"]).expect(0);
    assert_eq!(*told.lock().unwrap(), Lie::Late(0), "it was asked until it was right");
}

#[test]
fn a_host_that_is_not_there() {
    let (world, server, _told) = served();
    drop(server);
    let run = world.publish(&["live"]).expect(4);
    assert!(run.stderr.contains("does not answer"), "{}", run.stderr);
    assert!(world.www().contains_key("index.html"));
}

/// The base URL of what is published is that of the target, and readers below a path get it.
#[test]
fn a_project_path() {
    let world = World::new();
    let root = world.root().join("www");
    let server = Server::new(move |request| match request.path.strip_prefix("/project") {
        Some(path) => file(&root, path),
        None => Answer { status: 404, ..Answer::default() },
    });
    let url = format!("{}project/", server.url());
    let config = format!(
        "title: Talks\nbase_url: https://example.org/\npublish:\n  live: {{to: \"dir:../www\", url: \"{url}\", wait: 0s}}\n"
    );
    world.site.edit("content/site.yaml", &config).delete("static/landing.html");
    world.publish(&["live"]).expect(0);
    let home = String::from_utf8(world.www()["index.html"].clone()).unwrap();
    assert!(
        home.contains("href=\"/project/articles/stays/\"") && !home.contains("example.org"),
        "{home}"
    );
}

/// What a failed run has sent, the next one does not send again: it looks at all of it, and at what is gone, until readers
/// were given everything. Afterwards a sample will do again.
#[test]
fn after_a_run_that_failed_everything_is_looked_at() {
    let world = World::new();
    for n in 0..40 {
        let text = format!("---\ntitle: Number {n}\n---\n\nText.\n");
        world.site.edit(&format!("content/articles/n{n}.md"), &text);
    }
    let (told, asked) = (Arc::new(Mutex::new(Lie::None)), Arc::new(Mutex::new(BTreeSet::new())));
    let (root, lie, seen) = (world.root().join("www"), told.clone(), asked.clone());
    let server = Server::new(move |request| {
        seen.lock().unwrap().insert(request.path.clone());
        answer(&root, &request.path, &mut lie.lock().unwrap())
    });
    let config = format!(
        "title: Talks\npublish:\n  live: {{to: \"dir:../www\", url: \"{}\", wait: 0s}}\n",
        server.url()
    );
    world.site.edit("content/site.yaml", &config);
    let publish = |code: i32| {
        asked.lock().unwrap().clear();
        let run = world.publish(&["live"]).expect(code);
        (asked.lock().unwrap().clone(), run.stderr)
    };
    let articles = |asked: &BTreeSet<String>| {
        asked.iter().filter(|path| path.starts_with("/articles/n")).count()
    };
    assert_eq!(articles(&publish(0).0), 40);
    assert!(articles(&publish(0).0) < 40, "a sample");

    // A page that was removed is still given to readers, by a cache perhaps: this run and each one after it says so.
    world.change();
    *told.lock().unwrap() = Lie::Removed;
    for n in 0..3 {
        let (asked, said) = publish(4);
        assert!(said.contains("/articles/goes/: answers 200 and should not"), "{n}: {said}");
        assert!(n == 0 || articles(&asked) == 40, "{n}: {asked:?}");
    }
    *told.lock().unwrap() = Lie::None;
    let (asked_then, said) = publish(0);
    assert!(said.contains("nothing to publish"), "{said}");
    assert_eq!(articles(&asked_then), 40);
    assert!(articles(&publish(0).0) < 40, "a sample again");

    // A run that ends in the middle, when some files are sent and others are not.
    world.site.edit("content/articles/stays.md", "---\ntitle: Stays\n---\n\nNot quite.\n");
    let (held, _) = world.hold(&["live"], 6).unwrap_or_else(|run| panic!("{}", run.stderr));
    crate::world::kill(held);
    assert_eq!(articles(&publish(0).0), 40);
    assert!(articles(&publish(0).0) < 40, "a sample again");
}
