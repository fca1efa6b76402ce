//! What does not fit in a document, in an author's words.

use super::tree::{NodeId, NodeKind, Step, Tree};
use super::value::resolved;
use super::{FieldPath, Problem, Unknown};
use crate::base::{did_you_mean, nearest};
use crate::diag::Code;

/// Values that are left out one by one; after that, whole entries of the document are.
const MAX_SINGLE: usize = 200;

/// The problems of a document, as they are come upon.
#[derive(Debug, Default)]
pub(super) struct ReadReport {
    pub(super) problems: Vec<Problem>,
    /// The values that were left out.
    pub(super) failed: Vec<FieldPath>,
    /// Those of them that are items of a list.
    pub(super) left_out: Vec<FieldPath>,
    /// How many values did not fit.
    pub(super) misfits: usize,
}

impl ReadReport {
    /// Whether the mapping or list in which a value did not fit is to be left out with it.
    pub(super) fn gives_up(&self, is_root: bool) -> bool {
        self.misfits > if is_root { 2 * MAX_SINGLE } else { MAX_SINGLE }
    }

    /// Notes that a value is left out.
    pub(super) fn leave_out(&mut self, tree: &Tree<'_>, node: NodeId) {
        let path = tree.path(node);
        if let Step::Item { .. } = tree.node(node).step {
            self.left_out.push(path.clone());
        }
        self.failed.push(path);
    }

    pub(super) fn wrong_type(&mut self, tree: &Tree<'_>, node: NodeId, expected: &str) {
        let actual = actual(tree, node);
        let message = format!("{} must be {expected}, found {actual}", field_name(tree, node));
        let help = type_help(tree, node, expected);
        self.misfit(Code::WrongType, tree, node, message, help);
    }

    pub(super) fn control_character(&mut self, tree: &Tree<'_>, node: NodeId) {
        let field = field_name(tree, node);
        let message = format!("{field} has a control character, which no page can show");
        self.misfit(Code::InvalidValue, tree, node, message, "remove it");
    }

    pub(super) fn empty_item(&mut self, tree: &Tree<'_>, node: NodeId) {
        let message = format!("{} is empty", field_name(tree, node));
        self.misfit(Code::WrongType, tree, node, message, "write a value, or remove the item");
    }

    fn misfit(
        &mut self,
        code: Code,
        tree: &Tree<'_>,
        node: NodeId,
        message: String,
        help: impl Into<String>,
    ) {
        self.misfits += 1;
        let problem = Problem::new(code, tree.path(node), tree.first_line(node), message);
        self.problems.push(problem.help(help));
    }

    pub(super) fn unknown_key(
        &mut self,
        tree: &Tree<'_>,
        node: NodeId,
        value: serde_json::Value,
        known: Vec<&'static str>,
    ) {
        let Some(entry) = tree.entry(node) else { return };
        let help = match nearest(&entry.key, known.iter().copied()) {
            Some(near) => did_you_mean(&entry.key, near),
            None => format!("known keys: {}", backticks(&known).join(", ")),
        };
        let message = format!("unknown key `{}`", entry.key);
        let span = entry.key_span.clone();
        let problem = Problem::new(Code::UnknownKey, tree.path(node), span, message);
        let unknown = Some(Box::new(Unknown { value, known }));
        self.problems.push(Problem { unknown, ..problem.help(help) });
    }
}

/// What an author calls a value: `` `title` ``, ``item 2 of `topics` ``.
pub(super) fn field_name(tree: &Tree<'_>, node: NodeId) -> String {
    match tree.node(node).step {
        Step::Root | Step::Nowhere => "the document".to_owned(),
        Step::Item { list, index } => format!("item {} of {}", index + 1, field_name(tree, list)),
        Step::Entry { .. } => {
            format!("`{}`", tree.entry(node).map_or("", |entry| &*entry.key))
        }
    }
}

