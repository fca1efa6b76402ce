//! One content file: front matter and Markdown become a typed document. Parsing never needs another file.
//!
//! Steps: [`text`] decodes and splits, `yaml/` reads the front matter into [`raw`] structs, [`resolve`] checks them
//! into [`model`] values, [`markdown`] renders the texts, and [`parse`] puts the [`document`] together.
//! [`foreign`] says what keys of other generators mean here, [`kind`] tells a page by its path, and [`places`] gives fields and their problems their spans.
//! [`inherit`] is the one that sees two documents: a translation, and the page that it translates.

pub mod chart;
pub mod comments;
pub mod date;
pub mod document;
pub mod files;
pub mod foreign;
pub mod inherit;
pub mod kind;
pub mod labels;
mod lint;
pub mod local_names;
pub mod markdown;
pub mod markup;
pub mod media;
pub mod model;
pub mod moved;
pub mod named;
mod opening;
pub mod outside;
pub mod parse;
pub mod parts;
pub mod places;
pub mod plain;
pub mod prose;
pub mod raw;
pub mod reference;
pub mod resolve;
pub mod sentences;
pub mod stray;
pub mod svg;
pub mod table;
pub mod text;
pub mod typography;
pub mod unshown;
mod web;
pub mod words;
