//! The folder in which a build's changed files wait, on the output's file system, until all of them are there.
//!
//! It lies beside the output (`.NAME.briefing-TOKEN`), or inside it when the output is a mount point or what holds
//! it cannot be written. Its name is recorded before it is made, so that a killed build's stage is found and
//! removed. `new/` holds files by their path, `old/` what they replaced until the build is committed.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

use super::TransactionContext;
use super::error::OutputError;
use super::store::StageName;
use crate::base::{Hasher, OutPath};
use crate::release::disk::DiskNode;

/// A transaction's stage, made with its first file.
#[derive(Default)]
pub(super) struct OutputStage {
    main: OnceLock<Main>,
    /// Inside the output, for files that cannot be renamed into it from where the main one lies.
    inner: OnceLock<PathBuf>,
    making: Mutex<()>,
    next: AtomicUsize,
}

struct Main {
    root: PathBuf,
    name: StageName,
}

impl OutputStage {
    /// The place of a file that waits.
    pub(super) fn file(
        &self,
        ctx: &TransactionContext,
        path: &OutPath,
    ) -> Result<PathBuf, OutputError> {
        Ok(path.below(&self.new_folder(ctx)?))
    }

    /// The folder of all files that wait.
    pub(super) fn new_folder(&self, ctx: &TransactionContext) -> Result<PathBuf, OutputError> {
        Ok(self.main(ctx)?.root.join("new"))
    }

    /// A name for a file that is about to be replaced or removed.
    pub(super) fn old_file(&self, ctx: &TransactionContext) -> Result<PathBuf, OutputError> {
        Ok(self.main(ctx)?.root.join("old").join(self.number()))
    }

    /// A name inside the output, for a file that cannot be renamed into it from elsewhere.
    pub(super) fn inner_file(&self, ctx: &TransactionContext) -> Result<PathBuf, OutputError> {
        let main = self.main(ctx)?;
        let _making = self.making.lock().expect("no holder panics");
        if let Some(inner) = self.inner.get() {
            return Ok(inner.join(self.number()));
        }
        let name = (0, main.name.1.clone());
        let root = root(ctx, &name);
        ctx.record_stages(&[main.name.clone(), name])?;
        ctx.disk.create_private(&root)?;
        let file = root.join(self.number());
        self.inner.set(root).expect("made under the lock");
        Ok(file)
    }

    /// Whether the stage lies inside the output.
    pub(super) fn is_inside(&self) -> bool {
        self.main.get().is_some_and(|main| main.name.0 == 0)
    }

    /// Whether a path, as the output folder is walked, is the stage's folder.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.main.get().is_some_and(|main| main.root == path)
    }

    /// Removes it all. What cannot be removed now stays recorded, and the next build tries again.
    pub(super) fn clear(&mut self, ctx: &TransactionContext) {
        // By what we remember first, since the record may have been deleted.
        for root in self.inner.take().into_iter().chain(self.main.take().map(|main| main.root)) {
            let _ = ctx.disk.remove_tree(&root);
        }
        let _ = clear_leftovers(ctx);
    }

    fn main(&self, ctx: &TransactionContext) -> Result<&Main, OutputError> {
        if let Some(main) = self.main.get() {
            return Ok(main);
        }
        let _making = self.making.lock().expect("no holder panics");
        if self.main.get().is_none() {
            let main = make(ctx)?;
            self.main.set(main).unwrap_or_else(|_| unreachable!("made under the lock"));
        }
        Ok(self.main.get().expect("set above"))
    }

    fn number(&self) -> String {
        self.next.fetch_add(1, Relaxed).to_string()
    }
}

/// Removes every recorded stage: what a killed build left.
pub(super) fn clear_leftovers(ctx: &TransactionContext) -> Result<(), OutputError> {
    let stages = ctx.stages()?;
    if stages.is_empty() {
        return Ok(());
    }
    for name in stages.iter().collect::<BTreeSet<_>>() {
        let root = root(ctx, name);
        if ctx.disk.look(&root)? == Some(DiskNode::Folder) {
            ctx.disk.remove_tree(&root)?;
        }
    }
    ctx.forget_stages()
}

fn make(ctx: &TransactionContext) -> Result<Main, OutputError> {
    let places = places(ctx)?;
    let (last, _) = places.split_last().expect("there is a place at least");
    for up in &places {
        for attempt in 0_u32.. {
            let name = (*up, token(ctx, attempt));
            let root = root(ctx, &name);
            if ctx.disk.look(&root)?.is_some() {
                continue;
            }
            ctx.record_stages(std::slice::from_ref(&name))?;
            match ctx.disk.create_private(&root) {
                Ok(()) => {
                    for folder in ["new", "old"].map(|folder| root.join(folder)) {
                        ctx.disk.create_folder(&folder)?;
                    }
                    return Ok(Main { root, name });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) if up != last && forbidden(error.kind()) => break,
                Err(error) => return Err(error.into()),
            }
        }
    }
    unreachable!("the last place ends in a return")
}

/// Where a stage may lie, the best place first: beside the output, or above it as far as folders are missing; inside
/// it, if it exists. A mount point is on another file system than what lies beside it.
fn places(ctx: &TransactionContext) -> Result<Vec<usize>, OutputError> {
    let output = &ctx.place.output;
    let mut places = Vec::new();
    for (up, folder) in output.ancestors().enumerate() {
        match ctx.disk.look(folder)? {
            Some(DiskNode::Folder) if up == 0 => places.push(0),
            None => {}
            Some(_) => {
                if !(up == 1 && !places.is_empty() && ctx.disk.apart(folder, output)) {
                    places.insert(0, up);
                }
                break;
            }
        }
    }
    Ok(places)
}

fn forbidden(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

fn root(ctx: &TransactionContext, (up, token): &StageName) -> PathBuf {
    let place = &ctx.place;
    let folder = place.output.ancestors().nth(*up).unwrap_or(&place.output);
    folder.join(format!(".{}.briefing-{token}", place.stem))
}

/// 16 hexadecimal digits that no other site, output or running process arrives at.
fn token(ctx: &TransactionContext, attempt: u32) -> String {
    let (site, output) = (ctx.place.site.as_os_str(), ctx.place.output.as_os_str());
    let mut hasher = Hasher::new();
    hasher.part(site.as_encoded_bytes()).part(output.as_encoded_bytes());
    hasher.raw(&std::process::id().to_le_bytes()).raw(&attempt.to_le_bytes());
    hasher.finish().to_string()[..16].to_owned()
}
