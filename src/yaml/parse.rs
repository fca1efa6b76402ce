//! The two paths from text to a value.

use std::cell::RefCell;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::de::Value;
use super::error::{Cause, Error};
use super::read::{Reading, read};
use super::schema::{FieldSchema, either};
use super::tree::{Kind, NodeId, ROOT, Step, Tree};
use super::{FieldPath, Parsed, Problem, Unknown, aside, scalar, scan};
use crate::base::{did_you_mean, nearest};
use crate::diag::Code;

/// Values that are left out one by one; after that, whole entries of the document are.
const MAX_ROUNDS: usize = 200;

/// Reads a document: YAML with `\n` line ends and without a byte-order mark, such as the lines between the `---` lines
/// of a content file. An empty document is the default value.
///
/// The fields of `T`'s structs are to be `Option`s. An unknown key is a warning; other problems leave the smallest
/// value around them out. A document that is not YAML gives the default value and one problem.
pub fn parse<T: DeserializeOwned + JsonSchema + Default>(text: &str) -> Parsed<T> {
    parse_at_line(text, 1)
}

/// [`parse`] for a text that begins on another line of its file, so that messages count lines as the author does.
pub fn parse_at_line<T: DeserializeOwned + JsonSchema + Default>(
    text: &str,
    first_line: usize,
) -> Parsed<T> {
    if scan::is_simple(text)
        && let Some(value) = aside::reading(text, parse_fast)
    {
        return Parsed { value, problems: Vec::new(), failed: Vec::new(), dropped: Vec::new() };
    }
    parse_slowly(text, first_line)
}

/// The value, if serde_yaml reads the document and knows every key.
fn parse_fast<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut ignored = false;
    let document = serde_yaml::Deserializer::from_str(text);
    let value = serde_ignored::deserialize(document, |_| ignored = true).ok()?;
    (!ignored).then_some(value)
}

fn parse_slowly<T: DeserializeOwned + JsonSchema + Default>(
    text: &str,
    first_line: usize,
) -> Parsed<T> {
    let nothing =
        |problems, failed| Parsed { value: T::default(), problems, failed, dropped: Vec::new() };
    let (tree, problems) = match read(text, first_line) {
        Ok(Reading { tree: Some(tree), problems }) if !tree.is_null(ROOT) => (tree, problems),
        Ok(Reading { problems, .. }) => return nothing(problems, Vec::new()),
        Err(problem) => return nothing(vec![*problem], vec![FieldPath::root()]),
    };
    let mut pruning = Pruning::new(&tree, problems);
    loop {
        let unknown = RefCell::new(Vec::new());
        match T::deserialize(Value::document(&tree, &pruning.pruned, &unknown)) {
            Ok(value) => {
                pruning.report_unknown::<T>(&unknown.into_inner());
                return pruning.finish(value);
            }
            Err(error) => {
                if !pruning.prune(error) {
                    return pruning.finish(T::default());
                }
            }
        }
    }
}

/// The values that do not fit, left out one after the other until the rest does.
struct Pruning<'a> {
    tree: &'a Tree<'a>,
    pruned: Vec<bool>,
    problems: Vec<Problem>,
    failed: Vec<FieldPath>,
    dropped: Vec<FieldPath>,
    rounds: usize,
}

impl<'a> Pruning<'a> {
    fn new(tree: &'a Tree<'a>, problems: Vec<Problem>) -> Self {
        let pruned = vec![false; tree.nodes.len()];
        let mut pruning =
            Self { tree, pruned, problems, failed: Vec::new(), dropped: Vec::new(), rounds: 0 };
        for (id, node) in tree.nodes.iter().enumerate() {
            if matches!(node.kind, Kind::Refused) {
                pruning.leave_out(id);
            }
        }
        pruning
    }

    /// Leaves the value out that an error came from, and reports it. `false` if there is nothing left.
    fn prune(&mut self, error: Error) -> bool {
        let mut node = error.node.unwrap_or(ROOT);
        let missing = matches!(error.cause, Cause::Empty)
            && matches!(self.tree.node(node).step, Step::Entry { .. });
        if !missing {
            let problem = describe(self.tree, node, error.cause);
            self.problems.push(problem);
        }
        self.rounds += 1;
        if self.rounds > MAX_ROUNDS {
            node = self.tree.top_level(node);
        }
        // An error that comes back, or from everywhere, is not cured by leaving out more.
        if node == ROOT || self.pruned[node] || self.rounds > 2 * MAX_ROUNDS {
            self.failed.push(FieldPath::root());
            return false;
        }
        if missing && self.rounds <= MAX_ROUNDS {
            self.pruned[node] = true;
        } else {
            self.leave_out(node);
        }
        true
    }

    fn leave_out(&mut self, node: NodeId) {
        self.pruned[node] = true;
        let path = self.tree.path(node);
        match self.tree.node(node).step {
            Step::Item { .. } => self.dropped.push(path.clone()),
            Step::Entry { .. } => {}
            Step::Root | Step::Nowhere => return,
        }
        self.failed.push(path);
    }

