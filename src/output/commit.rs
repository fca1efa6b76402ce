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
    transaction.ctx.store.lock(&transaction.ctx.disk, &transaction.ctx.place)?;
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
            transaction.ctx.store.save_manifest(&transaction.ctx.disk, &manifest)?;
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
    let (disk, store) = (&transaction.ctx.disk, &transaction.ctx.store);
    store.save_pending(disk, manifest)?;
    let mut journal = Journal::default();
    let done = apply(transaction, plan, &mut journal).and_then(|()| store.promote(disk, manifest));
    if done.is_err() && journal.undo(transaction).is_ok() {
        // If undoing fails too, both manifests stay, as after a kill.
        let _ = store.drop_pending(disk);
    }
    done
}

fn apply(
    transaction: &Transaction,
    plan: &CommitPlan,
    journal: &mut Journal,
) -> Result<(), OutputError> {
    if transaction.start != Start::Filled && !transaction.stage.is_inside() {
        if journal.rename_whole(transaction).is_ok() {
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
    for path in &plan.early {
        journal.remove(transaction, path)?;
    }
    prune_ours(transaction, &plan.early)?;
    for path in &plan.writes {
        journal.write(transaction, path)?;
    }
    for path in &plan.late {
        journal.remove(transaction, path)?;
    }
    prune_ours(transaction, &[&plan.late[..], &plan.gone[..]].concat())
}

/// Removes folders that a build made and that are empty now.
fn prune_ours(transaction: &Transaction, gone: &[OutPath]) -> Result<(), OutputError> {
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
    fn rename_whole(&mut self, transaction: &Transaction) -> Result<(), OutputError> {
        let (disk, output) = (&transaction.ctx.disk, &transaction.ctx.place.output);
        let new = transaction.stage.new_folder(&transaction.ctx)?;
        if let Some(parent) = output.parent() {
            disk.create_noting(parent, &mut self.made)?;
        }
        if transaction.start == Start::Empty {
            disk.copy_permissions(output, &new).map_err(DiskError::over("look at", output))?;
        }
        disk.rename(&new, output)?;
        self.done.push(Done::Whole);
        Ok(())
    }

    fn write(&mut self, transaction: &Transaction, path: &OutPath) -> Result<(), OutputError> {
        let from = transaction.stage.file(&transaction.ctx, path)?;
        let place = transaction.ctx.place.at(path);
        let replaced = self.save(transaction, &place)?;
        put_in_place(transaction, &from, &place, &mut self.made)?;
        if !replaced {
            self.done.push(Done::Created(place));
        }
        Ok(())
    }

    fn remove(&mut self, transaction: &Transaction, path: &OutPath) -> Result<(), OutputError> {
        let place = transaction.ctx.place.at(path);
        if self.save(transaction, &place)? {
            transaction.ctx.disk.remove(&place)?;
        }
        Ok(())
    }

    /// Keeps what is about to be replaced or removed. It stays in its place meanwhile: no reader misses it.
    fn save(&mut self, transaction: &Transaction, place: &Path) -> Result<bool, OutputError> {
        let saved = transaction.stage.old_file(&transaction.ctx)?;
        match transaction.ctx.disk.link_or_copy(place, &saved) {
            Ok(()) => {
                self.done.push(Done::Replaced { place: place.to_path_buf(), saved });
                Ok(true)
            }
            Err(error) if error.is_absent() => Ok(false),
            Err(error) => Err(DiskError::over("keep a copy of", place)(error).into()),
        }
    }

    fn undo(mut self, transaction: &Transaction) -> Result<(), OutputError> {
        let disk = &transaction.ctx.disk;
        for done in self.done.into_iter().rev() {
            match done {
                Done::Whole => {
                    let (new, output) = (
                        transaction.stage.new_folder(&transaction.ctx)?,
                        &transaction.ctx.place.output,
                    );
                    disk.rename(output, &new).map_err(DiskError::over("remove", output))?;
                    if transaction.start == Start::Empty {
                        disk.create_folder(output)?;
                    }
                }
                Done::Created(place) => disk.remove(&place)?,
                Done::Replaced { place, saved } => {
                    // It may have made room for a folder.
                    for folder in self.made.iter().rev().filter(|made| made.starts_with(&place)) {
                        disk.remove_empty(folder)?;
                    }
                    put_in_place(transaction, &saved, &place, &mut self.made)?;
                }
            }
        }
        for folder in self.made.iter().rev() {
            disk.remove_empty(folder)?;
        }
        Ok(())
    }
}

/// Renames a file of ours to its place in the output, whose folder is made if it is missing.
fn put_in_place(
    transaction: &Transaction,
    from: &Path,
    place: &Path,
    made: &mut Vec<PathBuf>,
) -> Result<(), OutputError> {
    let disk = &transaction.ctx.disk;
    let (mut from, mut has_folder, mut is_near) = (from.to_path_buf(), false, false);
    loop {
        match (disk.rename(&from, place), place.parent()) {
            (Ok(()), _) => return Ok(()),
            (Err(error), Some(folder)) if error.is_absent() && !has_folder => {
                disk.create_noting(folder, made)?;
                has_folder = true;
            }
            // The output is a mount point, though on the file system that the stage lies on.
            (Err(error), _) if error.kind() == ErrorKind::CrossesDevices && !is_near => {
                let inner = transaction.stage.inner_file(&transaction.ctx)?;
                disk.duplicate(&from, &inner)?;
                (from, is_near) = (inner, true);
            }
            (Err(error), _) => return Err(error.into()),
        }
    }
}
