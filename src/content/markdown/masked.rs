//! A text as the parser reads it: comments are overwritten before blocks are parsed.
//!
//! CommonMark ends a comment where its block ends, and shows the rest. Here a comment ends at `-->`, wherever that is, so
//! each is overwritten before the text is parsed, byte for byte: every place stays what it is in the file. Only code
//! shows comments. What is code the parser says, of a part of the text at a time: a comment may hide what would be code
//! behind it, and then the part is read again from the block that holds it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::Options;

use crate::content::comments::{END, START, amount};
use crate::diag::{Code, Diagnostic};

use super::brackets;
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
    /// Whether brackets in the texts of links are overwritten, too.
    pub(super) has_brackets: bool,
}

impl<'a> Masked<'a> {
    /// A text that is read as it is.
    pub(super) fn whole(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            hidden: Vec::new(),
            problems: Vec::new(),
            has_brackets: false,
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

    /// Text with the brackets that were overwritten.
    pub(super) fn shown<'t>(&self, found: &'t str) -> Cow<'t, str> {
        if self.has_brackets { brackets::shown(found) } else { Cow::Borrowed(found) }
    }

    /// What the parser took for a destination, a title or a name, without comments.
    pub(super) fn attribute<'t>(&self, found: &'t str) -> Cow<'t, str> {
        match self.hidden.is_empty() || !found.contains(START) {
            true => Cow::Borrowed(found),
            false => Cow::Owned(strip_comments(found).html.trim().to_owned()),
        }
    }
}

/// Overwrites what the parser is not to see of a text: comments, and brackets that are a link's text.
pub(super) fn mask(text: &str, options: Options) -> Masked<'_> {
    let mut masked = without_comments(text, options);
    masked.has_brackets = brackets::hide(&mut masked.text, options);
    masked
}

/// Overwrites the comments of a text.
fn without_comments(text: &str, options: Options) -> Masked<'_> {
    let Some(first) = memmem::find(text.as_bytes(), START.as_bytes()) else {
        return Masked::whole(text);
    };
    let mut masking = Masking {
        text,
        bytes: text.as_bytes().to_vec(),
        options,
        hidden: Vec::new(),
        problems: Vec::new(),
        opens: Next { mark: START, found: Some(0) },
        closes: Next { mark: END, found: Some(0) },
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
        has_brackets: false,
    }
}

/// The next place of a mark. Asked for offsets that grow, it searches the text once.
struct Next {
    mark: &'static str,
    found: Option<usize>,
}

impl Next {
    fn from(&mut self, text: &str, at: usize) -> Option<usize> {
        if self.found.is_some_and(|found| found < at || found == 0) {
            let rest = text.as_bytes().get(at..).unwrap_or_default();
            self.found = memmem::find(rest, self.mark.as_bytes()).map(|found| at + found);
        }
        self.found
    }
}

struct Masking<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    options: Options,
    hidden: Vec<Range<usize>>,
    problems: Vec<Diagnostic<Range<usize>>>,
    opens: Next,
    closes: Next,
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
            let Some(start) = self.opens.from(self.text, *at) else { return Decided::All };
            *at = start;
            if start >= known {
                return Decided::Known;
            }
            let inside = start + START.len();
            if let Some(code) = seen.code_at(start) {
                self.check_code(seen, code, start);
                *at = inside;
                continue;
            }
            let html = seen.html_at(start);
            if html.is_none() && is_escaped(self.text, start) {
                *at = inside;
                continue;
            }
            // `<!-->` and `<!--->` are whole comments.
            let Some(end) = self.closes.from(self.text, inside - 2) else {
                self.never_closed(start);
                return Decided::All;
            };
            let end = end + END.len();
            self.check_end(start, end);
            *at = end;
            let in_block = html.is_some_and(|html| html.is_block);
            let begins_block = html.is_some_and(|html| html.is_block && html.range.start == start);
            let filler = match self.ends_line(end) {
                false if begins_block => Filler::Lead,
                true if !in_block && !self.begins_line(start) => Filler::Spaces,
                _ => Filler::Comment,
            };
            self.fill(start..end, filler);
            // Where the parser read the comment as one too, nothing changes.
            let is_known = html.is_some_and(|html| end <= html.range.end && !html.ends_at_mark);
            let may_change = html.is_some_and(|html| html.ends_at_mark)
                || self.text[inside..end].contains(['\n', '`', '~']);
            if filler == Filler::Lead || (!is_known && may_change) {
                return Decided::Changed(start);
            }
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
    fn never_closed(&mut self, start: usize) {
        let amount = amount(self.text, start);
        self.problem(
            Code::CommentEnd,
            start,
            START,
            format!("the comment is never closed: {amount} would be lost"),
            "close it with `-->`, or write `&lt;!--` to show the characters",
        );
        self.fill(start..self.text.len(), Filler::Comment);
    }

    /// Hides the rest of a text in which comments and code cannot be told apart in reasonable time.
    fn give_up(&mut self, at: usize) {
        let Some(start) = self.opens.from(self.text, at) else { return };
        self.problem(
            Code::CommentEnd,
            start,
            START,
            "the text has too many comments that cut through its blocks".into(),
            "close each comment in the block that it begins in",
        );
        self.fill(start..self.text.len(), Filler::Comment);
    }

    /// Reports a comment that ends before its author thought.
    fn check_end(&mut self, start: usize, end: usize) {
        let inner = self.opens.from(self.text, start + START.len()).filter(|inner| *inner < end);
        let next = self.opens.from(self.text, end);
        let again = self.closes.from(self.text, end);
        let again = again.filter(|again| next.is_none_or(|next| *again < next));
        if let Some(again) = again
            && (inner.is_some() || self.stands_alone(again))
            && !self.text[end..again].trim().is_empty()
        {
            self.problem(
                Code::CommentEnd,
                again,
                END,
                "this `-->` closes no comment: what stands before it is shown to readers".into(),
                "a comment ends at its first `-->`: take the inner `<!--` and `-->` out",
            );
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
