//! From a route to bytes.

use std::sync::{Arc, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::base::{Digest, OutPath, SourcePath};
use crate::check::page::{self, Checked};
use crate::check::whole::{Kept, Outputs};
use crate::content::document::Body;
use crate::diag::{Diagnostic, PageOrigin};
use crate::names::Linked;
use crate::render::theme;
use crate::site::{Owner, PageIx, Route};
use crate::view::common::Assets;
use crate::view::{Context, Shared, Texts, View};

use super::memory::{Reads, Remembered, Want};
use super::timings::Stage;
use super::{AT_A_TIME, Loaded, Reason};

/// One output.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is: `page`, `redirect`, `theme` or `file`.
    pub kind: &'static str,
    /// The content or static file that it is made of, if it is made of one.
    pub source: Option<SourcePath>,
    /// Its bytes.
    pub content: Rendered,
}

impl Page {
    /// The text of a page that was rendered.
    fn html(&self) -> Option<&str> {
        match &self.content {
            Rendered::Html(html) => Some(html),
            Rendered::Embedded(_) | Rendered::File(..) => None,
        }
    }
}

/// The bytes of one output.
#[derive(Debug, Clone)]
pub enum Rendered {
    /// A page.
    Html(Arc<str>),
    /// A file of the theme inside the program.
    Embedded(&'static [u8]),
    /// A file of the site, by its digest and length.
    File(SourcePath, Digest, u64),
}

impl Texts for Loaded {
    fn body(&self, page: PageIx) -> &Body {
        &self.documents[page.0 as usize].body
    }

    fn linked(&self, page: PageIx) -> &Linked {
        &self.linked[page.0 as usize]
    }

    fn picture(&self, file: &SourcePath) -> Option<(u32, u32)> {
        self.pictures.get(file).and_then(|picture| picture.size)
    }
}

impl Loaded {
    /// Renders one output and checks its links.
    ///
    /// # Errors
    /// What is wrong with the page: a template that fails on it, links that lead nowhere. The page itself comes
    /// along when there is one.
    pub fn render(&self, out: &OutPath) -> Option<(Option<Page>, Vec<Diagnostic>)> {
        let route = self.site.routes.get(out)?;
        let made = self.make(&self.context(), out, route, Want::Text);
        let mut diagnostics: Vec<Diagnostic> = made.diagnostic.into_iter().collect();
        if let Some(checked) = self.checked(out, made.page.as_ref()) {
            diagnostics.extend(self.check_links(&[(out, route, &checked)], &|_, _| None));
        }
        Some((made.page, diagnostics))
    }

    /// Renders one output and leaves its links alone.
    ///
    /// # Errors
    /// The template that fails on it.
    pub fn page(&self, out: &OutPath) -> Option<(Option<Page>, Option<Diagnostic>)> {
        let made = self.make(&self.context(), out, self.site.routes.get(out)?, Want::Text);
        Some((made.page, made.diagnostic))
    }

    /// Renders every output and hands each to `sink`, from many threads, in no order. Checks every link.
    ///
    /// Returns what is wrong with the pages, unsorted.
    pub fn render_all(&self, sink: &(dyn Fn(&OutPath, Page) + Sync)) -> Vec<Diagnostic> {
        let every = self.every(Want::Text, sink, &|_| (), &|| false);
        every.expect("nothing stops it")
    }

