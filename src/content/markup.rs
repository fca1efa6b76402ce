//! Rendered Markdown that depends on one file alone.
//!
//! Everything that another file decides (where a link leads, what a player is called, a figure, a citation's
//! number) is a typed hole. A view fills the holes of the page it is made for; filling parses nothing again, so a
//! moved page or a changed figure costs one render of the pages that show it.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::base::digest_of;

use super::chart::Chart;
use super::parts::ArticlePart;
use super::reference::{Link, Target};

/// HTML with holes. Serialises as its digest: a page's key never hashes a text twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup {
    text: MarkupText,
    /// Its number among the texts of its document. In no digest: it is no part of the text.
    number: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum MarkupText {
    /// One run of HTML, as most short texts are: a large site holds hundreds of thousands of them.
    Run(Arc<str>),
    MarkupPieces(Arc<MarkupPieces>),
}

/// A text of several pieces. All HTML is in one place, as most of a site's memory is HTML.
#[derive(Debug)]
struct MarkupPieces {
    html: Box<str>,
    slots: Box<[Slot]>,
    /// The holes that say something.
    holes: Box<[Hole]>,
    digest: OnceLock<[u8; 16]>,
}

impl PartialEq for MarkupPieces {
    fn eq(&self, other: &Self) -> bool {
        self.html == other.html && self.slots == other.slots && self.holes == other.holes
    }
}

impl Eq for MarkupPieces {}

/// A piece as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A part of the HTML: where it begins and ends.
    Html(u32, u32),
    /// The same, for the home page alone.
    Home(u32, u32),
    /// A hole, by its place in [`MarkupPieces::holes`].
    Hole(u32),
    /// A hole, by its place in [`BARE`].
    Bare(u8),
}

/// The holes that say nothing but what they are.
static BARE: [Hole; 5] =
    [Hole::Close, Hole::HomeStart, Hole::HomeEnd, Hole::Unlinked, Hole::UnlinkedEnd];

