//! A site in memory.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::SourcePath;

use super::{Listing, Source};

/// Files by path. What is added, changed and removed here is what the next build sees; a clone stays as it was, and
/// shares the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory(Arc<BTreeMap<SourcePath, Arc<[u8]>>>);

impl Memory {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn write(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> &mut Self {
        let bytes: Vec<u8> = bytes.into();
        Arc::make_mut(&mut self.0).insert(SourcePath::new(path), bytes.into());
        self
    }

    /// Removes a file, and gives back what it held.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        let removed = Arc::make_mut(&mut self.0).remove(&SourcePath::new(path))?;
        Some(removed.to_vec())
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(&SourcePath::new(path)).map(|bytes| &**bytes)
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.0.keys()
    }
}

impl Source for Memory {
    fn list(&self) -> Listing {
        Listing { files: self.0.keys().cloned().collect(), diagnostics: Vec::new() }
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(path).map(|bytes| bytes.to_vec());
        bytes.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn on_disk(&self, _: &SourcePath) -> Option<PathBuf> {
        None
    }
}
