//! What others keep where a publish works: trees of theirs, planted in every folder that a run touches, are there after any
//! sequence of runs, kills, rollbacks and builds, byte for byte and under the same names.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{World, kill};

/// What somebody does.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Edit(u8),
    Publish,
    Killed(usize),
    Rollback,
    KilledRollback(usize),
    Build,
    /// Plants a tree in the n-th of the folders.
    Plant(usize),
}

/// A target, and the folders around it.
pub(crate) struct Place {
    /// The target, as it is written or named.
    pub(crate) to: String,
    /// Folders of others or of ours, from the root: a tree that is planted there stays where it is.
    pub(crate) folders: Vec<String>,
    /// A folder of releases: what is planted in one of them stays, and may be set aside.
    pub(crate) releases: Option<PathBuf>,
}

/// One thing that was planted.
#[derive(Debug, Clone, PartialEq)]
enum Thing {
    File(Vec<u8>),
    Link(PathBuf),
    Empty,
}

/// Plants a tree with everything that a file system can hold; what is where.
fn plant(folder: &Path, tag: &str) -> Vec<(PathBuf, Thing)> {
    let name = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    let top = folder.join(format!("theirs-{tag}"));
    let text = |name: &str| Thing::File(format!("{name} {tag}").into_bytes());
    let mut things = vec![
        (top.join("photo.jpg"), Thing::File([b"\xff\xd8\0", tag.as_bytes()].concat())),
        (top.join("deep/er/notes.txt"), text("notes")),
        (top.join("empty"), Thing::Empty),
        (top.join("link"), Thing::Link("nowhere/at/all".into())),
        (top.join("two\nlines"), text("lines")),
        (top.join(name(b"caf\xe9.txt")), text("latin")),
        (top.join(name(b"\xfe\xff")).join("index.html"), text("below")),
        (folder.join(name(&[b"\xff-", tag.as_bytes()].concat())), text("top")),
        (folder.join(format!("link-{tag}")), Thing::Link("/etc/hostname".into())),
        (folder.join(format!(".briefing-{tag}/record.json")), text("record")),
        // As a release is called.
        (folder.join(format!("20250101-000000-{tag}/index.html")), text("release")),
    ];
    // More than one tree is planted in a folder.
    things.retain(|(path, _)| fs::symlink_metadata(path).is_err());
    for (path, thing) in &things {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match thing {
            Thing::File(bytes) => fs::write(path, bytes).unwrap(),
            Thing::Link(to) => symlink(to, path).unwrap(),
            Thing::Empty => fs::create_dir_all(path).unwrap(),
        }
    }
    things
}

fn found(path: &Path) -> Option<Thing> {
    let meta = fs::symlink_metadata(path).ok()?;
    Some(if meta.is_symlink() {
        Thing::Link(fs::read_link(path).unwrap())
    } else if meta.is_dir() {
        Thing::Empty
    } else {
        Thing::File(fs::read(path).unwrap())
    })
}

/// Whether a file with these bytes is anywhere in a folder.
fn is_somewhere(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        match kind.is_dir() {
            true => is_somewhere(&path, bytes),
            false => kind.is_file() && fs::read(&path).is_ok_and(|found| found == bytes),
        }
    })
}

/// The deeds of one run of the property.
fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..4_u8).prop_map(Deed::Edit),
        3 => Just(Deed::Publish),
        4 => (1..40_usize).prop_map(Deed::Killed),
        1 => Just(Deed::Rollback),
        1 => (1..16_usize).prop_map(Deed::KilledRollback),
        1 => Just(Deed::Build),
        3 => any::<usize>().prop_map(Deed::Plant),
    ];
    proptest::collection::vec(deed, 6..18)
}

/// Holds what this module says of a kind of target.
pub(crate) fn check(world: &dyn Fn() -> (World, Place)) {
    let cases = std::env::var("BRIEFING_SCRIPTS").ok().and_then(|count| count.parse().ok());
    let config =
        Config { cases: cases.unwrap_or(6), failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&deeds(), |deeds| {
        let (world, place) = world();
        sequence(world, &place, &deeds);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

fn sequence(mut world: World, place: &Place, deeds: &[Deed]) {
    let root = world.root();
    let mut planted: Vec<(PathBuf, Thing)> = Vec::new();
    // In one folder after the other, so that a short sequence has some too.
    let first = place.folders.iter().filter(|folder| root.join(folder).is_dir());
    for (at, folder) in first.enumerate() {
        planted.extend(plant(&root.join(folder), &format!("first{at}")));
    }
    let mut beside = Vec::new();
    for (at, deed) in deeds.iter().chain([&Deed::Publish]).enumerate() {
        world.env.retain(|(name, _)| *name != "SOURCE_DATE_EPOCH");
        world.env.push(("SOURCE_DATE_EPOCH", (1_767_225_600 + at).to_string()));
        let run =
            |args: &[&str]| world.publish(&[args, &["--adopt", "--max-deletions", "99"]].concat());
        let hold = |args: &[&str], step: usize| {
            if let Ok((held, _)) = world.hold(args, step) {
                kill(held);
            }
        };
        match deed {
            Deed::Edit(version) => {
                world.site.edit("static/number.txt", &format!("{version}"));
                world.site.edit(&format!("static/app.0000000{version}.css"), "body {}");
            }
            Deed::Publish => drop(run(&[&place.to]).expect(0)),
            Deed::Killed(step) => hold(&[&place.to, "--adopt", "--max-deletions", "99"], *step),
            // There may be nothing to go back to.
            Deed::Rollback => drop(world.publish(&["rollback", &place.to])),
            Deed::KilledRollback(step) => hold(&["rollback", &place.to], *step),
            Deed::Build => drop(world.site.build(&["--adopt"]).expect(0)),
            Deed::Plant(which) => {
                let folder = root.join(&place.folders[which % place.folders.len()]);
                if folder.is_dir() {
                    planted.extend(plant(&folder, &format!("n{at}")));
                }
                let releases = place.releases.iter().flat_map(|path| fs::read_dir(root.join(path)));
                for release in releases.flatten().flatten().filter(|entry| entry.path().is_dir()) {
                    let text = format!("beside {at} {}", release.file_name().to_string_lossy());
                    fs::write(release.path().join(format!("theirs-{at}.txt")), &text).unwrap();
                    beside.push(text);
                }
            }
        }
        for (path, thing) in &planted {
            assert_eq!(found(path).as_ref(), Some(thing), "{} after {deed:?}", path.display());
        }
        for text in &beside {
            assert!(is_somewhere(&root, text.as_bytes()), "{text} is gone after {deed:?}");
        }
    }
}

/// The name of our own folder in one that the user named.
pub(crate) fn own_folder(history: &Path) -> String {
    let entries = fs::read_dir(history).unwrap().flatten();
    let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_ours = |name: &String| {
        name.strip_prefix(".briefing-")
            .is_some_and(|key| key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    names.find(is_ours).expect("we have a folder there")
}
