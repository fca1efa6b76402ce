//! The steps of a publish: an observer is called before each, and can stop the run there.

use crate::base::OutPath;

use super::error::PublishError;

/// One change of what lies at a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishStep<'a> {
    /// The lock is taken and the pending release written down.
    Begin,
    /// What stays is made a part of the new release.
    Assemble,
    /// A file that stays is made a part of the new release.
    Keep(&'a OutPath),
    /// A file is sent.
    Put(&'a OutPath, u64),
    /// A file is removed.
    Remove(&'a OutPath),
    /// The new release becomes the one that readers see.
    Switch,
    /// The bytes of the release are kept for a rollback.
    Archive,
    /// The record is written.
    Record,
    /// What no release needs is removed.
    Prune,
}

/// An observer of a publish.
pub trait Steps: Sync {
    /// Called before each step.
    ///
    /// # Errors
    /// [`PublishError::Interrupted`] when the run is to stop here.
    fn before(&self, step: PublishStep<'_>) -> Result<(), PublishError>;
}

impl std::fmt::Display for PublishStep<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Begin => f.write_str("begin"),
            Self::Assemble => f.write_str("assemble"),
            Self::Keep(path) => write!(f, "keep {path}"),
            Self::Put(path, _) => write!(f, "put {path}"),
            Self::Remove(path) => write!(f, "remove {path}"),
            Self::Switch => f.write_str("switch"),
            Self::Archive => f.write_str("archive"),
            Self::Record => f.write_str("record"),
            Self::Prune => f.write_str("prune"),
        }
    }
}
