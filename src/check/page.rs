//! What one page links to, and what can link to it.

use std::collections::BTreeSet;

use crate::base::{BaseUrl, UrlPath};

use super::href::{Target, resolve};
use super::scan::{PageLinks, scan};

/// The links and anchors of one page, as the check over all pages needs them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Links inside the site: path and anchor, each once, with the URL as it is written.
    pub links: BTreeSet<Link>,
    /// Every anchor.
    pub anchors: BTreeSet<Box<str>>,
}

/// A link inside the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The path from the site's root, without the base URL's own path.
    pub path: Box<str>,
    /// The anchor.
    pub anchor: Option<Box<str>>,
    /// The URL as the page has it.
    pub written: Box<str>,
    /// A root-relative link that does not start with the base URL's own path.
    pub outside: bool,
}

/// Lists a page's links inside the site and its anchors.
pub fn check(html: &str, url: &UrlPath, base: &BaseUrl) -> Checked {
    let PageLinks { links, ids, .. } = scan(html);
    let mut checked = Checked::default();
    for link in links {
        let (path, anchor, outside) = match resolve(url, &link.url, base) {
            Target::Internal { path, fragment } => (path, fragment, false),
            Target::OutsideBase { path } => (path, None, true),
            _ => continue,
        };
        checked.links.insert(Link {
            path: path.into(),
            anchor: anchor.map(Into::into),
            written: link.url.into(),
            outside,
        });
    }
    checked.anchors = ids.into_iter().map(|(id, _)| id.into()).collect();
    checked
}
