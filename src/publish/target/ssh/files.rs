//! A folder of a host that cannot become a link, because it is there and has files: it is written file by file.
//!
//! Our own folder is `PATH/.briefing/`, on the same file system and for its owner alone. Files arrive there, and each takes
//! its place by a rename. What is live is kept there for a rollback under further names, or copied where files have one.

use crate::base::OutPath;
use crate::publish::error::Error;
use crate::publish::plan::Upload;

use super::SshSession;

/// Takes a list of names to the folder `$r`, from the folder in which it runs: as further names of the same files.
const KEEP: &str = "{ xargs -0 cp -al --parents -t \"$r\" -- <\"$l\" 2>/dev/null || \
     { rm -rf \"$r\" && mkdir \"$r\" && xargs -0 cp -a --parents -t \"$r\" -- <\"$l\"; }; } && rm -f \"$l\"";

/// Moves files, named on the standard input, from where they arrive to their places.
const PLACE: &str = "while IFS= read -r p; do \
     case $p in */*) f=${p%/*}; [ -d \"$n/$f\" ] || mkdir -p \"$n/$f\" || exit 1 ;; esac; \
     if [ -d \"$n/$p\" ]; then echo \"$p is a folder\" >&2; exit 1; fi; \
     mv -f \"$d/new/$p\" \"$n/$p\" || exit 1; done";

/// Removes files that are named on the standard input, and the folders that they leave empty.
const REMOVE: &str = "cd \"$n/\" && while IFS= read -r p; do rm -f \"./$p\" || exit 1; \
     while :; do case $p in */*) p=${p%/*} ;; *) break ;; esac; rmdir \"./$p\" 2>/dev/null || break; done; done";

/// Puts files into their places: those of the stage, or of an earlier release.
pub(super) fn put(session: &SshSession<'_>, uploads: &[Upload<'_>]) -> Result<(), Error> {
    let paths: Vec<&OutPath> = uploads.iter().map(|upload| upload.path).collect();
    match &session.work.plan.back_to {
        None => session.send(&paths)?,
        Some(id) => {
            let script = format!(
                "rm -rf \"$d/new\" && mkdir \"$d/new\" && r=$(cd \"$d/new\" && pwd) && l=$(cd \"$d\" && pwd)/list && \
                 cat >\"$l\" && cd \"$d/releases/{id}\" && {KEEP}"
            );
            session.run(&script, Some(&ended_by(&paths, 0)))?;
        }
    }
    session.run(PLACE, Some(&ended_by(&paths, b'\n'))).map(drop)
}

/// Keeps the bytes of files that others have edited, before they are replaced or removed.
pub(super) fn keep_edited(session: &SshSession<'_>) -> Result<(), Error> {
    let plan = session.work.plan;
    if plan.edited.is_empty() {
        return Ok(());
    }
    let script = format!(
        "umask 077; mkdir -p \"$d/edited/{0}\" && r=$(cd \"$d/edited/{0}\" && pwd) && cd \"$n/\" && \
         xargs -0 cp -an --parents -t \"$r\" --",
        session.id()
    );
    let paths: Vec<&OutPath> = plan.edited.iter().collect();
    session.run(&script, Some(&ended_by(&paths, 0))).map(drop)
}

/// Removes files.
pub(super) fn remove(session: &SshSession<'_>, paths: &[&OutPath]) -> Result<(), Error> {
    session.run(REMOVE, Some(&ended_by(paths, b'\n'))).map(drop)
}

/// Keeps the bytes of what is live now.
pub(super) fn archive(session: &SshSession<'_>) -> Result<(), Error> {
    let Some(release) = session.record.live() else { return Ok(()) };
    let script = format!(
        "rm -rf \"$d/releases/{0}\" && mkdir \"$d/releases/{0}\" && r=$(cd \"$d/releases/{0}\" && pwd) && \
         l=$(cd \"$d\" && pwd)/list && cat >\"$l\" && cd \"$n/\" && {KEEP}",
        release.id
    );
    let paths: Vec<&OutPath> = release.files.keys().collect();
    session.run(&script, Some(&ended_by(&paths, 0))).map(drop)
}

/// The paths, each with a sign behind it that none of them can have.
fn ended_by(paths: &[&OutPath], end: u8) -> Vec<u8> {
    let before = if end == 0 { "./" } else { "" };
    let one = |path: &&OutPath| [before.as_bytes(), path.as_str().as_bytes(), &[end]].concat();
    paths.iter().flat_map(one).collect()
}
