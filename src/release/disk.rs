//! Every call to the file system that this module makes.
//!
//! One place, so that a test can make the n-th change fail, or everything from the n-th change on: that is how an
//! interrupted build is rehearsed. Nothing here follows a symbolic link when it looks at a file.

#![expect(clippy::disallowed_methods, reason = "release/ writes for output/ and publish/")]

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use super::error::DiskError;
use super::readers::{Readers, permit, private};
use crate::base::{Digest, Hasher};

/// The length and time of a file: while they are the same, its bytes are taken for the same without being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes.
    pub len: u64,
    /// The time of the last change, in nanoseconds since 1970; 0 where the file system has none.
    pub mtime: u64,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiskNode {
    /// A regular file.
    File(Stamp),
    /// A real folder.
    Folder,
    /// A symbolic link, whatever it leads to, or a device.
    Other,
}

/// What writes the bytes of a file.
pub(crate) type PieceWriter<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// Bytes of a piece that is written; few in tests, so that they have something to stop between.
const PIECE: usize = if cfg!(test) { 1024 } else { 64 * 1024 };

/// A file that is written in pieces.
struct FilePieces<'a> {
    disk: &'a Disk,
    path: &'a Path,
    file: File,
}

impl Write for FilePieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.disk.step(DiskChange::Write, self.path)?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The file system, as this module sees it.
#[derive(Default)]
pub(crate) struct Disk {
    #[cfg(test)]
    pub fault: Option<DiskFault>,
}

/// Called before each call (and in the middle of each write) with its path, which comes twice unless the call is
/// from one path to another; an error becomes the call's own.
#[cfg(test)]
pub(crate) type DiskFault = Box<dyn Fn(DiskChange, &Path, &Path) -> io::Result<()> + Send + Sync>;

/// The kinds of change that a test can make fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiskChange {
    /// None: something is looked at or read.
    Nothing,
    /// A folder is made.
    Folder,
    /// A file is made, empty; then filled.
    Write,
    /// A file or folder gets another name.
    Rename,
    /// A file gets a second name.
    Link,
    /// A file, a folder or a tree is removed.
    Remove,
}

