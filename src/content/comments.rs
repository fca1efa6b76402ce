//! Comments: what an author writes between `<!--` and `-->` never reaches a reader.

use std::borrow::Cow;

use memchr::memmem;
use serde_json::Value;

/// Begins a comment.
pub const START: &str = "<!--";

/// Ends a comment, wherever it stands.
pub const END: &str = "-->";

/// The place behind the comment that begins at an offset; `None` when it has no end. `<!-->` and `<!--->` are whole
/// comments, as in HTML.
pub fn comment_end(text: &str, start: usize) -> Option<usize> {
    let inside = start + START.len() - "--".len();
    Some(inside + text.get(inside..)?.find(END)? + END.len())
}

/// Whether a text has a comment, or the beginning of one.
pub fn has_comment(text: &str) -> bool {
    memmem::find(text.as_bytes(), START.as_bytes()).is_some()
}

/// Why a comment does not end where its author thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentFault {
    /// It has no end. The place is that of its [`START`].
    Unclosed(usize),
    /// It has another inside, and so ends too early. The place is that of the [`END`] that is left over.
    Early(usize),
}

/// The first comment of a text that does not end where its author thought. The text is not Markdown.
pub fn fault(text: &str) -> Option<CommentFault> {
    let mut at = 0;
    let find = |mark: &str, from: usize| text[from..].find(mark).map(|found| from + found);
    while let Some(start) = find(START, at) {
        let Some(end) = comment_end(text, start) else {
            return Some(CommentFault::Unclosed(start));
        };
        at = end;
        if text[start + START.len()..end.max(start + START.len())].contains(START)
            && let Some(left) = find(END, end)
            && find(START, end).is_none_or(|next| left < next)
            && !text[end..left].trim().is_empty()
        {
            return Some(CommentFault::Early(left));
        }
    }
    None
}

/// A text that is not Markdown, without its comments. Of the spaces around one, those before it stay. All behind a comment
/// that has no end is gone.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if !has_comment(text) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find(START).map(|found| at + found) {
        push(&mut kept, &text[at..start]);
        match comment_end(text, start) {
            Some(end) => at = end,
            None => return Cow::Owned(kept),
        }
    }
    push(&mut kept, &text[at..]);
    Cow::Owned(kept)
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
    if !kept.is_empty() && ["<", "<!", "<!-"].iter().any(|start| kept.ends_with(start)) {
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
            assert_eq!(fault(text), open.map(CommentFault::Unclosed), "{text}");
        }
        assert_eq!(fault("<!-- a <!-- b --> c --> d"), Some(CommentFault::Early(20)));
        assert_eq!(fault("<!-- a <!-- b --> --> d"), None);
        assert_eq!(amount("a <!-- é\n", 2), "6 characters");
        assert_eq!(amount("a <!-- b\nc\n\n", 2), "2 lines (8 characters)");
    }
}
