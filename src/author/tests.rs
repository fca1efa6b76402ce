//! Plans on a real disk: stopped before any step, nothing is lost and the next run finishes.

#![expect(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use tempfile::TempDir;

use super::rename::{self, Wanted};
use super::write::{Failure, WriteStep, apply, stepwise};
use crate::base::SourcePath;
use crate::config;
use crate::engine::{Now, Options};
use crate::source::Disk;

const FILES: [(&str, &str); 11] = [
    ("content/players/ann.md", "---\nname: Ann\n---\n[[ann]]\n"),
    ("content/players/bo/index.md", "---\nname: Bo\nhead: ann\n---\n![](face.png)\n"),
    ("content/players/bo/face.png", "\u{89}PNG"),
    ("content/articles/story.md", "---\r\ntitle: Story\r\nplayers: [ann, bo]\r\n---\r\n[[bo]]"),
    ("content/site.yaml", "title: Site\nfeatured: [ann]\nnav: [bo]\nlanguages: {en: {}, ja: {}}\n"),
    (
        "content/articles/deal.md",
        "---\ntitle: Deal\ntopics: [trade, work]\nsources: ft\n---\n[^ft]\n",
    ),
    ("content/articles/tale.md", "---\ntitle: Tale\ntopics: [trade, work]\n---\n[[fact:cost]]\n"),
    ("content/articles/deal.ja.md", "---\ntitle: Torihiki\n---\n[[deal]] [x](deal.md)\n"),
    ("content/facts.yaml", "cost: {value: 3, source: ft}\n"),
    ("content/sources.yaml", "ft: {title: Ft}\n"),
    ("content/topics/trade.md", "---\ntitle: Trade\n---\n[[fact:cost]] of [[deal]][^ft]\n"),
];

fn site() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in FILES {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
    folder
}

fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn plan(folder: &Path, from: &str, to: &str) -> super::EditPlan {
    let now = Now::Day("2026-01-01".parse().unwrap());
    let folder_name = "site".into();
    let options = Options { now, folder: folder_name, ..Options::default() };
    let wanted = Wanted::parse(from).expect("an id");
    rename::plan(&config::disk(folder), &wanted, to, &options).expect("a sound site").plan
}

#[test]
fn stopped_anywhere_nothing_is_lost_and_the_next_run_finishes() {
    for (from, to, least) in [
        // Four files at three steps each, and the move.
        ("ann", "cy", 9),
        ("bo", "dee", 9),
        ("deal", "pact", 6),
        ("trade", "commerce", 9),
        ("topic:work", "labour", 6),
        ("fact:cost", "price", 9),
        ("source:ft", "ft-june", 12),
    ] {
        let whole = site();
        apply(&Disk::new(whole.path()), &plan(whole.path(), from, to))
            .expect("nothing is in the way");
        let expected = tree(whole.path());
        let mut stops = 0;
        loop {
            let folder = site();
            let path = folder.path();
            let before = tree(path);
            let planned = plan(path, from, to);
            let mut left = stops;
            // What kills the program leaves it no time to tidy up.
            let mut stop = |_| {
                if left == 0 {
                    resume_unwind(Box::new(()));
                }
                left -= 1;
            };
            let ran =
                catch_unwind(AssertUnwindSafe(|| stepwise(&Disk::new(path), &planned, &mut stop)));
            if let Ok(result) = ran {
                result.expect("nothing is in the way");
                break;
            }
            let mut after = tree(path);
            after.retain(|path, _| !path.contains("/."));
            assert_eq!(after.len(), before.len(), "every file is there after {stops} steps");
            for (path, text) in &after {
                // The page in one language may have its name, and the page itself not yet.
                let was = planned.back(&SourcePath::new(path.as_str()));
                let old = before.get(path).unwrap_or_else(|| &before[was.as_str()]);
                let was =
                    if before.contains_key(path) { SourcePath::new(path.as_str()) } else { was };
                let new = planned.changes.iter().find(|change| change.path == was);
                let is_whole = text == old || new.is_some_and(|change| change.after == *text);
                assert!(is_whole, "{path} after {stops} steps: {text:?}");
            }
            apply(&config::disk(path), &plan(path, from, to))
                .expect("what was begun can be finished");
            assert_eq!(tree(path), expected, "after {stops} steps and another run");
            stops += 1;
        }
        assert!(stops >= least, "{from}: {stops} steps");
    }
}

