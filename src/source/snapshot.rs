//! One state of a site's folder, which stays what it was while the folder changes.
//!
//! A file is what the snapshot first saw of it: a later read returns those bytes or an error.
//! The next snapshot is made of this one and of what may have changed ([`Snapshot::rescan`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{Digest, Hasher, SourcePath};
use crate::diag::Diagnostic;

use super::disk::{Followed, SETTINGS, Survey};
use super::{Disk, FOLDERS, Listing, ReadSeek, Source, ignored};

/// A state of a site's folder.
#[derive(Debug, Clone)]
pub struct Snapshot {
    disk: Disk,
    /// Sorted.
    paths: Arc<Vec<SourcePath>>,
    files: Arc<FxHashMap<SourcePath, Arc<SnapshotFile>>>,
    diagnostics: Arc<Vec<Diagnostic>>,
    followed: Arc<Vec<Followed>>,
    /// Whether what the settings share decides where a link may lead.
    asks_settings: bool,
    /// Whether any file had more than one name.
    has_names: bool,
}

/// What may have changed in a site's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These files, whether they are there or not; also folders that came or went.
    Paths(BTreeSet<PathBuf>),
    /// Anything.
    Everything,
}

/// What a rescan found.
#[derive(Debug)]
pub struct Rescan {
    /// The new state.
    pub snapshot: Snapshot,
    /// Files that came, went or have other bytes, sorted.
    pub changed: Vec<SourcePath>,
    /// Whether files came or went, or other files cannot be read.
    pub relisted: bool,
    /// Files that another program seems to be writing. They keep their old bytes, and are read again soon.
    pub unsettled: BTreeSet<PathBuf>,
}

/// A file as it was seen.
#[derive(Debug)]
struct SnapshotFile {
    stat: Option<Stat>,
    /// Its digest and length, once it was read; `None` if it could not be read then.
    digest: OnceLock<Option<(Digest, u64)>>,
    /// Its bytes: those of texts that are read at every build, and of those that changed, until they are parsed.
    bytes: Mutex<Option<Arc<[u8]>>>,
    /// It was read so soon after a change that another one may show in nothing but its bytes.
    is_fresh: bool,
}

/// The metadata by which a changed file is recognised without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    length: u64,
    modified: Option<SystemTime>,
    /// When its inode changed, in seconds and nanoseconds, and which it is.
    inode: (i64, i64, u64),
    /// Whether it has another name, in the site or elsewhere, by which it may be written.
    has_names: bool,
}

impl Snapshot {
    /// The state of a folder now. Nothing is read but its list of files.
    pub fn take(disk: Disk) -> Self {
        let Survey { listing, followed, asks_settings } = disk.survey();
        let file = |path: &SourcePath| {
            let stat = disk.on_disk(path).and_then(|path| Stat::of(&path));
            (path.clone(), Arc::new(SnapshotFile::unread(stat)))
        };
        let files: FxHashMap<SourcePath, Arc<SnapshotFile>> =
            listing.files.par_iter().map(file).collect();
        let has_names =
            listing.files.iter().any(|path| files.get(path).is_some_and(|file| file.has_names()));
        Self {
            disk,
            paths: Arc::new(listing.files),
            files: Arc::new(files),
            diagnostics: Arc::new(listing.diagnostics),
            followed: Arc::new(followed),
            asks_settings,
            has_names,
        }
    }

