//! The sentence in which a player is named, with the name apart, and that in which a source is cited.

use memchr::{memchr, memchr2};

use crate::base::work;
use crate::content::document::Body;
use crate::content::markup::{Hole, Inline, InlineSpan, Markup, Piece};
use crate::content::plain::Plain;
use crate::content::sentences;

use super::prose::{MarkupPosition, character};

/// So many bytes before and behind a name are read for its sentence, of which a page shows a few hundred letters. A
/// paragraph of a megabyte may name a thousand players.
const NEAR: usize = 2048;

/// The sentence around a name: what stands before it, the name, and what stands behind it. The two places of the block
/// of prose and of the name are where they begin and end.
pub(super) fn sentence(
    markup: &Markup,
    block: [MarkupPosition; 2],
    name: [MarkupPosition; 2],
) -> [Inline; 3] {
    let [from, to] = name;
    let [start, end] = near(markup, block, name);
    let mut read =
        SentenceReader { plain: Plain::default(), marks: [(from, None), (to, None)], tag: false };
    for at in start.piece..=end.piece {
        let Some(piece) = markup.piece(at as usize) else { break };
        match piece {
            Piece::Html(html) => {
                let low = if at == start.piece { start.at as usize } else { 0 };
                let high = if at == end.piece { end.at as usize } else { html.len() };
                if low < high {
                    work::step(high - low);
                    read.html(at, html, low, high);
                }
            }
            Piece::Home(_) => read.mark(MarkupPosition { piece: at, at: 0 }),
            Piece::Hole(hole) => {
                read.mark(MarkupPosition { piece: at, at: 0 });
                match hole {
                    Hole::Named(target) | Hole::Label(target) => {
                        read.plain.hole(InlineSpan::Label(target.clone()));
                    }
                    Hole::Fact(id) => read.plain.hole(InlineSpan::Fact(id.clone())),
                    _ => {}
                }
            }
        }
    }
    let length = read.plain.as_str().len();
    let low = read.marks[0].1.unwrap_or(length);
    let high = read.marks[1].1.unwrap_or(length).max(low);
    let ends = sentences::ends(read.plain.as_str());
    let around = sentences::around(read.plain.as_str(), &ends, &(low..high));
    around.parts(&read.plain, &(low..high))
}

/// The sentence that first cites a source in the texts of a page.
pub fn citing(body: &Body, source: &str) -> Option<Inline> {
    body.texts_in_order().find_map(|markup| {
        let is_it =
            |piece: Piece<'_>| matches!(piece, Piece::Hole(Hole::Cite(id)) if **id == *source);
        let hole = markup.pieces().position(is_it)?;
        let here = MarkupPosition { piece: u32::try_from(hole).ok()?, at: 0 };
        let block = [block_start(markup, hole), block_end(markup, hole)];
        // A citation behind a full stop belongs to the sentence before it.
        let last = (block[0].piece..here.piece).rev().find_map(|piece| {
            let Some(Piece::Html(html)) = markup.piece(piece as usize) else { return None };
            let low = if piece == block[0].piece { block[0].at as usize } else { 0 };
            let end = html.trim_end().len();
            (end > low)
                .then(|| MarkupPosition { piece, at: html.floor_char_boundary(end - 1) as u32 })
        });
        let parts = sentence(markup, block, [last.unwrap_or(here), here]);
        let spans: Vec<InlineSpan> =
            parts.iter().flat_map(|part| part.spans().iter().cloned()).collect();
        Some(spans.into())
    })
}

/// The elements that a sentence does not go across.
const BLOCKS: [&str; 14] = [
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "blockquote",
    "div",
    "h2",
    "h3",
    "h4",
    "h5",
    "summary",
    "section",
];

/// The tags of blocks in a piece: where each begins.
fn block_tags(html: &str) -> impl DoubleEndedIterator<Item = usize> {
    let is_block = |at: &usize| {
        let name = html[at + 1..].trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        BLOCKS.contains(&&name[..end])
    };
    memchr::memchr_iter(b'<', html.as_bytes()).filter(is_block)
}

/// Where the block begins that holds a piece, or a place so far before it that no more is read.
fn block_start(markup: &Markup, hole: usize) -> MarkupPosition {
    let mut read = 0;
    for at in (0..hole).rev() {
        let Some(Piece::Html(html)) = markup.piece(at) else { continue };
        work::step(html.len());
        if let Some(tag) = block_tags(html).next_back() {
            let end = html[tag..].find('>').map_or(html.len(), |end| tag + end + 1);
            return MarkupPosition { piece: at as u32, at: end as u32 };
        }
        read += html.len();
        if read > NEAR {
            return MarkupPosition { piece: at as u32, at: 0 };
        }
    }
    MarkupPosition { piece: 0, at: 0 }
}

