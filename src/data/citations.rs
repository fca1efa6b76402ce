//! Pages and sources for reference managers: `citation.json` (CSL-JSON), `citation.bib` and `citation.ris` beside a page,
//! and `sources.json` with all shared sources.
//!
//! What each field means is in `src/data/schemas/sources.json`, which is a part of the schema of CSL-JSON.

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::cite::{CslItem, bibtex, ris};
use crate::content::kind::Kind;
use crate::site::{Add, Output, OutputKind, PageIx, Site, Subject, Which, citation_out};
use crate::view::Context;

use super::DataContent;

/// `citation.json`: the page, and then its sources.
#[derive(Debug, Serialize)]
pub struct CitationJson(Vec<CslItem>);

/// `citation.bib`.
#[derive(Debug, Serialize)]
pub struct CitationBibtex(Vec<CslItem>);

/// `citation.ris`.
#[derive(Debug, Serialize)]
pub struct CitationRis(Vec<CslItem>);

/// `sources.json`: the shared sources of the site, by id.
#[derive(Debug, Serialize)]
pub struct SourcesJson(Vec<CslItem>);

impl DataContent for CitationJson {
    const KIND: OutputKind = OutputKind {
        name: "citation-json",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| files(site, "json", add)),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(items(cx, output))
    }

    fn text(&self) -> String {
        json(&self.0)
    }
}

impl DataContent for CitationBibtex {
    const KIND: OutputKind = OutputKind {
        name: "citation-bibtex",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| files(site, "bib", add)),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(items(cx, output))
    }

    fn text(&self) -> String {
        self.0.iter().map(bibtex).collect::<Vec<_>>().join("\n")
    }
}

impl DataContent for CitationRis {
    const KIND: OutputKind = OutputKind {
        name: "citation-ris",
        phase: Phase::Data,
        outputs: Which::OfSite(|site, add| files(site, "ris", add)),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(items(cx, output))
    }

    fn text(&self) -> String {
        self.0.iter().map(ris).collect()
    }
}

impl DataContent for SourcesJson {
    const KIND: OutputKind = OutputKind {
        name: "sources-json",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| {
            if !site.source_ids().is_empty() {
                add.data(OutPath::new("sources.json").expect("plain words"), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        Self(cx.shared_source_items())
    }

    fn text(&self) -> String {
        json(&self.0)
    }
}

fn files(site: &Site, extension: &str, add: &mut Add<'_>) {
    if !site.has_citation_files {
        return;
    }
    for (at, page) in site.pages.iter().enumerate() {
        let ix = PageIx(at as u32);
        let is_cited = matches!(page.summary.kind, Kind::Article | Kind::Faq);
        if is_cited && !site.is_foreign(ix) {
            add.data(citation_out(&page.out, extension), Subject::Page(ix));
        }
    }
}

fn items(cx: &Context<'_>, output: &Output) -> Vec<CslItem> {
    let Some(Subject::Page(ix)) = output.subject() else {
        unreachable!("the outputs of the kind are those of pages")
    };
    cx.citation_items(ix)
}

fn json(items: &[CslItem]) -> String {
    let mut text = serde_json::to_string_pretty(items).expect("items have keys of text alone");
    text.push('\n');
    text
}
