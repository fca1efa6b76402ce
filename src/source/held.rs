//! A folder that is held open. What lies below it is opened from it and through no link, so that a link which is put in
//! the way between two steps leads to nothing else.

use std::fs::File;
use std::io;
use std::path::{Component, Path};

/// A folder that is held open.
#[derive(Debug)]
pub struct HeldFolder {
    #[cfg(unix)]
    fd: rustix::fd::OwnedFd,
    #[cfg(not(unix))]
    place: std::path::PathBuf,
}

impl HeldFolder {
    /// Opens a file below the folder, to read it. A pipe, a device or a folder is none.
    ///
    /// # Errors
    /// [`is_link`] tells that a link lies on the way; a file that is something else is `InvalidInput`.
    pub fn file(&self, below: &Path) -> io::Result<File> {
        let file = self.unchecked(below)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }
}

/// Whether an error may mean that a link lies on the way. That a file lies where a folder should be is the same error.
pub fn is_link(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let found = Errno::from_io_error(error);
        matches!(found, Some(Errno::LOOP | Errno::NOTDIR | Errno::MLINK))
    }
    #[cfg(not(unix))]
    {
        error.kind() == io::ErrorKind::NotADirectory
    }
}

/// A path whose every part is a name: none climbs, none begins anew.
fn names(below: &Path) -> io::Result<Vec<&std::ffi::OsStr>> {
    let name = |part| match part {
        Component::Normal(name) => Ok(name),
        _ => Err(io::Error::from(io::ErrorKind::InvalidInput)),
    };
    below.components().map(name).collect()
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
    use rustix::fs::{Mode, OFlags, openat};

    use super::{HeldFolder, names};

    /// How a folder is opened from which others are reached: where the system can, without the right to list it.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const ON_THE_WAY: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const ON_THE_WAY: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

    impl HeldFolder {
        /// Opens a folder, through whatever links lead to it: they are its owner's.
        ///
        /// # Errors
        /// The system's.
        pub fn open(place: &Path) -> io::Result<Self> {
            let fd = rustix::fs::open(place, ON_THE_WAY, Mode::empty())?;
            Ok(Self { fd })
        }

        /// A folder below this one.
        ///
        /// # Errors
        /// The system's; [`super::is_link`] tells that a link lies on the way.
        pub fn folder(&self, below: &Path) -> io::Result<Self> {
            if below.as_os_str().is_empty() {
                return Ok(Self { fd: self.fd.try_clone()? });
            }
            Ok(Self { fd: self.below(below, ON_THE_WAY)? })
        }

        pub(super) fn unchecked(&self, below: &Path) -> io::Result<File> {
            // To open a pipe would wait for a program that writes to it.
            let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            Ok(File::from(self.below(below, flags)?))
        }

        fn below(&self, below: &Path, flags: OFlags) -> io::Result<OwnedFd> {
            let names = names(below)?;
            #[cfg(any(target_os = "linux", target_os = "android"))]
            {
                use rustix::fs::{ResolveFlags, openat2};
                use rustix::io::Errno;
                let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
                match openat2(&self.fd, below, flags, Mode::empty(), resolve) {
                    // Older systems, and those that a sandbox keeps from the call, are asked step by step.
                    Err(Errno::NOSYS | Errno::PERM | Errno::INVAL | Errno::AGAIN) => {}
                    done => return Ok(done?),
                }
            }
            self.step_by_step(&names, flags)
        }

        fn step_by_step(&self, names: &[&std::ffi::OsStr], flags: OFlags) -> io::Result<OwnedFd> {
            let (last, above) = names.split_last().ok_or(io::ErrorKind::InvalidInput)?;
            let mut at: Option<OwnedFd> = None;
            for name in above {
                let from = at.as_ref().map_or(self.fd.as_fd(), AsFd::as_fd);
                let next = openat(from, *name, ON_THE_WAY | OFlags::NOFOLLOW, Mode::empty())?;
                at = Some(next);
            }
            let from = at.as_ref().map_or(self.fd.as_fd(), AsFd::as_fd);
            Ok(openat(from, *last, flags | OFlags::NOFOLLOW, Mode::empty())?)
        }
    }

    impl AsFd for HeldFolder {
        fn as_fd(&self) -> BorrowedFd<'_> {
            self.fd.as_fd()
        }
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::disallowed_methods, reason = "sets up a folder")]

        use std::fs;
        use std::io::Read;
        use std::os::unix::fs::symlink;
        use std::path::Path;

        use rustix::fs::OFlags;

        use super::super::{is_link, names};
        use super::HeldFolder;

        #[test]
        fn no_link_is_followed_in_one_call_or_step_by_step() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            fs::create_dir_all(root.join("a/b")).unwrap();
            fs::write(root.join("a/b/x"), "x").unwrap();
            symlink("b/x", root.join("a/link")).unwrap();
            symlink("b", root.join("a/folder")).unwrap();
            symlink("a", root.join("top")).unwrap();
            let held = HeldFolder::open(&root.join("top")).unwrap();
            let flags = OFlags::RDONLY | OFlags::CLOEXEC;
            for (below, linked) in
                [("b/x", false), ("link", true), ("folder/x", true), ("b/../link", false)]
            {
                let path = Path::new(below);
                let found = held.file(path);
                let steps = names(path).and_then(|names| held.step_by_step(&names, flags));
                assert_eq!(found.is_ok(), below == "b/x", "{below}: {found:?}");
                assert_eq!(steps.is_ok(), found.is_ok(), "{below}: {steps:?}");
                for error in [found.err(), steps.err()].into_iter().flatten() {
                    assert_eq!(is_link(&error), linked, "{below}: {error}");
                }
            }
            let mut text = String::new();
            let inner = held.folder(Path::new("b")).unwrap();
            inner.file(Path::new("x")).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "x");
            assert!(held.folder(Path::new("folder")).is_err());
            // A folder is no file.
            assert!(held.file(Path::new("b")).is_err());
        }
    }
}

/// Without a way to hold a folder, each part of a path is looked at before it is used.
#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is the module that reads content")]
mod system {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use super::{HeldFolder, names};

    impl HeldFolder {
        /// Opens a folder, through whatever links lead to it: they are its owner's.
        ///
        /// # Errors
        /// The system's.
        pub fn open(place: &Path) -> io::Result<Self> {
            Ok(Self { place: place.canonicalize()? })
        }

        /// A folder below this one.
        ///
        /// # Errors
        /// The system's; [`super::is_link`] tells that a link lies on the way.
        pub fn folder(&self, below: &Path) -> io::Result<Self> {
            Ok(Self { place: self.below(below)? })
        }

        /// Where the folder lies.
        pub fn place(&self) -> &Path {
            &self.place
        }

        pub(super) fn unchecked(&self, below: &Path) -> io::Result<File> {
            File::open(self.below(below)?)
        }

        fn below(&self, below: &Path) -> io::Result<std::path::PathBuf> {
            let mut place = self.place.clone();
            for name in names(below)? {
                place.push(name);
                if place.symlink_metadata()?.is_symlink() {
                    return Err(io::ErrorKind::NotADirectory.into());
                }
            }
            Ok(place)
        }
    }
}
