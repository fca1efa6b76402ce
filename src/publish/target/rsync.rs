//! `rsync:HOST:PATH`, or `rsync:PATH`: a folder that rsync writes, on a host that need not give us a shell.
//!
//! There is no switch: files go up in phases, each after what it refers to, and those of a phase take their places
//! together at its end. Our own files are below `PATH/.briefing/`, which only its owner may enter: the record, what is
//! pending, who publishes, and the last releases, whose files are further names of those that readers see. rsync
//! compares everything by its bytes, and may remove only files that are passed to it by name.

mod kept;
mod lock;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files;
use crate::publish::history;
use crate::publish::plan::{Remote, RemoteFile, Upload};
use crate::publish::release::{Pending, Record, Release};
use crate::publish::retry::Retry;
use crate::publish::rsync::{DIGESTS, Removals, RsyncRunner as Runner};
use crate::publish::shell::Host;
use crate::publish::steps::PublishStep;
use crate::release::disk::{Disk, DiskNode};

use super::{Abilities, LocalMachine, Session, Target, Work, is_kept, marked, names, token};
use lock::RsyncLock;

/// Our folder at the top of PATH.
const OWN: &str = ".briefing";
/// Where rsync writes what has not arrived yet, out of readers' reach.
const ARRIVING: &str = "--temp-dir=.briefing/tmp";
/// What readers of the site may read, whichever user published it; what is ours only its owner may.
const PUBLIC: &str = "--chmod=D755,F644";
const PRIVATE: &str = "--chmod=D700,F600";

/// A folder as a target.
pub(super) struct Rsync {
    rsync: Runner,
    /// The folder, with a slash at its end.
    root: String,
    /// The folder of earlier releases, with a slash at its end.
    releases: String,
    /// The relative path from a release's folder to the root, where there is one.
    back: Option<String>,
    /// The folder that the user named for it, with a slash at its end: earlier versions put releases there themselves.
    named: Option<String>,
    /// Names the folder that publishes, so that it knows what it has left itself.
    token: String,
    /// Whether the folder was not there when it was looked at.
    is_new: AtomicBool,
}

/// What is ours at the target.
struct RsyncState {
    record: Option<Vec<u8>>,
    pending: Option<Pending>,
    /// Who publishes, or would: the folder's token, who that is, seconds since 1970.
    locks: Vec<(String, String, i64)>,
    /// The token of the folder that holds the lock.
    holder: Option<String>,
    /// The names of the folders that lie where releases do, unless the user named a folder for them.
    releases: Vec<String>,
}

impl RsyncState {
    fn token(&self) -> String {
        token(self.record.as_deref())
    }
}

impl Rsync {
    pub(super) fn new(
        host: Option<&str>,
        port: Option<u16>,
        path: &str,
        local: &LocalMachine,
    ) -> Result<Self, PublishError> {
        let below = |path: &str| match host {
            Some(_) => path.to_owned(),
            None => local.base.join(path).to_string_lossy().into_owned(),
        };
        let root = format!("{}/", below(path).trim_end_matches('/'));
        if host.is_none() {
            // A link may lead into the site's own folders.
            let place = Path::new(&root);
            let real = Disk::default().canonical(place).unwrap_or_else(|_| place.to_path_buf());
            files::refuse_sources(&real, &local.site)?;
        }
        let named = local.history.as_ref();
        let named = named.map(|history| format!("{}/", below(history).trim_end_matches('/')));
        let (releases, back) = match &named {
            None => (format!("{root}{OWN}/releases/"), Some("../../../".to_owned())),
            Some(named) => {
                history::refuse_seen(named, &root)?;
                let releases =
                    format!("{named}{}/", history::folder(&history::relative(named, &root)));
                let back = path_back(&releases, &root);
                (releases, back)
            }
        };
        Ok(Self {
            rsync: Runner {
                host: host.map(|name| Host::new(name, port, local)),
                scratch: local.cache.join("rsync"),
                retry: Retry::default(),
            },
            root,
            releases,
            back,
            named,
            token: files::token(&local.cache)?,
            is_new: AtomicBool::new(false),
        })
    }

    fn name(&self) -> &str {
        self.root.trim_end_matches('/')
    }

