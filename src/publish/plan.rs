//! What a publish will do: a pure function of the release to make visible and of what the target holds.
//!
//! Nothing is decided later than here. What is not ours is never in a plan's lists, but for what `--adopt` takes over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{OutPath, Phase};
use crate::release::order::{parents, split_removals};

use super::history::History;
use super::phases::{Before, UploadPhase};
use super::release::{
    ContentHash, Headers, KEPT, Pending, Record, Release, ReleaseEntry, ReleaseId,
};

/// A file that a target holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemoteFile {
    /// The digest of its bytes, where the target knows it; otherwise the file counts as changed.
    pub sum: Option<ContentHash>,
    /// The headers that it is served with, where the target keeps them.
    pub headers: Option<Headers>,
}

/// What a target holds.
#[derive(Debug, Clone, Default)]
pub struct Remote {
    /// Its record; empty for a target that has none.
    pub record: Record,
    /// Why a record that is there counts for nothing.
    pub distrusted: Option<String>,
    /// What a publish has left that was killed.
    pub pending: Option<Pending>,
    /// Every file that readers can see, by path; our own records are left out.
    pub there: BTreeMap<OutPath, RemoteFile>,
    /// Names that no file of ours can have, and links: never touched.
    pub irregular: Vec<String>,
    /// Names in its folder of releases: no new release gets one of them.
    pub taken: BTreeSet<String>,
    /// The folder that the user named for earlier releases.
    pub history: Option<History>,
    /// Changes with every publish, so that a plan for an older state is refused.
    pub token: String,
}

impl Default for Record {
    fn default() -> Self {
        Self::new(None, Vec::new())
    }
}

/// What is to become visible.
#[derive(Debug, Clone)]
pub enum Goal {
    /// A release that was just built.
    Publish(Release),
    /// A release that the target has kept.
    Rollback(ReleaseId),
}

/// What a publish will do. Lists are sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Files that the target does not have.
    pub added: Vec<OutPath>,
    /// Files whose bytes differ.
    pub changed: Vec<OutPath>,
    /// Files of which only the headers differ.
    pub headers: Vec<OutPath>,
    /// Files of ours that are removed.
    pub removed: Vec<OutPath>,
    /// How many of the removed files readers could find in the release that is live.
    pub deletions: usize,
    /// Files of earlier releases that stay for pages which are open in a browser.
    pub retained: Vec<OutPath>,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// Files among the above that the target has and that are not ours.
    pub adopted: Vec<OutPath>,
    /// How many files of others stay where they are.
    pub foreign: usize,
    /// Files of others at the path of a folder, or in a folder at the path of a file.
    pub blocked: Vec<String>,
    /// Whether the target holds files, and no record of ours.
    pub first_into_filled: bool,
    /// Whether readers will see another release than now. Otherwise only what a killed run left is put in order.
    pub is_release: bool,
    /// Whether there is anything to do at all.
    pub is_needed: bool,
    /// The record that the target will have.
    pub record: Record,
    /// Files among the changed that a killed run has left, and that readers are led to by nothing.
    pub left: BTreeSet<OutPath>,
    /// Files that are to be removed, and those that killed runs have left, until this run is done.
    pub claims: Vec<OutPath>,
    /// Releases that the record names no longer, or never did, and whose bytes are removed.
    pub gone: Vec<Release>,
    /// Files among the changed and the removed that others have edited at the target.
    pub edited: Vec<OutPath>,
    /// The release whose bytes come from the target itself.
    pub back_to: Option<ReleaseId>,
    /// Whether a run that failed has left something at the target.
    pub after_failed: bool,
    /// The state of the target that this was planned for.
    pub token: String,
}

/// A file to send.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// Its path at the target.
    pub path: &'a OutPath,
    /// What it is.
    pub entry: &'a ReleaseEntry,
}

/// Files that a host keeps beside a site and that do not make a target filled.
const HARMLESS: [&str; 2] = ["CNAME", ".nojekyll"];

