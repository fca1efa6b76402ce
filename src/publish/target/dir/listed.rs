//! What lies at a folder: what a site can have, and everything else, under the very names that it has there.

use std::path::{Path, PathBuf};

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::release;
use crate::release::DiskError;

use super::super::visibility::Visibility;
use super::Dir;

/// What lies below a document root.
#[derive(Default)]
pub(super) struct FolderListing {
    /// Files that a site can have.
    pub(super) paths: Vec<OutPath>,
    /// Links, devices, and files that no site can have.
    pub(super) irregular: Vec<PathBuf>,
    /// Folders without anything in them.
    pub(super) empty: Vec<PathBuf>,
}

impl Dir {
    /// Everything below a document root but for what is ours to keep there.
    pub(super) fn list(&self, root: &Path) -> Result<FolderListing, PublishError> {
        let (disk, mut listed) = (&self.disk, FolderListing::default());
        if disk.look(root)?.is_none() {
            return Ok(listed);
        }
        let root = disk.canonical(root)?;
        let walk = disk.walk(&root)?.min_depth(1).into_iter();
        let is_reserved = |entry: &walkdir::DirEntry| {
            entry.depth() == 1 && entry.file_name().as_encoded_bytes().starts_with(b".briefing")
        };
        // A release has nothing of ours in it but the site.
        let is_skipped =
            |entry: &walkdir::DirEntry| self.mode != Visibility::Link && is_reserved(entry);
        for entry in walk.filter_entry(|entry| !is_skipped(entry)) {
            let entry = entry.map_err(|error| DiskError::at("read", &root)(error.into()))?;
            let relative = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            if entry.file_type().is_dir() {
                let place = entry.path();
                if disk.is_empty(place)? {
                    listed.empty.push(relative.to_path_buf());
                }
                continue;
            }
            let path = OutPath::from_disk(relative).filter(|_| entry.file_type().is_file());
            match path.filter(|path| !release::is_reserved(path)) {
                Some(path) => listed.paths.push(path),
                None => listed.irregular.push(relative.to_path_buf()),
            }
        }
        Ok(listed)
    }

    /// Removes what a killed run was writing: files that are numbered.
    pub(super) fn clear_temporary(&self, folder: &Path) -> Result<(), PublishError> {
        for entry in self.disk.entries(folder)? {
            let name = entry.file_name().as_encoded_bytes();
            if !entry.file_type().is_dir() && name.iter().all(u8::is_ascii_digit) {
                self.disk.remove(entry.path())?;
            }
        }
        Ok(())
    }
}
