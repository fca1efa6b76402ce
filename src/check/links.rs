//! Every link inside the site leads to an output, and to an anchor that is there.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::{BaseUrl, MOST_SUGGESTED, OutPath, UrlPath, composed_url, nearest};
use crate::site::{Output, Producer, Site, Subject};

use super::href::{UrlTarget, candidates, resolve};
use super::page::{Checked, SiteLink};

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead<'a> {
    /// The output that has it.
    pub output: &'a Output,
    /// The link.
    pub link: &'a SiteLink,
    /// What is not there.
    pub what: Missing,
    /// The nearest thing that is.
    pub suggestion: Option<String>,
}

/// What a link fails to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The page.
    Page,
    /// The anchor on it.
    Anchor,
    /// The base URL's path before it.
    Base,
}

/// Whether an output has an anchor, when that is known.
pub type Known<'a> = &'a dyn Fn(&OutPath, &str) -> Option<bool>;

/// An output with its links.
pub type CheckedOutput<'a> = (&'a Output, &'a Checked);

/// Finds every link that leads nowhere, in the order of the pages.
///
/// Anchors that content may link to are in summaries, so one page can be checked alone; the anchors that templates
/// made on other pages (`b-…`) are then taken on trust. `known` says what a whole build knows of other pages.
pub fn dead<'a>(site: &Site, pages: &[CheckedOutput<'a>], known: Known<'_>) -> Vec<Dead<'a>> {
    let mut seen: FxHashMap<&str, Option<OutPath>> = FxHashMap::default();
    let mut near = NearestTargets { site, urls: OnceCell::new(), found: FxHashMap::default() };
    let mut dead = Vec::new();
    for (output, checked) in pages {
        let out = &output.path;
        for link in &checked.links {
            let found = if link.outside {
                None
            } else {
                seen.entry(&link.path)
                    .or_insert_with(|| {
                        candidates(&link.path).find(|path| site.outputs.get(path).is_some())
                    })
                    .clone()
            };
            let what = match (&found, &link.anchor) {
                (None, _) if link.outside => Missing::Base,
                // Its file says itself what is wrong with it.
                (None, _) if candidates(&link.path).any(|out| site.is_broken_out(&out)) => {
                    continue;
                }
                (None, _) => Missing::Page,
                (Some(to), Some(anchor)) if !has_anchor(site, to, anchor, out, checked, known) => {
                    Missing::Anchor
                }
                _ => continue,
            };
            let suggestion = near.to(link, what, found.as_ref(), out, checked);
            dead.push(Dead { output, link, what, suggestion });
        }
    }
    dead
}

/// What is at a root-relative URL, as an author wrote it.
pub enum Root {
    /// This output.
    There(OutPath),
    /// A page that is not public yet.
    Hidden,
    /// A page that is left out because its file has errors of its own.
    Broken,
    /// Nothing; what would be there, if that is a path at all.
    Missing(Option<OutPath>),
}

/// Looks for what is at a root-relative URL. Front matter has paths, in which no character has a meaning of its own: the
/// URL as it is comes first.
pub fn root(site: &Site, url: &str) -> Root {
    let is_there = |out: &OutPath| site.outputs.get(out).is_some();
    if let Some(out) = OutPath::new(url.trim_start_matches('/')).ok().filter(is_there) {
        return Root::There(out);
    }
    let home = OutPath::home().url();
    let url = composed_url(url);
    let UrlTarget::Internal { path, .. } = resolve(&home, &url, &BaseUrl::default()) else {
        return Root::Missing(None);
    };
    if let Some(out) = candidates(&path).find(is_there) {
        return Root::There(out);
    }
    match candidates(&path).next() {
        Some(out) if site.is_hidden_out(&out) => Root::Hidden,
        Some(out) if site.is_broken_out(&out) => Root::Broken,
        out => Root::Missing(out),
    }
}

/// What to write instead of a path that names a file of `static/` with its folder.
pub fn without_static(site: &Site, out: &OutPath) -> Option<String> {
    let below = OutPath::new(out.as_str().strip_prefix("static/")?).ok()?;
    site.outputs.get(&below)?;
    Some(format!("the files of static/ are at the top of the site: write `{}`", below.url()))
}

/// Whether a root-relative URL, as an author wrote it, leads to a page that is not public yet.
pub fn leads_to_hidden(site: &Site, url: &str) -> bool {
    // Few sites have such a page at any time, and every link asks.
    if !site.has_hidden() {
        return false;
    }
    let home = OutPath::home().url();
    let UrlTarget::Internal { path, .. } = resolve(&home, url, &BaseUrl::default()) else {
        return false;
    };
    let mut outs = candidates(&path);
    let first = outs.find(|out| site.outputs.get(out).is_some() || site.is_hidden_out(out));
    first.is_some_and(|out| site.is_hidden_out(&out))
}

