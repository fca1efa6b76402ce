//! Snapshot in, site and outputs out; the memory that makes the second time quick.
//!
//! A build is a function of the files, the instant and the options. [`Engine::load`] reads, parses and links;
//! [`Loaded::render`] makes one output, [`Loaded::render_all`] all of them. Incremental is the same function with
//! memos whose keys are their inputs by value:
//!
//! | memo | key | value |
//! |---|---|---|
//! | files | the list of files | the same, sorted by what is done with them |
//! | settings | the bytes of `site.yaml`, the folder's name | [`Config`], diagnostics included |
//! | parse | path, digest of the bytes, `content_trust`; of a player with names by language, the site's language | [`Document`] or data, diagnostics included |
//! | translation | the keys of its file and of the page that it translates, the languages | [`Document`] |
//! | names | digest of what players declare | the registry |
//! | assembly | the list of files, the settings, the instant, what SVGs do; of a file with other bytes, that its summary and whom it names are as they were | the site, with that file's text |
//! | linked | a parsed file's key, `check.accept`, that no changed name concerns its text | [`Linked`], diagnostics included |
//! | shared names | the texts of shared figures and sources, names, words of the site's language, `check.accept` | the slips in them |
//! | drawings | digest of an SVG's bytes | what it does beside showing a picture |
//! | tables | digest of a CSV file's bytes | its numbers |
//! | pictures | digest of a picture's bytes | width, height and format |
//! | templates | every override and Fluent file | the template set, or its diagnostics |
//! | site | digest of all summaries with their states and of who is named where, of settings, shared data, published files, `content_trust`, what SVGs do, the base URL | [`Site`] |
//! | references | digest of the site, the document | what they lack; topics without a page, each once |
//! | suggestions | digest of the site, what is missing | what is nearest to it |
//! | captions | digest of a file of captions | why browsers show none |
//! | places | digest of the file's bytes, the field | line and column |
//! | view | digest of the site, settings, languages; of the files whose bodies it reads | that it is the same |
//! | derived | digest of a file, what is done with it | bytes, where a [`Cache`] is given |
//! | page | output, template, digest of its view, digest of the template set; for data, digest of its value | bytes, or its diagnostic |
//!
//! Nothing else is kept between builds, so nothing else can be stale. All are kept by `memo.rs`, under keys that
//! `memo_key!` (`base/key.rs`) declares.

mod advice;
mod assemble;
mod blocked;
mod captions;
#[cfg(feature = "precompress")]
mod compressed;
mod derived;
mod drawings;
mod editions;
mod kinds;
mod links;
mod literals;
mod load;
mod memo;
mod memory;
mod names;
mod parse;
mod pictures;
mod problems;
mod render;
mod set_aside;
mod shared_names;
mod tables;
mod templates;
mod timings;
mod trace;

pub use render::Rendered;
pub use timings::{Clock, Stage, Timings};
pub use trace::{Reason, Trace};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::base::{BaseUrl, Cache, Digest, OutPath, SourcePath, work};
use crate::config::{Config, HostKind};
use crate::content::document::Document;
use crate::diag::Diagnostic;
use crate::names::{Linked, Naming, Registry};
use crate::search::SearchIndex;
use crate::site::{Due, Instant, NextChange, Output, Producer, Site, Subject, due, next_change};
use crate::source::Source;

use memo::Memo;

/// What a build depends on beside the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The instant of the build.
    pub now: Now,
    /// Whether drafts are pages.
    pub drafts: bool,
    /// Whether pages that are published later are pages.
    pub future: bool,
    /// Another address than the one in `site.yaml`.
    pub base_url: Option<BaseUrl>,
    /// Other kinds of host than those in `site.yaml`; none given means those.
    pub hosts: Vec<HostKind>,
    /// The key by which IndexNow knows the site, if the site is to have the file that proves it.
    pub indexnow: Option<Arc<str>>,
    /// The hub (WebSub) that feeds name.
    pub hub: Option<Arc<str>>,
    /// The name of the site's folder: the title of a site that has none.
    pub folder: String,
    /// Whether files with errors of their own are left out of the site, as if they were not there. Otherwise they take
    /// part with what could be read of them, so that one run finds everything that is wrong.
    pub without_broken: bool,
}

