//! The page for what is not there.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{Output, OutputKind, Subject, Which};

use super::context::Context;
use super::kind::{PageContent, PageView};

/// What `404.html` may see beside what every page has.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NotFoundPage {}

impl PageContent for NotFoundPage {
    const KIND: OutputKind = OutputKind {
        name: "not-found",
        phase: Phase::Control,
        outputs: Which::OfSite(|site, add| {
            // Hosts show one for every address.
            if site.number() == 0 {
                let path = OutPath::new("404.html").expect("plain words");
                add.page(path, Subject::Site, false);
            }
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
        page_cx.view(page, Self {})
    }
}
