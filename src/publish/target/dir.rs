//! `dir:PATH`: a local or mounted folder.
//!
//! Where it can be, PATH is a symbolic link to a release: `.briefing-NAME/releases/ID`, beside it. A new release is put
//! together there, out of readers' reach, and then one rename makes the link lead to it. Files that do not change are
//! hard links to those of the release before. A folder that is there already, or a mount point, is written file by file.

mod kept;
mod listed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files::{self, parent_and_name};
use crate::publish::plan::{Remote, RemoteFile, Upload};
use crate::publish::release::{Pending, Record, Release, ReleaseId};
use crate::publish::steps::PublishStep;
use crate::release::DiskError;
use crate::release::disk::{Disk, DiskNode};
use crate::release::folders::prune;
use crate::release::lock::Lock;

use super::visibility::Visibility;
use super::{Abilities, LocalMachine, Session, Target, Work, held, not_ours, token};
use kept::{Past, ReleaseFolders};

/// A folder as a target.
pub(super) struct Dir {
    disk: Disk,
    /// What readers are given: a folder, a link of ours, or nothing yet.
    root: PathBuf,
    /// Where records, and releases, are.
    state: PathBuf,
    mode: Visibility,
    /// Where releases are kept; none where readers could reach them.
    kept: Option<ReleaseFolders>,
}

impl Dir {
    /// Looks at what is there. Changes nothing.
    ///
    /// # Errors
    /// The folder above does not exist, or the folder may never be written.
    pub(super) fn open(path: &Path, local: &LocalMachine) -> Result<Self, PublishError> {
        let disk = Disk::default();
        let shown = local.base.join(path);
        let mut root = shown.clone();
        let (parent, name) = loop {
            let (parent, name) = parent_and_name(&root).ok_or_else(|| {
                PublishError::refused(format!("`{}` is not a folder with a name", shown.display()))
            })?;
            let parent = disk.canonical(&parent).map_err(|error| {
                // A share that is not mounted must not become a folder on this disk.
                DiskError::over("find the folder", &parent)(error)
            })?;
            root = parent.join(&name);
            let ours = parent.join(format!(".briefing-{name}")).join("releases");
            match disk.look(&root)? {
                Some(DiskNode::Other) if std::fs::read_link(&root).is_err() => {
                    let message =
                        format!("`{}` is neither a folder nor a link to one", shown.display());
                    return Err(PublishError::refused(message));
                }
                Some(DiskNode::Other) if !leads_below(&root, &ours) => {
                    // A link that is not ours stands for the folder that it leads to.
                    root =
                        disk.canonical(&root).map_err(DiskError::over("follow the link", &root))?;
                }
                Some(DiskNode::File(_)) => {
                    return Err(PublishError::refused(format!("`{}` is a file", shown.display())));
                }
                _ => break (parent, name),
            }
        };
        files::refuse_sources(&root, &local.site)?;
        let beside = parent.join(format!(".briefing-{name}"));
        let mode = mode(&disk, &root, &parent)?;
        let inside = root.join(".briefing");
        let exists = |path: &Path| disk.look(path).map(|node| node.is_some());
        let apart = exists(&root)? && disk.apart(&root, &parent);
        let private = mode == Visibility::Link
            || (!apart && (exists(&beside)? || !exists(&inside)?) && files::is_writable(&parent));
        let state = if private { beside } else { inside };
        let own = private.then(|| state.join("releases"));
        // A link of ours leads to where releases always are.
        let kept = match local.history.as_ref().filter(|_| mode != Visibility::Link) {
            Some(named) => Some(ReleaseFolders::named(&disk, &local.base.join(named), &root)?),
            None => own.map(ReleaseFolders::beside),
        };
        Ok(Self { disk, root, state, mode, kept })
    }

    fn record(&self) -> PathBuf {
        self.state.join("record.json")
    }

    fn pending(&self) -> PathBuf {
        self.state.join("pending.json")
    }