    /// Looks for everything that only rendering can find, and keeps no text that is not in memory already. `found` is
    /// told of failing templates at once.
    ///
    /// Returns what is wrong with the pages, unsorted, or nothing if `stop` said to.
    pub fn sweep(
        &self,
        found: &(dyn Fn(&Diagnostic) + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Diagnostic>> {
        self.every(Want::Links, &|_, _| (), found, stop)
    }

    fn every(
        &self,
        want: Want,
        sink: &(dyn Fn(&OutPath, Page) + Sync),
        failed: &(dyn Fn(&Diagnostic) + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Diagnostic>> {
        let shared = Shared::new(&self.site);
        let cx = Context { shared: Some(&shared), ..self.context() };
        let routes: Vec<_> = self.site.routes.iter().collect();
        let outputs = Outputs::new(&routes);
        let timings = &self.timings;
        let (found, links): (Vec<Found>, Vec<Option<Arc<Kept>>>) = routes
            .par_iter()
            .with_max_len(AT_A_TIME)
            .enumerate()
            .map(|(at, (out, route))| {
                if stop() {
                    return (None, None);
                }
                let made = self.make(&cx, out, route, want);
                let known = made.kept.as_ref().and_then(|kept| kept.links.get().cloned());
                let links = known.or_else(|| {
                    let html = made.page.as_ref().and_then(Page::html)?;
                    let keep = || Arc::new(outputs.keep(&self.site.routes, at, html, &self.base));
                    Some(timings.time(Stage::Check, || match &made.kept {
                        Some(kept) => kept.links.get_or_init(keep).clone(),
                        None => keep(),
                    }))
                });
                if let Some(page) = made.page {
                    timings.time(Stage::Write, || sink(out, page));
                }
                made.diagnostic.iter().for_each(failed);
                (made.diagnostic.map(Box::new), links)
            })
            .unzip();
        if stop() {
            return None;
        }
        self.forget();
        let faulty: Vec<_> = outputs
            .faulty(&links)
            .into_iter()
            .filter_map(|at| {
                let (out, route) = routes[at];
                let page = self.make(&cx, out, route, Want::Text).page;
                Some((out, route, self.checked(out, page.as_ref())?))
            })
            .collect();
        let entries: Vec<_> =
            faulty.iter().map(|(out, route, page)| (*out, *route, page)).collect();
        let known = |out: &OutPath, anchor: &str| outputs.has_anchor(&links, out, anchor);
        let mut diagnostics = self.check_links(&entries, &known);
        // Nobody needs to wait until it is gone.
        rayon::spawn(move || drop(shared));
        diagnostics.extend(found.into_iter().flatten().map(|found| *found));
        Some(diagnostics)
    }

    pub(super) fn context(&self) -> Context<'_> {
        let prefix = self.base.prefix();
        let assets = Assets {
            stylesheet: format!("{prefix}/{}", theme::STYLESHEET).into(),
            icon: format!("{prefix}/{}", theme::ICON).into(),
        };
        Context {
            site: &self.site,
            settings: &self.config.site,
            zone: &self.config.timezone,
            base: &self.base,
            texts: self,
            languages: &self.templates.languages,
            assets: Arc::new(assets),
            shared: None,
        }
    }

    fn make(&self, cx: &Context<'_>, out: &OutPath, route: &Route, want: Want) -> Made {
        if let Route::Asset(at) = route {
            return Made { page: self.asset(*at), ..Made::default() };
        }
        let Some(set) = &self.templates.set else { return Made::default() };
        let source = self.source_of(route);
        let kind = if matches!(route, Route::Redirect(_)) { "redirect" } else { "page" };
        let origin = PageOrigin { out: out.clone(), source: source.clone(), more: 0 };
        let made = |html: &Option<Arc<str>>, diagnostic: &Option<Diagnostic>, kept| Made {
            page: html.clone().map(|html| Page {
                kind,
                source: source.clone(),
                content: Rendered::Html(html),
            }),
            // The same failure may be remembered from when the page had another source.
            diagnostic: diagnostic
                .clone()
                .map(|found| Diagnostic { page: Some(origin.clone()), ..found }),
            kept,
        };
        let before = self.remembered(out);
        if let Some(kept) = &before
            && kept.has(want)
            && self.holds(&kept.inputs)
        {
            return made(&kept.html, &kept.diagnostic, Some(kept.clone()));
        }
        let timings = &self.timings;
        let reads = self.options.keep.then(|| Reads::new(self));
        let texts: &dyn Texts = match &reads {
            Some(reads) => reads,
            None => self,
        };
        let cx = Context { texts, assets: cx.assets.clone(), ..*cx };
        let Some(view) = timings.time(Stage::View, || View::of(&cx, out, route)) else {
            return Made::default();
        };
        // Without a memory nobody asks for the key.
        let keys = reads.map(|reads| {
            (reads.inputs(), timings.time(Stage::View, || view.digest()), set.digest())
        });
        let reason = match (&before, &keys) {
            (Some(kept), Some((inputs, digest, set))) if kept.view == *digest => {
                let has_text = kept.html.is_some() || kept.diagnostic.is_some();
                match (kept.set == *set, has_text) {
                    (true, true) => {
                        let kept = self.remember(out, kept.again(inputs.clone()));
                        return made(&kept.html, &kept.diagnostic, Some(kept.clone()));
                    }
                    (true, false) => Reason::Forgotten,
                    (false, _) => Reason::Templates,
                }
            }
            (Some(_), _) => Reason::View,
            (None, _) => Reason::New,
        };
        let (html, diagnostic) =
            timings.time(Stage::Render, || match set.render(view.template(), &view, &origin) {
                Ok(html) => (Some(html), None),
                Err(diagnostic) => {
                    let help = "use a value that is there; `briefing explain` lists what each template may see";
                    (None, Some(diagnostic.or_help(help)))
                }
            });
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        rendered.entry(out.clone()).or_insert(reason);
        drop(rendered);
        let kept = keys.map(|(inputs, view, set)| {
            // A page that somebody looks at stays in memory, whoever made it last.
            let stays = want == Want::Text || before.is_some_and(|kept| kept.html.is_some());
            let (html, diagnostic) = (html.clone().filter(|_| stays), diagnostic.clone());
            self.remember(
                out,
                Remembered { inputs, view, set, html, diagnostic, links: OnceLock::new() },
            )
        });
        made(&html, &diagnostic, kept)
    }

    /// A page's links and anchors.
    fn checked(&self, out: &OutPath, page: Option<&Page>) -> Option<Checked> {
        Some(page::check(page?.html()?, &out.url(), &self.base))
    }

    fn asset(&self, at: usize) -> Option<Page> {
        let asset = self.site.published.get(at)?;
        match &asset.source {
            None => {
                let bytes = theme::file(&asset.out)?;
                Some(Page { kind: "theme", source: None, content: Rendered::Embedded(bytes) })
            }
            Some(path) => {
                let (digest, length) = (*self.files.get(at)?)?;
                let content = Rendered::File(path.clone(), digest, length);
                Some(Page { kind: "file", source: Some(path.clone()), content })
            }
        }
    }

    /// The content file that an output is made from.
    pub(super) fn source_of(&self, route: &Route) -> Option<SourcePath> {
        let page = match route {
            Route::Page(ix) | Route::Redirect(ix) | Route::Rest(Owner::Player(ix), ..) => Some(*ix),
            Route::Topic(ix) | Route::Rest(Owner::Topic(ix), ..) => self.site.topic(*ix).page,
            _ => None,
        };
        page.map(|page| self.site.page(page).path.clone())
    }
}

/// What is wrong with a page. In a box, one that is not there is a word long, and there are as many as pages.
type Found = Option<Box<Diagnostic>>;

/// What became of a route.
#[derive(Default)]
struct Made {
    page: Option<Page>,
    diagnostic: Option<Diagnostic>,
    /// What is remembered of it.
    kept: Option<Arc<Remembered>>,
}
