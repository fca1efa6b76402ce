//! Collects HTML and holes; runs of HTML between two holes become one piece.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::content::markup::{Hole, Markup, MarkupBuilder};
use crate::content::prose::{Run, TextProse};

use super::prose::{ProseWriter, SectionStart};

const INFALLIBLE: &str = "writing to a string cannot fail";

/// Pieces in the making, and what of them is prose.
#[derive(Debug, Default)]
pub(super) struct HtmlWriter {
    out: MarkupBuilder,
    prose: ProseWriter,
}

impl HtmlWriter {
    /// A writer with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: MarkupBuilder::with_capacity(bytes), ..Self::default() }
    }

    /// A writer of a footnote.
    pub(super) fn of_footnote() -> Self {
        Self { prose: ProseWriter::of_footnote(), ..Self::default() }
    }

    /// Headings begin sections from now on.
    pub(super) fn with_sections(mut self) -> Self {
        self.prose.has_sections = true;
        self
    }

    /// Adds HTML as it is.
    pub(super) fn raw(&mut self, html: &str) {
        self.out.html().push_str(html);
    }

    /// Adds text that is no prose.
    pub(super) fn text(&mut self, text: &str) {
        escape_html_body_text(self.out.html(), text).expect(INFALLIBLE);
    }

    /// Adds text that is prose, unless it stands where none does. It was made of the bytes `source`: if they are as many,
    /// each stands for one.
    pub(super) fn prose(&mut self, text: &str, source: &Range<usize>) {
        let start = self.out.html_len();
        self.text(text);
        let end = self.out.html_len();
        if self.prose.is_mute() {
            return;
        }
        if text.len() != source.len() || end - start == text.len() {
            return self.prose.run(run(start..end, source));
        }
        let (mut html, mut from) = (start, source.start);
        for part in text.split_inclusive(['&', '<', '>']) {
            let plain = part.trim_end_matches(['&', '<', '>']).len();
            self.prose.run(run(html..html + plain, &(from..from + plain)));
            (html, from) = (html + plain, from + plain);
            let escaped = match &part[plain..] {
                "" => continue,
                "&" => "&amp;".len(),
                _ => "&lt;".len(),
            };
            self.prose.run(run(html..html + escaped, &(from..from + 1)));
            (html, from) = (html + escaped, from + 1);
        }
    }

    /// Adds HTML whose text is prose, as it is.
    pub(super) fn raw_prose(&mut self, html: &str, source: &Range<usize>) {
        let start = self.out.html_len();
        self.raw(html);
        if html.trim().is_empty() {
            // Between two tags it would begin a block.
            return self.prose.space();
        }
        self.prose.run(run(start..self.out.html_len(), source));
    }

    /// Notes that something which is no prose stands here.
    pub(super) fn barrier(&mut self) {
        self.prose.barrier(self.out.html_len());
    }

    /// Notes a text that the HTML does not have, and its source.
    pub(super) fn label(&mut self, text: &str, source: Range<usize>) {
        self.prose.label(text, source);
    }

    /// Notes a space between words: a tag stands for it.
    pub(super) fn prose_space(&mut self) {
        self.prose.space();
    }

    /// Ends a block of prose: a tag of a block follows.
    pub(super) fn end_block(&mut self) {
        self.prose.end_block(self.out.html_len());
    }

    /// Notes that an element begins ([`ProseWriter::open`]).
    pub(super) fn open(&mut self, name: &str) {
        self.prose.open(name, self.out.html_len());
    }

    /// Notes that an element begins which is no prose.
    pub(super) fn open_silent(&mut self, name: &'static str) {
        self.prose.open_silent(name, self.out.html_len());
    }

    /// Notes that a heading begins.
    pub(super) fn open_heading(&mut self, level: u8, section: SectionStart) {
        self.prose.open_heading(level, section, self.out.html_len());
    }

    /// Notes that a heading ends.
    pub(super) fn close_heading(&mut self, level: u8) {
        self.prose.close_heading(level);
    }

    /// Notes that an element ends.
    pub(super) fn close(&mut self, name: &str) {
        self.prose.close(name);
    }

    /// Adds text to an attribute's quoted value.
    pub(super) fn attribute(&mut self, text: &str) {
        escape_html(self.out.html(), text).expect(INFALLIBLE);
    }

    /// Adds a URL to an attribute's quoted value.
    pub(super) fn href(&mut self, url: &str) {
        escape_href(self.out.html(), url).expect(INFALLIBLE);
    }

    /// Adds a hole.
    pub(super) fn hole(&mut self, hole: Hole) {
        let piece = self.out.end_run();
        self.prose.hole(&hole, self.out.html_len(), piece);
        self.out.hole(hole);
    }

    /// Adds HTML for the home page alone that is not known yet, and returns its place, for [`HtmlWriter::fill`].
    pub(super) fn home(&mut self) -> usize {
        self.out.home()
    }

    /// Sets the HTML for the home page at a place.
    pub(super) fn fill(&mut self, at: usize, html: &str) {
        self.out.fill(at, html);
    }

    /// Starts a new line unless one has just begun.
    pub(super) fn fresh_line(&mut self) {
        if !self.is_at(b'\n') {
            self.raw("\n");
        }
    }

    /// Adds a space between two blocks whose structure is dropped.
    pub(super) fn gap(&mut self) {
        if !self.is_at(b' ') {
            self.raw(" ");
            self.prose.space();
        }
    }

    /// How much has been written: equal before and after means nothing was.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.out.len(), self.out.run().len())
    }

    /// Whether nothing but text and formatting was written since: no hole, and no link.
    pub(super) fn is_plain_since(&self, mark: (usize, usize)) -> bool {
        let run = self.out.run();
        self.out.len() == mark.0 && run.len() > mark.1 && !run.contains("<a")
    }

    /// Takes back an end that was just written, if it was.
    pub(super) fn take_back(&mut self, end: &str) -> bool {
        let found = self.out.run().ends_with(end);
        if found {
            self.out.take_back(end.len());
        }
        found
    }

    /// Adds a footnote, by its index.
    pub(super) fn append(&mut self, other: Self, footnote: usize) {
        self.end_block();
        let at = self.out.html_len();
        let moved = self.out.append(other.out);
        self.prose.append(other.prose, footnote, at, &moved);
    }

    /// The markup and its prose, with the anchors of its sections.
    pub(super) fn finish(
        self,
        anchor: impl Fn(SectionStart) -> Option<Arc<str>>,
    ) -> (Markup, TextProse) {
        let prose = self.prose.finish(self.out.html_len(), anchor);
        (self.out.finish(), prose)
    }

    /// Whether the last byte is this one, or nothing has been written at all.
    fn is_at(&self, byte: u8) -> bool {
        match self.out.run().as_bytes().last() {
            Some(last) => *last == byte,
            None => self.out.is_empty(),
        }
    }
}

fn run(html: Range<usize>, source: &Range<usize>) -> Run {
    let of = |range: &Range<usize>| range.start as u32..range.end as u32;
    Run { html: of(&html), source: of(source) }
}
