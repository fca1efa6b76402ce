//! Builds that are interrupted at every step: a call to the file system that fails, or from which on all fail.
//!
//! Run with `--nocapture` to see how many.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;

use super::{FIRST, Files, NONE, SECOND, STATE_FOLDER, Site, THIRD};
use super::{disk, expected, mount_point, nothing_beside};
use crate::release::disk::{DiskChange, DiskFault};

/// A build under certain circumstances.
struct Scenario {
    name: &'static str,
    /// What a build made before.
    before: Files,
    /// What others put into the output since, over ours too.
    others: Files,
    /// What happened to the site since.
    since: fn(&Site),
    /// What is peculiar about the disk.
    around: fn(&Site) -> DiskFault,
    adopt: bool,
    after: Files,
    /// What is not of this build and stays.
    stays: Files,
}

const PLAIN: Scenario = Scenario {
    name: "",
    before: NONE,
    others: NONE,
    since: |_| (),
    around: |_| Box::new(|_, _, _| Ok(())),
    adopt: false,
    after: FIRST,
    stays: NONE,
};

const NOTES: Files = &[("about/notes.txt", "not ours"), ("notes/mine.txt", "not ours")];

/// What is built over the first build, whose record is lost.
const ADOPTING: Files = &[
    ("index.html", "home again"),
    ("about/index.html", "about us"),
    ("new/index.html", "comes"),
    ("same.css", "stays"),
];

/// What stays of the first build then.
const LEFT: Files = &[
    ("Case/index.html", "case"),
    ("about/notes.txt", "not ours"),
    ("file", "becomes a folder"),
    ("folder/in/it.html", "becomes a file, too"),
    ("folder/index.html", "becomes a file"),
    ("notes/mine.txt", "not ours"),
    ("old/deep/index.html", "goes away"),
];

const SCENARIOS: &[Scenario] = &[
    Scenario { name: "into no folder", ..PLAIN },
    Scenario { name: "into an empty folder", since: make_output, ..PLAIN },
    Scenario {
        name: "into an empty folder, nothing may lie beside it",
        since: make_output,
        around: nothing_beside,
        ..PLAIN
    },
    Scenario {
        name: "into an empty mount point",
        since: make_output,
        around: mount_point,
        ..PLAIN
    },
    Scenario { name: "unchanged", before: FIRST, others: NOTES, stays: NOTES, ..PLAIN },
    Scenario {
        name: "files become folders",
        before: FIRST,
        others: NOTES,
        after: SECOND,
        stays: NOTES,
        ..PLAIN
    },
    Scenario { name: "folders become files", before: SECOND, after: FIRST, ..PLAIN },
    Scenario { name: "most goes away", before: SECOND, after: THIRD, ..PLAIN },
    Scenario {
        name: "a change where nothing may lie beside",
        before: FIRST,
        others: NOTES,
        around: nothing_beside,
        after: SECOND,
        stays: NOTES,
        ..PLAIN
    },
    Scenario {
        name: "a change in a mount point",
        before: FIRST,
        others: NOTES,
        around: mount_point,
        after: SECOND,
        stays: NOTES,
        ..PLAIN
    },
    Scenario { name: "the record is lost", before: FIRST, since: lose_record, ..PLAIN },
    Scenario {
        name: "others' files are adopted",
        before: FIRST,
        others: &[
            ("about/index.html", "theirs"),
            ("about/notes.txt", "not ours"),
            ("notes/mine.txt", "not ours"),
        ],
        since: lose_record,
        adopt: true,
        after: ADOPTING,
        stays: LEFT,
        ..PLAIN
    },
    Scenario {
        name: "after a kill",
        before: FIRST,
        others: NOTES,
        since: |site| {
            let kill = Fails { at: 60, how: How { on: On::Changes, lasts: true, kind: OTHER } };
            site.build_on(disk(kill.fault().0), SECOND).expect_err("it is killed half-way");
        },
        after: THIRD,
        stays: NOTES,
        ..PLAIN
    },
];

