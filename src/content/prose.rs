//! What of a page's texts is prose, and where each run of it stands in the file.
//!
//! The Markdown driver notes this while it writes the HTML, because it knows then what is a heading, a quotation, code
//! or a link. Names are looked for in these runs, and a name that was found is a range of the file: nothing reads the
//! HTML or the file again for either. The steps of all texts of a page are one row of bytes, two to six for a step.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::PlaceInFile;
use crate::yaml::FieldPath;

/// The prose of a page's texts, by their numbers: 0 is the body, the others are texts of the front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    steps: Box<[u8]>,
    anchors: Box<[Arc<str>]>,
    /// Where the steps and the anchors of each text end.
    ends: Box<[(u32, u32)]>,
    /// The field of each text of the front matter, from number 1 on.
    fields: Box<[FieldPath]>,
    /// Where the body begins, in bytes of the file's decoded text.
    body: u32,
    /// The steps of what readers see of each text although no name links there, and where those of each text end.
    asides: Box<[u8]>,
    aside_ends: Box<[u32]>,
    /// Texts that no Markdown was made of, or that stand in no HTML.
    labels: Box<[Label]>,
}

/// A text of one line in which no name links: a title, a place, the alternative of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text.
    pub text: Arc<str>,
    /// Where it stands.
    pub place: PlaceInFile,
    /// What it is.
    pub kind: LabelKind,
}

/// What a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// A title or a question, which may be set with a capital in each word.
    Headline,
    /// A sentence or a few words.
    Words,
    /// The title of a text that others published.
    Quoted,
}

/// The number of the first label among the texts of a page.
const LABELS: u32 = 1 << 31;

/// The prose of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextProse {
    steps: Vec<u8>,
    anchors: Vec<Arc<str>>,
    last: Last,
    asides: Vec<u8>,
    last_aside: Last,
    /// Texts that stand in no HTML of this one, each with its source.
    pub labels: Vec<(Range<u32>, Arc<str>)>,
}

/// A step through the prose of a text. Steps come in the order of the HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProseStep<'a> {
    /// A block begins: a paragraph, a cell, an item. The block before it ends.
    Block {
        /// The anchor of its section.
        section: Option<&'a Arc<str>>,
        /// Where names link once, counted from 0 within the text.
        scope: u32,
        /// Where the block begins and ends, in bytes of the markup's HTML.
        html: Range<u32>,
    },
    /// Text.
    Run(Run),
    /// A space that no byte of the HTML stands for.
    Space,
    /// Something that is no prose, or that another file decides: code, a link, a figure.
    Barrier,
    /// A link that the author made, which is a barrier as well.
    Link {
        /// The piece of the markup that begins it.
        start: u32,
        /// The piece that ends it: the same one if the link has no text of its own.
        end: u32,
    },
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its bytes in the markup's HTML.
    pub html: Range<u32>,
    /// What it was made of: bytes of the text that was given to the driver. Of a run with as many bytes as its source,
    /// each stands for one; any other is one place.
    pub source: Range<u32>,
}

impl Run {
    /// The source of a part of the run: a character that begins at `at` of the HTML and has `length` bytes there.
    pub fn source_of(&self, at: u32, length: u32) -> Range<u32> {
        if self.html.len() != self.source.len() {
            return self.source.clone();
        }
        let start = self.source.start + (at - self.html.start);
        start..(start + length).min(self.source.end)
    }

    /// Whether another run goes on where this one ends, in the HTML and in the source.
    pub fn is_before(&self, next: &Self) -> bool {
        let is_verbatim = |run: &Self| run.html.len() == run.source.len();
        self.html.end == next.html.start
            && self.source.end == next.source.start
            && is_verbatim(self)
            && is_verbatim(next)
    }
}

/// The ends of the last run, from which the next one is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Last {
    html: u32,
    source: u32,
}

