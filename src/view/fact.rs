//! The page of a figure.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{EntityId, OutPath, Phase};
use crate::content::date::Date;
use crate::content::model::FactValue;
use crate::lang::Arg;
use crate::site::{
    Embedded, FactIx, IndexKind, Output, OutputKind, Owner, RestKind, Site, SiteFact, Subject,
    Which, fact_file,
};

use super::cite::CiteView;
use super::common::{Capped, DateText, Figure, Foreign, LinkText};
use super::context::{Context, PageContext, with_fragment};
use super::figure::{exact_text_of, fact_text, value_text};
use super::kind::{PageContent, PageView};
use super::list::FactGroup;
use super::player::MentionView;
use super::sources::{Citation, SourceList, SourceView, retracted};
use super::words::{MarkedHtml, Runs};

/// What `fact.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FactPage {
    /// The figure.
    pub fact: FactView,
}

/// A figure, with what its page says of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FactView {
    /// The id, by which texts use it.
    pub id: EntityId,
    /// The figure as every page shows it.
    pub figure: Figure,
    /// The value with its unit, such as "3.5%".
    pub value: Arc<str>,
    /// The whole that it is a share of.
    pub denominator: Option<Arc<str>>,
    /// When a new value is due.
    pub next_update: Option<DateText>,
    /// Where its values are from: the source of its own first.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// The values that it had, newest first, its own among them; empty without a history.
    pub history: Vec<PastValueView>,
    /// The same as a drawing.
    pub drawing: Option<HistoryDrawing>,
    /// The pages that use or declare it, newest first.
    pub uses: Capped<MentionView>,
    /// The same for programs, by the names of formats.
    pub data: Vec<LinkText>,
    /// How it is cited.
    pub cite: CiteView,
}

/// A value that a figure had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PastValueView {
    /// The value in all its digits, such as "3% of GDP".
    pub text: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub html: Option<MarkedHtml>,
    /// The day for which it held.
    pub as_of: DateText,
    /// What changed then.
    pub note: Option<Arc<str>>,
    /// The language of the note, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// Where it is from.
    pub source: Option<LinkText>,
    /// The same as a number of the page's list.
    pub cite: Option<Citation>,
}

/// The history of a figure, drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HistoryDrawing {
    /// An SVG, hidden from assistive technology: print it with `| safe`, and beside it what it shows.
    pub svg: Arc<str>,
    /// From which value to which, in a sentence.
    pub sentence: Arc<str>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub sentence_html: Option<MarkedHtml>,
}

impl PageContent for FactPage {
    const KIND: OutputKind =
        OutputKind { name: "fact", phase: Phase::Page, outputs: Which::OfSite(outputs) };
    const TEMPLATE: &'static str = "fact.html";
    const ABOUT: &'static str = "What the template of a figure may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let Some(Subject::Fact(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are figures")
        };
        let page_cx = cx.page_context(&output.path, None);
        let own = cx.site.fact_at(ix);
        let fact = &own.fact;
        let sources = SourceList::default();
        let mut figure = page_cx.figure(own);
        let source = cx.fact_source(own, &fact.source);
        figure.cite = source
            .map(|source| sources.cite(&page_cx, source, cx.fact_source_lang(own, source), true));
        let history = page_cx.history(own, &sources);
        let (title, runs) = page_cx.fact_title(ix);
        let way = page_cx.index_crumb(IndexKind::Facts).into_iter().collect();
        let mut head = page_cx.page(Self::KIND.name, title, description(&page_cx, &figure), way);
        if let Some(runs) = &runs {
            page_cx.mark_title(&mut head, runs);
        }
        head.embed = cx.embed_link(Embedded::Fact(ix));
        head.indexed = output.is_listed;
        let pages = cx.first.all().filter(|site| site.figures.has_page(ix));
        page_cx.also_in(&mut head, pages.map(|site| (site.number(), site.fact_out(ix))));
        let uses = cx.site.figures.uses(ix);
        let sources = sources.views(&page_cx);
        let view = FactView {
            id: fact.id.clone(),
            value: value_text(&fact.value, fact, &page_cx.lang).into(),
            denominator: fact.denominator.clone(),
            next_update: fact.next_update.map(|date| page_cx.date(date)),
            retracted: retracted(&sources),
            sources,
            uses: page_cx.capped(uses, Owner::Fact(ix), RestKind::Uses, |page| {
                Some(page_cx.fact_use(ix, *page))
            }),
            history,
            drawing: page_cx.step_line(ix).map(|line| HistoryDrawing {
                svg: line.inline().into(),
                sentence: line.sentence.clone(),
                sentence_html: page_cx.steps_html(ix),
            }),
            data: cx.formats(
                &["JSON", "SVG"].map(|name| (name, fact_file(&fact.id, &name.to_lowercase()))),
            ),
            cite: page_cx.cite_fact(ix, &head.title),
            figure,
        };
        page_cx.view(head, Self { fact: view })
    }
}

fn outputs(site: &Site, add: &mut crate::site::Add<'_>) {
    let listed = site.figures.listed().len();
    for (at, fact) in site.figures.with_page().iter().enumerate() {
        add.page(site.fact_out(*fact), Subject::Fact(*fact), at < listed);
    }
}

