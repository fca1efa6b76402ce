//! Raw HTML in Markdown: comments never reach a page, whatever the trust.

use std::borrow::Cow;

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

/// A part of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// As it is.
    Html(&'a str),
    /// The value of an `id` attribute, which is cut out with the space before it.
    Id(&'a str),
}

/// Cuts the `id` attributes out of raw HTML without comments.
pub(super) fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(tag) = html[at..].find('<').map(|found| at + found + 1) {
        at = tag;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at += html[at..].find(is_name_end).unwrap_or(html.len() - at);
        while let Some(attribute) = Attribute::read(html, at) {
            if attribute.name.eq_ignore_ascii_case("id") {
                parts.push(Part::Html(&html[kept..at]));
                parts.push(Part::Id(attribute.value));
                kept = attribute.end;
            }
            at = attribute.end;
        }
    }
    parts.push(Part::Html(&html[kept..]));
    parts
}

struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    /// The offset behind it.
    end: usize,
}

impl<'a> Attribute<'a> {
    /// The attribute that begins at an offset, perhaps behind space; `None` at the end of the tag.
    fn read(html: &'a str, at: usize) -> Option<Self> {
        let rest = html[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let start = html.len() - rest.len();
        let len = rest.find(is_name_end).unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let name = &rest[..len];
        let valued = rest[len..].trim_start().strip_prefix('=').map(str::trim_start);
        let Some(valued) = valued else { return Some(Self { name, value: "", end: start + len }) };
        let value_start = html.len() - valued.len();
        if let Some(quote) = valued.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let value = &valued[1..];
            let len = value.find(quote).unwrap_or(value.len());
            let end = (value_start + len + 2).min(html.len());
            return Some(Self { name, value: &value[..len], end });
        }
        let len =
            valued.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(valued.len());
        Some(Self { name, value: &valued[..len], end: value_start + len })
    }
}

fn is_name_end(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, strip_comments};

    #[test]
    fn ids_are_cut_out() {
        let html = |text| Part::Html(text);
        for (text, expected) in [
            ("<b>id=x</b>", vec![html("<b>id=x</b>")]),
            ("<a id=\"x\">", vec![html("<a"), Part::Id("x"), html(">")]),
            ("<a ID = 'x' b>c", vec![html("<a"), Part::Id("x"), html(" b>c")]),
            ("<a\nb=\" id=y\" id=x>", vec![html("<a\nb=\" id=y\""), Part::Id("x"), html(">")]),
            ("<a data-id=x/><b id>", vec![html("<a data-id=x/><b"), Part::Id(""), html(">")]),
            ("<a =id><a id=\"é", vec![html("<a =id><a"), Part::Id("é"), html("")]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
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