impl Default for Options {
    /// A build of what is public, in 1970: a caller names the instant.
    fn default() -> Self {
        Self {
            now: Now::At(Timestamp::UNIX_EPOCH),
            drafts: false,
            future: false,
            base_url: None,
            hosts: Vec::new(),
            indexnow: None,
            hub: None,
            folder: String::new(),
            without_broken: false,
        }
    }
}

/// The instant of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// A moment.
    At(Timestamp),
    /// The first moment of a day in the site's time zone.
    Day(civil::Date),
    /// The first moment of the day, in the site's time zone, to which a moment belongs.
    DayOf(Timestamp),
}

/// The memory of builds, by stage.
#[derive(Default)]
pub struct Engine {
    parsing: parse::Parsing,
    names: names::NamesMemo,
    assembling: assemble::Assembling,
    rendering: Rendering,
    timings: Arc<Timings>,
}

/// The memos of rendering.
#[derive(Default)]
struct Rendering {
    templates: Memo<templates::TemplatesKey, Arc<templates::Templates>>,
    pages: Arc<memory::Pages>,
    /// What is made of files, kept between programs.
    cache: Option<Arc<dyn Cache>>,
}

/// How many documents or pages a thread takes on: so few that none waits long for another that took more.
const AT_A_TIME: usize = 32;

/// A site, read, parsed and linked; ready to render, from many threads, while the engine loads the next.
pub struct Loaded {
    inputs: Inputs,
    /// Every name of the site, in each language.
    naming: Arc<Naming>,
    assembly: assemble::Assembly,
    rendering: RenderInputs,
    timings: Arc<Timings>,
    diagnostics: Vec<Diagnostic>,
    /// What loading did.
    trace: Trace,
    /// What rendering did since; a page that was made twice counts once.
    rendered: Mutex<BTreeMap<OutPath, Reason>>,
    /// The index of each language's texts, made when the first output asks for it.
    search: Box<[OnceLock<Arc<SearchIndex>>]>,
    /// The digest of all texts.
    texts: OnceLock<Digest>,
    /// Held, for each picture, by the thread that makes the files that are made of it.
    in_progress: derived::InProgress,
}

/// What a site was loaded from.
struct Inputs {
    source: Box<dyn Source>,
    options: Options,
    config: Arc<Config>,
    /// Where the site will be.
    base: BaseUrl,
    /// Whether the settings could be read without an error.
    settled: bool,
    /// What the source did not list as a file: never read.
    refused: BTreeSet<SourcePath>,
}

/// What its outputs are rendered with.
struct RenderInputs {
    templates: Arc<templates::Templates>,
    /// The digest and length of each published file, in the order of [`Whole::published`](crate::site::Whole::published).
    published: Vec<Option<(Digest, u64)>>,
    /// The digest of what every view may depend on, but for bodies; none where no page is kept.
    shared: Option<Digest>,
    pages: Arc<memory::Pages>,
    cache: Option<Arc<dyn Cache>>,
}

impl Engine {
    /// An engine that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An engine for a program that loads a site once: what only a next load compares is neither made nor kept.
    pub fn once() -> Self {
        let rendering = Rendering { pages: Arc::new(memory::Pages::off()), ..Rendering::default() };
        let (names, assembling) = (names::NamesMemo::once(), assemble::Assembling::once());
        Self { names, assembling, rendering, ..Self::default() }
    }

    /// An engine that remembers at most so many bytes of rendered pages.
    pub fn bounded(bytes: usize) -> Self {
        let pages = Arc::new(memory::Pages::at_most(bytes));
        Self { rendering: Rendering { pages, ..Rendering::default() }, ..Self::default() }
    }

    /// The same engine, which measures the time of each stage.
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { timings: Arc::new(Timings::new(clock)), ..self }
    }

    /// The same engine, which takes what is made of files from a cache, and puts it there.
    pub fn with_cache(mut self, cache: Arc<dyn Cache>) -> Self {
        self.rendering.cache = Some(cache);
        self
    }

    /// How many bytes of rendered pages are in memory.
    pub fn remembered(&self) -> usize {
        self.rendering.pages.bytes()
    }

    /// The time zone of the site that was loaded last.
    pub fn timezone(&self) -> Option<&TimeZone> {
        self.parsing.settings.last().map(|(config, _)| &config.timezone)
    }
}

