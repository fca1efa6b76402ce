//! Decides, before anything is touched, what a commit does; or why it must not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering::Relaxed;

use rustc_hash::FxHashSet;

use super::error::{Conflict, ConflictReason, OutputError, OutputRefusal};
use super::folders::Way;
use super::transaction::{FileOperation, PlaceBefore, Put, Start, Transaction};
use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::DiskNode;
use crate::release::order::{parents, split_removals};

/// What a commit does, in this order.
#[derive(Default)]
pub(super) struct CommitPlan {
    /// Files of ours that are removed first, because a new file or folder has their name.
    pub early: Vec<Box<str>>,
    /// Files that are renamed from the stage.
    pub writes: Vec<OutPath>,
    /// Files of ours that are removed last.
    pub late: Vec<Box<str>>,
    /// Files of ours that are missing: their folders may be empty now.
    pub gone: Vec<Box<str>>,
    /// Folders with files of ours that we did not make.
    pub found: Vec<Box<str>>,
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
    let going: FxHashSet<String> = removals.iter().map(|path| path.to_lowercase()).collect();
    for (path, put) in puts {
        match &put.deed {
            FileOperation::Refuse(conflict) => conflicts.push(conflict.clone()),
            FileOperation::Write(before) => {
                conflicts.extend(blocked(transaction, path, before, &going)?);
            }
            FileOperation::Keep => {}
        }
    }
    if !conflicts.is_empty() {
        conflicts.sort();
        conflicts.dedup();
        return Err(OutputRefusal::Foreign(conflicts).into());
    }
    plan.found = found(transaction, puts)?;
    (plan.early, plan.late) = split_removals(removals, &plan.writes);
    Ok(plan)
}

impl Put {
    fn is_written(&self) -> bool {
        matches!(self.deed, FileOperation::Write(_))
    }
}

/// The files of the last build that this one does not make, and that are still there as they were written.
fn removals(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
    plan: &mut CommitPlan,
    conflicts: &mut Vec<Conflict>,
) -> Result<Vec<Box<str>>, OutputError> {
    let mut removals = Vec::new();
    let (ctx, put): (_, FxHashSet<&str>) =
        (&transaction.ctx, puts.keys().map(OutPath::as_str).collect());
    for (path, entry) in transaction.old.iter().flat_map(|old| &old.files) {
        if put.contains(&**path) {
            continue;
        }
        match transaction.folders.way(ctx, path)? {
            Way::Clear => {}
            Way::Missing => {
                plan.gone.push(path.clone());
                continue;
            }
            // Somebody moved our folder away; what is there now is not in the way.
            Way::File(_) | Way::Link(_) => continue,
        }
        let place = ctx.place.at(path);
        match ctx.disk.look(&place)? {
            None => plan.gone.push(path.clone()),
            Some(DiskNode::Folder | DiskNode::Other) => {}
            Some(DiskNode::File(stamp)) => {
                transaction.met.store(true, Relaxed);
                let same = stamp == entry.stamp()
                    || stamp.len == entry.stamp().len && ctx.disk.digest(&place)? == entry.digest;
                if same || transaction.adopt {
                    removals.push(path.clone());
                } else {
                    conflicts.push(ctx.place.conflict(&**path, ConflictReason::Edited));
                }
            }
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
    before: &PlaceBefore,
    going: &FxHashSet<String>,
) -> Result<Option<Conflict>, OutputError> {
    let (ctx, name) = (&transaction.ctx, path.as_str());
    let place = ctx.place.at(name);
    let now = ctx.disk.look(&place)?;
    let conflict = match (before, now) {
        (PlaceBefore::Nothing, None) => None,
        (PlaceBefore::File(then), Some(DiskNode::File(now))) if *then == now => None,
        (PlaceBefore::Below(file), None) => (!going.contains(&file.to_lowercase()))
            .then(|| ctx.place.conflict(&**file, ConflictReason::InTheWay)),
        (PlaceBefore::Folder, Some(DiskNode::Folder)) => kept_below(transaction, name, going)?,
        // Gone meanwhile: nothing of anybody's is lost.
        (PlaceBefore::File(_) | PlaceBefore::Folder, None) => None,
        (_, Some(DiskNode::File(_))) if transaction.adopt => None,
        (_, Some(DiskNode::Other)) => Some(ctx.place.conflict(name, ConflictReason::Link)),
        (_, Some(DiskNode::Folder)) => Some(ctx.place.conflict(name, ConflictReason::InTheWay)),
        (PlaceBefore::File(_), Some(DiskNode::File(_))) => {
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
    folder: &str,
    going: &FxHashSet<String>,
) -> Result<Option<Conflict>, OutputError> {
    let (ctx, root) = (&transaction.ctx, transaction.ctx.place.at(folder));
    for entry in ctx.disk.walk(&root)? {
        let entry = entry.map_err(|error| DiskError::at("read", &root)(error.into()))?;
        let relative = entry.path().strip_prefix(&ctx.place.output).unwrap_or(entry.path());
        let name = relative.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
        let goes = name.is_some_and(|name| {
            if entry.file_type().is_dir() {
                transaction.old.as_ref().is_some_and(|old| old.made_folder(&name))
            } else {
                entry.file_type().is_file() && going.contains(&name.to_lowercase())
            }
        });
        if !goes {
            return Ok(Some(ctx.place.conflict(relative, ConflictReason::InTheWay)));
        }
    }
    Ok(None)
}

/// Folders that are not ours though files of ours lie in them. A folder whose files we adopted is ours.
fn found(
    transaction: &Transaction,
    puts: &BTreeMap<OutPath, Put>,
) -> Result<Vec<Box<str>>, OutputError> {
    let is_adopted = |put: &Put| matches!(put.deed, FileOperation::Keep) && put.adopted;
    let adopted: BTreeSet<&str> = puts
        .iter()
        .filter(|(_, put)| is_adopted(put))
        .flat_map(|(path, _)| parents(path.as_str()))
        .collect();
    let above: BTreeSet<&str> = puts.keys().flat_map(|path| parents(path.as_str())).collect();
    let made = |folder: &str| transaction.old.as_ref().is_some_and(|old| old.made_folder(folder));
    let mut found = Vec::new();
    for folder in above {
        if !made(folder)
            && !adopted.contains(folder)
            && transaction.folders.exists(&transaction.ctx, folder)?
        {
            found.push(folder.into());
        }
    }
    Ok(found)
}
