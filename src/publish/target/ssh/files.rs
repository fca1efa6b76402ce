//! A folder of a host that cannot become a link, because it is there and has files: it is written file by file.
//!
//! Our own folder is `PATH/.briefing/`, on the same file system and for its owner alone. Files arrive there, and each takes
//! its place by a rename. What is live is kept there for a rollback under further names, or copied where files have one.

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files::path_list;
use crate::publish::plan::Upload;

use super::SshSession;

/// Puts files into their places: those of the stage, or of an earlier release.
pub(super) fn put(session: &SshSession<'_>, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
    let paths = || uploads.iter().map(|upload| upload.path);
    match &session.work.plan.back_to {
        None => session.send(uploads)?,
        Some(id) => {
            session.run(&["bring_back", id.as_str()], &path_list(paths(), "./", '\0'))?;
        }
    }
    session.run(&["place"], &path_list(paths(), "", '\n')).map(drop)
}

/// Keeps the bytes of files that others have edited, before they are replaced or removed.
pub(super) fn keep_edited(session: &SshSession<'_>) -> Result<(), PublishError> {
    let plan = session.work.plan;
    if plan.edited.is_empty() {
        return Ok(());
    }
    session.run(&["keep_edited", session.id()], &path_list(&plan.edited, "./", '\0')).map(drop)
}

/// Removes files.
pub(super) fn remove(session: &SshSession<'_>, paths: &[&OutPath]) -> Result<(), PublishError> {
    session.run(&["remove"], &path_list(paths.iter().copied(), "", '\n')).map(drop)
}

/// Keeps the bytes of what is live now.
pub(super) fn archive(session: &SshSession<'_>) -> Result<(), PublishError> {
    let Some(release) = session.record.live() else { return Ok(()) };
    let paths = path_list(release.files.keys(), "./", '\0');
    session.run(&["archive", release.id.as_str()], &paths).map(drop)
}
