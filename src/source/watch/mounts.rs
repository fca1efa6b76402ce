//! Which file systems say nothing of changes that others make: those of another machine.
#![expect(clippy::disallowed_methods, reason = "asks the system what lies where")]

use std::path::Path;

/// Whether a folder is on a network file system, or on the host of a virtual machine.
pub(super) fn is_remote(folder: &Path) -> bool {
    // Only Linux can be asked; elsewhere `--poll` has to be passed.
    std::fs::read_to_string("/proc/self/mounts").is_ok_and(|mounts| lies_on_remote(&mounts, folder))
}

/// The same for a list of mounts: device, place, type and more in each line. A later mount covers an earlier one.
fn lies_on_remote(mounts: &str, folder: &Path) -> bool {
    let mut nearest = (0, "");
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(place), Some(kind)) = (fields.next(), fields.next()) else { continue };
        // Spaces are written in octal.
        let place = place.replace("\\040", " ");
        if folder.starts_with(&place) && place.len() >= nearest.0 {
            nearest = (place.len(), kind);
        }
    }
    let kind = nearest.1;
    let remote = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "vboxsf",
        "drvfs",
        "prl_fs",
        "virtiofs",
        "fakeowner",
    ];
    remote.contains(&kind) || kind.starts_with("fuse.")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::lies_on_remote;

    #[test]
    fn the_nearest_mount_decides() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\nhost:/x /mnt/share nfs4 rw 0 0\n\
                      me@host: /mnt/my\\040site fuse.sshfs rw 0 0\ntmpfs /mnt/share/cache tmpfs rw 0 0\n";
        for (folder, remote) in [
            ("/home/ann/site", false),
            ("/mnt/share/site", true),
            ("/mnt/shared", false),
            ("/mnt/my site", true),
            ("/mnt/share/cache/site", false),
        ] {
            assert_eq!(lies_on_remote(mounts, Path::new(folder)), remote, "{folder}");
        }
    }
}
