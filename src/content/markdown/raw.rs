//! Raw HTML in Markdown: comments never reach a page, whatever the trust.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::base::html::{self, TagEnd, text_end};
use crate::content::comments::{START, comment_end};

/// Raw HTML without its comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stripped<'a> {
    /// What is left.
    pub(super) html: Cow<'a, str>,
    /// Whether a comment is not closed; all after its start is gone.
    pub(super) unclosed: bool,
}

/// Removes comments.
pub(super) fn strip_comments(html: &str) -> Stripped<'_> {
    let Some(first) = html.find(START) else {
        return Stripped { html: Cow::Borrowed(html), unclosed: false };
    };
    let mut kept = html[..first].to_owned();
    let mut rest = &html[first..];
    loop {
        let Some(end) = comment_end(rest, 0) else {
            return Stripped { html: Cow::Owned(kept), unclosed: true };
        };
        rest = &rest[end..];
        if ["<", "<!", "<!-"].iter().any(|start| kept.ends_with(start)) {
            // What stood on both sides of a comment must not become one.
            kept.push(' ');
        }
        let next = rest.find(START).unwrap_or(rest.len());
        kept.push_str(&rest[..next]);
        rest = &rest[next..];
        if rest.is_empty() {
            return Stripped { html: Cow::Owned(kept), unclosed: false };
        }
    }
}

/// A part of raw HTML. Ranges are bytes of the HTML that was given.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::content) enum RawPart<'a> {
    /// Text that readers see.
    Text(Range<usize>),
    /// A tag.
    Tag(RawTag<'a>),
    /// What is neither: a script, a style sheet, a declaration.
    Other(Range<usize>),
}

/// A tag of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::content) struct RawTag<'a> {
    /// All of it.
    pub(in crate::content) range: Range<usize>,
    /// The element's name as written.
    pub(in crate::content) name: &'a str,
    /// Whether it is an end tag.
    pub(in crate::content) is_end: bool,
    /// Whether it is a start tag without an end tag, `<br/>`.
    pub(in crate::content) is_empty: bool,
    /// Its `id` attributes: each with the space before it, and its value.
    pub(in crate::content) ids: Vec<(Range<usize>, &'a str)>,
}

/// The parts of raw HTML without comments.
pub(in crate::content) fn parts(html: &str) -> Vec<RawPart<'_>> {
    let bytes = html.as_bytes();
    let mut parts = Vec::new();
    let (mut text, mut at) = (0, 0);
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|gap| at + gap) {
        let is_end = bytes.get(open + 1) == Some(&b'/');
        let name = open + 1 + usize::from(is_end);
        let part = match bytes.get(name) {
            Some(byte) if byte.is_ascii_alphabetic() => RawPart::Tag(tag(html, open, name)),
            byte if is_end || matches!(byte, Some(b'!' | b'?')) => RawPart::Other(
                open..memchr(b'>', &bytes[open..]).map_or(html.len(), |end| open + end + 1),
            ),
            _ => {
                at = name;
                continue;
            }
        };
        if text < open {
            parts.push(RawPart::Text(text..open));
        }
        let (RawPart::Text(range) | RawPart::Other(range) | RawPart::Tag(RawTag { range, .. })) =
            &part;
        at = range.end;
        let hidden = match &part {
            RawPart::Tag(tag) if !tag.is_end && !tag.is_empty => text_end(html, tag.name, at),
            _ => at,
        };
        parts.push(part);
        if at < hidden {
            parts.push(RawPart::Other(at..hidden));
        }
        (text, at) = (hidden, hidden);
    }
    if text < html.len() {
        parts.push(RawPart::Text(text..html.len()));
    }
    parts
}

fn tag(html: &str, open: usize, name: usize) -> RawTag<'_> {
    let (element, mut tag) = html::Tag::open(html, name);
    let mut ids = Vec::new();
    let mut before = tag.at;
    while let Some(attribute) = tag.next() {
        if attribute.name.eq_ignore_ascii_case("id") {
            ids.push((before..tag.at, attribute.value));
        }
        before = tag.at;
    }
    RawTag {
        range: open..tag.at,
        name: element,
        is_end: name > open + 1,
        is_empty: tag.end == TagEnd::SelfClosing,
        ids,
    }
}

#[cfg(test)]
mod tests {
    use super::{RawPart, parts, strip_comments};

    /// The parts of raw HTML as one line: `text`, `(other)`, `[tag|id=value]`.
    fn line(html: &str) -> String {
        let part = |part: &RawPart<'_>| match part {
            RawPart::Text(range) => html[range.clone()].to_owned(),
            RawPart::Other(range) => format!("({})", &html[range.clone()]),
            RawPart::Tag(tag) => {
                let mut kept = html[tag.range.clone()].to_owned();
                for (range, _) in tag.ids.iter().rev() {
                    let start = range.start - tag.range.start;
                    kept.replace_range(start..range.end - tag.range.start, "");
                }
                let ids: String = tag.ids.iter().map(|(_, id)| format!("|{id}")).collect();
                let name = format!("{}{}", if tag.is_end { "/" } else { "" }, tag.name);
                format!("[{name} {kept}{ids}]")
            }
        };
        parts(html).iter().map(part).collect()
    }

    #[test]
    fn parts_of_raw_html() {
        for (html, expected) in [
            ("<b>id=x</b>", "[b <b>]id=x[/b </b>]"),
            ("<a id=\"x\">", "[a <a>|x]"),
            ("<a ID = 'x' b>c", "[a <a b>|x]c"),
            ("<a\nb=\" id=y\" id=x>", "[a <a\nb=\" id=y\">|x]"),
            ("<a data-id=x/><b id>", "[a <a data-id=x/>][b <b>|]"),
            ("<a =id><a id=\"é", "[a <a =id>][a <a|é]"),
            ("<A title='>' id=x id=y>z", "[A <A title='>'>|x|y]z"),
            ("1 < 2 <3 > <!x y>z</ >", "1 < 2 <3 > (<!x y>)z(</ >)"),
            (
                "<script>'<p id=x>'</script><br id=y/>a",
                "[script <script>]('<p id=x>')[/script </script>][br <br>|y/]a",
            ),
            ("<style>a", "[style <style>](a)"),
        ] {
            assert_eq!(line(html), expected, "{html}");
        }
    }

    #[test]
    fn comments_go() {
        for (html, kept, unclosed) in [
            ("<b>", "<b>", false),
            ("<!-- a -->", "", false),
            ("a<!-- b\n -->c<!---->d", "acd", false),
            ("<!-->a<!--->b", "ab", false),
            ("a<!-- b --!>c", "a", true),
            ("<div>\n<!-- a", "<div>\n", true),
            ("<!<!-- a -->-- b -->c", "<! -- b -->c", false),
        ] {
            let found = strip_comments(html);
            assert_eq!((&*found.html, found.unclosed), (kept, unclosed), "{html}");
        }
    }
}
