//! Where the bytes of releases lie, and the removal of those that no record needs: only of files that a record of this
//! target named.

use std::path::{Path, PathBuf};

use crate::publish::error::PublishError;
use crate::publish::files;
use crate::publish::history::{self, History};
use crate::publish::release::{Record, Release, ReleaseId};
use crate::publish::target::names;
use crate::release::DiskError;
use crate::release::disk::{Disk, DiskNode};
use crate::release::order::parents;

/// The folders of releases.
#[derive(Debug)]
pub(super) struct ReleaseFolders {
    /// The folder of new ones.
    own: PathBuf,
    /// The folder that the user named, where earlier versions of this program put releases without a folder between.
    named: Option<PathBuf>,
}

/// What a release was before it is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    /// Readers have seen it, and others may have edited it since: a file is removed if it is as it was.
    Seen,
    /// A run that was killed was putting it together, and may have left pieces.
    Unseen,
}

impl ReleaseFolders {
    /// Releases in a folder of ours.
    pub(super) fn beside(own: PathBuf) -> Self {
        Self { own, named: None }
    }

    /// Releases in a folder of our own below one that the user named.
    ///
    /// # Errors
    /// Readers would see them, or the file system fails.
    pub(super) fn named(disk: &Disk, folder: &Path, root: &Path) -> Result<Self, PublishError> {
        let folder = disk.resolve(folder)?.ok_or_else(|| {
            let error = std::io::ErrorKind::NotFound.into();
            DiskError::at("follow the link", folder)(error)
        })?;
        let (from, to) = (folder.to_string_lossy(), root.to_string_lossy());
        history::refuse_seen(&from, &to)?;
        let own = folder.join(history::folder(&history::relative(&from, &to)));
        Ok(Self { own, named: Some(folder) })
    }

    /// The folder of a release that is put together now.
    pub(super) fn place(&self, id: &ReleaseId) -> PathBuf {
        self.own.join(id.as_str())
    }

    /// The folder of a release that the record names.
    pub(super) fn find(&self, disk: &Disk, id: &ReleaseId) -> PathBuf {
        let place = self.place(id);
        let old = self.named.as_ref().map(|named| named.join(id.as_str()));
        let is_there = |path: &Path| matches!(disk.look(path), Ok(Some(DiskNode::Folder)));
        old.filter(|old| !is_there(&place) && is_there(old)).unwrap_or(place)
    }

    /// What lies in the folder that the user named.
    pub(super) fn history(
        &self,
        disk: &Disk,
        record: &Record,
    ) -> Result<Option<History>, PublishError> {
        let Some(named) = &self.named else { return Ok(None) };
        let names = names(disk, named)?;
        Ok(Some(History::new(
            named.display().to_string(),
            &self.own.display().to_string(),
            &names,
            record,
        )))
    }

    /// The names in the folder of new releases.
    pub(super) fn taken(&self, disk: &Disk) -> Result<Vec<String>, PublishError> {
        names(disk, &self.own)
    }

    /// Removes the files of a release. What others have put beside them is removed only where readers still see the same file.
    pub(super) fn forget(
        &self,
        disk: &Disk,
        release: &Release,
        root: &Path,
        past: Past,
    ) -> Result<(), PublishError> {
        let old = self.named.as_ref().map(|named| named.join(release.id.as_str()));
        for folder in [Some(self.place(&release.id)), old].into_iter().flatten() {
            if disk.look(&folder)? == Some(DiskNode::Folder) {
                forget_in(disk, &folder, release, root, past)?;
            }
        }
        Ok(())
    }
}

fn forget_in(
    disk: &Disk,
    folder: &Path,
    release: &Release,
    root: &Path,
    past: Past,
) -> Result<(), PublishError> {
    for (path, entry) in release.all_files() {
        let place = path.below(folder);
        if files::refuse_links(disk, folder, path).is_err() {
            continue;
        }
        if let Some(DiskNode::File(_)) = disk.look(&place)?
            && (past == Past::Unseen || files::digest(&place)? == entry.sum)
        {
            disk.remove(&place)?;
        }
    }
    let walk = disk.walk(folder)?.min_depth(1);
    for entry in walk.contents_first(true) {
        let entry = entry.map_err(|error| DiskError::at("read", folder)(error.into()))?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let shown = root.join(relative);
        if !entry.file_type().is_dir() {
            if files::is_same(entry.path(), &shown) {
                disk.remove(entry.path())?;
            }
        } else if is_folder_of(release, relative) || disk.look(&shown)? == Some(DiskNode::Folder) {
            disk.remove_empty(entry.path())?;
        }
    }
    Ok(disk.remove_empty(folder)?)
}

/// Whether a folder holds files of a release.
fn is_folder_of(release: &Release, relative: &Path) -> bool {
    let mut folders = release.all_files().flat_map(|(path, _)| parents(path.as_str()));
    folders.any(|folder| Path::new(folder) == relative)
}
