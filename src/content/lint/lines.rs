//! Lines of one paragraph that were meant as blocks of their own.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};

use super::leaf::{Leaf, PieceKind};
use super::{Finding, OpenBlock};

/// So many characters in several lines, each with sentences of its own, are several paragraphs.
const LONG: usize = 1200;

/// No line of a heading has more characters, and no line that is wrapped by hand has fewer by much.
const SHORT: usize = 60;

/// A line of so many characters is a paragraph without line breaks.
const UNWRAPPED: usize = 140;

/// Looks at the lines of a paragraph or an item.
pub(super) fn paragraph(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    if leaf.signs.any(b"#") {
        findings.extend(leaf.lines().filter_map(|line| heading_without_space(leaf, &line)));
    }
    findings.extend(long(leaf));
    if !leaf.signs.any(b"\n") || leaf.block != OpenBlock::Paragraph {
        return;
    }
    let lines: Vec<Range<usize>> = leaf.lines().collect();
    // A break that the author wrote is one that readers see.
    let text = |line: &Range<usize>| &leaf.text[line.clone()];
    if lines.iter().any(|line| is_hard(leaf, line)) {
        return;
    }
    let found = questions(&lines, &text)
        .or_else(|| items(leaf, &lines, &text))
        .or_else(|| headings(leaf, &lines, &text))
        .or_else(|| paragraphs(&lines, &text));
    let Some((line, message, help)) = found else { return };
    findings.push(Diagnostic::new(Code::RunTogether, line, message).help(help));
}

/// A paragraph that is one grey block.
fn long(leaf: &Leaf<'_>) -> Option<Finding> {
    let whole = leaf.range();
    if whole.len() <= LONG || leaf.block != OpenBlock::Paragraph {
        return None;
    }
    let shown = leaf
        .pieces
        .iter()
        .filter(|piece| matches!(piece.kind, PieceKind::Text | PieceKind::Code | PieceKind::Break));
    let count: usize = shown.map(|piece| leaf.text[piece.range.clone()].chars().count()).sum();
    (count > LONG).then(|| {
        let end = leaf.source().find([' ', '\n']).map_or(whole.end, |end| whole.start + end);
        let message =
            format!("the paragraph has {count} characters; more than {LONG} are hard to read");
        Diagnostic::new(Code::LongText, whole.start..end, message)
            .help("begin a new paragraph with each new thought: leave an empty line")
    })
}

/// Where lines run together, what readers see, and the help.
type RunTogether = Option<(Range<usize>, String, &'static str)>;

/// Whether a line ends in a break that readers see.
fn is_hard(leaf: &Leaf<'_>, line: &Range<usize>) -> bool {
    let rest = &leaf.text[line.end..leaf.range().end.max(line.end)];
    let end = rest.find('\n').unwrap_or(rest.len());
    rest[..end].ends_with("  ") || rest[..end].ends_with('\\')
}

/// `##Heading`.
fn heading_without_space(leaf: &Leaf<'_>, line: &Range<usize>) -> Option<Finding> {
    let text = &leaf.text[line.clone()];
    let marks = text.len() - text.trim_start_matches('#').len();
    let is_heading =
        marks > 1 && text[marks..].starts_with(char::is_alphabetic) && leaf.is_text(line.start);
    is_heading.then(|| {
        let at = line.start + marks;
        let (message, help) = match marks {
            2..=6 => (
                "the line is no heading: no space stands behind its number signs",
                format!("write `{} {}`", &text[..marks], text[marks..].trim()),
            ),
            _ => ("the line is no heading: it has more than six number signs", "write `##`".into()),
        };
        let found = Diagnostic::new(Code::AccidentalBlock, line.start..at, message).help(help);
        if marks <= 6 { found.fix(at..at, " ") } else { found }
    })
}

/// `Q: …`, `A: …`.
fn questions<'t>(lines: &[Range<usize>], text: &impl Fn(&Range<usize>) -> &'t str) -> RunTogether {
    let begins = |line: &Range<usize>, letter: char| {
        let line = text(line).trim_start_matches(['*', '_']);
        let rest = line.strip_prefix(letter).map(|rest| rest.trim_start_matches(['*', '_']));
        rest.is_some_and(|rest| rest.starts_with([':', '：']))
    };
    let answer = lines.iter().skip(1).find(|line| begins(line, 'A') || begins(line, 'Q'))?;
    lines.iter().any(|line| begins(line, 'Q')).then(|| {
        (
            answer.clone(),
            "the question and its answer are one paragraph".to_owned(),
            "leave an empty line above each, or make the question a heading",
        )
    })
}