/// Compares a release with what a target holds.
///
/// `headers`: whether the target keeps headers. `prune`: whether files are removed at once that would stay for open pages.
/// A rollback to a release that the record does not have is planned as nothing to do.
pub fn plan(goal: &Goal, remote: &Remote, headers: bool, prune: bool) -> Plan {
    let nothing =
        || Plan { record: remote.record.clone(), token: remote.token.clone(), ..Plan::default() };
    let (next, back_to) = match goal {
        Goal::Publish(release) => (with_marks(release, remote), None),
        Goal::Rollback(id) => match remote.record.release(id) {
            Some(release) => (release.clone(), Some(id.clone())),
            None => return nothing(),
        },
    };
    let live = remote.record.live();
    let releases = || remote.record.releases.iter();
    let left: BTreeSet<&OutPath> = remote.pending.iter().flat_map(Pending::paths).collect();
    let ours: BTreeSet<&OutPath> =
        releases().flat_map(|release| release.files.keys()).chain(left.iter().copied()).collect();
    let (after_failed, token) = (remote.pending.is_some(), remote.token.clone());
    let mut plan = Plan { back_to, after_failed, token, ..Plan::default() };
    for (path, entry) in &next.files {
        let Some(found) = remote.there.get(path) else {
            plan.added.push(path.clone());
            continue;
        };
        if found.sum != Some(entry.sum) {
            plan.changed.push(path.clone());
        } else if headers && found.headers.as_ref().is_some_and(|found| *found != entry.headers) {
            plan.headers.push(path.clone());
        } else {
            plan.unchanged += 1;
        }
        if !ours.contains(path) {
            plan.adopted.push(path.clone());
        }
    }
    let reachable = reachable(remote);
    let stale = |path: &&OutPath| ours.contains(path) && !reachable.contains(*path);
    plan.left = plan.changed.iter().filter(stale).cloned().collect();
    plan.is_release = plan.puts() > 0
        || match &plan.back_to {
            Some(id) => remote.record.live.as_ref() != Some(id),
            None => !live.is_some_and(|live| same(live, &next, headers)),
        };
    // Pages of the last releases may still be open. A new release takes the place of the oldest.
    let recent = if plan.is_release && plan.back_to.is_none() { KEPT - 1 } else { KEPT };
    let open: BTreeSet<&OutPath> = releases()
        .take(recent)
        .chain(live)
        .flat_map(|release| &release.files)
        .filter(|(_, entry)| !prune && entry.phase() == Phase::Asset)
        .map(|(path, _)| path)
        .collect();
    let mut foreign: BTreeSet<&str> = remote.irregular.iter().map(String::as_str).collect();
    for path in remote.there.keys().filter(|path| !next.files.contains_key(*path)) {
        if open.contains(path) {
            plan.retained.push(path.clone());
        } else if ours.contains(path) {
            plan.deletions += usize::from(live.is_some_and(|live| live.files.contains_key(path)));
            plan.removed.push(path.clone());
        } else {
            foreign.insert(path.as_str());
        }
    }
    plan.foreign = foreign.len();
    let claims: BTreeSet<&OutPath> = left.iter().copied().chain(&plan.removed).collect();
    let claims = claims.into_iter().filter(|path| remote.there.contains_key(*path));
    plan.claims = claims.cloned().collect();
    let touched = plan.changed.iter().chain(&plan.removed);
    plan.edited = touched.filter(|path| is_edited(remote, path)).cloned().collect();
    plan.edited.sort();
    plan.blocked = blocked(&next, &foreign);
    let harmless = |path: &OutPath| HARMLESS.contains(&path.as_str());
    plan.first_into_filled = remote.record.releases.is_empty()
        && remote.pending.is_none()
        && (!remote.irregular.is_empty() || remote.there.keys().any(|path| !harmless(path)));
    plan.is_needed = plan.is_release || !plan.removed.is_empty() || remote.pending.is_some();
    plan.record = match (plan.is_release, &plan.back_to) {
        (false, _) => remote.record.clone(),
        (true, Some(id)) => Record::new(Some(id.clone()), remote.record.releases.clone()),
        (true, None) => record(next, remote),
    };
    if plan.is_release {
        plan.carry(remote);
    }
    plan.gone = gone(&plan.record, remote);
    plan
}

/// Every release that a record of this target has named, and that the next one does not.
fn gone(next: &Record, remote: &Remote) -> Vec<Release> {
    let pending = remote.pending.iter().flat_map(Pending::releases);
    let mut gone: BTreeMap<&ReleaseId, &Release> = BTreeMap::new();
    for release in pending.chain(&remote.record.releases) {
        if next.release(&release.id).is_none() {
            gone.insert(&release.id, release);
        }
    }
    gone.into_values().cloned().collect()
}