const OTHER: io::ErrorKind = io::ErrorKind::Other;

/// Full disk, no permission, anything else.
const KINDS: [io::ErrorKind; 3] =
    [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, OTHER];

#[test]
#[expect(clippy::print_stdout, reason = "the number of points is worth knowing")]
fn every_call_can_fail() {
    let mut points = BTreeMap::new();
    for how in How::all() {
        let count: usize = SCENARIOS.par_iter().map(|scenario| scenario.fail(how)).sum();
        assert!(count > 10 * SCENARIOS.len(), "a build has steps");
        *points.entry(how.to_string()).or_insert(0) += count;
    }
    for (how, count) in &points {
        println!("{count} points: {how}");
    }
    println!("{} points in all, in {} scenarios", points.values().sum::<usize>(), SCENARIOS.len());
}

#[test]
fn a_reader_sees_whole_pages_at_every_step() {
    for scenario in SCENARIOS {
        let site = Arc::new(scenario.site());
        let (was, will) = (site.tree(), scenario.will());
        let (around, reader) = ((scenario.around)(&site), Arc::clone(&site));
        let name = scenario.name;
        let watched = disk(Box::new(move |change, from, to| {
            check_whole(&reader, &was, &will, name);
            around(change, from, to)
        }));
        site.run(watched, scenario.after, scenario.adopt).expect("nothing failed");
    }
}

#[test]
fn killed_builds_in_a_row_are_finished_too() {
    // Few files: the number of cases is the square of the number of steps.
    let one: Files = &[("a", "1"), ("b/c", "1")];
    let two: Files = &[("a/x", "2"), ("b/c", "2")];
    let three: Files = &[("a", "3"), ("b/c", "3")];
    let how = How { on: On::Changes, lasts: true, kind: OTHER };
    let steps = each(0, 1, |at| {
        let mut killed = false;
        // Every third step, each time beginning at another.
        each(at % 3, 3, |second| {
            let site = Site::with(one);
            killed |= site.build_on(disk(Fails { at, how }.fault().0), two).is_err();
            let again = Fails { at: second, how }.fault();
            let again = site.build_on(disk(again.0), three).is_err();
            let builds = [one, two, three].map(expected);
            for (path, text) in site.tree().iter().filter(|(path, _)| !path.ends_with('/')) {
                let known = builds.iter().any(|files| files.get(path) == Some(text));
                assert!(known, "{path}: {text}");
            }
            site.build(three).expect("the next build finishes");
            site.check(three);
            again
        });
        killed
    });
    assert!(steps > 10, "a build has steps");
}

