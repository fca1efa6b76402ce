//! What `output/` and `publish/` share: how the files of a folder are replaced so that a kill at any moment leaves whole
//! files only, each of them ours, and the next run finishes.
//!
//! A run goes through the same states wherever it writes:
//!
//! 1. *locked*: no other run writes the same place.
//! 2. *recovered*: what a killed run left is distinguished from what others wrote, by its record and its pending record.
//! 3. *staged*: files that differ lie on the place's own file system, out of readers' reach.
//! 4. *pending*: what is about to be written is recorded, so that all of it counts as ours from here on.
//! 5. *written*: removals that make room come first, then the files, each by one rename; all other removals come last.
//! 6. *recorded*: the new record takes the place of the old one, and nothing is pending.

pub(crate) mod disk;
mod error;
pub(crate) mod folders;
pub(crate) mod lock;
pub(crate) mod order;
mod readers;
pub(crate) mod stage;

pub use error::DiskError;
pub use stage::Content;
