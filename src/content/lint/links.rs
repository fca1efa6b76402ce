//! Links that are none, and definitions that no link uses.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::{self, Finder};
use pulldown_cmark::RefDefs;
use rustc_hash::FxHashSet;

use crate::base::{MOST_SUGGESTED, nearest};
use crate::content::web::{is_address, whole_url};
use crate::diag::{Code, Diagnostic};

use super::Finding;
use super::leaf::Leaf;

/// So many brackets of one block are looked at: no paragraph has as many links.
const MOST: usize = 500;

/// How far apart the two ends of a link's text may stand, in bytes.
const LONGEST_TEXT: usize = 600;

/// How far apart the two ends of a destination may stand, in bytes.
const LONGEST_DESTINATION: usize = 1200;

/// Looks for links that are text. Puts labels that nothing defines into `unknown`.
pub(super) fn leaf(leaf: &Leaf<'_>, findings: &mut Vec<Finding>, unknown: &mut Vec<Range<usize>>) {
    let whole = leaf.range();
    let mut at = whole.start;
    let mut looked_at = 0;
    while let Some(found) = memchr(b']', &leaf.text.as_bytes()[at..whole.end]) {
        let close = at + found;
        at = close + 1;
        let is_near = leaf.text[at..].starts_with([' ', '(', '[', '\n', '（', '\u{a0}']);
        if !is_near || !leaf.is_text(close) {
            continue;
        }
        looked_at += 1;
        if looked_at > MOST {
            return;
        }
        let after = &leaf.text[close + 1..whole.end];
        if after.starts_with('[') {
            unknown.extend(label(leaf, close));
        } else if let Some(found) = with_destination(leaf, close, after) {
            findings.push(found);
        }
    }
    wiki(leaf, findings);
    let mut at = whole.start;
    while let Some(found) = memchr(b')', &leaf.text.as_bytes()[at..whole.end]) {
        let close = at + found;
        at = close + 1;
        if leaf.text[at..whole.end].starts_with('[') && leaf.is_text(close) {
            looked_at += 1;
            if looked_at > MOST {
                return;
            }
            findings.extend(reversed(leaf, close));
        }
    }
}

/// `[text] (destination)` and its like, whose text ends at `close`; `after` is the rest of the block.
fn with_destination(leaf: &Leaf<'_>, close: usize, after: &str) -> Option<Finding> {
    let gap = after.len() - after.trim_start_matches([' ', '\t', '\n', '\u{a0}', '>']).len();
    let paren = after[gap..].chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let open = close + 1 + gap;
    let inside = open + paren.len_utf8();
    let end = leaf.text.floor_char_boundary(leaf.range().end.min(inside + LONGEST_DESTINATION));
    let rest = &leaf.text[inside..end.max(inside)];
    let start = opening(leaf, close)?;
    let text = &leaf.text[start + 1..close];
    if text.trim().is_empty() {
        return None;
    }
    let Some(end) = closing(rest) else {
        let url = rest.split_whitespace().next().unwrap_or_default();
        // Only where nothing stands between: who writes on has a parenthesis in mind.
        let is_open = gap == 0 && paren == '(' && is_address(url) && !is_foreign(url);
        let place = start..inside + url.len();
        return is_open.then(|| {
            Diagnostic::new(
                Code::MalformedLink,
                place,
                "the link is shown as text: its parenthesis is never closed",
            )
            .help(format!("write `[{}]({url})`", shown(text)))
        });
    };
    let inner = &rest[..end];
    if is_foreign(inner) {
        return None;
    }
    let close_paren = rest[end..].chars().next().map_or(1, char::len_utf8);
    let place = start..inside + end + close_paren;
    let (url, title) = destination(inner);
    let is_apart = gap > 0;
    if !url.contains(char::is_whitespace) && (is_apart || paren == '（') {
        let is_link = match is_apart {
            true => is_address(url) && !is_note(text),
            false => is_address(url) || whole_url(url).is_some(),
        };
        // In the next line only what cannot be a remark.
        let is_near = !after[..gap].contains('\n') || url.contains("://");
        if !is_link || !is_near {
            return None;
        }
        let (message, from) = match is_apart {
            true => ("the link is shown as text: a space stands before its parenthesis", close + 1),
            false => ("the link is shown as text: its parentheses are full-width", open),
        };
        let whole = format!("({}{title})", with_scheme(url));
        return Some(
            Diagnostic::new(Code::MalformedLink, place.clone(), message)
                .help(format!("write `[{}]{}`", shown(text), shown(&whole)))
                .fix(from..place.end, whole),
        );
    }
    if is_apart || paren != '(' {
        return None;
    }
    let first = url.split_whitespace().next().unwrap_or_default();
    if !(is_address(first) || is_path(url)) {
        return None;
    }
    if url.contains('\n') {
        let message = "the link is shown as text: a line ends in its destination";
        return Some(
            Diagnostic::new(Code::MalformedLink, place, message)
                .help("write the destination in one line"),
        );
    }
    if url.contains(' ') && (first.contains("://") && url.split(' ').count() > 3) {
        let message = "the link is shown as text: other words stand behind its destination";
        return Some(
            Diagnostic::new(Code::MalformedLink, place, message)
                .help(format!("write `[{}]({first})`", shown(text))),
        );
    }
    let fixed = match url.contains(char::is_whitespace) {
        true => {
            format!("({}{title})", url.split_whitespace().collect::<Vec<_>>().join("%20"))
        }
        false => return None,
    };
    Some(
        Diagnostic::new(
            Code::MalformedLink,
            place.clone(),
            "the link is shown as text: its destination has a space",
        )
        .help(format!("write `[{}]{}`", shown(text), shown(&fixed)))
        .fix(open..place.end, fixed),
    )
}

