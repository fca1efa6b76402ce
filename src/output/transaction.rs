//! One build's dealings with one output folder.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

use rustc_hash::FxHashMap;

use super::error::{Conflict, ConflictReason, OutputError};
use super::guard::OutputPlace;
use super::manifest::{Manifest, ManifestEntry};
use super::stage::{OutputStage, clear_leftovers};
use super::{Content, Origin, OutputTarget, Report, TransactionContext, commit, recover};
use crate::base::{Digest, OutPath, SourcePath};
use crate::release::DiskError;
use crate::release::disk::{Disk, Stamp};
use crate::release::folders::{Folders, PathState};
use crate::release::stage::stage;

/// A build that is under way: holds the output's lock, and the stage once a file differs.
///
/// Dropping it without [`Transaction::commit`] leaves everything as it was.
pub struct Transaction {
    pub(super) ctx: TransactionContext,
    pub(super) adopt: bool,
    /// What the last build left, if that is known.
    pub(super) old: Option<Manifest>,
    /// What the output folder was when the transaction began.
    pub(super) start: Start,
    pub(super) folders: Folders,
    pub(super) stage: OutputStage,
    pub(super) puts: Mutex<BTreeMap<OutPath, Put>>,
    /// Whether any file of the old manifest was met in the output.
    pub(super) met: AtomicBool,
    /// Whether a file could not be put.
    incomplete: AtomicBool,
    /// Paths of the old manifest by their folded form; made when a path is new.
    recased: OnceLock<FxHashMap<String, OutPath>>,
    committed: bool,
}

/// What an output folder was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It did not exist.
    Absent,
    /// It held nothing.
    Empty,
    /// It held something.
    Filled,
}

/// One file that the build makes.
pub(super) struct Put {
    /// Its entry in the manifest.
    pub entry: ManifestEntry,
    /// What has to be done for it.
    pub operation: FileOperation,
    /// Whether it takes the place of bytes that no build recorded.
    pub adopted: bool,
}

/// What has to be done for one file.
pub(super) enum FileOperation {
    /// Nothing: the right bytes are there, in a file with this stamp.
    Keep(Stamp),
    /// It waits in the stage, for a path at which this was. Where that is a folder, it must hold nothing but files of
    /// ours that this commit removes; where it is a file above the path, this commit must remove that.
    Write(PathState),
    /// It cannot be written.
    Refuse(Conflict),
}

impl Transaction {
    /// Locks an output, removes what a killed build left beside it, and finds out what the output holds of ours.
    ///
    /// # Errors
    /// [`OutputError::Refused`] when the folder may not be an output or another build is writing it; [`OutputError::Io`].
    pub fn open(target: &OutputTarget) -> Result<Self, OutputError> {
        Self::open_on(Disk::default(), target)
    }

    pub(super) fn open_on(disk: Disk, target: &OutputTarget) -> Result<Self, OutputError> {
        let place = OutputPlace::new(&disk, target)?;
        let ctx = TransactionContext::open(disk, place)?;
        // From here on, dropping the transaction gives the lock back.
        let mut transaction = Self {
            folders: Folders::new(&ctx.place.output),
            ctx,
            adopt: target.adopt,
            old: None,
            start: Start::Absent,
            stage: OutputStage::default(),
            puts: Mutex::default(),
            met: AtomicBool::new(false),
            incomplete: AtomicBool::new(false),
            recased: OnceLock::new(),
            committed: false,
        };
        clear_leftovers(&transaction.ctx)?;
        transaction.old = recover::recover(&transaction.ctx)?;
        let TransactionContext { disk, place, .. } = &transaction.ctx;
        transaction.start = match disk.look(&place.output)? {
            None => Start::Absent,
            Some(_) if disk.is_empty(&place.output)? => Start::Empty,
            Some(_) => Start::Filled,
        };
        Ok(transaction)
    }

    /// Takes one file of the site. It is compared with the output at once, and staged if it differs; the output
    /// itself is not touched. May be called from many threads; each path is put once.
    ///
    /// A file that must not be overwritten is reported by [`Transaction::commit`], with all others.
    ///
    /// # Errors
    /// [`OutputError::Io`]; also for a path that was put before, and for a file that changed after the site was read.
    pub fn put(
        &self,
        path: &OutPath,
        kind: &'static str,
        source: Option<&SourcePath>,
        content: Content<'_>,
    ) -> Result<(), OutputError> {
        self.take(path, kind, source, content).inspect_err(|_| self.incomplete.store(true, Relaxed))
    }

