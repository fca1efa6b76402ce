//! A fenced block `chart` becomes a hole that a view fills with a drawing.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::content::chart::{self, ChartData};
use crate::content::markup::Hole;
use crate::content::reference::Use;
use crate::content::typography::Typography;
use crate::diag::Code;

use super::driver::{Driver, trimmed};
use super::links;

/// A chart that is being read: the ranges of its lines.
#[derive(Default)]
pub(super) struct OpenChart {
    /// Where its text stands; none before its first line.
    text: Option<Range<usize>>,
    /// Whether something stands between its lines that belongs to a list or quotation around it.
    is_parted: bool,
}

/// Whether a block of code is a chart.
pub(super) fn is_chart(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next() == Some(chart::INFO))
}

impl OpenChart {
    /// Takes up a part of the text.
    pub(super) fn push(&mut self, range: Range<usize>) {
        match &mut self.text {
            Some(text) if text.end == range.start => text.end = range.end,
            Some(_) => self.is_parted = true,
            None => self.text = Some(range),
        }
    }
}

impl Driver<'_> {
    pub(super) fn end_chart(&mut self, range: Range<usize>) {
        self.code = false;
        let Some(open) = self.chart.take() else { return };
        if open.is_parted {
            return self.problem(
                Code::InvalidValue,
                trimmed(self.text, range),
                "a chart stands inside a list or a quotation",
                "write its lines at the margin of the text",
            );
        }
        let block = open.text.unwrap_or(range.start..range.start);
        let path = self.source.path;
        let mut refused = None;
        let typography = Typography::of(self.source.lang);
        let read =
            chart::read(&self.text[block.clone()], block.start, typography, |written, place| {
                links::table(written, path).map_err(|why| refused = Some((why, place))).ok()
            });
        self.draft.problems.extend(read.problems);
        if let Some((refused, place)) = refused {
            self.refuse(refused, place);
        }
        let Some(chart) = read.chart else { return };
        match &chart.data {
            ChartData::File(_, link) => {
                self.found(Use::Link(link.clone()), read.subject.clone());
                self.found(Use::Table(link.clone()), read.subject);
            }
            ChartData::Fact(id) => {
                self.found(Use::Fact(id.clone()), read.subject.clone());
                self.found(Use::History(id.clone()), read.subject);
            }
            ChartData::Rows(..) => {}
        }
        if let Some(id) = &chart.source {
            self.found(Use::Cite(id.clone()), read.source);
        }
        self.out.label(&chart.title, read.title);
        self.out.hole(Hole::Chart(Box::new(chart)));
        self.out.raw("\n");
    }
}