/// The first byte of a step: its kind, and of a run which numbers follow.
mod kind {
    pub(super) const BLOCK: u8 = 0;
    pub(super) const SPACE: u8 = 1;
    pub(super) const BARRIER: u8 = 2;
    pub(super) const LINK: u8 = 3;
    pub(super) const RUN: u8 = 4;
    /// The run does not begin where the last one ended in the HTML.
    pub(super) const HTML_GAP: u8 = 8;
    /// The same in the source.
    pub(super) const SOURCE_GAP: u8 = 16;
    /// The source has another length than the HTML.
    pub(super) const WRITTEN: u8 = 32;
}

impl TextProse {
    /// Begins a block.
    pub fn block(&mut self, section: Option<&Arc<str>>, scope: u32, html: Range<u32>) {
        let anchor = section.map_or(0, |section| {
            if self.anchors.last() != Some(section) {
                self.anchors.push(section.clone());
            }
            self.anchors.len() as u32
        });
        self.steps.push(kind::BLOCK);
        for number in [anchor, scope, html.start, html.end - html.start] {
            self.number(number);
        }
        self.last.html = html.start;
    }

    /// Adds a run.
    pub fn run(&mut self, run: &Run) {
        push_run(&mut self.steps, &mut self.last, run);
    }

    /// Begins an aside whose text begins at a byte of the HTML.
    pub fn aside(&mut self, is_headline: bool, html: u32) {
        self.asides.push(kind::BLOCK);
        for number in [0, u32::from(is_headline), html, 0] {
            push_number(&mut self.asides, number);
        }
        self.last_aside.html = html;
    }

    /// Adds a run to the aside.
    pub fn aside_run(&mut self, run: &Run) {
        push_run(&mut self.asides, &mut self.last_aside, run);
    }

    /// Adds a space to the aside.
    pub fn aside_space(&mut self) {
        self.asides.push(kind::SPACE);
    }

    /// Adds a space.
    pub fn space(&mut self) {
        self.steps.push(kind::SPACE);
    }

    /// Adds a barrier.
    pub fn barrier(&mut self) {
        self.steps.push(kind::BARRIER);
    }

    /// Adds a link.
    pub fn link(&mut self, start: u32, end: u32) {
        self.steps.push(kind::LINK);
        self.number(start);
        self.number(end - start);
    }

    /// The steps in order.
    pub fn steps(&self) -> ProseSteps<'_> {
        ProseSteps { steps: &self.steps, anchors: &self.anchors, last: Last::default() }
    }

    fn number(&mut self, number: u32) {
        push_number(&mut self.steps, number);
    }
}

fn push_run(steps: &mut Vec<u8>, last: &mut Last, run: &Run) {
    let gap = run.html.start.wrapping_sub(last.html);
    let source_gap = run.source.start.wrapping_sub(last.source).cast_signed();
    let is_written = run.html.len() != run.source.len();
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    steps.push(
        kind::RUN
            | flag(gap != 0, kind::HTML_GAP)
            | flag(source_gap != 0, kind::SOURCE_GAP)
            | flag(is_written, kind::WRITTEN),
    );
    if gap != 0 {
        push_number(steps, gap);
    }
    if source_gap != 0 {
        // Small numbers of either sign take few bytes.
        push_number(steps, ((source_gap << 1) ^ (source_gap >> 31)).cast_unsigned());
    }
    push_number(steps, run.html.len() as u32);
    if is_written {
        push_number(steps, run.source.len() as u32);
    }
    *last = Last { html: run.html.end, source: run.source.end };
}

/// Adds a number, the lowest seven bits first.
fn push_number(steps: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        steps.push(number as u8 | 0x80);
        number >>= 7;
    }
    steps.push(number as u8);
}

/// The prose of a page that is being parsed.
#[derive(Debug, Default)]
pub struct ProseBuilder {
    steps: Vec<u8>,
    anchors: Vec<Arc<str>>,
    ends: Vec<(u32, u32)>,
    fields: Vec<FieldPath>,
    asides: Vec<u8>,
    aside_ends: Vec<u32>,
    /// Labels of the body, by their places in it, and all others.
    of_body: Vec<(Range<u32>, Arc<str>)>,
    labels: Vec<Label>,
}