    /// Our own files, fetched to this machine.
    fn state(&self) -> Result<RsyncState, PublishError> {
        let folder = self.rsync.empty("there")?;
        let wanted =
            ["/record.json", "/pending.json", "/lock/", "/lock/*", "/releases/", "/releases/*/"];
        let mut args = vec!["--recursive".to_owned(), "--times".to_owned()];
        args.extend(wanted.map(|name| format!("--include={name}")));
        args.push("--exclude=*".to_owned());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.rsync.fetch(&format!("{}{OWN}/", self.root), &folder, &args)?;
        let disk = Disk::default();
        let own = |name: &str| disk.read_if_file(&folder.join(name));
        let (mut locks, mut holder) = (Vec::new(), None);
        let walk = folder.join("lock");
        if disk.look(&walk)? == Some(DiskNode::Folder) {
            for entry in disk.entries(&walk)? {
                let Ok(Some(DiskNode::File(stamp))) = disk.look(entry.path()) else { continue };
                let name = entry.file_name().to_string_lossy().into_owned();
                if name == lock::HOLDER {
                    let token = disk.read(entry.path()).unwrap_or_default();
                    holder = Some(String::from_utf8_lossy(&token).into_owned());
                }
                if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    // On its way there when a transfer ended.
                    continue;
                }
                // The publisher's name is shown to people and decides nothing.
                let who = disk.read(entry.path()).unwrap_or_default();
                let at = (stamp.mtime / 1_000_000_000) as i64;
                locks.push((name, String::from_utf8_lossy(&who).into_owned(), at));
            }
        }
        let releases = match &self.named {
            Some(_) => self.names(&self.releases)?,
            None => names(&disk, &folder.join("releases"))?,
        };
        let pending = own("pending.json")?.as_deref().and_then(Pending::from_json);
        Ok(RsyncState { record: own("record.json")?, pending, locks, holder, releases })
    }

    /// The MD5 digest of each file below a folder.
    fn sums(&self, from: &str) -> Result<BTreeMap<OutPath, Arc<str>>, PublishError> {
        let listed = self.rsync.list(from, &DIGESTS)?.unwrap_or_default();
        Ok(listed.into_iter().filter_map(|one| Some((one.path()?, one.mark?))).collect())
    }

    /// Replaces files of our own, each in one step, then removes others of our own.
    fn save(
        &self,
        saved: &[(&str, &[u8])],
        folders: &[&str],
        gone: &Removals,
    ) -> Result<(), PublishError> {
        let disk = Disk::default();
        let from = self.rsync.empty("own")?;
        let place = |name: &str| from.join(OWN).join(name);
        disk.create_folders(&place(""))?;
        folders.iter().try_for_each(|folder| disk.create_folders(&place(folder)))?;
        for (name, bytes) in saved {
            disk.create_above(&place(name))?;
            disk.write(&place(name), bytes)?;
        }
        let from = format!("{}/./{OWN}/", from.display());
        let options = self.rsync.removing(gone)?;
        let mut args = vec!["--recursive", "--relative", "--ignore-times", PRIVATE];
        args.extend(options.iter().map(String::as_str));
        self.rsync.send(&from, &self.root, &args)
    }
}

/// The path from a folder in `from` to `to`, as rsync takes it; `None` when one starts at the root and the other at home.
fn path_back(from: &str, to: &str) -> Option<String> {
    match (from.starts_with('/'), to.starts_with('/')) {
        (true, true) => Some(to.to_owned()),
        (false, false) => {
            let parts = || from.split('/').filter(|part| !matches!(*part, "" | "."));
            parts().all(|part| part != "..").then(|| "../".repeat(parts().count() + 1) + to)
        }
        _ => None,
    }
}

impl Target for Rsync {
    fn abilities(&self) -> Result<Abilities, PublishError> {
        self.rsync.check()?;
        Ok(Abilities::in_phases(false, format!("`{}{OWN}/edited/`", self.root)))
    }

