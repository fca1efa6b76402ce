//! Publishing to, and reading from, servers as they are installed: sshd, rsync, nginx, an S3 store, a small disk. Run by
//! `.ci/publish`, which installs them; each listens on loopback at a free port, and ends with its test.

#![allow(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]
#![allow(clippy::print_stdout, reason = "what was counted is a part of the proof")]
#![allow(dead_code, reason = "the other suite uses the rest")]

mod disk;
mod flow;
#[path = "../foreign.rs"]
mod foreign;
#[path = "../killing.rs"]
mod killing;
mod nginx;
mod process;
mod rsync;
#[cfg(feature = "s3")]
mod s3;
mod ssh;
mod sshd;
#[path = "../../support/mod.rs"]
mod support;
#[path = "../web.rs"]
mod web;
#[path = "../world.rs"]
mod world;
