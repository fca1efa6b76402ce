//! The sentence in which a player is named, with the name apart.

use crate::content::markup::{Hole, Inline, Markup, Piece, Span};
use crate::content::plain::Plain;
use crate::content::sentences;

use super::prose::{Loc, character};

/// The sentence around a name: what stands before it, the name, and what stands behind it. The two places of the block
/// of prose and of the name are where they begin and end.
pub(super) fn sentence(markup: &Markup, block: [Loc; 2], name: [Loc; 2]) -> [Inline; 3] {
    let ([start, end], [from, to]) = (block, name);
    let mut read = Read { plain: Plain::default(), marks: [(from, None), (to, None)], tag: false };
    let first = start.piece as usize;
    for (at, piece) in markup.pieces().iter().enumerate().skip(first) {
        let at = at as u32;
        if at > end.piece {
            break;
        }
        match piece {
            Piece::Html(html) => {
                let low = if at == start.piece { start.at as usize } else { 0 };
                let high = if at == end.piece { end.at as usize } else { html.len() };
                if low < high {
                    read.html(at, html, low, high);
                }
            }
            Piece::Hole(hole) => {
                read.mark(Loc { piece: at, at: 0 });
                match hole {
                    Hole::Label(target) => read.plain.hole(Span::Label(target.clone())),
                    Hole::Fact(id) => read.plain.hole(Span::Fact(id.clone())),
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

struct Read {
    plain: Plain,
    /// Where the name begins and ends, and the offsets of that in the plain text.
    marks: [(Loc, Option<usize>); 2],
    /// Whether a tag has begun in a piece before.
    tag: bool,
}

impl Read {
    fn mark(&mut self, here: Loc) {
        let at = self.plain.as_str().len();
        for (place, found) in &mut self.marks {
            if found.is_none() && *place <= here {
                *found = Some(at);
            }
        }
    }

    fn html(&mut self, piece: u32, html: &str, from: usize, to: usize) {
        let mut at = from;
        let mut buffer = [0; 4];
        while at < to {
            let (c, length) = character(&html[at..to]);
            if self.tag {
                self.tag = !html[at..].starts_with('>');
            } else if html[at..].starts_with('<') {
                self.tag = true;
            } else {
                self.mark(Loc { piece, at: at as u32 });
                let c = if c == '\n' { ' ' } else { c };
                self.plain.push(c.encode_utf8(&mut buffer));
            }
            at += length;
        }
        self.mark(Loc { piece, at: to as u32 });
    }
}