impl Loaded {
    /// How many bytes of rendered pages are in memory: its own, and those of other loads.
    pub fn memory(&self) -> usize {
        self.rendering.pages.bytes()
    }

    /// The site, in its first language.
    pub fn site(&self) -> &Site {
        &self.assembly.site
    }

    /// Every name of the site, as texts in its own language write it.
    pub fn names(&self) -> &Registry {
        self.naming.registry()
    }

    /// What names are matched with, in each language.
    pub fn naming(&self) -> &Naming {
        &self.naming
    }

    /// The documents of the site's pages, in the site's order, with the names in them.
    pub fn documents(&self) -> impl Iterator<Item = (&Document, &Linked)> {
        self.assembly
            .documents
            .iter()
            .zip(&*self.assembly.linked)
            .map(|(document, linked)| (&**document, &**linked))
    }

    /// The site's settings.
    pub fn config(&self) -> &Config {
        &self.inputs.config
    }

    /// Where the site will be.
    pub fn base(&self) -> &BaseUrl {
        &self.inputs.base
    }

    /// What waits for a person: everything that is late, or is so within so many days, the earliest first.
    pub fn due(&self, within: u32) -> Vec<Due> {
        // The file of the figures that no page declares.
        let shared = SourcePath::new("content/facts.yaml");
        due(self.site(), &self.config().site, &shared, self.instant(), within)
    }

    /// When the site changes next without an edit: a page is published or expires, or an event passes.
    pub fn next_change(&self) -> Option<NextChange> {
        let pages = self.assembly.documents.par_iter().chain(&*self.assembly.hidden);
        next_change(pages.map(|page| (&page.path, &*page.summary)), &self.assembly.instant)
    }

    /// The pages that are not public yet, and so not in the site.
    pub fn hidden(&self) -> &[Arc<Document>] {
        &self.assembly.hidden
    }

    /// The problems of the files and between them. Rendering adds those of pages.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether the settings and the templates are without errors. Otherwise there is no page, or every page is another
    /// than its author means.
    pub fn is_whole(&self) -> bool {
        self.inputs.settled && self.rendering.templates.set.is_some()
    }

    /// The instant of the build, and what it lets in.
    pub fn instant(&self) -> &Instant {
        &self.assembly.instant
    }

    /// A page of content with its text's digest; none for a page that has no file of content.
    pub fn document(&self, output: &Output) -> Option<&Arc<Document>> {
        let page = match output.producer {
            Producer::Page(Subject::Page(ix)) | Producer::Redirect(Subject::Page(ix)) => ix,
            Producer::Page(Subject::Topic(ix)) => {
                self.assembly.site.in_edition(output.edition).topic(ix).page?
            }
            _ => return None,
        };
        self.assembly.documents.get(page.0 as usize)
    }

    /// The digest and length of a published file, by its place in [`Whole::published`](crate::site::Whole::published).
    pub fn file(&self, asset: usize) -> Option<(Digest, u64)> {
        *self.rendering.published.get(asset)?
    }

    /// Where the time went, of this build and all before it; nothing without a clock.
    pub fn timings(&self) -> &Timings {
        &self.timings
    }

    /// What was done, and why.
    pub fn trace(&self) -> Trace {
        let rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        let rendered = rendered.iter().map(|(out, reason)| (out.clone(), *reason));
        Trace { rendered: rendered.collect(), ..self.trace.clone() }
    }

    /// Every template and its text: what stands in them is public.
    pub fn template_texts(&self) -> impl Iterator<Item = (SourcePath, String)> {
        self.rendering.templates.texts()
    }

    /// The text of a file, for an excerpt: decoded as the parser saw it.
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        if let Some(text) = self.rendering.templates.text(path) {
            return Some(text);
        }
        if self.inputs.refused.contains(path) {
            return None;
        }
        let bytes = self.inputs.source.read(path).ok()?;
        work::step(bytes.len() / 64);
        crate::content::text::decode(path, &bytes).ok().map(|text| text.into_owned())
    }
}
