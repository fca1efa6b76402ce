//! The third stage: assembles the inputs of the site from the documents and the names in them, and the site from these.
//!
//! Most edits change a text and nothing that another page sees. When [`AssemblyKey`] is the same, and each file with
//! other bytes has the [`DocumentKey`] it had and names whom it named, the last assembly holds but for that file's text: no
//! other document is looked at.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::base::{BaseUrl, Digest, OutPath, SourcePath, digest_of, memo_key};
use crate::config::{Config, Settings};
use crate::content::date::Date;
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::model::{Fact, Source as Citation};
use crate::diag::{Diagnostic, Severity, Strictness};
use crate::names::Linked;
use crate::site::timeline::passed;
use crate::site::{
    Acting, Asset, Broken, Input, Instant, Page, PictureFiles, Site, State, Tables, moves,
};

use super::load::SortedFiles;
use super::memo::{Memo, Unique};
use super::parse::ParsedFile;
use super::problems::References;
use super::timings::Stage;
use super::trace::{Reason, Trace};
use super::{Engine, Now, Options, kinds};

memo_key! {
    /// What the site and the names in it are made from, beside the files of content.
    pub(super) struct AssemblyKey {
        files: Unique<SortedFiles>,
        acting: Unique<Acting>,
        tables: Unique<Tables>,
        pictures: Unique<PictureFiles>,
        config: Unique<Config>,
        /// The instant of the build, and what it lets in.
        pub(super) instant: Instant,
        /// Where the site will be.
        base: BaseUrl,
        /// Whether files with errors of their own are left out.
        without_broken: bool,
    }
}

memo_key! {
    /// What an assembly depends on of a document, beside whom it names.
    struct DocumentKey {
        /// The digest of its summary.
        summary: Digest,
        /// Whether it is left out because of errors of its own.
        is_left_out: bool,
    }
}

/// What the site depends on, beside the bodies of pages that it never sees. Compared by its digest.
#[derive(Serialize)]
struct SiteKey<'a> {
    pages: Vec<SitePageKey<'a>>,
    /// Files that are left out because of errors of their own.
    broken: Vec<&'a SourcePath>,
    settings: &'a Settings,
    /// The settings in the other languages.
    translations: &'a [Settings],
    time_zone: Option<&'a str>,
    facts: &'a [Fact],
    sources: &'a [Citation],
    /// The files of `static/` and of the theme.
    assets: &'a [Asset],
    /// The files beside pages.
    beside: &'a [SourcePath],
    /// `content_trust`.
    trusted: bool,
    base: &'a BaseUrl,
    /// The SVGs that do more than show a picture.
    acting: &'a Acting,
    /// What the CSV files hold.
    tables: &'a Tables,
    /// What is known of pictures.
    pictures: &'a PictureFiles,
    /// How many of the pages' events have passed at the instant of the build.
    passed: usize,
    /// How many posts of players have begun and ended at the instant of the build.
    moves: usize,
}

/// What the site depends on of a page.
#[derive(Serialize)]
struct SitePageKey<'a> {
    path: &'a SourcePath,
    /// The digest of its summary.
    summary: Digest,
    /// The digest of whom it names in which section.
    named: Digest,
    /// What the instant makes of it.
    state: Option<State>,
}

/// The memos of the site.
#[derive(Default)]
pub(super) struct Assembling {
    /// The site, by the digest of [`SiteKey`].
    site: Memo<Digest, Arc<Site>>,
    last: Memo<AssemblyKey, Assembly>,
    pub(super) references: References,
}

impl Assembling {
    /// Those of an engine that loads once.
    pub(super) fn once() -> Self {
        Self { site: Memo::off(), last: Memo::off(), ..Self::default() }
    }
}

/// The site, and what it was assembled from.
#[derive(Clone)]
pub(super) struct Assembly {
    pub(super) instant: Instant,
    /// The digest of all that the site was made from; none if there is no next load to compare it with.
    pub(super) key: Option<Digest>,
    pub(super) site: Arc<Site>,
    /// The documents of the site's pages, in their order: that of their paths.
    pub(super) documents: Arc<Vec<Arc<Document>>>,
    /// The names in each of them.
    pub(super) linked: Arc<Vec<Arc<Linked>>>,
    /// The digest of the file of each of them.
    pub(super) digests: Arc<Vec<Digest>>,
    /// The other documents, by path.
    pub(super) hidden: Arc<Vec<Arc<Document>>>,
    pub(super) facts: Arc<Vec<Fact>>,
    /// Files with problems of their own, sorted.
    noted: Vec<SourcePath>,
    /// Documents whose names have problems, sorted.
    pub(super) with_name_problems: Vec<SourcePath>,
}

