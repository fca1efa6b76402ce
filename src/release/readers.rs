//! Who may read what is made, whatever the umask is: everyone what is for readers, its owner alone what is ours.
//!
//! What the umask gives a group to write, the group may still write: some share a folder that way.

use std::fs::{File, OpenOptions};
use std::io;

/// For whom something is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Everyone: 0644, and 0755 for folders.
    All,
    /// Its owner: 0600, and 0700 for folders.
    Owner,
}

/// The options that a file of ours is opened with: no link is followed, and no reader of a pipe is waited for.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o660).custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32);
    }
    options
}

/// Sets the permissions of what was just made.
pub(super) fn permit(file: &File, readers: Readers) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let meta = file.metadata()?;
        let mode = meta.permissions().mode() & 0o7777;
        let wanted = wanted(mode, meta.is_dir(), readers);
        if wanted != mode {
            // Where a file system has no permissions, everyone has them.
            let _ = file.set_permissions(PermissionsExt::from_mode(wanted));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, readers);
    Ok(())
}

#[cfg(unix)]
fn wanted(mode: u32, is_folder: bool, readers: Readers) -> u32 {
    let enter = if is_folder { 0o111 } else { 0 };
    let is_shared = mode & 0o020 != 0;
    match readers {
        Readers::All => (mode | 0o644 | enter) & !0o002,
        Readers::Owner if is_shared => (mode | 0o600 | enter & 0o110) & !0o007,
        Readers::Owner => (mode | 0o600 | enter & 0o100) & !0o077,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Readers, wanted};

    #[test]
    fn whatever_the_umask_is() {
        for (umask, all, owner) in [
            (0o022, [0o644, 0o755], [0o600, 0o700]),
            (0o027, [0o644, 0o755], [0o600, 0o700]),
            (0o077, [0o644, 0o755], [0o600, 0o700]),
            (0o377, [0o644, 0o755], [0o600, 0o700]),
            (0o002, [0o664, 0o775], [0o660, 0o770]),
            (0o000, [0o664, 0o775], [0o660, 0o770]),
        ] {
            let made = |readers| {
                [(0o666, false), (0o777, true)]
                    .map(|(mode, is_folder)| wanted(mode & !umask, is_folder, readers))
            };
            assert_eq!((made(Readers::All), made(Readers::Owner)), (all, owner), "{umask:o}");
        }
        assert_eq!(wanted(0o2755, true, Readers::Owner), 0o2700);
    }
}
