//! The commands that change what authors wrote: they change that, and nothing else.

#![allow(clippy::disallowed_methods, reason = "sets up and reads back the folders of a test")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[path = "../support/mod.rs"]
mod support;

mod editions;
mod forms;
mod kinds;
mod planted;
mod rename;
mod start;
