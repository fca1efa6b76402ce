//! The page that says where another has moved.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::Phase;
use crate::lang::LangTag;
use crate::site::{Output, OutputKind, Subject, Which};

use super::SharedPart;
use super::common::LinkText;
use super::context::{Context, PageContext};
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
            for (path, to) in site.moved() {
                add.redirect(path, to);
            }
        }),
    };
    const TEMPLATE: &'static str = "redirect.html";
    const ABOUT: &'static str = "What the template of redirects may see.";

    fn view(cx: &Context<'_>, output: &Output) -> PageView<Self> {
        let lang = match output.subject() {
            Some(Subject::Page(ix)) => cx.site.page(ix).summary.lang.as_ref(),
            _ => None,
        };
        let page_cx = cx.page_context(&output.path, lang);
        let (to, runs) = page_cx.moved_to(output);
        let description = page_cx.t("redirect-text", &[]);
        let title = to.text.clone();
        let mut page = page_cx.page(Self::KIND.name, title, description, Vec::new());
        if let Some(runs) = runs {
            page_cx.mark_title(&mut page, &runs);
        }
        page.indexed = false;
        let origin = cx.base.origin.as_ref();
        let out = cx.site.redirected_to(output);
        page.canonical =
            origin.zip(out).map(|(origin, out)| format!("{origin}{}", cx.href(&out)).into());
        page_cx.view(page, Self { to })
    }
}

impl PageContext<'_> {
    /// What a redirect leads to, and its title where that has words in another language.
    fn moved_to(&self, output: &Output) -> (SharedPart<LinkText>, Option<Runs>) {
        let cx = self.cx;
        let other =
            |text: &str, lang: &LangTag| (*lang != self.lang.tag).then(|| Runs::of(text, lang));
        let href = cx.site.redirected_to(output).map(|out| cx.href(&out));
        match output.subject() {
            Some(Subject::Fact(ix)) => {
                let (title, runs) = self.fact_title(ix);
                (SharedPart::new(LinkText::new(title, href)), runs)
            }
            Some(Subject::Source(ix)) => {
                let entry = self.shared_source(ix);
                let lang = entry.foreign.and_then(|foreign| LangTag::parse(&foreign.text));
                let runs = lang.and_then(|lang| other(&entry.title, &lang));
                (SharedPart::new(LinkText::new(entry.title, href)), runs)
            }
            _ => {
                let ix = cx.content(output);
                let runs = other(&cx.site.page(ix).summary.title, cx.title_lang(ix));
                (cx.page_link(ix), runs)
            }
        }
    }
}
