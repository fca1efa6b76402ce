//! Sentences, set aside before serde_yaml reads a document, and put in their places after.
//!
//! Most of a front matter is prose: summaries, positions, answers, a sentence or two on a line of their own. The scanner
//! asks of every letter whether it begins or ends something, which took as long as all of Markdown. A line that surely
//! is one plain scalar is seen at a glance; serde_yaml then reads a sign in its place. A sign that does not come back as
//! a text of its own, because the line went on, or stood in a block of text, makes the document be read as it is.

use std::cell::RefCell;
use std::sync::Arc;

use memchr::memchr;

/// Begins the sign for a sentence; its number follows. A character for private use, which documents with one of their own
/// keep for themselves.
const SIGN: char = '\u{E000}';

/// Bytes from which on a sentence is set aside.
const LONG: usize = 24;

thread_local! {
    /// The sentences of the document that is being read, each with whether it was put in its place.
    static ASIDE: RefCell<Vec<(Arc<str>, bool)>> = const { RefCell::new(Vec::new()) };
}

/// Reads a document with `parse`, its sentences set aside. The document is to be
/// [simple](super::scan::is_simple).
pub(super) fn reading<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut sentences = Vec::new();
    let Some(short) = shortened(text, &mut sentences) else { return parse(text) };
    ASIDE.replace(sentences);
    let value = parse(&short);
    let whole = ASIDE.take().iter().all(|(_, placed)| *placed);
    if value.is_some() && whole { value } else { parse(text) }
}

/// The sentence that a text is the sign of.
pub(super) fn sentence(text: &str) -> Option<Arc<str>> {
    let number: usize = text.strip_prefix(SIGN)?.parse().ok()?;
    ASIDE.with_borrow_mut(|sentences| {
        let (sentence, placed) = sentences.get_mut(number)?;
        *placed = true;
        Some(sentence.clone())
    })
}

/// The document with signs, if it has sentences.
fn shortened(text: &str, sentences: &mut Vec<(Arc<str>, bool)>) -> Option<String> {
    // The first byte of the sign, and of no letter that is in use.
    if memchr(0xEE, text.as_bytes()).is_some() {
        return None;
    }
    let mut short = String::new();
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        match start(bare.as_bytes()) {
            Some(at) => {
                short.push_str(&line[..at]);
                short.push(SIGN);
                short.push_str(&sentences.len().to_string());
                short.push_str(&line[bare.len()..]);
                sentences.push((bare[at..].into(), false));
            }
            None => short.push_str(line),
        }
    }
    (!sentences.is_empty()).then_some(short)
}

/// Where the sentence of a line begins: behind a key, or the dash of an item.
fn start(line: &[u8]) -> Option<usize> {
    let spaces = |from: usize| line[from..].iter().take_while(|byte| **byte == b' ').count();
    let first = spaces(0);
    let mut at = first;
    while line[at..].starts_with(b"- ") {
        at += 2 + spaces(at + 2);
    }
    let key = line[at..].iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_');
    let key = key.count();
    if key > 0 && line[at + key..].starts_with(b": ") {
        at += key + 2;
    } else if at == first {
        return None;
    }
    let sentence = &line[at..];
    let (begins, ends) = (sentence.first()?, sentence.last()?);
    let is_whole =
        sentence.len() >= LONG && begins.is_ascii_alphabetic() && ends.is_ascii_graphic();
    // Many bytes are compared at once.
    let is_plain = || sentence.iter().fold(true, |all, byte| all & PLAIN[usize::from(*byte)]);
    (is_whole && memchr(b' ', sentence).is_some() && is_plain()).then_some(at)
}

/// What ends no plain scalar and begins nothing in one: there is no `:` and no `#` among it.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric()
            || byte >= 0x80
            || matches!(
                byte as u8,
                b' ' | b','
                    | b'.'
                    | b';'
                    | b'?'
                    | b'!'
                    | b'('
                    | b')'
                    | b'-'
                    | b'%'
                    | b'/'
                    | b'\''
                    | b'"'
            );
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::super::{Extra, OneOrMany, Text, scan};
    use super::{SIGN, reading, shortened};

    #[derive(Debug, Default, Clone, PartialEq, Deserialize)]
    #[serde(default)]
    struct Document {
        title: Option<Text>,
        summary: Option<Text>,
        points: Option<OneOrMany<Text>>,
        items: Option<Vec<Item>>,
        number: Option<u32>,
        extra: Option<Extra>,
    }

    #[derive(Debug, Default, Clone, PartialEq, Deserialize)]
    #[serde(default)]
    struct Item {
        q: Option<Text>,
        a: Option<Text>,
    }

    fn plainly(text: &str) -> Option<Document> {
        serde_yaml::from_str(text).ok()
    }

    #[test]
    fn sentences_on_lines_of_their_own_are_set_aside() {
        let text = "title: Who decides what\nsummary: A sentence, of more than a few words.\npoints:\n  - Another one, which is \"an item\" of a list\n  - a: The third, it's behind a key in an item\n  - https://example.org/a/long/address\n";
        let mut found = Vec::new();
        let short = shortened(text, &mut found).unwrap();
        let expected = format!(
            "title: Who decides what\nsummary: {SIGN}0\npoints:\n  - {SIGN}1\n  - a: {SIGN}2\n  - https://example.org/a/long/address\n"
        );
        assert_eq!(short, expected);
        assert_eq!(&*found[1].0, "Another one, which is \"an item\" of a list");
        for text in [
            "a: x\n",
            "a: A note: that is a mapping, or an error\n",
            "a: \u{E000}0\nb: Long enough to be one of them\n",
        ] {
            assert_eq!(shortened(text, &mut Vec::new()), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_that_goes_on_is_read_as_it_stands() {
        for (text, summary) in [
            (
                "summary: A sentence that is not yet whole\n  but goes on\n",
                "A sentence that is not yet whole but goes on",
            ),
            (
                "summary: |\n  q: A line within a block of text\n",
                "q: A line within a block of text\n",
            ),
            (
                "summary: >-\n  - An item within a block of text\n",
                "- An item within a block of text",
            ),
        ] {
            let read = reading(text, plainly).unwrap();
            assert_eq!(read.summary.as_deref(), Some(summary), "{text}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let value = "(A sentence that is long enough|It's “one” more; so, (why) not? Yes!|short|12|'quoted text of some length'|\\||>-|\\[a, b\\]|What: a mapping in a line of text|A long text with a sign \u{E000}0|a long one # with a comment|a long one that ends in spaces  |https://example.org/a/long/one|)";
        let before = "(title: |summary: |points: |points:|  - |- |items:|  - q: |    a: |  |    |number: |extra: |  other: |)";
        (before, value).prop_map(|(before, value)| format!("{before}{value}\n"))
    }

    proptest! {
        #[test]
        fn a_document_means_what_it_means_without(lines in prop::collection::vec(line(), 0..8)) {
            let text = lines.concat();
            if scan::is_simple(&text) {
                prop_assert_eq!(reading(&text, plainly), plainly(&text), "{}", text);
            }
        }
    }
}
