//! What lies below a folder that we write to. Nothing is read, written or removed through a link there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rustc_hash::FxHashMap;

use super::disk::{Disk, DiskNode, Stamp};
use super::error::DiskError;
use super::order::parents;
use crate::base::OutPath;

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathState {
    /// Nothing, and above it folders or nothing.
    Free,
    /// A file.
    File(Stamp),
    /// A folder.
    Folder,
    /// Nothing, because this path above it is a file.
    Below(Box<str>),
    /// This path, its own or one above it, is a symbolic link or a device.
    Link(Box<str>),
}

/// The folders below a root, each looked up once: for as long as nothing changes them.
pub(crate) struct Folders {
    root: PathBuf,
    known: Mutex<FxHashMap<Box<str>, Option<DiskNode>>>,
}

impl Folders {
    /// The folders below a root, of which none is known yet.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), known: Mutex::default() }
    }

    /// What lies at a path.
    pub(crate) fn look(&self, disk: &Disk, path: &OutPath) -> Result<PathState, DiskError> {
        if let Some(state) = self.above(disk, path.as_str())? {
            return Ok(state);
        }
        Ok(match disk.look(&path.below(&self.root))? {
            None => PathState::Free,
            Some(DiskNode::File(stamp)) => PathState::File(stamp),
            Some(DiskNode::Folder) => PathState::Folder,
            Some(DiskNode::Other) => PathState::Link(path.as_str().into()),
        })
    }

    /// Why nothing lies at a path that is to be written or removed; none where all folders above it are there.
    pub(crate) fn above(&self, disk: &Disk, path: &str) -> Result<Option<PathState>, DiskError> {
        for parent in parents(path) {
            match self.node(disk, parent)? {
                Some(DiskNode::Folder) => {}
                None => return Ok(Some(PathState::Free)),
                Some(DiskNode::File(_)) => return Ok(Some(PathState::Below(parent.into()))),
                Some(DiskNode::Other) => return Ok(Some(PathState::Link(parent.into()))),
            }
        }
        Ok(None)
    }

    /// Whether a folder above some path is there.
    pub(crate) fn exists(&self, disk: &Disk, folder: &str) -> Result<bool, DiskError> {
        Ok(self.node(disk, folder)? == Some(DiskNode::Folder))
    }

    fn node(&self, disk: &Disk, folder: &str) -> Result<Option<DiskNode>, DiskError> {
        // Never held while the disk is asked: two threads may ask twice, and get the same answer.
        let known = self.known.lock().expect("no holder panics").get(folder).copied();
        if let Some(node) = known {
            return Ok(node);
        }
        let node = disk.look(&self.root.join(folder))?;
        self.known.lock().expect("no holder panics").insert(folder.into(), node);
        Ok(node)
    }
}

/// Removes the folders above some paths that hold nothing any more, the innermost first.
pub(crate) fn prune<'a>(
    disk: &Disk,
    root: &Path,
    gone: impl IntoIterator<Item = &'a OutPath>,
    keep: impl Fn(&str) -> bool,
) -> Result<(), DiskError> {
    let folders = Folders::new(root);
    let emptied: BTreeSet<&str> =
        gone.into_iter().flat_map(|path| parents(path.as_str())).collect();
    // Reversed, a folder comes after all that is in it.
    for folder in emptied.into_iter().rev().filter(|folder| !keep(folder)) {
        if folders.above(disk, folder)?.is_none() {
            disk.remove_empty(&root.join(folder))?;
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "sets up the folders of a test")]

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::{Folders, PathState, prune};
    use crate::base::OutPath;
    use crate::release::disk::Disk;

    fn out(path: &str) -> OutPath {
        OutPath::new(path).expect("a valid path")
    }

    #[test]
    fn what_lies_at_a_path() {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        fs::create_dir_all(at("a/b")).unwrap();
        fs::write(at("a/file"), "four").unwrap();
        symlink(at("a"), at("link")).unwrap();
        symlink("nowhere", at("a/dead")).unwrap();
        let (disk, folders) = (Disk::default(), Folders::new(root.path()));
        for (path, state) in [
            ("a/b", PathState::Folder),
            ("a/c", PathState::Free),
            ("x/y/z", PathState::Free),
            ("a/file/x", PathState::Below("a/file".into())),
            ("link", PathState::Link("link".into())),
            ("link/file", PathState::Link("link".into())),
            ("a/dead", PathState::Link("a/dead".into())),
            ("a/dead/x/y", PathState::Link("a/dead".into())),
        ] {
            assert_eq!(folders.look(&disk, &out(path)).unwrap(), state, "{path}");
        }
        let file = folders.look(&disk, &out("a/file")).unwrap();
        assert!(matches!(file, PathState::File(stamp) if stamp.len == 4), "{file:?}");
    }

    #[test]
    fn folders_are_removed_that_are_empty_and_not_kept() {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        for folder in ["a/b/c", "kept/x", "full/x", "elsewhere/x"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        fs::write(at("full/file"), "").unwrap();
        symlink(at("elsewhere"), at("link")).unwrap();
        let gone = ["a/b/c/1", "a/b/2", "kept/x/3", "full/x/4", "link/x/5", "missing/6"].map(out);
        prune(&Disk::default(), root.path(), &gone, |folder| folder == "kept").unwrap();
        for (folder, is_there) in [
            ("a", false),
            ("kept", true),
            ("kept/x", false),
            ("full", true),
            ("full/x", false),
            ("elsewhere/x", true),
        ] {
            assert_eq!(at(folder).exists(), is_there, "{folder}");
        }
    }
}
