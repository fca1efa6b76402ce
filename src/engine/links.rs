//! Who wrote a link that leads nowhere: content, the navigation, or a template.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{OutPath, SourcePath, did_you_mean};
use crate::check::links::{CheckedOutput, Dead, Known, Missing, Root, dead, root, without_static};
use crate::check::{UrlTarget, candidates, resolve};
use crate::content::document::Document;
use crate::content::reference::{Link, Use};
use crate::diag::{Code, Diagnostic, Location, PageOrigin, Span};
use crate::site::{IndexKind, Output, Owner, PageIx, Producer, Resolution, Subject};

use super::literals::Literals;
use super::{Loaded, kinds};

/// Where content links to a path and anchor.
type WrittenLinks = FxHashMap<(String, Option<String>), Vec<Location>>;

/// What is made of each file.
type OutputsByFile<'a> = FxHashMap<&'a SourcePath, &'a OutPath>;

impl Loaded {
    /// Diagnostics for every link of some pages that leads nowhere.
    pub(super) fn check_links(
        &self,
        pages: &[CheckedOutput<'_>],
        known: Known<'_>,
    ) -> Vec<Diagnostic> {
        let found = dead(&self.assembly.site, pages, known);
        if found.is_empty() {
            return Vec::new();
        }
        let written = self.written();
        let pictures = self.root_pictures();
        let pages = self.assembly.site.pages.iter().map(|page| (&page.path, &page.out)).collect();
        let searched = |dead: &Dead<'_>| wrote(dead, &written).is_none();
        let shared = match found.iter().any(searched) {
            true => self.shared(),
            false => Vec::new(),
        };
        let shared = read(&shared);
        let mut diagnostics = Vec::new();
        let mut in_content = Vec::new();
        // Three thousand pages with the same dead link would each say so of all three thousand places.
        let mut said = FxHashSet::default();
        // A feed has the texts of pages: what is dead in it is reported where the page has it.
        let is_data = |dead: &Dead<'_>| matches!(dead.output.producer, Producer::Data(_));
        let to = |dead: &Dead<'_>| (dead.link.path.to_string(), dead.link.anchor.clone());
        let on_pages: FxHashSet<_> = found.iter().filter(|dead| !is_data(dead)).map(to).collect();
        for of_page in found.chunk_by(|a, b| a.output.path == b.output.path) {
            let own = match of_page.iter().any(searched) {
                true => self.sources_of(of_page[0].output),
                false => Vec::new(),
            };
            let own = read(&own);
            let template = OnceCell::new();
            for dead in of_page {
                if is_data(dead) && on_pages.contains(&to(dead)) {
                    continue;
                }
                match wrote(dead, &written) {
                    // The file that has the picture says so itself.
                    None if pictures.contains(&*dead.link.path) => (),
                    Some(_) if !said.insert((dead.link, &dead.suggestion)) => (),
                    Some(places) => in_content.extend(places.iter().map(|at| (dead, at))),
                    None => {
                        let mut texts = own.iter().chain(&shared);
                        let span = texts.find_map(|text| text.first(&dead.link.written));
                        let template = || template.get_or_init(|| self.template_of(dead)).clone();
                        diagnostics.push(self.once(dead, span.unwrap_or_else(template)));
                    }
                }
            }
        }
        diagnostics.extend(self.in_content(&in_content, &pages));
        diagnostics
    }

    /// Every link inside the site that content wrote, by what it leads to. Made only when a link is dead.
    fn written(&self) -> WrittenLinks {
        let mut written: WrittenLinks = FxHashMap::default();
        for document in self.assembly.documents.iter() {
            for occurrence in &document.uses {
                let Use::Link(link) = &occurrence.what else { continue };
                if let Some(key) = self.leads_to(document, link) {
                    let place = Location::place(&document.path, occurrence.place.clone());
                    written.entry(key).or_default().push(place);
                }
            }
        }
        written
    }

    /// Where pictures should be whose paths begin at the root, and are not: the check of references reports them.
    fn root_pictures(&self) -> FxHashSet<String> {
        let of_document = |document: &Arc<Document>| {
            let texts = document.uses.iter().filter_map(|occurrence| match &occurrence.what {
                Use::Image(link) => Some(link),
                _ => None,
            });
            let own = document.summary.image.iter().map(|image| &image.src);
            let missing = texts.chain(own).filter(|link| match link {
                Link::Root(url) => matches!(root(&self.assembly.site, url), Root::Missing(_)),
                _ => false,
            });
            missing.filter_map(|link| Some(self.leads_to(document, link)?.0)).collect::<Vec<_>>()
        };
        self.assembly.documents.iter().flat_map(of_document).collect()
    }

    fn leads_to(&self, document: &Document, link: &Link) -> Option<(String, Option<String>)> {
        let url = |out: &OutPath| out.url().as_str().to_string();
        match link {
            Link::External(_) => None,
            Link::Root(written) => self.inside(&format!("{}{written}", self.inputs.base.prefix())),
            Link::Anchor(anchor) => {
                let page = self.assembly.site.of(&document.summary).by_id(&document.summary.id)?;
                Some((url(&self.assembly.site.page(page).out), Some(anchor.to_string())))
            }
            Link::To(target, anchor) => {
                let site = self.assembly.site.of(&document.summary);
                let out = match site.resolve(target) {
                    Resolution::Page(page) => self.assembly.site.page(page).out.clone(),
                    Resolution::Topic(topic) => site.topic(topic).out.clone(),
                    Resolution::Asset(out) => out,
                    Resolution::NotPublic | Resolution::Broken | Resolution::Unknown => {
                        return None;
                    }
                };
                Some((url(&out), anchor.as_deref().map(str::to_string)))
            }
        }
    }

    /// The path and anchor of a root-relative URL of this site.
    fn inside(&self, url: &str) -> Option<(String, Option<String>)> {
        let home = OutPath::home().url();
        match resolve(&home, url, &self.inputs.base) {
            UrlTarget::Internal { path, fragment } => {
                Some((path.into_owned(), fragment.map(Cow::into_owned)))
            }
            _ => None,
        }
    }

    /// Dead links and the places where content wrote them. Every page that shows a text has the same ones, which are
    /// reported once.
    fn in_content(
        &self,
        links: &[(&Dead<'_>, &Location)],
        pages: &OutputsByFile<'_>,
    ) -> impl Iterator<Item = Diagnostic> {
        let places: Vec<&Location> = links.iter().map(|(_, at)| *at).collect();
        let diagnostic = |((dead, at), span): (&(&Dead<'_>, &Location), Span)| {
            let own = pages.get(&at.file);
            let here = own.is_some_and(|out| *out.url().as_str() == *dead.link.path);
            self.dead_link(dead, span, here)
        };
        links.iter().zip(self.spans_of(&places)).map(diagnostic)
    }

    /// The template of the page that a dead link is on.
    fn template_of(&self, dead: &Dead<'_>) -> Span {
        let template = kinds::template(dead.output).unwrap_or("base.html");
        Span::file(SourcePath::new(format!("templates/{template}")))
    }

    /// A link that no text is known to have written, and the place where it is found.
    fn once(&self, dead: &Dead<'_>, span: Span) -> Diagnostic {
        let page = PageOrigin {
            out: dead.output.path.clone(),
            source: self.source_of(dead.output),
            more: 0,
        };
        let mut diagnostic = self.dead_link(dead, span, dead.link.written.starts_with('#'));
        diagnostic.page = Some(page);
        diagnostic
    }

    /// The content files whose texts a page shows: there, content names its own site by its absolute URL, or is HTML.
    fn sources_of(&self, output: &Output) -> Vec<(SourcePath, String)> {
        let mut sources: Vec<SourcePath> = self.source_of(output).into_iter().collect();
        let site = self.assembly.site.in_edition(output.edition);
        let positions = match output.subject() {
            Some(Subject::Topic(ix) | Subject::Rest(Owner::Topic(ix), ..)) => {
                site.graph.by_topic.get(&ix).map(|of| &of.stances)
            }
            _ => {
                let page = output.content(&self.assembly.site);
                page.and_then(|ix| site.graph.by_player.get(&ix)).map(|of| &of.positions)
            }
        };
        let articles = positions.into_iter().flatten().map(|position| position.page);
        sources.extend(articles.map(|page| site.page(page).path.clone()));
        if let Some(Subject::Index(IndexKind::Corrections, _)) = output.subject() {
            let pages: BTreeSet<PageIx> = site.graph.corrections.iter().map(|at| at.page).collect();
            sources.extend(pages.into_iter().map(|page| site.page(page).path.clone()));
        }
        let text = |path: SourcePath| self.text(&path).map(|text| (path, text));
        sources.into_iter().filter_map(text).collect()
    }

    /// What every page shows: the settings, then the templates.
    fn shared(&self) -> Vec<(SourcePath, String)> {
        let mut templates: Vec<_> = self.rendering.templates.texts().collect();
        templates.sort();
        let settings = self.inputs.config.file.iter();
        let settings = settings.filter_map(|path| Some((path.clone(), self.text(path)?)));
        settings.chain(templates).collect()
    }

    /// `here` says that the link leads to an anchor of the page that it is written for.
    fn dead_link(&self, dead: &Dead<'_>, span: Span, here: bool) -> Diagnostic {
        let link = dead.link;
        let out = candidates(&link.path).next().filter(|_| dead.what == Missing::Page);
        if let Some(left_out) = out.as_ref().and_then(|out| self.assembly.site.left_out_at(out)) {
            let diagnostic = Diagnostic::new(Code::DeadLink, span, left_out.message());
            return diagnostic.help(left_out.help(None));
        }
        let (code, message) = match dead.what {
            Missing::Page => (Code::DeadLink, format!("no page `{}`", link.path)),
            Missing::Base => (
                Code::DeadLink,
                format!(
                    "`{}` is not below the site's address, `{}`",
                    link.written, self.inputs.base.path
                ),
            ),
            Missing::Anchor => {
                let anchor = link.anchor.as_deref().unwrap_or_default();
                let page = match here {
                    true => "on this page".to_string(),
                    false => format!("on `{}`", link.path),
                };
                (Code::DeadAnchor, format!("no anchor `{anchor}` {page}"))
            }
        };
        let mut diagnostic = Diagnostic::new(code, span, message);
        if dead.what == Missing::Page {
            diagnostic.missing = candidates(&link.path).collect();
        }
        if let Some(help) = out.and_then(|out| without_static(&self.assembly.site, &out)) {
            return diagnostic.help(help);
        }
        // A whole URL is printed as it is written; its path alone is put into the form that outputs have.
        if dead.what == Missing::Page
            && let Root::There(out) = root(&self.assembly.site, &link.path)
        {
            let help = format!("write the path alone, without the site's address: `{}`", out.url());
            return diagnostic.help(help);
        }
        match (&dead.suggestion, dead.what) {
            (Some(near), what) => {
                let written = match what {
                    Missing::Anchor => dead.link.anchor.as_deref().unwrap_or_default(),
                    Missing::Page | Missing::Base => &dead.link.path,
                };
                diagnostic.help(did_you_mean(written, near))
            }
            (None, Missing::Page) => diagnostic.help("correct the link, or make the page"),
            (None, Missing::Anchor) => {
                diagnostic.help("correct the anchor, or give a heading this id: `{#id}`")
            }
            (None, Missing::Base) => {
                diagnostic.help(format!("start the link with `{}`", self.inputs.base.path))
            }
        }
    }
}

/// Where content wrote a dead link, unless it is an absolute URL, which is not recorded.
fn wrote<'a>(dead: &Dead<'_>, written: &'a WrittenLinks) -> Option<&'a [Location]> {
    if dead.link.written.contains("://") {
        return None;
    }
    let key = (dead.link.path.to_string(), dead.link.anchor.as_deref().map(str::to_string));
    written.get(&key).map(Vec::as_slice)
}

fn read(texts: &[(SourcePath, String)]) -> Vec<Literals<'_>> {
    texts.iter().map(|(path, text)| Literals::new(path, text)).collect()
}
