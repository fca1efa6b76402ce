//! From a built site to one that readers see: a plan that can be read, carried out in phases, and verified.
//!
//! Owns stages below `.briefing/publish/`, the records at targets, and the files of targets that a record names;
//! never touches another file. Knows nothing about pages: it sees paths, bytes and headers.
//!
//! 1. [`stage`]: what the engine makes is written to a private folder, with a digest of each file.
//! 2. [`plan()`]: a pure function of that and of what the target holds ([`Target::observe`]).
//! 3. [`guard`]: every reason why the plan must not be carried out, before anything is changed.
//! 4. [`apply()`]: phase by phase; a target that can makes the release visible in one step.
//! 5. [`verify`]: readers get what was sent; only then something is removed. After a run that failed, everything is
//!    looked at ([`Unverified`]).
//!
//! A record at the target names the last releases and which one is live. A pending release is written down before the
//! first step, so whatever a killed run leaves is ours, and the next run finishes.

mod apply;
mod error;
mod files;
mod git;
pub mod guard;
mod history;
mod http;
mod live;
mod parallel;
mod phases;
pub mod ping;
mod plan;
pub mod plan_text;
mod release;
mod retry;
mod rsync;
mod saved_plan;
pub mod scan;
mod shell;
pub mod stage;
mod steps;
mod target;
pub mod uncommitted;
mod unverified;
pub mod verify;
pub mod worktree;

pub use apply::{Failed, apply};
pub use error::PublishError;
pub use history::History;
pub use http::Http;
pub use live::{LivePages, staged_text};
pub use plan::{Goal, Plan, Remote, RemoteFile, Upload, plan};
pub use release::{
    Commit, ContentHash, Headers, Pending, Record, Release, ReleaseEntry, ReleaseFiles, ReleaseId,
};
pub use saved_plan::SavedPlan;
pub use steps::{PublishStep, Steps};
pub use target::{Abilities, Access, LocalMachine, Session, Target, Work, open};
pub use unverified::Unverified;
