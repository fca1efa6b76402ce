//! What a build did, and why: the answer to "why was this rendered again?".

use crate::base::{OutPath, SourcePath};

/// Why something was done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It was not there before.
    New,
    /// Its file has other bytes.
    Bytes,
    /// `content_trust` changed.
    Trust,
    /// The site has another language, and the file names by language.
    Language,
    /// Other players have other names.
    Names,
    /// Its template may see something else than before.
    View,
    /// A template or an interface text changed.
    Templates,
    /// Its text was no longer in memory.
    Forgotten,
}

/// What a build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// Files that were parsed, by path.
    pub parsed: Vec<(SourcePath, Reason)>,
    /// Files whose names were found again, by path.
    pub named: Vec<(SourcePath, Reason)>,
    /// How many files were searched for names that came, went or changed.
    pub scanned: usize,
    /// Whether the site was put together again.
    pub linked: bool,
    /// Pages that were rendered, by path.
    pub rendered: Vec<(OutPath, Reason)>,
}