    /// Makes the output what was put: writes what is new or changed, removes what is no longer made.
    ///
    /// # Errors
    /// [`OutputError::Refused`] naming every file that would have to be touched and may not; [`OutputError::Io`], also when a
    /// file could not be put. In all cases the output is as it was.
    pub fn commit(mut self, origin: Origin) -> Result<Report, OutputError> {
        if *self.incomplete.get_mut() {
            // Else the file that is missing would be removed as no longer made.
            let error = std::io::Error::other("a file of the site could not be made ready");
            return Err(DiskError::at("write", &self.ctx.place.output)(error).into());
        }
        let report = commit::commit(&mut self, origin)?;
        self.committed = true;
        Ok(report)
    }

    fn take(
        &self,
        path: &OutPath,
        kind: &'static str,
        source: Option<&SourcePath>,
        content: Content<'_>,
    ) -> Result<(), OutputError> {
        let (digest, len) = match content {
            Content::Bytes(bytes) => (Digest::of(bytes), bytes.len() as u64),
            Content::File { digest, len, .. } => (digest, len),
        };
        let (operation, adopted) = self.judge(path, digest, len)?;
        let stamp = match &operation {
            FileOperation::Keep(stamp) => *stamp,
            FileOperation::Write(_) => {
                let place = self.stage.file(&self.ctx, path)?;
                stage(&self.ctx.disk, &place, content, "build")?
            }
            FileOperation::Refuse(_) => Stamp { len, mtime: 0 },
        };
        let source = source.cloned().map(Into::into);
        let entry = ManifestEntry::new(digest, stamp, kind, source);
        let put = Put { entry, operation, adopted };
        let earlier = self.puts.lock().expect("no holder panics").insert(path.clone(), put);
        if earlier.is_some() {
            let error = std::io::Error::other("the site makes this file twice");
            return Err(DiskError::at("write", &self.ctx.place.at(path))(error).into());
        }
        Ok(())
    }

    /// Compares one path of the output with what must go there: what has to be done, and whether bytes are taken over
    /// that no build recorded.
    fn judge(
        &self,
        path: &OutPath,
        digest: Digest,
        len: u64,
    ) -> Result<(FileOperation, bool), OutputError> {
        if self.start != Start::Filled {
            return Ok((FileOperation::Write(PathState::Free), false));
        }
        let refuse =
            |path: &str, why| (FileOperation::Refuse(self.ctx.place.conflict(path, why)), false);
        let stamp = match self.folders.look(&self.ctx.disk, path)? {
            PathState::File(stamp) => stamp,
            PathState::Link(link) => return Ok(refuse(&link, ConflictReason::Link)),
            before => return Ok((FileOperation::Write(before), false)),
        };
        let (recorded, recased) = self.recorded(path);
        if recorded.is_some() {
            self.met.store(true, Relaxed);
        }
        let there = match recorded {
            Some(entry) if entry.stamp() == stamp => Some(entry.digest),
            // Of another length than both: neither, whatever its bytes.
            _ if stamp.len != len
                && recorded.is_none_or(|entry| entry.stamp().len != stamp.len) =>
            {
                None
            }
            _ => Some(self.ctx.disk.digest(&self.ctx.place.at(path))?),
        };
        // A file whose name changes only by case is found under its old name where case does not matter: it is
        // written anew, so that it gets the new name.
        if there == Some(digest) && !recased {
            return Ok((FileOperation::Keep(stamp), recorded.is_none()));
        }
        let ours = recorded.is_some_and(|entry| there == Some(entry.digest));
        if ours || self.adopt {
            return Ok((FileOperation::Write(PathState::File(stamp)), !ours));
        }
        let is_known = recorded.is_some();
        let why = if is_known { ConflictReason::Edited } else { ConflictReason::Unknown };
        Ok(refuse(path.as_str(), why))
    }

    /// What the last build recorded of a path, and whether it did so under a name that differs by case.
    fn recorded(&self, path: &OutPath) -> (Option<&ManifestEntry>, bool) {
        let Some(old) = &self.old else { return (None, false) };
        if let Some(entry) = old.files.get(path) {
            return (Some(entry), false);
        }
        let recased = self.recased.get_or_init(|| {
            old.files.keys().map(|path| (path.folded().into_owned(), path.clone())).collect()
        });
        let entry = recased.get(&*path.folded()).and_then(|name| old.files.get(name));
        (entry, entry.is_some())
    }

    /// Whether a folder is there because a build made it.
    pub(super) fn has_made(&self, folder: &str) -> bool {
        self.old.as_ref().is_some_and(|old| old.made_folder(folder))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        self.stage.clear(&self.ctx);
        self.ctx.release(self.committed);
    }
}
