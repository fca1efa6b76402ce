//! A running server: what it answers, to whom, and what it tells those who listen.

#![cfg(feature = "serve")]
#![allow(clippy::disallowed_methods, reason = "tests change the folders that are served")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]
#![allow(clippy::print_stdout, reason = "the long run says what it did")]

#[allow(dead_code, reason = "what the command line says is no edit of a file")]
#[path = "../incremental/edit/mod.rs"]
mod edit;
mod equality;
mod hostile;
mod lean;
mod links;
mod running;
mod saves;
#[path = "../incremental/small.rs"]
mod small;
mod states;
#[path = "../support/mod.rs"]
mod support;
