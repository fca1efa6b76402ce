//! Carrying out a plan.
//!
//! 1. Every file is read again: one that is not as it was when the plan was made stops everything.
//! 2. What each file will hold is written beside it, under a name that no build reads.
//! 3. Every file is read once more, and each new one takes the old one's place by a rename.
//! 4. What moves gets its name last.
//!
//! Stopped at any moment, every file is whole, old or new, and what moves is still where it was: the same command
//! finishes what was begun.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes content")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::base::SourcePath;

use super::{NewFile, Plan};

/// Why a plan was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// A file is not as it was when the plan was made.
    Changed(SourcePath),
    /// Something lies where a file or folder would have to go.
    Exists(SourcePath),
    /// It is a link, or is reached through one and under two names.
    Linked(SourcePath),
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
            Self::Changed(_) | Self::Exists(_) | Self::Linked(_) => 5,
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
                write!(f, "`{path}` was changed meanwhile; run the same command again")
            }
            Self::Exists(path) => write!(f, "`{path}` exists already; nothing is overwritten"),
            Self::Linked(path) => write!(
                f,
                "`{path}` is a link, or reached through one; replace the link by what it leads to"
            ),
            Self::Io { path, doing, source } => {
                write!(f, "cannot {doing} `{}`: {}", path.display(), source.kind())
            }
        }
    }
}

/// Carries out a plan in a site's folder.
///
/// # Errors
/// [`Failure`]: before the first file has its new bytes, or, if somebody writes at the same moment, after some have.
pub fn apply(root: &Path, plan: &Plan) -> Result<(), Failure> {
    stepwise(root, plan, &mut |_| {})
}

/// Makes files, and the folders that they need. Each is complete before it has its name.
///
/// # Errors
/// [`Failure::Exists`] before anything is made, if one of them is there already.
pub fn create(root: &Path, files: &[NewFile]) -> Result<(), Failure> {
    files.iter().try_for_each(|file| free(root, &file.path))?;
    for file in files {
        let place = root.join(file.path.as_str());
        let folder = place.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(Failure::io("make", folder))?;
        let fresh = folder.join(format!(".{}.briefing", file.path.file_name()));
        let mut out = File::create(&fresh).map_err(Failure::io("write", &fresh))?;
        out.write_all(file.text.as_bytes()).map_err(Failure::io("write", &fresh))?;
        out.sync_all().map_err(Failure::io("write", &fresh))?;
        free(root, &file.path)?;
        fs::rename(&fresh, &place).map_err(Failure::io("write", &place))?;
    }
    Ok(())
}

/// Something that is done to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A new file is begun beside the old one.
    Begin,
    /// It is complete, on the disk.
    Complete,
    /// It takes the old one's place.
    Replace,
    /// A file or folder gets its name.
    Move,
}

/// A file to replace.
struct Pending<'a> {
    path: &'a SourcePath,
    /// Where it really lies.
    real: PathBuf,
    fresh: PathBuf,
    before: &'a [u8],
    after: &'a [u8],
}

/// [`apply`] that tells before each step.
pub(super) fn stepwise(
    root: &Path,
    plan: &Plan,
    before: &mut dyn FnMut(Step),
) -> Result<(), Failure> {
    let pending = prepare(root, plan)?;
    let written = write_beside(&pending, before).and_then(|()| {
        pending.iter().try_for_each(unchanged)?;
        plan.moved.iter().try_for_each(|moved| free(root, &moved.to))
    });
    if let Err(failure) = written {
        for file in &pending {
            // What is left is a file that no build reads, and that the next run replaces.
            let _ = fs::remove_file(&file.fresh);
        }
        return Err(failure);
    }
    for file in &pending {
        unchanged(file)?;
        before(Step::Replace);
        fs::rename(&file.fresh, &file.real).map_err(Failure::io("replace", &file.real))?;
    }
    if let Some(moved) = &plan.moved {
        free(root, &moved.to)?;
        before(Step::Move);
        let (from, to) = (root.join(moved.from.as_str()), root.join(moved.to.as_str()));
        fs::rename(&from, &to).map_err(Failure::io("rename", &from))?;
    }
    Ok(())
}

fn prepare<'a>(root: &Path, plan: &'a Plan) -> Result<Vec<Pending<'a>>, Failure> {
    let mut pending: Vec<Pending<'_>> = Vec::new();
    let mut known = BTreeSet::new();
    for change in &plan.changes {
        let path = root.join(change.path.as_str());
        let real = path.canonicalize().map_err(Failure::io("find", &path))?;
        if !known.insert(real.clone()) {
            return Err(Failure::Linked(change.path.clone()));
        }
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let fresh = real.with_file_name(format!(".{name}.briefing"));
        let (before, after) = (change.before.as_bytes(), change.after.as_bytes());
        pending.push(Pending { path: &change.path, real, fresh, before, after });
    }
    pending.iter().try_for_each(unchanged)?;
    if let Some(moved) = &plan.moved {
        let from = root.join(moved.from.as_str());
        let found = fs::symlink_metadata(&from).map_err(Failure::io("find", &from))?;
        if found.is_symlink() {
            return Err(Failure::Linked(moved.from.clone()));
        }
        free(root, &moved.to)?;
    }
    Ok(pending)
}

fn write_beside(pending: &[Pending<'_>], before: &mut dyn FnMut(Step)) -> Result<(), Failure> {
    for file in pending {
        before(Step::Begin);
        let failed = |doing: &'static str| Failure::io(doing, &file.fresh);
        let mut fresh = File::create(&file.fresh).map_err(failed("write"))?;
        fresh.write_all(file.after).map_err(failed("write"))?;
        let found = fs::metadata(&file.real).map_err(Failure::io("find", &file.real))?;
        fresh.set_permissions(found.permissions()).map_err(failed("write"))?;
        before(Step::Complete);
        fresh.sync_all().map_err(failed("write"))?;
    }
    Ok(())
}

fn unchanged(file: &Pending<'_>) -> Result<(), Failure> {
    let found = fs::read(&file.real).map_err(Failure::io("read", &file.real))?;
    if found == file.before { Ok(()) } else { Err(Failure::Changed(file.path.clone())) }
}

/// Nothing may lie where something is to go.
fn free(root: &Path, path: &SourcePath) -> Result<(), Failure> {
    match fs::symlink_metadata(root.join(path.as_str())) {
        Ok(_) => Err(Failure::Exists(path.clone())),
        Err(_) => Ok(()),
    }
}
