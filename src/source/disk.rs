//! A site in a folder.
#![expect(clippy::disallowed_methods, reason = "this is the module that reads content")]

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::base::{Digest, SourcePath};
use crate::diag::{Code, Diagnostic, Span};

use super::{FOLDERS, Listing, ReadSeek, Source, ignored};

/// The most bytes that are read of a file at once. No text has as many, and published files are never held whole.
const MOST: u64 = 64 * 1024 * 1024;

/// A folder that holds a site.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The site in a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }
}

impl Source for Disk {
    fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        for folder in FOLDERS {
            let top = self.root.join(folder);
            if !top.exists() {
                continue;
            }
            let walk = WalkDir::new(&top).follow_links(true).into_iter();
            let (mut linked, mut refused) = (Vec::new(), Vec::new());
            let part = |entry: &DirEntry| {
                if entry.depth() > 0 && entry.file_name().to_str().is_some_and(ignored) {
                    return false;
                }
                let problem = entry.path_is_symlink().then(|| link(&root, entry, &mut linked));
                let problem = problem.flatten().map(|reason| self.unreadable(entry.path(), reason));
                let follow = problem.is_none();
                refused.extend(problem);
                follow
            };
            for entry in walk.filter_entry(part) {
                match entry {
                    Ok(entry) => self.entry(&entry, &mut listing),
                    Err(error) => {
                        let path = error.path().unwrap_or(&top);
                        let reason = match error.io_error() {
                            Some(io) => io.kind().to_string(),
                            None => "a link leads back to a folder above it".to_string(),
                        };
                        listing.diagnostics.push(self.unreadable(path, &reason));
                    }
                }
            }
            listing.diagnostics.extend(refused);
        }
        listing.files.sort();
        listing
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        let path = self.path(path);
        let found = std::fs::metadata(&path)?;
        // To open a pipe would wait for somebody to write to it.
        if !found.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        if found.len() > MOST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        std::fs::read(path)
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        Digest::of_reader(&mut File::open(self.path(path))?)
    }

    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.path(path))?.take(limit as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn open(&self, path: &SourcePath) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(File::open(self.path(path))?))
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        Some(self.path(path))
    }
}

impl Disk {
    fn entry(&self, entry: &DirEntry, listing: &mut Listing) {
        if entry.file_type().is_dir() {
            return;
        }
        if !entry.file_type().is_file() {
            listing.diagnostics.push(self.unreadable(entry.path(), "not a regular file"));
            return;
        }
        match self.relative(entry.path()) {
            Some(path) => listing.files.push(path),
            None => {
                let diagnostic = self.unreadable(entry.path(), "its name is not UTF-8");
                listing.diagnostics.push(diagnostic);
            }
        }
    }

    /// The path below the root with `/`, when all of it is UTF-8.
    pub(super) fn relative(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let segments: Option<Vec<&str>> =
            below.components().map(|part| part.as_os_str().to_str()).collect();
        Some(SourcePath::new(segments?.join("/")))
    }

    fn unreadable(&self, path: &Path, reason: &str) -> Diagnostic {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let name = below.to_string_lossy().replace('\\', "/");
        let span = Span::file(SourcePath::new(name.clone()));
        Diagnostic::new(Code::Unreadable, span, format!("cannot read `{name}`: {reason}"))
            .help("replace it with a readable file inside the site's folder, or remove it")
    }
}

/// Why a link is not followed; `linked` are the linked folders that are.
///
/// Links inside linked folders are not: twenty folders with two links each to the next are a million ways.
fn link(root: &Path, entry: &DirEntry, linked: &mut Vec<PathBuf>) -> Option<&'static str> {
    let path = entry.path();
    if !path.canonicalize().is_ok_and(|real| real.starts_with(root)) {
        return Some("the link leads out of the site's folder");
    }
    if entry.file_type().is_dir() {
        if linked.iter().any(|folder| path.starts_with(folder)) {
            return Some("a link to a folder stands in a folder that is a link itself");
        }
        linked.push(path.to_path_buf());
    }
    None
}
