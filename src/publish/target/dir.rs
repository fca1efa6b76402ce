//! `dir:PATH`: a local or mounted folder.
//!
//! Where it can be, PATH is a symbolic link to a release: `.briefing-NAME/releases/ID`, beside it. A new release is put
//! together there, out of readers' reach, and then one rename makes the link lead to it. Files that do not change are
//! hard links to those of the release before. A folder that is there already, or a mount point, is written file by file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rayon::prelude::*;

use crate::base::OutPath;
use crate::output::disk::{Disk, Lock, Node};
use crate::publish::error::Error;
use crate::publish::files::{self, parent_and_name};
use crate::publish::plan::{Found, Remote, Upload, parents};
use crate::publish::release::{Pending, Record, Release, ReleaseId, Sum};
use crate::publish::steps::Step;

use super::{Abilities, Local, Session, Target, Work, moved};

/// A folder as a target.
pub(super) struct Dir {
    disk: Disk,
    /// What readers are given: a folder, a link of ours, or nothing yet.
    root: PathBuf,
    /// Where records, and releases, are.
    state: PathBuf,
    mode: Mode,
    /// Where releases are kept; none where readers could reach them.
    releases: Option<PathBuf>,
}

/// How a release becomes visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// By one rename of a link.
    Link,
    /// File by file, for this reason.
    Files(&'static str),
}

impl Dir {
    /// Looks at what is there. Changes nothing.
    ///
    /// # Errors
    /// The folder above does not exist, or the folder may never be written.
    pub(super) fn open(path: &Path, local: &Local) -> Result<Self, Error> {
        let disk = Disk::default();
        let shown = local.base.join(path);
        let mut root = shown.clone();
        let (parent, name) = loop {
            let (parent, name) = parent_and_name(&root).ok_or_else(|| {
                Error::refused(format!("`{}` is not a folder with a name", shown.display()))
            })?;
            let parent = disk.canonical(&parent).map_err(|error| {
                // A share that is not mounted must not become a folder on this disk.
                Error::io("find the folder", &parent)(error)
            })?;
            root = parent.join(&name);
            let ours = parent.join(format!(".briefing-{name}")).join("releases");
            match disk.look(&root).map_err(Error::io("look at", &root))? {
                Some(Node::Other) if !leads_below(&root, &ours) => {
                    // Somebody else's link: the folder that it leads to is meant.
                    root = disk.canonical(&root).map_err(Error::io("follow the link", &root))?;
                }
                Some(Node::File(_)) => {
                    return Err(Error::refused(format!("`{}` is a file", shown.display())));
                }
                _ => break (parent, name),
            }
        };
        files::refuse_sources(&root, &local.site)?;
        let beside = parent.join(format!(".briefing-{name}"));
        let mode = mode(&disk, &root, &parent)?;
        let inside = root.join(".briefing");
        let exists =
            |path: &Path| Ok(disk.look(path).map_err(Error::io("look at", path))?.is_some());
        let apart = exists(&root)? && disk.apart(&root, &parent);
        let private = mode == Mode::Link
            || (!apart && (exists(&beside)? || !exists(&inside)?) && files::is_writable(&parent));
        let state = if private { beside } else { inside };
        let own = private.then(|| state.join("releases"));
        // A link of ours leads to where releases always are.
        let named = local.history.as_ref().map(|path| local.base.join(path));
        let named = named.filter(|_| mode != Mode::Link);
        let releases = named.or(own);
        Ok(Self { disk, root, state, mode, releases })
    }

    fn record(&self) -> PathBuf {
        self.state.join("record.json")
    }

    fn pending(&self) -> PathBuf {
        self.state.join("pending.json")
    }

    /// The bytes of a file of ours, if it is there.
    fn own(&self, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        match self.disk.look(path).map_err(Error::io("look at", path))? {
            Some(Node::File(_)) => self.disk.read(path).map(Some).map_err(Error::io("read", path)),
            _ => Ok(None),
        }
    }

    /// The release that the link leads to.
    fn linked(&self) -> Option<ReleaseId> {
        let target = std::fs::read_link(&self.root).ok()?;
        ReleaseId::new(target.file_name()?.to_str()?)
    }

    /// What changes when somebody else publishes.
    fn token(&self, record: Option<&[u8]>) -> String {
        let linked = self.linked().map(|id| id.to_string()).unwrap_or_default();
        format!("{} {linked}", record.map(|bytes| Sum::of(bytes).to_string()).unwrap_or_default())
    }
}

