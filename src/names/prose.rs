//! The prose of a text: its blocks one by one, as names are looked for in them.
//!
//! Which parts of a text are prose is known since its Markdown was read ([`Prose`]). Here they are folded, and a place
//! in a folded block leads back to the HTML and to the file. What an author links to by hand is no prose, and listed.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr;

use crate::content::document::{Document, Text};
use crate::content::markup::{Hole, HtmlPieces, Inline, Markup, Piece};
use crate::content::prose::{ProseStep, ProseSteps, Run};
use crate::content::reference::{Link, Target};

use super::fold::Folded;
use super::sentence::sentence;

/// A place in a markup: a piece, and the byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct MarkupPosition {
    /// The piece.
    pub piece: u32,
    /// The offset in it; 0 in a hole.
    pub at: u32,
}

/// A block of prose: a paragraph, a cell, an item.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// Its text; what is no prose is a barrier.
    pub(super) folded: Folded,
    /// What it links to by hand, in order.
    pub(super) explicit: Vec<Explicit<'a>>,
    /// The anchor of its section.
    pub(super) section: Option<Arc<str>>,
    /// Where names link once.
    pub(super) scope: u32,
    /// Where it begins.
    pub(super) start: MarkupPosition,
    /// Where it ends.
    pub(super) end: MarkupPosition,
    /// Its runs of text, each with its piece and where that begins in the HTML.
    runs: Vec<(u32, u32, Run)>,
}

/// A link that an author made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Explicit<'a> {
    /// Its offset in the folded text.
    pub(super) at: usize,
    /// Where it leads.
    pub(super) target: &'a Target,
    /// Where its text begins.
    pub(super) start: MarkupPosition,
    /// Where its text ends.
    pub(super) end: MarkupPosition,
}

impl Block<'_> {
    /// The source of a character of the block that stands at a place of the HTML and has so many bytes there.
    fn source_of(&self, at: MarkupPosition, length: u32) -> Option<Range<u32>> {
        let before = |(piece, start, run): &(u32, u32, Run)| {
            (*piece, run.html.start - start) <= (at.piece, at.at)
        };
        let after = self.runs.partition_point(before);
        let (_, start, run) = &self.runs[after.checked_sub(1)?];
        Some(run.source_of(start + at.at, length))
    }

    /// The source of the run that a place of the HTML stands in, from there on, or beside: of a link by hand. Empty if
    /// the block has no text of its own.
    pub(super) fn source_near(&self, at: MarkupPosition) -> Range<u32> {
        let before = |(piece, start, run): &(u32, u32, Run)| {
            (*piece, run.html.start - start) <= (at.piece, at.at)
        };
        let after = self.runs.partition_point(before);
        let Some((piece, start, run)) = self.runs.get(after.saturating_sub(1)) else { return 0..0 };
        match after {
            0 => run.source.clone(),
            _ if *piece == at.piece => run.source_of(start + at.at, 1),
            // The link stands behind it.
            _ => run.source.end.saturating_sub(1)..run.source.end,
        }
    }

    /// The source of what begins at a place of the HTML and ends with the character of so many bytes at another.
    pub(super) fn source(
        &self,
        first: MarkupPosition,
        last: MarkupPosition,
        length: u32,
    ) -> Range<u32> {
        let ends = self.source_of(first, 1).zip(self.source_of(last, length));
        ends.map_or(0..0, |(first, last)| first.start..last.end.max(first.end))
    }
}

/// Shows the blocks of all texts of a page in order.
pub(super) fn page_blocks<'a>(
    document: &'a Document,
    visit: &mut dyn FnMut(&Text<'a>, &Block<'a>),
) {
    let mut scope = 0;
    let mut block = Block::default();
    document.body.texts(&document.summary, &mut |text| {
        scope += u32::from(!text.goes_on);
        let steps = document.prose.steps(text.number);
        blocks(&mut block, text.markup, steps, text.section, &mut scope, &mut |block| {
            visit(&text, block);
        });
    });
}

