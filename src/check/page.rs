//! What one page links to, and what can link to it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::{BaseUrl, MediaType, UrlPath};

use super::formats::links_of;
use super::href::{UrlTarget, resolve};
use super::scan::PageLinks;

/// The links and anchors of one output, as the check over all pages needs them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Links inside the site: path and anchor, each once, with the URL as it is written.
    pub links: BTreeSet<SiteLink>,
    /// Every anchor.
    pub anchors: BTreeSet<Box<str>>,
}

/// A link inside the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteLink {
    /// The path from the site's root, without the base URL's own path.
    pub path: Box<str>,
    /// The anchor.
    pub anchor: Option<Box<str>>,
    /// The URL as the page has it.
    pub written: Box<str>,
    /// A root-relative link that does not start with the base URL's own path.
    pub outside: bool,
}

/// A link inside the site, as it is found.
pub(super) struct InnerLink<'a> {
    pub(super) path: Cow<'a, str>,
    pub(super) anchor: Option<Cow<'a, str>>,
    pub(super) outside: bool,
}

/// Where a URL on a page leads inside the site; none for another site.
pub(super) fn inside<'a>(url: &'a str, page: &'a UrlPath, base: &BaseUrl) -> Option<InnerLink<'a>> {
    match resolve(page, url, base) {
        UrlTarget::Internal { path, fragment } => {
            Some(InnerLink { path, anchor: fragment, outside: false })
        }
        UrlTarget::OutsideBase { path } => Some(InnerLink { path, anchor: None, outside: true }),
        _ => None,
    }
}

/// Lists an output's links inside the site and its anchors.
pub fn check(text: &str, media_type: MediaType, url: &UrlPath, base: &BaseUrl) -> Checked {
    let PageLinks { links, ids } = links_of(text, media_type, base);
    let link = |link: &super::ScannedLink<'_>| {
        let found = inside(&link.url, url, base)?;
        Some(SiteLink {
            path: found.path.into(),
            anchor: found.anchor.map(Into::into),
            written: (&*link.url).into(),
            outside: found.outside,
        })
    };
    Checked {
        links: links.iter().filter_map(link).collect(),
        anchors: ids.into_iter().map(|(id, _)| id.into()).collect(),
    }
}
