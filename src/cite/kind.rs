//! The types of items.

use serde::{Deserialize, Serialize};

/// Types with the name that CSL gives them.
macro_rules! types {
    ($($(#[$of:meta])* $kind:ident = $word:literal,)*) => {
        /// A type of CSL 1.0.2.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CslType {
            $($(#[$of])* #[serde(rename = $word)] $kind,)*
        }

        impl CslType {
            /// Every type, by its name in CSL.
            pub const WORDS: &[(&'static str, Self)] = &[$(($word, Self::$kind)),*];
        }
    };
}

types! {
    /// A preprint or a working paper.
    Article = "article",
    /// An article of a scholarly journal.
    ArticleJournal = "article-journal",
    /// An article of a magazine.
    ArticleMagazine = "article-magazine",
    /// An article of a newspaper or a news agency.
    ArticleNewspaper = "article-newspaper",
    /// A bill before a parliament.
    Bill = "bill",
    /// A book.
    Book = "book",
    /// A programme of radio or television.
    Broadcast = "broadcast",
    /// A part of a book.
    Chapter = "chapter",
    /// Data.
    Dataset = "dataset",
    /// What no other type is for.
    Document = "document",
    /// An article of an encyclopedia.
    EntryEncyclopedia = "entry-encyclopedia",
    /// A hearing before a committee.
    Hearing = "hearing",
    /// An interview.
    Interview = "interview",
    /// The decision of a court.
    LegalCase = "legal_case",
    /// A law.
    Legislation = "legislation",
    /// A map.
    Map = "map",
    /// A film or a video.
    MotionPicture = "motion_picture",
    /// A pamphlet or a leaflet.
    Pamphlet = "pamphlet",
    /// A paper of a conference.
    PaperConference = "paper-conference",
    /// A post in a forum or a social network.
    Post = "post",
    /// A post of a blog.
    PostWeblog = "post-weblog",
    /// A rule of an authority.
    Regulation = "regulation",
    /// A report.
    Report = "report",
    /// A speech.
    Speech = "speech",
    /// A standard.
    Standard = "standard",
    /// A thesis.
    Thesis = "thesis",
    /// A treaty.
    Treaty = "treaty",
    /// A page of the web.
    Webpage = "webpage",
}

impl CslType {
    /// The type of a name, however its author spaced it; none for a name that is no type.
    pub fn named(name: &str) -> Option<Self> {
        let fold = |c: char| if matches!(c, ' ' | '_') { '-' } else { c.to_ascii_lowercase() };
        let same = |word: &str| word.chars().map(fold).eq(name.trim().chars().map(fold));
        Self::WORDS.iter().find(|(word, _)| same(word)).map(|(_, kind)| *kind)
    }

    /// The name in CSL.
    pub fn as_str(self) -> &'static str {
        let own = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        own.map_or("document", |(word, _)| word)
    }

    /// Whether who publishes it is the work that it is a part of (`container-title` in CSL): a newspaper, a website.
    pub fn is_part(self) -> bool {
        matches!(
            self,
            Self::ArticleJournal
                | Self::ArticleMagazine
                | Self::ArticleNewspaper
                | Self::EntryEncyclopedia
                | Self::Interview
                | Self::PaperConference
                | Self::Post
                | Self::PostWeblog
                | Self::Webpage
        )
    }

    /// Whether APA and Chicago cite it as lawyers do.
    pub(super) fn is_legal(self) -> bool {
        matches!(
            self,
            Self::Bill
                | Self::Hearing
                | Self::LegalCase
                | Self::Legislation
                | Self::Regulation
                | Self::Treaty
        )
    }
}