    fn observe(&self) -> Result<Remote, PublishError> {
        let state = self.state()?;
        let mut remote = Remote::read(state.token(), state.record.as_deref(), None);
        remote.pending = state.pending;
        remote.history = self.history(&remote.record)?;
        remote.taken = state.releases.into_iter().collect();
        let known = remote.sums_by_mark();
        let left: BTreeSet<&OutPath> = remote.pending.iter().flat_map(Pending::paths).collect();
        let args = [DIGESTS[0], DIGESTS[1], "--exclude=/.briefing*"];
        let listed = self.rsync.list(&self.root, &args)?;
        self.is_new.store(listed.is_none(), Ordering::SeqCst);
        for one in listed.unwrap_or_default() {
            match one.path() {
                _ if one.delayed().is_some_and(|path| left.contains(&path)) => {}
                Some(path) => {
                    let sum = one.mark.as_ref().and_then(|mark| known.get(mark)).copied();
                    remote.there.insert(path, RemoteFile { sum, headers: None });
                }
                None if one.name.ends_with('/') => {}
                None => remote.irregular.push(one.name),
            }
        }
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), PublishError> {
        let sums = self.sums(&format!("{}{}/", self.folder_of(&release.id)?, release.id))?;
        if sums.is_empty() {
            return Err(PublishError::refused(format!(
                "the target no longer has the files of release {}",
                release.id
            )));
        }
        is_kept(release, &sums)
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError> {
        let (lock, state) = RsyncLock::take(self, work)?;
        work.refuse_moved(&state.token(), state.record.as_deref(), None)?;
        let record = marked(work, files::md5)?;
        let fetched = self.rsync.scratch.join("back");
        let sent = AtomicU64::new(0);
        Ok(Box::new(RsyncSession { to: self, work, record, fetched, state, lock, sent }))
    }
}

struct RsyncSession<'a> {
    to: &'a Rsync,
    work: &'a Work<'a>,
    /// The record that the target will have.
    record: Record,
    /// Where the files of a rollback are on this machine.
    fetched: PathBuf,
    /// What was ours at the target when the run began.
    state: RsyncState,
    lock: RsyncLock<'a>,
    /// What has been sent since the lock was renewed, in bytes.
    sent: AtomicU64,
}

impl RsyncSession<'_> {
    /// Renews the lock after every 64 MiB that are sent: there is no clock here.
    fn renew(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        /// The bytes that a slow line sends in a few minutes, with something for each file.
        const SOON: u64 = 64 * 1024 * 1024;
        const FILE: u64 = 4 * 1024;
        let bytes = uploads.iter().map(|upload| upload.entry.len + FILE).sum();
        let before = self.sent.fetch_add(bytes, Ordering::SeqCst);
        if before < SOON {
            return Ok(());
        }
        self.sent.fetch_sub(before, Ordering::SeqCst);
        self.lock.renew(self.work.who)
    }

    /// The files of an earlier release that are to be sent again, fetched and compared.
    fn fetch(&self, release: &Release) -> Result<(), PublishError> {
        let (to, plan) = (self.to, self.work.plan);
        let wanted: Vec<&OutPath> = plan.added.iter().chain(&plan.changed).collect();
        let folder = to.rsync.empty("back")?;
        let list = to.rsync.files(wanted.iter().copied())?;
        let from = format!("{}{}/", to.folder_of(&release.id)?, release.id);
        to.rsync.fetch(&from, &folder, &["--from0", &list])?;
        let damaged = wanted.par_iter().find_any(|path| {
            let sum = files::digest(&path.below(&folder)).ok();
            sum.is_none() || sum != release.files.get(**path).map(|entry| entry.sum)
        });
        match damaged {
            None => Ok(()),
            Some(path) => Err(PublishError::target(format!("`{path}` is not kept as it was"))),
        }
    }

    /// Removes what a transfer that ended in the middle has left beside files of ours.
    fn sweep(&self, ours: BTreeSet<&OutPath>) -> Result<(), PublishError> {
        let args = ["--include=*/", "--include=.~tmp~/**", "--exclude=*"];
        let listed = self.to.rsync.list(&self.to.root, &args)?.unwrap_or_default();
        let left = listed.iter().filter(|one| {
            one.delayed().is_some_and(|path| ours.contains(&path)) && one.path().is_some()
        });
        let files = left.map(|one| one.name.clone()).collect();
        self.to.rsync.remove(&self.to.root, &Removals { files, trees: Vec::new() })
    }

    /// Keeps the bytes of what is live now, for a rollback: the same files under further names, where that can be.
    fn archive(&self) -> Result<(), PublishError> {
        let (to, plan) = (self.to, self.work.plan);
        let Some(release) = plan.new_release() else { return Ok(()) };
        self.work.steps.before(PublishStep::Archive)?;
        let back = to.back.as_ref().map(|back| format!("--link-dest={back}"));
        // The stage has the files of the release and no others, each of them compared by its bytes when it was planned.
        let mut args = vec!["--recursive", "--size-only", PUBLIC];
        args.extend(back.as_deref());
        self.to.rsync.send(
            &format!("{}/", self.work.stage.display()),
            &format!("{}{}/", to.releases, release.id),
            &args,
        )
    }
}

