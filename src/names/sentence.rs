//! The sentence in which a player is named, with the name apart.

use memchr::{memchr, memchr2};

use crate::content::markup::{Hole, Inline, Markup, Piece, Span};
use crate::content::plain::Plain;
use crate::content::sentences;

use super::prose::{Loc, character};

/// The sentence around a name: what stands before it, the name, and what stands behind it. The two places of the block
/// of prose and of the name are where they begin and end.
pub(super) fn sentence(markup: &Markup, block: [Loc; 2], name: [Loc; 2]) -> [Inline; 3] {
    let ([start, end], [from, to]) = (block, name);
    let mut read = Read { plain: Plain::default(), marks: [(from, None), (to, None)], tag: false };
    for at in start.piece..=end.piece {
        let Some(piece) = markup.piece(at as usize) else { break };
        match piece {
            Piece::Html(html) => {
                let low = if at == start.piece { start.at as usize } else { 0 };
                let high = if at == end.piece { end.at as usize } else { html.len() };
                if low < high {
                    read.html(at, html, low, high);
                }
            }
            Piece::Home(_) => read.mark(Loc { piece: at, at: 0 }),
            Piece::Hole(hole) => {
                read.mark(Loc { piece: at, at: 0 });
                match hole {
                    Hole::Named(target) | Hole::Label(target) => {
                        read.plain.hole(Span::Label(target.clone()));
                    }
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
                    self.mark(Loc { piece, at: at as u32 });
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
        self.mark(Loc { piece, at: to as u32 });
    }

    /// Text without tags and entities that begins at an offset of a piece.
    fn text(&mut self, piece: u32, text: &str, from: usize) {
        self.mark(Loc { piece, at: from as u32 });
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