/// Whether a file of ours has bytes that no run of ours has sent.
fn is_edited(remote: &Remote, path: &OutPath) -> bool {
    let pending = remote.pending.as_ref();
    // Of what runs have left that were killed before the last one, only the names are known.
    if pending.is_some_and(|pending| pending.claims.contains(path)) {
        return false;
    }
    let left = pending.into_iter().flat_map(Pending::releases);
    let left = left.filter_map(|release| release.files.get(path));
    let mut known = left.chain(remote.record.known(path)).peekable();
    let Some(found) = remote.there.get(path).filter(|_| known.peek().is_some()) else {
        return false;
    };
    match found.sum {
        Some(sum) => known.all(|entry| entry.sum != sum),
        // The target knows it by no mark of ours; of what a killed run has sent there may be no mark.
        None => !pending.is_some_and(|pending| pending.release.files.contains_key(path)),
    }
}

impl Remote {
    /// A target's record, and what is pending there. One that cannot be read grants nothing.
    pub(super) fn read(token: String, record: Option<&[u8]>, pending: Option<&[u8]>) -> Self {
        let pending = pending.and_then(Pending::from_json);
        let (record, distrusted) = match record.map(Record::from_json) {
            Some(Ok(record)) => (record, None),
            Some(Err(why)) => (Record::default(), Some(why)),
            None => (Record::default(), None),
        };
        Self { record, distrusted, pending, token, ..Self::default() }
    }

    /// The digests of files by the target's own marks of their bytes: of releases, and of what a killed run was sending.
    pub(super) fn sums_by_mark(&self) -> BTreeMap<Arc<str>, ContentHash> {
        let sending = self.pending.iter().map(|pending| &pending.release);
        let releases = sending.chain(&self.record.releases);
        let entries = releases.flat_map(|release| release.files.values());
        entries.filter_map(|entry| Some((entry.mark.clone()?, entry.sum))).collect()
    }

    /// Takes over which release is live from the target itself: a run may have been killed before it wrote its record.
    pub(super) fn is_live(&mut self, id: ReleaseId) {
        if self.record.release(&id).is_some() {
            self.record.live = Some(id);
        } else if let Some(pending) =
            self.pending.as_ref().filter(|pending| pending.release.id == id)
        {
            let mut releases = vec![pending.release.clone()];
            releases.append(&mut self.record.releases);
            self.record = Record::new(Some(id), releases);
        }
    }
}

impl Plan {
    /// The release that readers will see.
    pub fn release(&self) -> Option<&Release> {
        self.record.live()
    }

    /// What is written down before the first step; nothing when readers will see the same release.
    pub fn pending(&self) -> Option<Pending> {
        self.pending_of(&self.record)
    }

    /// The same, with the release as a record has it: that of the plan, with the target's marks.
    pub(super) fn pending_of(&self, record: &Record) -> Option<Pending> {
        let release = record.live().filter(|_| self.is_release)?.clone();
        Some(Pending { release, claims: self.claims.clone(), gone: self.gone.clone(), by: None })
    }

    /// The release that readers will see, where it was just built and is not one that the target has kept.
    pub(super) fn new_release(&self) -> Option<&Release> {
        self.release().filter(|_| self.is_release && self.back_to.is_none())
    }

    /// The new release, unless a killed run may have put files of it at the target.
    pub(super) fn unused_id(&self, left: Option<&Pending>) -> Option<&ReleaseId> {
        let id = &self.new_release()?.id;
        let mut named = left.into_iter().flat_map(Pending::releases);
        (!named.any(|release| release.id == *id)).then_some(id)
    }

    /// Writes down which files of earlier releases lie beside those of the one that becomes live.
    fn carry(&mut self, remote: &Remote) {
        let entry = |path: &OutPath| {
            let sum = remote.there.get(path).and_then(|found| found.sum);
            let mut known = remote.record.known(path);
            Some((path.clone(), known.find(|entry| Some(entry.sum) == sum)?.clone()))
        };
        if let Some(release) = self.record.live_mut() {
            release.carried.extend(self.retained.iter().filter_map(entry));
        }
    }

    /// Whether something is to be removed after the release has become visible. `atomic`: whether its files are then out of
    /// readers' sight anyway.
    pub(super) fn has_more(&self, atomic: bool) -> bool {
        let at_once = atomic && self.is_release;
        !self.gone.is_empty() || (!at_once && !self.removals().1.is_empty())
    }

