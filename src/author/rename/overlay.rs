//! A site as it will be when a plan has been carried out.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{Digest, SourcePath};
use crate::source::{Listing, Source};

use super::super::EditPlan;

/// A site with a plan's changes in it.
#[derive(Clone)]
pub(super) struct Overlay<S> {
    pub(super) source: S,
    pub(super) plan: Arc<EditPlan>,
}

impl<S: Source> Overlay<S> {
    /// Where a file lies now.
    fn now(&self, path: &SourcePath) -> SourcePath {
        self.plan.back(path)
    }

    fn changed(&self, now: &SourcePath) -> Option<&str> {
        let at = self.plan.changes.binary_search_by(|change| change.path.cmp(now)).ok()?;
        Some(&self.plan.changes[at].after)
    }
}

impl<S: Source> Source for Overlay<S> {
    fn list(&self) -> Listing {
        let mut listing = self.source.list();
        if !self.plan.moved.is_empty() {
            listing.files.iter_mut().for_each(|path| *path = self.plan.of(path));
            listing.files.sort();
        }
        listing
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let now = self.now(path);
        match self.changed(&now) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.source.read(&now),
        }
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        let now = self.now(path);
        match self.changed(&now) {
            Some(text) => Ok((Digest::of(text.as_bytes()), text.len() as u64)),
            None => self.source.digest(&now),
        }
    }

    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        self.source.head(&self.now(path), limit)
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        self.source.on_disk(&self.now(path))
    }
}
