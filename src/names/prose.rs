//! The prose of a text: its blocks one by one, as names are looked for in them.
//!
//! The HTML that Markdown became is read once, tag by tag: it knows what is a heading, a quotation, code or a link, at
//! every trust level, and a link around a name is put into it. Headings, quotations, code, links and definitions are no
//! prose. What they link to by hand is told all the same.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;

use crate::base::work;
use crate::content::markup::{Hole, Inline, Markup, Piece};
use crate::content::reference::{Link, Target};

use super::fold::Folded;
use super::sentence::sentence;

/// A place in a markup: a piece, and the byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct Loc {
    /// The piece.
    pub piece: u32,
    /// The offset in it; 0 in a hole.
    pub at: u32,
}

/// A block of prose: a paragraph, a cell, an item.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// Its text; what is no prose is a barrier.
    pub(super) folded: Folded,
    /// What it links to by hand, in order.
    pub(super) explicit: Vec<Explicit<'a>>,
    /// The anchor of its section.
    pub(super) section: Option<Arc<str>>,
    /// Where names link once.
    pub(super) scope: u32,
    /// Where it begins.
    pub(super) start: Loc,
    /// Where it ends.
    pub(super) end: Loc,
}

/// A link that an author made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Explicit<'a> {
    /// Its offset in the folded text.
    pub(super) at: usize,
    /// Where it leads.
    pub(super) target: &'a Target,
    /// Where its text begins.
    pub(super) start: Loc,
    /// Where its text ends.
    pub(super) end: Loc,
}

/// Shows the blocks of a markup in order. Sections of its own are told by their anchors; `section` is the one that
/// the whole text stands in, if it does. Scopes are counted on from `scope`.
pub(super) fn blocks<'a>(
    markup: &'a Markup,
    section: Option<&Arc<str>>,
    scope: &mut u32,
    visit: &mut dyn FnMut(&Block<'a>),
) {
    let mut walk = Walk {
        block: Block { section: section.cloned(), scope: *scope, ..Block::default() },
        fixed: section.is_some(),
        scopes: scope,
        in_h2: false,
        notes: false,
        open: Vec::new(),
        depth: FxHashMap::default(),
        silent: 0,
        containers: 0,
        links: Vec::new(),
        tag: None,
        visit,
    };
    for (at, piece) in markup.pieces().enumerate() {
        let at = at as u32;
        match piece {
            Piece::Html(html) => walk.html(at, html),
            Piece::Home(html) => walk.home(html),
            Piece::Hole(hole) => walk.hole(at, hole),
        }
    }
    let end = Loc { piece: markup.len() as u32, at: 0 };
    walk.flush(end, end);
}

struct Walk<'a, 'v> {
    block: Block<'a>,
    /// Whether every block has the section that was given.
    fixed: bool,
    scopes: &'v mut u32,
    /// Whether the section is one of the second level.
    in_h2: bool,
    /// Whether footnotes are being read.
    notes: bool,
    open: Vec<Element>,
    /// How many of each name are open.
    depth: FxHashMap<&'static str, u32>,
    /// How many open elements are no prose.
    silent: usize,
    /// How many open elements hold blocks: what stands in them is not at the top of the text.
    containers: usize,
    /// For each open link, its place among the explicit ones.
    links: Vec<Option<usize>>,
    /// A tag that began and has not ended: a hole stands in it.
    tag: Option<(String, String)>,
    visit: &'v mut dyn FnMut(&Block<'a>),
}

/// An open element of those that matter here.
struct Element {
    name: &'static str,
    silent: bool,
    container: bool,
    /// The scope and section around it, when it has its own.
    outer: Option<(u32, Option<Arc<str>>)>,
}

