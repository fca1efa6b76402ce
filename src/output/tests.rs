//! Builds that are interrupted at every step: a change of the file system that fails, or that is the last one.

#![expect(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::disk::{Change, Disk, Fault};
use super::{Content, Error, Origin, Report, STATE_FOLDER, Target, Transaction};
use crate::base::OutPath;

/// What a site makes: path and text, in the order of writing.
type Files = &'static [(&'static str, &'static str)];

const FIRST: Files = &[
    ("index.html", "home"),
    ("about/index.html", "about"),
    ("old/deep/index.html", "goes away"),
    ("file", "becomes a folder"),
    ("folder/index.html", "becomes a file"),
    ("folder/in/it.html", "becomes a file, too"),
    ("Case/index.html", "case"),
    ("same.css", "stays"),
];
const SECOND: Files = &[
    ("index.html", "home again"),
    ("about/index.html", "about us"),
    ("new/deep/index.html", "comes"),
    ("file/index.html", "is a folder"),
    ("folder", "is a file"),
    ("case/index.html", "case"),
    ("same.css", "stays"),
];
const THIRD: Files = &[
    ("index.html", "home at last"),
    ("file/index.html", "is still a folder"),
    ("folder/index.html", "is a folder again"),
    ("other/index.html", "comes"),
];
const NONE: Files = &[];

#[test]
fn a_killed_build_is_finished_by_the_next() {
    for (before, after) in [(NONE, FIRST), (FIRST, SECOND), (SECOND, FIRST), (SECOND, THIRD)] {
        for_each_step(|kill| {
            let site = Site::with(before);
            let killed = site.build_on(kill.as_kill(), after).is_err();
            site.check_mixture(&[before, after]);
            site.build(after).expect("the next build finishes");
            site.check(after);
            killed
        });
    }
}

#[test]
fn killed_builds_in_a_row_are_finished_too() {
    // Few files: the number of cases is the square of the number of steps.
    let one: Files = &[("a", "1"), ("b/c", "1")];
    let two: Files = &[("a/x", "2"), ("b/c", "2")];
    let three: Files = &[("a", "3"), ("b/c", "3")];
    for_each_step(|first| {
        let mut killed = false;
        // Every third step, each time beginning at another.
        each_step(first.at % 3, 3, |second| {
            let site = Site::with(one);
            killed |= site.build_on(first.again().as_kill(), two).is_err();
            let again = site.build_on(second.as_kill(), three).is_err();
            site.check_mixture(&[one, two, three]);
            site.build(three).expect("the next build finishes");
            site.check(three);
            again
        });
        killed
    });
}

#[test]
fn a_failed_change_leaves_everything_as_it_was() {
    for (before, after) in [(NONE, FIRST), (FIRST, SECOND), (SECOND, FIRST)] {
        for_each_step(|fault| {
            let site = Site::with(before);
            let was = site.tree();
            let built = site.build_on(fault.once(), after);
            if built.is_err() {
                assert_eq!(site.tree(), was);
            }
            // What could not be tidied away is tidied away by the next build.
            site.build(after).expect("the next build succeeds");
            site.check(after);
            fault.happened()
        });
    }
}

#[test]
fn an_empty_folder_is_empty_again_after_a_failure() {
    for_each_step(|fault| {
        let site = Site::with(NONE);
        fs::create_dir(site.output()).unwrap();
        if site.build_on(fault.as_kill(), FIRST).is_err() && !site.tree().is_empty() {
            site.check_mixture(&[FIRST]);
        }
        site.build(FIRST).expect("the next build finishes");
        site.check(FIRST);
        fault.happened()
    });
}

#[test]
fn a_mount_point_is_written_file_by_file() {
    for (before, after) in [(NONE, FIRST), (FIRST, SECOND)] {
        let site = Site::with(before);
        fs::create_dir_all(site.output()).unwrap();
        let output = fs::canonicalize(site.output()).unwrap();
        let refused: Mutex<Vec<_>> = Mutex::default();
        let disk = disk(Box::new(move |change, path| {
            let mut refused = refused.lock().expect("no thread panics");
            if change != Change::Rename || !path.starts_with(&output) {
                return Ok(());
            }
            // The folder itself, and whatever comes from the stage beside it: the first attempt for each path.
            if path != output && refused.iter().any(|earlier| earlier == path) {
                return Ok(());
            }
            refused.push(path.to_path_buf());
            Err(io::ErrorKind::CrossesDevices.into())
        }));
        site.build_on(disk, after).expect("it is copied");
        site.check(after);
    }
}

#[test]
fn a_stage_is_inside_where_nothing_may_lie_beside() {
    for (before, after) in [(NONE, FIRST), (FIRST, SECOND)] {
        for_each_step(|kill| {
            let site = Site::with(before);
            fs::create_dir_all(site.output()).unwrap();
            let parent = fs::canonicalize(site.path()).unwrap();
            let step = kill.step(false);
            let disk = disk(Box::new(move |change, path| {
                let beside = path.parent() == Some(&parent) && !path.ends_with(STATE_FOLDER);
                if change == Change::Folder && beside {
                    return Err(io::ErrorKind::PermissionDenied.into());
                }
                step(change, path)
            }));
            let killed = site.build_on(disk, after).is_err();
            site.build(after).expect("the next build finishes");
            site.check(after);
            killed
        });
    }
}