fn scalar_text<'a>(tree: &'a Tree<'_>, node: NodeId) -> Option<&'a str> {
    match &tree.node(node).kind {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// What stands there, in an author's words.
fn actual(tree: &Tree<'_>, node: NodeId) -> String {
    match &tree.node(node).kind {
        NodeKind::List(_) => "a list".to_owned(),
        NodeKind::Map(_) => "a mapping".to_owned(),
        NodeKind::Refused => "something else".to_owned(),
        NodeKind::Scalar { .. } if tree.is_null(node) => "nothing".to_owned(),
        NodeKind::Scalar { text, plain } => {
            let line = text.lines().next().unwrap_or_default();
            let mut short: String = line.chars().take(40).collect();
            if short.len() < text.trim_end().len() {
                short.push('…');
            }
            if *plain { format!("`{short}`") } else { format!("the text `{short}`") }
        }
    }
}

/// What to write in place of a value of another type.
fn type_help(tree: &Tree<'_>, node: NodeId, expected: &str) -> String {
    scalar_help(tree, node, expected).unwrap_or_else(|| shape_help(tree, node, expected))
}

/// How a value of the right shape is written, with the author's own words where they fit.
fn shape_help(tree: &Tree<'_>, node: NodeId, expected: &str) -> String {
    let name = tree.entry(node).map_or("", |entry| &*entry.key);
    let start = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let is_map = expected.contains("mapping") && !expected.contains("text");
    match &tree.node(node).kind {
        _ if tree.path(node) == FieldPath::root() => match expected.contains("list") {
            true => "write items, each on a line that begins with `- `".into(),
            false => "write `key: value`, one on each line".into(),
        },
        NodeKind::List(items) => match items[..] {
            [only] if !is_map && let Some(text) = scalar_text(tree, only) => {
                format!("write `{start}{}`", one_word_line(text))
            }
            [] => format!("write `{start}…` with {expected}, or remove it"),
            _ if is_map && name.is_empty() => "write keys and values in place of the list".into(),
            _ if is_map => format!(
                "write keys and values, each on a line of its own, in place of the list of `{name}`"
            ),
            _ => format!("keep one of the items: `{start}…`"),
        },
        NodeKind::Map(_) => match expected.contains("text") {
            true => format!("write text: `{start}…`; text that begins with a brace needs quotes"),
            false => format!("write {expected} in place of the keys"),
        },
        _ if is_map => "write keys and values below it, indented by two spaces".into(),
        _ if expected.contains("list") => {
            "write items below it, each on a line that begins with `- `".into()
        }
        _ => format!("write {expected}"),
    }
}

/// The start of a text, short enough for a help, without what ends a quotation.
fn one_word_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().replace('`', "'");
    let short: String = line.chars().take(60).collect();
    if short.len() < text.trim_end().len() { format!("{short}…") } else { short }
}

fn scalar_help(tree: &Tree<'_>, node: NodeId, expected: &str) -> Option<String> {
    let NodeKind::Scalar { text, plain } = &tree.node(node).kind else { return None };
    let is_bool = expected == "true or false";
    if tree.path(node) == FieldPath::root() && *plain {
        return Some(match text.split_once(':') {
            Some((key, value)) if !value.is_empty() && !key.contains(' ') => {
                format!("put a space after the colon: {key}: {value}")
            }
            _ => "write `key: value`".to_owned(),
        });
    }
    let fits = match resolved(text) {
        serde_yaml::Value::Bool(_) => is_bool,
        serde_yaml::Value::Number(number) => expected == "a whole number" && !number.is_f64(),
        _ => false,
    };
    if fits && !plain {
        return Some(format!("remove the quotes: {text}"));
    }
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" if is_bool => Some("write `true`".to_owned()),
        "no" | "off" | "n" if is_bool => Some("write `false`".to_owned()),
        _ => None,
    }
}

fn backticks(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| format!("`{word}`")).collect()
}
