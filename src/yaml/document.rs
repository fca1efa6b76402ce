//! A document that was read once: its values, and where they stand.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::read::{FEW_KEYS, Reading, read};
use super::report::ReadReport;
use super::tree::{NodeId, NodeKind, ROOT, Tree};
use super::value::Value;
use super::{ByteSpan, FieldPath, FromYaml, Parsed, Problem};
use crate::base::work;

/// A document as a tree of values, each with its place in the text.
#[derive(Debug)]
pub struct YamlDocument<'t> {
    /// `None` if the text is not YAML or has no value.
    pub(super) tree: Option<Tree<'t>>,
    /// What was wrong with the notation.
    problems: Vec<Problem>,
    /// The values of the root's keys, if those are many: a file of ten thousand figures may have a mistake in each.
    keys: FxHashMap<Box<str>, NodeId>,
}

/// Where a value stands. Ranges are bytes of the text, never more than one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key; a list item and the document have none.
    pub key: Option<Range<usize>>,
    /// The first line of the value; an empty value's key or dash.
    pub value: Range<usize>,
}

/// A text that has a mark, a value or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The field. That of a key is its value's.
    pub path: FieldPath,
    /// The text, decoded.
    pub text: String,
    /// The part of the document that it stands in.
    pub span: Range<usize>,
}

impl<'t> YamlDocument<'t> {
    /// Reads YAML with `\n` line ends and without a byte-order mark, such as the lines between the `---` lines of a
    /// content file. `first_line` is the number of its first line in the file, which messages count from.
    pub fn read(text: &'t str, first_line: usize) -> Self {
        work::step(text.len() / 8);
        let (tree, problems) = match read(text, first_line) {
            Ok(Reading { tree, problems }) => (tree, problems),
            Err(problem) => (None, vec![*problem]),
        };
        let mut keys = FxHashMap::default();
        if let Some(NodeKind::Map(entries)) = tree.as_ref().map(|tree| &tree.node(ROOT).kind)
            && entries.len() > FEW_KEYS
        {
            for entry in entries {
                keys.entry((*entry.key).into()).or_insert(entry.value);
            }
        }
        Self { tree, problems, keys }
    }

    /// Reads the values. An empty document is the default value.
    ///
    /// An unknown key is a warning; other problems leave the smallest value around them out. A document that is not
    /// YAML gives the default value and one problem.
    pub fn parse<T: FromYaml + Default>(&self) -> Parsed<T> {
        let problems = self.problems.clone();
        let Some(tree) = &self.tree else {
            let is_broken = !problems.is_empty();
            let failed = is_broken.then(FieldPath::root).into_iter().collect();
            return Parsed { value: T::default(), problems, failed, left_out: Vec::new() };
        };
        let report = RefCell::new(ReadReport { problems, ..ReadReport::default() });
        let value = match tree.is_null(ROOT) {
            true => Some(T::default()),
            false => T::from_yaml(Value::document(tree, &report)).ok(),
        };
        let ReadReport { mut problems, mut failed, left_out, .. } = report.into_inner();
        if value.is_none() {
            failed.push(FieldPath::root());
        }
        problems.sort_by(|a, b| {
            (a.span.start, a.code.as_str(), &a.message).cmp(&(
                b.span.start,
                b.code.as_str(),
                &b.message,
            ))
        });
        Parsed { value: value.unwrap_or_default(), problems, failed, left_out }
    }

    /// Where a value stands; where the nearest value around it stands if it does not exist. A single value is its
    /// own first item, as for [`OneOrMany`](super::OneOrMany). `None` if the text is not YAML or has no value.
    pub fn locate(&self, path: &FieldPath) -> Option<Place> {
        let tree = self.tree.as_ref()?;
        let mut steps = path.steps();
        let id = match self.keys.is_empty() {
            true => below(tree, ROOT, steps),
            false => {
                let first = steps.next().and_then(|step| self.keys.get(&*step));
                first.map_or(ROOT, |value| below(tree, *value, steps))
            }
        };
        let key = tree.entry(id).map(|entry| entry.key_span.clone());
        Some(Place { key, value: tree.first_line(id) })
    }

    /// Where the key at a place stands.
    pub fn key_span(&self, path: &FieldPath) -> ByteSpan {
        self.locate(path).and_then(|place| place.key).unwrap_or_default().into()
    }

    /// The texts of the document that have a mark, as a function says, in order.
    pub fn marked(&self, has_mark: impl Fn(&str) -> bool) -> Vec<Marked> {
        let Some(tree) = &self.tree else { return Vec::new() };
        let marked = |id, text: &str, span: &Range<usize>| Marked {
            path: tree.path(id),
            text: text.into(),
            span: span.clone(),
        };
        let mut all = Vec::new();
        for (id, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Scalar { text, .. } if has_mark(text) => {
                    all.push(marked(id, text, &node.span));
                }
                NodeKind::Map(entries) => {
                    let keys = entries.iter().filter(|entry| has_mark(&entry.key));
                    all.extend(keys.map(|key| marked(key.value, &key.key, &key.key_span)));
                }
                _ => {}
            }
        }
        all.sort_by_key(|marked| marked.span.start);
        all
    }

    /// The keys of the document, in order. None if it is no mapping.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let entries = match self.tree.as_ref().map(|tree| &tree.node(ROOT).kind) {
            Some(NodeKind::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|entry| &*entry.key)
    }
}

/// The value at a place, or the nearest around it. A single value is its own first item.
pub(super) fn find(tree: &Tree<'_>, path: &FieldPath) -> NodeId {
    below(tree, ROOT, path.steps())
}

fn below<'p>(tree: &Tree<'_>, from: NodeId, steps: impl Iterator<Item = Cow<'p, str>>) -> NodeId {
    let mut id = from;
    for step in steps {
        let below = match &tree.node(id).kind {
            NodeKind::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            NodeKind::Map(entries) => {
                work::step(entries.len());
                entries.iter().find(|entry| entry.key == step).map(|entry| &entry.value)
            }
            NodeKind::Scalar { .. } | NodeKind::Refused => None,
        };
        match below {
            Some(below) => id = *below,
            None if step == "0" => {}
            None => break,
        }
    }
    id
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "`mapping!` defines public structs")]
mod tests;
