//! A standing page, such as about.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::content::kind::Kind;
use crate::site::{Output, OutputKind, Which};

use super::article::picture;
use super::changes::PageChanges;
use super::common::{Banner, DateText, Figure, PictureView, Section};
use super::context::Context;
use super::fill::HoleFiller;
use super::html::FilledHtml;
use super::kind::{PageContent, PageView};
use super::linked_data::whole_day;
use super::parts::contents;
use super::sources::{SourceView, retracted};

/// What `page.html` may see: a standing page, such as about.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StandingPage {
    /// The text.
    pub standing: Standing,
}

/// A standing page's own parts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Standing {
    /// The summary as its author wrote it.
    pub summary: Option<Arc<str>>,
    /// When it last changed.
    pub updated: Option<DateText>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// A picture.
    pub image: Option<PictureView>,
    /// The contents list; empty for a short page.
    pub contents: Vec<Section>,
    /// The text.
    pub body: FilledHtml,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// What changed since it was published.
    pub changes: PageChanges,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

impl PageContent for StandingPage {
    const KIND: OutputKind = OutputKind {
        name: "page",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            add.content(site, |ix| match site.page(ix).summary.kind {
                Kind::Page => true,
                // The second of two topics with one id, which is an error.
                Kind::Topic => site.topics.iter().all(|topic| topic.page != Some(ix)),
                Kind::Article | Kind::Player | Kind::Faq => false,
            });
        }),
    };
    const TEMPLATE: &'static str = "page.html";
    const ABOUT: &'static str = "What the template of a standing page may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let ix = cx.content(output);
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let page_cx = cx.page_context(&output.path, summary.lang.as_ref());
        let filler = HoleFiller::new(&page_cx, ix);
        let body = cx.texts.body(ix);
        let mut head = page_cx.content_page(Self::KIND.name, ix);
        let updates;
        let mut standing = Standing {
            summary: summary.summary.clone(),
            updated: summary.updated.map(|date| page_cx.date(date)),
            banner: page_cx.banner(summary, page.state),
            changes: page_cx.corrections(&filler, summary, body),
            image: picture(&filler, summary, body),
            contents: contents(&page_cx, body),
            body: filler.html(&body.markup),
            figures: filler.figures(),
            sources: {
                updates = page_cx.updates(&filler, summary, body);
                filler.sources()
            },
            retracted: Vec::new(),
            extra: body.extra.clone(),
        };
        standing.retracted = retracted(&standing.sources);
        standing.changes.updates = updates;
        page_cx.show_picture(&mut head, standing.image.as_ref());
        if let Some(graph) = page_cx.graph(&head) {
            let updated = whole_day(&standing.updated);
            head.linked_data = Some(graph.standing(&head, &summary.id, updated).finish());
        }
        page_cx.view(head, Self { standing })
    }
}
