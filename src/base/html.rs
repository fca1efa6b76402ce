//! The lexical half of HTML: where a tag, a comment or a script ends, what the attributes are, what a character
//! reference means.
//!
//! Follows the tokeniser of the HTML standard, error recovery included, so that a `>` in a quoted value or a
//! forgotten quote means here what it means in a browser. It refuses nothing: any bytes are some page.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memmem};

/// The attributes of one tag, read one by one. Once `next` has returned `None`, [`Tag::at`] is behind the tag.
pub struct Tag<'a> {
    html: &'a str,
    /// The byte at which reading goes on.
    pub at: usize,
    /// How the tag ended, once it has.
    pub end: TagEnd,
}

/// How a tag ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagEnd {
    /// The page ended first: a browser drops such a tag.
    Missing,
    /// `>`
    Plain,
    /// `/>`
    SelfClosing,
}

/// One attribute as written: nothing is lower-cased or decoded yet.
pub struct Attribute<'a> {
    /// The name, in the case the page has.
    pub name: &'a str,
    /// The value without its quotes; empty when the attribute has none.
    pub value: &'a str,
    /// Where the value starts, in bytes from the start of the page.
    pub offset: usize,
}

impl<'a> Tag<'a> {
    /// Starts behind the name of the tag whose name starts at byte `open`; returns the name too.
    pub fn open(html: &'a str, open: usize) -> (&'a str, Self) {
        let ends = |byte| byte <= b'>' && (is_space(byte) || matches!(byte, b'/' | b'>'));
        let at = until(html.as_bytes(), open, ends);
        (&html[open..at], Self { html, at, end: TagEnd::Missing })
    }

    /// Reads what follows an attribute's name: its value and where that starts.
    fn value(&mut self) -> (&'a str, usize) {
        let bytes = self.html.as_bytes();
        let after_name = self.at;
        if bytes.get(self.at) != Some(&b'=') {
            self.at = until(bytes, self.at, |byte| !is_space(byte));
            if bytes.get(self.at) != Some(&b'=') {
                return ("", after_name);
            }
        }
        self.at += 1;
        if bytes.get(self.at) != Some(&b'"') {
            self.at = until(bytes, self.at, |byte| !is_space(byte));
        }
        match bytes.get(self.at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                let end = memchr(quote, &bytes[start..]).map_or(bytes.len(), |gap| start + gap);
                self.at = (end + 1).min(bytes.len());
                (&self.html[start..end], start)
            }
            _ => {
                let start = self.at;
                self.at = until(bytes, start, |byte| is_space(byte) || byte == b'>');
                (&self.html[start..self.at], start)
            }
        }
    }
}

impl<'a> Iterator for Tag<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.html.as_bytes();
        loop {
            match bytes.get(self.at)? {
                // Letters come first: they are what stands there most often.
                byte if *byte > b'>' => break,
                b'>' => {
                    self.at += 1;
                    self.end = TagEnd::Plain;
                    return None;
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    self.end = TagEnd::SelfClosing;
                    return None;
                }
                b'/' => self.at += 1,
                byte if is_space(*byte) => self.at += 1,
                _ => break,
            }
        }
        let start = self.at;
        // A `=` where a name should start is the first character of the name.
        let ends = |byte| byte <= b'>' && (is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        self.at = until(bytes, start + 1, ends);
        let name = &self.html[start..self.at];
        let (value, offset) = self.value();
        Some(Attribute { name, value, offset })
    }
}

/// The byte behind a comment whose text starts at `start`.
pub fn after_comment(html: &str, start: usize) -> usize {
    let text = &html[start..];
    let end = memchr_iter(b'>', text.as_bytes()).find(|end| {
        let comment = &text[..*end];
        // `<!-->` and `<!--->` are whole comments.
        matches!(comment, "" | "-") || comment.ends_with("--") || comment.ends_with("--!")
    });
    end.map_or(html.len(), |end| start + end + 1)
}

/// Where the text of an element ends whose content starts at `start` and cannot have elements of its own: at its
/// end tag, or with the page. For every other element, `start` itself.
pub fn text_end(html: &str, name: &str, start: usize) -> usize {
    let is = |element: &&str| name.eq_ignore_ascii_case(element);
    // Most elements are ruled out by the length of their name.
    if !matches!(name.len(), 3 | 5..=8) {
        return start;
    }
    if is(&"script") {
        return script_end(html.as_bytes(), start);
    }
    if !["style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"].iter().any(is) {
        return start;
    }
    let text = &html.as_bytes()[start..];
    let end = memmem::find_iter(text, "</").find(|end| names(&text[end + 2..], name));
    start + end.unwrap_or(text.len())
}

/// Where a script ends. One that hides a `<script>` in a comment may have its end tag there as well.
fn script_end(bytes: &[u8], start: usize) -> usize {
    #[derive(PartialEq)]
    enum In {
        Script,
        Comment,
        CommentedScript,
    }
    let mut state = In::Script;
    let mut at = start;
    while let Some(gap) = memchr2(b'<', b'-', &bytes[at..]) {
        at += gap;
        let rest = &bytes[at..];
        if rest.starts_with(b"-->") {
            state = In::Script;
        } else if rest.starts_with(b"<!--") && state == In::Script {
            state = In::Comment;
        } else if rest.starts_with(b"</") && names(&rest[2..], "script") {
            if state != In::CommentedScript {
                return at;
            }
            state = In::Comment;
        } else if state == In::Comment && rest[0] == b'<' && names(&rest[1..], "script") {
            state = In::CommentedScript;
        }
        at += 1;
    }
    bytes.len()
}

/// Whether a tag's text, from its name on, has this name.
fn names(tag: &[u8], name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && tag.get(name.len()).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
}

/// What HTML counts as space.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Replaces character references in an attribute's value.
///
/// Knows the numeric ones and the names that escaping produces; any other name stays as it is written.
pub fn decode(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = reference(rest).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

const NAMED: [(&str, char); 6] = [
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&apos;", '\''),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&nbsp;", '\u{a0}'),
];

/// The character that a text starting with `&` refers to, and how many bytes say so.
fn reference(text: &str) -> Option<(char, usize)> {
    let Some(number) = text.strip_prefix("&#") else {
        let (name, character) = NAMED.iter().find(|(name, _)| text.starts_with(name))?;
        return Some((*character, name.len()));
    };
    let (radix, digits) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, number),
    };
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    // A number too large for 32 bits is not a character either.
    let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let character = char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some((character, text.len() - digits.len() + length + semicolon))
}

/// The first byte from `at` on that satisfies the condition, or the end.
///
/// Every condition here is met by ASCII bytes only, or fails for ASCII bytes only, so the place found is always
/// the start of a character.
pub fn until(bytes: &[u8], at: usize, found: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| found(*byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn character_references() {
        for (value, expected) in [
            ("/a?x=1&amp;y=2", "/a?x=1&y=2"),
            ("&quot;&apos;&#39;&#x27;&#X27;&lt;&gt;", "\"''''<>"),
            ("&#233;&#xE9;&#x65e5;", "éé日"),
            ("&#233/&#xE9", "é/é"),
            ("&#;&#x;&#xg;&", "&#;&#x;&#xg;&"),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(decode(value), expected, "{value}");
        }
    }
}
