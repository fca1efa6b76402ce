//! A glance at the bytes: may serde_yaml read this document alone?

use memchr::memchr2;

/// Levels of nesting that a document may have.
pub(super) const MAX_DEPTH: usize = 32;

/// Columns of indentation up to which [`is_simple`] vouches for the depth.
///
/// A level takes at least one column, or none for a list that stands in its key's column: 12 columns hold at most
/// 24 levels, and [`MAX_FLOW`] flow levels are the rest of [`MAX_DEPTH`].
const MAX_COLUMN: usize = 12;
const MAX_FLOW: usize = MAX_DEPTH - 2 * MAX_COLUMN;

/// Whether a document surely has no anchors, aliases, tags, merge keys or complex keys, is not nested too deeply, and
/// has nothing that the two YAML parsers take differently: control characters, or brackets and quotes that go on over
/// several lines, of which only one parser asks to be indented.
///
/// A false alarm costs time, never a result: the document is then read by the slow path.
pub(super) fn is_simple(text: &str) -> bool {
    !has_odd_character(text.as_bytes())
        && text.split('\n').all(|line| is_simple_line(line.as_bytes()))
}

/// Control characters, the line ends of YAML 1.1 (NEL, LS and PS), and the byte-order mark.
fn has_odd_character(text: &[u8]) -> bool {
    // Chunks are read whole, so that many bytes are compared at once.
    let is_plain = |chunk: &[u8]| {
        chunk
            .iter()
            .fold(true, |plain, byte| plain & (matches!(byte, b' '..=b'~') | (*byte == b'\n')))
    };
    let mut chunks = text.chunks(64).enumerate().filter(|(_, chunk)| !is_plain(chunk));
    chunks.any(|(number, chunk)| {
        let start = number * 64;
        (start..start + chunk.len()).any(|at| is_odd(text, at))
    })
}

fn is_odd(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'\n' => false,
        0x7f | ..=0x1f => true,
        0xc2 => matches!(text.get(at + 1), Some(0x80..=0x9f)),
        0xe2 => matches!(text.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        0xef => matches!(text.get(at + 1..at + 3), Some([0xbb, 0xbf] | [0xbf, _])),
        _ => false,
    }
}

fn is_simple_line(line: &[u8]) -> bool {
    let (content, dashes) = margin(line);
    match line.get(content) {
        None | Some(b'#') => return content <= MAX_COLUMN,
        Some(b'%') if content == 0 => return false,
        // A value on a line without its key.
        Some(b'"' | b'\'' | b'[' | b'{' | b'>' | b'|') if !dashes => return false,
        Some(_) if content > MAX_COLUMN => return false,
        Some(_) => {}
    }
    let mut at = content;
    let mut open = 0;
    // Whether a token may start here: at the line's start, or after an indicator and spaces.
    let mut token = true;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'&' | b'*' | b'!' | b'?' if token => return false,
            b'<' if token && line.get(at + 1) == Some(&b'<') => return false,
            b'"' | b'\'' if token => match quote_end(line, at) {
                Some(end) => at = end,
                None => return false,
            },
            b'[' | b'{' if token || open > 0 => open += 1,
            b']' | b'}' if open > 0 => open -= 1,
            // A comment without a space before it, and a dash that is no number.
            b'#' if at > 0 && is_closing(line[at - 1]) => return false,
            b'-' if token && open > 0 && !line.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                return false;
            }
            _ => {}
        }
        let indicator = match byte {
            b':' | b'[' | b'{' => true,
            b',' => open > 0,
            _ => false,
        };
        token = indicator || (token && byte == b' ');
        if open > MAX_FLOW {
            return false;
        }
        at += 1;
        if !token && open == 0 {
            // In the midst of plain text nothing else begins anything.
            at += memchr2(b':', b'#', &line[at.min(line.len())..]).unwrap_or(line.len());
        }
    }
    open == 0
}

/// The column where a line's content begins, after its indentation and dashes, and whether there were dashes.
fn margin(line: &[u8]) -> (usize, bool) {
    let spaces = |from: usize| line[from..].iter().take_while(|byte| **byte == b' ').count();
    let mut content = spaces(0);
    let mut dashes = false;
    while line[content..].starts_with(b"- ") {
        dashes = true;
        content += 2 + spaces(content + 2);
    }
    (content, dashes)
}

/// Whether a token can end in this byte after which a `#` is no part of it.
fn is_closing(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b']' | b'}' | b'|' | b'>' | b'+' | b'-' | b'0'..=b'9')
}

/// The closing quote of the quoted scalar that begins at a place.
fn quote_end(line: &[u8], start: usize) -> Option<usize> {
    let quote = line[start];
    let mut at = start + 1;
    loop {
        match (*line.get(at)?, line.get(at + 1)) {
            (b'\\', _) if quote == b'"' => at += 2,
            (b'\'', Some(b'\'')) if quote == b'\'' => at += 2,
            (byte, _) if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_simple;

    #[test]
    fn plain_documents_are_simple() {
        for text in [
            "",
            "title: Japan & the \"US\"! *not* a sign\n",
            "players:\n  - player: japan\n    position: R&D, 3 * 5\n",
            "a: [x, {b: c, 'd': \"e\\\"\"}]\nb: 日本 é, [x\n# it's\n",
        ] {
            assert!(is_simple(text), "{text:?}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        for text in [
            "a: &x 1",
            "a: *x",
            "*x",
            "- !tag a",
            "a: [b, *x]",
            "<<: {}",
            "? a",
            "%YAML 1.2",
            "\ta: b",
            "a:\rb",
            "a: \u{85}",
            "a: \u{2028}",
            "# a\u{2028}b: c",
            "a: '\u{85}'",
            "a: \u{feff}",
            "a: [[[[[[[[[1]]]]]]]]]",
            "a: [b,\n  c]",
            "a: 'b\n  c'",
            "a: \"b\\\"\n  c\"",
            "a:\n>\n  b",
            "a: 'b'# c",
            "a: [-, b]",
            "              a: b",
            "- - - - - - - a",
        ] {
            assert!(!is_simple(text), "{text:?}");
        }
    }
}