/// `(destination)[text]`, whose destination ends at `close`.
fn reversed(leaf: &Leaf<'_>, close: usize) -> Option<Finding> {
    let whole = leaf.range();
    let from = close.saturating_sub(LONGEST_DESTINATION).max(whole.start);
    let from = leaf.text.ceil_char_boundary(from);
    let open = from + leaf.text[from..close].rfind('(')?;
    let url = &leaf.text[open + 1..close];
    let last = leaf.text.floor_char_boundary(whole.end.min(close + LONGEST_TEXT));
    let after = leaf.text.get(close + 2..last)?;
    let end = after.find([']', '['])?;
    let (text, rest) = (&after[..end], after[end..].strip_prefix(']')?);
    let is_link = is_address(url)
        && (url.contains("://") || url.starts_with("www.") || url.starts_with("mailto:"))
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with('^')
        && !rest.starts_with(['(', '['])
        && leaf.is_text(open);
    let place = open..close + 2 + end + 1;
    let fixed = format!("[{text}]({})", with_scheme(url));
    is_link.then(|| {
        Diagnostic::new(
            Code::MalformedLink,
            place.clone(),
            "the link is shown as text: its brackets and parentheses are swapped",
        )
        .help(format!("write `{}`", shown(&fixed)))
        .fix(place, fixed)
    })
}

/// `[https://example.org text]`, as in wikis.
fn wiki(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    static OPENING: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("[http"));
    let whole = leaf.range();
    for found in OPENING.find_iter(leaf.source().as_bytes()).take(MOST) {
        let open = whole.start + found;
        let end = leaf.text.floor_char_boundary(whole.end.min(open + LONGEST_TEXT));
        let Some(inner) = leaf.text[open + 1..end].split_once([']', '[', '\n']) else { continue };
        let (inner, _) = inner;
        let close = open + 1 + inner.len();
        let Some((url, text)) = inner.split_once(' ') else { continue };
        let is_link = url.contains("://")
            && is_address(url)
            && url.ends_with(|c: char| c.is_alphanumeric() || c == '/')
            && text.contains(char::is_alphabetic)
            && leaf.text[close..].starts_with(']')
            && !leaf.text[close + 1..].starts_with(['(', '['])
            && leaf.is_text(open)
            && leaf.is_text(close);
        if is_link {
            let fixed = format!("[{}]({url})", text.trim());
            let message = "the link is shown as text: it is written as in a wiki";
            findings.push(
                Diagnostic::new(Code::MalformedLink, open..close + 1, message)
                    .help(format!("write `{}`", shown(&fixed)))
                    .fix(open..close + 1, fixed),
            );
        }
    }
}

