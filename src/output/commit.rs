//! Carries out a plan: records it, does it step by step, and undoes it if a step fails.
//!
//! Every step is one rename or one removal, so a reader of the output sees whole files only, and a kill between any
//! two steps leaves files that either the old manifest or the pending one knows.

use std::io::{self, ErrorKind};
use std::mem::take;
use std::path::{Path, PathBuf};

use super::error::{Error, Refusal};
use super::manifest::Manifest;
use super::plan::{Plan, plan, strays};
use super::session::{Deed, Session, Start};
use super::settle::prune;
use super::{Origin, Report};
use crate::base::OutPath;

/// Makes the output what was put.
pub(super) fn commit(session: &mut Session, origin: Origin) -> Result<Report, Error> {
    session.ctx.store.lock(&session.ctx.disk, &session.ctx.place)?;
    let puts = take(session.puts.get_mut().expect("no thread panicked while it put a file"));
    let mut plan = plan(session, &puts)?;
    let report = Report {
        written: plan.writes.clone(),
        unchanged: puts.values().filter(|put| matches!(put.deed, Deed::Keep)).count(),
        removed: removed(&plan),
        adopted: puts.values().filter(|put| put.adopted).count(),
    };
    let manifest = Manifest::new(
        origin,
        session.ctx.place.output.to_string_lossy().into_owned(),
        take(&mut plan.found),
        puts.into_iter().map(|(path, put)| (path.as_str().into(), put.entry)).collect(),
    );
    if plan.is_idle() {
        prune_ours(session, &plan.gone)?;
        if session.old.as_ref() != Some(&manifest) {
            session.ctx.store.save_manifest(&session.ctx.disk, &manifest)?;
        }
    } else {
        carry_out(session, &plan, &manifest)?;
    }
    Ok(report)
}

fn carry_out(session: &Session, plan: &Plan, manifest: &Manifest) -> Result<(), Error> {
    let (disk, store) = (&session.ctx.disk, &session.ctx.store);
    store.save_pending(disk, manifest)?;
    let mut journal = Journal::default();
    let done = apply(session, plan, &mut journal).and_then(|()| store.promote(disk, manifest));
    if done.is_err() && journal.undo(session).is_ok() {
        // If undoing fails too, both manifests stay, as after a kill.
        let _ = store.drop_pending(disk);
    }
    done
}

fn apply(session: &Session, plan: &Plan, journal: &mut Journal) -> Result<(), Error> {
    if session.start != Start::Filled && !session.stage.is_inside() {
        if journal.rename_whole(session).is_ok() {
            return Ok(());
        }
        // A mount point, for example, cannot be replaced: file by file, then. But not into a folder that somebody
        // filled meanwhile.
        let mut conflicts = Vec::new();
        let output = &session.ctx.place.output;
        if session.ctx.disk.look(output).map_err(Error::io("look at", output))?.is_some() {
            strays(session, &Default::default(), &mut conflicts)?;
        }
        if !conflicts.is_empty() {
            return Err(Refusal::Foreign(conflicts).into());
        }
    }
    for path in &plan.early {
        journal.remove(session, path)?;
    }
    prune_ours(session, &plan.early)?;
    for path in &plan.writes {
        journal.write(session, path)?;
    }
    for path in &plan.late {
        journal.remove(session, path)?;
    }
    prune_ours(session, &[&plan.late[..], &plan.gone[..]].concat())
}

/// Removes folders that a build made and that are empty now.
fn prune_ours(session: &Session, gone: &[Box<str>]) -> Result<(), Error> {
    let made = |folder: &str| session.old.as_ref().is_some_and(|old| old.made_folder(folder));
    prune(&session.ctx, gone, |folder| !made(folder))
}

impl Plan {
    fn is_idle(&self) -> bool {
        self.early.is_empty() && self.writes.is_empty() && self.late.is_empty()
    }
}

fn removed(plan: &Plan) -> Vec<OutPath> {
    let paths = plan.early.iter().chain(&plan.late);
    let mut removed: Vec<_> =
        paths.map(|path| OutPath::new(path).expect("checked when the manifest was read")).collect();
    removed.sort();
    removed
}

/// What was done, so that it can be undone.
#[derive(Default)]
struct Journal {
    done: Vec<Done>,
    made: Vec<PathBuf>,
}