#[test]
fn a_stage_inside_a_filled_output_is_not_in_the_way() {
    let site = Site::with(FIRST);
    fs::remove_dir_all(site.path().join(STATE_FOLDER)).unwrap();
    fs::remove_file(site.output().join(FIRST[0].0)).unwrap();
    let parent = fs::canonicalize(site.path()).unwrap();
    let disk = disk(Box::new(move |change, path| {
        let beside = path.parent() == Some(&parent) && !path.ends_with(STATE_FOLDER);
        match change == Change::Folder && beside {
            true => Err(io::ErrorKind::PermissionDenied.into()),
            false => Ok(()),
        }
    }));
    site.build_on(disk, FIRST).expect("what is left is what a build makes");
    site.check(FIRST);
}

#[test]
fn a_state_folder_may_vanish_during_a_build() {
    let site = Site::with(FIRST);
    let transaction = site.open(Disk::default()).unwrap();
    put(&transaction, SECOND).unwrap();
    fs::remove_dir_all(site.path().join(STATE_FOLDER)).unwrap();
    transaction.commit(Origin::default()).expect("it is made again");
    site.check(SECOND);
}

#[test]
fn a_digest_in_pieces_is_that_of_the_whole() {
    let folder = TempDir::new().unwrap();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let path = folder.path().join("x");
    fs::write(&path, &bytes).unwrap();
    assert_eq!(Disk::default().digest(&path).unwrap(), crate::base::Digest::of(&bytes));
}

/// Calls a test with an interruption at the first step, the second, and so on, until there is no such step.
fn for_each_step(test: impl FnMut(Step) -> bool) {
    let steps = each_step(0, 1, test);
    assert!(steps > 10, "a build has steps");
}

fn each_step(first: usize, stride: usize, mut test: impl FnMut(Step) -> bool) -> usize {
    let mut at = first;
    while test(Step { at, count: Arc::default() }) {
        at += stride;
        assert!(at < 1000, "a build has an end");
    }
    at
}

/// The step of a build at which it is interrupted.
struct Step {
    at: usize,
    count: Arc<AtomicUsize>,
}

impl Step {
    /// Nothing changes from this step on.
    fn as_kill(&self) -> Disk {
        disk(self.step(false))
    }

    /// This step alone fails.
    fn once(&self) -> Disk {
        disk(self.step(true))
    }

    fn step(&self, once: bool) -> Fault {
        let (at, count) = (self.at, Arc::clone(&self.count));
        Box::new(move |_, _| {
            let now = count.fetch_add(1, Relaxed);
            if now == at || now > at && !once {
                Err(io::Error::other("interrupted"))
            } else {
                Ok(())
            }
        })
    }

    fn again(&self) -> Self {
        Self { at: self.at, count: Arc::default() }
    }

    fn happened(&self) -> bool {
        self.count.load(Relaxed) > self.at
    }
}

fn disk(fault: Fault) -> Disk {
    Disk { fault: Some(fault) }
}

fn put(transaction: &Transaction, files: Files) -> Result<(), Error> {
    files.iter().try_for_each(|(path, text)| {
        let path = OutPath::new(path).expect("a valid path");
        transaction.put(&path, "page", None, Content::Bytes(text.as_bytes()))
    })
}

/// A site's folder, with its output in it.
struct Site(TempDir);

impl Site {
    fn with(files: Files) -> Self {
        let site = Self(TempDir::new().unwrap());
        fs::create_dir(site.path().join("content")).unwrap();
        if !files.is_empty() {
            site.build(files).unwrap();
        }
        site
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn output(&self) -> std::path::PathBuf {
        self.path().join("public")
    }

    fn build(&self, files: Files) -> Result<Report, Error> {
        self.build_on(Disk::default(), files)
    }

    fn build_on(&self, disk: Disk, files: Files) -> Result<Report, Error> {
        let transaction = self.open(disk)?;
        put(&transaction, files)?;
        transaction.commit(Origin::default())
    }

    fn open(&self, disk: Disk) -> Result<Transaction, Error> {
        let protected = vec![self.path().join("content")];
        let target =
            Target { site: self.path().into(), output: self.output(), protected, adopt: false };
        Transaction::open_on(disk, &target)
    }

    /// The output holds exactly this, nothing lies beside it, and building again changes nothing.
    #[track_caller]
    fn check(&self, files: Files) {
        assert_eq!(self.tree(), expected(files));
        assert_eq!(names(self.path()), [STATE_FOLDER, "content", "public"]);
        let state = names(&self.path().join(STATE_FOLDER));
        assert_eq!(state.len(), 2, "{state:?}");
        assert!(state[1].ends_with(".json"), "{state:?}");
        let again = self.build(files).expect("an unchanged build succeeds");
        assert_eq!(again, Report { unchanged: files.len(), ..Report::default() });
    }

    /// Each file in the output is whole: as one of these builds made it.
    #[track_caller]
    fn check_mixture(&self, builds: &[Files]) {
        for (path, text) in self.tree().into_iter().filter(|(path, _)| !path.ends_with('/')) {
            let known = builds.iter().any(|files| expected(files).get(&path) == Some(&text));
            assert!(known, "{path}: {text}");
        }
    }

    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        let walk = walkdir::WalkDir::new(self.output()).min_depth(1).into_iter();
        for entry in walk.filter_map(Result::ok) {
            let path = entry.path().strip_prefix(self.output()).unwrap().to_str().unwrap();
            if entry.file_type().is_dir() {
                tree.insert(format!("{path}/"), String::new());
            } else {
                tree.insert(path.to_owned(), fs::read_to_string(entry.path()).unwrap());
            }
        }
        tree
    }
}

fn expected(files: Files) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    for (path, text) in files {
        tree.extend(
            super::manifest::parents(path).map(|folder| (format!("{folder}/"), String::new())),
        );
        tree.insert((*path).to_owned(), (*text).to_owned());
    }
    tree
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