    /// How many files are sent.
    pub fn puts(&self) -> usize {
        self.added.len() + self.changed.len() + self.headers.len()
    }

    /// How many bytes are sent.
    pub fn bytes(&self) -> u64 {
        let files = self.release().map(|release| &release.files);
        let sent = self.added.iter().chain(&self.changed);
        sent.filter_map(|path| Some(files?.get(path)?.len)).sum()
    }

    /// What is sent in a phase, in the order of paths.
    pub fn uploads(&self, phase: UploadPhase) -> Vec<Upload<'_>> {
        let Some(release) = self.release() else { return Vec::new() };
        let new = self.added.iter().map(|path| (path, Before::Nothing));
        let old =
            self.changed.iter().chain(&self.headers).map(|path| {
                (path, if self.left.contains(path) { Before::Left } else { Before::Live })
            });
        let mut uploads: Vec<_> = new
            .chain(old)
            .filter_map(|(path, before)| Some((path, release.files.get(path)?, before)))
            .filter(|(_, entry, before)| UploadPhase::of(entry, *before) == phase)
            .map(|(path, entry, _)| Upload { path, entry })
            .collect();
        uploads.sort_by_key(|upload| upload.path);
        uploads
    }

    /// Removals that must come first, because a new file or folder needs the name; then those that can wait.
    pub fn removals(&self) -> (Vec<&OutPath>, Vec<&OutPath>) {
        let files = self.release().into_iter().flat_map(|release| release.files.keys());
        split_removals(&self.removed, files)
    }
}

/// Files of ours that readers may be led to, and that refer to nothing that is not there. After a killed run these are
/// its own if it had sent everything; those of both releases if it had sent all that was new; else those before it.
fn reachable(remote: &Remote) -> BTreeSet<&OutPath> {
    let live = || remote.record.live().into_iter().flat_map(|live| live.files.keys());
    let Some(pending) = &remote.pending else { return live().collect() };
    let files = &pending.release.files;
    let known: BTreeSet<&OutPath> = live().collect();
    let is_sent = |(path, entry): (&OutPath, &ReleaseEntry)| {
        remote.there.get(path).is_some_and(|found| found.sum == Some(entry.sum))
    };
    if files.iter().all(is_sent) {
        files.keys().collect()
    } else if files.iter().filter(|(path, _)| !known.contains(path)).all(is_sent) {
        known.into_iter().chain(files.keys()).collect()
    } else {
        known
    }
}

/// What is not ours and in the way.
fn blocked(next: &Release, foreign: &BTreeSet<&str>) -> Vec<String> {
    let folders: BTreeSet<&str> =
        next.files.keys().flat_map(|path| parents(path.as_str())).collect();
    let file = |text: &str| OutPath::new(text).is_ok_and(|path| next.files.contains_key(&path));
    let in_the_way =
        |text: &&&str| file(text) || folders.contains(**text) || parents(text).any(file);
    foreign.iter().filter(in_the_way).map(|text| (*text).to_owned()).collect()
}

/// Takes over the target's marks for bytes that it has already.
fn with_marks(release: &Release, remote: &Remote) -> Release {
    let mut release = release.clone();
    for (path, entry) in &mut release.files {
        let same = remote.record.known(path).find(|old| old.sum == entry.sum && old.mark.is_some());
        entry.mark = same.and_then(|old| old.mark.clone());
    }
    release
}

/// Whether readers would see a difference.
fn same(live: &Release, next: &Release, headers: bool) -> bool {
    live.files.len() == next.files.len()
        && live.files.iter().zip(&next.files).all(|((path, entry), (other, next))| {
            path == other && entry.sum == next.sum && (!headers || entry.headers == next.headers)
        })
}

/// The record with a new release: the one that was live stays, then the newest others.
fn record(mut next: Release, remote: &Remote) -> Record {
    let live = &remote.record.live;
    next.before.clone_from(live);
    let id = next.id.clone();
    let mut others: Vec<&Release> =
        remote.record.releases.iter().filter(|old| old.id != id).collect();
    while others.len() > KEPT - 1 {
        let last = others.iter().rposition(|old| Some(&old.id) != live.as_ref()).unwrap_or(0);
        others.remove(last);
    }
    let releases = [next].into_iter().chain(others.into_iter().cloned()).collect();
    Record::new(Some(id), releases)
}

#[cfg(test)]
mod tests;