/// Shows the blocks of a text in order. `section` is the one that the whole text stands in, if it does. Scopes are
/// counted on from `scope`. The buffers of `block` are used.
pub(super) fn blocks<'a>(
    block: &mut Block<'a>,
    markup: &'a Markup,
    steps: ProseSteps<'_>,
    section: Option<&Arc<str>>,
    scope: &mut u32,
    visit: &mut dyn FnMut(&Block<'a>),
) {
    let first_scope = *scope;
    let mut pieces = markup.html_pieces();
    let end_of = |pieces: &mut HtmlPieces<'_>, end: u32| match pieces.holding(end) {
        Some((piece, start, _)) => MarkupPosition { piece, at: end - start },
        None => MarkupPosition { piece: markup.len() as u32, at: 0 },
    };
    let mut is_open = false;
    let mut end = 0;
    let mut show = |block: &mut Block<'a>, end: MarkupPosition| {
        block.end = end;
        block.folded.finish();
        visit(block);
        block.folded.clear();
        block.explicit.clear();
        block.runs.clear();
    };
    for step in steps {
        match step {
            ProseStep::Block { section: own, scope: of_text, html } => {
                if std::mem::replace(&mut is_open, true) {
                    show(block, end_of(&mut pieces, end));
                }
                // Before the holes that stand there.
                block.start = match pieces.reaching(html.start) {
                    Some((piece, start, _)) if html.start > 0 => {
                        MarkupPosition { piece, at: html.start - start }
                    }
                    _ => MarkupPosition::default(),
                };
                end = html.end;
                block.section = section.or(own).cloned();
                block.scope = first_scope + of_text;
                *scope = block.scope.max(*scope);
            }
            ProseStep::Run(run) => {
                let Some((piece, start, html)) = pieces.holding(run.html.start) else { continue };
                let (from, to) = (run.html.start - start, run.html.end - start);
                fold(&mut block.folded, piece, html, from as usize..to as usize);
                block.runs.push((piece, start, run));
            }
            ProseStep::Space => block.folded.push(u32::MAX, 0, " "),
            ProseStep::Barrier => block.folded.barrier(),
            ProseStep::Link { start, end } => {
                block.folded.barrier();
                let at = block.folded.len();
                let (target, start, end) = match markup.piece(start as usize) {
                    Some(Piece::Hole(Hole::Named(target))) => (target, start, start + 1),
                    Some(Piece::Hole(Hole::Open(link))) => match &**link {
                        Link::To(target, _) => (target, start + 1, end),
                        _ => continue,
                    },
                    _ => continue,
                };
                let [start, end] = [start, end].map(|piece| MarkupPosition { piece, at: 0 });
                block.explicit.push(Explicit { at, target, start, end });
            }
        }
    }
    if is_open {
        show(block, end_of(&mut pieces, end));
    }
}

/// Adds a part of a piece of HTML that has no tags.
fn fold(folded: &mut Folded, piece: u32, html: &str, part: Range<usize>) {
    let mut at = part.start;
    while at < part.end {
        let end = memchr(b'&', &html.as_bytes()[at..part.end]).map_or(part.end, |gap| at + gap);
        folded.push(piece, at as u32, &html[at..end]);
        at = end;
        if at < part.end {
            let (c, length) = character(&html[at..part.end]);
            folded.push_char(piece, at as u32, c);
            at += length;
        }
    }
}

/// The first character of an escaped text, and the bytes it takes.
pub(super) fn character(html: &str) -> (char, usize) {
    for (entity, c) in [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')] {
        if html.starts_with(entity) {
            return (c, entity.len());
        }
    }
    let c = html.chars().next().unwrap_or(' ');
    (c, c.len_utf8())
}

/// What a text links to by hand, in order, each with its sentence: what stands before the link, its text, and the rest.
pub fn references(markup: &Markup, steps: ProseSteps<'_>) -> Vec<(Target, [Inline; 3])> {
    let mut found = Vec::new();
    blocks(&mut Block::default(), markup, steps, None, &mut 0, &mut |block| {
        for link in &block.explicit {
            let parts = sentence(markup, [block.start, block.end], [link.start, link.end]);
            found.push((link.target.clone(), parts));
        }
    });
    found
}
