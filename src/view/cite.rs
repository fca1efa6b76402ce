//! How a page is cited.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::cite::{CitationStyle, CslDate, CslItem, bibtex, line};
use crate::content::document::Body;
use crate::content::kind::Kind;
use crate::site::{FactIx, PageIx, citation_out};

use super::common::LinkText;
use super::context::PageContext;

/// How a page is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CiteView {
    /// The page in a bibliography, in each style.
    pub lines: Vec<CiteLine>,
    /// The page as an entry of BibTeX.
    pub bibtex: Arc<str>,
    /// The page and its sources for reference managers, by the names of formats.
    pub files: Vec<LinkText>,
    /// What search engines for papers read in the head of an article; empty for other pages.
    pub meta: Vec<CiteMeta>,
}

/// A field of the Highwire Press tags, which Google Scholar and Zotero read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CiteMeta {
    /// The name: `citation_title`.
    pub name: &'static str,
    /// The value.
    pub content: Arc<str>,
}

/// A page in a bibliography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CiteLine {
    /// The style: `APA`, `MLA` or `Chicago`.
    pub style: &'static str,
    /// The line, in the English of its style: print it with `| safe`.
    pub html: Arc<str>,
}

impl PageContext<'_> {
    /// How a page of content is cited.
    pub(super) fn cite(&self, ix: PageIx, body: &Body) -> CiteView {
        let item = self.cx.page_item(ix, body);
        let mut view = cite_view(&item);
        let site = self.cx.site;
        let out = &site.page(ix).out;
        if site.has_citation_files {
            let formats = [("CSL-JSON", "json"), ("BibTeX", "bib"), ("RIS", "ris")];
            view.files = self.cx.formats(
                &formats.map(|(name, extension)| (name, Some(citation_out(out, extension)))),
            );
        }
        if matches!(site.page(ix).summary.kind, Kind::Article) {
            let published = site.page(ix).summary.published.map(|date| self.cx.csl_date(date));
            view.meta = meta(&item, published.as_ref());
        }
        view
    }

    /// How the page of a figure is cited.
    pub(super) fn cite_fact(&self, ix: FactIx, title: &Arc<str>) -> CiteView {
        cite_view(&self.cx.fact_item(ix, title.clone()))
    }
}

fn cite_view(item: &CslItem) -> CiteView {
    let of = |style: CitationStyle| CiteLine {
        style: style.name(),
        html: isolated(line(style, item)).into(),
    };
    CiteView {
        lines: CitationStyle::ALL.into_iter().map(of).collect(),
        bibtex: bibtex(item).trim_end().into(),
        files: Vec::new(),
        meta: Vec::new(),
    }
}

/// The tags of an article. Dates have slashes, and a page of which no day is known has none.
fn meta(item: &CslItem, published: Option<&CslDate>) -> Vec<CiteMeta> {
    let slashed = |date: &CslDate| Arc::from(date.iso().replace('-', "/"));
    let authors = item.author.iter().map(|name| Some(("citation_author", name.to_string().into())));
    let field = |name, value: &Option<Arc<str>>| value.clone().map(|value| (name, value));
    let fields = [field("citation_title", &item.title)].into_iter().chain(authors).chain([
        published.or(item.issued.as_ref()).map(|date| ("citation_publication_date", slashed(date))),
        item.issued.as_ref().map(|date| ("citation_online_date", slashed(date))),
        field("citation_publisher", &item.publisher.clone().or(item.container_title.clone())),
        field("citation_language", &item.language),
        field("citation_public_url", &item.url),
    ]);
    fields.flatten().map(|(name, content)| CiteMeta { name, content }).collect()
}

/// A line whose names and titles from right to left are isolated: one that stands beside another would change places with
/// it, and with the numbers around it.
fn isolated(html: String) -> String {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
    if !html.contains(is_rtl) {
        return html;
    }
    // Within a title, but not between two fields of a line.
    let is_within = |c: char| c.is_numeric() || " :-–—'’%،؛؟«»".contains(c);
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = &*html;
    while let Some(start) = rest.find(is_rtl) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|c: char| !is_rtl(c) && !is_within(c)).unwrap_or(run.len());
        let (text, after) = run.split_at(run[..end].trim_end().len());
        out.extend([before, "<bdi>", text, "</bdi>"]);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn titles_from_right_to_left_keep_their_place() {
        for (line, expected) in [
            ("Doe, J. <i>A</i>. 2025.", "Doe, J. <i>A</i>. 2025."),
            (
                "سمير عادل. “القمة: ما هي؟” <i>موقع</i>, 22 June.",
                "<bdi>سمير عادل</bdi>. “<bdi>القمة: ما هي؟</bdi>” <i><bdi>موقع</bdi></i>, 22 June.",
            ),
            ("A & ب.", "A & <bdi>ب</bdi>."),
        ] {
            assert_eq!(isolated(line.to_owned()), expected);
        }
    }
}
