//! The page that says where another has moved.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::site::{Output, OutputKind, PageIx, Which};

use super::SharedPart;
use super::common::LinkText;
use super::context::Context;
use super::kind::{PageContent, PageView};
use super::words::Runs;

/// What `redirect.html` may see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RedirectPage {
    /// Where the page has moved.
    pub to: SharedPart<LinkText>,
}

impl PageContent for RedirectPage {
    const KIND: OutputKind = OutputKind {
        name: "redirect",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            let pages = site.pages.iter().enumerate();
            let own = |(at, _): &(usize, _)| !site.is_foreign(PageIx(*at as u32));
            for (at, page) in pages.filter(own) {
                let old = page.summary.redirect_from.iter();
                for path in old.filter_map(|old| site.old_out(old).ok()) {
                    add.redirect(path, PageIx(at as u32));
                }
            }
        }),
    };
    const TEMPLATE: &'static str = "redirect.html";
    const ABOUT: &'static str = "What the template of redirects may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let ix = cx.content(output);
        let target = cx.site.page(ix);
        let page_cx = cx.page_context(&output.path, target.summary.lang.as_ref());
        let to = cx.page_link(ix);
        let title = target.summary.title.clone();
        let description = page_cx.t("redirect-text", &[]);
        let mut page = page_cx.page(Self::KIND.name, title, description, Vec::new());
        let lang = cx.title_lang(ix);
        if *lang != page_cx.lang.tag {
            page_cx.mark_title(&mut page, &Runs::of(&target.summary.title, lang));
        }
        page.indexed = false;
        let origin = cx.base.origin.as_ref();
        page.canonical = origin.map(|origin| format!("{origin}{}", cx.href(&target.out)).into());
        page_cx.view(page, Self { to })
    }
}
