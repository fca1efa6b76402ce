//! What several parts of this module do with files of this machine.
#![expect(
    clippy::disallowed_methods,
    reason = "publish/ writes to its targets, and reads what it sends"
)]

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use md5::{Digest, Md5};

use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::{Disk, DiskNode};
use crate::release::folders::{Folders, PathState};

use super::error::PublishError;
use super::release::ContentHash;

/// The digest of a file.
pub(super) fn digest(path: &Path) -> Result<ContentHash, DiskError> {
    let mut hasher = blake3::Hasher::new();
    Disk::default().read_pieces(path, |piece| {
        hasher.update(piece);
    })?;
    Ok(hasher.finalize().into())
}

/// The SHA-256 digest of a file in hexadecimal digits, as `sha256sum` prints it.
pub(super) fn sha256(path: &Path) -> Result<String, DiskError> {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    Disk::default().read_pieces(path, |piece| context.update(piece))?;
    Ok(hexadecimal(context.finish().as_ref()))
}

/// The MD5 digest of a file in hexadecimal digits, as rsync lists it. It recognises files that were sent, and proves nothing.
pub(super) fn md5(path: &Path) -> Result<String, DiskError> {
    let mut context = Md5::new();
    Disk::default().read_pieces(path, |piece| context.update(piece))?;
    Ok(hexadecimal(&context.finalize()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file to be read, and its length.
pub(super) fn open(path: &Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let len = file.metadata()?.len();
    Ok((file, len))
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// The folder above a path, and its last name; `None` for a path that ends in `..`, or the root.
pub(super) fn parent_and_name(path: &Path) -> Option<(PathBuf, String)> {
    let name = match path.components().next_back()? {
        Component::Normal(name) => name.to_str()?.to_owned(),
        // `www/.`, or `../`: the folder itself.
        _ => {
            let real = fs::canonicalize(path).ok()?;
            return Some((real.parent()?.to_path_buf(), real.file_name()?.to_str()?.to_owned()));
        }
    };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Some((parent.unwrap_or(Path::new(".")).to_path_buf(), name))
}

/// Refuses a folder that the site is made from, or that holds the site.
pub(super) fn refuse_sources(root: &Path, site: &Path) -> Result<(), PublishError> {
    let site = fs::canonicalize(site).map_err(DiskError::at("find", site))?;
    let refuse = |because: &str| {
        Err(PublishError::refused(format!("cannot publish to `{}`: it {because}", root.display())))
    };
    if site.starts_with(root) {
        return refuse("holds the site's own folder");
    }
    for folder in crate::source::FOLDERS.iter().chain(&[crate::output::STATE_FOLDER]) {
        if root.starts_with(site.join(folder)) {
            return refuse("lies in a folder that the site is made from, or keeps its records in");
        }
    }
    Ok(())
}

/// Refuses a path that would be written through a link.
pub(super) fn refuse_links(disk: &Disk, root: &Path, path: &OutPath) -> Result<(), PublishError> {
    match Folders::new(root).above(disk, path.as_str())? {
        Some(PathState::Link(link)) => Err(PublishError::target(format!(
            "`{}` is a link: nothing is written through it; move it away",
            root.join(&*link).display()
        ))),
        _ => Ok(()),
    }
}

/// Whether the permissions of a folder let this process write into it.
pub(super) fn is_writable(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
    }
    #[cfg(not(unix))]
    {
        fs::metadata(folder).is_ok_and(|meta| !meta.permissions().readonly())
    }
}

/// Takes a link, a device or an oddly named file of others into another folder.
pub(super) fn keep_irregular(disk: &Disk, from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Ok(target) = fs::read_link(from) {
        return std::os::unix::fs::symlink(target, to);
    }
    match disk.look(from)? {
        Some(DiskNode::File(_)) => Ok(disk.link_or_copy(from, to)?),
        _ => fs::hard_link(from, to),
    }
}

/// The path, or one beside it that is free.
pub(super) fn free(disk: &Disk, path: &Path) -> Result<PathBuf, PublishError> {
    let mut place = path.to_path_buf();
    for number in 2.. {
        if disk.look(&place)?.is_none() {
            break;
        }
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{number}"));
        place = name.into();
    }
    Ok(place)
}

/// Whether two paths are names of one file, or links to one place.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    if let (Ok(one), Ok(other)) = (fs::read_link(one), fs::read_link(other)) {
        return one == other;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path| fs::symlink_metadata(path).map(|meta| (meta.dev(), meta.ino())).ok();
        identity(one).is_some() && identity(one) == identity(other)
    }
    #[cfg(not(unix))]
    {
        false
    }
}

/// Whether a file of others lies at a path as a further name, or another copy, of one that readers see.
pub(super) fn is_copy(one: &Path, other: &Path) -> bool {
    let is_file = |path: &Path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    is_same(one, other)
        || is_file(one)
            && is_file(other)
            && matches!((digest(one), digest(other)), (Ok(one), Ok(other)) if one == other)
}

/// Makes a link lead to a folder beside or below its own, in one step; an empty folder in its place is removed.
pub(super) fn point(
    disk: &Disk,
    link: &Path,
    to: &Path,
    temporary: &Path,
) -> Result<(), PublishError> {
    let parent = link.parent().unwrap_or(link);
    let target = to.strip_prefix(parent).unwrap_or(to);
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, temporary)
        .map_err(DiskError::at("make a link", temporary))?;
    #[cfg(not(unix))]
    let _ = target;
    if disk.look(link)? == Some(DiskNode::Folder) {
        disk.remove_empty(link)?;
    }
    Ok(disk.rename(temporary, link).map_err(DiskError::over("switch", link))?)
}

/// A name for this folder that no other has, made when it is first asked for.
pub(super) fn token(cache: &Path) -> Result<String, PublishError> {
    let (disk, path) = (Disk::default(), cache.join("token"));
    if let Some(DiskNode::File(_)) = disk.look(&path)? {
        let token = disk.read(&path)?;
        return Ok(String::from_utf8_lossy(&token).into_owned());
    }
    disk.create_private_folders(cache)?;
    let made = fs::metadata(cache)
        .and_then(|meta| meta.modified())
        .map_err(DiskError::at("look at", cache))?;
    let token =
        ContentHash::of(format!("{} {made:?} {}", cache.display(), std::process::id()).as_bytes())
            .to_string();
    disk.write(&path, token.as_bytes())?;
    Ok(token)
}

/// A text of others, safe for a terminal and on one line.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(200).collect()
}

/// What follows the first of some names: nothing, or how many more there are.
pub(super) fn and_more(count: usize) -> String {
    if count > 1 { format!(" and {} more", count - 1) } else { String::new() }
}

/// Paths as a program reads them from its input: before each of them a text, and after it a sign that no path has.
pub(super) fn path_list<'a>(
    paths: impl IntoIterator<Item = &'a OutPath>,
    before: &str,
    end: char,
) -> Vec<u8> {
    let lines = paths.into_iter().map(|path| format!("{before}{path}{end}"));
    lines.collect::<String>().into_bytes()
}
