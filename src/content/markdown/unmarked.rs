//! Text without any mark of Markdown: most points, positions and answers of a front matter are no more than sentences.
//!
//! The parser makes room for a hundred elements before it reads the first letter, which costs more than reading a
//! sentence does. A text that surely means itself needs no parser.

use std::sync::Arc;

use crate::content::markup::{Inline, Markup};

use super::{Rendered, Shape};

/// The rendered text, if it is one line in which nothing can be a mark.
///
/// A false alarm costs time, never a result: such a text is then parsed.
pub(super) fn unmarked(text: &str, shape: Shape) -> Option<Rendered> {
    let bytes = text.as_bytes();
    let (first, last) = (bytes.first()?, bytes.last()?);
    let is_whole = first.is_ascii_alphabetic() && last.is_ascii_graphic();
    // Many bytes are compared at once.
    let is_plain = bytes.iter().fold(is_whole, |plain, byte| plain & PLAIN[usize::from(*byte)]);
    // Smart punctuation: `...` and `--`.
    let pairs = || bytes.iter().zip(&bytes[1..]);
    let is_pair = |(one, two): (&u8, &u8)| one == two && matches!(one, b'.' | b'-');
    if !is_plain || pairs().any(is_pair) {
        return None;
    }
    let (html, lead) = match shape {
        Shape::Body => return None,
        Shape::Block => (format!("<p>{text}</p>\n").into(), Inline::text(text)),
        Shape::Inline => (Arc::from(text), Inline::text(text)),
    };
    Some(Rendered { markup: Markup::html(html), lead, ..Rendered::default() })
}

/// Letters, digits, and the signs that stand for themselves in the midst of a line. Letters beyond ASCII are among them;
/// a quotation mark, which is set as one of two, is not.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric()
            || byte >= 0x80
            || matches!(
                byte as u8,
                b' ' | b',' | b'.' | b';' | b'?' | b'(' | b')' | b'-' | b'%' | b'/'
            );
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Anchors, Rules, Shape, Source, driver};
    use super::unmarked;
    use crate::base::SourcePath;

    fn parsed(text: &str, shape: Shape) -> super::Rendered {
        let path = SourcePath::new("content/articles/a.md");
        let source = Source { path: &path, trusted: false };
        driver::run(text, shape, &source, Rules::Ours, None).finish(&mut Anchors::default())
    }

    #[test]
    fn sentences_need_no_parser_and_marks_do() {
        for text in ["Yes.", "A plan (2026), half-done; 5 % of it, and/or Zoë’s?", "é"] {
            let by_hand = unmarked(text, Shape::Inline);
            assert_eq!(by_hand.is_some(), text != "é", "{text}");
        }
        for text in [
            "", "1. a", "- a", "a*b*", "a\nb", "a [[b]]", "it's", "a...", "a--b", "a ", "a & b",
            "a:b",
        ] {
            assert_eq!(unmarked(text, Shape::Inline), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_means_what_the_parser_says(
            text in prop_oneof!["[a-zA-Z][a-zA-Z0-9 ,.;?()%/-]{0,40}", "[a-z]\\PC{0,12}", "[a-z][ .-]{0,6}\\PC{0,3}"],
        ) {
            for shape in [Shape::Block, Shape::Inline] {
                if let Some(rendered) = unmarked(&text, shape) {
                    prop_assert_eq!(rendered, parsed(&text, shape));
                }
            }
        }
    }
}
