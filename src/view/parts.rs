//! The parts of an article in the order in which readers meet them, and the contents list.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::document::{Article, Body};
use crate::content::markup::Markup;
use crate::content::parts::{ArticlePart, completed};
use crate::site::PageIx;

use super::article::{ArticleView, QuestionView, Side, picture, questions, sides};
use super::common::{PictureView, Section};
use super::compared::Comparison;
use super::context::{PageContext, fragment};
use super::fill::{HoleFiller, PlacedPiece};
use super::html::FilledHtml;
use super::timeline::TimelineView;

/// A run of an article's text, or a section that the text places.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TextPart {
    /// `text`, or the section by the name of its block.
    pub name: ArticlePart,
    /// The run of text.
    pub html: Option<FilledHtml>,
    /// Whether the notes on figures stand beside it: the last run.
    pub has_notes: bool,
}

/// The parts of an article, made one after the other: each citation takes the next number.
pub(super) struct ArticleParts {
    pub(super) parts: Vec<ArticlePart>,
    pub(super) text: Vec<TextPart>,
    pub(super) image: Option<PictureView>,
    pub(super) key_points: Vec<FilledHtml>,
    pub(super) compared: Vec<Comparison>,
    pub(super) sides: Vec<Side>,
    pub(super) timeline: Option<TimelineView>,
    pub(super) questions: Vec<QuestionView>,
}

impl ArticleParts {
    /// The parts of an article.
    pub(super) fn of(
        page_cx: &PageContext<'_>,
        filler: &HoleFiller<'_>,
        ix: PageIx,
        own: &Article,
    ) -> Self {
        let cx = page_cx.cx;
        let summary = &cx.site.page(ix).summary;
        let body = cx.texts.body(ix);
        let is_placed = |part: &ArticlePart| body.placed.iter().any(|placed| placed.part == *part);
        let mut parts = completed(body.order.as_deref().unwrap_or_default(), cx.site.theme.parts());
        parts.retain(|part| !is_placed(part));
        let mut made = Self {
            parts: Vec::new(),
            text: Vec::new(),
            image: None,
            key_points: Vec::new(),
            compared: Vec::new(),
            sides: Vec::new(),
            timeline: None,
            questions: Vec::new(),
        };
        let make = |made: &mut Self, part: ArticlePart| match part {
            ArticlePart::Picture => made.image = picture(filler, summary, body),
            ArticlePart::KeyPoints => {
                made.key_points = body.key_points.iter().map(|point| filler.html(point)).collect();
            }
            ArticlePart::Figures => made.compared = page_cx.comparisons(&own.compared, body),
            ArticlePart::Players => made.sides = sides(page_cx, filler, summary, own, body),
            ArticlePart::Timeline => made.timeline = page_cx.own_timeline(ix, filler),
            ArticlePart::Questions => made.questions = questions(page_cx, filler, summary, body),
            // These cite nothing, or come of what the others cite.
            ArticlePart::Text
            | ArticlePart::NextEvents
            | ArticlePart::MoreQuestions
            | ArticlePart::Sources
            | ArticlePart::About => {}
        };
        for part in &parts {
            match part {
                ArticlePart::Text if body.placed.is_empty() => {
                    made.text.push(TextPart::run(filler.html(&body.markup)));
                }
                ArticlePart::Text => filler.runs(&body.markup, &mut |piece| match piece {
                    PlacedPiece::Run(html) => made.text.push(TextPart::run(html)),
                    PlacedPiece::Section(name) => {
                        make(&mut made, name);
                        made.text.push(TextPart { name, html: None, has_notes: false });
                    }
                }),
                part => make(&mut made, *part),
            }
        }
        made.parts = parts;
        // The notes on figures stand beside the last words of the text.
        match made.text.iter_mut().rfind(|part| part.html.is_some()) {
            Some(last) => last.has_notes = true,
            None => {
                let html = filler.html(&Markup::default());
                made.text.push(TextPart { has_notes: true, ..TextPart::run(html) });
            }
        }
        made
    }
}

impl TextPart {
    fn run(html: FilledHtml) -> Self {
        Self { name: ArticlePart::Text, html: Some(html), has_notes: false }
    }
}

/// Contents lists begin at this many sections.
const SECTIONS: usize = 4;

impl PageContext<'_> {
    /// The contents list of an article, whose other parts are made.
    pub(super) fn list_contents(&self, article: &mut ArticleView, body: &Body) {
        let section = |part: ArticlePart| {
            let (key, anchor) = part.heading()?;
            is_shown(article, part).then(|| Section {
                text: self.t(key, &[]),
                html: None,
                href: format!("#{anchor}").into(),
                sections: Vec::new(),
            })
        };
        let placed = body.placed.iter();
        let placed = placed.filter_map(|own| Some((own.headings as usize, section(own.part)?)));
        let contents = sections(self, body, placed.collect());
        if !contents.is_empty() {
            // What stands above the text is passed on the way to it.
            const FURTHER: [ArticlePart; 4] = [
                ArticlePart::Players,
                ArticlePart::Timeline,
                ArticlePart::Questions,
                ArticlePart::Sources,
            ];
            let others = article.parts.iter().filter(|part| FURTHER.contains(part));
            article.further = others.filter_map(|part| section(*part)).collect();
        }
        article.contents = contents;
    }
}

/// Whether a section has anything to show.
fn is_shown(article: &ArticleView, part: ArticlePart) -> bool {
    match part {
        ArticlePart::Picture | ArticlePart::Text | ArticlePart::About => false,
        ArticlePart::KeyPoints => !article.key_points.is_empty(),
        ArticlePart::Figures => !article.compared.is_empty(),
        ArticlePart::NextEvents => !article.next.is_empty(),
        ArticlePart::Players => !article.sides.is_empty() || !article.also_mentioned.is_empty(),
        ArticlePart::Timeline => article.timeline.is_some(),
        ArticlePart::Questions => !article.questions.is_empty(),
        ArticlePart::MoreQuestions => !article.more_questions.is_empty(),
        ArticlePart::Sources => !article.sources.is_empty(),
    }
}

/// The second-level headings, each with the third-level ones below it; empty for a short text.
pub(super) fn contents(page_cx: &PageContext<'_>, body: &Body) -> Vec<Section> {
    sections(page_cx, body, Vec::new())
}

/// The same with sections that stand among them: each behind so many headings.
fn sections(page_cx: &PageContext<'_>, body: &Body, placed: Vec<(usize, Section)>) -> Vec<Section> {
    let mut placed = placed.into_iter().peekable();
    let mut sections: Vec<Section> = Vec::new();
    for (at, heading) in body.headings.iter().enumerate() {
        while let Some((_, section)) = placed.next_if(|(headings, _)| *headings <= at) {
            sections.push(section);
        }
        let (text, html): (Arc<str>, _) = page_cx.cx.words(&heading.text, &page_cx.lang, None);
        let section = Section {
            text,
            html,
            href: format!("#{}", fragment(&heading.anchor)).into(),
            sections: Vec::new(),
        };
        match (heading.level, sections.last_mut()) {
            (2, _) => sections.push(section),
            (3, Some(last)) => last.sections.push(section),
            _ => {}
        }
    }
    sections.extend(placed.map(|(_, section)| section));
    if sections.len() < SECTIONS { Vec::new() } else { sections }
}
