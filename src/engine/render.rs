//! From an output to its bytes.

use std::sync::{Arc, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::base::{Digest, MediaType, OutPath, SourcePath};
use crate::check::page::{self, Checked};
use crate::check::whole::{Destinations, KeptLinks};
use crate::content::document::Body;
use crate::data;
use crate::data::stylesheet::{self, stylesheet_out};
use crate::diag::{Diagnostic, PageOrigin};
use crate::names::Linked;
use crate::render::theme;
use crate::search::SearchIndex;
use crate::site::{Output, PageIx, Producer, Site, manifest_out};
use crate::view::common::Assets;
use crate::view::{Context, PageTexts, SharedParts};

use super::kinds::{self, OutputValue};
use super::memory::{PageKey, Reads, Remembered, Want};
use super::timings::Stage;
use super::{AT_A_TIME, Loaded, Reason};

/// The bytes of one output.
#[derive(Debug, Clone)]
pub enum Rendered {
    /// A text that the program wrote: a page, or data.
    Text(Arc<str>),
    /// A file that was made of another.
    Bytes(Arc<[u8]>),
    /// A file of the theme inside the program.
    Embedded(&'static [u8]),
    /// A file of the site, by its digest and length.
    File(SourcePath, Digest, u64),
}

impl Rendered {
    /// The number of its bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Embedded(bytes) => bytes.len() as u64,
            Self::File(_, _, length) => *length,
        }
    }

    /// The text that the program wrote.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) | Self::Embedded(_) | Self::File(..) => None,
        }
    }
}

impl PageTexts for Loaded {
    fn body(&self, page: PageIx) -> &Body {
        &self.assembly.documents[page.0 as usize].body
    }

    fn linked(&self, page: PageIx) -> &Linked {
        &self.assembly.linked[page.0 as usize]
    }

    fn search_index(&self, edition: usize) -> Arc<SearchIndex> {
        let make = || Arc::new(data::search::index(&self.context(edition)));
        self.search[edition].get_or_init(make).clone()
    }
}

impl Loaded {
    /// Renders one output and checks its links.
    ///
    /// # Errors
    /// A template that fails on it, links that lead nowhere. The bytes come along when there are any.
    pub fn render(&self, path: &OutPath) -> Option<(Option<Rendered>, Vec<Diagnostic>)> {
        let output = self.assembly.site.outputs.get(path)?;
        let made = self.make(&self.context(output.edition), output, Want::Text);
        let mut diagnostics: Vec<Diagnostic> = made.diagnostic.into_iter().collect();
        if let Some(checked) = self.checked(output, made.content.as_ref()) {
            diagnostics.extend(self.check_links(&[(output, &checked)], &|_, _| None));
        }
        Some((made.content, diagnostics))
    }

    /// Renders one output and leaves its links alone.
    ///
    /// # Errors
    /// The template that fails on it.
    pub fn bytes(&self, path: &OutPath) -> Option<(Option<Rendered>, Option<Diagnostic>)> {
        let output = self.assembly.site.outputs.get(path)?;
        let made = self.make(&self.context(output.edition), output, Want::Text);
        Some((made.content, made.diagnostic))
    }

    /// Renders every output and hands each to `sink`, from many threads, in no order. Checks every link.
    ///
    /// Returns the problems of the pages, unsorted.
    pub fn render_all(&self, sink: &(dyn Fn(&Output, Rendered) + Sync)) -> Vec<Diagnostic> {
        let every = self.every(Want::Text, sink, &|_| (), &|| false);
        every.expect("nothing stops it")
    }

