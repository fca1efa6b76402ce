//! Pipes, devices, links and folders where a publish or a build needs something else: it ends, and says why.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::world::World;

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn places_that_are_no_folders() {
    let world = World::new();
    let root = world.root();
    pipe(&root.join("pipe"));
    symlink("pipe", root.join("to-pipe")).unwrap();
    symlink("/dev/null", root.join("to-null")).unwrap();
    symlink("round", root.join("round")).unwrap();
    symlink("two", root.join("one")).unwrap();
    symlink("one", root.join("two")).unwrap();
    for (to, code) in [
        ("dir:../pipe", 5),
        ("dir:../to-pipe", 5),
        ("dir:../to-null", 5),
        ("dir:/dev/null", 5),
        ("dir:/dev/full", 5),
        ("dir:/dev/stdin", 5),
        ("dir:../round", 3),
        ("dir:../one", 3),
        ("dir:../pipe/x", 3),
        ("dir:/dev/null/x", 3),
        ("dir:/proc/x", 3),
        ("dir:/proc/self/x", 3),
        ("dir:/proc/x/y", 3),
    ] {
        let run = world.publish(&[to]);
        assert_eq!(run.code, code, "{to}: {}", run.stderr);
        assert!(run.stderr.contains("error: "), "{to}: {}", run.stderr);
    }
    for (output, code) in [
        ("../pipe", 5),
        ("../to-pipe", 5),
        ("/dev/null", 5),
        ("../round", 3),
        ("/proc/x", 3),
        ("/proc/x/y", 3),
    ] {
        let run = world.site.build(&["--output", output]);
        assert_eq!(run.code, code, "{output}: {}", run.stderr);
    }
    fs::create_dir(root.join("www")).unwrap();
    fs::write(root.join("www/CNAME"), "example.org").unwrap();
    for history in ["../pipe", "/dev/null", "../round", "/proc/x", "../pipe/x"] {
        let config = format!(
            "title: Talks\npublish:\n  live: {{to: \"dir:../www\", history: \"{history}\"}}\n"
        );
        world.site.edit("content/site.yaml", &config);
        let run = world.publish(&["live", "--adopt"]);
        assert!(matches!(run.code, 3..=5), "{history}: {}", run.stderr);
        assert!(run.stderr.contains("error: "), "{history}: {}", run.stderr);
    }
}

/// What puts something in a file's place.
type Plants<'a> = Box<dyn Fn(&Path) + 'a>;

/// What is put where a file of ours must be.
fn plants(root: &Path) -> [(&'static str, Plants<'_>); 4] {
    [
        ("a pipe", Box::new(pipe)),
        ("a link", Box::new(|path| symlink(root.join("precious"), path).unwrap())),
        ("a link to nothing", Box::new(|path| symlink(root.join("not-there"), path).unwrap())),
        ("a folder", Box::new(|path| fs::create_dir(path).unwrap())),
    ]
}

/// Puts each of them at each place in turn; the run ends, well or with an error, and nothing is written through a link.
#[track_caller]
fn plant(
    world: &World,
    places: &[PathBuf],
    run: &dyn Fn() -> crate::support::Run,
    must_fail: &[&str],
) {
    let root = world.root();
    fs::write(root.join("precious"), "theirs").unwrap();
    let before = world.snapshot();
    for place in places {
        for (what, plant) in plants(&root) {
            if place.is_dir() {
                fs::remove_dir_all(place).unwrap();
            } else if place.exists() {
                fs::remove_file(place).unwrap();
            }
            plant(place);
            let run = run();
            let name = place.file_name().unwrap().to_string_lossy().into_owned();
            let when = format!("{what} at {}: {}", place.display(), run.stderr);
            assert!(matches!(run.code, 0 | 3 | 4 | 5), "{when}");
            assert!(run.code == 0 || run.stderr.contains("error: "), "{when}");
            if must_fail.iter().any(|end| name.ends_with(end)) {
                assert_eq!(run.code, 3, "{when}");
            }
            assert_eq!(fs::read(root.join("precious")).unwrap(), b"theirs", "{when}");
            assert!(!root.join("not-there").exists(), "{when}");
            world.restore(&before);
        }
    }
}

#[test]
fn where_a_target_keeps_its_own() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    world.change();
    let names = ["lock", "holder", "record.json", "pending.json", "tmp", "releases"];
    let places: Vec<PathBuf> =
        names.iter().map(|name| world.root().join(".briefing-www").join(name)).collect();
    plant(&world, &places, &|| world.publish(&["live"]), &["lock", "holder"]);
}

#[test]
fn where_a_site_keeps_its_own() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    world.site.build(&[]).expect(0);
    world.change();
    let own = world.site.path().join(".briefing");
    let files = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.collect::<Vec<_>>()
    };
    // The lock of a build goes with the build.
    let mut places = files(&own);
    places.retain(|place| !place.ends_with("publish"));
    let manifest = places.iter().find(|place| place.extension().is_some_and(|end| end == "json"));
    let manifest = manifest.unwrap().clone();
    for end in ["lock", "tmp", "stage", "pending.json"] {
        places.push(manifest.with_extension(end));
    }
    plant(&world, &places, &|| world.site.build(&[]), &[".lock"]);
    let homes = files(&own.join("publish"));
    let places: Vec<PathBuf> = homes.iter().flat_map(|home| files(home)).collect();
    plant(&world, &places, &|| world.publish(&["live"]), &["lock"]);
}
