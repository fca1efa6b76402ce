//! Carrying out a plan.
//!
//! 1. Every file is read again: one that is not as it was when the plan was made stops everything.
//! 2. What each file will hold is written beside it, under a new name that cannot be guessed and that no build reads.
//! 3. Every file is read once more, and each new one takes the old one's place by a rename; last the one that declares
//!    what is renamed.
//! 4. What moves gets its name last.
//!
//! Stopped at any moment, every file is whole, old or new, and what moves is still where it was: the same command
//! finishes what was begun.
//!
//! Where a file lies is found out once. From then on it is reached through no link, from a folder that is held open, so
//! that nothing which is put in the way makes a text go elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::base::SourcePath;
use crate::source::{Disk, FOLDERS, HeldFolder};

use super::{EditPlan, NewFile};

mod names;

/// Why a plan was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// A file is not as it was when the plan was made.
    Changed(SourcePath),
    /// Something lies where a file or folder would have to go.
    Exists(SourcePath),
    /// It is a link, or is reached through one and under two names.
    Linked(SourcePath),
    /// It is a link to a folder that is none of the site's, or to none.
    LedOut(SourcePath),
    /// The file system failed.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The verb, for "cannot … `path`".
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl Failure {
    /// The process's exit code: 5 when a guard refused, 3 when the file system failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Changed(_) | Self::Exists(_) | Self::Linked(_) | Self::LedOut(_) => 5,
            Self::Io { .. } => 3,
        }
    }

    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_path_buf(), doing, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => {
                write!(f, "`{path}` was changed by another program; run the command again")
            }
            Self::Exists(path) => write!(f, "`{path}` already exists; nothing was overwritten"),
            Self::Linked(path) => write!(
                f,
                "`{path}` is a link, or is reached through one; replace the link with its target"
            ),
            Self::LedOut(path) => write!(
                f,
                "`{path}` is a link that leads out of the site, or to nothing; replace it with a folder"
            ),
            Self::Io { path, doing, source } => {
                write!(f, "cannot {doing} `{}`: {}", path.display(), source.kind())
            }
        }
    }
}

/// Whether files are made behind `content`, `static` or `templates` where that is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tops {
    /// They are: the site is its owner's, and so is the link.
    Followed,
    /// Only within the site's folder: a site that is begun has no owner's links yet.
    Inside,
}

/// Carries out a plan in a site's folder.
///
/// # Errors
/// [`Failure`]: before the first file has its new bytes, or, if another program writes at the same moment, after some have.
pub fn apply(disk: &Disk, plan: &EditPlan) -> Result<(), Failure> {
    stepwise(disk, plan, &mut |_| {})
}

