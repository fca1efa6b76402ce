//! Carries out a plan: records it, does it step by step, and undoes it if a step fails.
//!
//! Every step is one rename or one removal, so a reader of the output sees whole files only, and a kill between any
//! two steps leaves files that either the old manifest or the pending one knows.

use std::io::ErrorKind;
use std::mem::take;
use std::path::{Path, PathBuf};

use super::error::{OutputError, OutputRefusal};
use super::manifest::Manifest;
use super::plan::{CommitPlan, plan, strays};
use super::transaction::{FileOperation, Put, Start, Transaction};
use super::{Origin, Report};
use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::folders::prune;

/// Makes the output what was put.
pub(super) fn commit(transaction: &mut Transaction, origin: Origin) -> Result<Report, OutputError> {
    transaction.ctx.lock()?;
    let puts = take(transaction.puts.get_mut().expect("no thread panicked while it put a file"));
    let mut plan = plan(transaction, &puts)?;
    let is_kept = |put: &&Put| matches!(put.operation, FileOperation::Keep(_));
    let mut report = Report {
        written: plan.writes.clone(),
        unchanged: puts.values().filter(is_kept).count(),
        removed: [&plan.early[..], &plan.late[..]].concat(),
        adopted: puts.values().filter(|put| put.adopted).count(),
    };
    report.removed.sort();
    let manifest = Manifest::new(
        origin,
        transaction.ctx.place.output.to_string_lossy().into_owned(),
        take(&mut plan.kept_folders),
        puts.into_iter().map(|(path, put)| (path, put.entry)).collect(),
    );
    if plan.is_idle() {
        prune_ours(transaction, &plan.gone)?;
        if transaction.old.as_ref() != Some(&manifest) {
            transaction.ctx.save_manifest(&manifest)?;
        }
    } else {
        carry_out(transaction, &plan, &manifest)?;
    }
    Ok(report)
}

fn carry_out(
    transaction: &Transaction,
    plan: &CommitPlan,
    manifest: &Manifest,
) -> Result<(), OutputError> {
    let ctx = &transaction.ctx;
    ctx.save_pending(manifest)?;
    let mut journal = Journal { transaction, done: Vec::new(), made: Vec::new() };
    let done = journal.apply(plan).and_then(|()| ctx.promote(manifest));
    if done.is_err() && journal.undo().is_ok() {
        // If undoing fails too, both manifests stay, as after a kill.
        let _ = ctx.drop_pending();
    }
    done
}

/// Removes folders that a build made and that are empty now.
fn prune_ours<'a>(
    transaction: &Transaction,
    gone: impl IntoIterator<Item = &'a OutPath>,
) -> Result<(), OutputError> {
    let ctx = &transaction.ctx;
    let keep = |folder: &str| !transaction.has_made(folder);
    Ok(prune(&ctx.disk, &ctx.place.output, gone, keep)?)
}

impl CommitPlan {
    fn is_idle(&self) -> bool {
        self.early.is_empty() && self.writes.is_empty() && self.late.is_empty()
    }
}

/// What was done, so that it can be undone.
struct Journal<'t> {
    transaction: &'t Transaction,
    done: Vec<Done>,
    /// The folders that were made, each after those above it.
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

