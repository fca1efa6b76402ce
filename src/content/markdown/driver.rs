//! Reads the parser's events once and keeps what must be known between two of them. What an event writes is said in
//! `blocks` and `inlines`.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, RefDefs, Tag, TagEnd};

use crate::content::lint::Lint;
use crate::content::markup::Hole;
use crate::content::plain::Plain;
use crate::content::typography::Typography;
use crate::diag::{Code, Diagnostic};

use super::addresses::AddressSigns;
use super::allowed::AllowedHtml;
use super::blocks::OpenTable;
use super::callouts;
use super::charts::OpenChart;
use super::finish::Draft;
use super::footnotes::InFootnote;
use super::inlines::OpenLink;
use super::masked::{Masked, mask};
use super::pictures::OpenPicture;
use super::typeset::Typeset;
use super::writer::HtmlWriter;
use super::{MarkdownSource, Rules, Shape};

/// Reads a text.
pub(super) fn run(text: &str, shape: Shape, source: &MarkdownSource<'_>, rules: Rules) -> Draft {
    let options = options(shape, rules);
    let masked = match rules {
        Rules::Ours => mask(text, options, source.trusted),
        Rules::CommonMark => Masked::whole(text),
    };
    let mut driver = Driver::new(&masked, shape, *source);
    driver.ours = rules == Rules::Ours;
    driver.draft.problems.extend_from_slice(&masked.problems);
    // Each sign that was overwritten has as many bytes as what stands for it.
    let shown = masked.shown(&masked.text);
    let lint = driver.ours.then(|| Lint::new(&shown, shape, source.trusted));
    if driver.ours {
        driver.address_signs = AddressSigns::of(&masked.text);
    }
    let typography = driver.ours.then(|| Typography::of(source.lang));
    let events = Parser::new_ext(&masked.text, options).into_offset_iter();
    let mut events = Typeset::new(events, &masked.text, typography, lint);
    // What was read to see where an address ends.
    let mut ahead: VecDeque<(Event<'_>, Range<usize>)> = VecDeque::new();
    while let Some((event, range)) = ahead.pop_front().or_else(|| events.next()) {
        let address = match &event {
            Event::Text(text) => driver.address_in(text, &range),
            _ => None,
        };
        let Some(address) = address else {
            driver.event(event, range, events.reference_definitions());
            continue;
        };
        let text = |range: Range<usize>| (Event::Text(masked.text[range.clone()].into()), range);
        let (before, behind) = (range.start..address.range.start, address.range.end);
        let mut end = range.end;
        while end < behind {
            let next = ahead.pop_front().or_else(|| events.next());
            let Some((event, part)) = next else { break };
            let goes_on = matches!(event, Event::Text(_))
                && matches!(masked.text.get(end..part.start), Some("" | "\\"));
            if !goes_on {
                ahead.push_front((event, part));
                break;
            }
            end = part.end;
        }
        if !before.is_empty() {
            let (event, range) = text(before);
            driver.event(event, range, events.reference_definitions());
        }
        driver.bare_address(address, end);
        if behind < end {
            ahead.push_front(text(behind..end));
        }
    }
    driver.end_leaf();
    driver.out.end_block();
    driver.end_details();
    driver.draft.problems.extend(events.finish());
    driver.draft.body = driver.out;
    driver.draft
}

/// The extensions of the parser.
pub(super) fn options(shape: Shape, rules: Rules) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    if shape != Shape::Inline {
        // One line has no end to gather footnotes at: there `[^id]` is always a citation.
        options |= Options::ENABLE_FOOTNOTES;
    }
    if rules == Rules::CommonMark {
        options = Options::empty();
    }
    options
}