impl Target for Dir {
    fn abilities(&self) -> Result<Abilities, Error> {
        let name = self.root.display();
        let how = match self.mode {
            Mode::Link => format!("at once: `{name}` becomes a link to the new release"),
            Mode::Files(why) => {
                format!("file by file, in an order that breaks no page: `{name}` {why}")
            }
        };
        Ok(Abilities {
            atomic: self.mode == Mode::Link,
            headers: false,
            history: self.releases.is_some(),
            wait: Duration::from_secs(30),
            how,
        })
    }

    fn observe(&self) -> Result<Remote, Error> {
        let bytes = self.own(&self.record())?;
        let mut remote = Remote { token: self.token(bytes.as_deref()), ..Remote::default() };
        match bytes.as_deref().map(Record::from_json) {
            Some(Ok(record)) => remote.record = record,
            Some(Err(why)) => remote.distrusted = Some(why),
            None => {}
        }
        remote.pending = self.own(&self.pending())?.as_deref().and_then(Pending::from_json);
        if let Some(id) = self.linked() {
            remote.is_live(id);
        }
        let (paths, odd) = list(&self.disk, &self.root)?;
        let found = paths.into_par_iter().map(|path| {
            let place = path.below(&self.root);
            let (sum, _) = files::sum(&place).map_err(Error::io("read", &place))?;
            Ok((path, Found { sum: Some(sum), headers: None }))
        });
        remote.there = found.collect::<Result<BTreeMap<_, _>, Error>>()?;
        remote.odd = odd;
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), Error> {
        let Some(releases) = &self.releases else {
            return Err(Error::refused(
                "this target keeps no earlier releases: name a private folder with `history:`",
            ));
        };
        let folder = releases.join(release.id.as_str());
        let damaged = release.files.par_iter().find_any(|(path, entry)| {
            files::sum(&path.below(&folder)).map(|(sum, _)| sum).ok() != Some(entry.sum)
        });
        match damaged {
            None => Ok(()),
            Some((path, _)) => Err(Error::refused(format!(
                "release {} is not kept as it was: `{}` differs or is missing",
                release.id,
                path.below(&folder).display()
            ))),
        }
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, Error> {
        let create = |path: &Path| {
            self.disk.create_folders(path, &mut Vec::new()).map_err(Error::io("create", path))
        };
        create(&self.state)?;
        let (lock, holder) = (self.state.join("lock"), self.state.join("holder"));
        let Some(held) = self.disk.lock(&lock).map_err(Error::io("lock", &lock))? else {
            let who =
                self.own(&holder)?.map(|text| String::from_utf8_lossy(&text).trim().to_owned());
            let who = who.filter(|who| !who.is_empty()).unwrap_or_else(|| "somebody".into());
            return Err(Error::refused(format!(
                "{} is publishing to `{}`; wait for that to end, then publish again",
                files::printable(&who),
                self.root.display()
            )));
        };
        let record = self.own(&self.record())?;
        if self.token(record.as_deref()) != work.plan.token {
            let record = record.as_deref().and_then(|bytes| Record::from_json(bytes).ok());
            let live = self.linked().or(record.and_then(|record| record.live));
            return Err(moved(live.as_ref()));
        }
        self.disk.write(&holder, work.who.as_bytes()).map_err(Error::io("write", &holder))?;
        let tmp = self.state.join("tmp");
        self.disk.remove_tree(&tmp).map_err(Error::io("remove", &tmp))?;
        create(&tmp)?;
        let before = record.and_then(|bytes| Record::from_json(&bytes).ok()).unwrap_or_default();
        Ok(Box::new(DirSession { dir: self, work, before, tmp, _lock: held, count: Mutex::new(0) }))
    }
}

/// Every file below a document root, and the names of what cannot be ours.
fn list(disk: &Disk, root: &Path) -> Result<(Vec<OutPath>, Vec<String>), Error> {
    let (mut paths, mut odd) = (Vec::new(), Vec::new());
    if disk.look(root).map_err(Error::io("look at", root))?.is_none() {
        return Ok((paths, odd));
    }
    let root = disk.canonical(root).map_err(Error::io("find", root))?;
    let walk = disk.walk(&root).map_err(Error::io("read", &root))?.min_depth(1).into_iter();
    let ours = |entry: &walkdir::DirEntry| {
        entry.depth() == 1 && entry.file_name().as_encoded_bytes().starts_with(b".briefing")
    };
    for entry in walk.filter_entry(|entry| !ours(entry)) {
        let entry = entry.map_err(|error| Error::io("read", &root)(error.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(&root).unwrap_or(entry.path());
        match files::out_path(relative).filter(|_| entry.file_type().is_file()) {
            Some(path) => paths.push(path),
            None => odd.push(relative.display().to_string()),
        }
    }
    Ok((paths, odd))
}

/// Whether a link leads into a folder.
fn leads_below(link: &Path, folder: &Path) -> bool {
    let target = std::fs::read_link(link).ok();
    let parent = link.parent().unwrap_or(link);
    target.is_some_and(|target| parent.join(target).parent() == Some(folder))
}

fn mode(disk: &Disk, root: &Path, parent: &Path) -> Result<Mode, Error> {
    if !cfg!(unix) {
        return Ok(Mode::Files("is on a system where links are for administrators"));
    }
    Ok(match disk.look(root).map_err(Error::io("look at", root))? {
        Some(Node::Other) => Mode::Link,
        _ if !files::is_writable(parent) => Mode::Files("lies in a folder that cannot be written"),
        None => Mode::Link,
        Some(_) if disk.apart(root, parent) => {
            Mode::Files("is a mount point, which cannot be renamed")
        }
        Some(_) if disk.is_empty(root).map_err(Error::io("read", root))? => Mode::Link,
        Some(_) => Mode::Files("is a folder with files, not a link to a release"),
    })
}

struct DirSession<'a> {
    dir: &'a Dir,
    work: &'a Work<'a>,
    /// The record that the target had when the run began.
    before: Record,
    /// A folder for files that are being written, on the file system of the target.
    tmp: PathBuf,
    _lock: Lock,
    count: Mutex<u64>,
}

impl DirSession<'_> {
    /// The folder of the release that becomes live.
    fn next(&self) -> Option<PathBuf> {
        let id = self.work.plan.live.as_ref()?;
        Some(self.dir.releases.as_ref()?.join(id.as_str()))
    }

    /// Puts together what stays: links to all files that readers can see now, but for those that change or go.
    fn assemble(&self) -> Result<(), Error> {
        let (plan, disk) = (self.work.plan, &self.dir.disk);
        let Some(next) = self.next() else { return Ok(()) };
        let kept = plan.back_to.is_some();
        if !kept {
            disk.remove_tree(&next).map_err(Error::io("remove", &next))?;
        }
        disk.create_folders(&next, &mut Vec::new()).map_err(Error::io("create", &next))?;
        let release = plan.release().map(|release| &release.files);
        let is_own = |path: &OutPath| release.is_some_and(|files| files.contains_key(path));
        let gone: BTreeSet<&OutPath> =
            plan.added.iter().chain(&plan.changed).chain(&plan.removed).collect();
        if kept {
            // What others had put beside that release is not what they have there now.
            let (paths, _) = list(disk, &next)?;
            for path in paths.iter().filter(|path| !is_own(path)) {
                let place = path.below(&next);
                disk.remove(&place).map_err(Error::io("remove", &place))?;
            }
        }
        let (paths, odd) = list(disk, &self.dir.root)?;
        for path in paths.iter().filter(|path| !(gone.contains(path) || kept && is_own(path))) {
            self.work.steps.before(Step::Keep(path))?;
            let (from, to) = (path.below(&self.dir.root), path.below(&next));
            self.parent(&to)?;
            disk.link_or_copy(&from, &to).map_err(Error::io("keep", &to))?;
        }
        for name in &odd {
            files::keep_odd(&self.dir.root.join(name), &next.join(name));
        }
        Ok(())
    }

    /// Removes what a run has left that did not come to its end. It may have filled the disk.
    fn clear(&self) -> Result<(), Error> {
        let (dir, disk) = (self.dir, &self.dir.disk);
        let (Some(releases), Some(bytes)) = (&dir.releases, dir.own(&dir.pending())?) else {
            return Ok(());
        };
        let id = Pending::from_json(&bytes).map(|pending| pending.release.id);
        let known = |id: &ReleaseId| {
            let records = [&self.before, &self.work.plan.record];
            dir.linked().as_ref() == Some(id)
                || records.iter().any(|record| record.release(id).is_some())
        };
        let Some(id) = id.filter(|id| !known(id)) else { return Ok(()) };
        let left = releases.join(id.as_str());
        disk.remove_tree(&left).map_err(Error::io("remove", &left))
    }

    /// Removes the files of releases that the record has forgotten.
    fn forget(&self) -> Result<(), Error> {
        let disk = &self.dir.disk;
        if let Some(releases) = &self.dir.releases
            && disk.look(releases).map_err(Error::io("look at", releases))?.is_some()
        {
            let walk = disk.walk(releases).map_err(Error::io("read", releases))?;
            for entry in walk.min_depth(1).max_depth(1) {
                let entry = entry.map_err(|error| Error::io("read", releases)(error.into()))?;
                let id = entry.file_name().to_str().and_then(ReleaseId::new);
                let known = id.is_some_and(|id| self.work.plan.record.release(&id).is_some());
                if !known && entry.file_type().is_dir() {
                    disk.remove_tree(entry.path()).map_err(Error::io("remove", entry.path()))?;
                }
            }
        }
        Ok(())
    }

    fn parent(&self, path: &Path) -> Result<(), Error> {
        let folder = path.parent().unwrap_or(path);
        self.dir.disk.create_folders(folder, &mut Vec::new()).map_err(Error::io("create", folder))
    }

    /// Replaces a file of ours in one step.
    fn save(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let temporary = self.temporary();
        self.dir.disk.write(&temporary, bytes).map_err(Error::io("write", &temporary))?;
        self.dir.disk.rename(&temporary, path).map_err(Error::io("write", path))
    }

    fn temporary(&self) -> PathBuf {
        let mut count = self.count.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *count += 1;
        self.tmp.join(count.to_string())
    }

    /// Where the bytes of a file come from.
    fn from(&self, path: &OutPath) -> PathBuf {
        match (&self.work.plan.back_to, &self.dir.releases) {
            (Some(id), Some(releases)) => path.below(&releases.join(id.as_str())),
            _ => path.below(self.work.stage),
        }
    }

    fn put_one(&self, upload: &Upload<'_>) -> Result<(), Error> {
        let (disk, path) = (&self.dir.disk, upload.path);
        self.work.steps.before(Step::Put(path, upload.entry.len))?;
        let from = self.from(path);
        if self.dir.mode == Mode::Link {
            let Some(next) = self.next().filter(|_| self.work.plan.back_to.is_none()) else {
                return Ok(());
            };
            let to = path.below(&next);
            self.parent(&to)?;
            return disk.link_or_copy(&from, &to).map_err(Error::io("write", &to));
        }
        let (temporary, to) = (self.temporary(), path.below(&self.dir.root));
        disk.copy(&from, &temporary).map_err(Error::io("copy", &from))?;
        files::refuse_links(&self.dir.root, path)?;
        self.parent(&to)?;
        disk.rename(&temporary, &to).map_err(Error::io("write", &to))
    }

    /// Keeps the bytes of what is live now, for a rollback.
    fn archive(&self) -> Result<(), Error> {
        let (plan, disk) = (self.work.plan, &self.dir.disk);
        let (Some(next), Some(release)) = (self.next(), plan.release()) else { return Ok(()) };
        if plan.back_to.is_some() {
            return Ok(());
        }
        self.work.steps.before(Step::Archive)?;
        disk.remove_tree(&next).map_err(Error::io("remove", &next))?;
        for path in release.files.keys() {
            let to = path.below(&next);
            self.parent(&to)?;
            disk.link_or_copy(&path.below(&self.dir.root), &to).map_err(Error::io("keep", &to))?;
        }
        Ok(())
    }
}

impl Session for DirSession<'_> {
    fn prepare(&self) -> Result<(), Error> {
        let plan = self.work.plan;
        self.work.steps.before(Step::Begin)?;
        self.clear()?;
        if let Some(pending) = plan.pending() {
            self.save(&self.dir.pending(), &pending.to_json())?;
        }
        if self.dir.mode == Mode::Link && plan.is_release { self.assemble() } else { Ok(()) }
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), Error> {
        uploads.par_iter().try_for_each(|upload| self.put_one(upload))
    }

