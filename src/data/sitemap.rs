//! `sitemap.xml` (sitemaps.org): every page that search engines may list, when its text last changed, the same page in other
//! languages, and its pictures.
//!
//! A site of more pages than one file may hold has an index in its place, and the pages in `sitemap-1.xml` and so on.

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::base::{MediaType, OutPath, Phase};
use crate::content::date::Date;
use crate::content::media::MediaKind;
use crate::content::outside::Outside;
use crate::content::reference::Link;
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
    /// The page in each of its languages, its own among them, with their tags; empty for a page in one language.
    languages: Vec<(String, String)>,
    /// The absolute URLs of its pictures, each once.
    pictures: Vec<String>,
}

impl DataContent for Sitemap {
    const KIND: OutputKind =
        OutputKind { name: "sitemap", phase: Phase::Control, outputs: Which::OfOutputs(outputs) };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let listed = || listed(&cx.site.outputs);
        let url = |path: &OutPath| cx.base.url(path).unwrap_or_default();
        let entries = |pages: &mut dyn Iterator<Item = &Output>| {
            let entry = |page: &Output| Entry {
                url: url(&page.path),
                changed: changed(cx, page),
                languages: languages(cx, page),
                pictures: pictures(cx, page),
            };
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
                text.push_str(&format!("<urlset xmlns=\"{NAMESPACE}\""));
                if pages.iter().any(|page| !page.languages.is_empty()) {
                    text.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
                }
                if pages.iter().any(|page| !page.pictures.is_empty()) {
                    const PICTURES: &str = "http://www.google.com/schemas/sitemap-image/1.1";
                    text.push_str(&format!(" xmlns:image=\"{PICTURES}\""));
                }
                text.push_str(">\n");
                for Entry { url, changed, languages, pictures } in pages {
                    text.push_str("<url><loc>");
                    escape(&mut text, url);
                    text.push_str("</loc>");
                    if let Some(changed) = changed {
                        text.push_str("<lastmod>");
                        text.push_str(changed);
                        text.push_str("</lastmod>");
                    }
                    for (lang, url) in languages {
                        text.push_str(&format!(
                            "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\""
                        ));
                        escape(&mut text, url);
                        text.push_str("\"/>");
                    }
                    for url in pictures {
                        text.push_str("<image:image><image:loc>");
                        escape(&mut text, url);
                        text.push_str("</image:loc></image:image>");
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

/// The page in each of the languages in which search engines may list it, and for readers of all others.
fn languages(cx: &Context<'_>, page: &Output) -> Vec<(String, String)> {
    let site = cx.first;
    if site.editions.len() == 1 {
        return Vec::new();
    }
    let outs = site.all().filter_map(|other| {
        let out = match page.subject()? {
            // The home page, and the pages of feeds and of data.
            Subject::Site => {
                let folder = site.in_edition(page.edition).edition().prefix();
                let own = page.path.as_str().strip_prefix(&*folder)?;
                OutPath::new(&format!("{}{own}", other.edition().prefix())).ok()?
            }
            Subject::Page(ix) => {
                let own = site.own_page(other.number(), &site.page(ix).summary.id)?;
                site.page(own).out.clone()
            }
            Subject::Topic(ix) => {
                let id = &site.in_edition(page.edition).topic(ix).id;
                other.topic(other.topic_by_id(id)?).out.clone()
            }
            Subject::Index(kind, 0) => other.index_out(kind, 0),
            Subject::Fact(ix) => other.fact_out(ix),
            Subject::Source(ix) => other.source_out(ix),
            Subject::Index(..)
            | Subject::Figures(..)
            | Subject::Year(..)
            | Subject::Rest(..)
            | Subject::Embed(_)
            | Subject::Part(_) => return None,
        };
        let is_listed = site.outputs.get(&out).is_some_and(|output| output.is_listed);
        let url = cx.base.url(&out).filter(|_| is_listed)?;
        Some((site.editions[other.number()].lang.to_string(), url))
    });
    let mut languages: Vec<_> = outs.collect();
    match &languages[..] {
        [(_, first), _, ..] => {
            let others = ("x-default".to_owned(), first.clone());
            languages.push(others);
            languages
        }
        _ => Vec::new(),
    }
}

/// The pictures of a page: the one at its head, and those of its text.
fn pictures(cx: &Context<'_>, page: &Output) -> Vec<String> {
    /// The most pictures of one page (<https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps>).
    const MOST: usize = 1_000;
    let Some(ix) = page.content(cx.first) else { return Vec::new() };
    let summary = &cx.site.page(ix).summary;
    let mut urls: Vec<String> = Vec::new();
    let head = summary.image.as_ref().map(|picture| &picture.src);
    let is_picture =
        |link: &&Link| MediaKind::of_link(link).is_none() && Outside::of_link(link).is_none();
    for link in head.into_iter().chain(&summary.pictures).filter(is_picture) {
        let url = match link {
            Link::External(url) if url.starts_with("http") => Some(url.to_string()),
            Link::To(..) | Link::Root(_) => cx.first.linked_asset(link).and_then(|file| {
                let is_picture = MediaType::of(&file.out).essence().starts_with("image/");
                cx.base.url(&file.out).filter(|_| is_picture)
            }),
            Link::Anchor(_) | Link::External(_) => None,
        };
        urls.extend(url.filter(|url| !urls.contains(url)));
    }
    urls.truncate(MOST);
    urls
}

fn escape(text: &mut String, url: &str) {
    escape_html(text, url).expect("a text can be written to");
}
