//! Tables: rows that lose cells, paragraphs that became rows, and tables that are none.

use std::ops::Range;

use memchr::memchr;

use crate::base::counted;
use crate::diag::{Code, Diagnostic};

use super::leaf::Leaf;
use super::{Finding, MOST};

/// So many bytes of a row are looked at for links.
const LONGEST_ROW: usize = 4000;

/// Looks at the rows of a table with so many columns.
pub(super) fn rows(text: &str, range: &Range<usize>, columns: usize, findings: &mut Vec<Finding>) {
    let lines: Vec<Line<'_>> = lines(text, range).collect();
    let has_pipes = lines.first().is_some_and(|line| line.cells().len() > 1 || line.has_pipe());
    let mut after_text = false;
    for (number, line) in lines.iter().enumerate().filter(|(number, _)| *number != 1) {
        if findings.len() > MOST {
            return;
        }
        let is_text = !line.has_pipe() && has_pipes && number > 0;
        if is_text {
            // What other programs read as attributes of the table is reported as theirs.
            if !after_text && !line.text.starts_with("{:") {
                findings.push(swallowed(text, line));
            }
            after_text = true;
            continue;
        }
        after_text = false;
        let cells = line.cells();
        let aliases = aliases(line.text);
        for pipe in &aliases {
            let at = line.start + pipe;
            let link = link_around(line.text, *pipe);
            findings.push(
                Diagnostic::new(
                    Code::MalformedTable,
                    line.start + link.start..line.start + link.end,
                    "in a table, the `|` of a link ends the cell",
                )
                .help(format!("write `{}`", line.text[link].replacen('|', "\\|", 1)))
                .fix(at..at, "\\"),
            );
        }
        let count = cells.len() - aliases.len().min(cells.len() - 1);
        if count == columns {
            continue;
        }
        let has = counted(count, "cell");
        let found = match cells.get(columns) {
            Some(surplus) if count > columns => Diagnostic::new(
                Code::MalformedTable,
                line.start + surplus.start..line.start + line.text.len(),
                format!("the row has {has}, the header {columns}: the rest is not shown"),
            )
            .help("write `\\|` for a pipe that is text, or give the header as many cells"),
            _ => Diagnostic::new(
                Code::MalformedTable,
                line.start..line.start + line.text.len(),
                format!("the row has {has}, the header {columns}"),
            )
            .help("add the cells that are missing; an empty one is `| |`"),
        };
        findings.push(found);
    }
}

/// Text that has become a row.
fn swallowed(text: &str, line: &Line<'_>) -> Finding {
    let found = Diagnostic::new(
        Code::MalformedTable,
        line.start..line.start + line.text.len(),
        "the text is a row of the table above it",
    )
    .help("leave an empty line between them");
    let is_plain = line.start == 0 || text[..line.start].ends_with('\n');
    if is_plain { found.fix(line.start..line.start, "\n") } else { found }
}

/// Looks for a table in a paragraph.
pub(super) fn paragraph(leaf: &Leaf<'_>, findings: &mut Vec<Finding>) {
    let whole = leaf.range();
    // The pieces of the last line may end before a pipe that is the parser's.
    let end = leaf.text[whole.end..].find('\n').map_or(leaf.text.len(), |end| whole.end + end);
    let start = leaf.text[..whole.start].rfind('\n').map_or(0, |start| start + 1);
    let lines: Vec<Line<'_>> = lines(leaf.text, &(start..end)).collect();
    let is_plain = |line: &Line<'_>| line.start == 0 || leaf.text[..line.start].ends_with('\n');
    let found = |line: &Line<'_>, message: String| {
        Diagnostic::new(Code::MalformedTable, line.start..line.start + line.text.len(), message)
    };
    if let Some(at) = lines.iter().position(|line| is_delimiter(line.text)) {
        let delimiter = &lines[at];
        let Some(header) = at.checked_sub(1).map(|before| &lines[before]) else {
            if lines.len() > 1 {
                let message = "this is no table: no header stands above its line of hyphens";
                findings.push(found(delimiter, message.into()).help(
                    "write a row of headers right above it, without an empty line between them",
                ));
            }
            return;
        };
        let (cells, hyphens) = (header.cells().len(), delimiter.cells().len());
        if cells != hyphens {
            let message = format!(
                "this is no table: its header has {}, the line below it {hyphens}",
                counted(cells, "cell")
            );
            let marks = vec!["---"; cells].join("|");
            let right = format!("|{marks}|");
            let found = found(delimiter, message).help(format!("write `{right}`"));
            let place = delimiter.start..delimiter.start + delimiter.text.len();
            let has_pipe = header.has_pipe();
            findings.push(if has_pipe { found.fix(place, right) } else { found });
        } else if at > 1 && header.has_pipe() {
            let message = "this is no table: it goes on the text above it";
            let found = found(header, message.into()).help("leave an empty line above the table");
            let fix = header.start..header.start;
            findings.push(if is_plain(header) { found.fix(fix, "\n") } else { found });
        }
        return;
    }
    let is_row = |line: &Line<'_>| {
        line.text.starts_with('|') && line.text.ends_with('|') && line.cells().len() > 1
    };
    if lines.len() > 1 && lines.iter().all(is_row) {
        let header = &lines[0];
        let marks = vec!["---"; header.cells().len()].join("|");
        let message = "this is no table: no line of hyphens stands below its header";
        let end = header.start + header.text.len();
        let found = found(header, message.into()).help(format!("write `|{marks}|` below it"));
        findings.push(match is_plain(header) {
            true => found.fix(end..end, format!("\n|{marks}|")),
            false => found,
        });
    }
}

