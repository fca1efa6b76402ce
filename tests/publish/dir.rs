//! `dir:`: what is at a folder after each kind of publish.

use std::fs;
use std::os::unix::fs::symlink;

use crate::world::{World, kill};

#[test]
fn releases_follow_one_another() {
    let world = World::new();
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("at once"), "{}", run.stderr);
    assert!(fs::symlink_metadata(world.root().join("www")).unwrap().is_symlink());
    let one = world.www();
    assert!(one.contains_key("odd name, \"é\".txt"));
    assert!(one.keys().all(|path| !path.contains("draft") && !path.starts_with(".briefing")));

    let again = world.publish(&["live"]).expect(0);
    assert!(again.stderr.contains("nothing to publish"), "{}", again.stderr);
    assert_eq!(
        world.run(&["history", "live"]).expect(0).stdout.lines().count(),
        1,
        "it is no release"
    );

    world.change();
    let run = world.publish(&["live"]).expect(0);
    assert!(run.stderr.contains("- 2 removed: 1 page, 1 file\n"), "{}", run.stderr);
    let two = world.www();
    assert!(!two.contains_key("articles/goes/index.html"));
    assert!(two.contains_key("app.0a1b2c3d.css"), "a page that is open may still ask for it");
    assert!(two.contains_key("swap/inside") && !two.contains_key("swap"));

    let history = world.run(&["history", "live"]).expect(0).stdout;
    assert_eq!(history.lines().filter(|line| line.starts_with('*')).count(), 1);
    assert_eq!(history.lines().count(), 2);
    let run = world.publish(&["rollback", "live"]).expect(0);
    assert!(run.stderr.contains("rolled back"), "{}", run.stderr);
    let mut back = world.www();
    assert!(back.remove("app.4e5f6a7b.css").is_some(), "for pages of the release that was left");
    assert_eq!(back, one);
    let forward = history.lines().next().unwrap().split_whitespace().nth(1).unwrap();
    world.publish(&["rollback", "live", forward]).expect(0);
    assert_eq!(world.www(), two);
    world.publish(&["rollback", "live"]).expect(0);
    world.publish(&["rollback", "live"]).expect(5);

    let pruned = world.publish(&["live", "--prune"]).expect(0);
    assert!(pruned.stderr.contains("published"), "{}", pruned.stderr);
    assert!(!world.www().contains_key("app.0a1b2c3d.css"));
}

#[test]
fn three_releases_are_kept_and_no_more() {
    let world = World::new();
    for n in 1..=5 {
        world.site.edit("static/number.txt", &n.to_string());
        // Kept for open pages, beside the files of the next releases.
        world.site.edit(&format!("static/app.0000000{n}.css"), "body {}");
        if n > 1 {
            world.site.delete(&format!("static/app.0000000{}.css", n - 1));
        }
        world.publish(&["live"]).expect(0);
    }
    let folders = fs::read_dir(world.root().join(".briefing-www/releases")).unwrap().count();
    assert_eq!(folders, 3);
    for n in [4, 3] {
        world.publish(&["rollback", "live"]).expect(0);
        assert_eq!(world.www()["number.txt"], n.to_string().as_bytes());
    }
    let run = world.publish(&["rollback", "live"]).expect(5);
    assert!(run.stderr.contains("keeps no release before"), "{}", run.stderr);
}