impl ProseBuilder {
    /// Adds the next text: of a field, or (`None`, the first time) the body.
    pub fn add(&mut self, text: &TextProse, field: Option<FieldPath>) {
        self.steps.extend_from_slice(&text.steps);
        self.anchors.extend_from_slice(&text.anchors);
        self.ends.push((self.steps.len() as u32, self.anchors.len() as u32));
        self.asides.extend_from_slice(&text.asides);
        self.aside_ends.push(self.asides.len() as u32);
        match &field {
            None => self.of_body.extend(text.labels.iter().cloned()),
            Some(field) => self.labels.extend(text.labels.iter().map(|(_, text)| Label {
                text: text.clone(),
                place: PlaceInFile::Field(field.clone()),
                kind: LabelKind::Words,
            })),
        }
        self.fields.extend(field);
    }

    /// Adds a label of the front matter.
    pub fn label(&mut self, text: &Arc<str>, field: FieldPath, kind: LabelKind) {
        self.labels.push(Label { text: text.clone(), place: PlaceInFile::Field(field), kind });
    }

    /// The prose of the page, whose body begins at a byte of the file.
    pub fn finish(self, body: usize) -> Prose {
        let mut labels = self.labels;
        labels.extend(self.of_body.into_iter().map(|(source, text)| {
            let (start, end) = (body as u32 + source.start, body as u32 + source.end);
            Label { text, place: PlaceInFile::Bytes(start..end), kind: LabelKind::Words }
        }));
        // Copies have no room to spare: they stay for as long as their document does.
        Prose {
            steps: Box::from(&self.steps[..]),
            anchors: Box::from(&self.anchors[..]),
            ends: Box::from(&self.ends[..]),
            fields: Box::from(&self.fields[..]),
            body: body as u32,
            asides: Box::from(&self.asides[..]),
            aside_ends: Box::from(&self.aside_ends[..]),
            labels: labels.into(),
        }
    }
}

impl Prose {
    /// The steps of a text.
    pub fn steps(&self, text: u32) -> ProseSteps<'_> {
        let end = |at: usize| self.ends.get(at).copied();
        let (from, first) = (text as usize).checked_sub(1).and_then(end).unwrap_or_default();
        let (to, last) = end(text as usize).unwrap_or((from, first));
        ProseSteps {
            steps: &self.steps[from as usize..to as usize],
            anchors: &self.anchors[first as usize..last as usize],
            last: Last::default(),
        }
    }

    /// The steps of what readers see of a text although no name links there. Of its blocks the scope is 1 in a headline, and
    /// otherwise 0.
    pub fn asides(&self, text: u32) -> ProseSteps<'_> {
        let end = |at: usize| self.aside_ends.get(at).copied();
        let from = (text as usize).checked_sub(1).and_then(end).unwrap_or_default();
        let to = end(text as usize).unwrap_or(from);
        let steps = &self.asides[from as usize..to as usize];
        ProseSteps { steps, anchors: &[], last: Last::default() }
    }

    /// The labels, each with its number among the texts.
    pub fn labels(&self) -> impl Iterator<Item = (u32, &Label)> {
        (LABELS..).zip(&self.labels)
    }

    /// Where a part of a text stands in the file; `source` is what runs have. Values of the front matter have no places
    /// inside.
    pub fn place(&self, text: u32, source: Range<u32>) -> Option<PlaceInFile> {
        if let Some(label) = text.checked_sub(LABELS) {
            let Label { place, text, .. } = self.labels.get(label as usize)?;
            return Some(match place {
                PlaceInFile::Bytes(whole) if whole.len() == text.len() => {
                    PlaceInFile::Bytes(whole.start + source.start..whole.start + source.end)
                }
                place => place.clone(),
            });
        }
        if let Some(field) = (text as usize).checked_sub(1) {
            return self.fields.get(field).cloned().map(PlaceInFile::Field);
        }
        Some(PlaceInFile::Bytes(self.body + source.start..self.body + source.end))
    }
}

/// The steps of a text.
#[derive(Debug, Clone)]
pub struct ProseSteps<'a> {
    steps: &'a [u8],
    anchors: &'a [Arc<str>],
    last: Last,
}

