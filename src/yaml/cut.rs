//! Values that a `#` cuts short: `title: Proposition #5 explained` is `Proposition` and a comment.
//!
//! A comment that is meant has a space behind its `#`, or two before it, as every style guide for YAML asks. What is
//! left says how the value goes on: a number (`#5`), a word in capitals (`#MeToo`), or, behind text, any word.

use std::ops::Range;

use super::syntax::quoted;
use super::tree::{NodeKind, Step, Tree, line_end};
use super::{Problem, report};
use crate::diag::Code;

/// Words that begin a note, without a space before them or with one.
const NOTES: [&str; 6] = ["TODO", "FIXME", "XXX", "HACK", "NOTE", "TBD"];

/// The problems of the values that a `#` cuts short, in order of nodes.
pub(super) fn problems(tree: &Tree<'_>) -> Vec<Problem> {
    let may_cut = |at: usize| {
        let (before, behind) = tree.text.as_bytes().split_at(at);
        before.last().is_some_and(|byte| matches!(byte, b' ' | b'\t'))
            && behind.get(1).is_some_and(|byte| !byte.is_ascii_whitespace())
    };
    if !memchr::memchr_iter(b'#', tree.text.as_bytes()).any(may_cut) {
        return Vec::new();
    }
    let problem = |id: usize| {
        let node = &tree.nodes[id];
        let NodeKind::Scalar { text, plain: true } = &node.kind else { return None };
        if matches!(node.step, Step::Root | Step::Nowhere) {
            return None;
        }
        let is_empty = tree.is_null(id) && text.is_empty();
        let start = match is_empty {
            // The place of an empty value is its key or its dash.
            true => node.span.end + usize::from(tree.text[node.span.end..].starts_with(':')),
            false => node.span.end,
        };
        let comment = comment(tree.text, start)?;
        if !is_cut(if is_empty { "" } else { text }, &tree.text[comment.clone()]) {
            return None;
        }
        let start = if is_empty { comment.start } else { node.span.start };
        let whole = &tree.text[start..comment.end];
        if whole.contains('\n') {
            return None;
        }
        let name = report::field_name(tree, id);
        let message = match is_empty {
            true => format!("{name} is empty: in YAML `#` begins a comment"),
            false => format!("{name} ends before `#`, which begins a comment in YAML"),
        };
        let key = tree.entry(id).map_or(String::new(), |entry| format!("{}: ", entry.key));
        let help = format!("put the value in quotes: {key}{}", quoted(whole));
        let problem = Problem::new(Code::CutValue, tree.path(id), start..comment.end, message);
        Some(problem.help(help).help("if it is a comment, write a space behind the `#`"))
    };
    (0..tree.nodes.len()).filter_map(problem).collect()
}

/// The comment that stands behind a value in its line, one space after it.
fn comment(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..line_end(text, at)];
    let comment = rest.trim_start_matches([' ', '\t']);
    let is_near = comment.len() + 1 == rest.len();
    let start = at + rest.len() - comment.len();
    (is_near && comment.starts_with('#')).then(|| start..start + comment.trim_end().len())
}

/// Whether a comment goes on with a value, which may be empty.
fn is_cut(value: &str, comment: &str) -> bool {
    let behind = comment.trim_start_matches('#');
    let word: &str = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if word.is_empty() || NOTES.contains(&word) {
        return false;
    }
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    let is_capital = word.starts_with(|c: char| !c.is_lowercase());
    // Dates, numbers and ids are whole.
    let is_text = value.contains(|c: char| c.is_whitespace() || c.is_uppercase() || !c.is_ascii());
    let is_colour = matches!(behind.len(), 3 | 4 | 6 | 8)
        && behind.bytes().all(|byte| byte.is_ascii_hexdigit());
    match value.is_empty() {
        true => is_number || is_capital || is_colour,
        false => is_text || (is_number && value.contains(|c: char| c.is_alphabetic())),
    }
}