    fn report_unknown<T: JsonSchema>(&mut self, unknown: &[NodeId]) {
        if unknown.is_empty() {
            return;
        }
        let schema = FieldSchema::of::<T>();
        for id in unknown {
            let (Some(entry), Some(map)) = (self.tree.entry(*id), self.tree.parent(*id)) else {
                continue;
            };
            let known = schema.keys(&self.tree.path(map));
            let message = format!("unknown key `{}`", entry.key);
            let span = entry.key_span.clone();
            let mut problem = Problem::new(Code::UnknownKey, self.tree.path(*id), span, message);
            problem.unknown = Some(Box::new(Unknown {
                value: Value::of(self.tree, &self.pruned, *id),
                known: known.iter().map(|key| (*key).to_owned()).collect(),
            }));
            let help = match nearest(&entry.key, known.iter().copied()) {
                Some(near) => did_you_mean(&entry.key, near),
                None if known.is_empty() => "remove it".to_owned(),
                None => format!("known keys: {}", backticks(&known).join(", ")),
            };
            self.problems.push(problem.help(help));
        }
    }

    fn finish<T>(mut self, value: T) -> Parsed<T> {
        self.problems.sort_by(|a, b| {
            (a.span.start, a.code.as_str(), &a.message).cmp(&(
                b.span.start,
                b.code.as_str(),
                &b.message,
            ))
        });
        Parsed { value, problems: self.problems, failed: self.failed, dropped: self.dropped }
    }
}

fn describe(tree: &Tree<'_>, node: NodeId, cause: Cause) -> Problem {
    let field = field_name(tree, node);
    let made =
        |code, message: String| Problem::new(code, tree.path(node), tree.first_line(node), message);
    match cause {
        Cause::Type(expected) => {
            let expected = in_words(&expected);
            let found = found(tree, node);
            let problem =
                made(Code::WrongType, format!("{field} must be {expected}, found {found}"));
            problem.help(type_help(tree, node, expected))
        }
        Cause::Value(expected) => {
            let (expected, found) = (in_words(&expected), found(tree, node));
            made(Code::InvalidValue, format!("{field} must be {expected}, found {found}"))
                .help(format!("write {expected}"))
        }
        Cause::Word(words) => {
            let (expected, found) = (either(&backticks(words)), found(tree, node));
            let problem =
                made(Code::InvalidValue, format!("{field} must be {expected}, found {found}"));
            let text = scalar_text(tree, node).unwrap_or_default();
            problem.help(match nearest(text, words.iter().copied()) {
                Some(near) => did_you_mean(text, near),
                None => format!("write {expected}"),
            })
        }
        Cause::Empty => made(Code::WrongType, format!("{field} is empty"))
            .help("write a value, or remove the item"),
        Cause::Control => made(
            Code::InvalidValue,
            format!("{field} has a control character, which no page can show"),
        )
        .help("remove it"),
        Cause::Other(message) => made(Code::InvalidValue, format!("{field}: {message}"))
            .help("correct the value, or remove it"),
    }
}

/// What an author calls a value: `` `title` ``, ``item 2 of `topics` ``.
fn field_name(tree: &Tree<'_>, node: NodeId) -> String {
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
        Kind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

fn found(tree: &Tree<'_>, node: NodeId) -> String {
    match &tree.node(node).kind {
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(_) => "a mapping".to_owned(),
        Kind::Refused => "something else".to_owned(),
        Kind::Scalar { .. } if tree.is_null(node) => "nothing".to_owned(),
        Kind::Scalar { text, plain } => {
            let line = text.lines().next().unwrap_or_default();
            let mut short: String = line.chars().take(40).collect();
            if short.len() < text.trim_end().len() {
                short.push('…');
            }
            if *plain { format!("`{short}`") } else { format!("the text `{short}`") }
        }
    }
}

/// What serde calls a type, in the words of an author.
fn in_words(expected: &str) -> &str {
    match expected {
        "a string" => "text",
        "a boolean" => "true or false",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 up",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "a mapping of keys to values",
        "unit" => "empty",
        _ if expected.starts_with("struct ") => "a mapping of keys to values",
        _ => expected,
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
        Kind::List(items) => match items[..] {
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
        Kind::Map(_) => match expected.contains("text") {
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
    let Kind::Scalar { text, plain } = &tree.node(node).kind else { return None };
    let is_bool = expected == "true or false";
    if tree.path(node) == FieldPath::root() && *plain {
        return Some(match text.split_once(':') {
            Some((key, value)) if !value.is_empty() && !key.contains(' ') => {
                format!("put a space after the colon: {key}: {value}")
            }
            _ => "write `key: value`".to_owned(),
        });
    }
    let fits = (is_bool && scalar::boolean(text).is_some())
        || (expected.starts_with("a whole number") && scalar::integer(text).is_some())
        || (expected == "a number" && scalar::float(text).is_some());
    if fits && !plain {
        return Some(format!("remove the quotes: {text}"));
    }
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" if is_bool => Some("write `true`".to_owned()),
        "no" | "off" | "n" if is_bool => Some("write `false`".to_owned()),
        _ => None,
    }
}

fn backticks<S: AsRef<str>>(words: &[S]) -> Vec<String> {
    words.iter().map(|word| format!("`{}`", word.as_ref())).collect()
}

#[cfg(test)]
mod tests;
