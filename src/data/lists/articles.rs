//! `articles.json`: every listed article, newest first.

use serde::Serialize;

use crate::base::Phase;
use crate::content::document::Details;
use crate::site::{IndexKind, Output, OutputKind, PageIx, Which};
use crate::view::Context;

use super::super::DataContent;
use super::{ListHead, PageHeadRecord, json, part_of, parts, window};

/// The articles of one file.
#[derive(Debug, Serialize)]
pub struct ArticlesJson {
    #[serde(flatten)]
    head: ListHead,
    articles: Vec<ArticleRecord>,
}

#[derive(Debug, Serialize)]
struct ArticleRecord {
    #[serde(flatten)]
    page: PageHeadRecord,
    /// `background`, `analysis`, `report`, `opinion` or `qa`.
    genre: &'static str,
}

impl DataContent for ArticlesJson {
    const KIND: OutputKind = OutputKind {
        name: "articles-json",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            parts(site, "articles", site.graph.articles.len(), add);
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let (site, number) = (cx.site, part_of(output));
        let articles = &site.graph.articles;
        let page = site.index_out(IndexKind::Articles, 0);
        let record = |ix: &PageIx| ArticleRecord {
            page: PageHeadRecord::new(cx, *ix),
            genre: match &site.page(*ix).summary.details {
                Details::Article(article) => article.genre.as_str(),
                _ => "background",
            },
        };
        Self {
            head: ListHead::part(cx, "articles", &page, number, articles.len()),
            articles: window(articles, number).iter().map(record).collect(),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}
