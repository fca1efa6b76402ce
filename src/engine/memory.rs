//! What is remembered of a rendered page, and when it still holds.
//!
//! A view is a function of the site, the settings and languages behind it, and the bodies that
//! it reads through [`PageTexts`]. While none of these has another digest, the view would be the same: it is not even made.
//! When one has, the view is made, and the page is rendered only if the view or the template set has another digest.
//!
//! The pages of several loads are in one memory, since each says by its keys when it holds: a server goes on answering
//! from one load while the next is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::base::{Digest, OutPath, digest_of, memo_key};
use crate::check::whole::KeptLinks;
use crate::content::document::Body;
use crate::diag::Diagnostic;
use crate::names::Linked;
use crate::search::SearchIndex;
use crate::site::PageIx;
use crate::view::PageTexts;

use super::Loaded;

/// A rendered page in memory, with the keys under which it was rendered.
pub(super) struct Remembered {
    pub(super) view: ViewKey,
    pub(super) page: PageKey,
    /// Its text; none for a page that failed, and for one whose text had to go.
    pub(super) text: Option<Arc<str>>,
    pub(super) diagnostic: Option<Diagnostic>,
    /// Its links, once a build of the whole site asked for them. They hold while the inputs do.
    pub(super) links: OnceLock<Arc<KeptLinks>>,
}

memo_key! {
    /// What a view was made of.
    #[derive(Debug, Clone)]
    pub(super) struct ViewKey {
        /// The digest of everything but bodies; the same for all pages of a build.
        shared: Option<Digest>,
        /// The bodies that it read.
        bodies: Box<[BodyKey]>,
        /// The digest of all bodies, for a view that read the index of the search.
        texts: Option<Digest>,
    }
}

memo_key! {
    /// A body that a view read.
    #[derive(Debug, Clone)]
    struct BodyKey {
        page: PageIx,
        /// The digest of its file.
        file: Digest,
        /// The digest of the names in it: a function of the file, of what the site's digest covers and of `check.accept`, which
        /// moves no link. It is here so that this need not be known.
        names: Digest,
    }
}

memo_key! {
    /// What a page was made of.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct PageKey {
        /// The digest of its view.
        pub(super) view: Digest,
        /// The digest of the template set; the default for an output that no template makes.
        pub(super) templates: Digest,
    }
}

/// The pages in memory; none of an engine that loads once.
pub(super) struct Pages(Option<Mutex<HeldPages>>);

/// The pages, and in which order their texts were asked for.
struct HeldPages {
    pages: BTreeMap<OutPath, (u64, Arc<Remembered>)>,
    /// Pages with a text, by the number of the request that asked for it last.
    used: BTreeMap<u64, OutPath>,
    requests: u64,
    /// The bytes of all texts.
    bytes: usize,
    most: usize,
}

impl Pages {
    /// Remembers texts of a number of bytes together; those that were requested least recently are dropped first. Of a page whose
    /// text is dropped, its diagnostic and the targets of its links stay: a few hundred bytes.
    pub(super) fn at_most(bytes: usize) -> Self {
        Self(Some(Mutex::new(HeldPages {
            pages: BTreeMap::new(),
            used: BTreeMap::new(),
            requests: 0,
            bytes: 0,
            most: bytes,
        })))
    }

    /// Remembers nothing.
    pub(super) fn off() -> Self {
        Self(None)
    }

    /// What only a page in memory is compared with; none, and not made, where there is none.
    pub(super) fn key<K>(&self, make: impl FnOnce() -> K) -> Option<K> {
        self.0.is_some().then(make)
    }

    fn held(&self) -> Option<MutexGuard<'_, HeldPages>> {
        self.0.as_ref().map(|held| held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many bytes the texts have together.
    pub(super) fn bytes(&self) -> usize {
        self.held().map_or(0, |held| held.bytes)
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self::at_most(usize::MAX)
    }
}

impl HeldPages {
    fn get(&mut self, out: &OutPath) -> Option<Arc<Remembered>> {
        let (used, page) = self.pages.get_mut(out)?;
        if let Some(out) = self.used.remove(used) {
            self.requests += 1;
            *used = self.requests;
            self.used.insert(self.requests, out);
        }
        Some(page.clone())
    }

