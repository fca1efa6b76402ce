//! A site in a folder.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use walkdir::{DirEntry, WalkDir};

use crate::base::{Digest, SourcePath};
use crate::diag::{Code, Diagnostic, Span};

use super::reach::{Landing, LinkRefusal, Reach};
use super::{FOLDERS, HeldFolder, Listing, ReadSeek, Source, ignored, is_link};

/// The most bytes that are read of a file at once. No text has as many, and published files are never held whole.
const MOST: u64 = 64 * 1024 * 1024;

/// The settings, which say what folders a site shares.
pub(super) const SETTINGS: &str = "content/site.yaml";

/// The most bytes of settings that are asked for shared folders.
const MOST_SETTINGS: u64 = 1024 * 1024;

/// Reads from the bytes of a site's settings which folders it shares: paths from the site's folder.
pub type Shares = fn(&[u8]) -> Vec<String>;

/// A folder that holds a site.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
    shares: Option<Shares>,
    /// What was read of the settings last, by their digest.
    shared: Arc<Mutex<(Digest, Arc<[String]>)>>,
}

/// A link in a site's folder that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Followed {
    /// Where it stands, below the site's folder.
    pub(super) path: PathBuf,
    /// Where it leads.
    pub(super) real: PathBuf,
    pub(super) is_folder: bool,
}

/// What a look at a site's folder found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) listing: Listing,
    /// The links that are followed, `content`, `templates` and `static` among them, in the order of their places.
    pub(super) followed: Vec<Followed>,
    /// Whether any link asked what the settings share.
    pub(super) asks_settings: bool,
}

