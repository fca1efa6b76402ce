//! What the files of content make together: who is named where, and the site.
//!
//! Most edits change a text and nothing that another page sees. When the list of files, the settings and the instant
//! are the same, and each file with other bytes has the summary it had and names whom it named, everything is as it
//! was but for that file's text: no other document is looked at.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{BaseUrl, Digest, Hasher, OutPath, SourcePath, digest_of};
use crate::config::Config;
use crate::content::date::Date;
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::model::{Fact, Source as Citation};
use crate::diag::{Diagnostic, Severity, Strictness};
use crate::names::Linked;
use crate::site::{Acting, Broken, Input, Instant, Page, Site, State};

use super::load::Files;
use super::parse::Parsed;
use super::timings::Stage;
use super::trace::{Reason, Trace};
use super::{Engine, Now, Options, kinds};

/// What everything is made from, beside the files of content.
#[derive(Clone)]
pub(super) struct Frame {
    files: Arc<Files>,
    acting: Arc<Acting>,
    config: Arc<Config>,
    pub(super) instant: Instant,
    base: BaseUrl,
    without_broken: bool,
}

/// What the files of content make together.
#[derive(Clone)]
pub(super) struct Together {
    pub(super) frame: Frame,
    /// The digest of all that the site was made from; none if there is no next load to compare it with.
    pub(super) key: Option<Digest>,
    pub(super) site: Arc<Site>,
    /// The documents of the site's pages, in their order: that of their paths.
    pub(super) documents: Arc<Vec<Arc<Document>>>,
    /// The names in each of them.
    pub(super) linked: Arc<Vec<Arc<Linked>>>,
    /// The digests of their files and of their names; none if there is no next load.
    pub(super) bodies: Arc<Vec<Digest>>,
    /// The other documents, by path.
    pub(super) hidden: Arc<Vec<Arc<Document>>>,
    pub(super) facts: Arc<Vec<Fact>>,
    /// Files of which something is to be said on their own, sorted.
    noted: Vec<SourcePath>,
    /// Documents of whose names something is to be said, sorted.
    pub(super) misnamed: Vec<SourcePath>,
}

impl Frame {
    pub(super) fn new(
        files: &Arc<Files>,
        acting: &Arc<Acting>,
        config: &Arc<Config>,
        base: &BaseUrl,
        options: &Options,
    ) -> Self {
        let zone = config.timezone.clone();
        let first_moment = |day| Date::day(day).begins(&zone);
        let now = match options.now {
            Now::At(now) => now,
            Now::Day(day) => first_moment(day),
            Now::DayOf(now) => first_moment(zone.to_datetime(now).date()),
        };
        let doubtful = !config.levels.lower_errors();
        let (drafts, future) = (options.drafts, options.future);
        let instant = Instant { now, zone, drafts, future, doubtful };
        let (files, acting, config) = (files.clone(), acting.clone(), config.clone());
        let (base, without_broken) = (base.clone(), options.without_broken);
        Self { files, acting, config, instant, base, without_broken }
    }

    /// Whether another frame is the same. Lists and settings that are equal are one value: the engine keeps them.
    fn is(&self, other: &Self) -> bool {
        let (one, two) = (&self.instant, &other.instant);
        Arc::ptr_eq(&self.files, &other.files)
            && Arc::ptr_eq(&self.acting, &other.acting)
            && Arc::ptr_eq(&self.config, &other.config)
            && (one.now, one.drafts, one.future) == (two.now, two.drafts, two.future)
            && self.base == other.base
            && self.without_broken == other.without_broken
    }

    /// Whether a file with these problems of its own is left out of the site.
    fn leaves_out(&self, found: &[Diagnostic]) -> bool {
        if !self.without_broken || found.is_empty() {
            return false;
        }
        let mut found = found.to_vec();
        self.config.levels.apply(Strictness::Build, &mut found);
        found.iter().any(|found| found.severity == Severity::Error)
    }
}

impl Engine {
    /// What the files of content make together.
    pub(super) fn together(&mut self, frame: Frame, trace: &mut Trace) -> Together {
        let before = self.together.take().filter(|before| before.frame.is(&frame));
        match before.and_then(|before| self.edited(before, trace)) {
            Some(together) => together,
            None => self.whole(frame, trace),
        }
    }

    /// What is wrong with files on their own.
    pub(super) fn said(&self, together: &Together) -> impl Iterator<Item = Diagnostic> {
        together.noted.iter().flat_map(|path| self.parsing.diagnostics(path)).cloned()
    }

