//! Notes what of a text is prose while its HTML is written ([`TextProse`]).
//!
//! Headings, quotations, code, links and definitions are no prose, in Markdown and in trusted HTML; what of them readers
//! see is noted as asides, in which slips are looked for. Offsets are bytes of
//! the HTML that is being written, and bytes of the Markdown.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::work;
use crate::content::markup::Hole;
use crate::content::prose::{Run, TextProse};
use crate::content::reference::Link;

/// What begins a section. Its anchor is known at the end of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SectionStart {
    /// The text itself.
    #[default]
    None,
    /// A heading, by its index.
    Heading(usize),
    /// A heading in raw HTML, by the index of its id.
    Raw(usize),
    /// A footnote, by its index.
    Footnote(usize),
}

/// A step whose section has no anchor yet.
#[derive(Debug)]
enum DraftStep {
    Block { section: SectionStart, scope: u32, html: Range<u32> },
    Run(Run),
    Space,
    Barrier,
    Link { start: u32, end: u32 },
}

/// The prose of what a writer has written.
#[derive(Debug, Default)]
pub(super) struct ProseWriter {
    drafts: Vec<DraftStep>,
    /// The index of the open block, if something has been noted of it.
    block: Option<usize>,
    /// Whether the open block has text or a link.
    is_block: bool,
    section: SectionStart,
    /// Whether the section is one of the second level.
    in_h2: bool,
    /// Whether headings begin sections.
    pub(super) has_sections: bool,
    scope: u32,
    /// The last scope that was begun.
    last_scope: u32,
    open: Vec<Element>,
    /// How many of each name are open.
    depth: FxHashMap<&'static str, u32>,
    /// How many open elements are no prose.
    silent: u32,
    /// How many open elements hold blocks: a heading in them begins no section.
    containers: u32,
    /// For each open link, the index of its draft if it leads to a page.
    links: Vec<Option<usize>>,
    /// Blocks of text that names do not link in, and that readers see all the same: headings, quotations, links.
    asides: Vec<DraftStep>,
    /// Whether the last of them goes on.
    in_aside: bool,
    /// How many open elements have no text that readers see as prose: code, scripts.
    mute: u32,
    /// Texts that stand in no HTML of the text: alternatives of pictures.
    labels: Vec<(Range<u32>, Arc<str>)>,
}

/// An open element of those that matter here.
#[derive(Debug)]
struct Element {
    name: &'static str,
    is_silent: bool,
    is_mute: bool,
    is_container: bool,
    /// The scope around it, when it has its own.
    outer: Option<u32>,
}

impl ProseWriter {
    /// That of a footnote, which will stand in a list.
    pub(super) fn of_footnote() -> Self {
        Self { containers: 1, ..Self::default() }
    }

    /// Whether what is written now is no prose.
    pub(super) fn is_silent(&self) -> bool {
        self.silent > 0 || !self.links.is_empty()
    }

    /// Whether no reader takes what is written now for prose.
    pub(super) fn is_mute(&self) -> bool {
        self.mute > 0
    }

    /// Notes text.
    pub(super) fn run(&mut self, run: Run) {
        if run.html.is_empty() {
            return;
        }
        if self.is_silent() {
            return self.run_aside(run);
        }
        self.begin_block(run.html.start);
        self.is_block = true;
        match self.drafts.last_mut() {
            Some(DraftStep::Run(last)) if last.is_before(&run) => {
                last.html.end = run.html.end;
                last.source.end = run.source.end;
            }
            _ => self.drafts.push(DraftStep::Run(run)),
        }
    }

    /// Notes text in which no name links.
    fn run_aside(&mut self, run: Run) {
        if self.mute > 0 {
            return;
        }
        if !std::mem::replace(&mut self.in_aside, true) {
            let is_headline = |element: &Element| {
                HEADINGS.contains(&element.name) || element.name == "h1" || element.name == "p"
            };
            let scope = u32::from(self.open.iter().any(is_headline));
            let (section, html) = (SectionStart::None, run.html.start..run.html.start);
            self.asides.push(DraftStep::Block { section, scope, html });
        }
        self.asides.push(DraftStep::Run(run));
    }

    /// Notes a text that stands in no HTML of this one, and its source.
    pub(super) fn label(&mut self, text: &str, source: Range<usize>) {
        if !text.is_empty() && self.mute == 0 {
            self.labels.push((source.start as u32..source.end as u32, text.into()));
        }
    }

    /// Notes a space between words that is no text of the author's.
    pub(super) fn space(&mut self) {
        if self.in_aside {
            self.asides.push(DraftStep::Space);
        }
        if self.block.is_some() && !self.is_silent() {
            self.drafts.push(DraftStep::Space);
        }
    }

