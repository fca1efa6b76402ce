//! The releases that a host keeps, and the removal of those that no record needs: only of files that a record of this
//! target named.

use crate::publish::error::PublishError;
use crate::publish::release::Release;

use super::SshSession;
use crate::publish::target::not_ours;

/// Refuses to put a new release where something lies that no record of this target names.
pub(super) fn refuse(session: &SshSession<'_>) -> Result<(), PublishError> {
    let Some(id) = session.work.plan.unused_id(session.left.as_ref()) else { return Ok(()) };
    match session.run(&["is_there", id.as_str()], &[])?.is_empty() {
        true => Ok(()),
        false => Err(not_ours(&format!("{}/releases/{id}", session.ssh.state_folder()))),
    }
}

/// Removes the files of releases that the record has forgotten. What others have put beside them is removed only where
/// readers still see the same file, and a file that was edited stays.
pub(super) fn forget(session: &SshSession<'_>) -> Result<(), PublishError> {
    for release in &session.work.plan.gone {
        let left = session.left.as_ref().map(|left| &left.release.id);
        // What a killed run was putting together may be in pieces, and is nothing that others have edited.
        let past = if left == Some(&release.id) { "unseen" } else { "seen" };
        session.run(&["forget", release.id.as_str(), past], &sums(release))?;
    }
    Ok(())
}

/// Each file of a release with its digest, as `sha256sum` takes them.
fn sums(release: &Release) -> Vec<u8> {
    let marked = release.all_files().filter_map(|(path, entry)| Some((path, entry.mark.as_ref()?)));
    marked.flat_map(|(path, mark)| format!("{mark}  ./{path}\n").into_bytes()).collect()
}
