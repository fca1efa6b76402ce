//! Headings, fences, definitions, and what is empty.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::base::html::Tag;
use crate::content::markdown::Shape;
use crate::diag::{Code, Diagnostic};

use super::Finding;

/// So many characters of text above a line of hyphens are a paragraph that lacks an empty line.
const LONG_HEADING: usize = 80;

/// From so many words on a heading that ends in a full stop is a sentence.
const SENTENCE: usize = 6;

/// Abbreviations that a heading may end in, without their full stop.
const ABBREVIATIONS: [&str; 14] = [
    "inc", "etc", "corp", "ltd", "vs", "bros", "dept", "est", "misc", "assoc", "min", "max",
    "approx", "intl",
];

/// Looks at a block of code: whether its last line is its own fence.
pub(super) fn fence(text: &str, range: &Range<usize>, kind: &CodeBlockKind<'_>) -> Option<Finding> {
    let CodeBlockKind::Fenced(_) = kind else { return None };
    let source = &text[range.clone()];
    let mark = source.chars().find(|c| matches!(c, '`' | '~'))?;
    let open = source.find(mark)?;
    let count = source[open..].chars().take_while(|c| *c == mark).count();
    let first = source.find('\n').unwrap_or(source.len());
    let bare = |line: &str| line.trim_matches(['>', ' ', '\t', '\n']).to_owned();
    let is_fence = |line: &str, mark: char, least: usize| {
        line.chars().count() >= least && line.chars().all(|c| c == mark)
    };
    let body = source[first..].trim_end_matches(['\n', ' ', '\t', '>']);
    let last = bare(body.rsplit('\n').next().unwrap_or_default());
    if !body.is_empty() && is_fence(&last, mark, count) {
        return None;
    }
    let other = if mark == '`' { '~' } else { '`' };
    let fence: String = std::iter::repeat_n(mark, count).collect();
    let named = match mark {
        '`' => format!("{count} backticks"),
        _ => format!("{count} tildes"),
    };
    let opening = range.start + open..range.start + source[..first].trim_end().len();
    let mut at = range.start + first;
    for line in source[first..].split_inclusive('\n') {
        let (start, inner) = (at, bare(line));
        at += line.len();
        if !is_fence(&inner, other, 3) && !is_fence(&inner, mark, 3) {
            continue;
        }
        let start = start + line.find(inner.as_str()).unwrap_or(0);
        let place = start..start + inner.len();
        let message = format!("the line does not close the code that {named} open");
        return Some(
            Diagnostic::new(Code::UnclosedFence, place.clone(), message)
                .help(format!("write {named} here"))
                .fix(place, fence)
                .related("the code begins here", opening),
        );
    }
    let lines = source[first..].trim().lines().count();
    let message = match lines {
        0 | 1 => "the code is never closed".to_owned(),
        lines => format!("the code is never closed: {lines} lines are shown as code"),
    };
    Some(
        Diagnostic::new(Code::UnclosedFence, opening, message)
            .help(format!("write a line of {named} after the last line of the code")),
    )
}

/// Looks at a heading with text.
pub(super) fn heading(text: &str, range: &Range<usize>, shape: Shape) -> Option<Finding> {
    let source = text[range.clone()].trim_end();
    match source.trim_start().starts_with('#') {
        true => atx(source, range.start),
        false => underlined(source, range.start, shape),
    }
}

/// A heading after number signs.
fn atx(source: &str, start: usize) -> Option<Finding> {
    let body = source.trim_end_matches(['#', ' ', '\t']);
    let body = match body.ends_with('}') {
        true => body[..body.rfind('{').unwrap_or(body.len())].trim_end(),
        false => body,
    };
    if !ends_in_stop(body) || words(body) < SENTENCE {
        return None;
    }
    let at = start + body.len();
    let stop = body.chars().next_back().map_or(1, char::len_utf8);
    Some(
        Diagnostic::new(
            Code::AccidentalBlock,
            at - stop..at,
            "the heading ends in a full stop, as a sentence of the text does",
        )
        .help("take the full stop out, or the `#` before it if it is no heading"),
    )
}