    /// The state after something may have changed. A file that is empty now, or changes while it is read, stays as it
    /// was unless `settle` says that it was waited for long enough.
    pub fn rescan(&self, touched: &Touched, settle: bool) -> Rescan {
        let (relist, read) = match touched {
            Touched::Everything => (true, BTreeSet::new()),
            Touched::Paths(paths) => self.sort(paths),
        };
        let survey = relist.then(|| self.disk.survey());
        let paths = match &survey {
            Some(survey) => Arc::new(survey.listing.files.clone()),
            None => self.paths.clone(),
        };
        let all = matches!(touched, Touched::Everything);
        let candidates: Vec<&SourcePath> =
            if relist { paths.iter().collect() } else { read.iter().collect() };
        let looked_at: Vec<(&SourcePath, Comparison)> = candidates
            .into_par_iter()
            .filter_map(|path| {
                let known = self.files.get(path);
                let place = self.disk.on_disk(path)?;
                let stat = Stat::of(&place);
                let same = |known: &&Arc<SnapshotFile>| {
                    known.stat == stat && !(all && known.is_fresh) && !known.is_unreadable()
                };
                if !read.contains(path) && known.is_some_and(|known| same(&known)) {
                    return None;
                }
                Some((path, self.look(path, &place, known, settle)))
            })
            .collect();

        let mut rescan = Rescan {
            snapshot: Self { paths: paths.clone(), ..self.clone() },
            changed: Vec::new(),
            relisted: false,
            unsettled: BTreeSet::new(),
        };
        let mut files = None;
        for (path, look) in looked_at {
            if let Comparison::Same(file) | Comparison::Other(file) = &look {
                rescan.snapshot.has_names |= file.has_names();
            }
            match look {
                Comparison::Same(file) => {
                    files.get_or_insert_with(|| (*self.files).clone()).insert(path.clone(), file);
                }
                Comparison::Other(file) => {
                    files.get_or_insert_with(|| (*self.files).clone()).insert(path.clone(), file);
                    rescan.changed.push(path.clone());
                }
                Comparison::Unsettled => {
                    rescan.unsettled.extend(self.disk.on_disk(path));
                }
            }
        }
        if let Some(Survey { listing, followed, asks_settings }) = survey {
            // A file that is being written for the first time is not there yet.
            let mut paths = listing.files;
            let is_there = |path: &SourcePath| {
                files.as_ref().is_some_and(|files| files.contains_key(path))
                    || self.files.contains_key(path)
            };
            paths.retain(is_there);
            let gone: Vec<&SourcePath> =
                self.paths.iter().filter(|path| paths.binary_search(path).is_err()).collect();
            for path in gone {
                files.get_or_insert_with(|| (*self.files).clone()).remove(path);
                rescan.changed.push(path.clone());
            }
            rescan.relisted = paths != *self.paths || listing.diagnostics != *self.diagnostics;
            rescan.snapshot.paths = Arc::new(paths);
            rescan.snapshot.diagnostics = Arc::new(listing.diagnostics);
            rescan.snapshot.followed = Arc::new(followed);
            rescan.snapshot.asks_settings = asks_settings;
        }
        if let Some(files) = files {
            rescan.snapshot.files = Arc::new(files);
        }
        rescan.changed.sort();
        rescan
    }

    /// Which of the touched files are to be read again, and whether the list of files may be another.
    fn sort(&self, touched: &BTreeSet<PathBuf>) -> (bool, BTreeSet<SourcePath>) {
        let (mut relist, mut read) = (false, BTreeSet::new());
        for place in touched {
            let Some(path) = self.disk.relative(place).filter(is_part) else { continue };
            relist |= self.asks_settings && path.as_str() == SETTINGS;
            let metadata = place.symlink_metadata().ok();
            let is_file = metadata.as_ref().is_some_and(std::fs::Metadata::is_file);
            let is_link = metadata.as_ref().is_some_and(std::fs::Metadata::is_symlink);
            match (self.files.contains_key(&path), is_file) {
                (true, true) => drop(read.insert(path)),
                (true, false) => {
                    relist = true;
                    // Perhaps what it leads to has other bytes.
                    read.extend(is_link.then_some(path));
                }
                // Nothing is known of what came and went between two looks.
                (false, _) if metadata.is_none() => relist |= self.has_below(&path),
                (false, _) => relist = true,
            }
        }
        (relist, read)
    }

