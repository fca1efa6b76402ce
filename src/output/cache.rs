//! `.briefing/cache/`: what was made of files, kept for the next run.
//!
//! Each entry is a file by the digest of everything that it is made of, and ends with a digest of that and of its bytes:
//! an entry that was cut off, edited or renamed is none. Whatever fails, there is no entry, and what it would hold is
//! made again. The user may delete the folder at any time.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::STATE_FOLDER;
use super::store::ignore;
use crate::base::{Cache, Digest, Hasher, OutPath};
use crate::release::disk::{Disk, DiskNode};
use crate::release::folders::{Folders, PathState};
use crate::release::order::parents;

#[cfg(test)]
mod tests;

/// The name of the folder in the state folder.
const FOLDER: &str = "cache";

/// What the name of an entry ends with while it is written.
const TEMPORARY: &str = ".tmp";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An entry is removed that nothing asked for in this time.
const UNUSED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The bytes of the digest at the end of an entry.
const SEAL: usize = 16;

/// How many entries this process wrote, so that no two threads write one file.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Asks the clock.
pub type CacheClock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// The cache of one site, in its state folder. Its folders are made when there is something to put into them.
pub struct FolderCache {
    pub(super) disk: Disk,
    site: PathBuf,
    clock: CacheClock,
}

impl FolderCache {
    /// The cache of the site in a folder.
    pub fn new(site: &Path, clock: CacheClock) -> Self {
        Self { disk: Disk::default(), site: site.to_path_buf(), clock }
    }

    /// Removes the entries that nothing asked for in 30 days, and what was left of entries that were never finished.
    pub fn collect(&self) {
        let cache = in_cache("");
        let Ok(PathState::Folder) = Folders::new(&self.site).look(&self.disk, &cache) else {
            return;
        };
        let Ok(walk) = self.disk.walk(&cache.below(&self.site)) else { return };
        for entry in walk.min_depth(2).max_depth(2).into_iter().filter_map(Result::ok) {
            let path = entry.path();
            let kept = match is_entry(path) {
                Some(true) => UNUSED,
                Some(false) => DAY,
                // It is not ours.
                None => continue,
            };
            if let Ok(Some(DiskNode::File(stamp))) = self.disk.look(path)
                && self.age(stamp.mtime).is_some_and(|age| age >= kept)
            {
                let _ = self.disk.remove(path);
                let _ = path.parent().map(|folder| self.disk.remove_empty(folder));
            }
        }
    }

    /// How long ago a time of change is; none where the file system knows no such times.
    fn age(&self, mtime: u64) -> Option<Duration> {
        let then = UNIX_EPOCH.checked_add(Duration::from_nanos(mtime)).filter(|_| mtime > 0)?;
        Some((self.clock)().duration_since(then).unwrap_or_default())
    }

    fn write(&self, key: Digest, bytes: &[u8]) -> io::Result<()> {
        let entry = entry(key);
        for folder in parents(entry.as_str()) {
            let place = self.site.join(folder);
            if let Err(error) = self.disk.create_private(&place)
                && self.disk.look(&place)? != Some(DiskNode::Folder)
            {
                return Err(error.into());
            }
            if folder == STATE_FOLDER {
                ignore(&self.disk, &place)?;
            }
        }
        let path = entry.below(&self.site);
        let number = WRITTEN.fetch_add(1, Relaxed);
        let temporary = format!("{key}-{}-{number}{TEMPORARY}", std::process::id());
        let temporary = path.with_file_name(temporary);
        let done = self.disk.replace(&path, &temporary, &|out| {
            out.write_all(bytes)?;
            out.write_all(&seal(key, bytes))
        });
        if done.is_err() {
            let _ = self.disk.remove(&temporary);
        }
        Ok(done?)
    }
}

impl Cache for FolderCache {
    fn get(&self, key: Digest) -> Option<Vec<u8>> {
        let entry = entry(key);
        let state = Folders::new(&self.site).look(&self.disk, &entry);
        let Ok(PathState::File(stamp)) = state else { return None };
        let path = entry.below(&self.site);
        let mut bytes = self.disk.read(&path).ok()?;
        let end = bytes.len().checked_sub(SEAL)?;
        if bytes[end..] != seal(key, &bytes[..end]) {
            return None;
        }
        bytes.truncate(end);
        if self.age(stamp.mtime).is_some_and(|age| age >= DAY) {
            // Should it fail, the entry is made again some day.
            let _ = self.disk.touch(&path, (self.clock)());
        }
        Some(bytes)
    }

    fn put(&self, key: Digest, bytes: &[u8]) {
        // Should it fail, it is made again next time.
        let _ = self.write(key, bytes);
    }
}

/// A path below the cache, from the site's folder.
fn in_cache(path: &str) -> OutPath {
    OutPath::new(&format!("{STATE_FOLDER}/{FOLDER}{path}")).expect("plain words")
}

/// Where an entry is, from the site's folder.
fn entry(key: Digest) -> OutPath {
    let name = key.to_string();
    in_cache(&format!("/{}/{name}", &name[..2]))
}

/// What an entry ends with.
fn seal(key: Digest, bytes: &[u8]) -> [u8; SEAL] {
    Hasher::new().raw(&key.to_bytes()).raw(bytes).finish().to_bytes()
}

/// Whether a file is an entry, or the beginning of one; none for a file that is not ours.
fn is_entry(path: &Path) -> Option<bool> {
    let name = path.file_name()?.to_str()?;
    let key = name.get(..32).filter(|key| Digest::from_hex(key).is_some())?;
    let folder = path.parent()?.file_name()?.to_str()?;
    match &name[32..] {
        _ if folder != &key[..2] => None,
        "" => Some(true),
        rest => (rest.starts_with('-') && rest.ends_with(TEMPORARY)).then_some(false),
    }
}