impl ProseSteps<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.steps.split_first()?;
        self.steps = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for ProseSteps<'a> {
    type Item = ProseStep<'a>;

    fn next(&mut self) -> Option<ProseStep<'a>> {
        let first = self.byte()?;
        Some(match first {
            kind::BLOCK => {
                let (anchor, scope) = (self.number()?, self.number()?);
                let (start, length) = (self.number()?, self.number()?);
                let section = (anchor as usize).checked_sub(1).and_then(|at| self.anchors.get(at));
                self.last.html = start;
                ProseStep::Block { section, scope, html: start..start + length }
            }
            kind::SPACE => ProseStep::Space,
            kind::BARRIER => ProseStep::Barrier,
            kind::LINK => {
                let start = self.number()?;
                ProseStep::Link { start, end: start + self.number()? }
            }
            run => {
                let has = |flag: u8| run & flag != 0;
                let Last { mut html, mut source } = self.last;
                if has(kind::HTML_GAP) {
                    html = html.wrapping_add(self.number()?);
                }
                if has(kind::SOURCE_GAP) {
                    let gap = self.number()?;
                    source = source
                        .wrapping_add_signed((gap >> 1).cast_signed() ^ -((gap & 1).cast_signed()));
                }
                let length = self.number()?;
                let of_source = if has(kind::WRITTEN) { self.number()? } else { length };
                let run = Run { html: html..html + length, source: source..source + of_source };
                self.last = Last { html: run.html.end, source: run.source.end };
                ProseStep::Run(run)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PlaceInFile, ProseBuilder, ProseStep, Run, TextProse};
    use crate::yaml::FieldPath;

    #[test]
    fn steps_are_read_as_they_were_written() {
        let (one, two) = ("one".into(), "two".into());
        let mut text = TextProse::default();
        let runs = [
            Run { html: 3..300, source: 0..297 },
            Run { html: 300..303, source: 297..298 },
            Run { html: 400_000..400_001, source: 100..101 },
        ];
        text.block(None, 0, 3..310);
        text.run(&runs[0]);
        text.run(&runs[1]);
        text.barrier();
        text.space();
        text.block(Some(&one), 1, 399_000..400_001);
        text.link(7, 200);
        text.run(&runs[2]);
        text.block(Some(&one), 1, 400_010..400_020);
        text.block(Some(&two), 2, 400_030..400_030);
        let [a, b, c] = runs.clone();
        let expected = vec![
            ProseStep::Block { section: None, scope: 0, html: 3..310 },
            ProseStep::Run(a),
            ProseStep::Run(b),
            ProseStep::Barrier,
            ProseStep::Space,
            ProseStep::Block { section: Some(&one), scope: 1, html: 399_000..400_001 },
            ProseStep::Link { start: 7, end: 200 },
            ProseStep::Run(c),
            ProseStep::Block { section: Some(&one), scope: 1, html: 400_010..400_020 },
            ProseStep::Block { section: Some(&two), scope: 2, html: 400_030..400_030 },
        ];
        assert_eq!(text.steps().collect::<Vec<_>>(), expected);
        let field = FieldPath::root().key("caption");
        let mut page = ProseBuilder::default();
        let mut body = TextProse::default();
        body.block(None, 0, 3..9);
        body.space();
        page.add(&body, None);
        page.add(&text, Some(field.clone()));
        let page = page.finish(40);
        assert_eq!(page.steps(1).collect::<Vec<_>>(), expected);
        assert_eq!((page.steps(0).count(), page.steps(2).count()), (2, 0));
        assert_eq!(page.place(0, 2..5), Some(PlaceInFile::Bytes(42..45)));
        assert_eq!(page.place(1, 2..5), Some(PlaceInFile::Field(field)));
        assert_eq!(page.place(2, 2..5), None);
    }

    #[test]
    fn a_run_of_as_many_bytes_has_a_place_for_each() {
        let [same, other] = [0..10, 0..11].map(|source| Run { html: 20..30, source });
        assert_eq!(same.source_of(22, 3), 2..5);
        assert_eq!(other.source_of(22, 3), 0..11);
    }
}
