//! A page that was edited at the target: it is named, asked about, and its bytes are kept.

use std::fs;
use std::path::{Path, PathBuf};

use crate::world::World;

/// The files below a folder that have these bytes.
fn with(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() && !entry.is_symlink() {
            found.extend(with(&entry, bytes));
        } else if fs::read(&entry).is_ok_and(|text| text == bytes) {
            found.push(entry);
        }
    }
    found
}

fn edit(page: &Path, text: &str) {
    // As editors do, and not into a file that has further names.
    fs::remove_file(page).unwrap();
    fs::write(page, text).unwrap();
}

#[test]
fn an_edited_page_is_named_and_kept() {
    for by_files in [false, true] {
        let world = World::new();
        let www = world.root().join("www");
        if by_files {
            fs::create_dir(&www).unwrap();
            fs::write(www.join("CNAME"), "example.org").unwrap();
        }
        world.publish(&["live", "--adopt"]).expect(0);
        edit(&www.join("articles/stays/index.html"), "edited: replaced");
        edit(&www.join("articles/goes/index.html"), "edited: removed");
        world.change();
        let run = world.run(&["live", "--dry-run"]).expect(0);
        let said = "e 2 of these edited at the target, and kept in `";
        assert!(run.stdout.contains(said), "{}", run.stdout);
        for page in ["/articles/stays/", "/articles/goes/"] {
            let edited = run.stdout.split(said).nth(1).unwrap();
            assert!(edited.contains(page), "{}", run.stdout);
        }
        for n in 0..5 {
            world.publish(&["live"]).expect(0);
            world.site.edit("static/number.txt", &n.to_string());
        }
        assert!(!world.www().contains_key("articles/goes/index.html"));
        for text in ["edited: replaced", "edited: removed"] {
            let kept = with(&world.root(), text.as_bytes());
            assert_eq!(kept.len(), 1, "{text}: {kept:?}");
            assert!(kept[0].to_string_lossy().contains(".briefing"), "{kept:?}");
        }
        // What a killed run has left is nobody's edit.
        world.site.edit(
            "content/articles/stays.md",
            "---\ntitle: New\npublished: 2025-06-01\n---\nNew.\n",
        );
        let before = world.snapshot();
        for step in 1.. {
            let Ok((held, _)) = world.hold(&["live"], step) else { break };
            crate::world::kill(held);
            world.site.edit("static/other.txt", "another site");
            let run = world.run(&["live", "--dry-run"]).expect(0);
            assert!(!run.stdout.contains("edited at the target"), "{step}: {}", run.stdout);
            world.restore(&before);
        }
    }
}

/// A release of what no commit has names none.
#[test]
fn a_release_of_an_uncommitted_work_tree() {
    let world = World::new();
    let site = world.site.path();
    let pages = crate::git::repository(&world, "pages.git");
    let git = |folder: &Path, args: &[&str]| {
        let names = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
        let output = std::process::Command::new("git")
            .args(names)
            .args(args)
            .current_dir(folder)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    git(&site, &["init", "--quiet"]);
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "--quiet", "-m", "source"]);
    let head = git(&site, &["rev-parse", "HEAD"]);
    let first = || {
        let history = world.run(&["history", "pages"]).expect(0).stdout;
        history.lines().find(|line| line.starts_with('*')).unwrap().to_owned()
    };
    world.publish(&["pages"]).expect(0);
    assert!(first().contains(&format!("commit {}", &head[..12])), "{}", first());
    let message = || git(&pages, &["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message().contains(&format!("Source-Commit: {head}")), "{}", message());
    // Notes beside the site are none of it.
    world.site.edit("notes.txt", "x");
    fs::write(site.join("static/number.txt"), "1").unwrap();
    for change in ["static/number.txt", "content/articles/stays.md", "content/articles/comes.md"] {
        world.site.edit(change, "---\ntitle: X\npublished: 2025-06-01\n---\nX.\n");
        let run = world.publish(&["pages"]).expect(0);
        assert!(run.stderr.contains("from an uncommitted work tree"), "{change}: {}", run.stderr);
        assert!(!first().contains("commit "), "{}", first());
        assert!(message().contains("Built from an uncommitted work tree"), "{}", message());
        assert!(!message().contains("Source-Commit"), "{}", message());
        git(&site, &["add", "-A"]);
        git(&site, &["commit", "--quiet", "-m", change]);
    }
    world.site.edit("static/number.txt", "2");
    git(&site, &["commit", "--quiet", "-a", "-m", "number"]);
    world.publish(&["pages"]).expect(0);
    assert!(first().contains("commit "), "{}", first());
}