enum Done {
    /// The stage became the output.
    Whole,
    /// A file came to a place where none was.
    Created(PathBuf),
    /// A file was replaced or removed.
    Replaced { place: PathBuf, saved: PathBuf },
}

impl Journal {
    /// Lets the stage become the output, in one step.
    fn rename_whole(&mut self, session: &Session) -> Result<(), Error> {
        let (disk, output) = (&session.ctx.disk, &session.ctx.place.output);
        let new = session.stage.new_folder(&session.ctx)?;
        if let Some(parent) = output.parent() {
            disk.create_folders(parent, &mut self.made).map_err(Error::io("create", parent))?;
        }
        if session.start == Start::Empty {
            disk.copy_permissions(output, &new).map_err(Error::io("look at", output))?;
        }
        disk.rename(&new, output).map_err(Error::io("write", output))?;
        self.done.push(Done::Whole);
        Ok(())
    }

    fn write(&mut self, session: &Session, path: &OutPath) -> Result<(), Error> {
        let from = session.stage.file(&session.ctx, path.as_str())?;
        let place = session.ctx.place.at(path.as_str());
        let replaced = self.save(session, &place)?;
        put_in_place(session, &from, &place, &mut self.made)?;
        if !replaced {
            self.done.push(Done::Created(place));
        }
        Ok(())
    }

    fn remove(&mut self, session: &Session, path: &str) -> Result<(), Error> {
        let place = session.ctx.place.at(path);
        if self.save(session, &place)? {
            session.ctx.disk.remove(&place).map_err(Error::io("remove", &place))?;
        }
        Ok(())
    }

    /// Keeps what is about to be replaced or removed. It stays in its place meanwhile: no reader misses it.
    fn save(&mut self, session: &Session, place: &Path) -> Result<bool, Error> {
        let saved = session.stage.old_file(&session.ctx)?;
        match session.ctx.disk.link_or_copy(place, &saved) {
            Ok(()) => {
                self.done.push(Done::Replaced { place: place.to_path_buf(), saved });
                Ok(true)
            }
            Err(error) if absent(&error) => Ok(false),
            Err(error) => Err(Error::io("keep a copy of", place)(error)),
        }
    }

    fn undo(mut self, session: &Session) -> Result<(), Error> {
        let disk = &session.ctx.disk;
        for done in self.done.into_iter().rev() {
            match done {
                Done::Whole => {
                    let (new, output) =
                        (session.stage.new_folder(&session.ctx)?, &session.ctx.place.output);
                    disk.rename(output, &new).map_err(Error::io("remove", output))?;
                    if session.start == Start::Empty {
                        disk.create_folder(output).map_err(Error::io("create", output))?;
                    }
                }
                Done::Created(place) => disk.remove(&place).map_err(Error::io("remove", &place))?,
                Done::Replaced { place, saved } => {
                    // It may have made room for a folder.
                    for folder in self.made.iter().rev().filter(|made| made.starts_with(&place)) {
                        disk.remove_empty(folder).map_err(Error::io("remove", folder))?;
                    }
                    put_in_place(session, &saved, &place, &mut self.made)?;
                }
            }
        }
        for folder in self.made.iter().rev() {
            disk.remove_empty(folder).map_err(Error::io("remove", folder))?;
        }
        Ok(())
    }
}

/// Renames a file of ours to its place in the output, whose folder is made if it is missing.
fn put_in_place(
    session: &Session,
    from: &Path,
    place: &Path,
    made: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let disk = &session.ctx.disk;
    let (mut from, mut has_folder, mut is_near) = (from.to_path_buf(), false, false);
    loop {
        match (disk.rename(&from, place), place.parent()) {
            (Ok(()), _) => return Ok(()),
            (Err(error), Some(folder)) if absent(&error) && !has_folder => {
                disk.create_folders(folder, made).map_err(Error::io("create", folder))?;
                has_folder = true;
            }
            // The output is a mount point, though on the file system that the stage lies on.
            (Err(error), _) if error.kind() == ErrorKind::CrossesDevices && !is_near => {
                let inner = session.stage.inner_file(&session.ctx)?;
                disk.duplicate(&from, &inner).map_err(Error::io("write", &inner))?;
                (from, is_near) = (inner, true);
            }
            (Err(error), _) => return Err(Error::io("write", place)(error)),
        }
    }
}

fn absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
