//! From a file's bytes to the text that everything else sees, and from that to front matter and body.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::base::{Edit, LineIndex, SourcePath};
use crate::diag::{Code, Diagnostic, Span};

/// The most bytes that a content file may have.
pub const FILE_LIMIT: usize = 8 * 1024 * 1024;

/// The most bytes that a front matter may have.
pub const FRONT_MATTER_LIMIT: usize = 64 * 1024;

/// Decodes a file: a byte-order mark is dropped, CRLF becomes LF. Lines and columns stay as an editor shows them.
///
/// # Errors
/// `not-utf8` at the first byte that is not UTF-8, or at a NUL byte; `too-large`.
pub fn decode<'a>(path: &SourcePath, bytes: &'a [u8]) -> Result<Cow<'a, str>, Box<Diagnostic>> {
    if bytes.len() > FILE_LIMIT {
        let message = format!("the file has {} bytes, {FILE_LIMIT} are allowed", bytes.len());
        let diagnostic = Diagnostic::new(Code::TooLarge, Span::file(path.clone()), message)
            .help("split it into several pages");
        return Err(Box::new(diagnostic));
    }
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|error| not_text(path, bytes, error.valid_up_to(), "UTF-8"))?;
    // UTF-16 without its mark, or no text at all. HTML has no NUL, so nothing behind this has to expect one.
    match memchr(0, bytes) {
        Some(at) => Err(not_text(path, bytes, at, "text")),
        None => Ok(clean(text)),
    }
}

/// The problem of a byte; those before it are UTF-8.
fn not_text(path: &SourcePath, bytes: &[u8], at: usize, what: &str) -> Box<Diagnostic> {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let before = clean(&before);
    let index = LineIndex::new(&before);
    let span = Span::new(path.clone(), &index, before.len()..before.len());
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("byte 0x{byte:02X} at line {} is not {what}", span.start.line);
    let diagnostic = Diagnostic::new(Code::NotUtf8, span, message)
        .help("save the file as UTF-8; most editors have it under \"Save with encoding\"");
    Box::new(diagnostic)
}

fn clean(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// Makes changes to a file's decoded text in the file as it is: its byte-order mark and its line ends stay.
///
/// `edits` are sorted and do not overlap. Lines that they bring end as the file's first line does.
pub fn apply(file: &str, edits: &[Edit]) -> String {
    let mark = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let dos = file.find('\n').is_some_and(|at| file[..at].ends_with('\r'));
    let mut breaks = file[mark..].match_indices("\r\n").map(|(at, _)| at).enumerate().peekable();
    let mut dropped = 0;
    // Of the offsets in the decoded text, which come in order, the places in the file.
    let mut place = |offset: usize| {
        while breaks.next_if(|(before, at)| at - before < offset).is_some() {
            dropped += 1;
        }
        mark + offset + dropped
    };
    let mut out = String::with_capacity(file.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(&file[done..place(edit.start)]);
        match dos {
            true => out.push_str(&edit.text.replace('\n', "\r\n")),
            false => out.push_str(&edit.text),
        }
        done = place(edit.end);
    }
    out.push_str(&file[done..]);
    out
}

/// A file's two parts, as byte ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the `---` lines; none when the file has no front matter.
    pub front: Option<Range<usize>>,
    /// The Markdown.
    pub body: Range<usize>,
    /// The front matter is opened and never closed.
    pub unclosed: bool,
}

/// Splits front matter from body. Spaces after a `---` are fine.
pub fn split(text: &str) -> Parts {
    let whole = Parts { front: None, body: 0..text.len(), unclosed: false };
    let mut lines = Lines { text, at: 0 };
    match lines.next() {
        Some(first) if is_fence(&text[first.clone()]) => {}
        _ => return whole,
    }
    let start = lines.at;
    while let Some(line) = lines.next() {
        if is_fence(&text[line.clone()]) {
            return Parts {
                front: Some(start..line.start),
                body: lines.at..text.len(),
                unclosed: false,
            };
        }
    }
    Parts { body: text.len()..text.len(), unclosed: true, ..whole }
}

/// Whether a line opens or closes a front matter.
pub(super) fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_matches([' ', '\t']).is_empty())
}

/// The lines of a text as ranges without their line end.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::{apply, decode, split};
    use crate::base::{Edit, SourcePath};

    #[test]
    fn two_parts() {
        for (text, front, body) in [
            ("---\ntitle: x\n---\nbody\n", Some("title: x\n"), "body\n"),
            ("--- \ntitle: x\n---\t\nbody", Some("title: x\n"), "body"),
            ("---\n---\n", Some(""), ""),
            ("---\n---", Some(""), ""),
            ("no front", None, "no front"),
            ("", None, ""),
            ("----\na: b\n---\n", None, "----\na: b\n---\n"),
        ] {
            let parts = split(text);
            assert_eq!(parts.front.map(|range| &text[range]), front, "{text:?}");
            assert_eq!(&text[parts.body], body, "{text:?}");
            assert!(!parts.unclosed);
        }
        assert!(split("---\ntitle: x\n").unclosed);
    }

    #[test]
    fn marks_and_line_ends() {
        let path = SourcePath::new("content/x.md");
        let text = decode(&path, b"\xef\xbb\xbfa\r\nb").expect("valid UTF-8");
        assert_eq!(text, "a\nb");
        let error = decode(&path, b"a\r\n\xc3\xa9x\xe9").expect_err("not UTF-8");
        assert_eq!((error.span.start.line, error.span.start.column), (2, 3));
        assert_eq!(error.message, "byte 0xE9 at line 2 is not UTF-8");
        let error = decode(&path, b"a\r\nb\0c").expect_err("no text has a NUL");
        assert_eq!((error.span.start.line, error.span.start.column), (2, 2));
        assert_eq!(error.message, "byte 0x00 at line 2 is not text");
    }

    #[test]
    fn edits_keep_marks_and_line_ends() {
        for (file, range, text, expected) in [
            ("abc", 1..2, "x", "axc"),
            ("a\r\nbc\r\n", 2..3, "xy", "a\r\nxyc\r\n"),
            ("\u{feff}a\r\nb\nc\r\nd", 6..7, "x", "\u{feff}a\r\nb\nc\r\nx"),
            ("a\r\nb\r\n", 2..2, "n: m\n", "a\r\nn: m\r\nb\r\n"),
            ("a\r\nb\r\n", 1..1, "x", "ax\r\nb\r\n"),
            ("a\nb\r\n", 4..4, "c\n", "a\nb\r\nc\n"),
            ("é\r\nb", 3..4, "", "é\r\n"),
        ] {
            assert_eq!(apply(file, &[Edit::new(range, text)]), expected, "{file:?}");
        }
    }
}