#[test]
fn what_is_not_ours_stays() {
    let world = World::new();
    let www = world.root().join("www");
    fs::create_dir(&www).unwrap();
    fs::write(www.join("theirs.txt"), "theirs").unwrap();
    fs::write(www.join("index.html"), "theirs").unwrap();
    symlink("theirs.txt", www.join("link")).unwrap();
    fs::write(www.join("two\nlines"), "theirs").unwrap();
    let before = world.www();
    let run = world.publish(&["live"]).expect(5);
    assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
    assert_eq!(world.www(), before);

    let run = world.publish(&["live", "--adopt"]).expect(0);
    assert!(run.stderr.contains("file by file"), "{}", run.stderr);
    world.change();
    world.publish(&["live"]).expect(0);
    world.publish(&["rollback", "live"]).expect(0);
    let after = world.www();
    assert_eq!(after["theirs.txt"], b"theirs");
    assert_eq!(after["two\nlines"], b"theirs");
    assert_ne!(after["index.html"], b"theirs");
    assert!(fs::symlink_metadata(www.join("link")).unwrap().is_symlink());

    // A file that somebody puts where a new page must go.
    world.publish(&["live"]).expect(0);
    world.site.edit("static/new.txt", "ours");
    fs::write(www.join("new.txt"), "theirs").unwrap();
    let run = world.publish(&["live"]).expect(5);
    assert!(run.stderr.contains("`new.txt` at the target is not ours"), "{}", run.stderr);
    assert_eq!(world.www()["new.txt"], b"theirs");
    fs::remove_file(www.join("new.txt")).unwrap();
    // A link where a folder must go: nothing is written through it, asked or not.
    let outside = world.root().join("outside");
    fs::create_dir(&outside).unwrap();
    symlink(&outside, www.join("deep")).unwrap();
    world.site.edit("static/deep/file.txt", "ours");
    let run = world.publish(&["live", "--adopt"]).expect(5);
    assert!(
        run.stderr.contains("`deep` at the target is not ours and in the way"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

/// A switched folder is ours alone, and still somebody may put a file there.
#[test]
fn a_stray_file_moves_along_with_releases() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    fs::write(world.root().join("www/theirs.txt"), "theirs").unwrap();
    world.change();
    world.publish(&["live"]).expect(0);
    assert_eq!(world.www()["theirs.txt"], b"theirs");
    fs::write(world.root().join("www/theirs.txt"), "newer").unwrap();
    world.publish(&["rollback", "live"]).expect(0);
    assert_eq!(world.www()["theirs.txt"], b"newer");
}

#[test]
fn a_file_that_somebody_changed_is_put_right() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let one = world.www();
    let page = world.root().join("www/articles/stays/index.html");
    fs::remove_file(&page).unwrap();
    fs::write(&page, "edited").unwrap();
    fs::remove_file(world.root().join("www/landing.html")).unwrap();
    let run = world.publish(&["live"]).expect(0);
    assert!(
        run.stderr.contains("+ 1 added") && run.stderr.contains("~ 1 changed"),
        "{}",
        run.stderr
    );
    assert_eq!(world.www(), one);
    // The release that was damaged cannot be gone back to, and says so.
    let run = world.publish(&["rollback", "live"]).expect(5);
    assert!(run.stderr.contains("is not kept as it was"), "{}", run.stderr);
}

#[test]
fn an_empty_folder_and_a_link_are_document_roots_too() {
    let world = World::new();
    fs::create_dir(world.root().join("www")).unwrap();
    world.publish(&["live"]).expect(0);
    assert!(fs::symlink_metadata(world.root().join("www")).unwrap().is_symlink());

    fs::create_dir_all(world.root().join("srv/real")).unwrap();
    symlink("srv/real", world.root().join("alias")).unwrap();
    world.publish(&["dir:../alias"]).expect(0);
    assert_eq!(fs::read_link(world.root().join("alias")).unwrap().to_str(), Some("srv/real"));
    assert!(world.root().join("srv/real/index.html").exists());
}

#[test]
fn folders_that_are_no_targets() {
    let world = World::new();
    fs::write(world.root().join("file"), "").unwrap();
    for (to, code) in [
        ("dir:.", 5),
        ("dir:..", 5),
        ("dir:content", 5),
        ("dir:static/www", 5),
        ("dir:.briefing/www", 5),
        ("dir:../file", 5),
        ("dir:../not/mounted/www", 3),
    ] {
        let run = world.publish(&[to]);
        assert_eq!(run.code, code, "{to}: {}", run.stderr);
    }
    assert!(!world.root().join("not").exists());
}

#[test]
fn two_publishers() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    // Another copy of the site publishes to the same folder.
    let other = world.root().join("other");
    std::process::Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    world.change();
    let (child, step) = world.hold(&["live"], 3).unwrap_or_else(|run| panic!("{}", run.stderr));
    assert_eq!(step.split(' ').next(), Some("keep"));
    fs::write(other.join("static/number.txt"), "1").unwrap();
    let publish = |args: &[&str]| {
        let all = [&["publish", "live", "--yes"], args].concat();
        crate::support::run(&other, &all, &[("SOURCE_DATE_EPOCH", crate::world::EPOCH)])
    };
    let before = world.www();
    let run = publish(&[]).expect(5);
    assert!(run.stderr.contains("bob (process"), "it says who is publishing: {}", run.stderr);
    // And from the same folder.
    let run = world.publish(&["live"]).expect(5);
    assert!(run.stderr.contains("another publish from this folder"), "{}", run.stderr);
    kill(child);
    assert_eq!(world.www(), before);
    // The first has gone: the second publishes, over what it left.
    publish(&[]).expect(0);
    assert!(world.www().contains_key("number.txt"));
    // A saved plan holds for one state of the target.
    let paper = world.root().join("plan.json");
    let paper = paper.to_str().unwrap();
    world.run(&["live", "--plan-out", paper]).expect(0);
    fs::write(other.join("static/number.txt"), "2").unwrap();
    publish(&[]).expect(0);
    let run = world.run(&["live", "--apply", paper]).expect(5);
    assert!(run.stderr.contains("another publisher has published since"), "{}", run.stderr);
    world.run(&["live", "--plan-out", paper]).expect(0);
    world.site.edit("static/more.txt", "more");
    let run = world.run(&["live", "--apply", paper]).expect(5);
    assert!(run.stderr.contains("a file has changed since"), "{}", run.stderr);
    world.run(&["live", "--plan-out", paper]).expect(0);
    world.run(&["live", "--apply", paper]).expect(0);
    assert!(world.www().contains_key("more.txt"));
}

