//! A document as a tree in which every value knows its place.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::FieldPath;
use super::value::is_null;

/// A node's number; parents come before their children.
pub(super) type NodeId = usize;

/// The number of the document's own node.
pub(super) const ROOT: NodeId = 0;

/// The values of a document, without keys that stand twice, merge keys and keys that are not text.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: Vec<Node<'t>>,
}

#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) step: Step,
    /// From the first byte to the last; for an empty value, the key or dash that it belongs to.
    pub(super) span: Range<usize>,
    pub(super) kind: NodeKind<'t>,
}

/// How a value hangs in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Root,
    Item {
        list: NodeId,
        index: usize,
    },
    Entry {
        map: NodeId,
        index: usize,
    },
    /// Reported and left out.
    Nowhere,
}

#[derive(Debug)]
pub(super) enum NodeKind<'t> {
    Scalar {
        text: Cow<'t, str>,
        plain: bool,
    },
    List(Vec<NodeId>),
    Map(Vec<MapEntry<'t>>),
    /// An alias, or brackets that look like text: reported when it was read, never deserialised.
    Refused,
}

#[derive(Debug)]
pub(super) struct MapEntry<'t> {
    pub(super) key: Cow<'t, str>,
    pub(super) key_span: Range<usize>,
    pub(super) value: NodeId,
}

impl<'t> Tree<'t> {
    pub(super) fn node(&self, id: NodeId) -> &Node<'t> {
        &self.nodes[id]
    }

    /// The entry whose value a node is.
    pub(super) fn entry(&self, id: NodeId) -> Option<&MapEntry<'t>> {
        let Step::Entry { map, index } = self.node(id).step else { return None };
        match &self.node(map).kind {
            NodeKind::Map(entries) => entries.get(index),
            _ => None,
        }
    }

    pub(super) fn path(&self, id: NodeId) -> FieldPath {
        match self.node(id).step {
            Step::Root | Step::Nowhere => FieldPath::root(),
            Step::Item { list, index } => self.path(list).index(index),
            Step::Entry { map, .. } => {
                self.path(map).key(self.entry(id).map_or("", |entry| &*entry.key))
            }
        }
    }

    /// Whether a value is empty or says `null`.
    pub(super) fn is_null(&self, id: NodeId) -> bool {
        matches!(&self.node(id).kind, NodeKind::Scalar { text, plain: true } if is_null(text))
    }

    /// The part of a value that stands on its first line: where a problem with it is shown.
    pub(super) fn first_line(&self, id: NodeId) -> Range<usize> {
        let span = &self.node(id).span;
        let limit = line_end(self.text, span.start);
        if span.end <= limit {
            return span.clone();
        }
        // A scalar goes on to the line's end, a list or mapping up to its last token: a comment is not part of it.
        let end = match self.node(id).kind {
            NodeKind::Scalar { .. } | NodeKind::Refused => limit,
            NodeKind::List(_) | NodeKind::Map(_) => self.last_token(id, limit).max(span.start),
        };
        let end = span.start + self.text[span.start..end].trim_end().len();
        if end > span.start { span.start..end } else { one_char(self.text, span.start) }
    }

    fn last_token(&self, id: NodeId, limit: usize) -> usize {
        let node = self.node(id);
        if node.span.end <= limit {
            return node.span.end;
        }
        match &node.kind {
            NodeKind::Scalar { .. } | NodeKind::Refused => limit,
            NodeKind::List(items) => items
                .iter()
                .take_while(|item| self.node(**item).span.start < limit)
                .map(|item| self.last_token(*item, limit))
                .max()
                .unwrap_or(node.span.start + 1),
            NodeKind::Map(entries) => entries
                .iter()
                .take_while(|entry| entry.key_span.start < limit)
                .map(|entry| {
                    let value = entry.value;
                    let on_line = self.node(value).span.start < limit;
                    let value = if on_line { self.last_token(value, limit) } else { 0 };
                    value.max(entry.key_span.end.min(limit))
                })
                .max()
                .unwrap_or(node.span.start + 1),
        }
    }
}

/// Where the line of a place ends: its line break, or the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length)
}

/// Where the line of a place starts.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// The part of a range on its first line, without spaces at its end: at least a character.
pub(super) fn one_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = one_char(text, range.start);
    let end = range.end.min(line_end(text, start.start));
    let length = text.get(start.start..end).map_or(0, |line| line.trim_end().len());
    start.start..start.end.max(start.start + length)
}

/// The character at a place, or the one before it at the end of a line or text.
pub(super) fn one_char(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let width = |c: char| c.len_utf8();
    match text[at..].chars().next() {
        Some(c) if c != '\n' => at..at + width(c),
        _ => match text[..at].chars().next_back() {
            Some(c) if c != '\n' => at - width(c)..at,
            Some(_) if at == text.len() => at - 1..at,
            _ => at..text.len().min(at + 1),
        },
    }
}
