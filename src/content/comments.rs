//! Comments: what an author writes between `<!--` and `-->`, or between `%%` and `%%` as in Obsidian, never reaches a
//! reader.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};
use serde_json::Value;

/// Begins a comment of HTML.
pub const START: &str = "<!--";

/// Ends a comment of HTML, wherever it stands.
pub const END: &str = "-->";

/// Begins and ends a note.
pub const NOTE: &str = "%%";

/// What a report says of an [`END`] that is left over.
pub const EARLY: &str = "this `-->` closes no comment: what stands before it is shown to readers";

/// What an author can do about it.
pub const EARLY_HELP: &str =
    "a comment ends at its first `-->`: take the inner `<!--` and `-->` out";

/// What a report says of a note [between figures](is_between_figures).
pub const FIGURES: &str =
    "`%%` begins a hidden note, up to the next `%%`; both stand behind a figure";

/// What an author can do about it.
pub const FIGURES_HELP: &str =
    "for per cent write one `%`; to hide the text, write a space before each `%%`";

/// The place behind the comment of HTML that begins at an offset; `None` when it has no end. `<!-->` and `<!--->` are
/// whole comments, as in HTML.
pub fn comment_end(text: &str, start: usize) -> Option<usize> {
    let inside = start + START.len() - "--".len();
    Some(inside + text.get(inside..)?.find(END)? + END.len())
}

/// The place behind the note that begins at an offset; `None` when it has no end.
fn note_end(text: &str, start: usize) -> Option<usize> {
    let inside = start + NOTE.len();
    let end = inside + text.get(inside..)?.find(NOTE)? + NOTE.len();
    may_be_note(text, start..end).then_some(end)
}

/// Whether two marks make a note. Behind a digit, `100%%` is a slip for `100%` unless its paragraph has the other.
pub fn may_be_note(text: &str, marks: Range<usize>) -> bool {
    !is_behind_digit(text, marks.start) || !text[marks].contains("\n\n")
}

/// Whether a digit stands before an offset.
pub fn is_behind_digit(text: &str, at: usize) -> bool {
    at > 0 && text.as_bytes()[at - 1].is_ascii_digit()
}

/// Whether a note that begins and ends behind a digit may be text between two figures: `100%% of it, then 50%%`.
pub fn is_between_figures(text: &str, note: &Range<usize>) -> bool {
    is_behind_digit(text, note.start) && is_behind_digit(text, note.end - NOTE.len())
}

/// Whether a text has a comment, or the beginning of one.
pub fn has_comment(text: &str) -> bool {
    has(text, START) || has(text, NOTE)
}

fn has(text: &str, mark: &str) -> bool {
    let bytes = text.as_bytes();
    memchr(mark.as_bytes()[0], bytes).is_some() && memmem::find(bytes, mark.as_bytes()).is_some()
}

/// The next place of a mark. Asked for offsets that grow, it searches the text once.
#[derive(Debug)]
pub struct NextMark {
    mark: &'static str,
    found: Option<usize>,
    /// Whether it was asked for a place.
    is_asked: bool,
}

impl NextMark {
    /// That of a mark.
    pub fn new(mark: &'static str) -> Self {
        Self { mark, found: None, is_asked: false }
    }

    /// The first place that is not before an offset.
    pub fn from(&mut self, text: &str, at: usize) -> Option<usize> {
        if !std::mem::replace(&mut self.is_asked, true)
            || self.found.is_some_and(|found| found < at)
        {
            let rest = text.as_bytes().get(at..).unwrap_or_default();
            self.found = memmem::find(rest, self.mark.as_bytes()).map(|found| at + found);
        }
        self.found
    }
}

/// The comments of a text that is not Markdown, in order. The last may have no end, and then reaches to that of the text.
pub fn comments(text: &str) -> impl Iterator<Item = Comment> {
    let (mut opens, mut notes) = (NextMark::new(START), NextMark::new(NOTE));
    let mut at = 0;
    std::iter::from_fn(move || {
        let html = opens.from(text, at);
        let note = loop {
            let next = notes.from(text, at);
            let Some(start) = next.filter(|note| html.is_none_or(|html| *note < html)) else {
                break None;
            };
            match note_end(text, start) {
                None if is_behind_digit(text, start) => at = start + NOTE.len(),
                end => break Some(Comment::new(text, start, end, true)),
            }
        };
        let comment = match note {
            Some(note) => note,
            None => html.map(|start| Comment::new(text, start, comment_end(text, start), false))?,
        };
        at = comment.range.end;
        Some(comment)
    })
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// All of it, with its marks.
    pub range: Range<usize>,
    /// Whether it is a note, not a comment of HTML.
    pub is_note: bool,
    /// Whether a mark ends it.
    pub is_closed: bool,
}

impl Comment {
    fn new(text: &str, start: usize, end: Option<usize>, is_note: bool) -> Self {
        Self { range: start..end.unwrap_or(text.len()), is_note, is_closed: end.is_some() }
    }

    /// What begins it.
    pub fn mark(&self) -> &'static str {
        if self.is_note { NOTE } else { START }
    }

    /// What it says.
    pub fn inside<'t>(&self, text: &'t str) -> &'t str {
        let end = match (self.is_closed, self.is_note) {
            (false, _) => self.range.end,
            (true, true) => self.range.end - NOTE.len(),
            (true, false) => self.range.end - END.len(),
        };
        text.get(self.range.start + self.mark().len()..end).unwrap_or_default()
    }
}

/// Why a comment does not end where its author thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentFault {
    /// It has no end. The place is that of the mark that begins it, which is given.
    Unclosed(usize, &'static str),
    /// It has another inside, and so ends too early. The place is that of the [`END`] that is left over.
    Early(usize),
    /// It may be text between two figures. The place is that of the first [`NOTE`].
    Figures(usize),
}