/// A run of ready HTML, or a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Piece<'a> {
    /// Ready HTML.
    Html(&'a str),
    /// HTML that stands only on the page that the text belongs to: ids and footnote marks.
    Home(&'a str),
    /// To be filled by a view.
    Hole(&'a Hole),
}

/// A markup in the making.
#[derive(Debug, Default)]
pub struct MarkupBuilder {
    html: String,
    /// The HTML for the home page alone, which is known late.
    homes: String,
    parts: Vec<DraftPiece>,
    /// Where the run of HTML begins that is being written.
    run: usize,
}

/// A piece in the making.
#[derive(Debug)]
enum DraftPiece {
    Html(u32, u32),
    Home(u32, u32),
    Hole(Hole),
}

/// What a view fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Hole {
    /// What follows, up to [`Hole::HomeEnd`], stands only on the page that the text belongs to: footnotes. Never nested.
    HomeStart,
    /// The end of what [`Hole::HomeStart`] began.
    HomeEnd,
    /// The start tag of a link, or nothing when the link leads nowhere. Boxed, like a picture: most pieces are short,
    /// and a large site holds millions of them.
    Open(Box<Link>),
    /// The end tag of the innermost open link, or nothing.
    Close,
    /// What follows, up to [`Hole::UnlinkedEnd`], has no name that links.
    Unlinked,
    /// The end of what [`Hole::Unlinked`] began.
    UnlinkedEnd,
    /// A bare `[[id]]`: a link with the name of what it leads to, or the name alone when it leads nowhere. One hole for
    /// three: such links are most of the holes of a site.
    Named(Target),
    /// The name of what is referred to: the text of a bare `[[id]]` with an anchor, or in a link.
    Label(Target),
    /// A figure, with its date, status and source within reach.
    Fact(Arc<str>),
    /// The mark of a citation; the source's id.
    Cite(Arc<str>),
    /// A picture.
    Image(Box<Image>),
    /// A chart.
    Chart(Box<Chart>),
    /// A word of the interface in the page's language; the message's key.
    Message(&'static str),
    /// A section of an article that stands here, on the article's own page alone.
    Section(ArticlePart),
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
    /// Whether the text alternative stands below it as a caption: that of a film, alone on its line.
    pub is_named_below: bool,
}

impl Image {
    /// The words of a link that leads to it: its text alternative, or others where that stands below it or is empty.
    pub fn words<'a>(&'a self, others: &'a str) -> &'a str {
        if self.is_named_below || self.alt.is_empty() { others } else { &self.alt }
    }
}

impl Markup {
    /// A text that is one run of HTML.
    pub fn html(html: Arc<str>) -> Self {
        Self { text: MarkupText::Run(html), number: 0 }
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

    /// All its HTML, without what stands in its holes.
    pub fn all_html(&self) -> &str {
        match &self.text {
            MarkupText::Run(html) => html,
            MarkupText::MarkupPieces(pieces) => &pieces.html,
        }
    }

    /// The pieces in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let (run, pieces) = match &self.text {
            MarkupText::Run(html) => ((!html.is_empty()).then_some(Piece::Html(html)), None),
            MarkupText::MarkupPieces(pieces) => (None, Some(&**pieces)),
        };
        let slots = pieces.map_or(&[][..], |pieces| &pieces.slots);
        let piece = move |slot: &Slot| pieces.map(|pieces| pieces.piece(*slot));
        run.into_iter().chain(slots.iter().filter_map(piece))
    }

    /// The piece at a place.
    pub fn piece(&self, at: usize) -> Option<Piece<'_>> {
        match &self.text {
            MarkupText::Run(html) => (at < self.len()).then_some(Piece::Html(html)),
            MarkupText::MarkupPieces(pieces) => {
                pieces.slots.get(at).map(|slot| pieces.piece(*slot))
            }
        }
    }

    /// Its pieces of HTML, to be found by offset.
    pub fn html_pieces(&self) -> HtmlPieces<'_> {
        HtmlPieces { markup: self, at: 0 }
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        match &self.text {
            MarkupText::Run(html) => usize::from(!html.is_empty()),
            MarkupText::MarkupPieces(pieces) => pieces.slots.len(),
        }
    }

    /// The digest of all pieces as bytes. That of a text of several pieces is computed once, on the first call.
    fn digest(&self) -> [u8; 16] {
        let digest = || digest_of(&self.pieces().collect::<Vec<_>>()).to_bytes();
        match &self.text {
            MarkupText::Run(_) => digest(),
            MarkupText::MarkupPieces(pieces) => *pieces.digest.get_or_init(digest),
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The pieces of HTML of a markup, found by offsets in all its HTML ([`Run`](super::prose::Run)). Offsets grow.
pub struct HtmlPieces<'a> {
    markup: &'a Markup,
    at: usize,
}

impl<'a> HtmlPieces<'a> {
    /// The first piece of HTML that ends behind an offset: its number, the offset at which it begins, and the HTML.
    pub fn holding(&mut self, offset: u32) -> Option<(u32, u32, &'a str)> {
        self.find(|end| end > offset)
    }

    /// The first piece of HTML that ends at an offset or behind it.
    pub fn reaching(&mut self, offset: u32) -> Option<(u32, u32, &'a str)> {
        self.find(|end| end >= offset)
    }

    fn find(&mut self, is_end: impl Fn(u32) -> bool) -> Option<(u32, u32, &'a str)> {
        let pieces = match &self.markup.text {
            MarkupText::Run(html) => return is_end(html.len() as u32).then_some((0, 0, html)),
            MarkupText::MarkupPieces(pieces) => pieces,
        };
        let is_found = |slot: &Slot| matches!(slot, Slot::Html(_, end) if is_end(*end));
        let rest = pieces.slots.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(is_found).unwrap_or(rest.len());
        let Some(Slot::Html(start, end)) = pieces.slots.get(self.at) else { return None };
        Some((self.at as u32, *start, &pieces.html[*start as usize..*end as usize]))
    }
}

impl MarkupPieces {
    fn piece(&self, slot: Slot) -> Piece<'_> {
        match slot {
            Slot::Html(start, end) => Piece::Html(&self.html[start as usize..end as usize]),
            Slot::Home(start, end) => Piece::Home(&self.html[start as usize..end as usize]),
            Slot::Hole(at) => Piece::Hole(&self.holes[at as usize]),
            Slot::Bare(at) => Piece::Hole(&BARE[usize::from(at)]),
        }
    }
}

impl Default for MarkupText {
    fn default() -> Self {
        Self::Run(Arc::default())
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.digest())
    }
}