    /// Looks for everything that only rendering can find, and keeps no text that is not in memory already. `found` is
    /// told of failing templates at once.
    ///
    /// Returns the problems of the pages, unsorted; none if `stop` returned true.
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
        sink: &(dyn Fn(&Output, Rendered) + Sync),
        failed: &(dyn Fn(&Diagnostic) + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Diagnostic>> {
        let parts = |site: &Site| {
            let templates = self.rendering.templates.clone();
            let lang = self.rendering.templates.languages.language(&site.edition().lang);
            let prepare = move |part: &dyn erased_serde::Serialize, component| {
                let set = templates.set.as_ref().expect("a page is rendered");
                set.prepared(part, component, lang.tag.as_str())
            };
            SharedParts::new(site, Arc::new(prepare))
        };
        // Before any thread renders: none of them may wait for what needs them all.
        if self.assembly.site.is_searched {
            let editions = 0..self.assembly.site.editions.len();
            self.timings.time(Stage::View, || {
                editions.for_each(|edition| drop(self.search_index(edition)));
            });
        }
        let shared: Vec<SharedParts> = self.assembly.site.all().map(parts).collect();
        let contexts = shared.iter().enumerate();
        let contexts: Vec<Context<'_>> = contexts
            .map(|(edition, shared)| Context { shared: Some(shared), ..self.context(edition) })
            .collect();
        let cx = |output: &Output| &contexts[output.edition];
        let outputs = self.assembly.site.outputs.all();
        let destinations = Destinations::new(&self.assembly.site.outputs);
        let timings = &self.timings;
        let (found, links): (Vec<PageProblem>, Vec<Option<Arc<KeptLinks>>>) = outputs
            .par_iter()
            .with_max_len(AT_A_TIME)
            .enumerate()
            .map(|(at, output)| {
                if stop() {
                    return (None, None);
                }
                let made = self.make(cx(output), output, want);
                let known = made.kept.as_ref().and_then(|kept| kept.links.get().cloned());
                let links = known.or_else(|| {
                    let text = made.content.as_ref().and_then(Rendered::text)?;
                    let keep = || Arc::new(destinations.keep(at, text, &self.inputs.base));
                    Some(timings.time(Stage::Check, || match &made.kept {
                        Some(kept) => kept.links.get_or_init(keep).clone(),
                        None => keep(),
                    }))
                });
                if let Some(content) = made.content {
                    timings.time(Stage::Write, || sink(output, content));
                }
                made.diagnostic.iter().for_each(failed);
                (made.diagnostic.map(Box::new), links)
            })
            .unzip();
        if stop() {
            return None;
        }
        self.forget();
        let faulty: Vec<_> = destinations
            .faulty(&links)
            .into_iter()
            .filter_map(|at| {
                let output = &outputs[at];
                let content = self.make(cx(output), output, Want::Text).content;
                Some((output, self.checked(output, content.as_ref())?))
            })
            .collect();
        let entries: Vec<_> = faulty.iter().map(|(output, checked)| (*output, checked)).collect();
        let known = |out: &OutPath, anchor: &str| destinations.has_anchor(&links, out, anchor);
        let mut diagnostics = self.check_links(&entries, &known);
        // Freed on another thread: the caller does not wait for it.
        rayon::spawn(move || drop(shared));
        diagnostics.extend(found.into_iter().flatten().map(|found| *found));
        Some(diagnostics)
    }

    /// What the views of a language are made of, by its number.
    pub(super) fn context(&self, edition: usize) -> Context<'_> {
        let settings = self.inputs.config.editions().nth(edition);
        let settings = settings.unwrap_or(&self.inputs.config.site);
        let prefix = self.inputs.base.prefix();
        let own = &self.inputs.config.site.well_known;
        // One that is not there is a problem of the settings alone, and none of every page.
        let icon = own.icon.as_deref().and_then(|icon| OutPath::new(&icon[1..]).ok());
        let icon = icon.filter(|icon| self.assembly.site.asset_at(icon).is_some());
        let icon_type = icon.as_ref().map_or("image/svg+xml", |icon| MediaType::of(icon).essence());
        let icon = icon.as_ref().map_or(theme::ICON, OutPath::as_str);
        let manifest = own.manifest.as_ref();
        let outputs = &self.assembly.site.outputs;
        let is_there = |path: &str| OutPath::new(path).is_ok_and(|out| outputs.get(&out).is_some());
        let added = is_there(stylesheet::ADDED).then_some(stylesheet::ADDED);
        let has_own = is_there(stylesheet::OWN);
        // A style sheet of the site's own has its own faces.
        let has_none = has_own || self.assembly.site.theme.has_system_faces;
        let fonts = theme::FONTS.iter().filter(|_| !has_none);
        let stylesheet = match has_own {
            true => format!("{prefix}/{}", stylesheet::OWN),
            false => stylesheet_out(&self.assembly.site.theme).href(prefix).to_string(),
        };
        let assets = Assets {
            stylesheet: stylesheet.into(),
            site_stylesheet: added.map(|path| format!("{prefix}/{path}").into()),
            fonts: fonts.map(|path| format!("{prefix}/{path}").into()).collect(),
            icon: format!("{prefix}/{icon}").into(),
            icon_type: icon_type.into(),
            manifest: manifest.map(|_| manifest_out().href(prefix).into()),
            theme_color: manifest.and_then(|manifest| manifest.theme_color.clone()),
            search: format!("{prefix}/{}", theme::SEARCH).into(),
            missing: format!("{prefix}/{}", theme::MISSING).into(),
            script: format!("{prefix}/{}", theme::SCRIPT).into(),
            appearance: (!has_own).then(|| format!("{prefix}/{}", theme::APPEARANCE).into()),
        };
        Context {
            first: &self.assembly.site,
            site: self.assembly.site.in_edition(edition),
            settings,
            site_settings: &self.inputs.config.site,
            lang: &settings.lang,
            zone: &self.inputs.config.timezone,
            base: &self.inputs.base,
            texts: self,
            languages: &self.rendering.templates.languages,
            assets: Arc::new(assets),
            typesetter: self.typesetter(),
            shared: None,
        }
    }

    fn make(&self, cx: &Context<'_>, output: &Output, want: Want) -> Made {
        let made = self.made(cx, output, want);
        if output.is_drawn() { self.drawn(made, output, want) } else { made }
    }

