//! The repository that a site lies in: its commit, and which branches are sources.

use std::path::Path;

use super::git::Runner;
use super::release::Commit;

/// The commit that a site is at; `None` for a site in no repository, or without git.
pub fn commit(site: &Path) -> Option<Commit> {
    let line = Runner::within(site).line(&["log", "-1", "--format=%H %ct"]).ok()?;
    let (id, at) = line.split_once(' ')?;
    Some(Commit { id: id.to_owned(), at: at.parse().ok()? })
}

/// Whether a site's commit is older than the one that is live: an ancestor of it, or made before it when the
/// repository does not know it.
pub fn is_older(site: &Path, here: &Commit, live: &Commit) -> bool {
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if here.id == live.id || !plain(&live.id) {
        return false;
    }
    let git = Runner::within(site);
    let ancestor = git.output(&["merge-base", "--is-ancestor", &here.id, &live.id], None);
    match ancestor.ok().and_then(|output| output.status.code()) {
        Some(0) => true,
        Some(1) => false,
        _ => here.at < live.at,
    }
}

/// Why a branch of a repository must not be published to: it is one that the site's sources are on.
pub fn is_source(site: &Path, remote: &str, branch: &str) -> Option<String> {
    let git = Runner::within(site);
    let top = git.line(&["rev-parse", "--show-toplevel"]).ok()?;
    let wanted = plain_url(site, remote);
    let mut own = vec![plain_url(site, &top)];
    let mut default = None;
    let remotes = git.line(&["remote"]).unwrap_or_default();
    for name in remotes.lines() {
        let urls = git.line(&["remote", "get-url", "--all", name]).unwrap_or_default();
        let urls: Vec<String> = urls.lines().map(|url| plain_url(Path::new(&top), url)).collect();
        if urls.contains(&wanted) {
            let head = git.line(&["symbolic-ref", "--short", &format!("refs/remotes/{name}/HEAD")]);
            default = head
                .ok()
                .and_then(|head| head.strip_prefix(&format!("{name}/")).map(str::to_owned))
                .or(default);
            default = default.or_else(|| remote_default(&git, name));
        }
        own.extend(urls);
    }
    if !own.contains(&wanted) {
        return None;
    }
    let current = git.line(&["symbolic-ref", "--short", "-q", "HEAD"]).ok();
    if current.as_deref() == Some(branch) {
        return Some(format!("`{branch}` is the branch that the site's sources are on"));
    }
    (default.as_deref() == Some(branch))
        .then(|| format!("`{branch}` is the default branch of the site's sources"))
}

/// The default branch that a remote names.
fn remote_default(git: &Runner, name: &str) -> Option<String> {
    let heads = git.line(&["ls-remote", "--symref", name, "HEAD"]).ok()?;
    let line = heads.lines().next()?.strip_prefix("ref: refs/heads/")?;
    line.split_whitespace().next().map(str::to_owned)
}

/// One form for the ways in which one repository is written.
fn plain_url(from: &Path, url: &str) -> String {
    let url = url.strip_prefix("file://").unwrap_or(url);
    if let Ok(path) = from.join(url).canonicalize() {
        let text = path.to_string_lossy().into_owned();
        return text.strip_suffix("/.git").unwrap_or(&text).to_owned();
    }
    let (scheme, rest) = url.split_once("://").unwrap_or(("ssh", url));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    // `host:path` of ssh is `host/path` of a URL.
    let rest = if scheme == "ssh" { rest.replacen(':', "/", 1) } else { rest.to_owned() };
    let rest = rest.trim_end_matches('/');
    rest.strip_suffix(".git").unwrap_or(rest).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::plain_url;
    use std::path::Path;

    #[test]
    fn one_repository_has_one_form() {
        for url in [
            "git@host.example:me/site.git",
            "https://host.example/me/site",
            "ssh://git@host.example/me/site.git",
            "https://me:word@HOST.example/me/site.git/",
        ] {
            assert_eq!(plain_url(Path::new("."), url), "host.example/me/site", "{url}");
        }
    }
}
