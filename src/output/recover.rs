//! Recovers from a build that was killed while it was being committed.
//!
//! Each file is then as the old manifest says, as the pending one says, or gone. What is found becomes the manifest,
//! so that a transaction only ever knows one, however many builds were killed in a row.

use std::collections::{BTreeMap, BTreeSet};

use super::Ctx;
use super::error::OutputError;
use super::folders::{Folders, Way};
use super::manifest::{Manifest, ManifestEntry};
use crate::release::disk::DiskNode;
use crate::release::order::parents;

/// The manifest that tells what the output holds of ours.
pub(super) fn recover(ctx: &Ctx) -> Result<Option<Manifest>, OutputError> {
    let old = ctx.store.manifest(&ctx.disk)?;
    let Some(pending) = ctx.store.pending(&ctx.disk)? else { return Ok(old) };
    let folders = Folders::default();
    let none = BTreeMap::new();
    let before = old.as_ref().map_or(&none, |old| &old.files);

    let mut files = BTreeMap::new();
    let mut gone = Vec::new();
    let paths: BTreeSet<_> = before.keys().chain(pending.files.keys()).collect();
    for path in paths {
        let (was, will) = (before.get(path), pending.files.get(path));
        match found(ctx, &folders, path, [will, was])? {
            Ownership::Ours(entry) => {
                files.insert(path.clone(), entry);
            }
            // Remembered, so that a page that must go there is refused as edited, not as unknown.
            Ownership::Foreign => files.extend(was.map(|was| (path.clone(), was.clone()))),
            Ownership::Nothing => gone.push(path.clone()),
        }
    }
    let mut kept: BTreeSet<_> = pending.found.iter().cloned().collect();
    kept.extend(old.iter().flat_map(|old| old.found.iter().cloned()));
    // The kill may have come between a file's removal and its folder's, or between a folder and its first file.
    prune(ctx, &gone, |folder| kept.contains(folder))?;

    if old.is_none() && files.is_empty() {
        // Nothing of it came to be: the output is not ours yet.
        ctx.store.drop_pending(&ctx.disk)?;
        return Ok(None);
    }
    let recovered = pending.with(kept.into_iter().collect(), files);
    ctx.store.save_manifest(&ctx.disk, &recovered)?;
    Ok(Some(recovered))
}

/// Removes the folders above some paths that hold nothing any more, the innermost first.
pub(super) fn prune(
    ctx: &Ctx,
    gone: &[Box<str>],
    keep: impl Fn(&str) -> bool,
) -> Result<(), OutputError> {
    // Not the transaction's memory: folders change now.
    let folders = Folders::default();
    let emptied: BTreeSet<&str> = gone.iter().flat_map(|path| parents(path)).collect();
    // Reversed, a folder comes after all that is in it.
    for folder in emptied.into_iter().rev().filter(|folder| !keep(folder)) {
        // Behind a symbolic link nothing is ours.
        if folders.way(ctx, folder)? == Way::Clear {
            let place = ctx.place.at(folder);
            ctx.disk.remove_empty(&place)?;
        }
    }
    Ok(())
}

enum Ownership {
    Ours(ManifestEntry),
    Foreign,
    Nothing,
}

/// What lies at a path, given what may lie there.
fn found(
    ctx: &Ctx,
    folders: &Folders,
    path: &str,
    entries: [Option<&ManifestEntry>; 2],
) -> Result<Ownership, OutputError> {
    if folders.way(ctx, path)? != Way::Clear {
        return Ok(Ownership::Nothing);
    }
    let place = ctx.place.at(path);
    let node = ctx.disk.look(&place)?;
    let Some(DiskNode::File(stamp)) = node else { return Ok(Ownership::Nothing) };
    let mut entries = entries.into_iter().flatten();
    if let Some(entry) = entries.clone().find(|entry| entry.stamp() == stamp) {
        return Ok(Ownership::Ours(entry.clone()));
    }
    let digest = ctx.disk.digest(&place)?;
    Ok(match entries.find(|entry| entry.digest == digest) {
        Some(entry) => Ownership::Ours(entry.at(stamp)),
        None => Ownership::Foreign,
    })
}