/// Makes files, and the folders that they need. Each is complete before it has its name.
///
/// # Errors
/// [`Failure::Exists`] before anything is made, if one of them is there already; [`Failure::LedOut`].
pub fn create(disk: &Disk, files: &[NewFile], tops: Tops) -> Result<(), Failure> {
    let root = disk.root();
    files.iter().try_for_each(|file| free(root, &file.path))?;
    make_root(root)?;
    // All folders before the first file: one that is refused leaves nothing half done.
    let folders: Vec<HeldFolder> =
        files.iter().map(|file| folder_for(disk, &file.path, tops)).collect::<Result<_, _>>()?;
    for (file, folder) in files.iter().zip(folders) {
        let place = root.join(file.path.as_str());
        let name = file.path.file_name();
        let (mut out, fresh) =
            names::fresh(&folder, name, false).map_err(Failure::io("write", &place))?;
        let written = out.write_all(file.text.as_bytes()).and_then(|()| out.sync_all());
        let put = written.and_then(|()| names::put(&folder, fresh.as_ref(), name.as_ref()));
        if let Err(error) = put {
            // What is left is a file that no build reads.
            let _ = names::remove(&folder, fresh.as_ref());
            return Err(match error.kind() {
                io::ErrorKind::AlreadyExists => Failure::Exists(file.path.clone()),
                _ => Failure::io("write", &place)(error),
            });
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the site's own folder is where its user says")]
fn make_root(root: &Path) -> Result<(), Failure> {
    match fs::create_dir_all(root) {
        // A file is there: what opens the folder says so.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done.map_err(Failure::io("make", root)),
    }
}

/// The folder that a new file goes into, made where it is missing.
fn folder_for(disk: &Disk, path: &SourcePath, tops: Tops) -> Result<HeldFolder, Failure> {
    let root = disk.root();
    let mut folder = HeldFolder::open(root).map_err(Failure::io("open", root))?;
    let mut way = String::new();
    for segment in path.folder().split('/').filter(|segment| !segment.is_empty()) {
        way.push_str(if way.is_empty() { "" } else { "/" });
        way.push_str(segment);
        let place = root.join(&way);
        let mut next = folder.folder(segment.as_ref());
        if next.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            names::make_folder(&folder, segment).map_err(Failure::io("make", &place))?;
            next = folder.folder(segment.as_ref());
        }
        folder = match next {
            Ok(next) => next,
            Err(_) if place.is_symlink() => behind(disk, &way, tops)?,
            Err(error) => return Err(Failure::io("open", &place)(error)),
        };
    }
    Ok(folder)
}

/// The folder that a link of the site leads to.
fn behind(disk: &Disk, way: &str, tops: Tops) -> Result<HeldFolder, Failure> {
    let path = SourcePath::new(way);
    let place = disk.root().join(way);
    if FOLDERS.contains(&way) {
        let site = disk.root().canonicalize().map_err(Failure::io("find", disk.root()))?;
        let inside = place.canonicalize().is_ok_and(|real| real.starts_with(site));
        if tops == Tops::Inside && !inside {
            return Err(Failure::LedOut(path));
        }
        return HeldFolder::open(&place).map_err(Failure::io("open", &place));
    }
    let Ok((folder, below)) = disk.landing(&path) else { return Err(Failure::LedOut(path)) };
    let held = HeldFolder::open(&folder).and_then(|folder| folder.folder(&below));
    held.map_err(Failure::io("open", &place))
}

/// Something that is done to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WriteStep {
    /// A new file is begun beside the old one.
    Begin,
    /// It is complete, on the disk.
    Complete,
    /// It takes the old one's place.
    Replace,
    /// A file or folder gets its name.
    Move,
}

/// A file or folder by where it really lies: below a folder that is held open, through no link.
struct Seat {
    top: Rc<HeldFolder>,
    below: PathBuf,
    /// For messages.
    shown: PathBuf,
}

impl Seat {
    /// The folder that holds it. Opened anew each time: a plan may name more folders than may be open at once.
    fn folder(&self) -> Result<HeldFolder, Failure> {
        let folder = self.below.parent().unwrap_or(Path::new(""));
        self.top.folder(folder).map_err(Failure::io("open", &self.shown))
    }

    fn name(&self) -> &std::ffi::OsStr {
        self.below.file_name().unwrap_or_default()
    }

    fn open(&self) -> Result<File, Failure> {
        self.top.file(&self.below).map_err(Failure::io("read", &self.shown))
    }
}

/// Where things really lie.
struct Seats<'a> {
    disk: &'a Disk,
    tops: BTreeMap<PathBuf, Rc<HeldFolder>>,
}

impl Seats<'_> {
    fn find(&mut self, path: &SourcePath) -> Result<Seat, Failure> {
        let shown = self.disk.root().join(path.as_str());
        let (top, below) = self.disk.landing(path).map_err(Failure::io("find", &shown))?;
        let held = match self.tops.get(&top) {
            Some(held) => held.clone(),
            None => {
                let held = Rc::new(HeldFolder::open(&top).map_err(Failure::io("open", &shown))?);
                self.tops.insert(top, held.clone());
                held
            }
        };
        Ok(Seat { top: held, below, shown })
    }
}

/// A file to replace.
struct StagedFile<'a> {
    path: &'a SourcePath,
    seat: Seat,
    before: &'a [u8],
    after: &'a [u8],
}

/// What moves: the folder in which it does, its name there, and the one that it will have.
struct Moving<'a> {
    seat: Seat,
    to: &'a SourcePath,
}

/// [`apply`] that tells before each step.
pub(super) fn stepwise(
    disk: &Disk,
    plan: &EditPlan,
    before: &mut dyn FnMut(WriteStep),
) -> Result<(), Failure> {
    let root = disk.root();
    let (pending, moving) = prepare(disk, plan)?;
    let mut fresh = Vec::new();
    let written = write_beside(&pending, &mut fresh, before).and_then(|()| {
        pending.iter().try_for_each(unchanged)?;
        plan.moved.iter().try_for_each(|moved| free(root, &moved.to))
    });
    if let Err(failure) = written {
        for (file, fresh) in pending.iter().zip(&fresh) {
            // What is left is a file that no build reads, and that the next run removes.
            let folder = file.seat.folder();
            let _ = folder.map(|folder| names::remove(&folder, fresh.as_ref()));
        }
        return Err(failure);
    }
    let is_last = |file: &StagedFile<'_>| plan.last.as_ref() == Some(file.path);
    let files = || pending.iter().zip(&fresh);
    let first = files().filter(|(file, _)| !is_last(file));
    for (file, fresh) in first.chain(files().filter(|(file, _)| is_last(file))) {
        unchanged(file)?;
        before(WriteStep::Replace);
        names::replace(&file.seat.folder()?, fresh, file.seat.name())
            .map_err(Failure::io("replace", &file.seat.shown))?;
    }
    for Moving { seat, to } in moving {
        before(WriteStep::Move);
        let folder = seat.folder()?;
        match names::put(&folder, seat.name(), to.file_name().as_ref()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Failure::Exists(to.clone()));
            }
            done => done.map_err(Failure::io("rename", &seat.shown))?,
        }
    }
    Ok(())
}

