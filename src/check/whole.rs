//! The links of a whole build, held in little memory.
//!
//! Every page's anchors stay as numbers until the last page is made; its links are looked up at once and only those
//! to anchors of other pages are kept, as numbers too. A page with a link that may lead nowhere is made again, to
//! say which: in a sound site there is none.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{BaseUrl, Digest, OutPath};
use crate::site::Outputs;

use super::formats::links_of;
use super::href::candidates;
use super::page::inside;
use super::scan::PageLinks;

/// The outputs of a build by URL, and by their place in the order of all.
pub struct Destinations<'a> {
    all: &'a Outputs,
    /// By the URL as a number: to look it up means to look at one place in memory, and not at the URL itself as well.
    urls: FxHashMap<u64, u32>,
}

/// What stays of a page's links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptLinks {
    /// Its anchors, sorted.
    anchors: Box<[u32]>,
    /// Links to anchors of other pages: the page's place, and the anchor.
    elsewhere: Box<[(u32, u32)]>,
    /// Whether a link leads to no output, or to an anchor that the page itself does not have.
    is_faulty: bool,
}

impl<'a> Destinations<'a> {
    /// The outputs of a build.
    pub fn new(all: &'a Outputs) -> Self {
        let url = |at: usize, out: &OutPath| (url_number(out.url().as_str()), at as u32);
        let urls = all.iter().enumerate().map(|(at, output)| url(at, &output.path)).collect();
        Self { all, urls }
    }

    /// Looks up the links of an output's text. `at` is the output's own place.
    pub fn keep(&self, at: usize, text: &str, base: &BaseUrl) -> KeptLinks {
        let output = &self.all.all()[at];
        let PageLinks { links, ids } = links_of(text, output.media_type, base);
        let url = output.path.url();
        let (mut elsewhere, mut own, mut is_faulty) = (Vec::new(), Vec::new(), false);
        for link in &links {
            let Some(link) = inside(&link.url, &url, base) else { continue };
            let to = if link.outside { None } else { self.find(&link.path) };
            match (to, &link.anchor) {
                (None, _) => is_faulty = true,
                (Some(_), None) => {}
                (Some(to), Some(anchor)) if to as usize == at => own.push(number(anchor)),
                (Some(to), Some(anchor)) => elsewhere.push((to, number(anchor))),
            }
        }
        elsewhere.sort_unstable();
        elsewhere.dedup();
        let mut anchors: Vec<u32> = ids.iter().map(|(id, _)| number(id)).collect();
        anchors.sort_unstable();
        let mut kept =
            KeptLinks { anchors: anchors.into(), elsewhere: elsewhere.into(), is_faulty };
        kept.is_faulty |= !own.into_iter().all(|anchor| kept.has(anchor));
        kept
    }

    /// The places of the pages that have a link that leads nowhere. `kept` is in the order of the outputs, without an
    /// entry for what has no links.
    pub fn faulty(&self, kept: &[Option<Arc<KeptLinks>>]) -> Vec<usize> {
        let leads = |(to, anchor): &(u32, u32)| has(kept, *to as usize, *anchor).unwrap_or(false);
        let is_faulty = |page: &KeptLinks| page.is_faulty || !page.elsewhere.iter().all(leads);
        let pages = kept.par_iter().enumerate();
        pages.filter(|(_, page)| page.as_deref().is_some_and(is_faulty)).map(|(at, _)| at).collect()
    }

    /// Whether an output has an anchor; `None` for one that is not a page.
    pub fn has_anchor(
        &self,
        kept: &[Option<Arc<KeptLinks>>],
        out: &OutPath,
        anchor: &str,
    ) -> Option<bool> {
        let at = self.all.place(out)?;
        has(kept, at, number(anchor))
    }

    fn find(&self, path: &str) -> Option<u32> {
        if let Some(at) = self.urls.get(&url_number(path)) {
            return Some(*at);
        }
        candidates(path).find_map(|out| self.all.place(&out)).map(|at| at as u32)
    }
}

impl KeptLinks {
    fn has(&self, anchor: u32) -> bool {
        self.anchors.binary_search(&anchor).is_ok() || anchor == number("top")
    }
}

fn has(kept: &[Option<Arc<KeptLinks>>], at: usize, anchor: u32) -> Option<bool> {
    Some(kept.get(at)?.as_ref()?.has(anchor))
}

/// A URL as a number. A dead link passes unseen if an output has the same: with 100,000 outputs, one dead link in a hundred
/// trillion.
fn url_number(url: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = Digest::of(url.as_bytes()).to_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// An anchor as a number. A dead link passes unseen if its page has another anchor of the same number: of 40 anchors, one
/// dead link in a hundred million.
fn number(anchor: &str) -> u32 {
    let [a, b, c, d, ..] = Digest::of(anchor.as_bytes()).to_bytes();
    u32::from_le_bytes([a, b, c, d])
}
