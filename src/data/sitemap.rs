//! `sitemap.xml` (sitemaps.org): every page that search engines may list, and when its text last changed.
//!
//! A site of more pages than one file may hold has an index in its place, and the pages in `sitemap-1.xml` and so on.

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::content::date::Date;
use crate::site::{Add, Output, OutputKind, Outputs, Site, Subject, Which};
use crate::view::Context;

use super::DataContent;

/// The most URLs of one file (<https://www.sitemaps.org/protocol.html>).
const MOST: usize = 50_000;

/// One file.
#[derive(Debug, Serialize)]
pub enum Sitemap {
    /// Pages.
    Pages(Vec<Entry>),
    /// The absolute URLs of the files that have the pages.
    Index(Vec<String>),
}

/// A page.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its absolute URL.
    url: String,
    /// The day on which its text last changed (ISO 8601), where its author says so.
    changed: Option<String>,
}

impl DataContent for Sitemap {
    const KIND: OutputKind =
        OutputKind { name: "sitemap", phase: Phase::Control, outputs: Which::OfOutputs(outputs) };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let listed = || listed(&cx.site.outputs);
        let url = |path: &OutPath| cx.base.url(path).unwrap_or_default();
        let entries = |pages: &mut dyn Iterator<Item = &Output>| {
            let entry = |page: &Output| Entry { url: url(&page.path), changed: changed(cx, page) };
            pages.map(entry).collect()
        };
        let parts = listed().count().div_ceil(MOST);
        match output.subject() {
            Some(Subject::Part(number)) => {
                Self::Pages(entries(&mut listed().skip((number - 1) * MOST).take(MOST)))
            }
            _ if parts > 1 => Self::Index((1..=parts).map(|number| url(&part(number))).collect()),
            _ => Self::Pages(entries(&mut listed())),
        }
    }

    fn text(&self) -> String {
        const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        match self {
            Self::Pages(pages) => {
                text.push_str(&format!("<urlset xmlns=\"{NAMESPACE}\">\n"));
                for Entry { url, changed } in pages {
                    text.push_str("<url><loc>");
                    escape(&mut text, url);
                    text.push_str("</loc>");
                    if let Some(changed) = changed {
                        text.push_str("<lastmod>");
                        text.push_str(changed);
                        text.push_str("</lastmod>");
                    }
                    text.push_str("</url>\n");
                }
                text.push_str("</urlset>\n");
            }
            Self::Index(files) => {
                text.push_str(&format!("<sitemapindex xmlns=\"{NAMESPACE}\">\n"));
                for url in files {
                    text.push_str("<sitemap><loc>");
                    escape(&mut text, url);
                    text.push_str("</loc></sitemap>\n");
                }
                text.push_str("</sitemapindex>\n");
            }
        }
        text
    }
}

/// Where the sitemap begins.
pub(super) fn first() -> OutPath {
    OutPath::new("sitemap.xml").expect("plain words")
}

/// A file of a sitemap with an index; 1 is the first.
fn part(number: usize) -> OutPath {
    OutPath::new(&format!("sitemap-{number}.xml")).expect("plain words")
}

fn outputs(site: &Site, others: &Outputs, add: &mut Add<'_>) {
    // URLs in a sitemap are absolute.
    if site.base.origin.is_none() {
        return;
    }
    add.data(first(), Subject::Site);
    let parts = listed(others).count().div_ceil(MOST);
    if parts > 1 {
        (1..=parts).for_each(|number| add.data(part(number), Subject::Part(number)));
    }
}

/// The pages that search engines may list, sorted by path.
fn listed(outputs: &Outputs) -> impl Iterator<Item = &Output> {
    outputs.iter().filter(|output| output.is_listed)
}

/// The day on which a page's text last changed: a month or a year would claim a day that is not known.
fn changed(cx: &Context<'_>, page: &Output) -> Option<String> {
    let summary = &cx.site.page(page.content(cx.first)?).summary;
    let date: Date = summary.updated.or(summary.published)?;
    date.civil()?;
    Some(cx.zone.to_datetime(date.begins(cx.zone)).date().to_string())
}

fn escape(text: &mut String, url: &str) {
    escape_html(text, url).expect("a text can be written to");
}
