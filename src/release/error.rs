//! A call to the file system that failed, with what it was for.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the file system.
#[derive(Debug)]
pub struct DiskError {
    /// The verb that failed, for "cannot … `path`".
    pub doing: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// The system's error.
    pub source: io::Error,
}

impl DiskError {
    /// For `map_err`: adds what was being done, and to which path.
    pub(crate) fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { doing, path: path.to_path_buf(), source }
    }

    /// For `map_err`: names what the call was for instead of the call.
    pub(crate) fn over(doing: &'static str, path: &Path) -> impl FnOnce(Self) -> Self {
        move |error| Self { doing, path: path.to_path_buf(), ..error }
    }

    /// The kind of the system's error.
    pub(crate) fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// Whether there was nothing at the path, or a file where one of its folders would be.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    }
}

impl From<DiskError> for io::Error {
    fn from(error: DiskError) -> Self {
        error.source
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.doing, self.path.display(), self.source)
    }
}
