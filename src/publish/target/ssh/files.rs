//! A folder of a host that cannot become a link, because it is there and has files: it is written file by file.
//!
//! Our own folder is `PATH/.briefing/`, on the same file system and for its owner alone. Files arrive there, and each takes
//! its place by a rename. What is live is kept there for a rollback under further names, or copied where files have one.

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::plan::Upload;

use super::SshSession;

/// Puts files into their places: those of the stage, or of an earlier release.
pub(super) fn put(session: &SshSession<'_>, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
    let paths: Vec<&OutPath> = uploads.iter().map(|upload| upload.path).collect();
    match &session.work.plan.back_to {
        None => session.send(&paths)?,
        Some(id) => {
            session.run(&["bring_back", id.as_str()], &ended_by(&paths, 0))?;
        }
    }
    session.run(&["place"], &ended_by(&paths, b'\n')).map(drop)
}

/// Keeps the bytes of files that others have edited, before they are replaced or removed.
pub(super) fn keep_edited(session: &SshSession<'_>) -> Result<(), PublishError> {
    let plan = session.work.plan;
    if plan.edited.is_empty() {
        return Ok(());
    }
    let paths: Vec<&OutPath> = plan.edited.iter().collect();
    session.run(&["keep_edited", session.id()], &ended_by(&paths, 0)).map(drop)
}

/// Removes files.
pub(super) fn remove(session: &SshSession<'_>, paths: &[&OutPath]) -> Result<(), PublishError> {
    session.run(&["remove"], &ended_by(paths, b'\n')).map(drop)
}

/// Keeps the bytes of what is live now.
pub(super) fn archive(session: &SshSession<'_>) -> Result<(), PublishError> {
    let Some(release) = session.record.live() else { return Ok(()) };
    let paths: Vec<&OutPath> = release.files.keys().collect();
    session.run(&["archive", release.id.as_str()], &ended_by(&paths, 0)).map(drop)
}

/// The paths, each with a sign behind it that none of them can have.
fn ended_by(paths: &[&OutPath], end: u8) -> Vec<u8> {
    let before = if end == 0 { "./" } else { "" };
    let one = |path: &&OutPath| [before.as_bytes(), path.as_str().as_bytes(), &[end]].concat();
    paths.iter().flat_map(one).collect()
}