/// A line of the source, without the signs of the blocks around it.
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl Line<'_> {
    fn has_pipe(&self) -> bool {
        memchr(b'|', self.text.as_bytes()).is_some()
    }

    /// The cells that the parser makes of it: ranges of the line.
    fn cells(&self) -> Vec<Range<usize>> {
        let inner = self.text.strip_prefix('|').unwrap_or(self.text);
        let from = self.text.len() - inner.len();
        let mut cells = Vec::new();
        let mut start = from;
        for pipe in pipes(self.text).filter(|pipe| *pipe >= from) {
            cells.push(start..pipe);
            start = pipe + 1;
        }
        if !self.text[start.min(self.text.len())..].trim().is_empty() || cells.is_empty() {
            cells.push(start..self.text.len());
        }
        cells
    }
}

/// The lines of a range that have text.
fn lines<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = Line<'a>> {
    let mut at = range.start;
    text[range.clone()].split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let own = line.trim_start_matches([' ', '\t', '>']);
        let start = start + line.len() - own.len();
        let text = own.trim_end();
        (!text.is_empty()).then_some(Line { text, start })
    })
}

/// The pipes of a row that end cells.
fn pipes(row: &str) -> impl Iterator<Item = usize> {
    let bytes = row.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(|at| {
        let escapes = bytes[..*at].iter().rev().take_while(|byte| **byte == b'\\').count();
        escapes % 2 == 0
    })
}

/// The pipes that stand in `[[id|text]]`.
fn aliases(row: &str) -> Vec<usize> {
    // No row that a person wrote is so long.
    if row.len() > LONGEST_ROW || !row.contains("[[") {
        return Vec::new();
    }
    pipes(row)
        .filter(|at| {
            let before = row[..*at].rfind("[[").map(|open| &row[open + 2..*at]);
            let after = row[at + 1..].find("]]").map(|close| &row[at + 1..at + 1 + close]);
            let is_inner = |part: &str| !part.is_empty() && !part.contains(['[', ']', '|', '`']);
            before.is_some_and(is_inner) && after.is_some_and(is_inner)
        })
        .collect()
}

/// The `[[id|text]]` around a pipe.
fn link_around(row: &str, pipe: usize) -> Range<usize> {
    let start = row[..pipe].rfind("[[").unwrap_or(pipe);
    let end = row[pipe..].find("]]").map_or(row.len(), |end| pipe + end + 2);
    start..end
}

/// Whether a line is one of hyphens and pipes, as it stands below a header.
fn is_delimiter(line: &str) -> bool {
    let is_cell = |cell: &str| {
        let cell = cell.trim();
        let marks = cell.strip_prefix(':').unwrap_or(cell);
        let marks = marks.strip_suffix(':').unwrap_or(marks);
        !marks.is_empty() && marks.bytes().all(|byte| byte == b'-')
    };
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    line.contains('|') && inner.contains("--") && inner.split('|').all(is_cell)
}
