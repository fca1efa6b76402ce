//! The rules by which a name is almost that of a player.

/// A rule of near misses. Its severity is policy of `diag/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearMissRule {
    /// A slip in one word of several.
    Typo,
    /// A slip in a short word of several.
    ShortTypo,
    /// A slip that makes another name of it.
    OtherName,
    /// Another order.
    Order,
    /// A title that reads like the given name.
    TitleForName,
    /// A title that the player does not hold.
    Title,
    /// Other words before an abbreviation than those it stands for.
    Expansion,
    /// Any of these in the title of another's text.
    Quoted,
    /// A slip in a lone name.
    Lone,
}

impl NearMissRule {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Typo => "typo",
            Self::ShortTypo => "short-typo",
            Self::OtherName => "other-name",
            Self::Order => "order",
            Self::TitleForName => "title-for-name",
            Self::Title => "title",
            Self::Expansion => "expansion",
            Self::Quoted => "quoted",
            Self::Lone => "lone",
        }
    }
}
