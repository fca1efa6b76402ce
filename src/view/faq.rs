//! A page of questions and answers.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::site::{Output, OutputKind, Which};

use super::SharedPart;
use super::article::picture;
use super::changes::PageChanges;
use super::cite::CiteView;
use super::common::{Banner, DateText, EmbedLink, Figure, LinkText, PictureView, Section};
use super::context::Context;
use super::fill::HoleFiller;
use super::html::FilledHtml;
use super::kind::{PageContent, PageView};
use super::linked_data::Subjects;
use super::parts::contents;
use super::sources::{SourceView, retracted};

/// What `faq.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FaqPage {
    /// The questions and answers.
    pub faq: FaqView,
}

/// Questions and answers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FaqView {
    /// The summary as its author wrote it.
    pub summary: Option<Arc<str>>,
    /// Whom it is about.
    pub about: Vec<SharedPart<LinkText>>,
    /// The article it belongs to.
    pub article: Option<SharedPart<LinkText>>,
    /// When its author last checked that it still holds.
    pub reviewed: Option<DateText>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// A picture.
    pub image: Option<PictureView>,
    /// The questions, as a contents list.
    pub contents: Vec<Section>,
    /// Questions (second-level headings with stable anchors) and answers.
    pub body: FilledHtml,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// Those of them that were retracted.
    pub retracted: Vec<SourceView>,
    /// Its topics.
    pub topics: Vec<SharedPart<LinkText>>,
    /// What changed since it was published.
    pub changes: PageChanges,
    /// How other sites show its questions.
    pub embeds: Vec<EmbedLink>,
    /// How it is cited.
    pub cite: CiteView,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

impl PageContent for FaqPage {
    const KIND: OutputKind = OutputKind {
        name: "faq",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| add.content_of(site, Kind::Faq)),
    };
    const TEMPLATE: &'static str = "faq.html";
    const ABOUT: &'static str = "What the template of a FAQ page may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let ix = cx.content(output);
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let page_cx = cx.page_context(&output.path, summary.lang.as_ref());
        let filler = HoleFiller::new(&page_cx, ix);
        let body = cx.texts.body(ix);
        let (about, article) = match &summary.details {
            Details::Faq(faq) => (faq.about.as_slice(), faq.article.as_ref()),
            _ => (&[][..], None),
        };
        let mut head = page_cx.content_page(Self::KIND.name, ix);
        let article = article.and_then(|id| cx.site.of_kind(Kind::Article, id));
        let updates;
        let mut faq = FaqView {
            summary: summary.summary.clone(),
            about: about.iter().map(|id| cx.player_link(id)).collect(),
            article: article.map(|ix| cx.page_link(ix)),
            reviewed: summary.reviewed.map(|date| page_cx.date(date)),
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
            topics: page_cx.topic_links(summary),
            embeds: cx.question_embeds(ix),
            cite: page_cx.cite(ix, body),
            extra: body.extra.clone(),
        };
        faq.retracted = retracted(&faq.sources);
        faq.changes.updates = updates;
        page_cx.show_picture(&mut head, faq.image.as_ref());
        if let Some(graph) = page_cx.graph(&head) {
            let players = about.iter().filter_map(|id| cx.site.player(id)).collect();
            let subjects = Subjects { about: players, mentions: Vec::new() };
            head.linked_data = Some(graph.faq(&head, summary, &faq, &subjects).finish());
        }
        page_cx.view(head, Self { faq })
    }
}