/// `<https://example.org|the text>`, as in Slack, with a space in the text: to the parser it is no link.
pub(super) fn piped(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let whole = leaf.range();
    for start in ["<http", "<mailto:"] {
        for found in memmem::find_iter(leaf.source().as_bytes(), start).take(MOST) {
            let open = whole.start + found;
            let end = leaf.text.floor_char_boundary(whole.end.min(open + LONGEST_TEXT));
            let Some(close) = memchr(b'>', &leaf.text.as_bytes()[open..end]) else { continue };
            let place = open..open + close + 1;
            if leaf.is_text(open) && leaf.is_text(open + close) {
                findings.extend(pipe(&leaf.text[place.clone()], place));
            }
        }
    }
}

/// An address between angle brackets that is one to the parser, with the text of a link of Slack's in it.
pub(super) fn autolink(text: &str, range: &Range<usize>) -> Option<Finding> {
    let source = &text[range.clone()];
    memchr(b'|', source.as_bytes()).and_then(|_| pipe(source, range.clone()))
}

/// `<address|text>`.
fn pipe(source: &str, place: Range<usize>) -> Option<Finding> {
    let inner = source.strip_prefix('<')?.strip_suffix('>')?;
    let (url, text) = inner.split_once('|')?;
    let text = text.trim();
    let is_link = is_address(url)
        && !url.contains(char::is_whitespace)
        && !text.is_empty()
        && !text.contains(['|', '<', '[', ']', '\n']);
    let fixed = format!("[{text}]({url})");
    is_link.then(|| {
        let message = "the text of the link stands in its address, as in Slack";
        Diagnostic::new(Code::MalformedLink, place.clone(), message)
            .help(format!("write `{}`", shown(&fixed)))
            .fix(place, fixed)
    })
}

/// The label of `[text][label]`, whose text ends at `close`.
fn label(leaf: &Leaf<'_>, close: usize) -> Option<Range<usize>> {
    let start = opening(leaf, close)?;
    let text = &leaf.text[start + 1..close];
    let from = close + 2;
    let last = leaf.text.floor_char_boundary(leaf.range().end.min(from + LONGEST_TEXT));
    let end = from + leaf.text.get(from..last)?.find([']', '['])?;
    let label = &leaf.text[from..end];
    // `a[1][2]` is an element of an array, and `[1][2]` are two citations.
    let is_index = leaf.text[..start].ends_with(|c: char| c.is_alphanumeric() || c == ']');
    let is_word = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_label = leaf.text[end..].starts_with(']')
        && !leaf.text[end + 1..].starts_with(['[', '('])
        && leaf.is_text(close + 1)
        && leaf.is_text(end)
        && is_word(text)
        && !text.starts_with(['^', '!'])
        && !label.starts_with('^')
        && (label.is_empty() || label.chars().any(char::is_alphanumeric));
    (is_label && !is_index).then_some(from..end)
}

/// Reports labels that nothing defines.
pub(super) fn unknown(
    text: &str,
    labels: &[Range<usize>],
    definitions: &RefDefs<'_>,
    findings: &mut Vec<Finding>,
) {
    let mut names: Vec<&str> = definitions.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    for (number, range) in labels.iter().enumerate() {
        let label = &text[range.clone()];
        let problem =
            |message: String| Diagnostic::new(Code::MalformedLink, range.clone(), message);
        if label.is_empty() {
            let message = "the link is shown as text: nothing says where it leads";
            findings.push(
                Diagnostic::new(Code::MalformedLink, range.start - 1..range.end + 1, message)
                    .help("write a destination in parentheses instead of `[]`"),
            );
            continue;
        }
        let found =
            problem(format!("the link is shown as text: nothing defines `{}`", shown(label)));
        findings.push(
            match Some(label)
                .filter(|_| number < MOST_SUGGESTED)
                .and_then(|label| nearest(label, names.iter().copied()))
            {
                Some(near) => {
                    found.help(format!("did you mean `{near}`?")).fix(range.clone(), near)
                }
                None => found.help(format!(
                    "write a line `[{}]: https://…`, or `[text](https://…)`",
                    shown(label)
                )),
            },
        );
    }
}

