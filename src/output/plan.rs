//! Decides, before anything is touched, what a commit does; or why it must not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering::Relaxed;

use rustc_hash::FxHashSet;

use super::error::{Conflict, ConflictReason, OutputError, OutputRefusal};
use super::recover::written_as;
use super::transaction::{FileOperation, Put, Start, Transaction};
use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::DiskNode;
use crate::release::folders::PathState;
use crate::release::order::{parents, split_removals};

/// What a commit does, in this order.
#[derive(Default)]
pub(super) struct CommitPlan {
    /// Files of ours that are removed first, because a new file or folder has their name.
    pub early: Vec<OutPath>,
    /// Files that are renamed from the stage.
    pub writes: Vec<OutPath>,
    /// Files of ours that are removed last.
    pub late: Vec<OutPath>,
    /// Files of ours that are missing: their folders may be empty now.
    pub gone: Vec<OutPath>,
    /// Folders with files of ours that we did not make.
    pub kept_folders: Vec<OutPath>,
}

/// The plan for what was put.
///
/// # Errors
/// [`OutputRefusal::Foreign`] with everything that is in the way.
pub(super) fn plan(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
) -> Result<CommitPlan, OutputError> {
    let mut plan = CommitPlan::default();
    plan.writes
        .extend(puts.iter().filter(|(_, put)| put.is_written()).map(|(path, _)| path.clone()));
    if transaction.start != Start::Filled {
        return Ok(plan);
    }
    let mut conflicts: Vec<Conflict> = Vec::new();
    let removals = removals(transaction, puts, &mut plan, &mut conflicts)?;
    let ours = transaction.met.load(Relaxed) && transaction.old.is_some();
    if !ours && !transaction.adopt {
        strays(transaction, puts, &mut conflicts)?;
    }
    let going: FxHashSet<Cow<'_, str>> = removals.iter().map(OutPath::folded).collect();
    for (path, put) in puts {
        match &put.operation {
            FileOperation::Refuse(conflict) => conflicts.push(conflict.clone()),
            FileOperation::Write(before) => {
                conflicts.extend(blocked(transaction, path, before, &going)?);
            }
            FileOperation::Keep(_) => {}
        }
    }
    if !conflicts.is_empty() {
        conflicts.sort();
        conflicts.dedup();
        return Err(OutputRefusal::Foreign(conflicts).into());
    }
    plan.kept_folders = kept_folders(transaction, puts)?;
    (plan.early, plan.late) = split_removals(removals, &plan.writes);
    Ok(plan)
}

impl Put {
    fn is_written(&self) -> bool {
        matches!(self.operation, FileOperation::Write(_))
    }
}

/// The files of the last build that this one does not make, and that are still there as they were written.
fn removals(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
    plan: &mut CommitPlan,
    conflicts: &mut Vec<Conflict>,
) -> Result<Vec<OutPath>, OutputError> {
    let (ctx, mut removals) = (&transaction.ctx, Vec::new());
    let old = transaction.old.iter().flat_map(|old| &old.files);
    for (path, entry) in old.filter(|(path, _)| !puts.contains_key(*path)) {
        match transaction.folders.look(&ctx.disk, path)? {
            PathState::Free => plan.gone.push(path.clone()),
            PathState::File(stamp) => {
                transaction.met.store(true, Relaxed);
                if transaction.adopt || written_as(ctx, path, stamp, &[entry])?.is_some() {
                    removals.push(path.clone());
                } else {
                    conflicts.push(ctx.place.conflict(path.as_str(), ConflictReason::Edited));
                }
            }
            // Ours was moved away, and what is there now is not in the way.
            PathState::Folder | PathState::Below(_) | PathState::Link(_) => {}
        }
    }
    Ok(removals)
}

