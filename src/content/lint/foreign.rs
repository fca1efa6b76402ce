//! Syntax of other programs, which readers would see.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use crate::diag::{Code, Diagnostic};

use super::embeds::instead_of_tag;
use super::leaf::Leaf;
use super::{Finding, OpenBlock};

/// No tag of another program, and no note, has more bytes.
const LONGEST: usize = 1000;

/// Emoji that authors write by name, each with its sign.
const EMOJI: [(&str, &str); 48] = [
    ("tada", "🎉"),
    ("rocket", "🚀"),
    ("warning", "⚠️"),
    ("smile", "😄"),
    ("smiley", "😃"),
    ("grin", "😁"),
    ("wink", "😉"),
    ("heart", "❤️"),
    ("star", "⭐"),
    ("fire", "🔥"),
    ("eyes", "👀"),
    ("wave", "👋"),
    ("clap", "👏"),
    ("pray", "🙏"),
    ("thumbsup", "👍"),
    ("thumbsdown", "👎"),
    ("+1", "👍"),
    ("-1", "👎"),
    ("ok_hand", "👌"),
    ("point_right", "👉"),
    ("point_left", "👈"),
    ("point_down", "👇"),
    ("point_up", "☝️"),
    ("bulb", "💡"),
    ("memo", "📝"),
    ("pencil", "📝"),
    ("pencil2", "✏️"),
    ("book", "📖"),
    ("books", "📚"),
    ("calendar", "📆"),
    ("chart_with_upwards_trend", "📈"),
    ("email", "✉️"),
    ("phone", "☎️"),
    ("link", "🔗"),
    ("lock", "🔒"),
    ("key", "🔑"),
    ("mag", "🔍"),
    ("computer", "💻"),
    ("white_check_mark", "✅"),
    ("heavy_check_mark", "✔️"),
    ("x", "❌"),
    ("question", "❓"),
    ("exclamation", "❗"),
    ("information_source", "ℹ️"),
    ("sparkles", "✨"),
    ("construction", "🚧"),
    ("arrow_right", "➡️"),
    ("us", "🇺🇸"),
];

/// Looks for syntax of other programs in a leaf block.
pub(super) fn leaf(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let bytes = leaf.text.as_bytes();
    let whole = leaf.range();
    if leaf.signs.any(b"{") {
        braces(leaf, findings);
    }
    if leaf.block == OpenBlock::Paragraph && has_admonition(leaf) {
        let admonition = |line: Range<usize>| admonition(&leaf.text[line.clone()], line.start);
        findings.extend(leaf.lines().find_map(admonition));
    }
    if leaf.signs.any(b"^") {
        for found in memchr_iter(b'^', &bytes[whole.clone()]) {
            findings.extend(note(leaf, whole.start + found));
        }
    }
    if leaf.source().len() <= "[[_TOC_]]".len() {
        findings.extend(contents(leaf));
    }
    if leaf.signs.any(b":") {
        emoji(leaf, findings);
    }
}

/// Looks for what stands in a line wherever that is: tags of templates, names of emoji.
pub(super) fn line(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    braces(leaf, findings);
    emoji(leaf, findings);
}

