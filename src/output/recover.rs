//! Recovers from a build that was killed while it was being committed.
//!
//! Each file is then as the old manifest names it, as the pending one names it, or absent. What lies there becomes the
//! manifest, so that a transaction knows one, however many builds were killed in a row.

use std::collections::{BTreeMap, BTreeSet};

use super::TransactionContext;
use super::error::OutputError;
use super::manifest::{Manifest, ManifestEntry};
use crate::base::OutPath;
use crate::release::disk::Stamp;
use crate::release::folders::{Folders, PathState, prune};

/// The manifest of the files of ours that the output holds.
pub(super) fn recover(ctx: &TransactionContext) -> Result<Option<Manifest>, OutputError> {
    let old = ctx.manifest()?;
    let Some(mut pending) = ctx.pending()? else { return Ok(old) };
    let folders = Folders::new(&ctx.place.output);
    let none = BTreeMap::new();
    let before = old.as_ref().map_or(&none, |old| &old.files);

    let mut files = BTreeMap::new();
    let mut gone = Vec::new();
    let paths: BTreeSet<_> = before.keys().chain(pending.files.keys()).collect();
    for path in paths {
        let PathState::File(stamp) = folders.look(&ctx.disk, path)? else {
            gone.push(path);
            continue;
        };
        let (was, will) = (before.get(path), pending.files.get(path));
        let entries: Vec<_> = will.into_iter().chain(was).collect();
        // One that was edited is remembered, so that a page that must go there is refused as edited, not as unknown.
        let entry = written_as(ctx, path, stamp, &entries)?.or_else(|| was.cloned());
        files.extend(entry.map(|entry| (path.clone(), entry)));
    }
    let mut kept: BTreeSet<_> = pending.kept_folders.iter().cloned().collect();
    kept.extend(old.iter().flat_map(|old| old.kept_folders.iter().cloned()));
    // The kill may have come between a file's removal and its folder's, or between a folder and its first file.
    prune(&ctx.disk, &ctx.place.output, gone, |folder| kept.contains(folder))?;

    if old.is_none() && files.is_empty() {
        // Nothing of it came to be: the output is not ours yet.
        ctx.drop_pending()?;
        return Ok(None);
    }
    (pending.kept_folders, pending.files) = (kept.into_iter().collect(), files);
    ctx.save_manifest(&pending)?;
    Ok(Some(pending))
}

/// The entry with which a file was written that lies at a path now: by its stamp, else by its bytes.
pub(super) fn written_as(
    ctx: &TransactionContext,
    path: &OutPath,
    stamp: Stamp,
    entries: &[&ManifestEntry],
) -> Result<Option<ManifestEntry>, OutputError> {
    if let Some(entry) = entries.iter().find(|entry| entry.stamp() == stamp) {
        return Ok(Some((*entry).clone()));
    }
    if entries.iter().all(|entry| entry.stamp().len != stamp.len) {
        return Ok(None);
    }
    let digest = ctx.disk.digest(&ctx.place.at(path))?;
    Ok(entries.iter().find(|entry| entry.digest == digest).map(|entry| entry.at(stamp)))
}