/// The state between two events.
pub(super) struct Driver<'a> {
    /// The text without what its comments said.
    pub(super) text: &'a str,
    pub(super) masked: &'a Masked<'a>,
    pub(super) shape: Shape,
    pub(super) source: MarkdownSource<'a>,
    /// Whether our own rules hold, not those of CommonMark alone.
    pub(super) ours: bool,
    pub(super) address_signs: AddressSigns,
    pub(super) draft: Draft,
    /// Writes the text, or the footnote that is being read.
    pub(super) out: HtmlWriter,
    /// What `out` writes.
    pub(super) place: InFootnote,
    /// What `out` wrote around each open footnote.
    pub(super) outer: Vec<(InFootnote, HtmlWriter)>,
    /// The plain text of the leaf block that is being read.
    pub(super) plain: Plain,
    /// How many containers are open.
    pub(super) depth: usize,
    pub(super) opening: PendingStart,
    /// For each open block quote, whether it is a callout.
    pub(super) quotes: Vec<bool>,
    /// The callout's title that is being read.
    pub(super) title: Option<Title>,
    pub(super) heading: Option<usize>,
    /// The hole before the text of a heading that may link to itself, and what had been written then.
    pub(super) permalink: Option<(usize, (usize, usize))>,
    /// The last heading outside every other block.
    pub(super) last_top: Option<usize>,
    /// The heading whose section is being read.
    pub(super) section: Option<usize>,
    pub(super) table: OpenTable,
    /// For each open list, whether it is ordered.
    pub(super) lists: Vec<bool>,
    /// The text of a task is the label of its box; whether that label is open.
    pub(super) label: bool,
    pub(super) code: bool,
    pub(super) html: Option<String>,
    /// What is open of the HTML that every text may have.
    pub(super) allowed: AllowedHtml,
    /// How many inline elements are open.
    pub(super) inline_depth: usize,
    pub(super) links: Vec<OpenLink>,
    /// Whether a link of trusted raw HTML is open.
    pub(super) raw_link: bool,
    /// Text before this offset has been dealt with.
    pub(super) skip: usize,
    pub(super) picture: Option<OpenPicture>,
    /// The chart that is being read.
    pub(super) chart: Option<OpenChart>,
    /// Whether the paragraph that is being read places sections: nothing in it is written.
    pub(super) is_placing: bool,
    /// How many elements of trusted HTML are open.
    pub(super) raw_depth: usize,
    /// Whether a picture stands alone in its paragraph.
    pub(super) figure: bool,
    /// Whether raw HTML was reported in this leaf block.
    pub(super) warned: bool,
    /// Whether a comment was taken out behind a space, so that the space behind it is one too many.
    pub(super) after_space: bool,
}

/// A start tag that waits for the next event to know what it begins.
pub(super) enum PendingStart {
    Nothing,
    /// A quote, or a callout.
    Quote,
    /// A paragraph, or a figure; the paragraph's text.
    Paragraph(Range<usize>),
}

/// The title of a callout.
pub(super) struct Title {
    /// Where the writer stood: an own title that writes nothing is none.
    pub(super) start: (usize, usize),
}

