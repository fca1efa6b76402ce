//! Text from a site's files, made safe for a terminal.
//!
//! Content comes from outsiders: an escape sequence in a title must not reach the terminal of the person who reads
//! about it. The JSON rendering needs none of this, because JSON has escapes of its own.

use std::borrow::Cow;

/// A text whose control and bidirectional characters are replaced by visible ones; line ends stay.
pub fn printable(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(&visible(text))
}

/// A printable text on one line.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// Replaces the characters that steer a terminal or the order of its text, and that annotate-snippets lets through, by
/// signs of the same length in bytes, so that spans of the text stay right.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match (steers(c), c.len_utf8()) {
            (false, _) => visible.push(c),
            (true, 3) => visible.push(char::REPLACEMENT_CHARACTER),
            // The sign has two bytes.
            (true, length) => (0..length / 2).for_each(|_| visible.push('·')),
        }
    }
    Cow::Owned(visible)
}

/// Whether a character beyond ASCII is no text: a control character (U+0080 to U+009F are escape sequences for some
/// terminals), a mark or an override of the direction, a separator of lines, a tag.
pub(super) fn steers(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}'
        | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::{one_line, steers, visible};

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        for (text, expected) in [
            ("Gen Nakatani (中谷元)", "Gen Nakatani (中谷元)"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{9b}31mb", "a·31mb"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("a\u{200f}b\u{2067}c\u{2028}d", "a\u{fffd}b\u{fffd}c\u{fffd}d"),
            ("a\u{61c}b", "a·b"),
            ("a\u{feff}b\u{fffa}", "a\u{fffd}b\u{fffd}"),
            ("a\u{e0041}b", "a··b"),
            ("two\nlines\r\n", "two lines␍ "),
        ] {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn offsets_stay_right() {
        for c in (0..=0xE_0FFF).filter_map(char::from_u32).filter(|c| steers(*c)) {
            let text = format!("é{c}x");
            assert_eq!(visible(&text).len(), text.len(), "{c:?}");
            assert!(!one_line(&text).contains(c), "{c:?}");
        }
    }
}
