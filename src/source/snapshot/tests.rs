//! A snapshot stays what it was, and the next one is what the folder is.
#![allow(clippy::disallowed_methods, reason = "the tests change a folder")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Snapshot, Touched};
use crate::base::SourcePath;
use crate::source::{Disk, Source};

/// A folder with some files, and its snapshot.
fn site(files: &[(&str, &str)]) -> (TempDir, Snapshot) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(&folder, path, text);
    }
    let snapshot = Snapshot::take(Disk::new(folder.path()));
    (folder, snapshot)
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let place = folder.path().join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

fn touched(folder: &TempDir, paths: &[&str]) -> Touched {
    Touched::Paths(paths.iter().map(|path| folder.path().join(path)).collect())
}

fn text(snapshot: &Snapshot, path: &str) -> Result<String, String> {
    let bytes = snapshot.read(&SourcePath::new(path));
    bytes.map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|error| error.to_string())
}

fn names(paths: &[SourcePath]) -> Vec<&str> {
    paths.iter().map(SourcePath::as_str).collect()
}

#[test]
fn a_file_is_what_was_first_seen_of_it() {
    let (folder, snapshot) = site(&[("content/a.md", "one"), ("content/b.md", "one")]);
    assert_eq!(text(&snapshot, "content/a.md").unwrap(), "one");
    write(&folder, "content/a.md", "two");
    assert!(text(&snapshot, "content/a.md").is_err());
    let next = snapshot.rescan(&touched(&folder, &["content/a.md"]), false);
    assert_eq!(names(&next.changed), ["content/a.md"]);
    assert_eq!(text(&next.snapshot, "content/a.md").unwrap(), "two");
    // Its bytes are there until it was parsed.
    write(&folder, "content/a.md", "three");
    assert_eq!(text(&next.snapshot, "content/a.md").unwrap(), "two");
    next.snapshot.drop_texts(&[SourcePath::new("content/a.md")]);
    assert!(text(&next.snapshot, "content/a.md").is_err());
}

#[test]
fn a_file_that_could_not_be_read_has_changed_when_it_can_be() {
    let (folder, snapshot) = site(&[("content/a.md", "one"), ("static/b.txt", "one")]);
    for path in ["content/a.md", "static/b.txt"] {
        fs::remove_file(folder.path().join(path)).unwrap();
        assert!(text(&snapshot, path).is_err(), "{path}");
        assert!(snapshot.digest(&SourcePath::new(path)).is_err(), "{path}");
        write(&folder, path, "one");
    }
    // The digest of all files reads those that were never read.
    let tree = snapshot.tree();
    let next = snapshot.rescan(&touched(&folder, &["content/a.md", "static/b.txt"]), false);
    assert_eq!(names(&next.changed), ["content/a.md", "static/b.txt"]);
    assert_ne!(next.snapshot.tree(), tree);
    assert_eq!(text(&next.snapshot, "content/a.md").unwrap(), "one");
}

#[test]
fn what_came_and_went_is_found_by_any_hint_of_it() {
    let (folder, snapshot) = site(&[("content/a/x.md", "x"), ("content/b.md", "b")]);
    fs::rename(folder.path().join("content/a"), folder.path().join("content/c")).unwrap();
    for hint in [touched(&folder, &["content/a", "content/c"]), Touched::Everything] {
        let next = snapshot.rescan(&hint, false);
        assert_eq!(names(&next.changed), ["content/a/x.md", "content/c/x.md"]);
        assert_eq!(names(next.snapshot.paths()), ["content/b.md", "content/c/x.md"]);
        assert!(next.relisted);
        assert_eq!(next.snapshot.tree(), Snapshot::take(Disk::new(folder.path())).tree());
    }
}

#[test]
fn leftovers_and_files_that_were_never_there_change_nothing() {
    let (folder, snapshot) = site(&[("content/a.md", "a")]);
    snapshot.tree();
    write(&folder, "content/.a.md.swp", "x");
    write(&folder, "content/4913", "x");
    write(&folder, "public/index.html", "x");
    let paths = ["content/.a.md.swp", "content/4913", "public/index.html", "content/sedX"];
    for hint in [touched(&folder, &paths), Touched::Everything, touched(&folder, &["content/a.md"])]
    {
        let next = snapshot.rescan(&hint, false);
        assert_eq!((names(&next.changed), next.relisted), (vec![], false), "{hint:?}");
    }
}

#[test]
fn an_emptied_file_is_waited_for() {
    let (folder, snapshot) = site(&[("content/a.md", "a")]);
    let tree = snapshot.tree();
    write(&folder, "content/a.md", "");
    let hint = touched(&folder, &["content/a.md"]);
    let next = snapshot.rescan(&hint, false);
    assert_eq!(next.unsettled, BTreeSet::from([folder.path().join("content/a.md")]));
    assert_eq!((next.changed.len(), next.snapshot.tree()), (0, tree));
    // A new file is not there before it has something in it.
    write(&folder, "content/new.md", "");
    let next = snapshot.rescan(&touched(&folder, &["content/new.md"]), false);
    assert_eq!(names(next.snapshot.paths()), ["content/a.md"]);
    let next = next.snapshot.rescan(&Touched::Paths(next.unsettled), true);
    assert_eq!(names(&next.changed), ["content/a.md", "content/new.md"]);
    assert_eq!(text(&next.snapshot, "content/a.md").unwrap(), "");
}

#[test]
fn files_that_swap_their_names_are_found_without_a_hint() {
    let (folder, snapshot) = site(&[("content/a.md", "one"), ("content/b.md", "two")]);
    snapshot.tree();
    let place = |name: &str| -> PathBuf { folder.path().join("content").join(name) };
    fs::rename(place("a.md"), place("c")).unwrap();
    fs::rename(place("b.md"), place("a.md")).unwrap();
    fs::rename(place("c"), place("b.md")).unwrap();
    let next = snapshot.rescan(&Touched::Everything, false);
    assert_eq!(names(&next.changed), ["content/a.md", "content/b.md"]);
    assert_eq!(text(&next.snapshot, "content/a.md").unwrap(), "two");
}