/// The first comment of a text that does not end where its author thought. The text is not Markdown.
pub fn fault(text: &str) -> Option<CommentFault> {
    let find = |mark: &str, from: usize| text[from..].find(mark).map(|found| from + found);
    comments(text).find_map(|comment| {
        let Range { start, end } = comment.range;
        if !comment.is_closed {
            return Some(CommentFault::Unclosed(start, comment.mark()));
        }
        if comment.is_note && is_between_figures(text, &comment.range) {
            return Some(CommentFault::Figures(start));
        }
        let is_early = comment.inside(text).contains(START);
        let left = find(END, end).filter(|left| {
            is_early
                && find(START, end).is_none_or(|next| *left < next)
                && !text[end..*left].trim().is_empty()
        });
        left.map(CommentFault::Early)
    })
}

/// A text that is not Markdown, without its comments. Of the spaces around one, those before it stay. All behind a comment
/// that has no end is gone.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if !has_comment(text) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for comment in comments(text) {
        push(&mut kept, &text[at..comment.range.start]);
        at = comment.range.end;
        if !comment.is_closed {
            return Cow::Owned(kept);
        }
    }
    match at {
        0 => Cow::Borrowed(text),
        _ => {
            push(&mut kept, &text[at..]);
            Cow::Owned(kept)
        }
    }
}

/// A value without the comments in its texts and keys.
pub fn without_comments_inside(value: Value) -> Value {
    let clean = |text: String| match without_comments(&text) {
        Cow::Owned(kept) => kept.trim().to_owned(),
        Cow::Borrowed(_) => text,
    };
    match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(items) => items.into_iter().map(without_comments_inside).collect(),
        Value::Object(entries) => {
            let entry = |(key, value)| (clean(key), without_comments_inside(value));
            Value::Object(entries.into_iter().map(entry).collect())
        }
        value => value,
    }
}

/// Adds what stands behind a comment.
fn push(kept: &mut String, text: &str) {
    let text = match kept.is_empty() || kept.ends_with(char::is_whitespace) {
        true => text.trim_start(),
        false => text,
    };
    let is_mark = ["<", "<!", "<!-"].iter().any(|start| kept.ends_with(start))
        || (kept.ends_with('%') && text.starts_with('%'));
    if is_mark && !kept.is_empty() {
        // What stood on both sides of a comment must not become one.
        kept.push(' ');
    }
    kept.push_str(text);
}

/// How much of a text stands from an offset on, in words.
pub fn amount(text: &str, from: usize) -> String {
    let rest = text[from..].trim_end();
    match (rest.lines().count(), rest.chars().count()) {
        (0 | 1, 1) => "1 character".into(),
        (0 | 1, characters) => format!("{characters} characters"),
        (lines, characters) => format!("{lines} lines ({characters} characters)"),
    }
}

#[cfg(test)]
mod tests {
    use super::{CommentFault, amount, fault, without_comments};

    #[test]
    fn comments_are_taken_out_of_texts() {
        for (text, kept, open) in [
            ("a", "a", None),
            ("a <!-- b --> c", "a c", None),
            ("<!-- b -->a", "a", None),
            ("a<!-- b -->", "a", None),
            ("a <!-- b\n\n| -->", "a ", None),
            ("the<!-- b -->re<!---->by", "thereby", None),
            ("<!--> a <!---> b", "a b", None),
            ("a <!-- b --!> c", "a ", Some(2)),
            ("a <!-- b -- > c <!-- d --> e <!-- f", "a e ", Some(29)),
            ("a <!- - b", "a <!- - b", None),
            ("<!<!-- a -->-- b -->c", "<! -- b -->c", None),
            ("a <!-- <!-- b --> c", "a c", None),
            ("é<!--é", "é", Some(2)),
        ] {
            assert_eq!(without_comments(text), kept, "{text}");
            let unclosed = open.map(|at| CommentFault::Unclosed(at, "<!--"));
            assert_eq!(fault(text), unclosed, "{text}");
        }
        for (text, kept, fault_at) in [
            ("a %% b %% c", "a c", None),
            ("a%%b%%c %%%% d", "ac d", None),
            ("%%a\n\nb%% c", "c", None),
            ("a %% <!-- b %% c", "a c", None),
            ("a <!-- %% b --> c %%d%%", "a c ", None),
            ("by 100%% now", "by 100%% now", None),
            ("by 100%% <!-- b --> now", "by 100%% now", None),
            ("2024%%b%% c", "2024 c", None),
            ("2024%% 100%% c", "2024 c", Some(CommentFault::Figures(4))),
            ("a 50% %<!-- b -->% c", "a 50% % % c", None),
            ("a %% b", "a ", Some(CommentFault::Unclosed(2, "%%"))),
            ("a %% b %% c %% d", "a c ", Some(CommentFault::Unclosed(12, "%%"))),
            ("a %% <!-- b %% c --> d", "a c --> d", Some(CommentFault::Early(17))),
            ("100%% a\n\nb %% c %% d", "100%% a\n\nb d", None),
            ("5 % % 6", "5 % % 6", None),
        ] {
            assert_eq!(without_comments(text), kept, "{text}");
            assert_eq!(fault(text), fault_at, "{text}");
        }
        assert_eq!(fault("<!-- a <!-- b --> c --> d"), Some(CommentFault::Early(20)));
        assert_eq!(fault("<!-- a <!-- b --> --> d"), None);
        assert_eq!(amount("a <!-- é\n", 2), "6 characters");
        assert_eq!(amount("a <!-- b\nc\n\n", 2), "2 lines (8 characters)");
    }
}
