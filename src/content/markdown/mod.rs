//! Markdown of one file becomes [`Markup`]: HTML with typed holes for whatever another file decides.
//!
//! This module owns the Markdown dialect, the anchors of a page, and the trust policy: what raw HTML, which URLs
//! and which ids a text may bring. It refuses to know other pages: a link is classified here and resolved by a
//! view. The parser's events are read once, in this order:
//!
//! 1. before them, `masked` overwrites comments, for which `seen` asks the parser what is code;
//! 2. `driver` reads, `blocks` and `inlines` write HTML and collect references, headings and problems as they come;
//! 3. at the end explicit ids are claimed, derived ones are made, footnotes are numbered, and the places that
//!    waited for them are filled.

mod addresses;
mod allowed;
mod anchors;
mod blocks;
mod brackets;
mod callouts;
mod charts;
mod colons;
mod destinations;
mod driver;
mod finish;
mod footnotes;
mod inlines;
mod links;
mod masked;
mod pictures;
mod placed;
mod prose;
mod raw;
mod seen;
mod typeset;
mod writer;

use std::ops::Range;
use std::sync::Arc;

use crate::base::SourcePath;
use crate::diag::Diagnostic;

use super::markup::{Inline, Markup};
use super::parts::PlacedSection;
use super::prose::TextProse;
use super::reference::Use;

/// The parts of raw HTML, for the rules of the text.
pub(super) mod html {
    pub(in crate::content) use super::prose::is_mute;
    pub(in crate::content) use super::raw::{RawPart, parts};
}

pub use anchors::{AnchorTaken, Anchors, InvalidAnchor, check_anchor};
pub use destinations::{DataIds, Destination, data_ids, destinations};

/// The file that a text stands in.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownSource<'a> {
    /// Where it lies: relative links start from its folder.
    pub path: &'a SourcePath,
    /// Whether raw HTML passes.
    pub trusted: bool,
    /// The language of the text, as a BCP 47 tag: it has its own quotation marks.
    pub lang: &'a str,
    /// Whether it is the text of an article, in which sections of the page can be placed.
    pub has_sections: bool,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A page's own text. A first-level heading becomes a second-level one, with a warning.
    Body,
    /// An answer below a heading of a page: its own headings start at the fourth level.
    Block,
    /// One line: block structure is dropped, several blocks are joined by spaces.
    Inline,
}

/// Which rules a text is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// Those of this program: its extensions, what links and raw HTML may do, levels and ids of headings.
    Ours,
    /// Those of CommonMark alone.
    CommonMark,
}

/// A text, rendered, with all that other stages want to know of it. Ranges are bytes of the text that was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The HTML with its holes.
    pub markup: Markup,
    /// The headings that stand outside lists, quotes, callouts and footnotes, in order.
    pub headings: Vec<RenderedHeading>,
    /// The first paragraph outside lists, quotes, callouts and footnotes that has text.
    pub lead: Inline,
    /// What the text refers to, in order. What only a footnote without a reference uses is left out.
    pub uses: Vec<LocatedUse>,
    /// Problems of the text, in its order; their spans are bytes of it.
    pub problems: Vec<Diagnostic<Range<usize>>>,
    /// Every id that the markup prints at home.
    pub anchors: Vec<Arc<str>>,
    /// The sections of the page that the text places, in order.
    pub placed: Vec<PlacedSection>,
    /// What of the markup is prose, and the bytes of the text that it was made of.
    pub prose: TextProse,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedHeading {
    /// 2 to 6: the level that it is set in.
    pub level: u8,
    /// Its id.
    pub anchor: Arc<str>,
    /// Its text.
    pub text: Inline,
    /// Whether nothing stands between it and the next heading of the same or a higher level.
    pub empty: bool,
    /// The heading itself, without its section.
    pub range: Range<usize>,
}

/// A reference, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedUse {
    /// What is referred to.
    pub what: Use,
    /// The id or destination as written; the whole link when that is defined elsewhere.
    pub range: Range<usize>,
    /// The anchor of the second-level section that it stands in, or of the nearest heading when there is none; of
    /// the footnote when it stands in one.
    pub section: Option<Arc<str>>,
}

/// Renders a text. `anchors` holds the ids already used on the page, and takes up those of this text.
pub fn render(
    text: &str,
    shape: Shape,
    source: &MarkdownSource<'_>,
    anchors: &mut Anchors,
) -> Rendered {
    driver::run(text, shape, source, Rules::Ours).finish(anchors)
}

/// Renders a text by the rules of CommonMark alone, so that its own examples can be held against what writes our pages.
/// Pictures are holes whose `src` is external, whatever it is; headings have holes for ids.
pub fn render_commonmark(text: &str) -> Markup {
    let path = SourcePath::new("");
    let source = MarkdownSource { path: &path, trusted: true, lang: "en", has_sections: false };
    let rendered = driver::run(text, Shape::Body, &source, Rules::CommonMark);
    rendered.finish(&mut Anchors::default()).markup
}
