//! A colon that begins a line makes a definition only with a space behind it: `:tada:`, `:::` and `: « non »` with a space
//! that does not break are text, as in every other dialect that has definition lists.
//!
//! The parser takes any colon, so the others are overwritten before it reads the text, and set again where it is written.

use std::borrow::Cow;

use memchr::memmem;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Stands for a colon: the parser has no use for it.
pub(super) const COLON: char = '\u{4}';

/// Overwrites the colons that are no definition's, and says whether there are any.
pub(super) fn hide(text: &mut Cow<'_, str>, options: Options) -> bool {
    let is_first = text.starts_with(':') || memmem::find(text.as_bytes(), b"\n:").is_some();
    // Behind the signs of a list or a quotation.
    let may_be = || is_first || memmem::find(text.as_bytes(), b" :").is_some();
    if !options.contains(Options::ENABLE_DEFINITION_LIST) || !may_be() {
        return false;
    }
    let found: Vec<usize> = colons(text).collect();
    if found.is_empty() {
        return false;
    }
    let events = Parser::new_ext(text, options).into_offset_iter();
    let is_shown = |tag: &Tag<'_>| matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
    let mut kept = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(tag) if is_shown(&tag) => kept.push(range),
            Event::Code(_) | Event::InlineHtml(_) => kept.push(range),
            _ => {}
        }
    }
    let is_kept = |at: usize| {
        let before = kept.partition_point(|range| range.start <= at);
        before.checked_sub(1).is_some_and(|last| kept[last].contains(&at))
    };
    let mut hidden = text.clone().into_owned().into_bytes();
    let mut any = false;
    for at in found.into_iter().filter(|at| !is_kept(*at)) {
        hidden[at] = COLON as u8;
        any = true;
    }
    if any && let Ok(hidden) = String::from_utf8(hidden) {
        *text = Cow::Owned(hidden);
        return true;
    }
    false
}

/// The colons that begin lines, without a space behind them.
fn colons(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let own = line.trim_start_matches([' ', '>', '-', '*', '+']);
        let rest = own.strip_prefix(':')?;
        let is_definition = rest.starts_with([' ', '\t']);
        (!is_definition).then_some(start + line.len() - own.len())
    })
}
