//! The releases that a target keeps, and the removal of those that no record needs: only of files that a record of this
//! target named.

use std::collections::BTreeSet;

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::history::History;
use crate::publish::release::{Record, Release, ReleaseId};
use crate::publish::rsync::{DIGESTS, Removals};
use crate::release::disk::Disk;

use crate::publish::target::not_ours;

use super::{OWN, PRIVATE, Rsync, RsyncSession};

impl Rsync {
    /// What lies in the folder that the user named.
    pub(super) fn history(&self, record: &Record) -> Result<Option<History>, PublishError> {
        let Some(named) = &self.named else { return Ok(None) };
        let names = self.names(named)?;
        let folder = named.trim_end_matches('/').to_owned();
        Ok(Some(History::new(folder, self.releases.trim_end_matches('/'), &names, record)))
    }

    /// The names of what lies in a folder.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        let listed = self.rsync.list(folder, &["--no-recursive", "--dirs"])?.unwrap_or_default();
        Ok(listed.into_iter().map(|one| one.name.trim_end_matches('/').to_owned()).collect())
    }

    /// The folder in which a release lies that the record names.
    pub(super) fn folder_of(&self, id: &ReleaseId) -> Result<&str, PublishError> {
        let Some(named) = &self.named else { return Ok(&self.releases) };
        let is_in = |folder: &str| {
            self.names(folder).map(|names| names.iter().any(|name| name == id.as_str()))
        };
        match !is_in(&self.releases)? && is_in(named)? {
            true => Ok(named),
            false => Ok(&self.releases),
        }
    }
}

impl RsyncSession<'_> {
    /// Refuses to put a new release where something lies that no record of this target names.
    pub(super) fn refuse_others(&self) -> Result<(), PublishError> {
        let Some(id) = self.work.plan.unused_id(self.state.pending.as_ref()) else {
            return Ok(());
        };
        match self.state.releases.iter().any(|name| name == id.as_str()) {
            false => Ok(()),
            true => Err(not_ours(&format!("{}{id}", self.to.releases))),
        }
    }

    /// Makes the folder of our own below the one that the user named.
    pub(super) fn create_history(&self) -> Result<(), PublishError> {
        let Some(named) = &self.to.named else { return Ok(()) };
        let from = self.to.rsync.empty("own")?;
        let own = self.to.releases.strip_prefix(named.as_str()).unwrap_or_default();
        let folder = from.join(own);
        Disk::default().create_folders(&folder)?;
        let from = format!("{}/./{own}", from.display());
        self.to.rsync.send(&from, named, &["--recursive", "--relative", PRIVATE])
    }

    /// Keeps the bytes of files that others have edited, before they are replaced or removed.
    pub(super) fn keep_edited(&self) -> Result<(), PublishError> {
        let (to, plan) = (self.to, self.work.plan);
        let Some(id) = plan.record.live.as_ref().filter(|_| !plan.edited.is_empty()) else {
            return Ok(());
        };
        let from = to.rsync.empty("edited")?;
        let folder = from.join(OWN).join("edited").join(id.as_str());
        Disk::default().create_folders(&folder)?;
        let list = to.rsync.files(plan.edited.iter())?;
        to.rsync.fetch(&to.root, &folder, &["--from0", &list])?;
        let from = format!("{}/./{OWN}/", from.display());
        let args = ["--recursive", "--relative", "--ignore-existing", PRIVATE];
        to.rsync.send(&from, &to.root, &args)
    }

    /// Removes the files of releases that the record has forgotten, as far as they are as they were sent.
    pub(super) fn forget(&self) -> Result<(), PublishError> {
        let (to, gone) = (self.to, &self.work.plan.gone);
        if gone.is_empty() {
            return Ok(());
        }
        for folder in [Some(&to.releases), to.named.as_ref()].into_iter().flatten() {
            let mut args: Vec<String> = DIGESTS.map(str::to_owned).to_vec();
            args.extend(gone.iter().map(|release| format!("--include=/{}/***", release.id)));
            args.push("--exclude=*".to_owned());
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let mut files = BTreeSet::new();
            for one in to.rsync.list(folder, &args)?.unwrap_or_default() {
                let Some((id, path)) = one.name.split_once('/') else { continue };
                let mut releases = gone.iter().filter(|release| release.id.as_str() == id);
                if releases.any(|release| has(release, path, one.mark.as_deref())) {
                    files.insert(one.name);
                }
            }
            let files = files.into_iter().collect();
            to.rsync.remove(folder, &Removals { files, trees: Vec::new() })?;
        }
        Ok(())
    }
}

/// Whether a release has this file, with these bytes.
fn has(release: &Release, path: &str, mark: Option<&str>) -> bool {
    let entry = OutPath::new(path).ok().and_then(|path| release.files.get(&path));
    entry.is_some_and(|entry| mark.is_some() && entry.mark.as_deref() == mark)
}