impl Disk {
    /// What lies at a path; `None` when nothing does.
    pub(crate) fn look(&self, path: &Path) -> Result<Option<DiskNode>, DiskError> {
        self.act("look at", DiskChange::Nothing, path, || {
            match fs::symlink_metadata(path) {
                Ok(meta) if meta.is_file() => Ok(Some(DiskNode::File(stamp(&meta)))),
                Ok(meta) if meta.is_dir() => Ok(Some(DiskNode::Folder)),
                Ok(_) => Ok(Some(DiskNode::Other)),
                // The second: a parent is a file.
                Err(error)
                    if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
                {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        })
    }

    /// Whether a folder holds nothing.
    pub(crate) fn is_empty(&self, folder: &Path) -> Result<bool, DiskError> {
        self.act("read", DiskChange::Nothing, folder, || Ok(fs::read_dir(folder)?.next().is_none()))
    }

    /// A folder with all that is in it, in the order of names; links are not followed.
    pub(crate) fn walk(&self, folder: &Path) -> Result<WalkDir, DiskError> {
        self.act("read", DiskChange::Nothing, folder, || {
            Ok(WalkDir::new(folder).sort_by_file_name())
        })
    }

    /// What lies in a folder itself, in the order of names.
    pub(crate) fn entries(&self, folder: &Path) -> Result<Vec<DirEntry>, DiskError> {
        let walk = self.walk(folder)?.min_depth(1).max_depth(1);
        let entries = walk.into_iter().collect::<Result<_, _>>();
        entries.map_err(|error| DiskError::at("read", folder)(error.into()))
    }

    /// The path without symbolic links; the file must exist.
    pub(crate) fn canonical(&self, path: &Path) -> Result<PathBuf, DiskError> {
        self.act("find", DiskChange::Nothing, path, || fs::canonicalize(path))
    }

    /// The path without symbolic links and `..`; `None` for a link that leads nowhere.
    pub(crate) fn resolve(&self, path: &Path) -> Result<Option<PathBuf>, DiskError> {
        let mut missing: Vec<OsString> = Vec::new();
        let mut nearest = path.to_path_buf();
        loop {
            let real = if nearest.as_os_str().is_empty() { Path::new(".") } else { &nearest };
            if self.look(real)?.is_some() {
                break;
            }
            match nearest.components().next_back() {
                // A name below a folder that does not exist cannot be a link, so `..` undoes it. It is kept here and
                // undone below, because the name that it undoes has not been seen yet.
                Some(Component::Normal(name)) => missing.push(name.to_os_string()),
                Some(Component::ParentDir) => missing.push("..".into()),
                _ => {}
            }
            if !nearest.pop() {
                break;
            }
        }
        let real = if nearest.as_os_str().is_empty() { PathBuf::from(".") } else { nearest };
        let mut resolved = match self.canonical(&real) {
            Ok(resolved) => resolved,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        for name in missing.iter().rev() {
            if name == ".." {
                resolved.pop();
            } else {
                resolved.push(name);
            }
        }
        Ok(Some(resolved))
    }

    /// The bytes of a file; `None` when there is none, or something else lies there.
    pub(crate) fn read_if_file(&self, path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
        match self.look(path)? {
            Some(DiskNode::File(_)) => self.read(path).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether two folders surely lie on different file systems.
    pub(crate) fn apart(&self, one: &Path, other: &Path) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let device = |path| fs::metadata(path).map(|meta| meta.dev()).ok();
            device(one) != device(other)
        }
        #[cfg(not(unix))]
        {
            let _ = (one, other);
            false
        }
    }

    /// A small file of our own, whole. A link or a device in its place is an error, and nothing is waited for.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, DiskError> {
        self.act("read", DiskChange::Nothing, path, || {
            let mut bytes = Vec::new();
            regular(private().read(true), path)?.read_to_end(&mut bytes)?;
            Ok(bytes)
        })
    }

    /// Gives the bytes of a file to a function, in pieces.
    pub(crate) fn read_pieces(
        &self,
        path: &Path,
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), DiskError> {
        self.act("read", DiskChange::Nothing, path, || {
            pieces(&mut File::open(path)?, |piece| {
                take(piece);
                self.step(DiskChange::Nothing, path)
            })
        })
    }

    /// The digest of a file.
    pub(crate) fn digest(&self, path: &Path) -> Result<Digest, DiskError> {
        let mut hasher = Hasher::new();
        self.read_pieces(path, |piece| {
            hasher.raw(piece);
        })?;
        Ok(hasher.finish())
    }

    /// Makes a file for readers that must not exist yet.
    pub(crate) fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<Stamp, DiskError> {
        self.act("write", DiskChange::Write, path, || {
            let file = File::create_new(path)?;
            permit(&file, Readers::All)?;
            self.fill(path, file, bytes)
        })
    }

    /// Makes a file for its owner, or replaces its bytes: only for one that is ours by its name. Nothing is written through
    /// a link.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> Result<Stamp, DiskError> {
        self.act("write", DiskChange::Write, path, || self.fill(path, emptied(path)?, bytes))
    }

    /// Writes a file that the user named, also through a link.
    pub(crate) fn write_named(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.act("write", DiskChange::Write, path, || fs::write(path, bytes))
    }

    /// Makes a file for its owner, or replaces its bytes, of bytes that are never in memory together.
    fn write_pieces(&self, path: &Path, content: PieceWriter<'_>) -> Result<(), DiskError> {
        self.act("write", DiskChange::Write, path, || {
            let file = emptied(path)?;
            let mut pieces = BufWriter::with_capacity(PIECE, FilePieces { disk: self, path, file });
            let done = content(&mut pieces).and_then(|()| pieces.flush());
            // What is left after a failure is not written when the writer is dropped.
            let _ = pieces.into_parts();
            done
        })
    }

    /// Replaces a file of ours in one step: the bytes come to a temporary file, which then takes its name.
    pub(crate) fn replace(
        &self,
        path: &Path,
        temporary: &Path,
        content: PieceWriter<'_>,
    ) -> Result<(), DiskError> {
        self.write_pieces(temporary, content)?;
        self.rename(temporary, path)
    }

    fn fill(&self, path: &Path, mut file: File, bytes: &[u8]) -> io::Result<Stamp> {
        let (first, rest) =
            if cfg!(test) { bytes.split_at(bytes.len() / 2) } else { (bytes, &[][..]) };
        file.write_all(first)?;
        self.step(DiskChange::Write, path)?;
        file.write_all(rest)?;
        Ok(stamp(&file.metadata()?))
    }

    /// Sets the time of a file of ours to the instant at which it was used.
    pub(crate) fn touch(&self, path: &Path, now: SystemTime) -> Result<(), DiskError> {
        self.act("touch", DiskChange::Write, path, || {
            regular(private().write(true), path)?.set_modified(now)
        })
    }

    /// Copies a file in pieces to one for readers that must not exist yet; the digest is that of the copied bytes.
    pub(crate) fn copy(&self, from: &Path, to: &Path) -> Result<(Digest, Stamp), DiskError> {
        call("copy", from, || {
            self.step(DiskChange::Write, to)?;
            let mut source = File::open(from)?;
            let mut file = File::create_new(to)?;
            permit(&file, Readers::All)?;
            let mut hasher = Hasher::new();
            pieces(&mut source, |piece| {
                hasher.raw(piece);
                file.write_all(piece)?;
                self.step(DiskChange::Write, to)
            })?;
            Ok((hasher.finish(), stamp(&file.metadata()?)))
        })
    }

    /// Copies a file together with its permissions, and its time, so that its [`Stamp`] stays true.
    pub(crate) fn duplicate(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        call("write", to, || {
            let meta = fs::symlink_metadata(from)?;
            self.copy(from, to)?;
            self.step(DiskChange::Write, to)?;
            let file = OpenOptions::new().write(true).open(to)?;
            file.set_modified(meta.modified()?)?;
            // Where there are no permissions there are none to keep.
            let _ = file.set_permissions(meta.permissions());
            Ok(())
        })
    }

    /// Lets readers see a file or folder of ours that was made for fewer.
    pub(crate) fn show(&self, path: &Path) -> Result<(), DiskError> {
        self.act("set the permissions of", DiskChange::Nothing, path, || {
            permit(&File::open(path)?, Readers::All)
        })
    }

    /// Gives a file a second name; copies it where the file system has no such thing.
    pub(crate) fn link_or_copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        call("write", to, || {
            match self.between(DiskChange::Link, from, to).and_then(|()| fs::hard_link(from, to)) {
                Err(error) if error.kind() != ErrorKind::NotFound => Ok(self.duplicate(from, to)?),
                done => done,
            }
        })
    }