/// Lines that begin as items of a list do, in signs that Markdown does not read as those.
fn items<'t>(
    leaf: &Leaf<'_>,
    lines: &[Range<usize>],
    text: &impl Fn(&Range<usize>) -> &'t str,
) -> RunTogether {
    let mut last: Option<ItemMark> = None;
    for line in lines {
        let mark = ItemMark::of(text(line)).filter(|_| leaf.is_text(line.start));
        if let (Some(before), Some(mark)) = (&last, &mark)
            && mark.follows(before)
        {
            return Some((
                line.clone(),
                "the lines are items of a list that is no list".to_owned(),
                mark.help(),
            ));
        }
        // An item may go on in further lines.
        last = mark.or(last);
    }
    None
}

/// What a line begins with.
#[derive(Debug, PartialEq, Eq)]
enum ItemMark {
    /// A sign for each item: `•`.
    Sign(char),
    /// `-text`, without a space.
    Glued(char),
    /// `(1)`, `2.`, `c)`: the number, and what stands around it.
    Number(u32, bool, char),
}

impl ItemMark {
    fn of(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        let rest = &line[first.len_utf8()..];
        match first {
            '•' | '‣' | '◦' | '▪' | '●' | '■' | '➢' | '➤' | '・' => {
                return Some(Self::Sign(first));
            }
            '–' | '—' if rest.starts_with(' ') => return Some(Self::Sign(first)),
            '-' | '*' | '+' if rest.starts_with(char::is_alphabetic) => {
                return Some(Self::Glued(first));
            }
            _ => {}
        }
        let is_open = first == '(';
        let body = if is_open { rest } else { line };
        let end = body.find([')', '.'])?;
        let (word, close) = (&body[..end], body[end..].chars().next()?);
        if !body[end + 1..].starts_with(' ') || (is_open && close == '.') {
            return None;
        }
        let number = match word.bytes().collect::<Vec<_>>()[..] {
            [letter @ b'a'..=b'z'] if close == ')' => u32::from(letter - b'a') + 1,
            _ if (1..=2).contains(&word.len()) => word.parse().ok()?,
            _ => return None,
        };
        Some(Self::Number(number, is_open, close))
    }

    fn follows(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Number(a, open, close), Self::Number(b, opens, closes)) => {
                *b == a + 1 && open == opens && close == closes
            }
            (before, own) => before == own,
        }
    }

    fn help(&self) -> &'static str {
        match self {
            Self::Sign(_) => "begin each line with `- ` instead",
            Self::Glued(_) => "write a space behind the sign that each line begins with",
            Self::Number(..) => "leave an empty line above them, and begin each with `1. `, `2. `",
        }
    }
}

/// A short line without a full stop above a long one, where no line is wrapped by hand.
fn headings<'t>(
    leaf: &Leaf<'_>,
    lines: &[Range<usize>],
    text: &impl Fn(&Range<usize>) -> &'t str,
) -> RunTogether {
    let [head, body, ..] = lines else { return None };
    let title = text(head).trim_matches(['*', '_']);
    let words = title.split_whitespace().count();
    let first = title.chars().next()?;
    let is_title = title.chars().count() <= SHORT
        && (1..=9).contains(&words)
        && first.is_uppercase()
        && title.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | ')'))
        && leaf
            .pieces
            .iter()
            .all(|piece| !head.contains(&piece.range.start) || piece.kind == PieceKind::Text);
    let is_body = |line: &Range<usize>| {
        text(line).chars().count() >= UNWRAPPED && text(line).starts_with(char::is_uppercase)
    };
    (is_title && is_body(body)).then(|| {
        (
            head.clone(),
            "the line is one paragraph with the text below it".to_owned(),
            "leave an empty line below it, and write `## ` before a heading",
        )
    })
}

/// Lines that are paragraphs: each ends as a sentence does, and has several.
fn paragraphs<'t>(lines: &[Range<usize>], text: &impl Fn(&Range<usize>) -> &'t str) -> RunTogether {
    let length: usize = lines.iter().map(Range::len).sum();
    if length <= LONG {
        return None;
    }
    let is_paragraph = |line: &Range<usize>| {
        let line = text(line).trim_end_matches(['"', '”', '’', ')', '*', '_']);
        let stops = line.match_indices(['.', '?', '!']).filter(|(at, _)| {
            let mut after = line[at + 1..].chars();
            after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
        });
        line.ends_with(['.', '?', '!']) && stops.count() > 0 && line.chars().count() >= UNWRAPPED
    };
    lines.iter().all(is_paragraph).then(|| {
        (
            lines[1].clone(),
            format!("{} lines of sentences are one paragraph", lines.len()),
            "leave an empty line between paragraphs",
        )
    })
}
