//! Parser events to a [`Tree`], and the features that are not used here.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use super::syntax::MAX_DEPTH;
use super::tree::{MapEntry, Node, NodeId, NodeKind, Step, Tree, line_end, one_char, one_line};
use super::{FieldPath, Problem, cut, folds, syntax};
use crate::diag::Code;

/// What was read of a document.
pub(super) struct Reading<'t> {
    /// `None` for a document without a value.
    pub(super) tree: Option<Tree<'t>>,
    /// Keys that stand twice, and features that are not used here.
    pub(super) problems: Vec<Problem>,
}

/// Reads a document. Messages count lines from `first_line`.
///
/// # Errors
/// The problem that kept the document from being read: a syntax error, a second document, or too many levels.
pub(super) fn read(text: &str, first_line: usize) -> Result<Reading<'_>, Box<Problem>> {
    // The parser counts characters, in a text without wide ones the same as bytes.
    let offsets =
        if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
    let mut reader = Reader {
        text,
        first_line,
        offsets,
        parser: Parser::new_from_str(text),
        nodes: Vec::new(),
        problems: Vec::new(),
        depth: 0,
    };
    let has_value = reader.document()?;
    let tree = Tree { text, nodes: reader.nodes };
    let problems = reader.problems.into_iter().map(|problem| problem.at_its_path(&tree));
    let problems = problems.chain(cut::problems(&tree)).collect();
    Ok(Reading { tree: has_value.then_some(tree), problems })
}

/// So many keys are looked through faster than looked up.
pub(super) const FEW_KEYS: usize = 16;

struct Reader<'t> {
    text: &'t str,
    first_line: usize,
    /// Byte offsets of the characters; empty when they are the same.
    offsets: Vec<usize>,
    parser: Parser<'t, StrInput<'t>>,
    nodes: Vec<Node<'t>>,
    problems: Vec<ReadProblem>,
    depth: usize,
}

/// A problem whose path is known when the tree is complete.
struct ReadProblem {
    node: NodeId,
    key: Option<String>,
    problem: Problem,
}

impl ReadProblem {
    fn at_its_path(self, tree: &Tree<'_>) -> Problem {
        let path = tree.path(self.node);
        let path = self.key.map_or(path.clone(), |key| path.key(&key));
        Problem { path, ..self.problem }
    }
}

struct MapKey<'t> {
    /// `None` for a key that cannot be used.
    text: Option<Cow<'t, str>>,
    span: Range<usize>,
    is_collection: bool,
}