    /// Notes that something that is no prose stands at an offset.
    pub(super) fn barrier(&mut self, at: usize) {
        self.in_aside = false;
        if !self.is_silent() {
            self.begin_block(at as u32);
            if !matches!(self.drafts.last(), Some(DraftStep::Barrier)) {
                self.drafts.push(DraftStep::Barrier);
            }
        }
    }

    /// Notes a hole: the HTML before it ends at `at`, and it is the piece of this number.
    pub(super) fn hole(&mut self, hole: &Hole, at: usize, piece: usize) {
        let piece = piece as u32;
        self.in_aside &= matches!(hole, Hole::HomeStart | Hole::HomeEnd);
        match hole {
            Hole::HomeStart | Hole::HomeEnd => {}
            Hole::Open(link) => {
                let leads = matches!(**link, Link::To(..));
                if !leads {
                    self.barrier(at);
                }
                let link = leads.then(|| self.link(at, piece, piece + 1));
                self.links.push(link);
            }
            Hole::Named(_) => {
                self.link(at, piece, piece);
            }
            Hole::Unlinked => {
                self.barrier(at);
                self.links.push(None);
            }
            Hole::Close | Hole::UnlinkedEnd => {
                if let Some(link) = self.links.pop().flatten()
                    && let DraftStep::Link { end, .. } = &mut self.drafts[link]
                {
                    *end = piece;
                }
            }
            Hole::Label(_)
            | Hole::Fact(_)
            | Hole::Cite(_)
            | Hole::Image(_)
            | Hole::Chart(_)
            | Hole::Message(_)
            | Hole::Section(_) => {
                self.barrier(at);
            }
        }
    }

    fn link(&mut self, at: usize, start: u32, end: u32) -> usize {
        self.begin_block(at as u32);
        self.is_block = true;
        self.drafts.push(DraftStep::Link { start, end });
        self.drafts.len() - 1
    }

    fn begin_block(&mut self, at: u32) {
        if self.block.is_none() {
            self.block = Some(self.drafts.len());
            let (section, scope) = (self.section, self.scope);
            self.drafts.push(DraftStep::Block { section, scope, html: at..at });
        }
    }

    /// Ends a block of prose, whose HTML ends at an offset.
    pub(super) fn end_block(&mut self, at: usize) {
        self.in_aside = false;
        let Some(block) = self.block.take() else { return };
        if !std::mem::take(&mut self.is_block) {
            return self.drafts.truncate(block);
        }
        if let DraftStep::Block { html, .. } = &mut self.drafts[block] {
            html.end = at as u32;
        }
        // A link does not go on in the next block.
        self.links.iter_mut().for_each(|link| *link = None);
    }

    /// Opens an element by its name, unless it is one that does not matter. It begins at an offset, where the block
    /// before it has ended unless it is [`is_inline`].
    pub(super) fn open(&mut self, name: &str, at: usize) {
        let Some(name) = known(name) else { return };
        let is_silent = !matches!(name, "li" | "tr" | "ul" | "ol" | "table" | "aside" | "dl");
        self.push(name, is_silent, at);
    }

    /// Opens an element that is no prose, whatever its name.
    pub(super) fn open_silent(&mut self, name: &'static str, at: usize) {
        self.push(name, true, at);
    }

    /// Opens a heading; `section` is the one that it begins if it stands at the top of the text and not below one of
    /// the second level.
    pub(super) fn open_heading(&mut self, level: u8, section: SectionStart, at: usize) {
        let is_second = level == 2;
        if self.containers == 0 && self.has_sections {
            if is_second {
                self.next_scope();
            }
            if is_second || !self.in_h2 {
                self.in_h2 = is_second;
                self.section = section;
            }
        }
        self.push(heading(level), true, at);
    }

    /// Closes a heading.
    pub(super) fn close_heading(&mut self, level: u8) {
        self.close(heading(level));
    }

    fn push(&mut self, name: &'static str, is_silent: bool, at: usize) {
        self.in_aside = false;
        if is_silent {
            self.barrier(at);
        }
        let is_mute = is_mute(name);
        self.mute += u32::from(is_mute);
        let outer = matches!(name, "tr" | "aside").then_some(self.scope);
        if outer.is_some() {
            self.next_scope();
        }
        let is_container = matches!(name, "ul" | "ol" | "blockquote" | "dl" | "table" | "aside");
        self.silent += u32::from(is_silent);
        self.containers += u32::from(is_container);
        *self.depth.entry(name).or_default() += 1;
        self.open.push(Element { name, is_silent, is_mute, is_container, outer });
    }

    /// Closes the innermost element of a name, and all that are open in it.
    pub(super) fn close(&mut self, name: &str) {
        if self.depth.get(name).is_none_or(|depth| *depth == 0) {
            return;
        }
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else { return };
        work::step(self.open.len() - at);
        self.in_aside = false;
        for element in self.open.drain(at..).rev() {
            *self.depth.entry(element.name).or_default() -= 1;
            self.silent -= u32::from(element.is_silent);
            self.mute -= u32::from(element.is_mute);
            self.containers -= u32::from(element.is_container);
            if let Some(scope) = element.outer {
                self.scope = scope;
            }
        }
    }

