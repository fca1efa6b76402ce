//! Builds on disks that fail, and what else takes more than the public door to set up.

#![expect(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]

mod faults;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::{Content, Origin, OutputError, OutputTarget, Report, STATE_FOLDER, Transaction};
use crate::base::OutPath;
use crate::release::disk::{Disk, DiskChange, DiskFault};

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
fn a_stage_inside_a_filled_output_is_not_in_the_way() {
    let site = Site::with(FIRST);
    fs::remove_dir_all(site.path().join(STATE_FOLDER)).unwrap();
    fs::remove_file(site.output().join(FIRST[0].0)).unwrap();
    let disk = disk(nothing_beside(&site));
    site.build_on(disk, FIRST).expect("what is left is what a build makes");
    site.check(FIRST);
}

#[test]
fn a_state_folder_may_vanish_during_a_build() {
    let site = Site::with(FIRST);
    let transaction = site.open(Disk::default(), false).unwrap();
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

/// What keeps anything from being made beside the output.
fn nothing_beside(site: &Site) -> DiskFault {
    let parent = fs::canonicalize(site.path()).unwrap();
    Box::new(move |change, _, path| {
        let beside = path.parent() == Some(&parent) && !path.ends_with(STATE_FOLDER);
        match change == DiskChange::Folder && beside {
            true => Err(io::ErrorKind::PermissionDenied.into()),
            false => Ok(()),
        }
    })
}

/// What makes a mount point of the output, though on the file system of what lies beside it.
fn mount_point(site: &Site) -> DiskFault {
    let output = fs::canonicalize(site.path()).unwrap().join("public");
    Box::new(move |change, from, to| {
        let inside = |path: &Path| path.starts_with(&output) && path != output;
        match matches!(change, DiskChange::Rename | DiskChange::Link) && inside(from) != inside(to)
            || change == DiskChange::Rename && to == output
        {
            true => Err(io::ErrorKind::CrossesDevices.into()),
            false => Ok(()),
        }
    })
}

fn disk(fault: DiskFault) -> Disk {
    Disk { fault: Some(fault) }
}

fn put(transaction: &Transaction, files: Files) -> Result<(), OutputError> {
    files.iter().try_for_each(|(path, text)| {
        let path = OutPath::new(path).expect("a valid path");
        transaction.put(&path, "page", None, Content::Bytes(text.as_bytes()))
    })
}

/// A site's folder, with its output in it.
struct Site(TempDir);

impl Site {
    fn with(files: Files) -> Self {
        // In memory where there is such a folder: these tests make tens of thousands of small builds.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let site = Self(folder.unwrap());
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

    fn build(&self, files: Files) -> Result<Report, OutputError> {
        self.build_on(Disk::default(), files)
    }

    fn build_on(&self, disk: Disk, files: Files) -> Result<Report, OutputError> {
        self.run(disk, files, false)
    }

    fn run(&self, disk: Disk, files: Files, adopt: bool) -> Result<Report, OutputError> {
        let transaction = self.open(disk, adopt)?;
        put(&transaction, files)?;
        transaction.commit(Origin::default())
    }

    fn open(&self, disk: Disk, adopt: bool) -> Result<Transaction, OutputError> {
        let protected = vec![self.path().join("content")];
        let target =
            OutputTarget { site: self.path().into(), output: self.output(), protected, adopt };
        Transaction::open_on(disk, &target)
    }

    /// The output holds exactly this, nothing lies beside it, and building again changes nothing.
    #[track_caller]
    fn check(&self, files: Files) {
        self.check_among(files, NONE);
    }

    /// The same with files of others in the output.
    #[track_caller]
    fn check_among(&self, files: Files, others: Files) {
        let mut tree = expected(others);
        tree.extend(expected(files));
        assert_eq!(self.tree(), tree);
        assert_eq!(names(self.path()), [STATE_FOLDER, "content", "public"]);
        let state = names(&self.path().join(STATE_FOLDER));
        assert_eq!(state.len(), 2, "{state:?}");
        assert!(state[1].ends_with(".json"), "{state:?}");
        let again = self.build(files).expect("an unchanged build succeeds");
        assert_eq!(again, Report { unchanged: files.len(), ..Report::default() });
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
            crate::release::order::parents(path)
                .map(|folder| (format!("{folder}/"), String::new())),
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
