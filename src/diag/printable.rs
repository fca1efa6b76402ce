//! Text from a site's files, made safe for a terminal.
//!
//! Content comes from outsiders: an escape sequence in a title must not reach the terminal of the person who reads
//! about it. The JSON rendering needs none of this, because JSON has escapes of its own.

use std::borrow::Cow;

/// A text whose control and bidirectional characters are replaced by visible ones; line ends stay.
pub fn printable(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(&without_c1(text))
}

/// A printable text on one line.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// Replaces the control characters U+0080 to U+009F, which annotate-snippets lets through, by a dot of the same
/// length in bytes, so that spans of the text stay right.
pub(super) fn without_c1(text: &str) -> Cow<'_, str> {
    if text.contains(is_c1) { Cow::Owned(text.replace(is_c1, "·")) } else { Cow::Borrowed(text) }
}

fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::{one_line, without_c1};

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        for (text, expected) in [
            ("Gen Nakatani (中谷元)", "Gen Nakatani (中谷元)"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{9b}31mb", "a·31mb"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("two\nlines\r\n", "two lines␍ "),
        ] {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn offsets_stay_right() {
        let text = "é\u{85}x";
        assert_eq!(without_c1(text).len(), text.len());
    }
}