    fn made(&self, cx: &Context<'_>, output: &Output, want: Want) -> Made {
        match output.producer {
            Producer::File(at) => return Made { content: self.file_at(at), ..Made::default() },
            // It has no links.
            Producer::Derived { .. } if want == Want::Links => return Made::default(),
            Producer::Derived { file, operation } => return self.derived(output, file, operation),
            Producer::Page(_)
            | Producer::Drawing(_)
            | Producer::Data(_)
            | Producer::Redirect(_) => {}
        }
        let Some(set) = &self.rendering.templates.set else { return Made::default() };
        let out = &output.path;
        let origin = PageOrigin { out: out.clone(), source: self.source_of(output), more: 0 };
        let made = |text: &Option<Arc<str>>, diagnostic: &Option<Diagnostic>, kept| Made {
            content: text.clone().map(Rendered::Text),
            // The same failure may be remembered from when the page had another source.
            diagnostic: diagnostic
                .clone()
                .map(|diagnostic| Diagnostic { page: Some(origin.clone()), ..diagnostic }),
            kept,
        };
        let before = self.remembered(out);
        if let Some(kept) = &before
            && kept.has(want)
            && self.holds(&kept.view)
        {
            return made(&kept.text, &kept.diagnostic, Some(kept.clone()));
        }
        let timings = &self.timings;
        let reads = self.rendering.pages.key(|| Reads::new(self));
        let texts: &dyn PageTexts = match &reads {
            Some(reads) => reads,
            None => self,
        };
        let cx = Context { texts, assets: cx.assets.clone(), ..*cx };
        let Some(value) = timings.time(Stage::View, || OutputValue::of(&cx, output)) else {
            return Made::default();
        };
        let keys = reads.map(|reads| {
            let view = timings.time(Stage::View, || value.digest());
            (reads.key(), PageKey { view, templates: value.templates(set) })
        });
        let reason = match (&before, &keys) {
            (Some(kept), Some((view, page))) if kept.page == *page => {
                if kept.text.is_some() || kept.diagnostic.is_some() {
                    let kept = self.remember(out, kept.again(view.clone()));
                    return made(&kept.text, &kept.diagnostic, Some(kept.clone()));
                }
                Reason::Forgotten
            }
            (Some(kept), Some((_, page))) if kept.page.view == page.view => Reason::Templates,
            (Some(_), _) => Reason::View,
            (None, _) => Reason::New,
        };
        let (text, diagnostic) = timings.time(Stage::Render, || match &value {
            OutputValue::Page(view, template) => match set.render(template, view, &origin) {
                Ok(text) => (Some(text), None),
                Err(diagnostic) => {
                    let help = "use a value that is there; `briefing explain` lists what each template may see";
                    (None, Some(diagnostic.or_help(help)))
                }
            },
            OutputValue::Data(data) => {
                let text = data.text();
                let problem = data.problem(&text);
                (Some(text.into()), problem)
            }
        });
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        rendered.entry(out.clone()).or_insert(reason);
        drop(rendered);
        let kept = keys.map(|(view, page)| {
            // A page that a reader asked for stays in memory, whatever asked for it last.
            let stays = want == Want::Text || before.is_some_and(|kept| kept.text.is_some());
            let (text, diagnostic) = (text.clone().filter(|_| stays), diagnostic.clone());
            let links = OnceLock::new();
            self.remember(out, Remembered { view, page, text, diagnostic, links })
        });
        made(&text, &diagnostic, kept)
    }

    /// An output's links and anchors.
    fn checked(&self, output: &Output, content: Option<&Rendered>) -> Option<Checked> {
        Some(page::check(
            content?.text()?,
            output.media_type,
            &output.path.url(),
            &self.inputs.base,
        ))
    }

    pub(super) fn file_at(&self, at: usize) -> Option<Rendered> {
        let file = self.assembly.site.published.get(at)?;
        Some(match &file.source {
            None => Rendered::Embedded(theme::file(&file.out)?),
            Some(path) => {
                let (digest, length) = (*self.rendering.published.get(at)?)?;
                Rendered::File(path.clone(), digest, length)
            }
        })
    }

    /// The file of the site that an output is made from.
    pub(super) fn source_of(&self, output: &Output) -> Option<SourcePath> {
        output.source(&self.assembly.site).cloned()
    }

    /// The word for an output's kind, as manifests have it: `article`, `file`, `theme`.
    pub fn kind(&self, output: &Output) -> &'static str {
        kinds::name(output, output.source(&self.assembly.site).is_none())
    }
}

/// The problem of a page. Boxed, because there is one for each page and nearly all are none: none takes one word.
type PageProblem = Option<Box<Diagnostic>>;

/// What became of an output.
#[derive(Default)]
pub(super) struct Made {
    pub(super) content: Option<Rendered>,
    pub(super) diagnostic: Option<Diagnostic>,
    /// What is remembered of it.
    pub(super) kept: Option<Arc<Remembered>>,
}

#[cfg(test)]
mod faces;
#[cfg(test)]
mod fields;