    fn remove(&self, paths: &[&OutPath]) -> Result<(), Error> {
        if self.dir.mode == Mode::Link && self.work.plan.is_release {
            // They are in no new release.
            return Ok(());
        }
        for path in paths {
            self.work.steps.before(Step::Remove(path))?;
            files::refuse_links(&self.dir.root, path)?;
            let place = path.below(&self.dir.root);
            self.dir.disk.remove(&place).map_err(Error::io("remove", &place))?;
            for folder in parents(path.as_str()).rev() {
                let folder = self.dir.root.join(folder);
                self.dir.disk.remove_empty(&folder).map_err(Error::io("remove", &folder))?;
            }
        }
        Ok(())
    }

    fn switch(&self) -> Result<(), Error> {
        let (dir, plan) = (self.dir, self.work.plan);
        if plan.is_release && dir.mode == Mode::Link {
            self.work.steps.before(Step::Switch)?;
            let next = self.next().unwrap_or_default();
            files::point(&dir.disk, &dir.root, &next, &self.temporary())?;
        } else if plan.is_release {
            self.archive()?;
        }
        self.work.steps.before(Step::Record)?;
        let record = dir.record();
        self.save(&record, &plan.record.to_json())?;
        let pending = dir.pending();
        dir.disk.remove(&pending).map_err(Error::io("remove", &pending))
    }

    fn prune(&self) -> Result<(), Error> {
        let disk = &self.dir.disk;
        self.work.steps.before(Step::Prune)?;
        self.forget()?;
        disk.remove_tree(&self.tmp).map_err(Error::io("remove", &self.tmp))
    }
}