impl MarkupBuilder {
    /// A builder with room for so many bytes of HTML.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), ..Self::default() }
    }

    /// Where HTML is added. What stands there before [`MarkupBuilder::run`] is of earlier pieces.
    pub fn html(&mut self) -> &mut String {
        &mut self.html
    }

    /// The HTML that was written since the last hole.
    pub fn run(&self) -> &str {
        &self.html[self.run..]
    }

    /// How many bytes of HTML have been written, but for the home page alone.
    pub fn html_len(&self) -> usize {
        self.html.len()
    }

    /// Takes back the last bytes of the HTML that was written since the last hole.
    pub fn take_back(&mut self, bytes: usize) {
        self.html.truncate(self.html.len().saturating_sub(bytes).max(self.run));
    }

    /// How many pieces there are, without the run of HTML that is being written.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.html.is_empty()
    }

    /// Ends the run of HTML that is being written. Returns the number of the next piece.
    pub fn end_run(&mut self) -> usize {
        if self.html.len() > self.run {
            self.parts.push(DraftPiece::Html(self.run as u32, self.html.len() as u32));
            self.run = self.html.len();
        }
        self.parts.len()
    }

    /// Adds a hole.
    pub fn hole(&mut self, hole: Hole) {
        self.end_run();
        self.parts.push(DraftPiece::Hole(hole));
    }

    /// Adds HTML for the home page alone that is not known yet, and returns its place, for [`MarkupBuilder::fill`].
    pub fn home(&mut self) -> usize {
        self.end_run();
        self.parts.push(DraftPiece::Home(0, 0));
        self.parts.len() - 1
    }

    /// Sets the HTML for the home page at a place.
    pub fn fill(&mut self, at: usize, html: &str) {
        let start = self.homes.len() as u32;
        self.homes.push_str(html);
        self.parts[at] = DraftPiece::Home(start, self.homes.len() as u32);
    }

    /// Adds all that another builder holds. Returns the number that each of its pieces has now.
    pub fn append(&mut self, mut other: Self) -> Vec<u32> {
        other.end_run();
        let mut moved = Vec::with_capacity(other.parts.len());
        for part in other.parts {
            // HTML goes on in the run that is being written, and anything else ends it.
            let is_html = matches!(part, DraftPiece::Html(..));
            moved.push(if is_html { self.parts.len() } else { self.end_run() } as u32);
            match part {
                DraftPiece::Html(start, end) => {
                    self.html.push_str(&other.html[start as usize..end as usize]);
                }
                DraftPiece::Home(start, end) => {
                    let at = self.home();
                    self.fill(at, &other.homes[start as usize..end as usize]);
                }
                DraftPiece::Hole(hole) => self.hole(hole),
            }
        }
        moved
    }

    /// The markup.
    pub fn finish(mut self) -> Markup {
        self.end_run();
        if self.parts.is_empty() {
            return Markup::default();
        }
        if matches!(self.parts[..], [DraftPiece::Html(..)]) {
            return Markup::html(self.html.into());
        }
        let homes = self.html.len() as u32;
        let says =
            |part: &&DraftPiece| matches!(part, DraftPiece::Hole(hole) if !BARE.contains(hole));
        let mut holes = Vec::with_capacity(self.parts.iter().filter(says).count());
        let slot = |part: DraftPiece| match part {
            DraftPiece::Html(start, end) => Slot::Html(start, end),
            DraftPiece::Home(start, end) => Slot::Home(start + homes, end + homes),
            DraftPiece::Hole(hole) => match BARE.iter().position(|bare| *bare == hole) {
                Some(at) => Slot::Bare(at as u8),
                None => {
                    holes.push(hole);
                    Slot::Hole(holes.len() as u32 - 1)
                }
            },
        };
        // None of these keeps the place of a buffer that was larger: they stay for as long as their document does.
        let slots: Vec<Slot> = self.parts.into_iter().map(slot).collect();
        let slots = Box::from(&slots[..]);
        let html = [&*self.html, &*self.homes].concat().into();
        let pieces = MarkupPieces { html, slots, holes: holes.into(), digest: OnceLock::new() };
        Markup { text: MarkupText::MarkupPieces(Arc::new(pieces)), number: 0 }
    }
}

/// Plain text that was taken out of a body (a heading, a sentence, the first paragraph), holes kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Inline(InlineSpans);

/// Nearly every inline is one text, which needs no list.
#[derive(Clone, PartialEq, Eq)]
enum InlineSpans {
    One(InlineSpan),
    Some(Box<[InlineSpan]>),
}

/// A run of plain text, or a hole in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum InlineSpan {
    /// Text, not escaped.
    Text(Box<str>),
    /// The name of what is referred to.
    Label(Target),
    /// A figure.
    Fact(Arc<str>),
}

impl Default for Inline {
    fn default() -> Self {
        Self(InlineSpans::Some(Box::default()))
    }
}

impl std::fmt::Debug for Inline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Inline").field(&self.spans()).finish()
    }
}

impl Serialize for Inline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.spans().serialize(serializer)
    }
}

impl From<Vec<InlineSpan>> for Inline {
    fn from(spans: Vec<InlineSpan>) -> Self {
        match <[InlineSpan; 1]>::try_from(spans) {
            Ok([span]) => Self(InlineSpans::One(span)),
            Err(spans) => Self(InlineSpans::Some(spans.into())),
        }
    }
}

impl Inline {
    /// Its runs of text and holes, in order.
    pub fn spans(&self) -> &[InlineSpan] {
        match &self.0 {
            InlineSpans::One(span) => std::slice::from_ref(span),
            InlineSpans::Some(spans) => spans,
        }
    }

    /// Text without holes.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::default()
        } else {
            Self(InlineSpans::One(InlineSpan::Text(text.into())))
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.spans().is_empty()
    }

    /// The text with each hole's own id in its place: what an anchor is made of, so that no other file can change it.
    pub fn own_text(&self) -> String {
        self.spans()
            .iter()
            .map(|span| match span {
                InlineSpan::Text(text) => text,
                InlineSpan::Label(target) => target.id(),
                InlineSpan::Fact(id) => id,
            })
            .collect()
    }
}