/// Ctrl-C ends a run between two steps, and says what readers see.
#[test]
fn a_run_that_is_stopped() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let before = world.www();
    world.change();
    let (mut held, _) = world.hold(&["live"], 5).unwrap_or_else(|run| panic!("{}", run.stderr));
    std::process::Command::new("kill").args(["-INT", &held.id().to_string()]).status().unwrap();
    // The thread that takes the signal may come late.
    held.read_until("stopping after this step");
    let run = held.go_on().expect(4);
    assert!(run.stderr.contains("stopped on request"), "{}", run.stderr);
    assert!(run.stderr.contains("readers see release"), "{}", run.stderr);
    assert_eq!(world.www(), before);
    world.publish(&["live"]).expect(0);
    assert!(world.www().contains_key("articles/comes/index.html"));
}

#[test]
fn a_record_that_somebody_wrote_grants_nothing() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let record = world.root().join(".briefing-www/record.json");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(world.root().join("precious"), "theirs").unwrap();
    for (from, to) in [
        ("\"landing.html\"", "\"../precious\""),
        ("\"landing.html\"", "\"/etc/passwd\""),
        ("schema", "shema"),
    ] {
        fs::write(&record, text.replace(from, to)).unwrap();
        world.site.edit("static/more.txt", to);
        let run = world.publish(&["live"]).expect(5);
        assert!(run.stderr.contains("the target's record"), "{}", run.stderr);
    }
    assert_eq!(fs::read(world.root().join("precious")).unwrap(), b"theirs");
    world.publish(&["live", "--adopt"]).expect(0);
}

#[test]
fn a_full_disk_and_a_read_only_target_leave_the_old_release() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let before = world.www();
    world.change();
    // A file lies where the records of a new release must be.
    fs::write(world.root().join(".briefing-www/tmp"), "in the way").unwrap();
    let run = world.publish(&["live"]).expect(3);
    assert!(run.stderr.contains("cannot create"), "{}", run.stderr);
    assert_eq!(world.www(), before);
}
