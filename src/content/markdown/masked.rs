//! A text as the parser reads it: comments are overwritten before blocks are parsed.
//!
//! CommonMark ends a comment where its block ends, and shows the rest. Here a comment ends at `-->`, and a note (`%%`) at
//! the next `%%`, wherever that is, so each is overwritten before the text is parsed, byte for byte: every place stays what it is in the file. Only code
//! shows comments. What is code the parser says, of a part of the text at a time: a comment may hide what would be code
//! behind it, and then the part is read again from the block that holds it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::Options;

use crate::base::Signs;
use crate::content::comments::{
    self, END, NOTE, NextMark, START, amount, is_behind_digit, is_between_figures, may_be_note,
};
use crate::diag::{Code, Diagnostic};

use super::brackets;
use super::colons;
use super::raw::strip_comments;
use super::seen::{Seen, Shown};

/// How much of a text is parsed at first to find out what is code there.
const PART: usize = 16 * 1024;

/// Stands before a comment that begins a block: what follows it is a paragraph, not raw HTML.
pub(super) const LEAD: char = '\u{1}';

/// A text of the same length without what its comments said.
#[derive(Debug)]
pub(super) struct Masked<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// Where the comments were, in order.
    pub(super) hidden: Vec<Range<usize>>,
    /// Comments that do not end, or end too early.
    pub(super) problems: Vec<Diagnostic<Range<usize>>>,
    /// Whether the text has a mark of comments, even one that is code.
    pub(super) has_marks: bool,
    /// Whether brackets in the texts of links, or colons, are overwritten, too.
    pub(super) has_signs: bool,
}

impl<'a> Masked<'a> {
    /// A text that is read as it is.
    pub(super) fn whole(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            hidden: Vec::new(),
            problems: Vec::new(),
            has_marks: false,
            has_signs: false,
        }
    }

    /// Whether a comment was in a part of the text.
    pub(super) fn hides_in(&self, range: &Range<usize>) -> bool {
        self.last_hidden(range).is_some()
    }

    /// The last comment that was in a part of the text, with all or some of it.
    pub(super) fn last_hidden(&self, range: &Range<usize>) -> Option<&Range<usize>> {
        let before = self.hidden.partition_point(|hidden| hidden.start < range.end);
        let last = self.hidden.get(before.checked_sub(1)?)?;
        (last.end > range.start).then_some(last)
    }

    /// What the parser made of a part of the text, without what stands for comments there.
    pub(super) fn clean<'t>(&self, found: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        if !self.hides_in(range) {
            return self.shown(found);
        }
        let kept = strip_comments(found).html.replace(LEAD, "");
        Cow::Owned(self.shown(&kept).into_owned())
    }

    /// Text with the brackets and colons that were overwritten.
    pub(super) fn shown<'t>(&self, found: &'t str) -> Cow<'t, str> {
        if self.has_signs { brackets::shown(found) } else { Cow::Borrowed(found) }
    }

    /// What the parser took for a destination, a title or a name, without comments.
    pub(super) fn attribute<'t>(&self, found: &'t str) -> Cow<'t, str> {
        match self.hidden.is_empty() || !(found.contains(START) || found.contains(LEAD)) {
            true => self.shown(found),
            false => {
                let text = strip_comments(found).html.replace(LEAD, "");
                Cow::Owned(self.shown(text.trim()).into_owned())
            }
        }
    }
}

/// Overwrites what the parser is not to see of a text: comments, brackets that are a link's text, and colons that
/// define nothing. What scripts of a `trusted` text say is theirs but for comments of HTML.
pub(super) fn mask(text: &str, options: Options, trusted: bool) -> Masked<'_> {
    let signs = Signs::of(text);
    let mut masked = match signs.any(b"<%") {
        true => without_comments(text, options, trusted),
        false => Masked::whole(text),
    };
    if signs.any(b":") {
        masked.has_signs = colons::hide(&mut masked.text, options);
    }
    if signs.any(b"[") {
        masked.has_signs |= brackets::hide(&mut masked.text, options);
    }
    masked
}

