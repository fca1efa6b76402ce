//! `history:`: where earlier releases lie, and whose the rest of that folder is.

use std::fs;
use std::path::PathBuf;

use crate::foreign::own_folder;
use crate::support::tree;
use crate::world::{World, kill};

const CONFIG: &str =
    "title: Talks\npublish:\n  live: {to: \"dir:../www\", history: \"../backups\"}\n";

/// A world whose folder is written file by file, with earlier releases in a folder that others use too.
fn world(config: &str) -> World {
    let world = World::new();
    fs::create_dir_all(world.root().join("www")).unwrap();
    fs::write(world.root().join("www/theirs.txt"), "theirs").unwrap();
    world.site.edit("content/site.yaml", config);
    world
}

fn backups(world: &World) -> PathBuf {
    world.root().join("backups")
}

fn releases(world: &World) -> usize {
    let own = own_folder(&backups(world));
    fs::read_dir(backups(world).join(own)).unwrap().count()
}

#[test]
fn a_folder_of_others_is_used_on_request_and_never_emptied() {
    let world = world(CONFIG);
    fs::create_dir_all(backups(&world).join("photos/2024")).unwrap();
    fs::write(backups(&world).join("photos/2024/cat.jpg"), "a cat").unwrap();
    fs::create_dir_all(backups(&world).join("20250101-000000-abcd")).unwrap();
    fs::write(backups(&world).join("20250101-000000-abcd/dump.sql"), "all").unwrap();
    let theirs = tree(&backups(&world));
    fs::remove_file(world.root().join("www/theirs.txt")).unwrap();
    fs::write(world.root().join("www/CNAME"), "example.org").unwrap();
    let run = world.publish(&["live"]).expect(5);
    assert!(run.stderr.contains("which holds `20250101-000000-abcd` and 1 more"), "{}", run.stderr);
    assert!(run.stderr.contains("--adopt"), "{}", run.stderr);
    assert_eq!(tree(&backups(&world)), theirs);
    let run = world.publish(&["live", "--adopt"]).expect(0);
    assert!(run.stderr.contains("  history  in `"), "{}", run.stderr);
    assert!(run.stderr.contains("beside 2 not ours: left alone"), "{}", run.stderr);
    for n in 0..5 {
        world.site.edit("static/number.txt", &n.to_string());
        let run = world.publish(&["live"]).expect(0);
        assert_eq!(run.stderr.contains("  forgets  2026"), n > 1, "{n}: {}", run.stderr);
        let mut now = tree(&backups(&world));
        now.retain(|path, _| !path.starts_with(".briefing-"));
        assert_eq!(now, theirs);
    }
    assert_eq!(releases(&world), 3);
    world.publish(&["rollback", "live"]).expect(0);
    assert_eq!(world.www()["number.txt"], b"3");
}

#[test]
fn two_sites_share_a_folder() {
    let world = world(CONFIG);
    world.publish(&["live", "--adopt"]).expect(0);
    let other = world.root().join("other");
    std::process::Command::new("cp").arg("-a").arg(world.site.path()).arg(&other).status().unwrap();
    fs::create_dir_all(world.root().join("second")).unwrap();
    fs::write(world.root().join("second/theirs.txt"), "theirs").unwrap();
    fs::write(other.join("content/site.yaml"), CONFIG.replace("../www", "../second")).unwrap();
    let publish = |args: &[&str]| {
        let all = [&["publish"], args, &["--yes"]].concat();
        crate::support::run(&other, &all, &[("SOURCE_DATE_EPOCH", crate::world::EPOCH)])
    };
    // Of the same site at the same instant: the releases have the same names.
    publish(&["live", "--adopt"]).expect(0);
    for n in 0..4 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&["live"]).expect(0);
        fs::write(other.join("static/number.txt"), n.to_string()).unwrap();
        publish(&["live"]).expect(0);
    }
    world.publish(&["rollback", "live"]).expect(0);
    publish(&["rollback", "live"]).expect(0);
    for folder in ["www", "second"] {
        assert_eq!(fs::read(world.root().join(folder).join("number.txt")).unwrap(), b"2");
    }
}