/// Where that block ends.
fn block_end(markup: &Markup, hole: usize) -> MarkupPosition {
    let (mut read, mut end) = (0, MarkupPosition { piece: hole as u32, at: 0 });
    for at in hole + 1..markup.len() {
        let Some(Piece::Html(html)) = markup.piece(at) else { continue };
        work::step(html.len().min(NEAR));
        if let Some(tag) = block_tags(html).next() {
            return MarkupPosition { piece: at as u32, at: tag as u32 };
        }
        end = MarkupPosition { piece: at as u32, at: html.len() as u32 };
        read += html.len();
        if read > NEAR {
            break;
        }
    }
    end
}

/// The part of a block that is read for the sentence around a name.
fn near(
    markup: &Markup,
    [start, end]: [MarkupPosition; 2],
    [from, to]: [MarkupPosition; 2],
) -> [MarkupPosition; 2] {
    let html = |piece: u32| match markup.piece(piece as usize) {
        Some(Piece::Html(html)) => html,
        _ => "",
    };
    let (mut first, mut room) = (from, NEAR);
    while first > start && room > 0 {
        let low = if first.piece == start.piece { start.at as usize } else { 0 };
        let text = html(first.piece);
        let high = (first.at as usize).min(text.len());
        if high.saturating_sub(low) > room {
            first.at = begins(text, text.ceil_char_boundary(high - room), high) as u32;
            break;
        }
        room -= high.saturating_sub(low);
        if first.piece == start.piece {
            first = start;
            break;
        }
        first = MarkupPosition { piece: first.piece - 1, at: u32::MAX };
    }
    first.at = first.at.min(html(first.piece).len() as u32);
    let (mut last, mut room) = (to, NEAR);
    while last < end && room > 0 {
        let text = html(last.piece);
        let high = if last.piece == end.piece { end.at as usize } else { text.len() };
        let low = (last.at as usize).min(high);
        if high - low > room {
            last.at = begins(text, text.ceil_char_boundary(low + room), high) as u32;
            break;
        }
        room -= high - low;
        if last.piece == end.piece {
            last = end;
            break;
        }
        last = MarkupPosition { piece: last.piece + 1, at: 0 };
    }
    [first.max(start), last.min(end).max(to)]
}

/// The first word behind an offset that is in no tag and no entity.
fn begins(html: &str, at: usize, before: usize) -> usize {
    let rest = html.get(at..before).unwrap_or_default();
    let inside = rest.find(['<', '>']).filter(|found| rest.as_bytes()[*found] == b'>');
    let from = inside.map_or(0, |end| end + 1);
    rest[from..].find(' ').map_or(before, |space| at + from + space)
}

struct SentenceReader {
    plain: Plain,
    /// Where the name begins and ends, and the offsets of that in the plain text.
    marks: [(MarkupPosition, Option<usize>); 2],
    /// Whether a tag has begun in a piece before.
    tag: bool,
}

impl SentenceReader {
    fn mark(&mut self, here: MarkupPosition) {
        let at = self.plain.as_str().len();
        for (place, found) in &mut self.marks {
            if found.is_none() && *place <= here {
                *found = Some(at);
            }
        }
    }

    fn html(&mut self, piece: u32, html: &str, from: usize, to: usize) {
        let bytes = html.as_bytes();
        let mut at = from;
        let mut buffer = [0; 4];
        while at < to {
            if self.tag {
                let end = memchr(b'>', &bytes[at..to]);
                self.tag = end.is_none();
                at = end.map_or(to, |end| at + end + 1);
                continue;
            }
            match bytes[at] {
                b'<' => {
                    self.tag = true;
                    at += 1;
                }
                b'&' => {
                    let (c, length) = character(&html[at..to]);
                    self.mark(MarkupPosition { piece, at: at as u32 });
                    self.plain.push(c.encode_utf8(&mut buffer));
                    at += length;
                }
                _ => {
                    let end = memchr2(b'<', b'&', &bytes[at..to]).map_or(to, |end| at + end);
                    self.text(piece, &html[at..end], at);
                    at = end;
                }
            }
        }
        self.mark(MarkupPosition { piece, at: to as u32 });
    }

    /// Text without tags and entities that begins at an offset of a piece.
    fn text(&mut self, piece: u32, text: &str, from: usize) {
        self.mark(MarkupPosition { piece, at: from as u32 });
        let before = self.plain.as_str().len();
        for (place, found) in &mut self.marks {
            if found.is_none() && place.piece == piece {
                let inside = (place.at as usize).checked_sub(from).filter(|at| *at < text.len());
                *found = inside.map(|at| before + text.ceil_char_boundary(at));
            }
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.plain.push(" ");
            }
            self.plain.push(line);
        }
    }
}