    /// The same with other texts, if nothing else is another.
    fn edited(&mut self, mut together: Together, trace: &mut Trace) -> Option<Together> {
        let mut edited = Vec::new();
        for (path, _) in &trace.parsed {
            let Parsed::Page(document) = self.parsing.file(path)? else { return None };
            if together.frame.files.entities.has(path) {
                return None;
            }
            let (before, at) = together.document(path)?;
            let leaves_out = |document: &Document| together.frame.leaves_out(&document.diagnostics);
            if before.summary_digest() != document.summary_digest()
                || leaves_out(before)
                || leaves_out(document)
            {
                return None;
            }
            edited.push((document.clone(), at));
        }
        if edited.is_empty() {
            return Some(together);
        }
        let (documents, hidden) =
            (Arc::make_mut(&mut together.documents), Arc::make_mut(&mut together.hidden));
        let linked = Arc::make_mut(&mut together.linked);
        let bodies = Arc::make_mut(&mut together.bodies);
        for (document, at) in edited {
            let path = document.path.clone();
            set(&mut together.noted, &path, !document.diagnostics.is_empty());
            let names = self.link_again(&document)?;
            trace.named.push((path.clone(), Reason::Bytes));
            set(&mut together.misnamed, &path, names.is_misnamed);
            if !names.same_edges {
                return None;
            }
            match at {
                Ok(at) => {
                    bodies[at] = body(self.parsing.digest(&path), &names.linked);
                    documents[at] = document;
                    linked[at] = names.linked;
                }
                Err(at) => hidden[at] = document,
            }
        }
        Some(together)
    }

    fn whole(&mut self, frame: Frame, trace: &mut Trace) -> Together {
        let (files, config, instant) = (&*frame.files, &*frame.config, &frame.instant);
        let (mut facts, mut sources) =
            (Arc::<Vec<Fact>>::default(), Arc::<Vec<Citation>>::default());
        let (mut all, mut noted) = (Vec::new(), Vec::new());
        // Memory that nobody looked at for a while is slow to come: many threads wait for it at the same time.
        let looked_at = files.content.par_iter().map(|path| {
            let parsed = match self.parsing.page(path) {
                Some(page) => Some(Parsed::Page(page.clone())),
                None => self.parsing.file(path).cloned(),
            };
            let state = match &parsed {
                Some(Parsed::Page(document)) => instant.state(&document.summary),
                _ => None,
            };
            (path, parsed, state, !self.parsing.diagnostics(path).is_empty())
        });
        for (path, parsed, state, is_noted) in looked_at.collect::<Vec<_>>() {
            match parsed {
                Some(Parsed::Page(document)) => all.push((document, state)),
                Some(Parsed::Facts(found, _)) => facts = found,
                Some(Parsed::Sources(found, _)) => sources = found,
                Some(Parsed::Bad(_)) | None => {}
            }
            if is_noted {
                noted.push(path.clone());
            }
        }
        let (all, states): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let broken = self.broken(&noted, &frame);
        let is_broken =
            |path: &SourcePath| broken.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let names = self.names(&all, &states, &is_broken, config, trace);
        let key = self.names.remembers().then(|| {
            let mut key = Hasher::new();
            for ((document, linked), state) in all.iter().zip(&names.linked).zip(&states) {
                key.raw(&linked.edges_digest().to_bytes());
                key.part(document.path.as_str().as_bytes())
                    .raw(&document.summary_digest().to_bytes());
                match state {
                    None => key.raw(b"-"),
                    Some(State::Public) => key.raw(b"p"),
                    Some(State::Withdrawn) => key.raw(b"w"),
                    Some(State::Expired(date)) => key.part(format!("{date:?}").as_bytes()),
                };
            }
            for file in &broken {
                key.part(file.path.as_str().as_bytes());
            }
            key.raw(&digest_of(&config.site).to_bytes());
            key.part(format!("{:?}", config.timezone.iana_name()).as_bytes());
            key.raw(&digest_of(&config.translations).to_bytes());
            key.raw(&digest_of(&(&*facts, &*sources)).to_bytes());
            for asset in &files.assets {
                key.part(asset.out.as_str().as_bytes());
                key.part(asset.source.as_ref().map_or("", SourcePath::as_str).as_bytes());
            }
            for file in &files.beside {
                key.part(file.as_str().as_bytes());
            }
            key.raw(&[u8::from(config.trusted)]);
            key.raw(&digest_of(&frame.base).to_bytes());
            for (file, acts) in &*frame.acting {
                key.part(file.as_str().as_bytes()).part(acts.as_bytes());
            }
            key.finish()
        });
        let site = match (&self.site, key) {
            (Some((old, site)), Some(key)) if *old == key => site.clone(),
            _ => {
                trace.linked = true;
                let whole = all.par_iter().zip(&names.linked);
                let whole = whole.filter(|(document, _)| !is_broken(&document.path));
                let page = |(document, linked): (&Arc<Document>, &Arc<Linked>)| Page {
                    path: document.path.clone(),
                    summary: document.summary.clone(),
                    named: linked.edges.clone(),
                    state: State::Public,
                    out: OutPath::home(),
                };
                let pages = whole.map(page).collect();
                let input = Input {
                    config,
                    pages,
                    facts: &facts,
                    sources: &sources,
                    assets: files.assets.clone(),
                    files: &files.beside,
                    is_trusted: config.trusted,
                    acting: &frame.acting,
                    broken,
                    instant: instant.clone(),
                    base: &frame.base,
                    kinds: &kinds::KINDS,
                };
                let site = Arc::new(self.timings.time(Stage::Site, || Site::build(input)));
                self.site = key.map(|key| (key, site.clone()));
                site
            }
        };
        let all = all.into_iter().zip(names.linked).collect();
        let (documents, hidden) = divide(all, &site);
        let (documents, linked): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
        let hidden = hidden.into_iter().map(|(document, _)| document).collect();
        // Without a memory nobody asks for them.
        let bodies = documents.iter().zip(&linked).filter(|_| key.is_some());
        let bodies =
            bodies.map(|(document, linked)| body(self.parsing.digest(&document.path), linked));
        Together {
            key,
            site,
            bodies: Arc::new(bodies.collect()),
            documents: Arc::new(documents),
            linked: Arc::new(linked),
            hidden: Arc::new(hidden),
            facts,
            noted,
            misnamed: names.misnamed,
            frame,
        }
    }