    /// Gives a folder another's permissions.
    pub(crate) fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        call("set the permissions of", to, || {
            self.step(DiskChange::Nothing, from)?;
            fs::set_permissions(to, fs::metadata(from)?.permissions())
        })
    }

    /// Renames; replaces a file, or an empty folder where the system can.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        call("write", to, || {
            self.between(DiskChange::Rename, from, to)?;
            fs::rename(from, to)
        })
    }

    /// Makes one folder for readers that must not exist yet.
    pub(crate) fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        call("create", path, || self.create_for(Readers::All, path))
    }

    /// The same for its owner.
    pub(crate) fn create_private(&self, path: &Path) -> Result<(), DiskError> {
        call("create", path, || self.create_for(Readers::Owner, path))
    }

    fn create_for(&self, readers: Readers, path: &Path) -> io::Result<()> {
        self.step(DiskChange::Folder, path)?;
        fs::create_dir(path)?;
        permit(&File::open(path)?, readers)
    }

    /// Makes a folder for readers and its parents, where they are missing.
    pub(crate) fn create_folders(&self, path: &Path) -> Result<(), DiskError> {
        self.create_noting(path, &mut Vec::new())
    }

    /// The same; notes what it made, the outermost first, also when it fails half-way.
    pub(crate) fn create_noting(
        &self,
        path: &Path,
        made: &mut Vec<PathBuf>,
    ) -> Result<(), DiskError> {
        call("create", path, || self.create_all(Readers::All, path, made))
    }

    /// Makes the folders above a path for readers.
    pub(crate) fn create_above(&self, path: &Path) -> Result<(), DiskError> {
        path.parent().map_or(Ok(()), |folder| self.create_folders(folder))
    }

    /// Makes a folder for its owner and its parents, where they are missing.
    pub(crate) fn create_private_folders(&self, path: &Path) -> Result<(), DiskError> {
        call("create", path, || self.create_all(Readers::Owner, path, &mut Vec::new()))
    }

    fn create_all(&self, readers: Readers, path: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
        let mut done = self.create_for(readers, path);
        if let Err(error) = &done
            && error.kind() == ErrorKind::NotFound
            && let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty())
        {
            self.create_all(readers, parent, made)?;
            // Once more and no further: some places have folders and take none.
            done = self.create_for(readers, path);
        }
        match done {
            Ok(()) => made.push(path.to_path_buf()),
            // Another thread may have made it.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(path)?.is_dir() {
                    return Err(error);
                }
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Removes a file; that it is gone already is well.
    pub(crate) fn remove(&self, path: &Path) -> Result<(), DiskError> {
        self.act("remove", DiskChange::Remove, path, || absent_is_fine(fs::remove_file(path)))
    }

    /// Removes a folder if it is empty; that it is not, or is no folder, is well.
    pub(crate) fn remove_empty(&self, path: &Path) -> Result<(), DiskError> {
        call("remove", path, || {
            if self.look(path)? != Some(DiskNode::Folder) || !self.is_empty(path)? {
                return Ok(());
            }
            self.step(DiskChange::Remove, path)?;
            match absent_is_fine(fs::remove_dir(path)) {
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
                done => done,
            }
        })
    }

    /// Removes a folder with all that is in it; links are removed, never followed.
    pub(crate) fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.act("remove", DiskChange::Remove, path, || absent_is_fine(fs::remove_dir_all(path)))
    }

    /// Makes a call that a test can make fail, and adds its verb and path to the error if it fails.
    pub(super) fn act<T>(
        &self,
        doing: &'static str,
        change: DiskChange,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, DiskError> {
        call(doing, path, || self.step(change, path).and_then(|()| act()))
    }

    pub(super) fn step(&self, change: DiskChange, path: &Path) -> io::Result<()> {
        self.between(change, path, path)
    }

    #[cfg(test)]
    fn between(&self, change: DiskChange, from: &Path, to: &Path) -> io::Result<()> {
        self.fault.as_ref().map_or(Ok(()), |fault| fault(change, from, to))
    }

    #[cfg(not(test))]
    #[inline]
    fn between(&self, _: DiskChange, _: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Makes a call, and adds its verb and path to the error if it fails.
pub(super) fn call<T>(
    doing: &'static str,
    path: &Path,
    act: impl FnOnce() -> io::Result<T>,
) -> Result<T, DiskError> {
    act().map_err(DiskError::at(doing, path))
}

/// A file of ours for its owner, without any bytes.
fn emptied(path: &Path) -> io::Result<File> {
    let file = regular(private().write(true).create(true).truncate(false), path)?;
    permit(&file, Readers::Owner)?;
    file.set_len(0)?;
    Ok(file)
}

/// Opens a file that is no link, no folder and no device, without waiting for anything.
pub(super) fn regular(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let is_file = |meta: io::Result<Metadata>| meta.is_ok_and(|meta| meta.is_file());
    let file = options.open(path);
    match file {
        Ok(file) if is_file(file.metadata()) => Ok(file),
        Err(error)
            if is_file(fs::symlink_metadata(path)) || error.kind() == ErrorKind::NotFound =>
        {
            Err(error)
        }
        Err(error) if fs::symlink_metadata(path).is_err() => Err(error),
        _ => Err(io::Error::other(
            "it is a link, a folder or a device where a file of ours must be; move it away",
        )),
    }
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(())
        }
        result => result,
    }
}

fn stamp(meta: &Metadata) -> Stamp {
    let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mtime = since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0);
    Stamp { len: meta.len(), mtime }
}

fn pieces(file: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(len) => take(&buffer[..len])?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
