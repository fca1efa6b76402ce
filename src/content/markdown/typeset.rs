//! The parser's events as a typesetter would have typed them: signs of the language, `==mark==`, `H~2~O`, `x^2^`, strong
//! text beside punctuation of Chinese and Japanese, and no space between two lines of either.
//!
//! The events of a block of text are held back until it ends, because a sign stands for another by what is beside it,
//! which may be a link or emphasis. What changes is split off as an event of its own, with its bytes of the source:
//! what stays has the same bytes there and in its event.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, RefDefs, Tag, TagEnd};

use crate::base::Signs;
use crate::content::lint::Lint;
use crate::content::typography::{
    ATOM, FIXED, Typography, has_dashes, has_dots, is_dense, joins, without_addresses,
};
use crate::diag::Diagnostic;

use super::masked::is_escaped;

/// The events of a text.
pub(super) struct Typeset<'a> {
    events: OffsetIter<'a>,
    text: &'a str,
    /// `None`: as they are.
    typography: Option<Typography>,
    ready: VecDeque<(Event<'a>, Range<usize>)>,
    /// The block that is being read, whose memory the next one uses again.
    block: Vec<(Event<'a>, Range<usize>)>,
    /// Whether the block that is being read is code.
    is_code: bool,
    /// Sees every event as the parser made it.
    lint: Option<Lint<'a>>,
    /// What the heading that is being read ends with, although the parser took it for attributes.
    braces: Option<Range<usize>>,
    /// The end of a heading, which comes behind its braces.
    held: Option<(Event<'a>, Range<usize>)>,
}

impl<'a> Typeset<'a> {
    pub(super) fn new(
        events: OffsetIter<'a>,
        text: &'a str,
        typography: Option<Typography>,
        lint: Option<Lint<'a>>,
    ) -> Self {
        let (ready, block) = Default::default();
        let (braces, held) = (None, None);
        Self { events, text, typography, ready, block, is_code: false, lint, braces, held }
    }

    /// The next event, which the lint has seen.
    fn read(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (mut event, mut range) = self.held.take().or_else(|| self.events.next())?;
        match &event {
            Event::Start(Tag::Heading { .. }) if self.typography.is_some() => {
                self.braces = braces(self.text, &range);
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(text) = self.braces.take() {
                    self.held = Some((event, range));
                    (event, range) = (Event::Text(self.text[text.clone()].into()), text);
                }
            }
            // Here they are text.
            _ if self.braces.as_ref().is_some_and(|braces| range.end > braces.start) => {
                self.braces = None;
            }
            _ => {}
        }
        if let Some(lint) = &mut self.lint {
            lint.event(&event, &range);
        }
        Some((event, range))
    }

    /// What the lint found.
    pub(super) fn finish(self) -> Vec<Diagnostic<Range<usize>>> {
        let definitions = self.events.reference_definitions();
        self.lint.map(|lint| lint.finish(definitions)).unwrap_or_default()
    }

    pub(super) fn reference_definitions(&self) -> &RefDefs<'_> {
        self.events.reference_definitions()
    }

    /// Reads the rest of a block of text.
    fn read_block(&mut self, typography: Typography, first: (Event<'a>, Range<usize>)) {
        let mut block = std::mem::take(&mut self.block);
        block.push(first);
        let mut end = None;
        while let Some(event) = self.read() {
            if !is_inline(&event.0) {
                end = Some(event);
                break;
            }
            block.push(event);
        }
        let signs = match &self.lint {
            Some(lint) if end.is_some() => lint.last_signs(),
            _ => Signs::of(self.source(&block)),
        };
        let may_change = may_change(typography, signs, self.source(&block));
        match may_change && has_something(&block, typography) {
            true => Block { text: self.text, typography }.set(block, &mut self.ready),
            false => {
                self.ready.extend(block.drain(..));
                self.block = block;
            }
        }
        if let Some((event, range)) = end {
            self.note_code(&event);
            self.ready.push_back((event, range));
        }
    }

    /// What stands in the text from the first event to the last.
    fn source(&self, block: &[(Event<'_>, Range<usize>)]) -> &'a str {
        let (first, last) = (block.first(), block.last());
        let range = first.zip(last).map_or(0..0, |(first, last)| first.1.start..last.1.end);
        self.text.get(range).unwrap_or(self.text)
    }

    fn note_code(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            _ => {}
        }
    }
}

impl<'a> Iterator for Typeset<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let (event, range) = self.read()?;
        match self.typography {
            Some(typography) if !self.is_code && is_inline(&event) => {
                self.read_block(typography, (event, range));
                self.ready.pop_front()
            }
            _ => {
                self.note_code(&event);
                Some((event, range))
            }
        }
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(tag.to_end()),
        Event::End(tag) => is_inline_end(*tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Whether something of a block with these signs may change, for all that its source says.
fn may_change(typography: Typography, signs: Signs, source: &str) -> bool {
    // A reference to a character begins with `&`.
    let is_sure = typography.has_spaces() || !signs.is_ascii() || signs.any(b"\"'&*=^~");
    is_sure || signs.any(b"-") && has_dashes(source) || has_dots(source)
}

/// Whether something of a block may change.
fn has_something(block: &[(Event<'_>, Range<usize>)], typography: Typography) -> bool {
    let mut is_dense_text = false;
    let mut has_break = false;
    let mut has_strong = false;
    for (event, _) in block {
        match event {
            Event::Text(text) => {
                let bytes = text.as_bytes();
                if typography.may_change(text)
                    || memchr::memchr3(b'~', b'^', b'*', bytes).is_some()
                    || memchr::memchr(b'=', bytes).is_some() && text.contains("==")
                {
                    return true;
                }
                has_break |= has_strong && text.chars().next().is_some_and(is_dense);
                is_dense_text |= text.chars().next().is_some_and(is_dense)
                    || text.chars().next_back().is_some_and(is_dense);
            }
            Event::SoftBreak => has_break = true,
            Event::Start(Tag::Strong) => has_strong = true,
            _ => {}
        }
    }
    has_break && is_dense_text
}

/// The braces at the end of a heading, with the space before them, if they hold something else than attributes, as in
/// `The set {a, b}`. The parser takes them out of the text, whatever they hold.
fn braces(text: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let source = text[heading.clone()].trim_end_matches(['\n', '#', ' ', '\t', '-', '=']);
    let inner = source.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let mut words = inner[open + 1..].split_whitespace().peekable();
    let is_list = words.peek().is_some()
        && words.all(|word| {
            word.len() > 1 && word.starts_with(['#', '.'])
                || word.find('=').is_some_and(|sign| sign > 0)
        });
    let start = source[..open].trim_end_matches([' ', '\t']).len();
    (!is_list).then_some(heading.start + start..heading.start + source.len())
}

/// What stands in place of a part of the joined text.
struct Change<'a> {
    range: Range<usize>,
    event: Event<'a>,
}

/// A text event in the joined text.
struct Piece {
    /// The index of its event.
    event: usize,
    start: usize,
    /// The emphasis or link that it stands in, by number.
    inside: usize,
}

/// The text of a block, joined.
#[derive(Default)]
struct Joined {
    text: String,
    pieces: Vec<Piece>,
    /// The index and the place of each soft break.
    breaks: Vec<(usize, usize)>,
}

impl Joined {
    /// The piece that a byte stands in.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.start <= at);
        self.pieces.get(next.checked_sub(1)?)
    }
}

struct Block<'a> {
    text: &'a str,
    typography: Typography,
}

impl<'a> Block<'a> {
    fn set(
        &self,
        block: Vec<(Event<'a>, Range<usize>)>,
        out: &mut VecDeque<(Event<'a>, Range<usize>)>,
    ) {
        let block = self.unnested(block);
        let mut joined = self.joined(&block);
        if joined.text.contains("://") {
            joined.text = without_addresses(&joined.text);
        }
        let mut changes = pairs(&joined, &block);
        let edits = self.typography.edits(&joined.text);
        changes.extend(edits.into_iter().map(|edit| Change {
            range: edit.range,
            event: Event::Text(CowStr::Borrowed(edit.sign)),
        }));
        changes.sort_by_key(|change| change.range.start);
        let is_title = block.first().is_some_and(|(_, range)| {
            self.text.get(range.start..).is_some_and(|text| text.starts_with("[!"))
        });
        let mut changes = changes.into_iter().peekable();
        let mut done = 0_usize;
        let mut pieces = joined.pieces.iter().peekable();
        let mut breaks = joined.breaks.iter().enumerate().peekable();
        for (index, (event, range)) in block.into_iter().enumerate() {
            if let Some((number, (_, at))) = breaks.next_if(|(_, (event, _))| *event == index) {
                // The first line of a callout is its title.
                let is_title_end = is_title && number == 0;
                if !is_title_end && is_joint(&joined.text, *at) {
                    continue;
                }
            }
            let Some(piece) = pieces.next_if(|piece| piece.event == index) else {
                out.push_back((event, range));
                continue;
            };
            let Event::Text(text) = event else { continue };
            let end = piece.start + text.len();
            let is_verbatim = text.len() == range.len();
            let source = |part: &Range<usize>| match is_verbatim {
                true => range.start + part.start..range.start + part.end,
                false => range.clone(),
            };
            // A mark may go on in the next event.
            let mut from = done.saturating_sub(piece.start).min(text.len());
            while let Some(change) = changes.next_if(|change| change.range.start < end) {
                if change.range.start < piece.start + from {
                    continue;
                }
                done = change.range.end;
                let part = change.range.start - piece.start..done.min(end) - piece.start;
                push_text(out, &text, from..part.start, source(&(from..part.start)));
                from = part.end;
                out.push_back((change.event, source(&part)));
            }
            match from {
                0 => out.push_back((Event::Text(text), range)),
                _ => push_text(out, &text, from..text.len(), source(&(from..text.len()))),
            }
        }
    }

    /// `**重要。**本文と**別**`: to CommonMark the second mark opens, because a letter follows it. It closes.
    fn unnested(
        &self,
        mut block: Vec<(Event<'a>, Range<usize>)>,
    ) -> Vec<(Event<'a>, Range<usize>)> {
        let mut open: Vec<(TagEnd, bool)> = Vec::new();
        for (event, range) in &mut block {
            match event {
                Event::Start(tag) => {
                    let is_strong = matches!(tag, Tag::Strong);
                    let is_inner = is_strong
                        && open.last().is_some_and(|(outer, _)| *outer == TagEnd::Strong)
                        && self.text[..range.start].chars().next_back().is_some_and(is_dense_sign)
                        && self.text[range.start + 2..].chars().next().is_some_and(is_dense);
                    open.push((tag.to_end(), is_inner));
                    if is_inner {
                        *event = Event::End(TagEnd::Strong);
                    }
                }
                Event::End(_) if open.pop().is_some_and(|(_, is_inner)| is_inner) => {
                    *event = Event::Start(Tag::Strong);
                }
                _ => {}
            }
        }
        block
    }

    fn joined(&self, block: &[(Event<'a>, Range<usize>)]) -> Joined {
        let mut joined = Joined::default();
        // The open emphases and links by number, and how many of those that are open show no text of the author's.
        let (mut open, mut count) = (vec![0], 0);
        let mut silent: Vec<bool> = Vec::new();
        for (index, (event, range)) in block.iter().enumerate() {
            match event {
                Event::Start(tag) => {
                    count += 1;
                    open.push(count);
                    let is_silent = match tag {
                        Tag::Image { .. } => true,
                        Tag::Link { link_type, .. } => matches!(
                            link_type,
                            LinkType::Autolink
                                | LinkType::Email
                                | LinkType::WikiLink { has_pothole: false }
                        ),
                        _ => false,
                    };
                    if is_silent && !silent.contains(&true) {
                        joined.text.push(ATOM);
                    }
                    silent.push(is_silent);
                }
                Event::End(_) => {
                    open.pop();
                    silent.pop();
                }
                _ if silent.contains(&true) => {}
                Event::Text(text) => {
                    let start = joined.text.len();
                    let inside = open.last().copied().unwrap_or_default();
                    joined.pieces.push(Piece { event: index, start, inside });
                    match text.len() == range.len() {
                        true if is_escaped(self.text, range.start) => {
                            let first = text.chars().next().filter(char::is_ascii);
                            joined.text.extend(first.map(|_| FIXED));
                            joined.text.push_str(&text[first.map_or(0, char::len_utf8)..]);
                        }
                        true => joined.text.push_str(text),
                        // A reference to a character.
                        false => joined.text.extend(
                            text.chars().map(|c| if c.is_ascii_punctuation() { FIXED } else { c }),
                        ),
                    }
                }
                Event::SoftBreak => {
                    joined.breaks.push((index, joined.text.len()));
                    joined.text.push('\n');
                }
                Event::HardBreak => joined.text.push('\n'),
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    joined.text.push(ATOM);
                }
                _ => {}
            }
        }
        joined
    }
}

fn push_text<'a>(
    out: &mut VecDeque<(Event<'a>, Range<usize>)>,
    text: &CowStr<'a>,
    part: Range<usize>,
    source: Range<usize>,
) {
    if part.is_empty() {
        return;
    }
    let part = match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[part]),
        text => CowStr::from(text[part].to_owned()),
    };
    out.push_back((Event::Text(part), source));
}

/// Whether the lines around a break are joined without a space.
fn is_joint(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(|before| after.is_some_and(|after| joins(before, after)))
}

/// The marks that stand in pairs: `==`, `~`, `^`, and `**` that CommonMark takes for no emphasis.
fn pairs<'a>(joined: &Joined, block: &[(Event<'a>, Range<usize>)]) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let bytes = joined.text.as_bytes();
    if memchr::memmem::find(bytes, b"==").is_some() {
        wide(joined, "==", &mut changes);
    }
    if memchr::memmem::find(bytes, b"**").is_some() {
        wide(joined, "**", &mut changes);
    }
    if memchr::memchr2(b'~', b'^', bytes).is_some() {
        narrow(joined, block, &mut changes);
    }
    changes
}

/// Whether a character is punctuation of Chinese or Japanese.
fn is_dense_sign(c: char) -> bool {
    is_dense(c) && !c.is_alphanumeric()
}

/// Marks of two signs around text.
fn wide(joined: &Joined, mark: &str, changes: &mut Vec<Change<'_>>) {
    let text = &*joined.text;
    let is_strong = mark == "**";
    let sign = mark.chars().next().unwrap_or_default();
    let mut open: Option<(usize, usize)> = None;
    for (at, _) in text.match_indices(mark) {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].chars().next();
        if before == Some(sign) || after == Some(sign) {
            open = None;
            continue;
        }
        let Some(piece) = joined.piece(at) else { continue };
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_dense(c));
        let is_blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        if let Some((start, inside)) = open
            && inside == piece.inside
            && !is_blank(before)
            && !is_word(after)
            && at > start + 2
        {
            // What CommonMark does not take for strong stands beside punctuation of Chinese or Japanese.
            let first = text[start + 2..].chars().next();
            let fits =
                !is_strong || before.is_some_and(is_dense_sign) || first.is_some_and(is_dense_sign);
            open = None;
            if fits {
                let [opens, closes] = match is_strong {
                    true => [Event::Start(Tag::Strong), Event::End(TagEnd::Strong)],
                    false => ["<mark>", "</mark>"].map(|tag| Event::InlineHtml(tag.into())),
                };
                changes.push(Change { range: start..start + 2, event: opens });
                changes.push(Change { range: at..at + 2, event: closes });
            }
        } else if !is_blank(after)
            && !is_word(before)
            && !after.is_some_and(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']'))
        {
            open = Some((at, piece.inside));
        }
    }
}

