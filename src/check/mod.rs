//! Checks over the site and over what was rendered.
//!
//! [`references`] asks whether everything that content names exists. [`scan`] reads a page's bytes once and lists
//! its links and anchors; [`resolve`] says what one link means on that page; [`links`] holds all of them against
//! the table of outputs. No tree of a page is ever built: this runs on every page of a cold build.

pub mod blocked;
pub mod contact;
pub mod contradicted;
pub mod figures;
mod formats;
mod href;
pub mod links;
pub mod names;
pub mod page;
mod placed;
mod prose;
pub mod references;
mod scan;
pub mod sources;
pub mod substance;
pub mod suggest;
pub mod tense;
mod times;
pub mod unsourced;
pub mod whole;

pub use href::{UrlTarget, candidates, resolve};
pub use scan::{LinkKind, PageLinks, ScannedLink, scan};