impl Disk {
    /// The site in a folder. No link in it leads out.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), shares: None, shared: Arc::default() }
    }

    /// The site in a folder, with the folders that its settings share.
    pub fn sharing(root: impl Into<PathBuf>, shares: Shares) -> Self {
        Self { shares: Some(shares), ..Self::new(root) }
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file or folder of the site really lies: a folder that links may lead into, and the path below it, which
    /// has no link.
    ///
    /// # Errors
    /// It is not there, or lies where no link of the site may lead.
    pub fn landing(&self, path: &SourcePath) -> io::Result<(PathBuf, PathBuf)> {
        let found = self.landing_of(split(path).0, &self.path(path).canonicalize()?)?;
        Ok((found.folder, found.below))
    }

    fn path(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Opens a file, through no link but those that may be followed.
    pub(super) fn opened(&self, path: &SourcePath) -> io::Result<File> {
        let (top, below) = split(path);
        let found = HeldFolder::open(&self.root.join(top))?.file(Path::new(below));
        match found {
            // Where a link leads is found out first. What is opened then lies there, whatever the links are by now.
            Err(error) if is_link(&error) => {
                let Landing { folder, below } =
                    self.landing_of(top, &self.path(path).canonicalize()?)?;
                HeldFolder::open(&folder)?.file(&below)
            }
            found => found,
        }
    }

    fn landing_of(&self, top: &str, real: &Path) -> io::Result<Landing> {
        let without = Reach::new(&self.root, &[]).landing(top, real);
        let found = without.or_else(|_| Reach::new(&self.root, &self.shared()).landing(top, real));
        found
            .map_err(|refusal| io::Error::new(io::ErrorKind::PermissionDenied, refusal.to_string()))
    }

    /// The folders that the settings share now. Settings that lie behind a link share nothing.
    fn shared(&self) -> Arc<[String]> {
        let Some(shares) = self.shares else { return Arc::default() };
        let (top, below) = split_text(SETTINGS);
        let file = HeldFolder::open(&self.root.join(top)).and_then(|top| top.file(below.as_ref()));
        let mut bytes = Vec::new();
        let read = file.and_then(|file| file.take(MOST_SETTINGS + 1).read_to_end(&mut bytes));
        if read.is_err() || bytes.len() as u64 > MOST_SETTINGS {
            return Arc::default();
        }
        let digest = Digest::of(&bytes);
        let mut known = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != digest {
            *known = (digest, shares(&bytes).into());
        }
        known.1.clone()
    }

    /// Looks at every file and link.
    pub(super) fn survey(&self) -> Survey {
        let mut survey = Survey::default();
        let mut links = Links::new(self);
        for folder in FOLDERS {
            let top = self.root.join(folder);
            let Ok(found) = top.symlink_metadata() else { continue };
            if found.is_symlink() {
                match top.canonicalize() {
                    Ok(real) => {
                        survey.followed.push(Followed { path: top.clone(), real, is_folder: true });
                    }
                    Err(error) => {
                        let reason = format!("the link leads nowhere: {}", error.kind());
                        let help =
                            format!("make the folder that it leads to, or remove `{folder}`");
                        let found = self.unreadable(&top, &reason).help(help);
                        survey.listing.diagnostics.push(found);
                        continue;
                    }
                }
            }
            let mut refused = Vec::new();
            let walk = WalkDir::new(&top).follow_links(true).into_iter();
            let part = |entry: &DirEntry| {
                if is_litter(entry.path(), &top) {
                    return false;
                }
                if entry.depth() == 0 || !entry.path_is_symlink() {
                    return true;
                }
                match links.follow(folder, entry) {
                    Ok(followed) => survey.followed.push(followed),
                    Err(refusal) => {
                        let problem = self.unreadable(entry.path(), &refusal.to_string());
                        refused.push(problem.help(refusal.help()));
                        return false;
                    }
                }
                true
            };
            for entry in walk.filter_entry(part) {
                match entry {
                    Ok(entry) => self.entry(&entry, &mut survey.listing),
                    // Emacs' lock is a link that leads nowhere.
                    Err(error) if error.path().is_some_and(|path| is_litter(path, &top)) => {}
                    Err(error) => {
                        let path = error.path().unwrap_or(&top);
                        let (reason, help) = match error.io_error() {
                            Some(io) => (io.kind().to_string(), READABLE),
                            None => {
                                let reason = "a link leads back to a folder above it".to_string();
                                (reason, "replace it with a folder, or remove it")
                            }
                        };
                        let problem = self.unreadable(path, &reason).help(help);
                        survey.listing.diagnostics.push(problem);
                    }
                }
            }
            survey.listing.diagnostics.extend(refused);
        }
        survey.asks_settings = links.shared.is_some();
        survey.listing.files.sort();
        survey
    }
}

/// What to do about a file that cannot be read.
const READABLE: &str = "replace it with a readable file inside the site's folder, or remove it";

impl Source for Disk {
    fn list(&self) -> Listing {
        self.survey().listing
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        whole(self.opened(path)?)
    }

    fn digest(&self, path: &SourcePath) -> io::Result<(Digest, u64)> {
        Digest::of_reader(&mut self.opened(path)?)
    }

    fn head(&self, path: &SourcePath, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.opened(path)?.take(limit as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn open(&self, path: &SourcePath) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(self.opened(path)?))
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        Some(self.path(path))
    }
}

/// The bytes of an open file, unless they are more than any text has.
fn whole(file: File) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    if length > MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // A file that grows meanwhile grows to no more.
    file.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

impl Disk {
    fn entry(&self, entry: &DirEntry, listing: &mut Listing) {
        if entry.file_type().is_dir() {
            return;
        }
        let problem = |reason: &str| self.unreadable(entry.path(), reason).help(READABLE);
        if !entry.file_type().is_file() {
            listing.diagnostics.push(problem("not a regular file"));
            return;
        }
        match self.relative(entry.path()) {
            Some(path) => listing.files.push(path),
            None => listing.diagnostics.push(problem("its name is not UTF-8")),
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
    }
}

/// Judges the links of one look at a site's folder.
struct Links<'a> {
    disk: &'a Disk,
    /// Without the folders that the settings share.
    own: Reach,
    /// With them, once a link leads out.
    shared: Option<Reach>,
    /// The linked folders that are followed.
    folders: BTreeSet<PathBuf>,
}

impl<'a> Links<'a> {
    fn new(disk: &'a Disk) -> Self {
        let own = Reach::new(&disk.root, &[]);
        Self { disk, own, shared: None, folders: BTreeSet::new() }
    }

    fn follow(&mut self, top: &str, entry: &DirEntry) -> Result<Followed, LinkRefusal> {
        let path = entry.path();
        // The link went meanwhile, or led to something else.
        let real = path.canonicalize().unwrap_or_default();
        let landing = self.own.landing(top, &real).or_else(|_| {
            let shared = &self.disk;
            let with = || Reach::new(&shared.root, &shared.shared());
            self.shared.get_or_insert_with(with).landing(top, &real)
        })?;
        let is_folder = entry.file_type().is_dir();
        if is_folder {
            if path.ancestors().any(|above| self.folders.contains(above)) {
                return Err(LinkRefusal::Twice);
            }
            self.folders.insert(path.to_path_buf());
        }
        Ok(Followed { path: path.to_path_buf(), real: landing.place(), is_folder })
    }
}

/// Whether a path below one of the site's folders is no part of the site: those above it were looked at before.
fn is_litter(path: &Path, top: &Path) -> bool {
    path != top && path.file_name().and_then(|name| name.to_str()).is_some_and(ignored)
}

/// The folder of the site that a file is in, and its path below that; a file beside the folders is in the site's own.
fn split(path: &SourcePath) -> (&str, &str) {
    split_text(path.as_str())
}

fn split_text(path: &str) -> (&str, &str) {
    match path.split_once('/') {
        Some((top, below)) if FOLDERS.contains(&top) => (top, below),
        _ => ("", path),
    }
}