impl AssemblyKey {
    pub(super) fn new(
        files: &Arc<SortedFiles>,
        (acting, tables, pictures): (&Arc<Acting>, &Arc<Tables>, &Arc<PictureFiles>),
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
        Self {
            files: Unique(files.clone()),
            acting: Unique(acting.clone()),
            tables: Unique(tables.clone()),
            pictures: Unique(pictures.clone()),
            config: Unique(config.clone()),
            instant: Instant { now, zone, drafts, future, doubtful },
            base: base.clone(),
            without_broken: options.without_broken,
        }
    }

    /// Whether a file with these problems of its own is left out of the site.
    fn leaves_out(&self, problems: &[Diagnostic]) -> bool {
        if !self.without_broken || problems.is_empty() {
            return false;
        }
        let mut problems = problems.to_vec();
        self.config.0.levels.apply(Strictness::Build, &mut problems);
        problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    fn of(&self, document: &Document) -> DocumentKey {
        DocumentKey {
            summary: document.summary_digest(),
            is_left_out: self.leaves_out(&document.diagnostics),
        }
    }
}

impl Engine {
    /// Assembles the site: the last one again, with other texts, where nothing but texts differs.
    pub(super) fn assemble(&mut self, key: AssemblyKey, trace: &mut Trace) -> Assembly {
        let last = self.assembling.last.take(&key);
        let assembly = match last.and_then(|last| self.edited(last, &key, trace)) {
            Some(assembly) => assembly,
            None => self.whole(&key, trace),
        };
        self.assembling.last.put(key, assembly.clone());
        assembly
    }

    /// The problems of files on their own.
    pub(super) fn own_problems(&self, assembly: &Assembly) -> Vec<Diagnostic> {
        assembly.noted.iter().flat_map(|path| self.parsing.diagnostics(path)).cloned().collect()
    }

    /// The last assembly with the texts of files that changed; none if more than a text did.
    fn edited(
        &mut self,
        mut assembly: Assembly,
        key: &AssemblyKey,
        trace: &mut Trace,
    ) -> Option<Assembly> {
        let mut edited = Vec::new();
        for (path, _) in &trace.parsed {
            let ParsedFile::Page(document) = self.parsing.file(path)? else { return None };
            if key.files.0.entities.has(path) {
                return None;
            }
            let (before, at) = assembly.document(path)?;
            if key.of(before) != key.of(document) {
                return None;
            }
            edited.push((document.clone(), at));
        }
        if edited.is_empty() {
            return Some(assembly);
        }
        let (documents, hidden) =
            (Arc::make_mut(&mut assembly.documents), Arc::make_mut(&mut assembly.hidden));
        let linked = Arc::make_mut(&mut assembly.linked);
        let digests = Arc::make_mut(&mut assembly.digests);
        for (document, at) in edited {
            let path = document.path.clone();
            set(&mut assembly.noted, &path, !document.diagnostics.is_empty());
            let names = self.link_again(&document)?;
            trace.named.push((path.clone(), Reason::Bytes));
            set(&mut assembly.with_name_problems, &path, names.has_name_problems);
            if !names.same_edges {
                return None;
            }
            match at {
                Ok(at) => {
                    digests[at] = self.parsing.digest(&path);
                    documents[at] = document;
                    linked[at] = names.linked;
                }
                Err(at) => hidden[at] = document,
            }
        }
        Some(assembly)
    }