impl Journal<'_> {
    fn apply(&mut self, plan: &CommitPlan) -> Result<(), OutputError> {
        let transaction = self.transaction;
        if transaction.start != Start::Filled && !transaction.stage.is_inside() {
            if self.rename_whole().is_ok() {
                return Ok(());
            }
            // A mount point, for example, cannot be replaced: file by file, then. But not into a folder that another
            // program filled meanwhile.
            let mut conflicts = Vec::new();
            let output = &transaction.ctx.place.output;
            if transaction.ctx.disk.look(output)?.is_some() {
                strays(transaction, &Default::default(), &mut conflicts)?;
            }
            if !conflicts.is_empty() {
                return Err(OutputRefusal::Foreign(conflicts).into());
            }
        }
        plan.early.iter().try_for_each(|path| self.remove(path))?;
        prune_ours(transaction, &plan.early)?;
        plan.writes.iter().try_for_each(|path| self.write(path))?;
        plan.late.iter().try_for_each(|path| self.remove(path))?;
        prune_ours(transaction, plan.late.iter().chain(&plan.gone))
    }

    /// Lets the stage become the output, in one step.
    fn rename_whole(&mut self) -> Result<(), OutputError> {
        let Transaction { ctx, stage, start, .. } = self.transaction;
        let (disk, output) = (&ctx.disk, &ctx.place.output);
        let new = stage.new_folder(ctx)?;
        if let Some(parent) = output.parent() {
            disk.create_noting(parent, &mut self.made)?;
        }
        if *start == Start::Empty {
            disk.copy_permissions(output, &new).map_err(DiskError::over("look at", output))?;
        }
        disk.rename(&new, output)?;
        self.done.push(Done::Whole);
        Ok(())
    }

    fn write(&mut self, path: &OutPath) -> Result<(), OutputError> {
        let Transaction { ctx, stage, .. } = self.transaction;
        let place = ctx.place.at(path);
        let replaced = self.save(&place)?;
        self.put_in_place(stage.file(ctx, path)?, &place)?;
        if !replaced {
            self.done.push(Done::Created(place));
        }
        Ok(())
    }

    fn remove(&mut self, path: &OutPath) -> Result<(), OutputError> {
        let place = self.transaction.ctx.place.at(path);
        if self.save(&place)? {
            self.transaction.ctx.disk.remove(&place)?;
        }
        Ok(())
    }

    /// Keeps what is about to be replaced or removed. It stays in its place meanwhile: no reader misses it.
    fn save(&mut self, place: &Path) -> Result<bool, OutputError> {
        let Transaction { ctx, stage, .. } = self.transaction;
        let saved = stage.old_file(ctx)?;
        match ctx.disk.link_or_copy(place, &saved) {
            Ok(()) => {
                self.done.push(Done::Replaced { place: place.to_path_buf(), saved });
                Ok(true)
            }
            Err(error) if error.is_absent() => Ok(false),
            Err(error) => Err(DiskError::over("keep a copy of", place)(error).into()),
        }
    }

    fn undo(mut self) -> Result<(), OutputError> {
        let Transaction { ctx, stage, start, .. } = self.transaction;
        let (disk, output) = (&ctx.disk, &ctx.place.output);
        for done in take(&mut self.done).into_iter().rev() {
            match done {
                Done::Whole => {
                    let new = stage.new_folder(ctx)?;
                    disk.rename(output, &new).map_err(DiskError::over("remove", output))?;
                    if *start == Start::Empty {
                        disk.create_folder(output)?;
                    }
                }
                Done::Created(place) => disk.remove(&place)?,
                Done::Replaced { place, saved } => {
                    // It may have made room for a folder.
                    for folder in self.made.iter().rev().filter(|made| made.starts_with(&place)) {
                        disk.remove_empty(folder)?;
                    }
                    self.put_in_place(saved, &place)?;
                }
            }
        }
        Ok(self.made.iter().rev().try_for_each(|folder| disk.remove_empty(folder))?)
    }

    /// Renames a file of ours to its place in the output, whose folder is made if it is missing.
    fn put_in_place(&mut self, mut from: PathBuf, place: &Path) -> Result<(), OutputError> {
        let Transaction { ctx, stage, .. } = self.transaction;
        let (mut has_folder, mut is_near) = (false, false);
        loop {
            match (ctx.disk.rename(&from, place), place.parent()) {
                (Ok(()), _) => return Ok(()),
                (Err(error), Some(folder)) if error.is_absent() && !has_folder => {
                    ctx.disk.create_noting(folder, &mut self.made)?;
                    has_folder = true;
                }
                // The output is a mount point, though on the file system that the stage lies on.
                (Err(error), _) if error.kind() == ErrorKind::CrossesDevices && !is_near => {
                    let inner = stage.inner_file(ctx)?;
                    ctx.disk.duplicate(&from, &inner)?;
                    (from, is_near) = (inner, true);
                }
                (Err(error), _) => return Err(error.into()),
            }
        }
    }
}
