//! The releases that a host keeps, and how those go that no record needs: only what a record of this target named.

use crate::publish::error::Error;
use crate::publish::release::Release;
use crate::publish::shell::quote;

use super::SshSession;

/// Removes the folders above the names in `$l` (`./a/b.html`) that are empty now, from the folder in which it runs.
pub(super) const EMPTY: &str = "sed -n 's,/[^/]*$,,p' <\"$l\" | sort -ru | while IFS= read -r p; do \
     while [ \"$p\" != . ]; do rmdir \"$p\" 2>/dev/null || break; p=${p%/*}; done; done";

/// Takes from an earlier release (`$r`) what others had put beside it, where they do not have the same there now; then
/// `new` takes its place there. Reads the names of the release's own files.
pub(super) fn back(id: &str) -> String {
    format!(
        "r=\"$d/releases/{id}\"; sort -u >\"$d/want\" && (cd \"$r\" && find . ! -type d) | sort -u | comm -23 - \"$d/want\" | \
         while IFS= read -r p; do f=\"$r/$p\"; if [ -e \"$f\" ] || [ -L \"$f\" ]; then \
         if [ \"$f\" -ef \"$n/$p\" ] || cmp -s \"$f\" \"$n/$p\"; then rm -f \"$f\"; \
         else a=\"$d/aside/{id}/$p\"; if [ -e \"$a\" ]; then a=$a.$$; fi; (umask 077; mkdir -p \"${{a%/*}}\") && mv \"$f\" \"$a\"; fi || exit 1; \
         fi; done && cp -alf \"$d/new/.\" \"$r/\" && rm -rf \"$d/new\" \"$d/want\""
    )
}

/// Refuses to put a new release where something lies that no record of this target names.
pub(super) fn refuse(session: &SshSession<'_>) -> Result<(), Error> {
    let plan = session.work.plan;
    let left = session.left.iter().flat_map(|left| left.gone.iter().chain([&left.release]));
    let is_named = left.into_iter().any(|release| Some(&release.id) == plan.live.as_ref());
    if !plan.is_release || plan.back_to.is_some() || is_named {
        return Ok(());
    }
    let script = format!("if [ -e \"$d/releases/{}\" ]; then echo there; fi", session.id());
    match session.run(&script, None)?.is_empty() {
        true => Ok(()),
        false => Err(Error::refused(format!(
            "`{}/releases/{}` at the host is not ours, and lies where the new release must go; move it away",
            session.ssh.state_folder(),
            session.id()
        ))),
    }
}

/// Removes the files of releases that the record has forgotten. What others have put beside them goes only where readers
/// still see the same file, and a file that was edited stays.
pub(super) fn forget(session: &SshSession<'_>) -> Result<(), Error> {
    for release in &session.work.plan.gone {
        let left = session.left.as_ref().map(|left| &left.release.id);
        // What a killed run was putting together may be in pieces, and is nothing that others have edited.
        let is_seen = left != Some(&release.id);
        session.run(&script(release, is_seen), Some(&sums(release)))?;
    }
    Ok(())
}

/// Each file of a release with its digest, as `sha256sum` takes them.
fn sums(release: &Release) -> Vec<u8> {
    let files = release.files.iter().chain(&release.carried);
    let marked = files.filter_map(|(path, entry)| Some((path, entry.mark.as_ref()?)));
    marked.flat_map(|(path, mark)| format!("{mark}  ./{path}\n").into_bytes()).collect()
}

fn script(release: &Release, is_seen: bool) -> String {
    let named = match is_seen {
        true => "sha256sum -c 2>/dev/null <\"$s\" | sed -n 's/: OK$//p'",
        false => "cat \"$l\"",
    };
    // Behind a link nothing is ours: only what `find` comes to is removed.
    format!(
        "r=\"$d/releases/\"{id}; if [ ! -d \"$r\" ] || [ -L \"$r\" ]; then cat >/dev/null; exit 0; fi; \
         t=$(cd \"$n/\" 2>/dev/null && pwd -P); export t; s=$(cd \"$d\" && pwd)/sums; l=$(cd \"$d\" && pwd)/list; cat >\"$s\" && \
         sed 's/^[^ ]*  //' <\"$s\" >\"$l\" && cd \"$r\" && find . -type f | sort -u >\"$s.there\" && \
         {named} | sort -u | comm -12 - \"$s.there\" | tr '\\n' '\\0' | xargs -0 rm -f -- || exit 1; \
         if [ -n \"$t\" ]; then find . ! -type d -exec sh -c {same} sh {{}} +; fi; \
         {EMPTY}; \
         if [ -n \"$t\" ]; then find . -depth -type d -exec sh -c {folders} sh {{}} +; fi; \
         cd .. && rmdir {id} 2>/dev/null; rm -f \"$s\" \"$s.there\" \"$l\"",
        id = quote(release.id.as_str()),
        same = quote(
            "for p; do if [ -L \"$p\" ]; then \
             if [ -L \"$t/$p\" ] && [ \"$(readlink \"$p\")\" = \"$(readlink \"$t/$p\")\" ]; then rm -f \"$p\"; fi; \
             elif [ \"$p\" -ef \"$t/$p\" ] && [ ! -L \"$t/$p\" ]; then rm -f \"$p\"; fi; done"
        ),
        folders = quote(
            "for p; do if [ \"$p\" != . ] && [ -d \"$t/$p\" ]; then rmdir \"$p\" 2>/dev/null; fi; done; exit 0"
        ),
    )
}
