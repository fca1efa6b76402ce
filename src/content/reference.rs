//! References from a file to others, with their places.

use std::sync::Arc;

use serde::Serialize;

use crate::base::SourcePath;
use crate::diag::PlaceInFile;

use super::kind::Kind;
use super::parts::ArticlePart;

/// What a reference names, as its author wrote it: an id in a text is no [`EntityId`](crate::base::EntityId), because only
/// the site knows whether there is such a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Target {
    /// `[[id]]`: any page or player.
    Id(Arc<str>),
    /// `[text](player:id)` and its like: an id of one kind.
    Typed(Kind, Arc<str>),
    /// `[text](../faq/x.md)`: a file of the site, by its path from the site's folder.
    File(SourcePath),
}

impl Target {
    /// The text that names the target: an id or a path.
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) | Self::Typed(_, id) => id,
            Self::File(path) => path.as_str(),
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Link {
    /// To an entity or a file, and perhaps to an anchor there (without `#`).
    To(Target, Option<Box<str>>),
    /// To a root-relative URL of this site, as written, with its fragment.
    Root(Box<str>),
    /// To an anchor of the page that the text belongs to (without `#`).
    Anchor(Box<str>),
    /// To another site: printed as written.
    External(Box<str>),
}

/// A reference that another file resolves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The reference.
    pub what: Use,
    /// Its place in the file.
    pub place: PlaceInFile,
    /// The anchor of the section or question that it stands in.
    pub section: Option<Arc<str>>,
}

/// The kinds of reference of an [`Occurrence`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    /// A link. External links are not recorded.
    Link(Link),
    /// A figure, by id.
    Fact(Arc<str>),
    /// A citation of a source, by id.
    Cite(Arc<str>),
    /// A picture.
    Image(Link),
    /// A CSV file that a chart draws.
    Table(Link),
    /// A figure whose history a chart draws, by id; it is a [`Use::Fact`] too.
    History(Arc<str>),
    /// A section of the article, which its text places.
    Section(ArticlePart),
}