impl<'a> Driver<'a> {
    fn new(masked: &'a Masked<'a>, shape: Shape, source: MarkdownSource<'a>) -> Self {
        let text = &*masked.text;
        Self {
            text,
            masked,
            shape,
            source,
            ours: true,
            address_signs: AddressSigns::default(),
            draft: Draft::default(),
            // Tags and ids make a text longer by a fifth or so.
            out: match shape {
                Shape::Body => {
                    HtmlWriter::with_capacity(text.len() + text.len() / 4).with_sections()
                }
                Shape::Block | Shape::Inline => {
                    HtmlWriter::with_capacity(text.len() + text.len() / 4)
                }
            },
            place: None,
            outer: Vec::new(),
            plain: Plain::default(),
            depth: 0,
            opening: PendingStart::Nothing,
            quotes: Vec::new(),
            title: None,
            heading: None,
            permalink: None,
            last_top: None,
            section: None,
            table: OpenTable::default(),
            lists: Vec::new(),
            label: false,
            code: false,
            html: None,
            allowed: AllowedHtml::default(),
            inline_depth: 0,
            links: Vec::new(),
            raw_link: false,
            skip: 0,
            picture: None,
            chart: None,
            is_placing: false,
            raw_depth: 0,
            figure: false,
            warned: false,
            after_space: false,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, definitions: &RefDefs<'_>) {
        if self.picture.is_some() {
            return self.in_picture(event, &range);
        }
        if self.is_placing {
            self.is_placing = !matches!(event, Event::End(TagEnd::Paragraph));
            return;
        }
        if self.write_pending_start(&event, &range, definitions) {
            return;
        }
        let after_space = std::mem::take(&mut self.after_space);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range, after_space),
            Event::Code(text) => self.code_span(&text, &range),
            Event::Html(html) => {
                self.html.get_or_insert_default().push_str(&self.masked.shown(&html));
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::SoftBreak => self.soft_break(&range),
            Event::HardBreak => self.hard_break(&range),
            Event::FootnoteReference(name) => self.footnote_reference(&name, range),
            Event::TaskListMarker(done) => self.task(done),
            Event::Rule => {
                self.end_leaf();
                if self.shape != Shape::Inline {
                    self.out.end_block();
                    self.out.fresh_line();
                    self.out.raw("<hr />\n");
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, range, false);
            }
        }
    }

    /// Writes the start tag that waited for this event. Returns whether the event has been handled.
    fn write_pending_start(
        &mut self,
        event: &Event<'a>,
        range: &Range<usize>,
        definitions: &RefDefs<'_>,
    ) -> bool {
        match std::mem::replace(&mut self.opening, PendingStart::Nothing) {
            PendingStart::Nothing => false,
            PendingStart::Quote => {
                if self.ours
                    && let Event::Start(Tag::Paragraph) = event
                    && let Some(marker) = callouts::marker(&self.text[range.clone()])
                    && definitions.get(marker.label).is_none()
                {
                    self.out.open("aside");
                    self.out.open_silent("p");
                    self.out.raw("<aside class=\"callout ");
                    self.out.raw(marker.key);
                    // The kind is named even where an own title follows: it says how to read what stands there.
                    self.out.raw("\">\n<p class=\"callout-title\"><span class=\"callout-kind\">");
                    self.out.hole(Hole::Message(marker.key));
                    self.out.raw("</span> ");
                    self.title = Some(Title { start: self.out.mark() });
                    self.skip = range.start + marker.len;
                    self.quotes.push(true);
                    return true;
                }
                if self.ours && matches!(event, Event::Start(Tag::Paragraph)) {
                    self.missed_callout(range, definitions);
                }
                self.out.open("blockquote");
                self.out.raw("<blockquote>\n");
                self.quotes.push(false);
                false
            }
            PendingStart::Paragraph(text) => {
                self.figure = self.ours && *range == text && self.begins_figure(event);
                self.out.raw(if self.figure { "<figure>" } else { "<p>" });
                false
            }
        }
    }

    /// Ends the text of a leaf block.
    pub(super) fn end_leaf(&mut self) {
        self.end_level(0);
        if std::mem::take(&mut self.label) {
            self.out.raw("</label>");
        }
        self.warned = false;
        self.plain.clear();
    }

    pub(super) fn problem(&mut self, code: Code, range: Range<usize>, message: &str, help: &str) {
        self.draft.problems.push(Diagnostic::new(code, range, message).help(help));
    }

    /// The last place of a text in a range, or the range when it does not stand there as it is.
    pub(super) fn place_of(&self, text: &str, range: &Range<usize>) -> Range<usize> {
        match self.text[range.clone()].rfind(text) {
            Some(at) if !text.is_empty() => range.start + at..range.start + at + text.len(),
            _ => trimmed(self.text, range.clone()),
        }
    }
}

/// A range without the space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..(range.start + part.trim_end().len()).max(start)
}
