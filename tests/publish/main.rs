//! Publishing, as its users meet it: the real binary, real folders and repositories, a web server that can lie.
//!
//! What needs more than git and a file system (nginx, sshd) is in `servers/`, and run by `.ci/publish`.

#![allow(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]
#![allow(clippy::print_stdout, reason = "what was counted is a part of the proof")]

mod dir;
mod edits;
mod foreign;
mod git;
mod guards;
mod history;
mod killing;
mod kills;
mod notes;
mod permissions;
mod pings;
mod places;
mod planted;
mod readers;
mod secrecy;
#[path = "../diagnostics/secrecy_rows.rs"]
mod secrecy_rows;
#[path = "../support/mod.rs"]
mod support;
mod web;
mod world;