    fn has_below(&self, folder: &SourcePath) -> bool {
        let start = format!("{folder}/");
        let at = self.paths.partition_point(|path| path.as_str() < start.as_str());
        self.paths.get(at).is_some_and(|path| path.as_str().starts_with(&start))
    }

    /// Reads a file that may have changed.
    fn look(
        &self,
        path: &SourcePath,
        place: &Path,
        known: Option<&Arc<SnapshotFile>>,
        settle: bool,
    ) -> Comparison {
        // Before the bytes: what is written from now on shows in the next look.
        let stat = Stat::of(place);
        let published = path.as_str().starts_with("static/");
        let read = if published {
            self.disk.digest(path).map(|digest| (digest, None))
        } else {
            self.disk.read(path).map(|bytes| {
                let digest = (Digest::of(&bytes), bytes.len() as u64);
                (digest, Some(Arc::<[u8]>::from(bytes)))
            })
        };
        let (now, bytes) = match read {
            Ok((now, bytes)) => (Some(now), bytes),
            Err(_) => (None, None),
        };
        let before = known.and_then(|known| known.digest.get().copied().flatten());
        let grows = Stat::of(place) != stat;
        let emptied = now.is_some_and(|(_, length)| length == 0)
            && before.is_none_or(|(_, length)| length > 0);
        if (grows || emptied) && !settle {
            return Comparison::Unsettled;
        }
        let digest = OnceLock::from(now);
        let was_unreadable = known.is_some_and(|known| known.is_unreadable());
        let is_same = if now.is_some() { before == now } else { was_unreadable };
        let bytes = bytes.filter(|_| !is_same || is_kept(path));
        let file =
            Arc::new(SnapshotFile { stat, digest, bytes: Mutex::new(bytes), is_fresh: !is_same });
        if is_same { Comparison::Same(file) } else { Comparison::Other(file) }
    }