/// Overwrites the comments of a text.
fn without_comments(text: &str, options: Options, trusted: bool) -> Masked<'_> {
    let (mut opens, mut notes) = (NextMark::new(START), NextMark::new(NOTE));
    let found = [opens.from(text, 0), notes.from(text, 0)];
    let Some(first) = found.into_iter().flatten().min() else { return Masked::whole(text) };
    let mut masking = Masking {
        text,
        bytes: text.as_bytes().to_vec(),
        options,
        trusted,
        hidden: Vec::new(),
        problems: Vec::new(),
        opens,
        closes: NextMark::new(END),
        notes,
        note_ends: NextMark::new(NOTE),
        // No author's text needs so many readings.
        budget: 24 * text.len() + 256 * PART,
    };
    masking.run(first);
    // A comment begins and ends between characters, and what stands for it is ASCII.
    let text = String::from_utf8(masking.bytes).unwrap_or_default();
    Masked {
        text: Cow::Owned(text),
        hidden: masking.hidden,
        problems: masking.problems,
        has_marks: true,
        has_signs: false,
    }
}

struct Masking<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    options: Options,
    trusted: bool,
    hidden: Vec<Range<usize>>,
    problems: Vec<Diagnostic<Range<usize>>>,
    opens: NextMark,
    closes: NextMark,
    notes: NextMark,
    note_ends: NextMark,
    /// How many bytes may still be parsed.
    budget: usize,
}

/// What stands in place of a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filler {
    /// A comment without text: the parser knows where one may stand.
    Comment,
    /// [`LEAD`], then such a comment.
    Lead,
    /// Spaces, at the end of a line: they make no cell, and what stands before them stays the last thing of its line.
    Spaces,
}

/// How far the comments of a part are decided.
enum Decided {
    /// There are no more.
    All,
    /// The next one may be outside of what is known.
    Known,
    /// The comment that was overwritten last may have changed what is code behind it.
    Changed(usize),
}

