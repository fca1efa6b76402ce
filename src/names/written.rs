//! How a name is written where it stands: where it begins and ends, its diacritics, and whom it may stand for by them.

use std::ops::Range;

use crate::content::document::Text;
use crate::content::markup::Piece;

use super::fold::accented;
use super::matcher::{self, Fit, FormSpan};
use super::prose::{Block, MarkupPosition, character};
use super::registry::{Candidate, Form, PlayerIx, Strength};

/// Where a part of a block begins, and where its last character does.
pub(super) fn ends(
    block: &Block<'_>,
    start: usize,
    end: usize,
) -> (MarkupPosition, MarkupPosition) {
    let loc = |at: usize| {
        let (piece, at) = block.folded.source(at);
        MarkupPosition { piece, at }
    };
    let last = block.folded.cased()[..end].chars().next_back().map_or(1, char::len_utf8);
    (loc(start), loc(end - last))
}

/// Whom a form may stand for as it is written: by strong names, and by contextual ones.
///
/// The case that was declared comes before another; the diacritics that are written come before none. A name that is
/// written without any may be that of any of them.
pub(super) fn candidates(
    form: &Form,
    bearers: &[Candidate],
    written: &str,
    accents: &dyn Fn() -> Option<String>,
) -> (Fit, Vec<PlayerIx>, Vec<PlayerIx>) {
    let mut fitting: Vec<_> = bearers
        .iter()
        .filter_map(|candidate| Some((matcher::fit(form, candidate, written)?, candidate)))
        .collect();
    let best = fitting.iter().map(|(fit, _)| *fit).min().unwrap_or(Fit::Exact);
    fitting.retain(|(fit, _)| *fit == best);
    let differ = fitting.windows(2).any(|pair| pair[0].1.accented != pair[1].1.accented);
    if differ && let Some(accented) = accents() {
        let exact = |candidate: &Candidate| *candidate.accented == *accented;
        if !accented.is_ascii() && fitting.iter().any(|(_, candidate)| exact(candidate)) {
            fitting.retain(|(_, candidate)| exact(candidate));
        }
    }
    let of = |strength: Strength| {
        let mut players: Vec<PlayerIx> = fitting
            .iter()
            .filter(|(_, candidate)| candidate.strength == strength)
            .map(|(_, candidate)| candidate.player)
            .collect();
        players.sort_unstable();
        players.dedup();
        players
    };
    let strong = of(Strength::Strong);
    let contextual = of(Strength::Contextual);
    (best, strong, contextual)
}

/// The name as it is written, with its diacritics; none if a tag parts it.
pub(super) fn accents(text: &Text<'_>, block: &Block<'_>, span: &FormSpan) -> Option<String> {
    let (start, last) = ends(block, span.start, span.end);
    let (html, end) = (html(text, start)?, behind(text, last));
    let html = html.get(start.at as usize..end.at as usize)?;
    let mut written = String::with_capacity(html.len());
    let mut at = 0;
    while at < html.len() {
        let (c, length) = character(&html[at..]);
        written.push(c);
        at += length;
    }
    (start.piece == end.piece).then(|| accented(&written))
}

/// The bytes that a part of a block was made of; the two places are those of its first and its last character.
pub(super) fn source(
    text: &Text<'_>,
    block: &Block<'_>,
    start: MarkupPosition,
    last: MarkupPosition,
) -> Range<u32> {
    let rest = html(text, last).and_then(|html| html.get(last.at as usize..));
    let (_, length) = rest.map_or((' ', 1), character);
    block.source(start, last, length as u32)
}

/// The place behind a character.
pub(super) fn behind(text: &Text<'_>, last: MarkupPosition) -> MarkupPosition {
    let Some(rest) = html(text, last).and_then(|html| html.get(last.at as usize..)) else {
        return last;
    };
    let (_, length) = character(rest);
    let marks = rest.get(length..).unwrap_or_default().chars();
    let marks = marks.take_while(|c| ('\u{300}'..='\u{36F}').contains(c));
    let length = length + marks.map(char::len_utf8).sum::<usize>();
    MarkupPosition { piece: last.piece, at: last.at + length as u32 }
}

pub(super) fn html<'t>(text: &Text<'t>, at: MarkupPosition) -> Option<&'t str> {
    match text.markup.piece(at.piece as usize)? {
        Piece::Html(html) => Some(html),
        Piece::Home(_) | Piece::Hole(_) => None,
    }
}
