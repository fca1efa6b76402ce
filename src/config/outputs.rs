//! Which outputs for programs a site has.

use serde::Serialize;

use crate::content::resolve::Fields;
use crate::yaml::Text;

/// Which feeds a site has. Each has those of the one before it, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum FeedScope {
    /// None.
    None,
    /// That of the site, in each language.
    Site,
    /// Those of topics.
    Topics,
    /// Those of players.
    #[default]
    All,
}

pub(super) fn feeds(fields: &mut Fields, raw: Option<Text>) -> FeedScope {
    let words = [
        ("all", FeedScope::All),
        ("topics", FeedScope::Topics),
        ("site", FeedScope::Site),
        ("none", FeedScope::None),
    ];
    fields.choice("feeds", raw, &words).unwrap_or_default()
}

/// Which pages have data for programs beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum PageDataScope {
    /// None.
    #[default]
    None,
    /// Those of players.
    Players,
    /// All.
    All,
}

pub(super) fn page_data(fields: &mut Fields, raw: Option<Text>) -> PageDataScope {
    let words = [
        ("none", PageDataScope::None),
        ("players", PageDataScope::Players),
        ("all", PageDataScope::All),
    ];
    fields.choice("page_data", raw, &words).unwrap_or_default()
}
