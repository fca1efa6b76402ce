//! Whether a site is built from what its repository has, or from something that no commit has.

use std::path::Path;

use super::git::Runner;

/// Whether a site in a repository has changes, or files, that are in no commit. Where git fails, the site counts as changed.
pub fn is_uncommitted(site: &Path) -> bool {
    let status = [
        "-c",
        "core.fsmonitor=false",
        "status",
        "--porcelain",
        "--untracked-files=all",
        "--ignore-submodules=none",
        "--",
    ];
    let args: Vec<&str> = status.into_iter().chain(crate::source::FOLDERS).collect();
    Runner::within(site).line(&args).map_or(true, |changes| !changes.is_empty())
}