    /// The bytes of a file of ours, if it is there.
    fn own(&self, path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(self.disk.read_if_file(path)?)
    }

    /// The release that the link leads to.
    fn linked(&self) -> Option<ReleaseId> {
        let target = std::fs::read_link(&self.root).ok()?;
        ReleaseId::new(target.file_name()?.to_str()?)
    }

    /// What changes with every publish.
    fn token(&self, record: Option<&[u8]>) -> String {
        let linked = self.linked().map(|id| id.to_string()).unwrap_or_default();
        format!("{} {linked}", token(record))
    }
}

impl Target for Dir {
    fn abilities(&self) -> Result<Abilities, PublishError> {
        let (name, own) = (self.root.display().to_string(), self.state.display().to_string());
        Ok(self.mode.abilities(&name, &own, self.kept.is_some()))
    }

    fn observe(&self) -> Result<Remote, PublishError> {
        let bytes = self.own(&self.record())?;
        let pending = self.own(&self.pending())?;
        let token = self.token(bytes.as_deref());
        let mut remote = Remote::read(token, bytes.as_deref(), pending.as_deref());
        if let Some(id) = self.linked() {
            remote.is_live(id);
        }
        if let Some(kept) = &self.kept {
            remote.history = kept.history(&self.disk, &remote.record)?;
            remote.taken = kept.taken(&self.disk)?.into_iter().collect();
        }
        let listed = self.list(&self.root)?;
        let found = listed.paths.into_par_iter().map(|path| {
            let sum = files::digest(&path.below(&self.root))?;
            Ok((path, RemoteFile { sum: Some(sum), headers: None }))
        });
        remote.there = found.collect::<Result<BTreeMap<_, _>, DiskError>>()?;
        let irregular = listed.irregular.iter().chain(&listed.empty);
        remote.irregular = irregular.map(|path| path.display().to_string()).collect();
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), PublishError> {
        let Some(kept) = &self.kept else {
            return Err(PublishError::refused(
                "this target keeps no earlier releases: name a private folder with `history:`",
            ));
        };
        let folder = kept.find(&self.disk, &release.id);
        let damaged = release
            .files
            .par_iter()
            .find_any(|(path, entry)| files::digest(&path.below(&folder)).ok() != Some(entry.sum));
        match damaged {
            None => Ok(()),
            Some((path, _)) => Err(PublishError::refused(format!(
                "release {} is not kept as it was: `{}` differs or is missing",
                release.id,
                path.below(&folder).display()
            ))),
        }
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError> {
        let private = |path: &Path| self.disk.create_private_folders(path);
        match self.mode {
            // Readers pass through it.
            Visibility::Link => {
                let releases = self.state.join("releases");
                self.disk.create_folders(&releases)?;
                for folder in [&self.state, &releases] {
                    self.disk.show(folder)?;
                }
            }
            Visibility::Files(_) => private(&self.state)?,
        }
        let (lock, holder) = (self.state.join("lock"), self.state.join("holder"));
        let Some(held) = self.disk.lock(&lock)? else {
            let who = self.own(&holder)?.unwrap_or_default();
            return Err(held(&String::from_utf8_lossy(&who), &self.root.display().to_string()));
        };
        let record = self.own(&self.record())?;
        let record = record.as_deref();
        work.refuse_moved(&self.token(record), record, self.linked())?;
        self.disk.write(&holder, work.who.as_bytes())?;
        let tmp = self.state.join("tmp");
        private(&tmp)?;
        self.clear_temporary(&tmp)?;
        let before = record.and_then(|bytes| Record::from_json(bytes).ok()).unwrap_or_default();
        let left = self.own(&self.pending())?.as_deref().and_then(Pending::from_json);
        let count = Mutex::new(0);
        Ok(Box::new(DirSession { dir: self, work, before, left, tmp, _lock: held, count }))
    }
}

/// Whether a link leads into a folder.
fn leads_below(link: &Path, folder: &Path) -> bool {
    let target = std::fs::read_link(link).ok();
    let parent = link.parent().unwrap_or(link);
    target.is_some_and(|target| parent.join(target).parent() == Some(folder))
}

fn mode(disk: &Disk, root: &Path, parent: &Path) -> Result<Visibility, PublishError> {
    if !cfg!(unix) {
        return Ok(Visibility::Files("is on a system where links are for administrators"));
    }
    Ok(match disk.look(root)? {
        Some(DiskNode::Other) => Visibility::Link,
        _ if !files::is_writable(parent) => {
            Visibility::Files("lies in a folder that cannot be written")
        }
        None => Visibility::Link,
        Some(_) if disk.apart(root, parent) => {
            Visibility::Files("is a mount point, which cannot be renamed")
        }
        Some(_) if disk.is_empty(root)? => Visibility::Link,
        Some(_) => Visibility::Files("is a folder with files, not a link to a release"),
    })
}

struct DirSession<'a> {
    dir: &'a Dir,
    work: &'a Work<'a>,
    /// The record that the target had when the run began.
    before: Record,
    /// What a run has left that did not come to its end.
    left: Option<Pending>,
    /// A folder for files that are being written, on the file system of the target.
    tmp: PathBuf,
    _lock: Lock,
    count: Mutex<u64>,
}

