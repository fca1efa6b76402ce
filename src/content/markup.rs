//! Rendered Markdown that depends on one file alone.
//!
//! Everything that another file decides (where a link leads, what a player is called, a figure, a citation's
//! number) is a typed hole. A view fills the holes of the page it is made for; filling parses nothing again, so a
//! moved page or a changed figure costs one render of the pages that show it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::base::{Digest, digest_of};

use super::reference::{Link, Target};

/// HTML with holes. Serialises as its digest: a page's key never hashes a text twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup {
    pieces: Arc<[Piece]>,
    digest: Digest,
    /// Its number among the texts of its document. In no digest: it says nothing about the text.
    number: u32,
}

/// A run of ready HTML, or a hole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Piece {
    /// Ready HTML.
    Html(Box<str>),
    /// To be filled by a view.
    Hole(Hole),
}

/// What a view fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Hole {
    /// HTML that stands only on the page that the text belongs to: ids and footnote marks.
    Home(Box<str>),
    /// What follows, up to [`Hole::HomeEnd`], stands only on the page that the text belongs to: footnotes. Never nested.
    HomeStart,
    /// The end of what [`Hole::HomeStart`] began.
    HomeEnd,
    /// The start tag of a link, or nothing when the link leads nowhere. Boxed, like a picture: most pieces are short,
    /// and a large site holds millions of them.
    Open(Box<Link>),
    /// The end tag of the innermost open link, or nothing.
    Close,
    /// What follows, up to [`Hole::UnlinkedEnd`], names nobody here: no name in it links.
    Unlinked,
    /// The end of what [`Hole::Unlinked`] began.
    UnlinkedEnd,
    /// The name of what is referred to: the text of a bare `[[id]]`.
    Label(Target),
    /// A figure, with its date, status and source within reach.
    Fact(Arc<str>),
    /// The mark of a citation; the source's id.
    Cite(Arc<str>),
    /// A picture.
    Image(Box<Image>),
    /// A word of the interface in the page's language; the message's key.
    Message(&'static str),
}

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// Where it lies.
    pub src: Link,
    /// The text alternative; empty for a decorative picture.
    pub alt: Box<str>,
    /// The title, if there is one.
    pub title: Option<Box<str>>,
}

impl Markup {
    /// Makes a markup of its pieces.
    pub fn new(pieces: Vec<Piece>) -> Self {
        let digest = digest_of(&pieces);
        Self { pieces: pieces.into(), digest, number: 0 }
    }

    /// The same text with its number among those of its document.
    #[must_use]
    pub fn numbered(mut self, number: u32) -> Self {
        self.number = number;
        self
    }

    /// Its number among the texts of its document.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The digest of all pieces.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl Default for Markup {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.digest.to_bytes())
    }
}

/// Plain text that was taken out of a body (a heading, a sentence, the first paragraph), holes kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Inline(pub Vec<Span>);

/// A run of plain text, or a hole in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Span {
    /// Text, not escaped.
    Text(Box<str>),
    /// The name of what is referred to.
    Label(Target),
    /// A figure.
    Fact(Arc<str>),
}

impl Inline {
    /// Text without holes.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::default() } else { Self(vec![Span::Text(text.into())]) }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with each hole's own id in its place: what an anchor is made of, so that no other file can change it.
    pub fn own_text(&self) -> String {
        self.0
            .iter()
            .map(|span| match span {
                Span::Text(text) => text,
                Span::Label(target) => target.id(),
                Span::Fact(id) => id,
            })
            .collect()
    }
}
