//! Who wrote a link that leads nowhere: content, the navigation, or a template.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::base::{LineIndex, OutPath, SourcePath};
use crate::check::links::{Dead, Entry, Known, Missing, dead};
use crate::check::{Target, resolve};
use crate::content::document::Document;
use crate::content::reference::{Link, Use};
use crate::diag::{Code, Diagnostic, PageOrigin, Span};
use crate::site::{Owner, Resolution, Route, Where};
use crate::view::View;

use super::Loaded;

/// Where content links to a path and anchor.
type Written<'a> = FxHashMap<(String, Option<String>), Vec<Where>>;

impl Loaded<'_> {
    /// Diagnostics for every link of some pages that leads nowhere.
    pub(super) fn check_links(&self, pages: &[Entry<'_>], known: Known<'_>) -> Vec<Diagnostic> {
        let found = dead(&self.site, pages, known);
        if found.is_empty() {
            return Vec::new();
        }
        let written = self.written();
        found.iter().flat_map(|dead| self.blame(dead, &written)).collect()
    }

    /// Every link inside the site that content wrote, by what it leads to. Made only when a link is dead.
    fn written(&self) -> Written<'_> {
        let mut written: Written<'_> = FxHashMap::default();
        for document in self.documents.iter() {
            for occurrence in &document.uses {
                let (Use::Link(link) | Use::Image(link)) = &occurrence.what else { continue };
                if let Some(key) = self.leads_to(document, link) {
                    let place = Where::place(&document.path, occurrence.place.clone());
                    written.entry(key).or_default().push(place);
                }
            }
        }
        written
    }

    fn leads_to(&self, document: &Document, link: &Link) -> Option<(String, Option<String>)> {
        let url = |out: &OutPath| out.url().as_str().to_string();
        match link {
            Link::External(_) => None,
            Link::Root(written) => self.inside(&format!("{}{written}", self.base.prefix())),
            Link::Anchor(anchor) => {
                let page = self.site.by_id(&document.summary.id)?;
                Some((url(&self.site.page(page).out), Some(anchor.to_string())))
            }
            Link::To(target, anchor) => {
                let out = match self.site.resolve(target) {
                    Resolution::Page(page) => self.site.page(page).out.clone(),
                    Resolution::Topic(topic) => self.site.topic(topic).out.clone(),
                    Resolution::Asset(out) => out,
                    Resolution::NotPublic | Resolution::Unknown => return None,
                };
                Some((url(&out), anchor.as_deref().map(str::to_string)))
            }
        }
    }

    /// The path and anchor of a root-relative URL of this site.
    fn inside(&self, url: &str) -> Option<(String, Option<String>)> {
        let home = OutPath::new("index.html").expect("a plain word").url();
        match resolve(&home, url, &self.base) {
            Target::Internal { path, fragment } => {
                Some((path.into_owned(), fragment.map(Cow::into_owned)))
            }
            _ => None,
        }
    }

    fn blame(&self, dead: &Dead<'_>, written: &Written<'_>) -> Vec<Diagnostic> {
        let key = (dead.link.path.to_string(), dead.link.anchor.as_deref().map(str::to_string));
        let absolute = dead.link.written.contains("://");
        if let Some(places) = written.get(&key).filter(|_| !absolute) {
            // Every page that shows the text says the same of it, so that it is said once.
            let diagnostic = |at: &Where| {
                let own = self.site.pages.iter().find(|page| page.path == at.file);
                let here = own.is_some_and(|page| *page.out.url().as_str() == *dead.link.path);
                self.dead_link(dead, self.span(at), here)
            };
            return places.iter().map(diagnostic).collect();
        }
        let here = dead.link.written.starts_with('#');
        // Content that names its own site by its absolute URL; HTML of trusted content.
        let sources = self.sources_of(dead.route);
        if let Some(span) = sources.into_iter().find_map(|path| self.literal(&path, dead)) {
            return vec![self.dead_link(dead, span, here)];
        }
        let site = self.config.file.as_ref().and_then(|path| self.literal(path, dead));
        let template = || {
            let mut texts: Vec<_> = self.templates.texts().collect();
            texts.sort();
            texts.into_iter().find_map(|(path, text)| literal(&path, &text, &dead.link.written))
        };
        let span = site.or_else(template).unwrap_or_else(|| {
            let cx = self.context();
            let view = View::of(&cx, dead.out, dead.route);
            let template = view.map_or("base.html", |view| view.template());
            Span::file(SourcePath::new(format!("templates/{template}")))
        });
        let page =
            PageOrigin { out: dead.out.clone(), source: self.source_of(dead.route), more: 0 };
        let mut diagnostic = self.dead_link(dead, span, here);
        diagnostic.page = Some(page);
        vec![diagnostic]
    }

    /// The content files whose texts a page shows.
    fn sources_of(&self, route: &Route) -> Vec<SourcePath> {
        let mut sources: Vec<SourcePath> = self.source_of(route).into_iter().collect();
        if let Route::Page(ix) | Route::Rest(Owner::Player(ix), ..) = route
            && let Some(of) = self.site.graph.by_player.get(ix)
        {
            let articles = of.positions.iter().map(|position| position.page);
            sources.extend(articles.map(|page| self.site.page(page).path.clone()));
        }
        sources
    }

    fn literal(&self, path: &SourcePath, dead: &Dead<'_>) -> Option<Span> {
        literal(path, &self.text(path)?, &dead.link.written)
    }

    /// `here` says that the link leads to an anchor of the page that it is written for.
    fn dead_link(&self, dead: &Dead<'_>, span: Span, here: bool) -> Diagnostic {
        let link = dead.link;
        let (code, message) = match dead.what {
            Missing::Page => (Code::DeadLink, format!("no page `{}`", link.path)),
            Missing::Base => (
                Code::DeadLink,
                format!("`{}` is not below the site's address, `{}`", link.written, self.base.path),
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
        let diagnostic = Diagnostic::new(code, span, message);
        match (&dead.suggestion, dead.what) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Missing::Page) => diagnostic.help("correct the link, or make the page"),
            (None, Missing::Anchor) => {
                diagnostic.help("correct the anchor, or give a heading this id: `{#id}`")
            }
            (None, Missing::Base) => {
                diagnostic.help(format!("start the link with `{}`", self.base.path))
            }
        }
    }
}

/// The first place of a URL in a text, where it is not a part of a longer one.
fn literal(path: &SourcePath, text: &str, url: &str) -> Option<Span> {
    let longer =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '%' | '#' | '~');
    let (at, _) = text.match_indices(url).find(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + url.len()..].chars().next();
        !before.is_some_and(longer) && !after.is_some_and(longer)
    })?;
    Some(Span::new(path.clone(), &LineIndex::new(text), at..at + url.len()))
}
