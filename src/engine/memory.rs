//! What is remembered of a rendered page, and when it still holds.
//!
//! A view is a function of the site, the settings and languages behind it, the sizes of pictures, and the bodies that
//! it reads through [`Texts`]. While none of these has another digest, the view would be the same: it is not even made.
//! When one has, the view is made, and the page is rendered only if the view or the template set has another digest.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::base::{Digest, OutPath, SourcePath};
use crate::check::whole::Kept;
use crate::content::document::Body;
use crate::diag::Diagnostic;
use crate::site::PageIx;
use crate::view::Texts;

use super::Loaded;

/// A rendered page in memory, with the keys under which it was rendered.
pub(super) struct Remembered {
    pub(super) inputs: Inputs,
    pub(super) view: Digest,
    pub(super) set: Digest,
    pub(super) html: Option<Arc<str>>,
    pub(super) diagnostic: Option<Diagnostic>,
    /// Its links, once a build of the whole site asked for them. They hold while the inputs do.
    pub(super) links: OnceLock<Arc<Kept>>,
}

/// What a view was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inputs {
    /// Everything but bodies; the same for all pages of a build.
    shared: Digest,
    /// The bodies that it read.
    bodies: Box<[(PageIx, Digest)]>,
}

/// The texts of a build, with a note of which are read.
pub(super) struct Reads<'a> {
    loaded: &'a Loaded<'a>,
    bodies: Mutex<BTreeSet<PageIx>>,
}

impl<'a> Reads<'a> {
    pub(super) fn new(loaded: &'a Loaded<'a>) -> Self {
        Self { loaded, bodies: Mutex::default() }
    }

    /// What was read until now.
    pub(super) fn inputs(&self) -> Inputs {
        let bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        let bodies = bodies.iter().map(|page| (*page, self.loaded.body_digest(*page)));
        Inputs { shared: self.loaded.shared, bodies: bodies.collect() }
    }
}

impl Texts for Reads<'_> {
    fn body(&self, page: PageIx) -> &Body {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner).insert(page);
        self.loaded.body(page)
    }

    fn picture(&self, file: &SourcePath) -> Option<(u32, u32)> {
        self.loaded.picture(file)
    }
}

impl Loaded<'_> {
    /// What is remembered of an output, if it may still hold.
    pub(super) fn remembered(&self, out: &OutPath) -> Option<Arc<Remembered>> {
        if !self.options.keep {
            return None;
        }
        self.engine.pages.lock().unwrap_or_else(PoisonError::into_inner).get(out).cloned()
    }

    /// Remembers an output.
    pub(super) fn remember(&self, out: &OutPath, page: Remembered) -> Arc<Remembered> {
        let page = Arc::new(page);
        let mut pages = self.engine.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(out.clone(), page.clone());
        page
    }

    /// Forgets outputs that the site no longer has.
    pub(super) fn forget(&self) {
        let mut pages = self.engine.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|out, _| self.site.routes.get(out).is_some());
    }

    /// Whether a view that was made of these inputs would be the same today.
    pub(super) fn holds(&self, inputs: &Inputs) -> bool {
        inputs.shared == self.shared
            && inputs.bodies.iter().all(|(page, digest)| self.body_digest(*page) == *digest)
    }

    fn body_digest(&self, page: PageIx) -> Digest {
        self.bodies[page.0 as usize]
    }
}