impl<'a> Walk<'a, '_> {
    fn html(&mut self, piece: u32, html: &'a str) {
        let bytes = html.as_bytes();
        let mut at = 0;
        if self.tag.is_some() {
            at = self.rest_of_tag(piece, html);
        }
        while at < bytes.len() {
            let end = memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| at + found);
            if self.silent == 0 && self.links.is_empty() {
                self.text(piece, html, at, end);
            }
            if end == bytes.len() {
                return;
            }
            at = self.tag(piece, html, end);
        }
    }

    fn text(&mut self, piece: u32, html: &str, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let end = memchr(b'&', &html.as_bytes()[at..to]).map_or(to, |found| at + found);
            self.block.folded.push(piece, at as u32, &html[at..end]);
            at = end;
            if at < to {
                let (c, length) = character(&html[at..to]);
                self.block.folded.push_char(piece, at as u32, c);
                at += length;
            }
        }
    }

    /// Reads the tag that begins at an offset, and returns where it ends.
    fn tag(&mut self, piece: u32, html: &'a str, start: usize) -> usize {
        let inside = &html[start + 1..];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A declaration or an instruction of trusted HTML; a sign alone would have been escaped.
            return memchr(b'>', inside.as_bytes()).map_or(html.len(), |end| start + end + 2);
        }
        let length = inside.len() - name.len();
        let length = length + name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = lower_case(&inside[..length]);
        match end_of_tag(&inside[length..]) {
            Some(end) => {
                let attributes = &inside[length..length + end];
                let at = start + 1 + length + end + 1;
                self.element(piece, &name, attributes, start, at);
                self.raw_text(&name, html, at)
            }
            None => {
                self.tag = Some((name.into_owned(), inside[length..].to_owned()));
                self.flush_before(&Loc { piece, at: start as u32 });
                html.len()
            }
        }
    }

    /// The text of a script or a style is no HTML.
    fn raw_text(&self, name: &str, html: &str, at: usize) -> usize {
        if !matches!(name, "script" | "style" | "textarea" | "title") {
            return at;
        }
        let close = format!("</{name}");
        let mut ends = memmem::find_iter(&html.as_bytes()[at..], b"</").map(|found| at + found);
        let is_close = |end: &usize| {
            work::step(1);
            let tag = html.as_bytes().get(*end..*end + close.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(close.as_bytes()))
        };
        ends.find(is_close).unwrap_or(html.len())
    }

    fn rest_of_tag(&mut self, piece: u32, html: &str) -> usize {
        let Some((name, mut attributes)) = self.tag.take() else { return 0 };
        // A hole may be a value: its quotation mark stands before it.
        let closed = match open_quote(&attributes) {
            Some(quote) => memchr(quote, html.as_bytes()).map(|at| at + 1),
            None => Some(0),
        };
        let end = closed.and_then(|at| Some(at + end_of_tag(&html[at..])?));
        match end {
            Some(end) => {
                attributes.push_str(&html[..end]);
                self.element(piece, &name, &attributes, 0, end + 1);
                end + 1
            }
            None => {
                attributes.push_str(html);
                self.tag = Some((name, attributes));
                html.len()
            }
        }
    }

    fn element(&mut self, piece: u32, name: &str, attributes: &str, from: usize, to: usize) {
        let (before, after) = (Loc { piece, at: from as u32 }, Loc { piece, at: to as u32 });
        if let Some(name) = name.strip_prefix('/') {
            if !is_inline(name) {
                self.flush(before, after);
            }
            return self.close(name);
        }
        if name == "br" {
            return self.block.folded.push(u32::MAX, 0, " ");
        }
        if !is_inline(name) {
            self.flush(before, after);
        }
        let known = known(name);
        if known.is_empty() || attributes.ends_with('/') {
            return;
        }
        let titled = known == "p" || known == "span";
        let silent = is_silent(known)
            || titled
                && (attributes.contains("callout-title") || attributes.contains("callout-kind"));
        if titled && !silent {
            return;
        }
        if silent && self.silent == 0 {
            self.block.folded.barrier();
        }
        let heading = matches!(known, "h2" | "h3" | "h4" | "h5" | "h6");
        if heading && self.containers == 0 && !self.fixed {
            self.heading(known, attributes);
        }
        let note = self.notes && known == "li" && id_of(attributes).is_some();
        let scoped = matches!(known, "tr" | "aside") || note;
        let outer = scoped.then(|| (self.block.scope, self.block.section.clone()));
        if scoped {
            self.next_scope();
        }
        if note && !self.fixed {
            self.block.section = id_of(attributes);
        }
        let container = matches!(known, "ul" | "ol" | "blockquote" | "dl" | "table" | "aside");
        self.silent += usize::from(silent);
        self.containers += usize::from(container);
        *self.depth.entry(known).or_default() += 1;
        self.open.push(Element { name: known, silent, container, outer });
    }

    fn close(&mut self, name: &str) {
        let known = known(name);
        if self.depth.get(known).is_none_or(|depth| *depth == 0) {
            return;
        }
        let Some(found) = self.open.iter().rposition(|element| element.name == known) else {
            return;
        };
        work::step(self.open.len() - found);
        for element in self.open.drain(found..).rev() {
            *self.depth.entry(element.name).or_default() -= 1;
            self.silent -= usize::from(element.silent);
            self.containers -= usize::from(element.container);
            if let Some((scope, section)) = element.outer {
                self.block.scope = scope;
                self.block.section = section;
            }
        }
    }

    /// A heading at the top of the text begins a section, unless it stands below one of the second level.
    fn heading(&mut self, name: &str, attributes: &str) {
        let second = name == "h2";
        if second {
            self.next_scope();
        }
        if second || !self.in_h2 {
            self.in_h2 = second;
            self.block.section = id_of(attributes);
        }
    }

    fn next_scope(&mut self) {
        *self.scopes += 1;
        self.block.scope = *self.scopes;
    }

    fn home(&mut self, html: &str) {
        if let Some((_, attributes)) = &mut self.tag {
            attributes.push_str(html);
        }
    }

    fn hole(&mut self, piece: u32, hole: &'a Hole) {
        match hole {
            Hole::HomeStart => self.notes = true,
            Hole::HomeEnd => self.notes = false,
            Hole::Open(link) => {
                self.block.folded.barrier();
                let explicit = match &**link {
                    Link::To(target, _) => {
                        let start = Loc { piece: piece + 1, at: 0 };
                        let at = self.block.folded.len();
                        self.block.explicit.push(Explicit { at, target, start, end: start });
                        Some(self.block.explicit.len() - 1)
                    }
                    _ => None,
                };
                self.links.push(explicit);
            }
            Hole::Named(target) => {
                self.block.folded.barrier();
                let (start, end) = (Loc { piece, at: 0 }, Loc { piece: piece + 1, at: 0 });
                let at = self.block.folded.len();
                self.block.explicit.push(Explicit { at, target, start, end });
            }
            Hole::Unlinked => {
                self.block.folded.barrier();
                self.links.push(None);
            }
            Hole::Close | Hole::UnlinkedEnd => {
                if let Some(explicit) = self.links.pop().flatten()
                    && let Some(explicit) = self.block.explicit.get_mut(explicit)
                {
                    explicit.end = Loc { piece, at: 0 };
                }
            }
            // A value in a tag is no text.
            Hole::Message(_) if self.tag.is_some() => {}
            Hole::Label(_) | Hole::Fact(_) | Hole::Cite(_) | Hole::Image(_) | Hole::Message(_) => {
                self.block.folded.barrier();
            }
        }
    }

    /// A block that ends where a tag begins whose end is not known yet.
    fn flush_before(&mut self, end: &Loc) {
        let name = self.tag.as_ref().map_or("", |(name, _)| name);
        if !is_inline(name.strip_prefix('/').unwrap_or(name)) {
            self.flush(*end, *end);
        }
    }

    fn flush(&mut self, end: Loc, next: Loc) {
        let block = &mut self.block;
        if block.folded.len() > 0 || !block.explicit.is_empty() {
            block.end = end;
            block.folded.finish();
            (self.visit)(block);
            block.folded.clear();
            block.explicit.clear();
            // A link does not go on in the next block.
            self.links.iter_mut().for_each(|link| *link = None);
        }
        block.start = next;
    }
}