/// Earlier versions put releases into the folder itself.
#[test]
fn releases_in_the_old_place_are_known_by_the_record_and_go_in_time() {
    let world = world(CONFIG);
    world.publish(&["live", "--adopt"]).expect(0);
    world.change();
    world.publish(&["live"]).expect(0);
    let own = backups(&world).join(own_folder(&backups(&world)));
    let names: Vec<_> =
        fs::read_dir(&own).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2);
    for name in &names {
        fs::rename(own.join(name), backups(&world).join(name)).unwrap();
    }
    fs::remove_dir(&own).unwrap();
    world.publish(&["rollback", "live"]).expect(0);
    world.publish(&["rollback", "live"]).expect(5);
    // Theirs among ours.
    fs::write(backups(&world).join(&names[0]).join("theirs.txt"), "theirs").unwrap();
    for n in 0..4 {
        world.site.edit("static/number.txt", &n.to_string());
        world.publish(&["live"]).expect(0);
    }
    let mut left = tree(&backups(&world));
    left.retain(|path, _| !path.starts_with(".briefing-"));
    let theirs = format!("{}/theirs.txt", names[0].to_string_lossy());
    assert_eq!(left.into_iter().collect::<Vec<_>>(), [(theirs, b"theirs".to_vec())]);
    assert_eq!(releases(&world), 3);
}

#[test]
fn no_folder_that_readers_see() {
    for history in ["../www/kept", "../www", "../www/../www/x"] {
        let world = world(&CONFIG.replace("../backups", history));
        let run = world.publish(&["live", "--adopt"]).expect(5);
        assert!(run.stderr.contains("which readers see"), "{}", run.stderr);
    }
}

/// What is called as a new release would be is not ours, unless a record of this target named it.
#[test]
fn nothing_is_put_over_what_others_have() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    world.change();
    let dry = world.run(&["live", "--dry-run"]).expect(0);
    let id = dry.stdout.lines().find_map(|line| line.strip_prefix("  next     ")).unwrap();
    let id = id.split_whitespace().next().unwrap();
    let theirs = world.root().join(".briefing-www/releases").join(id);
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("index.html"), "theirs").unwrap();
    for n in 0..5 {
        let run = world.publish(&["live"]).expect(0);
        assert!(
            n > 0 || run.stderr.contains(&format!("published release {id}-2")),
            "{}",
            run.stderr
        );
        assert_eq!(fs::read(theirs.join("index.html")).unwrap(), b"theirs");
        world.site.edit("static/number.txt", &n.to_string());
    }
}

/// What is to be removed is known until it is removed, whatever happens in between.
#[test]
fn what_a_killed_run_had_yet_to_remove_is_removed_by_a_later_one() {
    let world = world("title: Talks\npublish:\n  live: \"dir:../www\"\n");
    let publish = |n: u32| {
        world.site.edit(&format!("static/app.0000000{n}.css"), "body {}");
        world.site.edit("static/number.txt", &n.to_string());
        if n > 1 {
            world.site.delete(&format!("static/app.0000000{}.css", n - 1));
        }
    };
    for n in 1..=3 {
        publish(n);
        world.publish(&["live", "--adopt"]).expect(0);
    }
    // The fourth release forgets the first, and what only that one had.
    publish(4);
    let before = world.snapshot();
    for step in 1.. {
        let (held, name) =
            world.hold(&["live"], step).unwrap_or_else(|run| panic!("{}", run.stderr));
        kill(held);
        if name == "remove app.00000001.css" {
            break;
        }
        world.restore(&before);
    }
    assert!(world.www().contains_key("app.00000001.css"), "it was killed before that");
    for n in 5..=6 {
        publish(n);
        world.publish(&["live"]).expect(0);
        assert!(!world.www().contains_key("app.00000001.css"), "after release {n}");
    }
}