/// `~` and `^` around a few characters behind a letter, or a digit before `^`.
fn narrow(joined: &Joined, block: &[(Event<'_>, Range<usize>)], changes: &mut Vec<Change<'_>>) {
    let text = &*joined.text;
    let mut from = 0;
    while let Some(found) = text[from..].find(['~', '^']) {
        let start = from + found;
        from = start + 1;
        let sign = text.as_bytes()[start];
        let before = text[..start].chars().next_back().unwrap_or(' ');
        let fits = match sign {
            b'~' => before.is_alphabetic() || before == ')',
            _ => {
                // Behind `SO~4~` as well.
                let is_behind = changes.last().is_some_and(|change| change.range.end == start);
                is_behind || before.is_alphanumeric() || matches!(before, ')' | ']' | ATOM)
            }
        };
        let rest = &text[from..];
        let is_part = |c: char| {
            c.is_alphanumeric()
                || matches!(c, '+' | '-' | '−' | '.' | ',' | '(' | ')' | '/' | '*' | '′')
        };
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let closes = rest.as_bytes().get(length) == Some(&sign)
            && rest.as_bytes().get(length + 1) != Some(&sign);
        if !fits || !closes || length == 0 || rest[..length].chars().count() > 12 {
            continue;
        }
        let end = from + length;
        let [first, last] =
            [start, end].map(|at| joined.piece(at).map(|piece| (piece.event, piece.inside)));
        let (Some(first), Some(last)) = (first, last) else { continue };
        let is_text =
            block[first.0..=last.0].iter().all(|(event, _)| matches!(event, Event::Text(_)));
        if first.1 != last.1 || !is_text {
            continue;
        }
        let [opens, closes] = match sign {
            b'~' => [Event::Start(Tag::Subscript), Event::End(TagEnd::Subscript)],
            _ => [Event::Start(Tag::Superscript), Event::End(TagEnd::Superscript)],
        };
        changes.push(Change { range: start..from, event: opens });
        changes.push(Change { range: end..end + 1, event: closes });
        from = end + 1;
    }
}