/// Tags of templates and lists of attributes.
fn braces(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let whole = leaf.range();
    let mut at = whole.start;
    while let Some(found) = memchr(b'{', &leaf.text.as_bytes()[at..whole.end]) {
        let open = at + found;
        at = open + 1;
        if !leaf.is_text(open) {
            continue;
        }
        let rest = near(leaf, open);
        let forms: [(&str, &str, &str, &str); 6] = [
            ("{{<", ">}}", "a shortcode of Hugo", "write Markdown, or trusted HTML"),
            ("{{%", "%}}", "a shortcode of Hugo", "write Markdown, or trusted HTML"),
            ("{{", "}}", "a tag of a template", "write the value that it stands for"),
            ("{%", "%}", "a tag of a template", "write what it would put here"),
            ("{::", "}", "an extension of kramdown", "write Markdown, or trusted HTML"),
            ("{:", "}", "a list of attributes of kramdown", "take it out"),
        ];
        let form = forms.iter().find_map(|form| {
            let inner = rest.strip_prefix(form.0)?;
            let end = inner.find(form.1)?;
            Some((form, open..open + form.0.len() + end + form.1.len()))
        });
        let Some(((start, end, what, help), place)) = form else {
            if let Some(found) = attributes(leaf, open, rest) {
                at = found.span.end;
                findings.push(found);
            }
            continue;
        };
        let inner = &leaf.text[place.start + start.len()..place.end - end.len()];
        // `{:}` and `{: ` are faces and sets; kramdown has a class, an id or a key there.
        let is_attributes = inner.trim_start().starts_with(['.', '#'])
            || inner.contains('=')
            || matches!(inner.trim(), "toc" | "nomarkdown" | "no_toc" | "footnotes");
        if *start == "{:" && !is_attributes {
            continue;
        }
        at = place.end;
        let message = format!("readers see {what}: `{start}…{end}`");
        let instead = if *start == "{:" { None } else { instead_of_tag(inner.trim_matches('-')) };
        let help = instead.unwrap_or_else(|| (*help).to_owned());
        let found = Diagnostic::new(Code::ForeignSyntax, place.clone(), message).help(help);
        findings.push(if *start == "{:" { found.fix(alone(leaf, &place), "") } else { found });
    }
}

/// The text from an offset on, as far as one tag or note may reach.
fn near<'a>(leaf: &Leaf<'a>, at: usize) -> &'a str {
    let end = leaf.text.floor_char_boundary(leaf.range().end.min(at + LONGEST));
    &leaf.text[at..end.max(at)]
}

/// `{.class}` and `{#id}` behind a text.
fn attributes(leaf: &Leaf<'_>, open: usize, rest: &str) -> Option<Finding> {
    let end = rest.find('}')?;
    let inner = rest[1..end].trim();
    let is_word = |word: &str| {
        let name = word.strip_prefix(['.', '#']);
        name.is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        }) || (word.contains('=') && !word.starts_with('='))
    };
    let first = inner.split_whitespace().next()?;
    let is_list = first.starts_with(['.', '#']) && inner.split_whitespace().all(is_word);
    let place = open..open + end + 1;
    is_list.then(|| {
        let message = "readers see a list of attributes: `{…}`";
        Diagnostic::new(Code::ForeignSyntax, place.clone(), message)
            .help("take it out: only headings have ids of their own, as `## Text {#id}`")
            .fix(alone(leaf, &place), "")
    })
}

/// A place with its line end and the space before it, as far as nothing else stands there.
fn alone(leaf: &Leaf<'_>, place: &Range<usize>) -> Range<usize> {
    let before = &leaf.text[..place.start];
    let is_last = leaf.text[place.end..].trim_start_matches([' ', '\t']).starts_with('\n')
        || leaf.text[place.end..].trim().is_empty();
    let start = match is_last {
        true => before.trim_end_matches([' ', '\t']).len(),
        false => place.start,
    };
    // The line end goes with the last thing of its line.
    let start = match is_last && before[..start].ends_with('\n') && start > leaf.range().start {
        true => start - 1,
        false => start,
    };
    start..place.end
}

/// What begins an admonition of another program, and which it is.
const ADMONITIONS: [(&str, &str); 3] = [
    ("!!!", "an admonition of MkDocs"),
    ("???+", "an admonition of MkDocs"),
    (":::", "a container of Pandoc or VitePress"),
];

fn has_admonition(leaf: &Leaf<'_>) -> bool {
    leaf.signs.any(b"!?:") && ADMONITIONS.iter().any(|(mark, _)| leaf.source().contains(mark))
}

/// `!!! note` and `::: note`, in a line that begins at an offset.
fn admonition(line: &str, start: usize) -> Option<Finding> {
    let (mark, what) = ADMONITIONS.into_iter().find(|(mark, _)| line.starts_with(mark))?;
    let rest = line[mark.len()..].trim_start_matches(['+', ':']);
    let kind = rest.trim_matches([' ', '{', '}', '.']);
    let kind = kind.split([' ', '}']).next().unwrap_or_default();
    let is_word = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_end = mark == ":::" && rest.trim().is_empty();
    if !is_end && !(is_word && (rest.starts_with([' ', '{']) || mark == ":::")) {
        return None;
    }
    let message = match is_end {
        true => "readers see the end of a container: `:::`".to_owned(),
        false => format!("readers see {what}: `{mark} …`"),
    };
    let help = match is_end {
        true => "take it out".to_owned(),
        false => format!(
            "write a callout: `> [!{}]`, with `> ` before each line of its text",
            callout(kind)
        ),
    };
    let place = start..start + line.trim_end().len();
    Some(Diagnostic::new(Code::ForeignSyntax, place, message).help(help))
}

