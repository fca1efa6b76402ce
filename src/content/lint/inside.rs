//! Syntax of other programs where no rule for Markdown looks: in the texts of links, and in blocks of HTML.

use std::ops::Range;

use memchr::memmem;

use crate::base::Signs;
use crate::content::markdown::html::{self, RawPart};
use crate::diag::{Code, Diagnostic};

use super::leaf::{Leaf, Piece, PieceKind};
use super::{Finding, OpenBlock, foreign};

/// No marked text of another program has more bytes.
const LONGEST_MARK: usize = 200;

/// Looks at the text of a link.
pub(super) fn link(text: &str, pieces: &[Piece], findings: &mut Vec<Finding>) {
    let leaf = Leaf::new(text, OpenBlock::Cell, pieces);
    if leaf.signs.any(b"{:") {
        foreign::line(&leaf, findings);
    }
}

/// Looks at a block of trusted HTML: what stands between its tags is no Markdown.
pub(super) fn html_block(text: &str, range: &Range<usize>, findings: &mut Vec<Finding>) {
    let source = &text[range.clone()];
    if !Signs::of(source).any(b"{:=") {
        return;
    }
    let mut pieces = Vec::new();
    let mut mute = 0_usize;
    for part in html::parts(source) {
        match part {
            RawPart::Text(part) if mute == 0 => {
                let range = range.start + part.start..range.start + part.end;
                pieces.push(Piece { kind: PieceKind::Text, range });
            }
            RawPart::Tag(tag) if html::is_mute(&tag.name.to_ascii_lowercase()) => {
                mute = match tag.is_end {
                    true => mute.saturating_sub(1),
                    false => mute + usize::from(!tag.is_empty),
                };
            }
            RawPart::Text(_) | RawPart::Tag(_) | RawPart::Other(_) => {}
        }
    }
    // What stands on both sides of a tag is no one text.
    for piece in pieces.chunks(1) {
        let leaf = Leaf::new(text, OpenBlock::Html, piece);
        foreign::line(&leaf, findings);
        marks(&leaf, findings);
    }
}

/// `==text==`, which marks a text in Markdown alone.
fn marks(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let source = leaf.source();
    let mut from = 0;
    while let Some(found) = memmem::find(&source.as_bytes()[from..], b"==") {
        let open = from + found;
        let inner = &source[open + 2..];
        from = open + 2 + (inner.len() - inner.trim_start_matches('=').len());
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '=');
        let Some(end) = inner.find("==").filter(|end| (1..=LONGEST_MARK).contains(end)) else {
            continue;
        };
        let (marked, behind) = (&inner[..end], &inner[end + 2..]);
        if marked.trim() != marked
            || marked.starts_with('=')
            || marked.contains('\n')
            || !is_apart(source[..open].chars().next_back())
            || !is_apart(behind.chars().next())
        {
            continue;
        }
        from = open + 2 + end + 2;
        let start = leaf.range().start;
        let place = start + open..start + from;
        let right = format!("<mark>{marked}</mark>");
        let message = "readers see the marks of a highlight: `==…==` is text in HTML";
        findings.push(
            Diagnostic::new(Code::ForeignSyntax, place.clone(), message)
                .help(format!("write `{right}`"))
                .fix(place, right),
        );
    }
}
