//! What a text became that its author cannot have meant: text instead of a link, a cell that is never shown.
//!
//! [`Lint`] follows the parser's events as the driver reads them, and keeps what a rule looks at: the blocks that are open
//! and the pieces of the leaf block that is being read. A rule is a function of these. It looks at the source and at nothing
//! else, and reports bytes of it. There is one file for each family of rules:
//!
//! - [`links`]: links, and definitions that no link uses;
//! - [`tables`]: rows, and tables that are none;
//! - [`blocks`]: headings, fences, definition lists, what is empty;
//! - [`lines`]: lines of one paragraph that were meant as blocks;
//! - [`foreign`]: syntax of other programs;
//! - [`embeds`]: what of it shows films, charts and pictures;
//! - [`inside`]: the same in the texts of links and in blocks of HTML.
//!
//! A text is not searched for what it has no sign of: each rule begins with a search for a byte that it cannot do without.

mod blocks;
pub(super) mod embeds;
mod foreign;
mod inside;
mod leaf;
mod lines;
mod links;
mod tables;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs, Tag, TagEnd};
use rustc_hash::FxHashSet;

use crate::base::Signs;
use crate::diag::{Code, Diagnostic};

use super::markdown::Shape;
use leaf::{Leaf, Piece, PieceKind};

/// A problem of a text; its places are bytes of it.
type Finding = Diagnostic<Range<usize>>;

/// So many problems of a text are enough: what makes more is not written by hand.
const MOST: usize = 1000;

/// The problems of a text, while it is being read.
pub(super) struct Lint<'a> {
    text: &'a str,
    shape: Shape,
    /// Whether raw HTML passes.
    trusted: bool,
    /// The blocks that are open, with their sources.
    open: Vec<(OpenBlock, Range<usize>)>,
    /// The leaf block that is being read.
    pieces: Vec<Piece>,
    /// The links that are open, and whether something that readers perceive was in each.
    links: Vec<(Range<usize>, bool)>,
    pictures: usize,
    /// What stands in the link that is being read.
    inside: Vec<Piece>,
    /// The term above the definition that is being read.
    term: Range<usize>,
    /// Whether what was read last in the innermost block that needs text is text.
    has_text: bool,
    /// The labels that links use, in lower case.
    used: FxHashSet<String>,
    /// `[text][label]` that is no link: the label and its place.
    unknown: Vec<Range<usize>>,
    /// The signs of the leaf block that ended last.
    signs: Signs,
    findings: Vec<Finding>,
}

/// A block, as far as rules tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenBlock {
    Paragraph,
    Heading,
    Item,
    Cell,
    Code,
    Html,
    Term,
    Definition,
    /// A list, a quote, a table, a footnote.
    Container,
}