impl Session for RsyncSession<'_> {
    fn prepare(&self) -> Result<(), PublishError> {
        let (to, plan) = (self.to, self.work.plan);
        self.refuse_others()?;
        if let Some(pending) = plan.pending_of(&self.record) {
            let left = own(&[], &["tmp"]);
            to.save(&[("pending.json", &pending.to_json())], &["tmp"], &left)?;
        }
        if let Some(pending) = &self.state.pending {
            self.sweep(pending.paths().collect())?;
        }
        if to.is_new.load(Ordering::SeqCst) {
            // The umask there may withhold the folder from readers.
            let nothing = format!("{}/", to.rsync.empty("nothing")?.display());
            to.rsync.send(&nothing, &to.root, &["--dirs", "--perms", PUBLIC])?;
        }
        self.create_history()?;
        self.keep_edited()?;
        match plan.release().filter(|_| plan.back_to.is_some() && plan.puts() > 0) {
            Some(release) => self.fetch(release),
            None => Ok(()),
        }
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        self.work.before_puts(uploads)?;
        self.renew(uploads)?;
        let from = match self.work.plan.back_to {
            Some(_) => &self.fetched,
            None => self.work.stage,
        };
        let list = self.to.rsync.files(uploads.iter().map(|upload| upload.path))?;
        let (from, root) = (format!("{}/", from.display()), &self.to.root);
        // The plan has compared the bytes.
        let mut args = vec![&*list, "--from0", "--ignore-times", ARRIVING, PUBLIC];
        // Nothing that readers see leads to a new file, so it need not wait for the others of its phase.
        let is_new = |upload: &Upload<'_>| self.work.plan.added.binary_search(upload.path).is_ok();
        if !uploads.iter().all(is_new) {
            args.push("--delay-updates");
        }
        self.to.rsync.send(&from, root, &args).inspect_err(|_| {
            // What has arrived of a phase that fails is of no use, and may have filled the disk. The failure of the transfer is the one to report.
            let _ = self.sweep(uploads.iter().map(|upload| upload.path).collect());
        })
    }

    fn remove(&self, paths: &[&OutPath]) -> Result<(), PublishError> {
        self.work.before_removals(paths)?;
        let files = paths.iter().map(|path| path.to_string()).collect();
        self.to.rsync.remove(&self.to.root, &Removals { files, trees: Vec::new() })
    }

    fn switch(&self) -> Result<(), PublishError> {
        // This run may have taken so long that another one believed it dead.
        self.lock.is_held(self.work.now)?;
        self.archive()?;
        self.work.steps.before(PublishStep::Record)?;
        let record = self.record.to_json();
        let done: &[&str] = if self.work.plan.has_more(false) { &[] } else { &["pending.json"] };
        self.to.save(&[("record.json", &record)], &[], &own(done, &[]))
    }

    fn prune(&self) -> Result<(), PublishError> {
        self.forget()?;
        let dead: Vec<String> = self.lock.dead(&self.state, self.work.now);
        let gone: Vec<&str> = dead.iter().map(String::as_str).chain(["pending.json"]).collect();
        self.lock.release(&gone)
    }
}

/// Removals below our own folder.
fn own(files: &[&str], trees: &[&str]) -> Removals {
    let below = |names: &[&str]| names.iter().map(|name| format!("{OWN}/{name}")).collect();
    Removals { files: below(files), trees: below(trees) }
}

#[cfg(test)]
mod tests {
    use super::path_back;

    #[test]
    fn a_release_leads_to_the_root() {
        for (from, to, expected) in [
            ("/srv/kept/", "/srv/www/", Some("/srv/www/")),
            ("kept/here/", "www/", Some("../../../www/")),
            ("./kept/", "a/www/", Some("../../a/www/")),
            ("../kept/", "www/", None),
            ("/srv/kept/", "www/", None),
        ] {
            assert_eq!(path_back(from, to).as_deref(), expected, "{from} {to}");
        }
    }
}
