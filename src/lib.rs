#![doc = include_str!("../ARCHITECTURE.md")]

pub mod author;
pub mod base;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod engine;
pub mod lang;
pub mod names;
pub mod output;
pub mod render;
pub mod site;
pub mod source;
pub mod view;
pub mod yaml;