fn has_anchor(
    site: &Site,
    to: &OutPath,
    anchor: &str,
    from: &OutPath,
    own: &Checked,
    known: Known<'_>,
) -> bool {
    if to == from {
        return own.anchors.contains(anchor) || anchor == "top";
    }
    if let Some(found) = known(to, anchor) {
        return found;
    }
    // A page that was not rendered here, or a file: content's anchors are known, those of templates are trusted.
    anchor.starts_with("b-")
        || content_anchors(site, to)
            .is_none_or(|anchors| anchors.binary_search_by(|own| (**own).cmp(anchor)).is_ok())
}

/// The anchors that a page of content offers, sorted; none for an output without one.
fn content_anchors<'a>(site: &'a Site, out: &OutPath) -> Option<&'a [Arc<str>]> {
    let output = site.outputs.get(out)?;
    let page = match output.producer {
        Producer::Page(Subject::Page(ix)) => ix,
        Producer::Page(Subject::Topic(ix)) => site.in_edition(output.edition).topic(ix).page?,
        _ => return None,
    };
    Some(&site.page(page).summary.anchors)
}

/// What is missing: a path and nothing, or the page that should have an anchor, the anchor, and whether the link is one
/// of the page's own.
type Gone = (Box<str>, Option<(Box<str>, bool)>);

/// What is nearest to what links fail to find: looked for once for each missing thing, and for the first
/// [`MOST_SUGGESTED`] of them.
struct NearestTargets<'a> {
    site: &'a Site,
    /// The URLs of all outputs.
    urls: OnceCell<Vec<UrlPath>>,
    found: FxHashMap<Gone, Option<String>>,
}

impl NearestTargets<'_> {
    fn to(
        &mut self,
        link: &SiteLink,
        what: Missing,
        found: Option<&OutPath>,
        from: &OutPath,
        own: &Checked,
    ) -> Option<String> {
        let key = match what {
            Missing::Base => return None,
            Missing::Page => (link.path.clone(), None),
            Missing::Anchor => {
                let (to, anchor) = (found?, link.anchor.clone()?);
                (to.as_str().into(), Some((anchor, to == from)))
            }
        };
        if let Some(near) = self.found.get(&key) {
            return near.clone();
        }
        if self.found.len() == MOST_SUGGESTED {
            return None;
        }
        let near = match found.filter(|_| what == Missing::Anchor) {
            Some(to) => anchor(self.site, link.anchor.as_deref()?, to, from, own),
            None => {
                let urls = || self.site.outputs.iter().map(|output| output.path.url()).collect();
                let urls = self.urls.get_or_init(urls);
                of_stem(&link.path, urls)
                    .or_else(|| nearest(&link.path, urls.iter().map(|url| url.as_str())))
            }
        };
        let near = near.map(str::to_string);
        self.found.insert(key, near.clone());
        near
    }
}

/// The only page that is called as the file of a path is: `/guide/backups/` for `/manual/backups.html`.
fn of_stem<'a>(path: &str, urls: &'a [UrlPath]) -> Option<&'a str> {
    let file = path.rsplit('/').next()?;
    let (stem, _) = file.rsplit_once('.').filter(|(_, end)| {
        ["html", "htm", "md", "php", "aspx"].iter().any(|known| end.eq_ignore_ascii_case(known))
    })?;
    let is_named = |url: &&UrlPath| {
        let segments = url.as_str().strip_suffix('/').and_then(|url| url.rsplit('/').next());
        !stem.is_empty() && segments.is_some_and(|last| last.eq_ignore_ascii_case(stem))
    };
    let mut named = urls.iter().filter(is_named);
    let first = named.next()?;
    named.next().is_none().then_some(first.as_str())
}

/// The nearest anchor of a page.
fn anchor<'a>(
    site: &'a Site,
    anchor: &str,
    to: &OutPath,
    from: &OutPath,
    own: &'a Checked,
) -> Option<&'a str> {
    // The anchors of templates are of use to templates alone.
    if to == from && (anchor.starts_with("b-") || content_anchors(site, to).is_none()) {
        return nearest(anchor, own.anchors.iter().map(|anchor| &**anchor));
    }
    nearest(anchor, content_anchors(site, to)?.iter().map(|anchor| &**anchor))
}
