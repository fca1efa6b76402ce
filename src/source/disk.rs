//! A site in a folder.
#![expect(clippy::disallowed_methods, reason = "this is the module that reads content")]

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::base::{Digest, SourcePath};
use crate::diag::{Code, Diagnostic, Span};

use super::{FOLDERS, Listing, Source, ignored};

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
            let part = |entry: &DirEntry| {
                entry.depth() == 0 || !entry.file_name().to_str().is_some_and(ignored)
            };
            for entry in walk.filter_entry(part) {
                match entry {
                    Ok(entry) => self.entry(&root, &entry, &mut listing),
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
        }
        listing.files.sort();
        listing
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        std::fs::read(self.path(path))
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        Digest::of_reader(&mut File::open(self.path(path))?)
    }

    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.path(path))?.take(limit as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        Some(self.path(path))
    }
}

impl Disk {
    fn entry(&self, root: &Path, entry: &DirEntry, listing: &mut Listing) {
        if entry.path_is_symlink() {
            let inside = entry.path().canonicalize().is_ok_and(|real| real.starts_with(root));
            if !inside {
                listing
                    .diagnostics
                    .push(self.unreadable(entry.path(), "the link leads out of the site's folder"));
                return;
            }
        }
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
    fn relative(&self, path: &Path) -> Option<SourcePath> {
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
