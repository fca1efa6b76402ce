//! A lock of a place that is written: a file that one process at a time holds.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::process::Stdio;

use super::disk::{Disk, DiskChange, call, regular};
use super::error::DiskError;
use super::readers::{Readers, permit, private};

/// A lock that this process holds, until it is dropped.
///
/// It is given back by name: a program that another thread starts has a copy of the open file for a moment, and would hold
/// the lock for as long.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Where this fails the lock ends with the file's handle.
        let _ = self.0.unlock();
    }
}

impl Lock {
    /// The lock as the standard input of a program: should this process be killed, it is held until that program ends.
    pub(crate) fn as_stdin(&self) -> io::Result<Stdio> {
        self.0.try_clone().map(Stdio::from)
    }
}

impl Disk {
    /// Locks a file, which is made when missing; `None` when another process (or transaction) holds it.
    pub(crate) fn lock(&self, path: &Path) -> Result<Option<Lock>, DiskError> {
        call("lock", path, || {
            loop {
                self.step(DiskChange::Write, path)?;
                let file = regular(private().write(true).create(true).truncate(false), path)?;
                permit(&file, Readers::Owner)?;
                let lock = Lock(file);
                match lock.0.try_lock() {
                    // The holder before us may have removed the file between our two calls: then the lock guards nothing.
                    Ok(()) if self.is_at(&lock, path)? => return Ok(Some(lock)),
                    Ok(()) => {}
                    Err(TryLockError::WouldBlock) => return Ok(None),
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
        })
    }

    /// Whether a lock's file still has this name; assumed where the system gives files no identity.
    pub(crate) fn is_at(&self, Lock(file): &Lock, path: &Path) -> Result<bool, DiskError> {
        self.act("look at", DiskChange::Nothing, path, || {
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                let identity = |meta: std::fs::Metadata| (meta.dev(), meta.ino());
                let named = match std::fs::symlink_metadata(path) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                    named => named?,
                };
                Ok(identity(file.metadata()?) == identity(named))
            }
            #[cfg(not(unix))]
            {
                let _ = (file, path);
                Ok(true)
            }
        })
    }

    /// Whether a lock's file can be removed without letting two processes in: it takes [`Disk::is_at`] to notice.
    pub(crate) const LOCKS_CAN_GO: bool = cfg!(unix);
}

#[cfg(test)]
mod tests {
    use crate::release::disk::Disk;

    #[test]
    fn a_lock_ends_although_a_program_that_starts_has_a_copy_of_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (disk, path) = (Disk::default(), folder.path().join("lock"));
        let lock = disk.lock(&path).expect("it can be made").expect("no other run holds it");
        assert!(disk.lock(&path).expect("it is there").is_none(), "one holder at a time");
        let copy = lock.0.try_clone().expect("a copy");
        drop(lock);
        assert!(disk.lock(&path).expect("it is there").is_some());
        drop(copy);
    }
}