impl Scenario {
    fn site(&self) -> Site {
        let site = Site::with(self.before);
        (self.since)(&site);
        for (path, text) in self.others {
            let place = site.output().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        site
    }

    /// The output as the build makes it.
    fn will(&self) -> Tree {
        let mut tree = expected(self.stays);
        tree.extend(expected(self.after));
        tree
    }

    /// Lets the first call fail, the second and so on, until there is no such call; returns how many there are.
    fn fail(&self, how: How) -> usize {
        each(0, 1, |at| {
            let site = self.site();
            let (was, will) = (site.tree(), self.will());
            let what = format!("{}: {how}, call {at}", self.name);
            let (fault, count) = Fails { at, how }.fault();
            let around = (self.around)(&site);
            let failing: DiskFault = Box::new(move |change, from, to| {
                fault(change, from, to).and_then(|()| around(change, from, to))
            });
            let built = site.run(disk(failing), self.after, self.adopt);
            let now = pages(&site);
            match &built {
                Ok(_) => assert_eq!(now, will, "{what}: said to be built"),
                // What can be undone is undone.
                Err(_) if !how.lasts => {
                    assert_eq!(filled(&now), filled(&was), "{what}: nothing was to change");
                }
                Err(_) => check_whole(&site, &was, &will, &what),
            }
            let around = disk((self.around)(&site));
            if let Err(error) = site.run(around, self.after, self.adopt) {
                panic!("{what}: the next build fails: {error}");
            }
            site.check_among(self.after, self.stays);
            count.load(Relaxed) > at
        })
    }
}

/// What a reader of the output may see while a build goes on: each page as it was or as it will be, and no page
/// missing that is in both.
#[track_caller]
fn check_whole(site: &Site, was: &Tree, will: &Tree, what: &str) {
    let now = pages(site);
    for (path, text) in now.iter().filter(|(path, _)| !path.ends_with('/')) {
        assert!([was, will].iter().any(|tree| tree.get(path) == Some(text)), "{what}: {path}");
    }
    let paths = |tree: &Tree| tree.keys().cloned().collect::<BTreeSet<_>>();
    for path in &paths(was) & &paths(will) {
        assert!(now.contains_key(&path), "{what}: {path} is missing");
    }
}

/// The output without the stage, which may lie in it, hidden, until a build can remove it.
fn pages(site: &Site) -> Tree {
    let mut tree = site.tree();
    tree.retain(|path, _| !path.starts_with(".public.briefing-"));
    tree
}

type Tree = BTreeMap<String, String>;

/// A tree without its empty folders: those that a killed build left are removed even by a build that fails.
fn filled(tree: &Tree) -> Tree {
    let mut filled = tree.clone();
    filled.retain(|path, _| {
        !path.ends_with('/')
            || tree.keys().any(|file| !file.ends_with('/') && file.starts_with(path))
    });
    filled
}

fn make_output(site: &Site) {
    fs::create_dir(site.output()).unwrap();
}

fn lose_record(site: &Site) {
    fs::remove_dir_all(site.path().join(STATE_FOLDER)).unwrap();
    fs::remove_file(site.output().join("index.html")).unwrap();
}

/// Calls a test with a number, the next and so on, until it says that there is nothing more; returns how many times.
fn each(first: usize, stride: usize, mut test: impl FnMut(usize) -> bool) -> usize {
    let mut at = first;
    while test(at) {
        at += stride;
        assert!(at < 1000, "a build has an end");
    }
    at
}

/// A call that fails.
#[derive(Clone, Copy)]
struct Fails {
    at: usize,
    how: How,
}

#[derive(Clone, Copy)]
struct How {
    on: On,
    /// Whether every later call fails, too.
    lasts: bool,
    kind: io::ErrorKind,
}

/// The calls that are counted and fail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Changes,
    Reads,
    Both,
}

impl How {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for lasts in [false, true] {
            all.extend(KINDS.map(|kind| Self { on: On::Changes, lasts, kind }));
            // No disk is too full for reading.
            all.extend(KINDS[1..].iter().map(|&kind| Self { on: On::Reads, lasts, kind }));
        }
        // One call of both kinds is one of either, so this one lasts.
        all.push(Self { on: On::Both, lasts: true, kind: OTHER });
        all
    }
}

impl std::fmt::Display for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let calls = match (self.on, self.lasts) {
            (On::Changes, false) => "a change fails",
            (On::Changes, true) => "changes fail from one on",
            (On::Reads, false) => "a look or read fails",
            (On::Reads, true) => "looks and reads fail from one on",
            (On::Both, _) => "everything fails from one call on",
        };
        write!(f, "{calls} ({:?})", self.kind)
    }
}

impl Fails {
    /// The fault, and the count of the calls that it met.
    fn fault(self) -> (DiskFault, Arc<AtomicUsize>) {
        let (Self { at, how }, count) = (self, Arc::new(AtomicUsize::new(0)));
        let met = Arc::clone(&count);
        let fault: DiskFault = Box::new(move |change, _, _| {
            let is_read = change == DiskChange::Nothing;
            if how.on != On::Both && is_read != (how.on == On::Reads) {
                return Ok(());
            }
            let now = met.fetch_add(1, Relaxed);
            if now == at || now > at && how.lasts { Err(how.kind.into()) } else { Ok(()) }
        });
        (fault, count)
    }
}
