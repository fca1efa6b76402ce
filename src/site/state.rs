//! Which pages are part of the site at the instant of the build.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{OutPath, SourcePath};
use crate::content::date::Date;
use crate::content::document::Summary;
use crate::content::kind::{Identity, Kind};
use crate::content::model::Status;
use crate::diag::Code;

use super::paths::{page_out, page_path};
use super::{Page, PageIx, Problem, Where};

/// The instant of the build, and what it lets in.
#[derive(Debug, Clone)]
pub struct Instant {
    /// Now.
    pub now: Timestamp,
    /// The site's time zone: when a day begins.
    pub zone: TimeZone,
    /// Drafts are pages too.
    pub drafts: bool,
    /// Pages that are published later are pages too.
    pub future: bool,
    /// Doubtful pages, whose front matter does not tell whether they are public, are pages too: their errors keep the site
    /// from being built.
    pub doubtful: bool,
}

/// How a page of the site is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In full, and in lists.
    Public,
    /// At its URL, under a banner, and in no list.
    Withdrawn,
    /// The same, because its last day has passed.
    Expired(Date),
}

impl State {
    /// Whether lists show the page.
    pub fn is_listed(self) -> bool {
        self == Self::Public
    }
}

impl Instant {
    /// The state of a page; `None` when it is not public yet.
    pub fn state(&self, summary: &Summary) -> Option<State> {
        let held = summary.status == Status::Draft || (summary.doubtful && !self.doubtful);
        if held && !self.drafts {
            return None;
        }
        let scheduled = |date: Date| date.begins(&self.zone) > self.now;
        if !self.future && summary.published.is_some_and(scheduled) {
            return None;
        }
        if summary.status == Status::Withdrawn {
            return Some(State::Withdrawn);
        }
        match summary.expires {
            Some(date) if date.ends(&self.zone) <= self.now => Some(State::Expired(date)),
            _ => Some(State::Public),
        }
    }
}

/// A file of content that has errors of its own and is left out for them. Whoever refers to it is not told that it is
/// unknown: the file says itself what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub path: SourcePath,
    /// What it would be.
    pub kind: Kind,
    /// Its id.
    pub id: Arc<str>,
    /// Where it would be written: by its slug if that could be read, otherwise by its id.
    pub out: Option<OutPath>,
}

impl Broken {
    /// A file with a summary.
    pub fn page(path: &SourcePath, summary: &Summary) -> Self {
        Self {
            path: path.clone(),
            kind: summary.kind,
            id: summary.id.clone(),
            out: page_out(summary),
        }
    }

    /// A file of which nothing could be read.
    pub fn unread(path: &SourcePath, identity: &Identity) -> Self {
        let out = page_path(identity.kind, &identity.id);
        Self { path: path.clone(), kind: identity.kind, id: identity.id.clone(), out }
    }
}

/// The pages of the site, and what stays out of it.
pub(super) struct Admitted {
    pub(super) pages: Vec<Page>,
    pub(super) ids: FxHashMap<Arc<str>, PageIx>,
    pub(super) hidden_ids: FxHashMap<Arc<str>, Kind>,
    pub(super) hidden_files: FxHashMap<SourcePath, ()>,
    pub(super) hidden_outs: FxHashSet<OutPath>,
}

/// Sorts out which pages are part of the site. Of two files with one id the first by path has it.
pub(super) fn admit(pages: Vec<Page>, instant: &Instant, problems: &mut Vec<Problem>) -> Admitted {
    let mut admitted = Admitted {
        pages: Vec::with_capacity(pages.len()),
        ids: FxHashMap::default(),
        hidden_ids: FxHashMap::default(),
        hidden_files: FxHashMap::default(),
        hidden_outs: FxHashSet::default(),
    };
    admitted.ids.reserve(pages.len());
    let mut hidden: FxHashMap<Arc<str>, SourcePath> = FxHashMap::default();
    let own = |page: Page| (page_out(&page.summary), instant.state(&page.summary), page);
    let pages: Vec<_> = pages.into_par_iter().map(own).collect();
    for (out, state, mut page) in pages {
        let id = &page.summary.id;
        let owner = admitted.ids.get(id).map(|ix| &admitted.pages[ix.0 as usize].path);
        let first = hidden.get(id).or(owner).cloned();
        if let Some(first) = &first {
            problems.push(
                Problem::new(
                    Code::DuplicateId,
                    Where::file(&page.path),
                    format!("the id \"{id}\" is used by two files: `{first}` and `{}`", page.path),
                )
                .help("rename one of the two files; the id is the file's name")
                .related("the other file", Where::file(first)),
            );
        }
        let (Some(state), Some(out)) = (state, &out) else {
            if first.is_none() {
                hidden.insert(id.clone(), page.path.clone());
            }
            if state.is_none() {
                admitted.hidden_ids.insert(id.clone(), page.summary.kind);
                admitted.hidden_files.insert(page.path.composed(), ());
                admitted.hidden_outs.extend(out);
            }
            continue;
        };
        if first.is_none() {
            admitted.ids.insert(id.clone(), PageIx(admitted.pages.len() as u32));
        }
        page.state = state;
        page.out = out.clone();
        admitted.pages.push(page);
    }
    admitted
}

/// The files of pages that are not public yet, and those that lie in the folders of such pages.
pub(super) fn with_those_beside(
    mut hidden: FxHashMap<SourcePath, ()>,
    files: &[SourcePath],
) -> FxHashMap<SourcePath, ()> {
    if hidden.is_empty() {
        return hidden;
    }
    let is_beside = |file: &&SourcePath| {
        let folders = file.as_str().match_indices('/').map(|(at, _)| &file.as_str()[..=at]);
        let mut pages =
            folders.map(|folder| SourcePath::new(format!("{folder}index.md")).composed());
        pages.any(|page| hidden.contains_key(&page))
    };
    let beside: Vec<SourcePath> = files.iter().filter(is_beside).cloned().collect();
    hidden.extend(beside.into_iter().map(|file| (file.composed(), ())));
    hidden
}
