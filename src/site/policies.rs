//! What pages may load and do, as browsers are told: the Content Security Policies of a site.
//!
//! An answer has the policy of its sort of page in a header, and a page has its own in its head; a browser keeps to both. The
//! header is the outer bound, the same for all pages, so that a host needs few rules; the page's own is exact.

use std::sync::Arc;

use super::Page;
use crate::config::{AllowedOrigins, CspDirective};
use crate::content::outside::Outside;

/// A document in a sandbox runs no script, sends no form, and has an origin that no other document shares.
pub(super) const SANDBOX: &str = "sandbox";

/// What pages may load and do: what the site itself has, and pictures from elsewhere, which a text may show.
const OF_ANSWERS: [(&str, &str); 10] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: https:"),
    ("media-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
];

/// The same in the head of a page, which knows the hosts of its pictures.
const OF_PAGE: [(&str, &str); 10] = [
    ("default-src", "'none'"),
    ("style-src", "'self'"),
    ("font-src", "'self'"),
    ("img-src", "'self' data:"),
    ("media-src", "'self'"),
    ("script-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
];

/// Where content is trusted: its HTML may load what its authors wrote.
const OF_TRUSTED: &str = "object-src 'none'; base-uri 'self'";

/// No other site may frame a page, or every site may.
const UNFRAMED: &str = "; frame-ancestors 'none'";
const FRAMED: &str = "; frame-ancestors *";

/// The policies of a site. What many outputs share is one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// The origins that the site's settings add for all pages.
    allowed: AllowedOrigins,
    is_trusted: bool,
    /// In the header of pages.
    pub pages: Arc<str>,
    /// In the header of pages that other sites may frame. Nothing of the site's own runs there.
    pub framed: Arc<str>,
    /// In the header of documents that the site's authors brought along.
    pub(super) sandbox: Arc<str>,
    /// In the head of a page that adds no origin.
    plain: Arc<str>,
}

impl Policies {
    /// The policies of a site, whose pages load from the origins that its settings add. `shown`: those that some of its pages
    /// add of their own, and the others do not. `is_trusted`: whether the HTML of content is passed through.
    pub fn new(allowed: AllowedOrigins, shown: &AllowedOrigins, is_trusted: bool) -> Self {
        let none = AllowedOrigins::default();
        let (pages, framed) = match is_trusted {
            true => (OF_TRUSTED.to_owned(), OF_TRUSTED.to_owned()),
            false => (text(&OF_ANSWERS, &[&allowed, shown]), text(&OF_ANSWERS, &[&none])),
        };
        Self {
            is_trusted,
            pages: (pages + UNFRAMED).into(),
            framed: (framed + FRAMED).into(),
            sandbox: SANDBOX.into(),
            plain: text(&OF_PAGE, &[&allowed]).into(),
            allowed,
        }
    }

    /// The policy in the head of a page, which loads from origins of its own. None where content is trusted.
    pub fn of_page(&self, own: &AllowedOrigins) -> Option<Arc<str>> {
        match own.is_empty() {
            _ if self.is_trusted => None,
            true => Some(self.plain.clone()),
            false => Some(text(&OF_PAGE, &[&self.allowed, own]).into()),
        }
    }
}

/// A policy with what is added to it. A directive that pages have no sources for is there only where one is added.
fn text(base: &[(&str, &str)], added: &[&AllowedOrigins]) -> String {
    let mut directives: Vec<String> = Vec::new();
    for (name, own) in base.iter().copied().chain([("frame-src", "")]) {
        let mut origins: Vec<&str> = added.iter().flat_map(|added| added.of(name)).collect();
        origins.sort_unstable();
        origins.dedup();
        if !own.is_empty() || !origins.is_empty() {
            let parts = [name, own].into_iter().chain(origins).filter(|part| !part.is_empty());
            directives.push(parts.collect::<Vec<_>>().join(" "));
        }
    }
    directives.join("; ")
}

/// The origins of the frames that pages show when a reader asks for them.
pub(super) fn framed(pages: &[Page]) -> AllowedOrigins {
    let mut origins = AllowedOrigins::default();
    for link in pages.iter().flat_map(|page| &page.summary.pictures) {
        if let Some(outside) = Outside::of_link(link) {
            origins.add(CspDirective::Frame, outside.origin);
        }
    }
    origins
}