/// The first character of an escaped text, and the bytes it takes.
pub(super) fn character(html: &str) -> (char, usize) {
    for (entity, c) in [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')] {
        if html.starts_with(entity) {
            return (c, entity.len());
        }
    }
    let c = html.chars().next().unwrap_or(' ');
    (c, c.len_utf8())
}

/// A name of an element, in lower case as it nearly always stands.
fn lower_case(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

/// The offset of the `>` that ends a tag, quoted values skipped.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let found = bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))?;
        at += found;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += 1 + memchr(bytes[at], &bytes[at + 1..])? + 1;
    }
}

/// The quotation mark of a value that is not closed.
fn open_quote(attributes: &str) -> Option<u8> {
    attributes.bytes().fold(None, |open, byte| match (open, byte) {
        (None, b'"' | b'\'') => Some(byte),
        (Some(quote), _) if quote == byte => None,
        (open, _) => open,
    })
}

fn id_of(attributes: &str) -> Option<Arc<str>> {
    let at = attributes.find(" id=\"")? + 5;
    let end = memchr(b'"', &attributes.as_bytes()[at..])?;
    Some(attributes[at..at + end].into())
}

/// The names of elements that matter: what is no prose, what holds blocks, what is a scope of its own.
fn known(name: &str) -> &'static str {
    macro_rules! one_of {
        ($($known:literal)*) => { match name { $($known => $known,)* _ => "" } };
    }
    one_of!(
        "p" "span" "a" "code" "li" "tr" "ul" "ol" "h2" "h3" "h4" "h5" "h6" "h1" "table" "blockquote" "aside" "dl" "dt" "pre" "dfn" "button" "script" "style" "textarea" "select" "svg" "math" "iframe" "object" "kbd" "samp" "var" "title" "template" "noscript" "video" "audio"
    )
}

fn is_silent(name: &str) -> bool {
    !matches!(name, "p" | "span" | "li" | "tr" | "ul" | "ol" | "table" | "aside" | "dl")
}

/// Elements that are a part of the line they stand in.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "em" | "strong"
            | "del"
            | "sup"
            | "sub"
            | "a"
            | "code"
            | "span"
            | "label"
            | "input"
            | "br"
            | "abbr"
            | "b"
            | "i"
            | "u"
            | "s"
            | "small"
            | "mark"
            | "q"
            | "cite"
            | "dfn"
            | "kbd"
            | "samp"
            | "var"
            | "time"
            | "bdi"
            | "bdo"
            | "ins"
            | "wbr"
            | "img"
            | "data"
            | "button"
            | "ruby"
            | "rt"
            | "rp"
    )
}

/// What a text links to by hand, in order, each with its sentence: what stands before the link, its text, and the rest.
pub fn references(markup: &Markup) -> Vec<(Target, [Inline; 3])> {
    let mut found = Vec::new();
    blocks(markup, None, &mut 0, &mut |block| {
        for link in &block.explicit {
            let parts = sentence(markup, [block.start, block.end], [link.start, link.end]);
            found.push((link.target.clone(), parts));
        }
    });
    found
}