/// Files in a folder that no build is known to have written to.
pub(super) fn strays(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
    conflicts: &mut Vec<Conflict>,
) -> Result<(), OutputError> {
    /// More are not worth the time: the folder may be anything.
    const ENOUGH: usize = 20;
    let output = &transaction.ctx.place.output;
    let walk = transaction.ctx.disk.walk(output)?;
    let walk = walk.min_depth(1).into_iter();
    let mut strays = 0;
    for entry in walk.filter_entry(|entry| !transaction.stage.is_at(entry.path())) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(output).to_path_buf();
            DiskError::at("read", &path)(error.into())
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let made = relative
            .to_str()
            .and_then(|path| OutPath::new(&path.replace(std::path::MAIN_SEPARATOR, "/")).ok())
            .is_some_and(|path| puts.contains_key(&path));
        if !made {
            conflicts.push(transaction.ctx.place.conflict(relative, ConflictReason::Stray));
            strays += 1;
            if strays == ENOUGH {
                break;
            }
        }
    }
    Ok(())
}

/// What is in the way of a file that waits: something that came after it was put, or a folder (or file) that does
/// is not removed to make room.
fn blocked(
    transaction: &Transaction,
    path: &OutPath,
    before: &PathState,
    going: &FxHashSet<Cow<'_, str>>,
) -> Result<Option<Conflict>, OutputError> {
    let (ctx, name) = (&transaction.ctx, path.as_str());
    let now = ctx.disk.look(&ctx.place.at(path))?;
    let conflict = match (before, now) {
        (PathState::File(then), Some(DiskNode::File(now))) if *then == now => None,
        (PathState::Below(file), None) => (!going.contains(&*file.to_lowercase()))
            .then(|| ctx.place.conflict(&**file, ConflictReason::InTheWay)),
        (PathState::Folder, Some(DiskNode::Folder)) => kept_below(transaction, path, going)?,
        // Nothing was there, or it was removed meanwhile.
        (_, None) => None,
        (_, Some(DiskNode::File(_))) if transaction.adopt => None,
        (_, Some(DiskNode::Other)) => Some(ctx.place.conflict(name, ConflictReason::Link)),
        (_, Some(DiskNode::Folder)) => Some(ctx.place.conflict(name, ConflictReason::InTheWay)),
        (PathState::File(_), Some(DiskNode::File(_))) => {
            Some(ctx.place.conflict(name, ConflictReason::Edited))
        }
        (_, Some(DiskNode::File(_))) => Some(ctx.place.conflict(name, ConflictReason::Unknown)),
    };
    Ok(conflict)
}

/// The first thing in a folder that would still be there after our files are gone from it; or the folder itself, if
/// it is not ours.
fn kept_below(
    transaction: &Transaction,
    folder: &OutPath,
    going: &FxHashSet<Cow<'_, str>>,
) -> Result<Option<Conflict>, OutputError> {
    let (ctx, root) = (&transaction.ctx, transaction.ctx.place.at(folder));
    for entry in ctx.disk.walk(&root)? {
        let entry = entry.map_err(|error| DiskError::at("read", &root)(error.into()))?;
        let relative = entry.path().strip_prefix(&ctx.place.output).unwrap_or(entry.path());
        let name = relative.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
        let goes = name.is_some_and(|name| {
            if entry.file_type().is_dir() {
                transaction.has_made(&name)
            } else {
                entry.file_type().is_file() && going.contains(&*name.to_lowercase())
            }
        });
        if !goes {
            return Ok(Some(ctx.place.conflict(relative, ConflictReason::InTheWay)));
        }
    }
    Ok(None)
}

/// Folders that are not ours though files of ours lie in them. A folder whose files we adopted is ours.
fn kept_folders(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
) -> Result<Vec<OutPath>, OutputError> {
    let is_adopted = |put: &Put| matches!(put.operation, FileOperation::Keep(_)) && put.adopted;
    let adopted: BTreeSet<&str> = puts
        .iter()
        .filter(|(_, put)| is_adopted(put))
        .flat_map(|(path, _)| parents(path.as_str()))
        .collect();
    let above: BTreeSet<&str> = puts.keys().flat_map(|path| parents(path.as_str())).collect();
    let mut kept = Vec::new();
    for folder in above {
        if !transaction.has_made(folder)
            && !adopted.contains(folder)
            && transaction.folders.exists(&transaction.ctx.disk, folder)?
        {
            kept.push(OutPath::new(folder).expect("a part of a path is one"));
        }
    }
    Ok(kept)
}