    fn whole(&mut self, key: &AssemblyKey, trace: &mut Trace) -> Assembly {
        let AssemblyKey { files, acting, tables, pictures, config, instant, base, .. } = key;
        let (files, acting, config) = (&*files.0, &*acting.0, &*config.0);
        let (mut facts, mut sources) =
            (Arc::<Vec<Fact>>::default(), Arc::<Vec<Citation>>::default());
        let (mut all, mut noted) = (Vec::new(), Vec::new());
        // Memory that no thread read for a while is slow to come: many threads wait for it at the same time.
        let looked_at = files.content.par_iter().map(|path| {
            let parsed = match self.parsing.page(path) {
                Some(page) => Some(ParsedFile::Page(page.clone())),
                None => self.parsing.file(path).cloned(),
            };
            let state = match &parsed {
                Some(ParsedFile::Page(document)) => instant.state(&document.summary),
                _ => None,
            };
            (path, parsed, state, !self.parsing.diagnostics(path).is_empty())
        });
        for (path, parsed, state, is_noted) in looked_at.collect::<Vec<_>>() {
            match parsed {
                Some(ParsedFile::Page(document)) => all.push((document, state)),
                Some(ParsedFile::Facts(found, ..)) => facts = found,
                Some(ParsedFile::Sources(found, ..)) => sources = found,
                Some(ParsedFile::Bad(_)) | None => {}
            }
            if is_noted {
                noted.push(path.clone());
            }
        }
        let (all, states): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let broken = self.broken(&noted, key);
        let is_broken =
            |path: &SourcePath| broken.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let names = self.names(&all, &states, &is_broken, config, trace);
        let site_key = || {
            let pages = all.iter().zip(&names.linked).zip(&states);
            let pages = pages.map(|((document, linked), state)| SitePageKey {
                path: &document.path,
                summary: document.summary_digest(),
                named: linked.edges_digest(),
                state: *state,
            });
            digest_of(&SiteKey {
                pages: pages.collect(),
                broken: broken.iter().map(|file| &file.path).collect(),
                settings: &config.site,
                translations: &config.translations,
                time_zone: config.timezone.iana_name(),
                facts: &facts,
                sources: &sources,
                assets: &files.assets,
                beside: &files.beside,
                trusted: config.trusted,
                base,
                acting,
                tables: &tables.0,
                pictures: &pictures.0,
                moves: moves(all.iter().map(|document| &*document.summary), instant),
                passed: passed(all.iter().map(|document| &*document.summary), instant),
            })
        };
        let timings = &self.timings;
        let site = self.assembling.site.get_or(site_key, || {
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
                acting,
                tables: &tables.0,
                pictures: &pictures.0,
                broken: broken.clone(),
                instant: instant.clone(),
                base,
                kinds: &kinds::KINDS,
            };
            Arc::new(timings.time(Stage::Site, || Site::build(input)))
        });
        let all = all.into_iter().zip(names.linked).collect();
        let (documents, hidden) = divide(all, &site);
        let (documents, linked): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
        let hidden = hidden.into_iter().map(|(document, _)| document).collect();
        let digests = documents.iter().map(|document| self.parsing.digest(&document.path));
        Assembly {
            instant: instant.clone(),
            key: self.assembling.site.made_for().copied(),
            site,
            digests: Arc::new(digests.collect()),
            documents: Arc::new(documents),
            linked: Arc::new(linked),
            hidden: Arc::new(hidden),
            facts,
            noted,
            with_name_problems: names.with_name_problems,
        }
    }

    /// The files that are left out because of errors of their own, if the options say so.
    fn broken(&self, noted: &[SourcePath], key: &AssemblyKey) -> Vec<Broken> {
        let leaves_out = |path: &&SourcePath| key.leaves_out(self.parsing.diagnostics(path));
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
            ParsedFile::Page(_) => Some(Broken::page(path, &self.parsing.page(path)?.summary)),
            ParsedFile::Bad(_) => Some(Broken::unread(path, &Identity::of(path)?)),
            ParsedFile::Facts(..) | ParsedFile::Sources(..) => None,
        };
        left_out.into_iter().filter_map(broken).collect()
    }
}

impl Assembly {
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

/// A document and the names in it.
type LinkedDocument = (Arc<Document>, Arc<Linked>);

/// The documents of the site's pages in their order, and the others.
fn divide(all: Vec<LinkedDocument>, site: &Site) -> (Vec<LinkedDocument>, Vec<LinkedDocument>) {
    let mut pages = site.pages.iter().peekable();
    all.into_iter().partition(|(document, _)| {
        let is_page = pages.peek().is_some_and(|page| page.path == document.path);
        if is_page {
            pages.next();
        }
        is_page
    })
}
