//! The page of a shared source.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::lang::LangTag;
use crate::site::{
    Add, IndexKind, Output, OutputKind, Owner, RestKind, Site, SourceIx, Subject, Which,
};

use super::common::{Capped, DateText, Figure, Foreign, LinkText};
use super::context::{Context, PageContext};
use super::kind::{PageContent, PageView};
use super::player::MentionView;
use super::sources::{RetractionView, SourceView};
use super::words::{MarkedHtml, Runs};

/// What `source.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SourcePage {
    /// The source.
    pub source: SharedSource,
}

/// A shared source, with what rests on it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SharedSource {
    /// The id, by which texts cite it.
    pub id: EntityId,
    /// What the lists of pages say of it.
    pub entry: SourceView,
    /// The pages that cite it, or that use a figure which rests on it, newest first.
    pub uses: Capped<MentionView>,
    /// The figures that rest on it.
    pub facts: Capped<Figure>,
}

/// A shared source in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceRow {
    /// The title, with the source's own page.
    pub source: LinkText,
    /// Who wrote it.
    pub author: Option<Arc<str>>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub author_html: Option<MarkedHtml>,
    /// Who published it.
    pub publisher: Option<Arc<str>>,
    /// The language of that name, when it is not the page's.
    pub publisher_foreign: Option<Foreign>,
    /// When it was published.
    pub date: Option<DateText>,
    /// That it was retracted.
    pub retracted: Option<RetractionView>,
}

impl PageContent for SourcePage {
    const KIND: OutputKind =
        OutputKind { name: "source", phase: Phase::Page, outputs: Which::OfSite(outputs) };
    const TEMPLATE: &'static str = "source.html";
    const ABOUT: &'static str = "What the template of a shared source may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let Some(Subject::Source(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are shared sources")
        };
        let page_cx = cx.page_context(&output.path, None);
        let entry = page_cx.shared_source(ix);
        let publisher = entry.publisher.iter().cloned();
        let date = entry.date.iter().map(|date| date.text.clone());
        let description = publisher.chain(date).collect::<Vec<_>>().join(" · ");
        let way = page_cx.index_crumb(IndexKind::Sources).into_iter().collect();
        let title = entry.title.clone();
        let mut head = page_cx.page(Self::KIND.name, title, description.into(), way);
        if let Some(lang) = entry.foreign.as_ref().and_then(|foreign| LangTag::parse(&foreign.text))
        {
            page_cx.mark_title(&mut head, &Runs::of(&entry.title, &lang));
        }
        head.indexed = output.is_listed;
        let pages = cx.first.all().filter(|site| site.citations.has_page(ix));
        page_cx.also_in(&mut head, pages.map(|site| (site.number(), site.source_out(ix))));
        let owner = Owner::Source(ix);
        let uses = cx.site.citations.uses(ix);
        let source = SharedSource {
            id: cx.site.source_id(ix).clone(),
            uses: page_cx
                .capped(uses, owner, RestKind::Uses, |page| Some(page_cx.source_use(ix, *page))),
            facts: page_cx.capped_figures(owner),
            entry,
        };
        if let Some(graph) = page_cx.graph(&head) {
            head.linked_data = Some(graph.source(&head, &source.entry).finish());
        }
        page_cx.view(head, Self { source })
    }
}

fn outputs(site: &Site, add: &mut Add<'_>) {
    let listed = site.citations.listed().len();
    for (at, source) in site.citations.with_page().iter().enumerate() {
        add.page(site.source_out(*source), Subject::Source(*source), at < listed);
    }
}

impl PageContext<'_> {
    /// Shared sources with what tells them apart.
    pub(super) fn source_rows(&self, sources: &[SourceIx]) -> Vec<SourceRow> {
        let row = |source: &SourceIx| {
            let href = self.cx.href(&self.cx.site.source_out(*source));
            let entry = self.shared_source(*source);
            // The link leads to a page in the readers' language.
            let foreign = entry.foreign.map(|foreign| Foreign { lang: None, ..foreign });
            SourceRow {
                source: LinkText { text: entry.title, href: Some(href), foreign },
                author: entry.author,
                author_html: entry.author_html,
                publisher: entry.publisher,
                publisher_foreign: entry.publisher_foreign,
                date: entry.date,
                retracted: entry.retracted,
            }
        };
        sources.iter().map(row).collect()
    }

    /// A shared source as the lists of pages show it.
    pub(super) fn shared_source(&self, source: SourceIx) -> SourceView {
        let site = self.cx.site;
        self.source_view(1, site.source_id(source), site.source_at(source), self.cx.site_lang())
    }
}