    /// Drops the bytes of texts that are read once: after they were parsed, and before a diagnostic quotes from them.
    pub fn drop_texts(&self, parsed: &[SourcePath]) {
        for path in parsed.iter().filter(|path| !is_kept(path)) {
            if let Some(file) = self.files.get(path) {
                *file.bytes.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
    }

    /// The digest of all files with their paths. Files that were never read are read now.
    pub fn tree(&self) -> Digest {
        let digests: Vec<Option<(Digest, u64)>> =
            self.paths.par_iter().map(|path| self.digest(path).ok()).collect();
        let mut hasher = Hasher::new();
        for (path, digest) in self.paths.iter().zip(digests) {
            hasher.part(path.as_str().as_bytes());
            match digest {
                Some((digest, _)) => hasher.raw(&digest.to_bytes()),
                None => hasher.raw(b"unreadable"),
            };
        }
        hasher.finish()
    }

    /// The files, sorted.
    pub fn paths(&self) -> &[SourcePath] {
        &self.paths
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        self.disk.root()
    }

    /// The links that are followed.
    #[cfg(feature = "serve")]
    pub(super) fn followed(&self) -> &[Followed] {
        &self.followed
    }

    /// The files that have more than one name, by what tells them apart: those names that are in the site.
    #[cfg(feature = "serve")]
    pub(super) fn many_named(&self) -> BTreeMap<u64, Vec<PathBuf>> {
        let mut names: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
        for path in self.paths.iter().filter(|_| self.has_names) {
            let stat = self.files.get(path).and_then(|file| file.stat);
            if let Some(stat) = stat.filter(|stat| stat.has_names) {
                names.entry(stat.inode.2).or_default().extend(self.disk.on_disk(path));
            }
        }
        names
    }

    fn file(&self, path: &SourcePath) -> io::Result<&Arc<SnapshotFile>> {
        self.files.get(path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Source for Snapshot {
    fn list(&self) -> Listing {
        Listing { files: (*self.paths).clone(), diagnostics: (*self.diagnostics).clone() }
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let file = self.file(path)?;
        let held = file.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(bytes) = held {
            return Ok(bytes.to_vec());
        }
        let bytes = self.disk.read(path).map_err(|error| file.fail(error))?;
        file.hold((Digest::of(&bytes), bytes.len() as u64))?;
        if is_kept(path) {
            let held = Some(bytes.as_slice().into());
            *file.bytes.lock().unwrap_or_else(PoisonError::into_inner) = held;
        }
        Ok(bytes)
    }

    fn known(&self, path: &SourcePath) -> Option<Digest> {
        Some(self.files.get(path)?.digest.get()?.as_ref()?.0)
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        let file = self.file(path)?;
        match file.digest.get() {
            Some(Some(digest)) => Ok(*digest),
            Some(None) => Err(io::Error::other("the file could not be read")),
            None => {
                let digest = self.disk.digest(path).map_err(|error| file.fail(error))?;
                file.hold(digest)?;
                Ok(digest)
            }
        }
    }

    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        let file = self.file(path)?;
        let mut opened = self.disk.opened(path)?;
        let mut head = Vec::new();
        opened.by_ref().take(limit as u64).read_to_end(&mut head)?;
        if Stat::of_open(&opened) != file.stat {
            // It was saved again: as it was, or as another file.
            file.hold(self.disk.digest(path)?)?;
        }
        Ok(head)
    }

    fn open(&self, path: &SourcePath) -> io::Result<Box<dyn ReadSeek>> {
        let file = self.file(path)?;
        // Asked of the open file: what lies at the path may be another one by now.
        let opened = self.disk.opened(path)?;
        if Stat::of_open(&opened) == file.stat { Ok(Box::new(opened)) } else { Err(changed()) }
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        self.disk.on_disk(path)
    }
}

/// What a look at a file saw.
enum Comparison {
    /// The same bytes.
    Same(Arc<SnapshotFile>),
    /// Other bytes, or none.
    Other(Arc<SnapshotFile>),
    /// Another program is writing it.
    Unsettled,
}

impl SnapshotFile {
    fn has_names(&self) -> bool {
        self.stat.is_some_and(|stat| stat.has_names)
    }

    fn unread(stat: Option<Stat>) -> Self {
        Self { stat, digest: OnceLock::new(), bytes: Mutex::default(), is_fresh: false }
    }

    /// Takes what was found for what the file is, unless something else was found before.
    fn hold(&self, read: (Digest, u64)) -> io::Result<()> {
        let is_first = *self.digest.get_or_init(|| Some(read)) == Some(read);
        if is_first { Ok(()) } else { Err(changed()) }
    }

    /// Takes an error for what the file is, unless it was read before: bytes that are there a moment later are a change.
    fn fail(&self, error: io::Error) -> io::Error {
        self.digest.get_or_init(|| None);
        error
    }

    /// Whether it could not be read.
    fn is_unreadable(&self) -> bool {
        matches!(self.digest.get(), Some(None))
    }
}

impl Stat {
    fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|metadata| Self::new(&metadata))
    }

    fn of_open(file: &std::fs::File) -> Option<Self> {
        file.metadata().ok().map(|metadata| Self::new(&metadata))
    }

    fn new(metadata: &std::fs::Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            inode: inode(metadata),
            has_names: has_names(metadata),
        }
    }
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec(), metadata.ino())
}

#[cfg(unix)]
fn has_names(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_names(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

fn changed() -> io::Error {
    io::Error::other("the file is being changed")
}

/// Whether a file's bytes stay in memory: few and small ones that every build reads.
fn is_kept(path: &SourcePath) -> bool {
    let path = path.as_str();
    path.starts_with("templates/") || path.ends_with(".yaml")
}

/// Whether a path can be a part of a site: below one of its folders, and no editor's leftover.
fn is_part(path: &SourcePath) -> bool {
    let mut segments = path.as_str().split('/');
    segments.next().is_some_and(|top| FOLDERS.contains(&top)) && !segments.any(ignored)
}

#[cfg(test)]
#[path = "snapshot/tests.rs"]
mod tests;