/// A label without what makes no difference between two: case, and how much space stands in it.
pub(super) fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Reports definitions that no link uses.
pub(super) fn unused(
    text: &str,
    used: &FxHashSet<String>,
    definitions: &RefDefs<'_>,
    findings: &mut Vec<Finding>,
) {
    for (label, definition) in definitions.iter() {
        let url = &*definition.dest;
        // What authors write for a comment, in other dialects.
        let is_comment = matches!(url, "#" | "") || label.starts_with("//") || label == "comment";
        if is_comment || used.contains(&key(label)) {
            continue;
        }
        let span = &definition.span;
        let source = &text[span.clone()];
        let start = span.start + (source.len() - source.trim_start().len());
        let place = start..(span.start + source.trim_end().len()).max(start);
        let is_word = url.chars().all(|c| c.is_alphabetic() || "’'.,!?-".contains(c));
        let found = match !is_word || is_address(url) || whole_url(url).is_some() {
            true => Diagnostic::new(
                Code::UnusedDefinition,
                place,
                format!("no link uses the definition `[{}]`", shown(label)),
            )
            .help(format!("write `[text][{}]` where it belongs, or remove it", shown(label))),
            false => Diagnostic::new(
                Code::UnusedDefinition,
                place.clone(),
                format!("the line is not shown: `[{}]:` defines a link", shown(label)),
            )
            .help(format!("to show it, write `\\[{}]:`", shown(label)))
            .fix(start..start, "\\"),
        };
        findings.push(found);
    }
}

/// Where the text begins that ends at `close`: its `[`.
fn opening(leaf: &Leaf<'_>, close: usize) -> Option<usize> {
    let from = close.saturating_sub(LONGEST_TEXT).max(leaf.range().start);
    let mut depth = 0_usize;
    for at in (from..close).rev() {
        match leaf.text.as_bytes()[at] {
            b']' if leaf.is_text(at) => depth += 1,
            b'[' if leaf.is_text(at) => match depth {
                0 => return Some(at),
                _ => depth -= 1,
            },
            _ => {}
        }
    }
    None
}

/// Where a destination ends that begins a text: its parenthesis.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some(at),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A destination and, with the space before it, the title behind it.
fn destination(inner: &str) -> (&str, String) {
    let inner = inner.trim();
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('”', '”'), ('„', '“')]
    {
        if let Some(body) = inner.strip_suffix(close)
            && let Some(at) = body.find(open)
            && body[..at].ends_with(char::is_whitespace)
        {
            let title = body[at + open.len_utf8()..].replace('"', "&quot;");
            return (body[..at].trim_end(), format!(" \"{title}\""));
        }
    }
    (inner, String::new())
}

/// A destination with the scheme that it lacks.
fn with_scheme(url: &str) -> Cow<'_, str> {
    match whole_url(url) {
        Some(whole) if !url.contains("://") => Cow::Owned(whole),
        _ => Cow::Borrowed(url),
    }
}

/// `[1]`, `[sic]`, `[a]`: what stands in brackets in a text that has no links.
fn is_note(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters < 2 || matches!(text, "sic" | "ibid" | "ibid.")
}

/// A path of this site, or a file beside the page: `/a b.pdf`, `my file.pdf`.
fn is_path(url: &str) -> bool {
    let file = url.rsplit('/').next().unwrap_or_default();
    let file = file.split(['?', '#']).next().unwrap_or_default();
    let is_file = file.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty()
            && (2..=5).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    is_file || url.starts_with('/')
}

/// What a template of another program would have filled in.
fn is_foreign(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// A text of the source as a message quotes it.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
