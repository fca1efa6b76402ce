//! What no reader has been seen to get: written down before a publish changes anything, beside its lock, and removed once
//! readers were given all of it. After a run that failed, the next one looks at every file, and at what the failed one removed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::Disk;

/// The note of one target of one site.
pub struct Unverified {
    disk: Disk,
    place: PathBuf,
}

impl Unverified {
    /// The note at a place.
    pub(super) fn at(place: PathBuf) -> Self {
        Self { disk: Disk::default(), place }
    }

    /// The files that runs have removed which no run has verified; `None` where nothing is left to verify.
    ///
    /// # Errors
    /// A failure of the file system.
    pub fn removed(&self) -> Result<Option<BTreeSet<OutPath>>, DiskError> {
        let Some(bytes) = self.disk.read_if_file(&self.place)? else { return Ok(None) };
        // Of a note that cannot be read all that counts is that it is there.
        let paths: Vec<String> = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(Some(paths.iter().filter_map(|path| OutPath::new(path).ok()).collect()))
    }

    /// Notes that a run begins, and what it removes.
    ///
    /// # Errors
    /// A failure of the file system.
    pub fn begin(&self, removed: &[OutPath]) -> Result<(), DiskError> {
        let mut paths = self.removed()?.unwrap_or_default();
        paths.extend(removed.iter().cloned());
        let paths: Vec<&str> = paths.iter().map(OutPath::as_str).collect();
        let json = serde_json::to_vec(&paths).expect("a list of texts is JSON");
        self.disk.write(&self.place, &json).map(drop)
    }

    /// Removes the note: readers were given everything.
    ///
    /// # Errors
    /// A failure of the file system.
    pub fn end(&self) -> Result<(), DiskError> {
        match self.disk.look(&self.place)? {
            Some(_) => self.disk.remove(&self.place),
            None => Ok(()),
        }
    }
}