impl DirSession<'_> {
    /// The folder of the release that becomes live.
    fn next(&self) -> Option<PathBuf> {
        let (plan, kept) = (self.work.plan, self.dir.kept.as_ref()?);
        Some(match &plan.back_to {
            Some(id) => kept.find(&self.dir.disk, id),
            None => kept.place(plan.record.live.as_ref()?),
        })
    }

    /// Puts together what stays: links to all files that readers can see now, but for those that are changed or removed.
    fn assemble(&self) -> Result<(), PublishError> {
        let (plan, disk, root) = (self.work.plan, &self.dir.disk, &self.dir.root);
        let Some(next) = self.next() else { return Ok(()) };
        self.mirror(Path::new(""), &next)?;
        let release = plan.release().map(|release| &release.files);
        let is_own = |path: &OutPath| release.is_some_and(|files| files.contains_key(path));
        let is_back = plan.back_to.is_some();
        if is_back {
            self.set_aside(&next, &is_own)?;
        }
        let gone: BTreeSet<&OutPath> =
            plan.added.iter().chain(&plan.changed).chain(&plan.removed).collect();
        let listed = self.dir.list(root)?;
        let stays = |path: &&OutPath| !(gone.contains(path) || is_back && is_own(path));
        for path in listed.paths.iter().filter(stays) {
            self.work.steps.before(PublishStep::Keep(path))?;
            let (from, to) = (path.below(root), path.below(&next));
            self.mirror(Path::new(path.as_str()).parent().unwrap_or(Path::new("")), &next)?;
            disk.link_or_copy(&from, &to).map_err(DiskError::over("keep", &to))?;
            if is_own(path) {
                // It may have been made for fewer.
                disk.show(&to)?;
            }
        }
        for name in &listed.irregular {
            self.mirror(name.parent().unwrap_or(Path::new("")), &next)?;
            let to = next.join(name);
            files::keep_irregular(disk, &root.join(name), &to)
                .map_err(DiskError::at("keep", &to))?;
        }
        for name in &listed.empty {
            self.mirror(name, &next)?;
        }
        Ok(())
    }

    /// Makes a folder of the new release, with the permissions of the one that readers see.
    fn mirror(&self, relative: &Path, next: &Path) -> Result<(), PublishError> {
        let (disk, to) = (&self.dir.disk, next.join(relative));
        let mut made = Vec::new();
        disk.create_noting(&to, &mut made)?;
        for folder in made {
            let Ok(relative) = folder.strip_prefix(next) else { continue };
            let from = self.dir.root.join(relative);
            if disk.look(&from)? == Some(DiskNode::Folder) {
                let done = disk.copy_permissions(&from, &folder);
                done.map_err(DiskError::over("set the permissions of", &folder))?;
            }
        }
        Ok(())
    }

    /// Takes from an earlier release what others had put beside it: what they have there now takes its place.
    fn set_aside(
        &self,
        next: &Path,
        is_own: &dyn Fn(&OutPath) -> bool,
    ) -> Result<(), PublishError> {
        let (dir, disk) = (self.dir, &self.dir.disk);
        let listed = dir.list(next)?;
        let others = listed.paths.iter().filter(|path| !is_own(path));
        let others = others.map(|path| PathBuf::from(path.as_str())).chain(listed.irregular);
        for name in others {
            let (from, shown) = (next.join(&name), dir.root.join(&name));
            // A file of an earlier release, which was kept for pages that were open then.
            let carried = OutPath::from_disk(&name).filter(|path| {
                let release = self.work.plan.release();
                let entry = release.and_then(|release| release.carried.get(path));
                entry.is_some_and(|entry| files::digest(&from).is_ok_and(|sum| sum == entry.sum))
            });
            if carried.is_some() || files::is_copy(&from, &shown) {
                disk.remove(&from)?;
                continue;
            }
            let id = next.file_name().unwrap_or_default();
            let to = files::free(disk, &dir.state.join("aside").join(id).join(&name))?;
            self.private_parent(&to)?;
            disk.rename(&from, &to).map_err(DiskError::over("keep", &to))?;
        }
        Ok(())
    }

    /// Removes what a run has left that did not come to its end. It may have filled the disk.
    fn clear(&self) -> Result<(), PublishError> {
        let (dir, plan) = (self.dir, self.work.plan);
        let Some(kept) = &dir.kept else { return Ok(()) };
        if let Some(left) = self.left.as_ref().map(|left| &left.release) {
            let is_known =
                dir.linked().as_ref() == Some(&left.id) || self.before.release(&left.id).is_some();
            if !is_known {
                kept.forget(&dir.disk, left, &dir.root, Past::Unseen)?;
            }
        }
        let Some(next) = plan.new_release().map(|release| kept.place(&release.id)) else {
            return Ok(());
        };
        match dir.disk.look(&next)? {
            None => Ok(()),
            Some(_) => Err(not_ours(&next.display().to_string())),
        }
    }

    /// Nothing is pending any more.
    fn finish(&self) -> Result<(), PublishError> {
        let pending = self.dir.pending();
        Ok(self.dir.disk.remove(&pending)?)
    }

    fn private_parent(&self, path: &Path) -> Result<(), PublishError> {
        let folder = path.parent().unwrap_or(path);
        Ok(self.dir.disk.create_private_folders(folder)?)
    }

    /// Replaces a file of ours in one step.
    fn save(&self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        Ok(self.dir.disk.replace(path, &self.temporary(), &|out| out.write_all(bytes))?)
    }

    fn temporary(&self) -> PathBuf {
        let mut count = self.count.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *count += 1;
        self.tmp.join(count.to_string())
    }

    /// Where the bytes of a file come from.
    fn from(&self, path: &OutPath) -> PathBuf {
        match (&self.work.plan.back_to, &self.dir.kept) {
            (Some(id), Some(kept)) => path.below(&kept.find(&self.dir.disk, id)),
            _ => path.below(self.work.stage),
        }
    }

    fn put_one(&self, upload: &Upload<'_>) -> Result<(), PublishError> {
        let (disk, path) = (&self.dir.disk, upload.path);
        self.work.steps.before(PublishStep::Put(path, upload.entry.len))?;
        let from = self.from(path);
        if self.dir.mode == Visibility::Link {
            let Some(next) = self.next().filter(|_| self.work.plan.back_to.is_none()) else {
                return Ok(());
            };
            let to = path.below(&next);
            disk.create_above(&to)?;
            return Ok(disk.link_or_copy(&from, &to)?);
        }
        let (temporary, to) = (self.temporary(), path.below(&self.dir.root));
        disk.copy(&from, &temporary)?;
        files::refuse_links(disk, &self.dir.root, path)?;
        disk.create_above(&to)?;
        Ok(disk.rename(&temporary, &to)?)
    }

    /// Keeps the bytes of files that others have edited, before they are replaced or removed.
    fn keep_edited(&self) -> Result<(), PublishError> {
        let (dir, plan) = (self.dir, self.work.plan);
        let Some(id) = &plan.record.live else { return Ok(()) };
        for path in &plan.edited {
            let from = path.below(&dir.root);
            let to = path.below(&dir.state.join("edited").join(id.as_str()));
            if files::is_copy(&from, &to) {
                // By a run that was killed.
                continue;
            }
            let to = files::free(&dir.disk, &to)?;
            self.private_parent(&to)?;
            dir.disk.duplicate(&from, &to).map_err(DiskError::over("keep", &to))?;
        }
        Ok(())
    }

    /// Keeps the bytes of what is live now, for a rollback.
    fn archive(&self) -> Result<(), PublishError> {
        let disk = &self.dir.disk;
        let (Some(kept), Some(release)) = (&self.dir.kept, self.work.plan.new_release()) else {
            return Ok(());
        };
        let next = kept.place(&release.id);
        self.work.steps.before(PublishStep::Archive)?;
        self.private_parent(&next)?;
        for path in release.files.keys() {
            let to = path.below(&next);
            disk.create_above(&to)?;
            disk.link_or_copy(&path.below(&self.dir.root), &to)
                .map_err(DiskError::over("keep", &to))?;
        }
        Ok(())
    }
}