fn prepare<'a>(
    disk: &Disk,
    plan: &'a EditPlan,
) -> Result<(Vec<StagedFile<'a>>, Vec<Moving<'a>>), Failure> {
    let mut seats = Seats { disk, tops: BTreeMap::new() };
    let mut pending: Vec<StagedFile<'_>> = Vec::new();
    let mut known = BTreeSet::new();
    for change in &plan.changes {
        let seat = seats.find(&change.path)?;
        if !known.insert((Rc::as_ptr(&seat.top), seat.below.clone())) {
            return Err(Failure::Linked(change.path.clone()));
        }
        let (before, after) = (change.before.as_bytes(), change.after.as_bytes());
        pending.push(StagedFile { path: &change.path, seat, before, after });
    }
    pending.iter().try_for_each(unchanged)?;
    let mut moving = Vec::new();
    for moved in &plan.moved {
        // The folder may be reached through a link; what moves may be none.
        let mut seat = seats.find(&SourcePath::new(moved.from.folder()))?;
        seat.below.push(moved.from.file_name());
        seat.shown.push(moved.from.file_name());
        let found = names::is_link(&seat.folder()?, seat.name());
        match found.map_err(Failure::io("find", &seat.shown))? {
            Some(false) => {}
            Some(true) => return Err(Failure::Linked(moved.from.clone())),
            None => {
                return Err(Failure::io("find", &seat.shown)(io::ErrorKind::NotFound.into()));
            }
        }
        free(disk.root(), &moved.to)?;
        moving.push(Moving { seat, to: &moved.to });
    }
    tidy(&pending)?;
    Ok((pending, moving))
}

/// Removes what a run left that was stopped.
fn tidy(pending: &[StagedFile<'_>]) -> Result<(), Failure> {
    let mut folders: BTreeMap<_, (&Seat, BTreeSet<&str>)> = BTreeMap::new();
    for StagedFile { seat, .. } in pending {
        let key = (Rc::as_ptr(&seat.top), seat.below.parent());
        let (_, names) = folders.entry(key).or_insert_with(|| (seat, BTreeSet::new()));
        names.extend(seat.name().to_str());
    }
    for (seat, replaced) in folders.into_values() {
        let folder = seat.folder()?;
        for name in names::names(&folder).map_err(Failure::io("list", &seat.shown))? {
            if names::unfinished(&name).is_some_and(|name| replaced.contains(name)) {
                names::remove(&folder, &name).map_err(Failure::io("remove", &seat.shown))?;
            }
        }
    }
    Ok(())
}

fn write_beside(
    pending: &[StagedFile<'_>],
    made: &mut Vec<String>,
    before: &mut dyn FnMut(WriteStep),
) -> Result<(), Failure> {
    for StagedFile { seat, after, .. } in pending {
        before(WriteStep::Begin);
        let failed = || Failure::io("write", &seat.shown);
        let name = seat.name().to_string_lossy();
        // Private until it has the permissions of the file that it replaces.
        let (mut out, fresh) = names::fresh(&seat.folder()?, &name, true).map_err(failed())?;
        made.push(fresh);
        out.write_all(after).map_err(failed())?;
        let found = seat.open()?.metadata().map_err(Failure::io("find", &seat.shown))?;
        out.set_permissions(found.permissions()).map_err(failed())?;
        before(WriteStep::Complete);
        out.sync_all().map_err(failed())?;
    }
    Ok(())
}

fn unchanged(file: &StagedFile<'_>) -> Result<(), Failure> {
    let mut found = Vec::new();
    // One byte more than was there shows that the file has changed.
    let most = file.before.len() as u64 + 1;
    let read = file.seat.open()?.take(most).read_to_end(&mut found);
    read.map_err(Failure::io("read", &file.seat.shown))?;
    if found == file.before { Ok(()) } else { Err(Failure::Changed(file.path.clone())) }
}

/// Nothing may lie where something is to go.
fn free(root: &Path, path: &SourcePath) -> Result<(), Failure> {
    match fs::symlink_metadata(root.join(path.as_str())) {
        Ok(_) => Err(Failure::Exists(path.clone())),
        Err(_) => Ok(()),
    }
}