impl Masking<'_> {
    fn run(&mut self, first: usize) {
        let (mut from, mut size, mut at) = (0_usize, PART, first);
        loop {
            let end = self.line_end(from.saturating_add(size));
            match self.budget.checked_sub(end - from) {
                Some(left) => self.budget = left,
                None => return self.give_up(at),
            }
            let Ok(part) = std::str::from_utf8(&self.bytes[from..end]) else {
                return self.give_up(at);
            };
            let seen = Seen::of(part, from, self.options);
            // The last block of a part may go on behind the part.
            let known = if end == self.bytes.len() { end } else { seen.last_block() };
            match self.decide(&seen, known, &mut at) {
                Decided::All => return,
                Decided::Changed(comment) => from = seen.block_of(comment).start,
                Decided::Known if known > from => (from, size) = (known, PART),
                Decided::Known => size *= 2,
            }
        }
    }

    /// Overwrites the comments from an offset on, up to one that may change what is code behind it.
    fn decide(&mut self, seen: &Seen, known: usize, at: &mut usize) -> Decided {
        loop {
            let Some((start, is_note)) = self.next_start(*at) else { return Decided::All };
            *at = start;
            if start >= known {
                return Decided::Known;
            }
            let mark = if is_note { NOTE } else { START };
            let inside = start + mark.len();
            let html = seen.html_at(start);
            if is_note && self.trusted && html.is_some_and(|html| html.is_script) {
                *at = inside;
                continue;
            }
            if let Some(code) = seen.code_at(start) {
                if !is_note {
                    self.check_code(seen, code, start);
                }
                *at = inside;
                continue;
            }
            if html.is_none() && is_escaped(self.text, start) {
                *at = inside;
                continue;
            }
            let end = match is_note {
                true => self.note_end(start),
                // `<!-->` and `<!--->` are whole comments.
                false => self.closes.from(self.text, inside - 2).map(|end| end + END.len()),
            };
            let Some(end) = end else {
                if is_note && is_behind_digit(self.text, start) {
                    *at = inside;
                    continue;
                }
                self.never_closed(start, mark);
                return Decided::All;
            };
            self.check_end(start..end, is_note);
            *at = end;
            let in_block = html.is_some_and(|html| html.is_block);
            let begins_block = html.is_some_and(|html| html.is_block && html.range.start == start);
            let filler = match self.ends_line(end) {
                _ if is_note && !in_block => self.filler_of_note(start..end),
                false if begins_block => Filler::Lead,
                true if !in_block && !self.begins_line(start) => Filler::Spaces,
                _ => Filler::Comment,
            };
            self.fill(start..end, filler);
            // Where the parser read the comment as one too, nothing changes.
            let is_known =
                !is_note && html.is_some_and(|html| end <= html.range.end && !html.ends_at_mark);
            let may_change = html.is_some_and(|html| html.ends_at_mark)
                || self.text[inside..end].contains(['\n', '`', '~'])
                // To the parser a note was text.
                || (is_note && (self.text[inside..end].contains('<') || self.begins_line(start)));
            if filler == Filler::Lead || (!is_known && may_change) {
                return Decided::Changed(start);
            }
        }
    }

    /// Where a note ends.
    fn note_end(&mut self, start: usize) -> Option<usize> {
        let end = self.note_ends.from(self.text, start + NOTE.len())? + NOTE.len();
        may_be_note(self.text, start..end).then_some(end)
    }

    /// What stands for a note, which the parser took for text.
    fn filler_of_note(&self, note: Range<usize>) -> Filler {
        let line = memchr::memrchr(b'\n', &self.bytes[..note.start]).map_or(0, |end| end + 1);
        let before = &self.text[line..note.start];
        let is_block = before.trim_matches([' ', '\t', '>']).is_empty();
        if self.ends_line(note.end) {
            return match is_block {
                false => Filler::Spaces,
                true if self.may_end_above(line) => Filler::Comment,
                true => Filler::Lead,
            };
        }
        let marks = before.trim_start_matches([' ', '\t', '>']);
        let marks = match marks.strip_prefix("[^").and_then(|name| name.split_once("]:")) {
            Some((_, behind)) => behind,
            None => marks,
        };
        let is_mark = |c: char| c.is_ascii_digit() || " \t>*+-.):[]xX#_".contains(c);
        if marks.chars().all(is_mark) { Filler::Lead } else { Filler::Comment }
    }

    /// Where the next comment begins, and whether it is a note.
    fn next_start(&mut self, at: usize) -> Option<(usize, bool)> {
        let html = self.opens.from(self.text, at);
        let note = self.notes.from(self.text, at);
        match note.filter(|note| html.is_none_or(|html| *note < html)) {
            Some(note) => Some((note, true)),
            None => html.map(|html| (html, false)),
        }
    }

    fn fill(&mut self, range: Range<usize>, filler: Filler) {
        self.hidden.push(range.clone());
        let mut bytes = &mut self.bytes[range];
        match filler {
            Filler::Spaces => return bytes.fill(b' '),
            Filler::Lead => {
                bytes[0] = LEAD as u8;
                bytes = &mut bytes[1..];
            }
            Filler::Comment => {}
        }
        let len = bytes.len();
        match len {
            // Less than a comment, behind the lead or at the end of a text.
            0..5 => bytes.fill(LEAD as u8),
            5 => bytes.copy_from_slice(b"<!-->"),
            6 => bytes.copy_from_slice(b"<!--->"),
            _ => {
                bytes.fill(b'x');
                bytes[..START.len()].copy_from_slice(START.as_bytes());
                bytes[len - END.len()..].copy_from_slice(END.as_bytes());
            }
        }
    }

    /// Hides all that a comment without an end would hide.
    fn never_closed(&mut self, start: usize, mark: &str) {
        let amount = amount(self.text, start);
        self.problem(
            Code::CommentEnd,
            start,
            mark,
            format!("the comment is never closed: {amount} would be lost"),
            match mark {
                NOTE => "close it with `%%`, or write `\\%%` to show the characters",
                _ => "close it with `-->`, or write `&lt;!--` to show the characters",
            },
        );
        self.fill(start..self.text.len(), Filler::Comment);
    }

    /// Hides the rest of a text in which comments and code cannot be told apart in reasonable time.
    fn give_up(&mut self, at: usize) {
        let Some((start, is_note)) = self.next_start(at) else { return };
        self.problem(
            Code::CommentEnd,
            start,
            if is_note { NOTE } else { START },
            "the text has too many comments that cut through its blocks".into(),
            "close each comment in the block that it begins in",
        );
        self.fill(start..self.text.len(), Filler::Comment);
    }

    /// Reports a comment that ends before its author thought.
    fn check_end(&mut self, comment: Range<usize>, is_note: bool) {
        let Range { start, end } = comment;
        if is_note && is_between_figures(self.text, &comment) {
            let (message, help) = (comments::FIGURES.into(), comments::FIGURES_HELP);
            self.problem(Code::CommentEnd, start, NOTE, message, help);
        }
        let inside = start + if is_note { NOTE.len() } else { START.len() };
        let inner = self.opens.from(self.text, inside).filter(|inner| *inner < end);
        let next = self.opens.from(self.text, end);
        let again = self.closes.from(self.text, end);
        let again = again.filter(|again| next.is_none_or(|next| *again < next));
        if let Some(again) = again
            && (inner.is_some() || self.stands_alone(again))
            && !self.text[end..again].trim().is_empty()
        {
            let (message, help) = (comments::EARLY.into(), comments::EARLY_HELP);
            self.problem(Code::CommentEnd, again, END, message, help);
        } else if is_note {
            // What a note hides of comments is hidden.
        } else if let Some(inner) = inner {
            let amount = amount(&self.text[..end], start);
            self.problem(
                Code::NestedComment,
                inner,
                START,
                format!("a comment begins inside another, which hides {amount}"),
                "close the first with `-->` before this one, or take this `<!--` out",
            );
        }
    }

    /// Reports code that shows the beginning of a comment that ends outside of the code.
    fn check_code(&mut self, seen: &Seen, (code, shown): (&Range<usize>, Shown), start: usize) {
        let inside = start + START.len();
        let Some(close) = self.closes.from(self.text, inside) else { return };
        let is_apart = self.opens.from(self.text, inside).is_some_and(|next| next < close);
        let goes_on = match shown {
            Shown::Fence => false,
            Shown::Indent => true,
            Shown::Span => seen.block_of(start).contains(&close) && seen.code_at(close).is_none(),
        };
        if close >= code.end && !is_apart && goes_on {
            self.problem(
                Code::CommentEnd,
                start,
                START,
                "this `<!--` is shown as code, and its `-->` is outside of the code".into(),
                "to hide the text, begin the comment before the code; to show it, end it in the code",
            );
        }
    }

    fn problem(&mut self, code: Code, at: usize, mark: &str, message: String, help: &str) {
        self.problems.push(Diagnostic::new(code, at..at + mark.len(), message).help(help));
    }

    /// The end of the line that an offset stands in.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map(|found| at + found + 1);
        end.unwrap_or(self.bytes.len())
    }

    /// Whether nothing but a few comments stands behind an offset in its line.
    fn ends_line(&self, mut at: usize) -> bool {
        for _ in 0..8 {
            let rest = self.text[at..].trim_start_matches([' ', '\t']);
            at = self.text.len() - rest.len();
            if rest.is_empty() || rest.starts_with('\n') {
                return true;
            }
            // One that is long, or goes over lines, is asked about by itself.
            let near = &rest.as_bytes()[..rest.len().min(1024)];
            let line = memchr::memchr(b'\n', near).map_or(near, |end| &near[..end]);
            let inside = line.strip_prefix(START.as_bytes()).map(|_| &line[2..]);
            match inside.and_then(|inside| memmem::find(inside, END.as_bytes())) {
                Some(end) => at += 2 + end + END.len(),
                None => return false,
            }
        }
        false
    }

    /// Whether the line before the one that begins at an offset is blank, a row of a table, or there is none.
    fn may_end_above(&self, line: usize) -> bool {
        let above = self.text[..line].strip_suffix('\n').unwrap_or_default();
        let above = above.rsplit('\n').next().unwrap_or_default();
        let above = above.trim_matches([' ', '\t', '>']);
        above.is_empty() || above.starts_with('|')
    }

    /// Whether nothing but space stands before an offset in its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '\t', '>']);
        before.is_empty() || before.ends_with('\n')
    }

    /// Whether a mark is the only thing in its line.
    fn stands_alone(&self, at: usize) -> bool {
        let rest = self.text[at + END.len()..].trim_start_matches([' ', '\t']);
        self.begins_line(at) && (rest.is_empty() || rest.starts_with('\n'))
    }
}

/// Whether a backslash takes its meaning from a character.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}
