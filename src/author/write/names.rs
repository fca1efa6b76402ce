//! The names in a folder that is held open: making, replacing and removing them. None of these calls follows a link.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use crate::source::HeldFolder;

pub(super) use system::{is_link, make_folder, names, put, remove, replace};

/// How often a name is made up that is free.
const TRIES: usize = 16;

/// What the names of unfinished files end in.
const END: &str = ".briefing";

/// Makes a file under a name that no build reads and that cannot be guessed. `private` keeps others from reading it.
pub(super) fn fresh(folder: &HeldFolder, name: &str, private: bool) -> io::Result<(File, String)> {
    let mut last = io::ErrorKind::AlreadyExists.into();
    for _ in 0..TRIES {
        // Keys of the system's random numbers; that the name must be new is what keeps a planted file from being used.
        let token = RandomState::new().build_hasher().finish();
        let fresh = format!(".{name}.{token:016x}{END}");
        match system::create(folder, &fresh, private) {
            Ok(file) => return Ok((file, fresh)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// The file whose unfinished form a name is: a run was stopped before it took its place.
pub(super) fn unfinished(name: &OsStr) -> Option<&str> {
    let rest = name.to_str()?.strip_prefix('.')?.strip_suffix(END)?;
    let (name, token) = rest.rsplit_once('.')?;
    let is_token = token.len() == 16 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then_some(name)
}

#[cfg(unix)]
mod system {
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
    use rustix::io::Errno;

    use super::{File, HeldFolder, OsStr, OsString, io};

    pub(super) fn create(folder: &HeldFolder, name: &str, private: bool) -> io::Result<File> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(if private { 0o600 } else { 0o666 });
        Ok(rustix::fs::openat(folder, name, flags, mode)?.into())
    }

    /// Makes a folder; that it is there already is well.
    pub(in super::super) fn make_folder(folder: &HeldFolder, name: &str) -> io::Result<()> {
        match rustix::fs::mkdirat(folder, name, Mode::from_raw_mode(0o777)) {
            Err(Errno::EXIST) => Ok(()),
            done => Ok(done?),
        }
    }

    /// Gives a file another's name; the other is gone.
    pub(in super::super) fn replace(folder: &HeldFolder, from: &str, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(folder, from, folder, to)?)
    }

    /// Gives a file or folder a name that nothing has.
    pub(in super::super) fn put(folder: &HeldFolder, from: &OsStr, to: &OsStr) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        {
            let flags = rustix::fs::RenameFlags::NOREPLACE;
            match rustix::fs::renameat_with(folder, from, folder, to, flags) {
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                done => return Ok(done?),
            }
        }
        match rustix::fs::linkat(folder, from, folder, to, AtFlags::empty()) {
            Ok(()) => Ok(rustix::fs::unlinkat(folder, from, AtFlags::empty())?),
            Err(Errno::EXIST) => Err(Errno::EXIST.into()),
            // A folder has one name, and some file systems have no second names at all.
            Err(_) => match rustix::fs::statat(folder, to, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(_) => Err(Errno::EXIST.into()),
                Err(_) => Ok(rustix::fs::renameat(folder, from, folder, to)?),
            },
        }
    }

    pub(in super::super) fn remove(folder: &HeldFolder, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(folder, name, AtFlags::empty())?)
    }

    /// Whether a name is a link; nothing when there is no such name.
    pub(in super::super) fn is_link(folder: &HeldFolder, name: &OsStr) -> io::Result<Option<bool>> {
        match rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(FileType::from_raw_mode(found.st_mode) == FileType::Symlink)),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Every name in the folder.
    pub(in super::super) fn names(folder: &HeldFolder) -> io::Result<Vec<OsString>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let listed = rustix::fs::openat(folder, ".", flags, Mode::empty())?;
        let name = |entry: rustix::io::Result<rustix::fs::DirEntry>| {
            Ok(OsStr::from_bytes(entry?.file_name().to_bytes()).to_owned())
        };
        Dir::new(listed)?.map(name).collect()
    }
}

/// The same by whole paths, where the system has no calls below an open folder.
#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is the module that writes content")]
mod system {
    use std::fs;

    use super::{File, HeldFolder, OsStr, OsString, io};

    pub(super) fn create(folder: &HeldFolder, name: &str, _: bool) -> io::Result<File> {
        File::create_new(folder.place().join(name))
    }

    /// Makes a folder; that it is there already is well.
    pub(in super::super) fn make_folder(folder: &HeldFolder, name: &str) -> io::Result<()> {
        match fs::create_dir(folder.place().join(name)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            done => done,
        }
    }

    /// Gives a file another's name; the other is gone.
    pub(in super::super) fn replace(folder: &HeldFolder, from: &str, to: &OsStr) -> io::Result<()> {
        fs::rename(folder.place().join(from), folder.place().join(to))
    }

    /// Gives a file or folder a name that nothing has.
    pub(in super::super) fn put(folder: &HeldFolder, from: &OsStr, to: &OsStr) -> io::Result<()> {
        if is_link(folder, to)?.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(folder.place().join(from), folder.place().join(to))
    }

    pub(in super::super) fn remove(folder: &HeldFolder, name: &OsStr) -> io::Result<()> {
        fs::remove_file(folder.place().join(name))
    }

    /// Whether a name is a link; nothing when there is no such name.
    pub(in super::super) fn is_link(folder: &HeldFolder, name: &OsStr) -> io::Result<Option<bool>> {
        match folder.place().join(name).symlink_metadata() {
            Ok(found) => Ok(Some(found.is_symlink())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every name in the folder.
    pub(in super::super) fn names(folder: &HeldFolder) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder.place())?.map(|entry| Ok(entry?.file_name())).collect()
    }
}
