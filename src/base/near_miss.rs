//! The rules by which a name is almost that of a player.

/// A rule of near misses. Its severity is policy of `diag/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearMissRule {
    /// A slip in one word of several.
    Typo,
    /// Another order.
    Order,
    /// A title that reads like the given name.
    TitleForName,
    /// A title that the player does not hold.
    Title,
    /// A slip in a lone name.
    Lone,
}

impl NearMissRule {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Typo => "typo",
            Self::Order => "order",
            Self::TitleForName => "title-for-name",
            Self::Title => "title",
            Self::Lone => "lone",
        }
    }
}
