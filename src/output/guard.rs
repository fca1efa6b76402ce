//! What may be an output folder, and what must never be.
//!
//! Paths are compared without symbolic links; an output that does not exist yet is compared through its nearest
//! parent that does.

use std::path::{Path, PathBuf};

use super::error::{Conflict, ConflictReason, OutputError, OutputRefusal};
use super::{OutputTarget, STATE_FOLDER};
use crate::base::{Digest, OutPath};
use crate::release::disk::{Disk, DiskNode};

/// Where a transaction works: paths without symbolic links.
pub(super) struct OutputPlace {
    /// The site's folder.
    pub site: PathBuf,
    /// The output folder, which may not exist yet.
    pub output: PathBuf,
    /// The output folder as the user wrote it, for messages.
    shown: PathBuf,
    /// The output folder's name, in characters that every file system takes.
    pub stem: String,
}

impl OutputPlace {
    /// Finds the folders, and refuses an output that would endanger what the site is made from.
    pub(super) fn new(disk: &Disk, target: &OutputTarget) -> Result<Self, OutputError> {
        let refuse = |because: String| {
            Err(OutputError::from(OutputRefusal::Unsafe { output: target.output.clone(), because }))
        };
        let site = disk.canonical(&target.site)?;
        let Some(output) = disk.resolve(&target.output)? else {
            return refuse("is a symbolic link that leads nowhere".into());
        };
        match disk.look(&output)? {
            None | Some(DiskNode::Folder) => {}
            Some(DiskNode::File(_) | DiskNode::Other) => {
                return refuse("is a file, not a folder".into());
            }
        }
        if output == site {
            return refuse("is the site's own folder".into());
        }
        if site.starts_with(&output) {
            return refuse("holds the site's own folder".into());
        }
        let state = site.join(STATE_FOLDER);
        let sources = target.protected.iter().map(|path| (path, "which the site is made from"));
        for (guarded, which) in sources.chain([(&state, "which holds the build's own records")]) {
            let Some(folder) = disk.resolve(guarded)? else { continue };
            if output.starts_with(&folder) {
                let is = if output == folder { "is" } else { "lies in" };
                return refuse(format!("{is} `{}`, {which}", guarded.display()));
            }
            if folder.starts_with(&output) {
                return refuse(format!("holds `{}`, {which}", guarded.display()));
            }
        }
        let stem = stem(&output);
        Ok(Self { site, output, shown: target.output.clone(), stem })
    }

    /// The name of the output's files in the state folder: readable, and different for every output.
    pub(super) fn key(&self) -> String {
        let digest = Digest::of(self.output.as_os_str().as_encoded_bytes()).to_string();
        format!("{}-{}", self.stem, &digest[..16])
    }

    /// A file or folder below the output, to be read and written.
    pub(super) fn at(&self, path: &OutPath) -> PathBuf {
        path.below(&self.output)
    }

    /// That something below the output is in a build's way.
    pub(super) fn conflict(&self, path: impl AsRef<Path>, why: ConflictReason) -> Conflict {
        Conflict { path: self.shown.join(path), why }
    }

    /// The refusal while another build holds the lock.
    pub(super) fn busy(&self) -> OutputError {
        OutputRefusal::Busy { output: self.shown.clone() }.into()
    }
}

fn stem(output: &Path) -> String {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    name.chars().map(plain).take(40).collect()
}