    fn insert(&mut self, out: &OutPath, page: Arc<Remembered>) {
        self.remove(out);
        self.requests += 1;
        if let Some(text) = &page.text {
            self.bytes += text.len();
            self.used.insert(self.requests, out.clone());
        }
        self.pages.insert(out.clone(), (self.requests, page));
        while self.bytes > self.most
            && let Some((_, oldest)) = self.used.pop_first()
            && let Some((_, page)) = self.pages.get_mut(&oldest)
        {
            self.bytes -= page.text.as_ref().map_or(0, |text| text.len());
            *page = Arc::new(page.without_text());
        }
    }

    fn remove(&mut self, out: &OutPath) {
        if let Some((used, page)) = self.pages.remove(out)
            && self.used.remove(&used).is_some()
        {
            self.bytes -= page.text.as_ref().map_or(0, |text| text.len());
        }
    }
}

impl Remembered {
    /// The same page under other keys.
    pub(super) fn again(&self, view: ViewKey) -> Self {
        let (text, diagnostic) = (self.text.clone(), self.diagnostic.clone());
        Self { view, page: self.page, text, diagnostic, links: OnceLock::new() }
    }

    fn without_text(&self) -> Self {
        let links = self.links.clone();
        Self { text: None, links, ..self.again(self.view.clone()) }
    }

    /// Whether it says all that `want` asks for.
    pub(super) fn has(&self, want: Want) -> bool {
        let links = want == Want::Links && self.links.get().is_some();
        self.text.is_some() || self.diagnostic.is_some() || links
    }
}

/// What is asked of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Its text.
    Text,
    /// Its links alone: its text need not stay in memory.
    Links,
}

/// The texts of a build, with a note of which are read.
pub(super) struct Reads<'a> {
    loaded: &'a Loaded,
    bodies: Mutex<BTreeSet<PageIx>>,
    /// Whether the index of the search was read.
    index: AtomicBool,
}

impl<'a> Reads<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, bodies: Mutex::default(), index: AtomicBool::new(false) }
    }

    /// What was read until now.
    pub(super) fn key(&self) -> ViewKey {
        let bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        self.loaded.view_key(bodies.iter().copied(), self.index.load(Ordering::Relaxed))
    }
}

impl Reads<'_> {
    fn noted(&self, page: PageIx) -> &Loaded {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner).insert(page);
        self.loaded
    }
}

impl PageTexts for Reads<'_> {
    fn body(&self, page: PageIx) -> &Body {
        self.noted(page).body(page)
    }

    fn linked(&self, page: PageIx) -> &Linked {
        self.noted(page).linked(page)
    }

    fn search_index(&self, edition: usize) -> Arc<SearchIndex> {
        self.index.store(true, Ordering::Relaxed);
        self.loaded.search_index(edition)
    }
}

impl Loaded {
    /// What is remembered of an output.
    pub(super) fn remembered(&self, out: &OutPath) -> Option<Arc<Remembered>> {
        self.rendering.pages.held()?.get(out)
    }

    /// Remembers an output.
    pub(super) fn remember(&self, out: &OutPath, page: Remembered) -> Arc<Remembered> {
        let page = Arc::new(page);
        if let Some(mut held) = self.rendering.pages.held() {
            held.insert(out, page.clone());
        }
        page
    }

    /// Forgets outputs that the site no longer has.
    pub fn forget(&self) {
        let Some(mut held) = self.rendering.pages.held() else { return };
        let outs = held.pages.keys().filter(|out| self.assembly.site.outputs.get(out).is_none());
        let gone: Vec<OutPath> = outs.cloned().collect();
        gone.iter().for_each(|out| held.remove(out));
    }

    /// Whether a view that was made for a key would be the same today.
    pub(super) fn holds(&self, key: &ViewKey) -> bool {
        // A number of a larger site is no page of this one.
        let pages = self.assembly.digests.len();
        key.bodies.iter().all(|body| (body.page.0 as usize) < pages)
            && *key == self.view_key(key.bodies.iter().map(|body| body.page), key.texts.is_some())
    }

    /// The key of a view that reads the bodies of pages.
    fn view_key(&self, pages: impl Iterator<Item = PageIx>, of_all: bool) -> ViewKey {
        let body = |page: PageIx| {
            let at = page.0 as usize;
            let (file, names) = (self.assembly.digests[at], self.assembly.linked[at].digest());
            BodyKey { page, file, names }
        };
        let texts = of_all.then(|| *self.texts.get_or_init(|| digest_of(&*self.assembly.digests)));
        ViewKey { shared: self.rendering.shared, bodies: pages.map(body).collect(), texts }
    }
}
