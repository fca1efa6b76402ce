//! The state folder `.briefing/` of a site: per output a lock, the manifest, a pending one while a build is being
//! committed, and the name of the stage while there is one.
//!
//! The user may delete the folder at any time; everything in it is made again when it is needed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::error::OutputError;
use super::guard::OutputPlace;
use super::manifest::Manifest;
use super::{STATE_FOLDER, TransactionContext};
use crate::release::DiskError;
use crate::release::disk::{Disk, DiskNode, PieceWriter};
use crate::release::lock::Lock;

/// One output's files in the state folder, locked until [`TransactionContext::release`].
pub(super) struct Store {
    folder: PathBuf,
    key: String,
    lock: Mutex<Option<Lock>>,
    /// Whether the folder is there because of this transaction: then a transaction that fails takes it away again.
    made: AtomicBool,
}

/// A stage by its place: how many folders above the output's end it lies (0 = inside the output), and its token.
pub(super) type StageName = (usize, String);

impl TransactionContext {
    /// Locks an output.
    pub(super) fn open(disk: Disk, place: OutputPlace) -> Result<Self, OutputError> {
        let folder = place.site.join(STATE_FOLDER);
        let (lock, made) = (Mutex::new(None), AtomicBool::new(false));
        let ctx = Self { store: Store { folder, key: place.key(), lock, made }, disk, place };
        // A build that was killed while it wrote one of our files.
        let ready = ctx.lock().and_then(|()| Ok(ctx.disk.remove(&ctx.own("tmp"))?));
        if let Err(error) = ready {
            ctx.release(false);
            return Err(error);
        }
        Ok(ctx)
    }

    /// Takes the lock; takes it again if the state folder was deleted meanwhile.
    pub(super) fn lock(&self) -> Result<(), OutputError> {
        let (path, folder) = (self.own("lock"), &self.store.folder);
        let mut held = self.store.lock.lock().expect("no holder panics");
        if let Some(file) = &*held
            && self.disk.is_at(file, &path)?
        {
            return Ok(());
        }
        *held = None;
        let locked =
            self.with_folder(|| self.disk.lock(&path)).map_err(DiskError::over("lock", &path));
        *held = Some(locked?.ok_or_else(|| self.place.busy())?);
        Ok(ignore(&self.disk, folder).map_err(DiskError::over("write into", folder))?)
    }

    /// The manifest of the last build that was committed, if it is there and can be understood.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, OutputError> {
        Ok(self.read("json")?.and_then(|bytes| Manifest::from_json(&bytes)))
    }

    /// The manifest of a build that was killed while it was being committed.
    pub(super) fn pending(&self) -> Result<Option<Manifest>, OutputError> {
        Ok(self.read("pending.json")?.and_then(|bytes| Manifest::from_json(&bytes)))
    }

    /// Records what a build is about to write.
    pub(super) fn save_pending(&self, manifest: &Manifest) -> Result<(), OutputError> {
        self.save("pending.json", &|out| manifest.write(out))
    }

    /// Records what the output holds; nothing is pending any more.
    pub(super) fn save_manifest(&self, manifest: &Manifest) -> Result<(), OutputError> {
        self.save("json", &|out| manifest.write(out))?;
        self.drop_pending()
    }

    /// Makes the pending manifest the manifest.
    pub(super) fn promote(&self, manifest: &Manifest) -> Result<(), OutputError> {
        match self.disk.rename(&self.own("pending.json"), &self.own("json")) {
            Err(error) if error.kind() == ErrorKind::NotFound => self.save_manifest(manifest),
            done => Ok(done?),
        }
    }

    /// Forgets a build whose changes were undone.
    pub(super) fn drop_pending(&self) -> Result<(), OutputError> {
        Ok(self.disk.remove(&self.own("pending.json"))?)
    }

    /// Records where stages are about to be made, so that the next build can remove them if this one is killed.
    pub(super) fn record_stages(&self, stages: &[StageName]) -> Result<(), OutputError> {
        let lines = stages.iter().map(|(up, token)| format!("{up} {token}\n"));
        let lines: String = lines.collect();
        self.save("stage", &|out| out.write_all(lines.as_bytes()))
    }

    /// The stages that were recorded and not forgotten.
    pub(super) fn stages(&self) -> Result<Vec<StageName>, OutputError> {
        let text = self.read("stage")?.unwrap_or_default();
        let line = |line: &str| {
            let (up, token) = line.split_once(' ')?;
            let plain = token.len() == 16 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
            Some((up.parse().ok().filter(|_| plain)?, token.to_owned()))
        };
        Ok(String::from_utf8_lossy(&text).lines().filter_map(line).collect())
    }

    /// Forgets the stages, which are gone.
    pub(super) fn forget_stages(&self) -> Result<(), OutputError> {
        Ok(self.disk.remove(&self.own("stage"))?)
    }

    /// Gives the lock back. A transaction that committed nothing also removes the folder, if it made it.
    pub(super) fn release(&self, committed: bool) {
        let (disk, folder) = (&self.disk, &self.store.folder);
        let mut held = self.store.lock.lock().expect("no holder panics");
        // Failures are of no consequence: the lock itself is given back below.
        let path = self.own("lock");
        let is_ours = |lock: &Lock| disk.is_at(lock, &path).is_ok_and(|is_at| is_at);
        if Disk::LOCKS_CAN_GO && held.as_ref().is_some_and(is_ours) {
            let _ = disk.remove(&path);
        }
        if self.store.made.load(Relaxed) && !committed {
            let ignore = folder.join(".gitignore");
            let _ = disk.remove(&ignore);
            let _ = disk.remove_empty(folder);
            // Another output's build may have begun to use the folder.
            if disk.look(folder).is_ok_and(|node| node.is_some()) {
                let _ = disk.write(&ignore, IGNORE_ALL);
            }
        }
        *held = None;
    }

    fn read(&self, suffix: &str) -> Result<Option<Vec<u8>>, OutputError> {
        match self.disk.read(&self.own(suffix)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => Ok(Some(read?)),
        }
    }

    /// Replaces one of our files in one step.
    fn save(&self, suffix: &str, content: PieceWriter<'_>) -> Result<(), OutputError> {
        let path = self.own(suffix);
        let write = || self.disk.replace(&path, &self.own("tmp"), content);
        Ok(self.with_folder(write).map_err(DiskError::over("write", &path))?)
    }

    /// Does something in the folder, which is made if that is what was missing.
    fn with_folder<T>(&self, act: impl Fn() -> Result<T, DiskError>) -> Result<T, DiskError> {
        match act() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match self.disk.create_private(&self.store.folder) {
                    Ok(()) => self.store.made.store(true, Relaxed),
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
                act()
            }
            done => done,
        }
    }

    /// One of the output's files in the state folder.
    fn own(&self, suffix: &str) -> PathBuf {
        self.store.folder.join(format!("{}.{suffix}", self.store.key))
    }
}

const IGNORE_ALL: &[u8] = b"*\n";

/// Keeps git away from the state folder. A file with other contents is kept: the user may have reasons.
pub(crate) fn ignore(disk: &Disk, folder: &Path) -> Result<(), DiskError> {
    let path = folder.join(".gitignore");
    match disk.look(&path)? {
        Some(DiskNode::File(stamp)) if stamp.len > 0 => Ok(()),
        Some(DiskNode::Folder | DiskNode::Other) => Ok(()),
        _ => disk.write(&path, IGNORE_ALL).map(drop),
    }
}