    fn next_scope(&mut self) {
        self.last_scope += 1;
        self.scope = self.last_scope;
    }

    /// Adds the prose of a footnote, by its index: its HTML begins at an offset now, and `moved` says where each of its
    /// pieces is.
    pub(super) fn append(&mut self, mut other: Self, footnote: usize, at: usize, moved: &[u32]) {
        let at = at as u32;
        let piece = |piece: u32| moved.get(piece as usize).copied().unwrap_or(piece);
        let outer = self.last_scope + 1;
        if self.silent > 0 {
            // The author's own HTML goes on around the footnotes.
            other.drafts.retain(|draft| !matches!(draft, DraftStep::Run(_) | DraftStep::Space));
        }
        for draft in &mut other.drafts {
            match draft {
                DraftStep::Block { section, scope, html } => {
                    *section = SectionStart::Footnote(footnote);
                    *scope += outer;
                    *html = html.start + at..html.end + at;
                }
                DraftStep::Run(run) => run.html = run.html.start + at..run.html.end + at,
                DraftStep::Link { start, end } => (*start, *end) = (piece(*start), piece(*end)),
                DraftStep::Space | DraftStep::Barrier => {}
            }
        }
        for aside in &mut other.asides {
            match aside {
                DraftStep::Block { html, .. } => *html = html.start + at..html.end + at,
                DraftStep::Run(run) => run.html = run.html.start + at..run.html.end + at,
                DraftStep::Space | DraftStep::Barrier | DraftStep::Link { .. } => {}
            }
        }
        self.asides.append(&mut other.asides);
        self.labels.append(&mut other.labels);
        self.last_scope = outer + other.last_scope;
        self.drafts.append(&mut other.drafts);
    }

    /// The prose, with the anchors of its sections.
    pub(super) fn finish(
        mut self,
        at: usize,
        anchor: impl Fn(SectionStart) -> Option<Arc<str>>,
    ) -> TextProse {
        self.end_block(at);
        let mut prose = TextProse::default();
        for draft in std::mem::take(&mut self.asides) {
            match draft {
                DraftStep::Block { scope, html, .. } => prose.aside(scope > 0, html.start),
                DraftStep::Run(run) => prose.aside_run(&run),
                DraftStep::Space | DraftStep::Barrier | DraftStep::Link { .. } => {
                    prose.aside_space();
                }
            }
        }
        prose.labels = std::mem::take(&mut self.labels);
        let mut known = (SectionStart::None, None);
        for draft in self.drafts {
            match draft {
                DraftStep::Block { section, scope, html } => {
                    if known.0 != section {
                        known = (section, anchor(section));
                    }
                    prose.block(known.1.as_ref(), scope, html);
                }
                DraftStep::Run(run) => prose.run(&run),
                DraftStep::Space => prose.space(),
                DraftStep::Barrier => prose.barrier(),
                DraftStep::Link { start, end } => prose.link(start, end),
            }
        }
        prose
    }
}

const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

fn heading(level: u8) -> &'static str {
    HEADINGS[usize::from(level.clamp(2, 6)) - 2]
}

/// The level of a heading's name, if it is one that a text may have.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    HEADINGS.iter().position(|heading| *heading == name).map(|at| at as u8 + 2)
}

/// The names of elements that matter: what is no prose, what holds blocks, what is a scope of its own.
const KNOWN: [&str; 31] = [
    "li",
    "tr",
    "ul",
    "ol",
    "table",
    "a",
    "aside",
    "dl",
    "dt",
    "blockquote",
    "pre",
    "code",
    "h1",
    "dfn",
    "button",
    "script",
    "style",
    "textarea",
    "select",
    "svg",
    "math",
    "iframe",
    "object",
    "kbd",
    "samp",
    "var",
    "title",
    "template",
    "noscript",
    "video",
    "audio",
];

/// Elements whose text no reader takes for prose.
const MUTE: [&str; 18] = [
    "pre", "code", "script", "style", "textarea", "select", "svg", "math", "iframe", "object",
    "kbd", "samp", "var", "template", "noscript", "video", "audio", "title",
];

/// Elements that are a part of the line they stand in.
const INLINE: [&str; 35] = [
    "em", "strong", "del", "sup", "sub", "a", "code", "span", "label", "input", "br", "abbr", "b",
    "i", "u", "s", "small", "mark", "q", "cite", "dfn", "kbd", "samp", "var", "time", "bdi", "bdo",
    "ins", "wbr", "img", "data", "button", "ruby", "rt", "rp",
];

/// Whether no reader takes the text of an element for prose.
pub(in crate::content) fn is_mute(name: &str) -> bool {
    MUTE.contains(&name)
}

fn known(name: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| *known == name)
}

/// Whether an element is a part of the line that it stands in.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}