/// What the place of a value is found with.
struct ValueContext {
    step: Step,
    /// The end of the key or dash before the value.
    after: usize,
    /// The place of an empty value.
    fallback: Range<usize>,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<bool, Box<Problem>> {
        let mut has_value = false;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(has_value),
                Event::DocumentStart(_) if has_value => {
                    let span = one_line(self.text, span);
                    let message = "a second document begins here";
                    let help =
                        "a file holds one document: remove the line `---` or `...` before it";
                    let problem = Problem::new(Code::YamlSyntax, FieldPath::root(), span, message);
                    return Err(Box::new(problem.help(help)));
                }
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                value => {
                    has_value = true;
                    let fallback = one_char(self.text, span.start);
                    self.value(
                        value,
                        span,
                        &ValueContext { step: Step::Root, after: 0, fallback },
                    )?;
                }
            }
        }
    }

    /// Reads the value that an event begins.
    fn value(
        &mut self,
        event: Event<'t>,
        span: Range<usize>,
        context: &ValueContext,
    ) -> Result<NodeId, Box<Problem>> {
        let id = self.nodes.len();
        let refused = Node { step: context.step, span: span.clone(), kind: NodeKind::Refused };
        self.nodes.push(refused);
        self.features(id, &event, &span, context.after);
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                self.nodes[id].span = self.scalar_span(&span, style, &text, context);
                let text = match style {
                    ScalarStyle::Literal => text,
                    _ => folds::joined(text, &self.text[self.nodes[id].span.clone()]),
                };
                self.nodes[id].kind = NodeKind::Scalar { text, plain };
            }
            Event::SequenceStart(..) => {
                self.deepen(&span)?;
                let (items, end) = self.items(id, &span)?;
                self.nodes[id].kind = NodeKind::List(items);
                self.nodes[id].span.end = end;
                self.depth -= 1;
            }
            Event::MappingStart(..) => {
                self.deepen(&span)?;
                self.entries(id, &span)?;
                self.depth -= 1;
            }
            // An alias, or an event that the parser does not send here.
            _ => {}
        }
        let span = self.nodes[id].span.clone();
        if span.is_empty() {
            self.nodes[id].span = one_char(self.text, span.start);
        }
        Ok(id)
    }

    fn deepen(&mut self, span: &Range<usize>) -> Result<(), Box<Problem>> {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            return Ok(());
        }
        Err(Box::new(syntax::nested_too_deeply(self.text, span.start)))
    }

    fn items(
        &mut self,
        list: NodeId,
        start: &Range<usize>,
    ) -> Result<(Vec<NodeId>, usize), Box<Problem>> {
        let flow = self.text[start.clone()].starts_with('[');
        let mut items = Vec::new();
        let mut end = start.start + usize::from(flow);
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok((items, if flow { (span.start + 1).max(end) } else { end }));
            }
            let (after, fallback) = match self.dash(end) {
                Some(dash) if !flow => (dash + 1, dash..dash + 1),
                _ => (end, one_char(self.text, span.start)),
            };
            let step = Step::Item { list, index: items.len() };
            let item = self.value(event, span, &ValueContext { step, after, fallback })?;
            end = end.max(self.nodes[item].span.end);
            items.push(item);
        }
    }

    fn entries(&mut self, map: NodeId, start: &Range<usize>) -> Result<(), Box<Problem>> {
        let flow = self.text[start.clone()].starts_with('{');
        let mut entries: Vec<MapEntry<'t>> = Vec::new();
        // By key, once there are many: the index of the entry.
        let mut indexes: FxHashMap<Cow<'t, str>, usize> = FxHashMap::default();
        let mut end = start.start + usize::from(flow);
        let mut all_text = true;
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                self.nodes[map].span.end = if flow { (span.start + 1).max(end) } else { end };
                // `{{ name }}` is a mapping, but not for the one who wrote it.
                if all_text || !flow {
                    self.nodes[map].kind = NodeKind::Map(entries);
                }
                if !all_text && flow {
                    let place = one_line(self.text, self.nodes[map].span.clone());
                    self.key_that_is_no_text(map, place);
                }
                return Ok(());
            }
            let key = self.key(map, event, span, end)?;
            let (event, span) = self.next()?;
            let first = key.text.as_ref().and_then(|text| match entries.len() > FEW_KEYS {
                true => indexes.get(text).copied(),
                false => entries.iter().position(|entry| entry.key == *text),
            });
            let step = match (&key.text, &first) {
                (Some(_), None) => Step::Entry { map, index: entries.len() },
                _ => Step::Nowhere,
            };
            let (after, place) = (key.span.end, one_line(self.text, key.span));
            let fallback = place.clone();
            let value = self.value(event, span, &ValueContext { step, after, fallback })?;
            end = end.max(self.nodes[value].span.end);
            if key.is_collection {
                all_text = false;
                if !flow {
                    self.key_that_is_no_text(map, place.clone());
                }
            }
            let Some(text) = key.text else { continue };
            if let Some(first) = first {
                let first = entries[first].key_span.clone();
                self.duplicate(map, &text, first, place);
                continue;
            }
            entries.push(MapEntry { key: text, key_span: place, value });
            let new = if entries.len() == FEW_KEYS + 1 { 0 } else { entries.len() - 1 };
            if entries.len() > FEW_KEYS {
                indexes.extend((new..entries.len()).map(|at| (entries[at].key.clone(), at)));
            }
        }
    }

    /// Reads a key. One that cannot be used is reported here and has no text.
    fn key(
        &mut self,
        map: NodeId,
        event: Event<'t>,
        span: Range<usize>,
        after: usize,
    ) -> Result<MapKey<'t>, Box<Problem>> {
        if let Event::Scalar(text, style, anchor, tag) = event {
            let merge = style == ScalarStyle::Plain && text == "<<";
            let fallback = one_char(self.text, span.start);
            let context = ValueContext { step: Step::Nowhere, after, fallback };
            let place = self.scalar_span(&span, style, &text, &context);
            let properties = Event::Scalar(Cow::Borrowed(""), style, anchor, tag);
            self.features(map, &properties, &span, after);
            if merge {
                let message = "merge keys (`<<`) are not used here";
                self.feature(map, place.clone(), message, "write out the keys");
            }
            return Ok(MapKey {
                text: (!merge).then_some(text),
                span: place,
                is_collection: false,
            });
        }
        let is_collection = !matches!(event, Event::Alias(_));
        let fallback = one_char(self.text, span.start);
        let key =
            self.value(event, span, &ValueContext { step: Step::Nowhere, after, fallback })?;
        let span = self.nodes[key].span.clone();
        Ok(MapKey { text: None, span, is_collection })
    }

    fn key_that_is_no_text(&mut self, map: NodeId, place: Range<usize>) {
        let quoted = syntax::quoted(&self.text[place.clone()]);
        let message = "a key must be text, found a list or mapping";
        let problem = Problem::new(Code::YamlSyntax, FieldPath::root(), place, message)
            .help(format!("if this is text, put it in quotes: {quoted}"));
        self.problems.push(ReadProblem { node: map, key: None, problem });
    }

    fn duplicate(&mut self, map: NodeId, key: &str, first: Range<usize>, second: Range<usize>) {
        let line = |at: usize| {
            self.text[..at].bytes().filter(|byte| *byte == b'\n').count() + self.first_line
        };
        let lines = match (line(first.start), line(second.start)) {
            (one, two) if one == two => format!("(on line {one})"),
            (one, two) => format!("(lines {one} and {two})"),
        };
        let message = format!("key `{key}` appears twice {lines}");
        let mut problem = Problem::new(Code::DuplicateKey, FieldPath::root(), second, message)
            .help("keep one of the two");
        problem.related.push((format!("first `{key}`"), first));
        self.problems.push(ReadProblem { node: map, key: Some(key.to_owned()), problem });
    }

    /// Reports an anchor, an alias or a tag.
    fn features(&mut self, node: NodeId, event: &Event<'t>, span: &Range<usize>, after: usize) {
        let (anchor, tag): (usize, Option<&Tag>) = match event {
            Event::Alias(_) => {
                let place = self.token(b'*', span, after);
                self.feature(
                    node,
                    place,
                    "aliases (`*…`) are not used here",
                    "write the value out",
                );
                return;
            }
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor, tag.as_deref()),
            _ => return,
        };
        if anchor != 0 {
            let place = self.token(b'&', span, after);
            self.feature(node, place, "anchors (`&…`) are not used here", "remove it");
        }
        if tag.is_some() {
            let place = self.token(b'!', span, after);
            self.feature(node, place, "tags (`!…`) are not used here", "remove it");
        }
    }

    fn feature(&mut self, node: NodeId, span: Range<usize>, message: &str, help: &str) {
        let token = &self.text[span.clone()];
        let help = match token.chars().next() {
            Some(c @ ('*' | '&' | '!')) => {
                format!("{help}; text that begins with `{c}` needs quotes")
            }
            _ => help.to_owned(),
        };
        let problem = Problem::new(Code::YamlFeature, FieldPath::root(), span, message).help(help);
        self.problems.push(ReadProblem { node, key: None, problem });
    }

    /// The token that an indicator begins, in or shortly before a value.
    fn token(&self, indicator: u8, span: &Range<usize>, after: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = if bytes.get(span.start) == Some(&indicator) {
            span.start
        } else {
            let from = after.min(span.start);
            let before = &bytes[from..span.end.max(span.start)];
            match before.iter().position(|byte| *byte == indicator) {
                Some(at) => from + at,
                None => return one_line(self.text, span.clone()),
            }
        };
        syntax::token(self.text, start)
    }

    fn scalar_span(
        &self,
        span: &Range<usize>,
        style: ScalarStyle,
        text: &str,
        context: &ValueContext,
    ) -> Range<usize> {
        if style == ScalarStyle::Plain && text.is_empty() {
            return context.fallback.clone();
        }
        let mut start = span.start;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            // The parser marks the first line of the text; the scalar begins at its `|` or `>`.
            let before = self.text.get(context.after..start).unwrap_or("");
            start = before.find(['|', '>']).map_or(start, |at| context.after + at);
        }
        let text = self.text[start..span.end.max(start)].trim_end();
        if text.is_empty() { one_char(self.text, start) } else { start..start + text.len() }
    }

    /// The dash of the next item of a block list.
    fn dash(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            match bytes.get(at)? {
                b'-' => return Some(at),
                b' ' | b'\n' | b'\t' => at += 1,
                b'#' => at = line_end(self.text, at),
                _ => return None,
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Range<usize>), Box<Problem>> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let start = self.offset(span.start.index());
                let end = self.offset(span.end.index()).max(start);
                Ok((event, start..end))
            }
            Some(Err(error)) => {
                let at = self.offset(error.marker().index());
                Err(Box::new(syntax::problem(self.text, at, error.info())))
            }
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    fn offset(&self, index: usize) -> usize {
        if self.offsets.is_empty() {
            index.min(self.text.len())
        } else {
            self.offsets.get(index).copied().unwrap_or(self.text.len())
        }
    }
}
