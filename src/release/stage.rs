//! Files that wait, on the file system of the folder that they are for, until all of them are there.

use std::io;
use std::path::Path;

use crate::base::Digest;

use super::disk::{Disk, Stamp};
use super::error::DiskError;

/// The bytes of one output.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Rendered: compared and written at once, not kept.
    Bytes(&'a [u8]),
    /// A file to copy, in pieces. The digest and the length (in bytes) are those that it had when the site was read.
    File {
        /// Where it is.
        disk: &'a Path,
        /// The digest of its bytes.
        digest: Digest,
        /// Its length.
        len: u64,
    },
}

/// Writes a file to a stage. `command`: what the user runs again when the file changed after the site was read.
pub(crate) fn stage(
    disk: &Disk,
    place: &Path,
    content: Content<'_>,
    command: &str,
) -> Result<Stamp, DiskError> {
    disk.create_above(place)?;
    match content {
        Content::Bytes(bytes) => disk.write_new(place, bytes),
        Content::File { disk: from, digest, .. } => {
            let (copied, stamp) = disk.copy(from, place)?;
            if copied == digest {
                return Ok(stamp);
            }
            let why = format!("it changed while the site was being built; {command} again");
            Err(DiskError::at("copy", from)(io::Error::other(why)))
        }
    }
}
