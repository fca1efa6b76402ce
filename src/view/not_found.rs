//! The page for what is not there. Its script searches for the words of the address.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, Subject, Which};

use super::common::{LinkText, PageLanguage};
use super::context::Context;
use super::kind::{PageContent, PageView};
use super::search::{SearchView, lists};

/// What `404.html` may see beside what every page has.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NotFoundPage {
    /// The search, which looks for the words of the address; none for a site without one.
    pub search: Option<SearchView>,
    /// The lists of the site.
    pub lists: Vec<LinkText>,
    /// The home pages in the other languages: many hosts show the page of the first language at every address.
    pub homes: Vec<PageLanguage>,
}

impl PageContent for NotFoundPage {
    const KIND: OutputKind = OutputKind {
        name: "not-found",
        phase: Phase::Control,
        outputs: Which::OfSite(|site, add| {
            add.page(site.not_found_out(), Subject::Site, false);
        }),
    };
    const TEMPLATE: &'static str = "404.html";
    const ABOUT: &'static str = "What the template of the 404 page may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let page_cx = cx.page_context(&output.path, None);
        let title = page_cx.t("not-found-title", &[]);
        let text = page_cx.t("not-found-text", &[]);
        let mut page = page_cx.page(Self::KIND.name, title, text, Vec::new());
        page.indexed = false;
        // It is shown at any address, and is none of them.
        page.canonical = None;
        page.breadcrumbs = Vec::new();
        let others = cx.first.all().filter(|site| site.number() != cx.site.number());
        let content = Self {
            search: cx.site.search_out().map(|out| SearchView::of_words(&page_cx, &out)),
            lists: lists(&page_cx),
            homes: others.map(|site| page_cx.in_other(site.number(), &site.home_out())).collect(),
        };
        page_cx.view(page, content)
    }
}
