//! What `output/` and `publish/` share: how the files of a folder are replaced so that a kill at any moment leaves whole
//! files only, each of them ours, and the next run finishes.
//!
//! A run goes through the same states wherever it writes:
//!
//! 1. *locked*: no other run writes the same place.
//! 2. *recovered*: what a killed run left is distinguished from what others wrote, by the record and the pending record.
//! 3. *staged*: files that differ lie on the place's own file system, out of readers' reach.
//! 4. *pending*: what is about to be written is recorded, so that all of it counts as ours from here on.
//! 5. *written*: removals that make room come first, then the files, each by one rename; all other removals come last.
//! 6. *recorded*: the new record takes the place of the old one, and nothing is pending.
//!
//! What only looks alike stays in its module:
//!
//! - *the record*. The output's manifest has the stamp of each file, so that a build reads none that it wrote. The record
//!   of a target has digests, headers and the target's own marks, and the last releases, for rollbacks.
//! - *the plan*. A build compares each page when it is rendered, and stages only those that differ; what is in the way is
//!   looked for last. A publish compares all files with what the target holds, for a person reads its plan first, and may
//!   have it carried out another day.
//! - *recovery*. Both count the files of the record and of the pending record as ours. In the output it is looked at once
//!   which of the two each file is, and one manifest is written. A target is only read before a plan is agreed to, so
//!   its plan is made of both.
//! - *failure*. A commit that fails is undone, and the output is as it was. A publish that fails stays pending, and the
//!   next one goes on from there.

pub(crate) mod disk;
mod error;
pub(crate) mod folders;
pub(crate) mod lock;
pub(crate) mod order;
mod readers;
pub(crate) mod stage;

pub use error::DiskError;
pub use stage::Content;
