//! Which pages are part of the site at the instant of the build.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::base::{EntityId, OutPath, SourcePath, memo_key};
use crate::content::date::Date;
use crate::content::document::Summary;
use crate::content::kind::{Identity, Kind, is_index};
use crate::content::model::Status;
use crate::diag::{Code, Location};
use crate::lang::LangTag;

use super::paths::{page_out, page_path};
use super::{Page, PageIx, Problem};

memo_key! {
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
        /// Doubtful pages, whose front matter does not tell whether they are public, are pages too: their errors keep the
        /// site from being built.
        pub doubtful: bool,
    }
}

/// How a page of the site is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
        let dates = [summary.published, summary.not_before];
        if !self.future && dates.into_iter().flatten().any(scheduled) {
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

/// A file of content that has errors of its own and is left out for them. A reference to it is not
/// reported as unknown: the file has its own diagnostics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub path: SourcePath,
    /// What it would be.
    pub kind: Kind,
    /// Its id.
    pub id: EntityId,
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
    /// The pages of each edition, by id.
    pub(super) ids: Vec<FxHashMap<EntityId, PageIx>>,
    pub(super) hidden_ids: FxHashMap<EntityId, Kind>,
    /// The pages that are not public yet.
    pub(super) hidden: Vec<Page>,
    pub(super) hidden_outs: FxHashSet<OutPath>,
}

/// Sorts out which pages are part of the site, whose other languages are `languages`. Of two files with one id the first
/// by path has it.
pub(super) fn admit(
    pages: Vec<Page>,
    instant: &Instant,
    languages: &[&LangTag],
    problems: &mut Vec<Problem>,
) -> Admitted {
    let mut admitted = Admitted {
        pages: Vec::with_capacity(pages.len()),
        ids: vec![FxHashMap::default(); languages.len() + 1],
        hidden_ids: FxHashMap::default(),
        hidden: Vec::new(),
        hidden_outs: FxHashSet::default(),
    };
    admitted.ids[0].reserve(pages.len());
    let mut hidden: Vec<FxHashMap<EntityId, (SourcePath, Kind)>> =
        vec![FxHashMap::default(); languages.len() + 1];
    let own = |page: Page| (page_out(&page.summary), instant.state(&page.summary), page);
    let pages: Vec<_> = pages.into_par_iter().map(own).collect();
    for (out, state, mut page) in pages {
        let (id, kind) = (&page.summary.id, page.summary.kind);
        let of_edition = |tag: &LangTag| languages.iter().position(|other| *other == tag);
        let edition =
            page.summary.edition.as_ref().map_or(Some(0), |tag| Some(of_edition(tag)? + 1));
        let in_edition = |edition: usize| {
            let shown = || {
                let page = &admitted.pages[admitted.ids[edition].get(id)?.0 as usize];
                Some((page.path.clone(), page.summary.kind))
            };
            hidden[edition].get(id).cloned().or_else(shown)
        };
        let another = || {
            let mut others = (0..=languages.len()).filter_map(in_edition);
            others.find(|(_, other)| *other != kind)
        };
        let first = edition.and_then(in_edition);
        let first = first.or_else(|| (!languages.is_empty()).then(another)?);
        if let Some((first, other)) = &first {
            problems.push(
                Problem::new(
                    Code::DuplicateId,
                    Location::file(&page.path),
                    format!("the id \"{id}\" is used by two files: `{first}` and `{}`", page.path),
                )
                .help(one_id((first, *other), (&page.path, kind), languages))
                .related("the other file", Location::file(first)),
            );
        }
        // A page in a language that the site does not have is in no edition; its file has an error.
        let state = state.filter(|_| edition.is_some());
        let (Some(state), Some(out)) = (state, &out) else {
            if let (None, Some(edition)) = (&first, edition) {
                hidden[edition].insert(id.clone(), (page.path.clone(), kind));
            }
            if state.is_none() {
                admitted.hidden_ids.insert(id.clone(), kind);
                admitted.hidden_outs.extend(out);
                admitted.hidden.push(page);
            }
            continue;
        };
        if let (None, Some(edition)) = (&first, edition) {
            admitted.ids[edition].insert(id.clone(), PageIx(admitted.pages.len() as u32));
        }
        page.state = state;
        page.out = out.clone();
        admitted.pages.push(page);
    }
    if !languages.is_empty() {
        // A translation may wait while the page itself is there.
        let is_shown = |id: &EntityId| admitted.ids.iter().any(|ids| ids.contains_key(id));
        admitted.hidden_ids.retain(|id, _| !is_shown(id));
    }
    admitted
}

/// What to do about two files with one id.
fn one_id(
    (first, kind): (&SourcePath, Kind),
    (second, other): (&SourcePath, Kind),
    languages: &[&LangTag],
) -> String {
    let language = |path: &SourcePath| Identity::of(path).and_then(|identity| identity.lang);
    if kind == other && language(first).is_some() != language(second).is_some() {
        let marked = if language(first).is_some() { first } else { second };
        return format!(
            "keep one of them: the name `{}` says the site's first language, which a page has by itself",
            marked.file_name()
        );
    }
    if kind == other && language(first).is_some() && is_index(first) != is_index(second) {
        return "keep one of them: both are the page in that language".into();
    }
    let folder = |path: &SourcePath| path.folder().rsplit('/').next().map(str::to_owned);
    let tag = |path: &SourcePath| {
        let folder = folder(path).filter(|folder| folder.len() < 4 || folder.contains('-'))?;
        LangTag::parse(&folder)
    };
    let mut in_folders =
        [first, second].into_iter().filter_map(|path| Some((path, tag(path)?))).collect::<Vec<_>>();
    // The first language of a site with several stands in no name.
    let is_other = |(_, tag): &(&SourcePath, LangTag)| languages.contains(&tag);
    let has_both = in_folders.len() == 2 && !languages.is_empty();
    if !languages.is_empty() {
        in_folders.retain(is_other);
    }
    let in_folder = in_folders.into_iter().next();
    match in_folder.filter(|_| kind == other && language(first).is_none()) {
        Some((path, tag)) => {
            let name = path.file_name();
            let stem = name.strip_suffix(".md").unwrap_or(name);
            match has_both {
                true => format!(
                    "rename both: the page is `{name}`, and its translation `{stem}.{tag}.md`, in one folder"
                ),
                false => format!(
                    "rename one of the two files; the id is the file's name, and that of a translation is \
                     `{stem}.{tag}.md`"
                ),
            }
        }
        None => "rename one of the two files; the id is the file's name".into(),
    }
}
