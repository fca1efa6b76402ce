//! Pages of few parts: standing pages, the 404 page, redirects.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::OutPath;
use crate::site::PageIx;

use super::Ready;
use super::article::{contents, picture};
use super::common::{
    Assets, Banner, DateText, Figure, LinkText, Page, Picture, Section, SiteInfo, Source,
};
use super::context::Context;
use super::fill::Filler;
use super::html::Html;

/// What `page.html` may see: a standing page, such as about.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StandingPage {
    /// The page.
    pub page: Page,
    /// The site.
    pub site: Ready<SiteInfo>,
    /// The theme's files.
    pub assets: Arc<Assets>,
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
    pub image: Option<Picture>,
    /// The contents list; empty for a short page.
    pub contents: Vec<Section>,
    /// The text.
    pub body: Html,
    /// The figures that the text uses.
    pub figures: Vec<Figure>,
    /// Its sources.
    pub sources: Vec<Source>,
    /// The author's own fields.
    pub extra: serde_json::Value,
}

/// What `404.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NotFoundPage {
    /// The page.
    pub page: Page,
    /// The site.
    pub site: Ready<SiteInfo>,
    /// The theme's files.
    pub assets: Arc<Assets>,
}

/// What `redirect.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RedirectPage {
    /// The page.
    pub page: Page,
    /// The site.
    pub site: Ready<SiteInfo>,
    /// The theme's files.
    pub assets: Arc<Assets>,
    /// Where the page has moved.
    pub to: Ready<LinkText>,
}

impl StandingPage {
    /// A standing page.
    pub(super) fn make(cx: &Context<'_>, out: &OutPath, ix: PageIx) -> Self {
        let page = cx.site.page(ix);
        let summary = &page.summary;
        let making = cx.making(out, summary.lang.as_ref());
        let filler = Filler::new(&making, ix);
        let body = cx.texts.body(ix);
        let head = making.content_page("page", ix);
        let standing = Standing {
            summary: summary.summary.clone(),
            updated: summary.updated.map(|date| making.date(date)),
            banner: making.banner(summary, page.state),
            image: picture(&filler, summary, body),
            contents: contents(&making, body),
            body: filler.html(&body.markup),
            figures: filler.figures(),
            sources: filler.sources(),
            extra: body.extra.clone(),
        };
        Self { page: head, site: making.site_info(), assets: cx.assets.clone(), standing }
    }
}

impl NotFoundPage {
    /// The page for what is not there.
    pub(super) fn make(cx: &Context<'_>, out: &OutPath) -> Self {
        let making = cx.making(out, None);
        let title = making.t("not-found-title", &[]);
        let text = making.t("not-found-text", &[]);
        let mut page = making.page("not-found", title, text, Vec::new());
        page.indexed = false;
        // It is shown at any address, and is none of them.
        page.canonical = None;
        page.breadcrumbs = Vec::new();
        Self { page, site: making.site_info(), assets: cx.assets.clone() }
    }
}

impl RedirectPage {
    /// The page that says where another has moved.
    pub(super) fn make(cx: &Context<'_>, out: &OutPath, ix: PageIx) -> Self {
        let target = cx.site.page(ix);
        let making = cx.making(out, target.summary.lang.as_ref());
        let to = cx.page_link(ix);
        let title = target.summary.title.clone();
        let description = making.t("redirect-text", &[]);
        let mut page = making.page("redirect", title, description, Vec::new());
        page.indexed = false;
        let origin = cx.base.origin.as_ref();
        page.canonical = origin.map(|origin| format!("{origin}{}", cx.href(&target.out)).into());
        Self { page, site: making.site_info(), assets: cx.assets.clone(), to }
    }
}
