//! The sentence in which a player is named, with the name apart.

use memchr::{memchr, memchr2};

use crate::base::work;
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
