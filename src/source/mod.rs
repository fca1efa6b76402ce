//! The only reader of a site's files.
//!
//! The rest of the program sees a [`Source`]: paths, bytes, nothing else. A folder on disk is one; a list of files
//! in memory, for tests and tools, is another. Which files count is decided here, in one place ([`ignored`]).

mod disk;
mod held;
mod litter;
mod memory;
mod reach;
mod snapshot;
#[cfg(feature = "serve")]
mod watch;

pub use disk::{Disk, Shares};
pub use held::{HeldFolder, is_link};
pub use litter::ignored;
pub use memory::Memory;
pub use snapshot::{Rescan, Snapshot, Touched};
#[cfg(feature = "serve")]
pub use watch::{Waker, Watch};

use std::io;
use std::path::PathBuf;

use crate::base::{Digest, SourcePath};
use crate::diag::Diagnostic;

/// Where a site's files come from.
pub trait Source: Send + Sync {
    /// Every file under `content/`, `templates/` and `static/`, sorted by path, and what could not be listed.
    fn list(&self) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// The file is gone or cannot be read.
    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>>;

    /// The digest of a file's bytes, when it is known without reading them.
    fn known(&self, _: &SourcePath) -> Option<Digest> {
        None
    }

    /// The digest of a file's bytes, and their number, without holding them.
    ///
    /// # Errors
    /// The file is gone or cannot be read.
    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        let bytes = self.read(path)?;
        Ok((Digest::of(&bytes), bytes.len() as u64))
    }

    /// The first bytes of a file, for what its head tells (the size of a picture).
    ///
    /// # Errors
    /// The file is gone or cannot be read.
    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.read(path)?;
        bytes.truncate(limit);
        Ok(bytes)
    }

    /// Opens a file that is too large to be held.
    ///
    /// # Errors
    /// The file is gone or cannot be read.
    fn open(&self, path: &SourcePath) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(io::Cursor::new(self.read(path)?)))
    }

    /// Where the file lies on disk, when it does: a static file is copied from there.
    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf>;
}

/// A file that is read in parts.
pub trait ReadSeek: io::Read + io::Seek + Send {}

impl<T: io::Read + io::Seek + Send> ReadSeek for T {}

/// The files of a site.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by path, each once.
    pub files: Vec<SourcePath>,
    /// What is not a readable file.
    pub diagnostics: Vec<Diagnostic>,
}

/// The folders below a site that are read.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];