#[test]
fn a_file_that_changes_meanwhile_stops_everything() {
    for (path, _) in FILES.iter().filter(|(path, _)| !path.ends_with(".png")) {
        let folder = site();
        let planned = plan(folder.path(), "ann", "cy");
        if !planned.changes.iter().any(|change| change.path.as_str() == *path) {
            continue;
        }
        fs::write(folder.path().join(path), "---\ntitle: New\n---\n").unwrap();
        let before = tree(folder.path());
        let failure =
            apply(&Disk::new(folder.path()), &planned).expect_err("it is not what was planned for");
        assert!(matches!(&failure, Failure::Changed(found) if found.as_str() == *path));
        assert_eq!(failure.exit_code(), 5);
        assert_eq!(tree(folder.path()), before);

        // Even while the new files are written.
        let folder = site();
        let planned = plan(folder.path(), "ann", "cy");
        let mut edit = |step| {
            if step == WriteStep::Complete {
                fs::write(folder.path().join(path), "---\ntitle: New\n---\n").unwrap();
            }
        };
        stepwise(&Disk::new(folder.path()), &planned, &mut edit)
            .expect_err("it is not what was planned for");
        let mut expected = tree(site().path());
        expected.insert((*path).to_owned(), "---\ntitle: New\n---\n".to_owned());
        assert_eq!(tree(folder.path()), expected);
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = site();
    let planned = plan(folder.path(), "ann", "cy");
    fs::write(folder.path().join("content/players/cy.md"), "---\nname: Cy\n---\n").unwrap();
    let before = tree(folder.path());
    let failure =
        apply(&Disk::new(folder.path()), &planned).expect_err("somebody else has the name");
    assert!(matches!(failure, Failure::Exists(_)), "{failure}");
    assert_eq!(tree(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = site();
    let path = folder.path();
    fs::create_dir(path.join("shared")).unwrap();
    fs::rename(path.join("content/articles/story.md"), path.join("shared/story.md")).unwrap();
    symlink("../../shared/story.md", path.join("content/articles/story.md")).unwrap();
    let settings = fs::read_to_string(path.join("content/site.yaml")).unwrap();
    fs::write(path.join("content/site.yaml"), format!("{settings}shared: shared\n")).unwrap();
    let mode = fs::Permissions::from_mode(0o640);
    fs::set_permissions(path.join("content/site.yaml"), mode).unwrap();
    apply(&config::disk(path), &plan(path, "ann", "cy")).expect("nothing is in the way");
    let link = fs::symlink_metadata(path.join("content/articles/story.md")).unwrap();
    assert!(link.is_symlink());
    assert!(fs::read_to_string(path.join("shared/story.md")).unwrap().contains("[cy, bo]"));
    let mode = fs::metadata(path.join("content/site.yaml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    // The player's own file: what would be renamed is the link.
    let folder = site();
    let path = folder.path();
    fs::rename(path.join("content/players/ann.md"), path.join("content/ann.md")).unwrap();
    symlink("../ann.md", path.join("content/players/ann.md")).unwrap();
    let before = tree(path);
    let failure = apply(&config::disk(path), &plan(path, "ann", "cy")).expect_err("a link");
    assert!(matches!(failure, Failure::Linked(_)), "{failure}");
    assert_eq!(tree(path), before);
}

/// A folder becomes a link to another one between any two steps: nothing is read or written there.
#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_meanwhile_is_not_followed() {
    use std::os::unix::fs::symlink;
    for stop in 0..13 {
        let folder = site();
        let outside = TempDir::new().unwrap();
        for name in ["story.md", "ann.md"] {
            fs::write(outside.path().join(name), "---\ntitle: Mine\n---\n").unwrap();
        }
        let before = tree(outside.path());
        let planned = plan(folder.path(), "ann", "cy");
        let mut steps = 0;
        let mut swap = |_| {
            if steps == stop {
                for name in ["articles", "players"] {
                    let place = folder.path().join("content").join(name);
                    fs::rename(&place, folder.path().join(name)).unwrap();
                    symlink(outside.path(), &place).unwrap();
                }
            }
            steps += 1;
        };
        let done = stepwise(&Disk::new(folder.path()), &planned, &mut swap);
        assert_eq!(done.is_ok(), steps <= stop, "after {stop} steps: {done:?}");
        assert_eq!(tree(outside.path()), before, "after {stop} steps");
    }
}
