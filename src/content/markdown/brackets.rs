//! `[[1]](url)` is a link whose text has brackets, as everywhere in CommonMark; to the parser it is `[[1]]` and a text.
//!
//! The inner brackets are overwritten where that makes a link of CommonMark, and set again where its text is written.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::colons::COLON;

/// Stand for the inner brackets: the parser has no use for them.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// Overwrites the inner brackets of links, and says whether there are any.
pub(super) fn hide(text: &mut Cow<'_, str>, options: Options) -> bool {
    let may_be = |end: &str| memmem::find(text.as_bytes(), end.as_bytes()).is_some();
    if !options.contains(Options::ENABLE_WIKILINKS) || !(may_be("]](") || may_be("]][")) {
        return false;
    }
    let found: Vec<Range<usize>> = links(text, options)
        .filter(|(is_wiki, range)| {
            *is_wiki
                && !text[range.end..].starts_with("()")
                && text[range.end..].starts_with(['(', '['])
                && text[range.clone()].ends_with("]]")
        })
        .map(|(_, range)| range)
        .collect();
    if found.is_empty() {
        return false;
    }
    let mut hidden = text.clone().into_owned().into_bytes();
    for range in &found {
        set(&mut hidden, range, (OPEN, CLOSE));
    }
    // What the parser now reads as a link with a destination is one; the rest is `[[1]]` and a text after all.
    let Ok(read) = String::from_utf8(hidden) else { return false };
    let mut read_as: Vec<Range<usize>> = links(&read, options).map(|(_, range)| range).collect();
    read_as.sort_by_key(|range| range.start);
    let is_link = |range: &Range<usize>| {
        let at = read_as.partition_point(|link| link.start < range.start);
        read_as.get(at).is_some_and(|link| link.start == range.start && link.end > range.end)
    };
    let mut hidden = read.clone().into_bytes();
    let mut any = false;
    for range in &found {
        match is_link(range) {
            true => any = true,
            false => set(&mut hidden, range, ('[', ']')),
        }
    }
    if any && let Ok(hidden) = String::from_utf8(hidden) {
        *text = Cow::Owned(hidden);
        return true;
    }
    false
}

/// A text with the brackets and colons that were overwritten.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.contains([OPEN, CLOSE, COLON]) {
        true => text.replace(OPEN, "[").replace(CLOSE, "]").replace(COLON, ":").into(),
        false => text.into(),
    }
}

/// The links and pictures of a text, and whether each is one of `[[…]]`.
fn links(text: &str, options: Options) -> impl Iterator<Item = (bool, Range<usize>)> {
    Parser::new_ext(text, options).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
            Some((matches!(link_type, LinkType::WikiLink { .. }), range))
        }
        _ => None,
    })
}

/// Sets the inner brackets of `[[…]]` or `![[…]]`.
fn set(text: &mut [u8], range: &Range<usize>, (open, close): (char, char)) {
    let first = range.start + usize::from(text[range.start] == b'!');
    text[first + 1] = open as u8;
    text[range.end - 2] = close as u8;
}
