//! The kinds of content, and how a path tells them.

use serde::Serialize;

/// A kind of content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An explainer.
    Article,
    /// A person, organisation or country.
    Player,
    /// A page of questions and answers.
    Faq,
    /// A subject that gathers articles and players.
    Topic,
    /// A standing page, such as about.
    Page,
}

impl Kind {
    /// Every kind, in the order of its folders in the documentation.
    pub const ALL: [Self; 5] = [Self::Article, Self::Player, Self::Faq, Self::Topic, Self::Page];

    /// The folder below `content/` whose Markdown files are of this kind.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Article => "articles",
            Self::Player => "players",
            Self::Faq => "faq",
            Self::Topic => "topics",
            Self::Page => "pages",
        }
    }

    /// One of them, in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::Player => "a player",
            Self::Faq => "a FAQ page",
            Self::Topic => "a topic",
            Self::Page => "a standing page",
        }
    }

    /// The word for one of them, in link schemes and lists of kinds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Player => "player",
            Self::Faq => "faq",
            Self::Topic => "topic",
            Self::Page => "page",
        }
    }
}

/// What a content file is, by its path alone.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The kind.
    pub kind: Kind,
    /// The id. When the path gives none that is valid, the nearest valid one.
    pub id: std::sync::Arc<str>,
    /// Whether the file is the `index.md` of a folder of its own, whose other files are published beside the page.
    pub folder_of_page: bool,
    /// What is wrong with the path.
    pub diagnostic: Option<Box<crate::diag::Diagnostic>>,
}
