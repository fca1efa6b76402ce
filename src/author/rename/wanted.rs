//! What can be renamed, and how a command names it.

use crate::base::{SourcePath, nearest};
use crate::content::kind::Kind;

/// A kind of what has an id. Pages share their ids; figures and sources have their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdKind {
    /// A page; a topic needs none.
    Page(Kind),
    /// A figure.
    Fact,
    /// A source that texts cite.
    Source,
}

impl IdKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Page(Kind::Article),
        Self::Page(Kind::Player),
        Self::Page(Kind::Faq),
        Self::Page(Kind::Topic),
        Self::Page(Kind::Page),
        Self::Fact,
        Self::Source,
    ];

    /// The word for it before an id: `topic:trade`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page(kind) => kind.as_str(),
            Self::Fact => "fact",
            Self::Source => "source",
        }
    }

    /// One of them, in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Page(kind) => kind.noun(),
            Self::Fact => "a fact",
            Self::Source => "a source",
        }
    }
}

/// What is to be renamed: an id, and as much as it takes to tell which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The kind, where several have the id.
    pub kind: Option<IdKind>,
    /// The id.
    pub id: String,
    /// The file that declares it, where several do: each page may have a source of that id.
    pub file: Option<SourcePath>,
}

/// A word before a colon that is no kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind {
    /// The word.
    pub word: String,
    /// The nearest kind.
    pub near: Option<&'static str>,
}

impl Wanted {
    /// Reads `ID` or `KIND:ID`.
    ///
    /// # Errors
    /// [`UnknownKind`].
    pub fn parse(text: &str) -> Result<Self, UnknownKind> {
        let (kind, id) = match text.split_once(':') {
            None => (None, text),
            Some((word, id)) => {
                let word = word.trim();
                let kind = IdKind::ALL.into_iter().find(|kind| kind.as_str() == word);
                let near = || nearest(word, IdKind::ALL.map(IdKind::as_str));
                let unknown = || UnknownKind { word: word.to_owned(), near: near() };
                (Some(kind.ok_or_else(unknown)?), id.trim())
            }
        };
        Ok(Self { kind, id: id.to_owned(), file: None })
    }
}

#[cfg(test)]
mod tests {
    use super::{IdKind, Wanted};
    use crate::content::kind::Kind;

    #[test]
    fn ids_with_and_without_a_kind() {
        for (text, expected) in [
            ("trade", Ok((None, "trade"))),
            ("topic:trade", Ok((Some(IdKind::Page(Kind::Topic)), "trade"))),
            ("fact: cost", Ok((Some(IdKind::Fact), "cost"))),
            ("source:a:b", Ok((Some(IdKind::Source), "a:b"))),
            ("plyer:ann", Err(("plyer", Some("player")))),
            ("https://example.org/", Err(("https", None))),
            (":x", Err(("", None))),
        ] {
            let found = Wanted::parse(text);
            let found = found.as_ref().map(|wanted| (wanted.kind, &*wanted.id));
            let found = found.map_err(|unknown| (&*unknown.word, unknown.near));
            assert_eq!(found, expected, "{text}");
        }
    }
}