    /// The files that are left out because of errors of their own, if the options say so.
    fn broken(&self, noted: &[SourcePath], frame: &Frame) -> Vec<Broken> {
        let leaves_out = |path: &&SourcePath| frame.leaves_out(self.parsing.diagnostics(path));
        let mut left_out: Vec<&SourcePath> = noted.iter().filter(leaves_out).collect();
        // What may be hidden with a page stays with it.
        if !self.parsing.translated.is_empty() {
            let of = left_out.iter().flat_map(|path| self.parsing.translations_of(path));
            let of: Vec<_> = of.collect();
            left_out.extend(of);
            left_out.sort();
            left_out.dedup();
        }
        let broken = |path: &SourcePath| match self.parsing.file(path)? {
            Parsed::Page(_) => Some(Broken::page(path, &self.parsing.page(path)?.summary)),
            Parsed::Bad(_) => Some(Broken::unread(path, &Identity::of(path)?)),
            Parsed::Facts(..) | Parsed::Sources(..) => None,
        };
        left_out.into_iter().filter_map(broken).collect()
    }
}

impl Together {
    /// A document, and its place: among those of the site's pages, or else among the hidden ones.
    fn document(&self, path: &SourcePath) -> Option<(&Arc<Document>, Result<usize, usize>)> {
        let find = |documents: &[Arc<Document>]| {
            documents.binary_search_by(|document| document.path.cmp(path)).ok()
        };
        match find(&self.documents) {
            Some(at) => Some((&self.documents[at], Ok(at))),
            None => find(&self.hidden).map(|at| (&self.hidden[at], Err(at))),
        }
    }
}

/// Puts a path into a sorted list, or takes it out.
fn set(list: &mut Vec<SourcePath>, path: &SourcePath, is_in: bool) {
    match (list.binary_search(path), is_in) {
        (Err(at), true) => list.insert(at, path.clone()),
        (Ok(at), false) => drop(list.remove(at)),
        _ => {}
    }
}

/// The digest of a document's file and of its names.
///
/// Names are a function of the file, of what the site says of its players and of `check.accept`, which moves no link: a
/// memo that left them out would not be stale today. They are here so that it need not be known.
fn body(file: Digest, linked: &Linked) -> Digest {
    // In one piece: a digest in the making is a large value, and there is one for each document.
    Digest::of([file, linked.digest()].map(Digest::to_bytes).as_flattened())
}

/// A document and the names in it.
type Text = (Arc<Document>, Arc<Linked>);

/// The documents of the site's pages in their order, and the others.
fn divide(all: Vec<Text>, site: &Site) -> (Vec<Text>, Vec<Text>) {
    let mut pages = site.pages.iter().peekable();
    all.into_iter().partition(|(document, _)| {
        let is_page = pages.peek().is_some_and(|page| page.path == document.path);
        if is_page {
            pages.next();
        }
        is_page
    })
}
