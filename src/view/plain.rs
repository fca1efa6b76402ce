//! A page as plain text has it: its words and dates, without the frame of a page.

use std::sync::Arc;

use serde::Serialize;

use crate::base::OutPath;
use crate::content::kind::Kind;
use crate::lang::Arg;
use crate::site::PageIx;

use super::Context;
use super::figure::fact_text;

/// A page in plain parts.
#[derive(Debug, Serialize)]
pub struct PlainPage {
    /// The title.
    pub title: Arc<str>,
    /// One or two plain sentences.
    pub summary: Arc<str>,
    /// What stands below the title: who wrote it, and its dates.
    pub lines: Vec<String>,
    /// The text, as HTML whose links are those of the site.
    pub html: String,
    /// The heading of the figures.
    pub figures_title: Arc<str>,
    /// The figures that the text uses: what each measures, the figure, and what is known of it.
    pub figures: Vec<PlainFigure>,
    /// The heading of the sources.
    pub sources_title: Arc<str>,
    /// The sources.
    pub sources: Vec<PlainSource>,
}

/// A figure in words.
#[derive(Debug, Serialize)]
pub struct PlainFigure {
    /// What it measures.
    pub of: Option<Arc<str>>,
    /// The figure.
    pub text: String,
    /// Its kind, how sure it is, and the day for which it holds.
    pub notes: Vec<String>,
}

/// A source in words.
#[derive(Debug, Serialize)]
pub struct PlainSource {
    /// Its title; its URL where it has none.
    pub title: Arc<str>,
    /// Where it can be read.
    pub url: Option<Arc<str>>,
    /// Who wrote it, who published it, and when.
    pub notes: Vec<String>,
    /// An archived copy.
    pub archived: Option<Arc<str>>,
}

impl Context<'_> {
    /// A page in plain parts, for an output that is not its page.
    pub fn plain_page(&self, ix: PageIx, out: &OutPath) -> PlainPage {
        let lang = self.lang_of(ix);
        let shared = self.shared.filter(|_| *lang == self.settings.lang);
        let cx = Context { lang, assets: self.assets.clone(), shared, ..*self };
        let page_cx = cx.page_context(out, Some(lang));
        let summary = &cx.site.page(ix).summary;
        let mut lines = Vec::new();
        if summary.kind == Kind::Article {
            let authors = cx.authors_of(ix);
            let authors = page_cx.lang.lists.and(&authors);
            if !authors.is_empty() {
                lines.push(page_cx.t("by", &[("authors", Arg::Text(&authors))]).to_string());
            }
        }
        for (key, date) in [
            ("published", summary.published),
            ("updated", summary.updated),
            ("reviewed", summary.reviewed),
        ] {
            if let Some(date) = date {
                lines.push(format!("{}: {}", page_cx.t(key, &[]), page_cx.date(date).text));
            }
        }
        let figures = summary.facts_used.iter().filter_map(|id| cx.site.fact(id)).map(|own| {
            let fact = &own.fact;
            let word = |word: &str| page_cx.t(&format!("fact-{word}"), &[]).to_string();
            let kind = fact.kind.map(|kind| word(kind.as_str()));
            let status = fact.status.map(|status| word(status.as_str()));
            let as_of = fact.as_of.map(|date| page_cx.date(date).text.to_string());
            PlainFigure {
                of: fact.of.clone(),
                text: fact_text(fact, &page_cx.lang),
                notes: kind.into_iter().chain(status).chain(as_of).collect(),
            }
        });
        let sources = cx.sources_of(ix).into_iter().filter_map(|source| {
            let authors = source.authors.iter().map(|name| name.to_string());
            let publisher = source.publisher.iter().map(|name| name.to_string());
            let date = source.date.map(|date| page_cx.date(date).text.to_string());
            Some(PlainSource {
                title: source.title.clone().or_else(|| source.url.clone())?,
                url: source.url.clone(),
                notes: authors.chain(publisher).chain(date).collect(),
                archived: source.archived.clone(),
            })
        });
        PlainPage {
            title: summary.title.clone(),
            summary: cx.description(ix, &page_cx.lang).0,
            lines,
            html: cx.whole_text(ix, out),
            figures_title: page_cx.t("figures", &[]),
            figures: figures.collect(),
            sources_title: page_cx.t("sources", &[]),
            sources: sources.collect(),
        }
    }

    /// The titles of the lists of articles, players, questions and topics.
    pub fn list_titles(&self) -> [Arc<str>; 4] {
        let home = self.site.home_out();
        let page_cx = self.page_context(&home, None);
        ["topics", "articles", "faq", "players"].map(|key| page_cx.t(key, &[]))
    }
}
