//! A page of questions and answers.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::content::document::Details;
use crate::content::kind::Kind;
use crate::site::PageIx;

use super::Ready;
use super::article::{contents, picture};
use super::common::{
    Assets, Banner, DateText, Figure, LinkText, Page, Picture, Section, SiteInfo, Source,
};
use super::context::Context;
use super::fill::Filler;
use super::html::Html;

/// What `faq.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FaqPage {
    /// The page.
    pub page: Page,
    /// The site.
    pub site: Ready<SiteInfo>,
    /// The theme's files.
    pub assets: Arc<Assets>,
    /// The questions and answers.
    pub faq: Faq,
}

/// Questions and answers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Faq {
    /// The summary as its author wrote it.
    pub summary: Option<Arc<str>>,
    /// Whom it is about.
    pub about: Vec<Ready<LinkText>>,
    /// The article it belongs to.
    pub article: Option<Ready<LinkText>>,
    /// When somebody last checked that it still holds.
    pub reviewed: Option<DateText>,
    /// A notice that it is no longer current.
    pub banner: Option<Banner>,
    /// A picture.
    pub image: Option<Picture>,
    /// The questions, as a contents list.
    pub contents: Vec<Section>,
    /// Questions (second-level headings with stable anchors) and answers.
    pub body: Html,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<Source>,
    /// Its topics.
    pub topics: Vec<Ready<LinkText>>,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

impl FaqPage {
    /// A page of questions and answers.
    pub(super) fn make(cx: &Context<'_>, out: &OutPath, ix: PageIx) -> Self {
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let making = cx.making(out, summary.lang.as_ref());
        let filler = Filler::new(&making, ix);
        let body = cx.texts.body(ix);
        let (about, article) = match &summary.details {
            Details::Faq(faq) => (faq.about.as_slice(), faq.article.as_ref()),
            _ => (&[][..], None),
        };
        let head = making.content_page("faq", ix);
        let article = article.and_then(|id| cx.site.of_kind(Kind::Article, id));
        let faq = Faq {
            summary: summary.summary.clone(),
            about: about.iter().map(|id| cx.player_link(id)).collect(),
            article: article.map(|ix| cx.page_link(ix)),
            reviewed: summary.reviewed.map(|date| making.date(date)),
            banner: making.banner(summary, page.state),
            image: picture(&filler, summary, body),
            contents: contents(&making, body),
            body: filler.html(&body.markup),
            figures: filler.figures(),
            sources: filler.sources(),
            topics: making.topic_links(summary),
            extra: body.extra.clone(),
        };
        Self { page: head, site: making.site_info(), assets: cx.assets.clone(), faq }
    }
}