impl<'a> Lint<'a> {
    /// Begins with a text as the parser reads it.
    pub(super) fn new(text: &'a str, shape: Shape, trusted: bool) -> Self {
        Self {
            text,
            shape,
            trusted,
            open: Vec::new(),
            pieces: Vec::new(),
            links: Vec::new(),
            pictures: 0,
            inside: Vec::new(),
            term: 0..0,
            has_text: false,
            used: FxHashSet::default(),
            unknown: Vec::new(),
            signs: Signs::default(),
            findings: Vec::new(),
        }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(_) => match self.open.last() {
                Some((OpenBlock::Code, _)) => self.has_text = true,
                _ => self.piece(PieceKind::Text, range),
            },
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.piece(PieceKind::Code, range);
            }
            Event::InlineHtml(html) => {
                if self.trusted {
                    let found = blocks::pictures_without_alt(html, range, self.text);
                    self.findings.extend(found);
                }
                self.piece(PieceKind::Html, range);
            }
            Event::Html(html) => {
                if self.trusted {
                    let found = blocks::pictures_without_alt(html, range, self.text);
                    self.findings.extend(found);
                }
                self.has_text = true;
            }
            Event::SoftBreak | Event::HardBreak => self.piece(PieceKind::Break, range),
            Event::FootnoteReference(_) => self.piece(PieceKind::Note, range),
            // An empty form is to be filled in by its reader.
            Event::TaskListMarker(_) => self.has_text = true,
            Event::Rule => {
                self.end_leaf();
                self.has_text = true;
            }
        }
    }

    fn piece(&mut self, kind: PieceKind, range: &Range<usize>) {
        let is_blank = kind == PieceKind::Break
            || (kind == PieceKind::Text && self.text[range.clone()].trim().is_empty());
        if !is_blank {
            self.has_text = true;
            if let Some((_, has_text)) = self.links.last_mut() {
                *has_text = true;
            }
        }
        if self.links.is_empty() && self.pictures == 0 {
            self.pieces.push(Piece { kind, range: range.clone() });
        } else if self.pictures == 0 {
            self.inside.push(Piece { kind, range: range.clone() });
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let block = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return,
            Tag::Superscript | Tag::Subscript => return,
            Tag::Link { link_type, dest_url, id, .. } => {
                return self.start_link(*link_type, dest_url, id, range);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.uses(*link_type, id);
                if self.pictures == 0 && self.links.is_empty() {
                    self.pieces.push(Piece { kind: PieceKind::Link, range: range.clone() });
                }
                let is_embed = matches!(link_type, LinkType::WikiLink { .. });
                if is_embed && let Some(found) = foreign::embed(self.text, range, dest_url) {
                    self.findings.push(found);
                }
                self.pictures += 1;
                return;
            }
            Tag::Paragraph => OpenBlock::Paragraph,
            Tag::Heading { .. } => OpenBlock::Heading,
            Tag::Item => OpenBlock::Item,
            Tag::TableCell => OpenBlock::Cell,
            Tag::CodeBlock(_) => OpenBlock::Code,
            Tag::HtmlBlock => OpenBlock::Html,
            Tag::DefinitionListTitle => OpenBlock::Term,
            Tag::DefinitionListDefinition => OpenBlock::Definition,
            _ => OpenBlock::Container,
        };
        self.end_leaf();
        self.has_text = false;
        self.open.push((block, range.clone()));
        if self.shape == Shape::Inline {
            return;
        }
        match tag {
            Tag::DefinitionListDefinition => {
                let term = self.text[self.term.clone()].trim();
                self.findings.extend(blocks::definition(self.text, term, range));
            }
            Tag::CodeBlock(kind) => self.findings.extend(blocks::fence(self.text, range, kind)),
            Tag::Table(columns) if self.findings.len() <= MOST => {
                tables::rows(self.text, range, columns.len(), &mut self.findings);
            }
            _ => {}
        }
    }

    fn start_link(&mut self, kind: LinkType, url: &str, label: &str, range: &Range<usize>) {
        self.uses(kind, label);
        if self.links.is_empty() {
            self.pieces.push(Piece { kind: PieceKind::Link, range: range.clone() });
        }
        if kind == LinkType::Autolink {
            self.findings.extend(links::autolink(self.text, range));
        }
        // What names itself is never empty.
        let names_itself = url.is_empty()
            || matches!(kind, LinkType::WikiLink { .. } | LinkType::Autolink | LinkType::Email);
        self.links.push((range.clone(), names_itself));
    }

    fn uses(&mut self, kind: LinkType, label: &str) {
        if matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.used.insert(links::key(label));
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => return,
            TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::Image => {
                self.pictures -= 1;
                self.has_text = true;
                if let Some((_, has_text)) = self.links.last_mut() {
                    *has_text = true;
                }
                return;
            }
            TagEnd::Link => {
                if let Some((_, has_text)) = self.links.pop()
                    && !has_text
                {
                    self.findings.push(blocks::empty_link(self.text, range));
                }
                if self.links.is_empty() && !self.text[range.clone()].starts_with('<') {
                    inside::link(self.text, &self.inside, &mut self.findings);
                }
                self.inside.clear();
                return;
            }
            _ => {}
        }
        self.end_leaf();
        let Some((block, _)) = self.open.pop() else { return };
        let is_empty = !self.has_text;
        self.has_text = true;
        if self.shape == Shape::Inline {
            return;
        }
        match block {
            OpenBlock::Heading if is_empty => {
                self.findings.push(blocks::empty_heading(self.text, range));
            }
            OpenBlock::Heading => {
                self.findings.extend(blocks::heading(self.text, range, self.shape));
            }
            OpenBlock::Term => self.term = range.clone(),
            OpenBlock::Html if self.trusted => {
                inside::html_block(self.text, range, &mut self.findings);
            }
            OpenBlock::Item if is_empty => {
                self.findings.extend(blocks::empty_item(self.text, range));
            }
            _ => {}
        }
    }

    /// Ends the leaf block that is being read, and looks at it.
    fn end_leaf(&mut self) {
        if self.pieces.is_empty() {
            self.signs = Signs::default();
            return;
        }
        let pieces = std::mem::take(&mut self.pieces);
        let block = self.open.last().map_or(OpenBlock::Paragraph, |(block, _)| *block);
        let leaf = Leaf::new(self.text, block, &pieces);
        self.signs = leaf.signs;
        if self.findings.len() <= MOST {
            self.leaf(&leaf);
        }
        self.pieces = pieces;
        self.pieces.clear();
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) {
        if leaf.signs.any(b"[") {
            links::leaf(leaf, &mut self.findings, &mut self.unknown);
        }
        if leaf.signs.any(b"<") && leaf.signs.any(b"|") {
            links::piped(leaf, &mut self.findings);
        }
        foreign::leaf(leaf, &mut self.findings);
        if leaf.signs.any(b"[") {
            embeds::brackets(leaf, &mut self.findings);
        }
        let is_lines = matches!(leaf.block, OpenBlock::Paragraph | OpenBlock::Item);
        if self.shape != Shape::Inline && is_lines {
            if leaf.signs.any(b"|") {
                tables::paragraph(leaf, &mut self.findings);
            }
            lines::paragraph(leaf, &mut self.findings);
            if leaf.block == OpenBlock::Paragraph && self.open.len() == 1 {
                self.findings.extend(embeds::alone(leaf));
            }
        }
    }

    /// The signs of the leaf block whose end was the last event.
    pub(super) fn last_signs(&self) -> Signs {
        self.signs
    }

    /// Ends the text. `definitions` are those of its links.
    pub(super) fn finish(mut self, definitions: &RefDefs<'_>) -> Vec<Finding> {
        self.end_leaf();
        links::unknown(self.text, &self.unknown, definitions, &mut self.findings);
        links::unused(self.text, &self.used, definitions, &mut self.findings);
        self.findings
    }
}

/// A footnote that no reader sees: no mark leads to it, or another of its name stands before it.
pub(super) fn unused_footnote(name: &str, range: Range<usize>, is_second: bool) -> Finding {
    let (message, help) = match is_second {
        true => (
            format!("the footnote `[^{name}]` is defined twice: this text is never shown"),
            "give one of the two another name, or remove it".to_owned(),
        ),
        false => (
            format!("no text refers to the footnote `[^{name}]`: it is never shown"),
            format!("write `[^{name}]` where it belongs, or remove it"),
        ),
    };
    Diagnostic::new(Code::UnusedFootnote, range, message).help(help)
}