impl Session for DirSession<'_> {
    fn prepare(&self) -> Result<(), PublishError> {
        let plan = self.work.plan;
        self.clear()?;
        if let Some(pending) = plan.pending() {
            self.save(&self.dir.pending(), &pending.to_json())?;
        }
        if self.dir.mode == Visibility::Link && plan.is_release {
            self.assemble()
        } else {
            self.keep_edited()
        }
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        uploads.par_iter().try_for_each(|upload| self.put_one(upload))
    }

    fn remove(&self, paths: &[&OutPath]) -> Result<(), PublishError> {
        if self.dir.mode == Visibility::Link && self.work.plan.is_release {
            // They are in no new release.
            return Ok(());
        }
        let (disk, root) = (&self.dir.disk, &self.dir.root);
        for path in paths {
            self.work.steps.before(PublishStep::Remove(path))?;
            files::refuse_links(disk, root, path)?;
            disk.remove(&path.below(root))?;
            prune(disk, root, [*path], |_| false)?;
        }
        Ok(())
    }

    fn switch(&self) -> Result<(), PublishError> {
        let (dir, plan) = (self.dir, self.work.plan);
        if plan.is_release && dir.mode == Visibility::Link {
            self.work.steps.before(PublishStep::Switch)?;
            let next = self.next().unwrap_or_default();
            files::point(&dir.disk, &dir.root, &next, &self.temporary())?;
        } else {
            self.archive()?;
        }
        self.work.steps.before(PublishStep::Record)?;
        self.save(&dir.record(), &plan.record.to_json())?;
        if plan.has_more(dir.mode == Visibility::Link) { Ok(()) } else { self.finish() }
    }

    fn prune(&self) -> Result<(), PublishError> {
        let (dir, disk) = (self.dir, &self.dir.disk);
        for release in &self.work.plan.gone {
            if let Some(kept) = &dir.kept {
                kept.forget(disk, release, &dir.root, Past::Seen)?;
            }
        }
        dir.clear_temporary(&self.tmp)?;
        disk.remove_empty(&self.tmp)?;
        self.finish()
    }
}
