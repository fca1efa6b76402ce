//! The site in plain text: `index.md` beside a page, and `llms.txt`, which lists the site for language models
//! (<https://llmstxt.org/>).

mod markdown;

use std::sync::Arc;

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{IndexKind, Output, OutputKind, PageIx, Site, Subject, TopicIx, Which, beside};
use crate::view::Context;
use crate::view::plain::PlainPage;

use super::DataContent;
use super::atom::absolute;
use super::facts::url;
use markdown::{markdown, plain};

/// A page as Markdown.
#[derive(Debug, Serialize)]
pub struct PageMarkdown {
    /// The page's own URL.
    url: String,
    page: PlainPage,
}

impl DataContent for PageMarkdown {
    const KIND: OutputKind = OutputKind {
        name: "page-markdown",
        phase: Phase::Page,
        outputs: Which::OfSite(|site, add| {
            if !site.has_markdown {
                return;
            }
            for (at, page) in site.pages.iter().enumerate() {
                let ix = PageIx(at as u32);
                if page.state.is_listed() && !site.is_foreign(ix) {
                    add.data(markdown_out(&page.out), Subject::Page(ix));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Page(ix)) = output.subject() else {
            unreachable!("the outputs of the kind are those of pages")
        };
        let url = url(cx, &cx.site.page(ix).out);
        let mut page = cx.plain_page(ix, &output.path);
        if cx.base.origin.is_some() {
            page.html = absolute(&page.html, cx.base, &url);
        }
        Self { url, page }
    }

    fn text(&self) -> String {
        let page = &self.page;
        let mut parts = vec![format!("# {}", plain(&page.title))];
        if !page.summary.is_empty() {
            parts.push(format!("> {}", plain(&page.summary)));
        }
        let mut lines: Vec<String> = page.lines.iter().map(|line| plain(line)).collect();
        lines.push(format!("<{}>", self.url));
        parts.push(lines.join("\\\n"));
        parts.push(markdown(&page.html));
        if !page.figures.is_empty() {
            parts.push(format!("## {}", plain(&page.figures_title)));
            let figure = |figure: &crate::view::plain::PlainFigure| {
                let of = figure.of.as_ref().map_or(String::new(), |of| format!("{}: ", plain(of)));
                let notes = figure.notes.iter().map(|note| plain(note)).collect::<Vec<_>>();
                let notes = if notes.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", notes.join(", "))
                };
                format!("- {of}**{}**{notes}", plain(&figure.text))
            };
            parts.push(page.figures.iter().map(figure).collect::<Vec<_>>().join("\n"));
        }
        if !page.sources.is_empty() {
            parts.push(format!("## {}", plain(&page.sources_title)));
            let source = |source: &crate::view::plain::PlainSource| {
                let title = plain(&source.title);
                let link =
                    |text: &str, url: &str| format!("[{text}](<{}>)", url.replace(['<', '>'], ""));
                let title = source.url.as_ref().map_or(title.clone(), |url| link(&title, url));
                let notes = source.notes.iter().map(|note| plain(note));
                let archived = source.archived.as_ref().map(|url| format!("<{url}>"));
                let all: Vec<String> = [title].into_iter().chain(notes).chain(archived).collect();
                format!("- {}", all.join(", "))
            };
            parts.push(page.sources.iter().map(source).collect::<Vec<_>>().join("\n"));
        }
        parts.retain(|part| !part.is_empty());
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }
}

/// Where the Markdown of a page is.
fn markdown_out(page: &OutPath) -> OutPath {
    beside(page, "index.md")
}

/// `llms.txt`.
#[derive(Debug, Serialize)]
pub struct LlmsTxt {
    title: Arc<str>,
    description: Option<Arc<str>>,
    /// The title of each list, and its pages: title, URL, summary.
    lists: Vec<(Arc<str>, Vec<ListedPage>)>,
}

/// The title, the URL and the summary of a page.
type ListedPage = (Arc<str>, String, Arc<str>);

/// The most pages of each list.
const MOST: usize = 500;

impl DataContent for LlmsTxt {
    const KIND: OutputKind = OutputKind {
        name: "llms-txt",
        phase: Phase::Control,
        outputs: Which::OfOutputs(|site, _, add| {
            if site.has_llms_txt {
                add.data(OutPath::new("llms.txt").expect("plain words"), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let site = cx.site;
        let page = |ix: PageIx| {
            let page = site.page(ix);
            let own = markdown_out(&page.out);
            let own = site.outputs.get(&own).map_or(&page.out, |output| &output.path);
            (page.summary.title.clone(), url(cx, own), cx.summary_of(ix))
        };
        let topics = (0..site.listed(IndexKind::Topics) as u32).map(TopicIx);
        let topics: Vec<PageIx> = topics.filter_map(|ix| site.topic(ix).page).collect();
        let pages = |list: &[PageIx]| {
            let own = list.iter().filter(|ix| is_own(site, **ix));
            own.take(MOST).map(|ix| page(*ix)).collect::<Vec<_>>()
        };
        let faqs: Vec<PageIx> = {
            let mut pages: Vec<_> =
                site.graph.questions.iter().map(|question| question.page).collect();
            pages.dedup();
            pages.retain(|ix| site.page(*ix).summary.kind == crate::content::kind::Kind::Faq);
            pages
        };
        let lists =
            [&topics, &site.graph.articles, &faqs, &site.graph.players].map(|list| pages(list));
        let titles = cx.list_titles();
        Self {
            title: cx.settings.title.clone(),
            description: cx.settings.description.clone(),
            lists: titles.into_iter().zip(lists).filter(|(_, pages)| !pages.is_empty()).collect(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("# {}\n", plain(&self.title));
        if let Some(description) = &self.description {
            text.push_str(&format!("\n> {}\n", plain(description)));
        }
        for (title, pages) in &self.lists {
            text.push_str(&format!("\n## {}\n\n", plain(title)));
            for (title, url, summary) in pages {
                let summary = if summary.is_empty() {
                    String::new()
                } else {
                    format!(": {}", plain(summary))
                };
                text.push_str(&format!("- [{}]({url}){summary}\n", plain(title)));
            }
        }
        text
    }
}

fn is_own(site: &Site, page: PageIx) -> bool {
    site.page(page).state.is_listed() && !site.is_foreign(page)
}
