//! A page or a source as a bibliographic record: its CSL-JSON, BibTeX and RIS, and its line in APA 7, MLA 9 and Chicago 18
//! (author and date).
//!
//! [`CslItem`] holds the part of CSL-JSON that front matter can say. A line is equal, byte for byte, to what citeproc-js
//! makes of the same item with the style of that name and the locale en-US: `tests/citations/` holds both. A CSL engine
//! reads a style of thousands of lines for each item; these are tables of what the styles say of our types.

mod apa;
mod bibtex;
mod casing;
mod chicago;
mod item;
mod kind;
mod line;
mod mla;
mod names;
mod of;
mod quotes;
mod ris;

pub use bibtex::bibtex;
pub use item::{CslDate, CslItem};
pub use kind::CslType;
pub use names::{CslName, is_institution};
pub use of::{name_of, source_item};
pub use ris::ris;

/// How a line of a bibliography is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationStyle {
    /// Publication Manual of the American Psychological Association, 7th edition.
    Apa,
    /// MLA Handbook, 9th edition.
    Mla,
    /// The Chicago Manual of Style, 18th edition, author and date.
    Chicago,
}

impl CitationStyle {
    /// Every style, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Apa, Self::Mla, Self::Chicago];

    /// The name by which readers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apa => "APA",
            Self::Mla => "MLA",
            Self::Chicago => "Chicago",
        }
    }
}

/// The line of an item in a bibliography, as HTML: escaped text, and `<i>` around titles.
pub fn line(style: CitationStyle, item: &CslItem) -> String {
    match style {
        CitationStyle::Apa => apa::line(item),
        CitationStyle::Mla => mla::line(item),
        CitationStyle::Chicago => chicago::line(item),
    }
}
