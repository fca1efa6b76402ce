//! The only writer of files: turns finished pages into a folder, all of them or none.
//!
//! Owns the output folder, the stage beside it and the site's state folder `.briefing/`. Refuses to touch a file
//! that a build did not write, or that changed since; refuses folders that the site is made from. Knows
//! nothing about pages: it sees paths and bytes.
//!
//! 1. [`Transaction::open`] locks the output and finishes what a killed build began (`recover`).
//! 2. [`Transaction::put`] compares each file with what is there, and stages it if it differs. The output is untouched.
//! 3. [`Transaction::commit`] decides what is removed (`plan`), records the new manifest as pending, renames file by file
//!    (or the whole stage, for a first build), removes last, and makes the pending manifest the manifest (`commit`).
//!
//! A transaction that is dropped, and a commit that fails, leave the output as it was. A process that is killed leaves
//! only whole files, each old or new, and the next build finishes.

mod cache;
mod commit;
mod error;
mod guard;
mod manifest;
mod plan;
mod recover;
mod stage;
mod store;
#[cfg(test)]
mod tests;
mod transaction;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use cache::{CacheClock, FolderCache};
pub use error::{Conflict, ConflictReason, OutputError, OutputRefusal};
pub(crate) use store::ignore;
pub use transaction::Transaction;

pub use crate::release::Content;

use crate::base::OutPath;
use crate::release::disk::Disk;

/// The folder of a site in which builds keep their records; it ignores itself in git.
pub const STATE_FOLDER: &str = ".briefing";

/// What a transaction writes to, and what it must keep away from.
#[derive(Debug, Clone)]
pub struct OutputTarget {
    /// The site's folder, which exists.
    pub site: PathBuf,
    /// The output folder, which may exist.
    pub output: PathBuf,
    /// Folders that the site is made from (content, templates, static); they need not exist.
    pub protected: Vec<PathBuf>,
    /// Whether files with unknown bytes may be overwritten that lie at the path of a page.
    pub adopt: bool,
}

/// How a build came to be; recorded in the manifest, read by people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program and its version.
    pub generator: String,
    /// The address that the site was built for.
    pub base_url: Option<String>,
    /// The build's date.
    pub date: String,
    /// The flags that change what a build makes, such as `--drafts`.
    pub flags: Vec<String>,
}

/// What a build did to the output folder; lists are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files whose bytes changed, and new ones.
    pub written: Vec<OutPath>,
    /// How many files had the right bytes already.
    pub unchanged: usize,
    /// Files of an earlier build that this one does not make.
    pub removed: Vec<OutPath>,
    /// How many of the written and unchanged files were there without a build having recorded them.
    pub adopted: usize,
}

/// What every step of a transaction needs.
struct TransactionContext {
    disk: Disk,
    place: guard::OutputPlace,
    store: store::Store,
}