/// What search engines are told of a figure: the value, and how sure it is.
fn description(page_cx: &PageContext<'_>, figure: &Figure) -> Arc<str> {
    let label = |word: &&str| page_cx.t(&format!("fact-{word}"), &[]);
    let labels = [figure.kind, figure.status];
    let labels = labels.iter().flatten().map(label);
    let date = figure.as_of.iter().map(|date| date.text.clone());
    let parts: Vec<_> = [figure.text.clone()].into_iter().chain(labels).chain(date).collect();
    parts.join(" · ").into()
}

impl Context<'_> {
    /// Links to the outputs for programs that are there, by the names of their formats.
    pub(super) fn formats(&self, formats: &[(&str, Option<OutPath>)]) -> Vec<LinkText> {
        let is_there = |out: &&OutPath| self.site.outputs.get(out).is_some();
        let link = |(name, out): &(&str, Option<OutPath>)| {
            let out = out.as_ref().filter(is_there)?;
            Some(LinkText::new((*name).into(), Some(self.href(out))))
        };
        formats.iter().filter_map(link).collect()
    }
}

impl PageContext<'_> {
    /// What a figure measures, and the figure; and the runs of that, where its words are in another language.
    pub(super) fn fact_title(&self, fact: FactIx) -> (Arc<str>, Option<Runs>) {
        let own = self.cx.site.fact_at(fact);
        let (fact, lang) = (&own.fact, self.cx.fact_lang(own));
        let value = fact_text(fact, &self.lang);
        let runs = (*lang != self.lang.tag).then(|| {
            let value = self.cx.fact_runs(own, &fact.value, &self.lang);
            match &fact.of {
                Some(of) => {
                    let parts = [("of", Runs::of(of, lang)), ("value", value)];
                    Runs::message(&self.lang, "fact-title", &parts)
                }
                None => value,
            }
        });
        let title = match &fact.of {
            Some(of) => {
                self.t("fact-title", &[("of", Arg::Text(of)), ("value", Arg::Text(&value))])
            }
            None => value.into(),
        };
        (title, runs)
    }

    /// The values that a figure had, newest first; none of a figure without a history. An author's note on the value of
    /// today is one of them.
    fn history(&self, own: &SiteFact, sources: &SourceList) -> Vec<PastValueView> {
        let fact = &own.fact;
        let values = fact.values();
        if fact.history.is_empty() {
            return Vec::new();
        }
        let view = |(at, (value, as_of)): (usize, &(&FactValue, Date))| {
            // The last may be the figure's own.
            let past = fact.history.get(at);
            let source = past.map_or(&fact.source, |past| &past.source);
            let cited = self.cx.fact_source(own, source);
            PastValueView {
                text: exact_text_of(value, fact, &self.lang).into(),
                html: self.fact_html(own, value),
                as_of: self.date(*as_of),
                note: past.and_then(|past| past.note.clone()),
                foreign: self.cx.other(self.cx.fact_lang(own)),
                source: self.fact_source_link(own, source),
                cite: cited.map(|source| {
                    sources.cite(self, source, self.cx.fact_source_lang(own, source), true)
                }),
            }
        };
        // Newest first, as they are read.
        values.iter().enumerate().rev().map(view).collect()
    }

    /// A page that uses a figure: at the figure, where its text does.
    pub(super) fn fact_use(&self, fact: FactIx, page: crate::site::PageIx) -> MentionView {
        let (cx, id) = (self.cx, self.cx.site.fact_id(fact));
        let summary = &cx.site.page(page).summary;
        let mut link = LinkText::clone(&cx.page_link(page));
        if let (true, Some(href)) = (summary.facts_used.contains(id), &link.href) {
            link.href = Some(with_fragment(href, &format!("b-fact-{id}")));
        }
        MentionView {
            page: link,
            kind: summary.kind.as_str(),
            date: self.published(page),
            sentence: None,
            foreign: None,
            ways: Vec::new(),
        }
    }

    /// Figures, grouped by whom they are about.
    pub(super) fn fact_groups(&self, facts: &[FactIx]) -> Vec<FactGroup> {
        let mut groups: Vec<FactGroup> = Vec::new();
        for figure in self.figures_at(facts) {
            match groups.last_mut().filter(|group| group.about == figure.about) {
                Some(group) => group.facts.push(figure),
                None => groups.push(FactGroup { about: figure.about.clone(), facts: vec![figure] }),
            }
        }
        groups
    }

    /// The figures of a page's long list, newest first.
    pub(super) fn figures_of(&self, owner: Owner) -> &[FactIx] {
        let figures = &self.cx.site.figures;
        match owner {
            Owner::Player(ix) => figures.of_player(ix),
            Owner::Topic(ix) => figures.of_topic(ix),
            Owner::Source(ix) => self.cx.site.citations.figures(ix),
            Owner::Fact(_) => &[],
        }
    }

    /// The first figures of a page's long list, and where it goes on.
    pub(super) fn capped_figures(&self, owner: Owner) -> Capped<Figure> {
        let figure = |fact: &FactIx| Some(self.figure(self.cx.site.fact_at(*fact)));
        self.capped(self.figures_of(owner), owner, RestKind::Figures, figure)
    }
}