/// A heading above a line of hyphens or equals signs.
fn underlined(source: &str, start: usize, shape: Shape) -> Option<Finding> {
    let (title, line) = source.rsplit_once('\n')?;
    let underline = line.trim_matches([' ', '\t', '>']);
    let mark = underline.chars().next().filter(|c| matches!(c, '-' | '='))?;
    let at = start + source.len() - line.len() + line.find(mark)?;
    let place = at..at + underline.len();
    let title = title.trim_end();
    let ends_in = |marks: &[char]| title.ends_with(marks);
    let length = visible(title);
    // Who draws a line as long as the text means a heading.
    let is_drawn = underline.len() >= 8 || (underline.len() >= 5 && 2 * underline.len() >= length);
    let is_question = ends_in(&['?', '？']) && underline.len() == 3;
    let is_text = title.contains('\n')
        || (!is_drawn
            && (length > LONG_HEADING || ends_in(&[',', ';', ':']) || ends_in_stop(title)))
        || (is_question && shape == Shape::Block);
    if !is_text && underline.len() > 2 {
        return None;
    }
    let lines = title.lines().count();
    let amount = if lines > 1 { format!("{lines} lines") } else { "the text".into() };
    let message = format!("`{underline}` makes a heading of {amount} above it");
    let found = Diagnostic::new(Code::AccidentalBlock, place.clone(), message);
    if underline.len() < 3 {
        return Some(found.help(format!(
            "take `{underline}` out, or write `## ` before the text if it is a heading"
        )));
    }
    let found = found.help("leave the line above it empty, or write `## ` before a heading");
    // In a quote or a list a line begins with other signs.
    let is_plain = line.trim_start() == line && mark == '-';
    Some(if is_plain { found.fix(at..at, "\n") } else { found })
}

/// How many characters of a source readers see, as far as links make the difference.
fn visible(source: &str) -> usize {
    let hidden = source.split("](").skip(1).map(|part| part.find(')').map_or(0, |end| end + 2));
    source.chars().count().saturating_sub(hidden.sum())
}

/// Whether a text ends as a sentence does, and not in an abbreviation.
fn ends_in_stop(text: &str) -> bool {
    if text.ends_with('。') {
        return true;
    }
    let Some(body) = text.strip_suffix('.') else { return false };
    let word = body.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2
        && !word.contains('.')
        && word.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_numeric())
        && !ABBREVIATIONS.contains(&&*word.to_lowercase())
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
}

/// A heading without text.
pub(super) fn empty_heading(text: &str, range: &Range<usize>) -> Finding {
    Diagnostic::new(Code::EmptyElement, trimmed(text, range), "the heading has no text")
        .help("write its text, or take it out")
}

/// A link without text.
pub(super) fn empty_link(text: &str, range: &Range<usize>) -> Finding {
    Diagnostic::new(Code::EmptyElement, trimmed(text, range), "the link has no text to follow")
        .help("write what it leads to between the brackets")
}

/// An item of a list without text.
pub(super) fn empty_item(text: &str, range: &Range<usize>) -> Option<Finding> {
    let place = trimmed(text, range);
    (!place.is_empty()).then(|| {
        Diagnostic::new(Code::EmptyElement, place, "the list item has no text")
            .help("write its text, or take it out")
    })
}

/// The line of a definition list that begins with a colon, if it was meant as the rest of its paragraph. `term` is what
/// stands above.
pub(super) fn definition(text: &str, term: &str, range: &Range<usize>) -> Option<Finding> {
    let source = &text[range.clone()];
    let colon = range.start + source.find(':')?;
    let body = text[colon + 1..range.end].trim_start();
    let is_quotation = body.starts_with(['«', '»', '“', '„', '"', '「']);
    let is_text = term.chars().count() > LONG_HEADING || term.contains('\n');
    (is_text || is_quotation).then(|| {
        Diagnostic::new(
            Code::AccidentalBlock,
            colon..colon + 1,
            "the line is a definition of what stands above it: its colon is not shown",
        )
        .help("write `\\:`, or move the colon to the end of the line above")
        .fix(colon..colon, "\\")
    })
}

/// Pictures of raw HTML that have no text alternative; `alt=""` says that a picture is decorative.
pub(super) fn pictures_without_alt(html: &str, range: &Range<usize>, text: &str) -> Vec<Finding> {
    let is_verbatim = text[range.start..].starts_with(html);
    let mut found = Vec::new();
    let mut behind = 0;
    for (at, _) in html.match_indices('<') {
        // What stands in a tag is none.
        if at < behind {
            continue;
        }
        let (name, mut tag) = Tag::open(html, at + 1);
        if !name.eq_ignore_ascii_case("img") {
            continue;
        }
        let has_alt = tag.by_ref().any(|attribute| attribute.name.eq_ignore_ascii_case("alt"));
        if has_alt {
            tag.by_ref().for_each(drop);
            behind = tag.at;
            continue;
        }
        behind = tag.at;
        let place = match is_verbatim {
            true => range.start + at..range.start + tag.at,
            false => trimmed(text, range),
        };
        found.push(
            Diagnostic::new(Code::EmptyElement, place, "the picture has no text alternative")
                .help("write what it shows as `alt=\"…\"`, or `alt=\"\"` if it only decorates"),
        );
    }
    found
}

fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..(range.start + part.trim_end().len()).max(start)
}
