//! When an output becomes visible where a site is published file by file.

use serde::{Deserialize, Serialize};

/// What readers and other outputs need of an output, and so the order in which outputs are published: an output comes
/// after everything that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// What pages load: style sheets, scripts, fonts, pictures. An open page may still ask for it after it was replaced.
    Asset,
    /// What readers download, or other programs read.
    Data,
    /// A page.
    Page,
    /// What leads to pages: lists and feeds.
    List,
    /// Where readers and programs begin: the home page, the page for what is not there, `robots.txt`, sitemaps.
    Control,
}