/// The callout that is nearest to a kind of other programs.
fn callout(kind: &str) -> &'static str {
    match &*kind.to_ascii_lowercase() {
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "warning" | "attention" => "WARNING",
        "danger" | "error" | "caution" | "bug" | "failure" => "CAUTION",
        "important" => "IMPORTANT",
        "abstract" | "summary" | "tldr" | "context" => "CONTEXT",
        _ => "NOTE",
    }
}

/// `^[note]`, whose `^` stands at an offset.
fn note(leaf: &Leaf<'_>, at: usize) -> Option<Finding> {
    let inner = near(leaf, at).strip_prefix("^[")?;
    let end = inner.find(']')?;
    // In `[^[x]]` and `x^[2]` it is no note.
    let is_note = leaf.is_text(at)
        && leaf.is_text(at + 1)
        && !leaf.text[..at].ends_with('[')
        && inner[..end].chars().filter(|c| c.is_alphabetic()).count() > 2;
    is_note.then(|| {
        Diagnostic::new(
            Code::ForeignSyntax,
            at..at + end + 3,
            "readers see a footnote of another program: `^[…]`",
        )
        .help("write `[^1]` here, and a line `[^1]: …` with its text")
    })
}

/// `[TOC]`.
fn contents(leaf: &Leaf<'_>) -> Option<Finding> {
    let source = leaf.source().trim();
    let is_contents = ["[toc]", "[[toc]]", "[[_toc_]]", "{toc}"]
        .iter()
        .any(|mark| source.eq_ignore_ascii_case(mark));
    let whole = leaf.range();
    (is_contents && leaf.is_text(whole.start)).then(|| {
        Diagnostic::new(
            Code::ForeignSyntax,
            whole.clone(),
            format!("readers see the mark of a table of contents: `{source}`"),
        )
        .help("take it out")
        .fix(whole, "")
    })
}

/// `![[x]]`, if it is no picture.
pub(super) fn embed(text: &str, range: &Range<usize>, target: &str) -> Option<Finding> {
    let file = target.split(['|', '#']).next().unwrap_or_default().trim_end_matches('\\').trim();
    let is_file = file.rsplit_once('.').is_some_and(|(_, end)| (2..=4).contains(&end.len()));
    (!is_file && text[range.clone()].starts_with("![[")).then(|| {
        Diagnostic::new(
            Code::ForeignSyntax,
            range.clone(),
            "a page cannot be set into another: `![[…]]`",
        )
        .help(format!("write `[[{file}]]` to link to it"))
        .fix(range.start..range.start + 1, "")
    })
}

/// `:name:`.
fn emoji(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let whole = leaf.range();
    let mut at = whole.start;
    while let Some(found) = memchr(b':', &leaf.text.as_bytes()[at..whole.end]) {
        let open = at + found;
        at = open + 1;
        let rest = &leaf.text[at..whole.end];
        let Some(end) = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_+-".contains(c)))
        else {
            return;
        };
        if end == 0 || !rest[end..].starts_with(':') {
            continue;
        }
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != ':');
        let before = leaf.text[..open].chars().next_back();
        let after = rest[end + 1..].chars().next();
        let known = EMOJI.iter().find(|(name, _)| *name == &rest[..end]);
        let Some((name, sign)) =
            known.filter(|_| is_apart(before) && is_apart(after) && leaf.is_text(open))
        else {
            continue;
        };
        let place = open..at + end + 1;
        at = place.end;
        findings.push(
            Diagnostic::new(
                Code::ForeignSyntax,
                place.clone(),
                format!("readers see the name of an emoji: `:{name}:`"),
            )
            .help(format!("write {sign}"))
            .fix(place, *sign),
        );
    }
}
