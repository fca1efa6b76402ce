//! `git:REMOTE#BRANCH`: one commit on a branch, which a host such as GitHub Pages shows.
//!
//! Made with plumbing in a bare repository of our own, so nothing of the user's work tree, index or branches is touched,
//! and the site need not be in a repository. A push is what makes a release visible: it is refused when another run or person
//! has pushed meanwhile. What is not ours on the branch (`CNAME`, a licence) stays.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files;
use crate::publish::git::Runner;
use crate::publish::plan::{Remote, RemoteFile, Upload};
use crate::publish::release::{Record, Release, ReleaseId, is_reserved};
use crate::publish::retry::Retry;
use crate::publish::shell::last_lines;
use crate::publish::steps::PublishStep;
use crate::release::DiskError;
use crate::release::disk::Disk;

use super::{Abilities, LocalMachine, Session, Target, Work};

/// The record, at the top of the branch.
const RECORD: &str = ".briefing.json";
/// What our repository calls the branch.
const LIVE: &str = "refs/briefing/live";
/// Git's name of a file without bytes.
const EMPTY: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
/// The trailer of a commit's message that names its release.
const TRAILER: &str = "Briefing-Release";

/// A branch of a repository as a target.
pub(super) struct Git {
    remote: String,
    branch: String,
    local: LocalMachine,
    retry: Retry,
}

/// A file of a commit.
struct Blob {
    path: Vec<u8>,
    name: Arc<str>,
    is_file: bool,
}

impl Git {
    pub(super) fn new(remote: &str, branch: &str, local: LocalMachine) -> Self {
        let (remote, branch) = (remote.to_owned(), branch.to_owned());
        Self { remote, branch, local, retry: Retry::default() }
    }

    fn repository(&self) -> PathBuf {
        self.local.cache.join("repository.git")
    }

    fn git(&self) -> Runner {
        Runner::of(self.repository(), &self.local.base, self.local.may_ask)
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// Our repository, which is made when it is missing.
    fn prepare(&self) -> Result<Runner, PublishError> {
        let (disk, folder) = (Disk::default(), self.repository());
        disk.create_folders(&folder)?;
        self.unlock(&disk, &folder)?;
        let git = self.git();
        // No hook comes from a template either.
        git.run(&["init", "--quiet", "--bare", "--template="], None)?;
        git.run(&["config", "remote.target.url", &self.remote], None)?;
        Ok(git)
    }

    /// Removes the locks that a killed git has left: no other run of ours is here, for this one holds the lock of the stage.
    fn unlock(&self, disk: &Disk, folder: &Path) -> Result<(), PublishError> {
        let mut locks = vec![self.local.cache.join("index.lock")];
        let walk = disk.walk(folder)?;
        for entry in walk {
            let entry = entry.map_err(|error| DiskError::at("read", folder)(error.into()))?;
            if !entry.file_type().is_dir()
                && entry.file_name().as_encoded_bytes().ends_with(b".lock")
            {
                locks.push(entry.into_path());
            }
        }
        Ok(locks.iter().try_for_each(|lock| disk.remove(lock))?)
    }

    /// The commit that the branch is at, and everything but the bytes of its files.
    fn fetch(&self) -> Result<Option<String>, PublishError> {
        let git = self.prepare()?;
        let reference = self.reference();
        let listed = self.retry.run(|| git.line(&["ls-remote", "target", &reference]))?;
        let there = listed.lines().any(|line| line.split_whitespace().nth(1) == Some(&reference));
        if !there {
            git.run(&["update-ref", "-d", LIVE], None)?;
            return Ok(None);
        }
        let refspec = format!("+{reference}:{LIVE}");
        let args = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--filter=blob:none",
            "target",
            &refspec,
        ];
        self.retry.run(|| git.run(&args, None))?;
        git.line(&["rev-parse", "--verify", LIVE]).map(Some)
    }

    fn list(&self, commit: &str) -> Result<Vec<Blob>, PublishError> {
        let listed = self.git().run(&["ls-tree", "-r", "-z", "--full-tree", commit], None)?;
        let entries = listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
        let blobs = entries.map(|entry| {
            let at = entry.iter().position(|byte| *byte == b'\t')?;
            let mut words = std::str::from_utf8(&entry[..at]).ok()?.split(' ');
            let mode = words.next()?;
            let name = words.nth(1)?;
            let is_file = matches!(mode, "100644" | "100755");
            Some(Blob { path: entry[at + 1..].to_vec(), name: name.into(), is_file })
        });
        blobs
            .collect::<Option<_>>()
            .ok_or_else(|| PublishError::target("git ls-tree lists something unknown"))
    }

    /// The commit that made a release, if the branch still has it.
    fn commit_of(&self, id: &ReleaseId) -> Result<Option<String>, PublishError> {
        let format = format!("--format=%H %(trailers:key={TRAILER},valueonly,separator=%x2C)");
        let log = self.git().line(&["log", &format, LIVE])?;
        let named = log
            .lines()
            .filter_map(|line| line.split_once(' '))
            .find(|(_, name)| *name == id.as_str());
        Ok(named.map(|(commit, _)| commit.to_owned()))
    }

    /// Who made the commit that the branch is at.
    fn publisher(&self) -> String {
        let found = self.fetch().ok().flatten().and_then(|commit| {
            self.git().line(&["log", "-1", "--format=%an at %cI (commit %h)", &commit]).ok()
        });
        files::printable(&found.unwrap_or_else(|| "another publisher".into()))
    }
}

impl Target for Git {
    fn abilities(&self) -> Result<Abilities, PublishError> {
        if let Some(why) =
            crate::publish::worktree::is_source(&self.local.site, &self.remote, &self.branch)
        {
            return Err(PublishError::refused(format!(
                "{why}; publish to another branch, such as `gh-pages`"
            )));
        }
        Ok(Abilities {
            atomic: true,
            headers: false,
            history: true,
            wait: Duration::from_secs(15 * 60),
            edits: format!("the commit before, on `{}`", self.branch),
            how: format!("at once: one commit on `{}`, which the host then shows", self.branch),
        })
    }

    fn observe(&self) -> Result<Remote, PublishError> {
        let mut remote = Remote::default();
        let Some(commit) = self.fetch()? else { return Ok(remote) };
        let blobs = self.list(&commit)?;
        remote.token = commit;
        if let Some(blob) = blobs.iter().find(|blob| blob.path == RECORD.as_bytes() && blob.is_file)
        {
            let bytes = self.git().run(&["cat-file", "blob", &blob.name], None)?;
            match Record::from_json(&bytes) {
                Ok(record) => remote.record = record,
                Err(why) => remote.distrusted = Some(why),
            }
        }
        let known = remote.sums_by_mark();
        for blob in blobs {
            let path = std::str::from_utf8(&blob.path).ok().filter(|_| blob.is_file);
            match path.and_then(OutPath::exact) {
                Some(path) if is_reserved(&path) => {}
                Some(path) => {
                    // The one that we put there, unless the site has one of its own.
                    let ours = path.as_str() == ".nojekyll" && &*blob.name == EMPTY;
                    if !ours
                        || remote.record.live().is_some_and(|live| live.files.contains_key(&path))
                    {
                        let sum = known.get(&blob.name).copied();
                        remote.there.insert(path, RemoteFile { sum, headers: None });
                    }
                }
                None => remote.irregular.push(String::from_utf8_lossy(&blob.path).into_owned()),
            }
        }
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), PublishError> {
        let commit = self.commit_of(&release.id)?.ok_or_else(|| {
            PublishError::refused(format!(
                "the history of `{}` no longer has release {}",
                self.branch, release.id
            ))
        })?;
        let blobs = self.list(&commit)?;
        let there: BTreeMap<&[u8], &str> =
            blobs.iter().map(|blob| (&*blob.path, &*blob.name)).collect();
        let whole = release.files.iter().all(|(path, entry)| {
            entry.mark.is_some()
                && there.get(path.as_str().as_bytes()).copied() == entry.mark.as_deref()
        });
        match whole {
            true => Ok(()),
            false => Err(PublishError::refused(format!(
                "release {} is not in commit {commit} as it was",
                release.id
            ))),
        }
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError> {
        Ok(Box::new(GitSession { git: self, work, blobs: Mutex::default() }))
    }
}

struct GitSession<'a> {
    git: &'a Git,
    work: &'a Work<'a>,
    /// Git's names of what was put.
    blobs: Mutex<BTreeMap<OutPath, Arc<str>>>,
}

impl GitSession<'_> {
    /// Writes files of the stage into our repository; their names.
    fn store(&self, uploads: &[Upload<'_>]) -> Result<Vec<Arc<str>>, PublishError> {
        let paths = files::path_list(uploads.iter().map(|upload| upload.path), "", '\n');
        let args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
        let names = self.git.git().at(self.work.stage).run(&args, Some(&paths))?;
        let names: Vec<Arc<str>> = String::from_utf8_lossy(&names).lines().map(Arc::from).collect();
        match names.len() == uploads.len() {
            true => Ok(names),
            false => {
                Err(PublishError::target("git hash-object has named fewer files than it was given"))
            }
        }
    }

    /// The commit that shows the new release.
    fn commit(&self) -> Result<String, PublishError> {
        let plan = self.work.plan;
        let blobs = self.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        let git = self.git.git();
        let bytes = plan.record.with_marks(&blobs).to_json();
        let name = git.run(&["hash-object", "-w", "--no-filters", "--stdin"], Some(&bytes))?;
        let name = String::from_utf8_lossy(&name).trim().to_owned();
        git.run(&["hash-object", "-w", "--no-filters", "--stdin"], Some(b""))?;

        let index = self.index();
        let disk = Disk::default();
        disk.remove(&index)?;
        let git = git.with("GIT_INDEX_FILE", index.to_string_lossy());
        let mut lines: Vec<u8> = Vec::new();
        let mut line = |mode: &str, name: &str, path: &str| {
            lines.extend_from_slice(format!("{mode} {name}\t{path}\0").as_bytes());
        };
        if !plan.token.is_empty() {
            git.run(&["read-tree", &plan.token], None)?;
        }
        for path in &plan.removed {
            line("0", &"0".repeat(40), path.as_str());
        }
        for (path, name) in blobs.iter() {
            line("100644", name, path.as_str());
        }
        if !blobs.keys().any(|path| path.as_str() == ".nojekyll") && self.needs_nojekyll()? {
            line("100644", EMPTY, ".nojekyll");
        }
        line("100644", &name, RECORD);
        git.run(&["update-index", "-z", "--index-info"], Some(&lines))?;
        let tree = git.line(&["write-tree", "--missing-ok"])?;
        let mut args = vec!["commit-tree", &tree, "-F", "-"];
        if !plan.token.is_empty() {
            args.extend(["-p", &plan.token]);
        }
        let commit = self.identified(&git).run(&args, Some(self.message().as_bytes()))?;
        Ok(String::from_utf8_lossy(&commit).trim().to_owned())
    }

    /// Whether the branch lacks the file that keeps hosts from running Jekyll over the site.
    fn needs_nojekyll(&self) -> Result<bool, PublishError> {
        let token = &self.work.plan.token;
        if token.is_empty() {
            return Ok(true);
        }
        let name = format!("{token}:.nojekyll");
        let found = self.git.git().output(&["rev-parse", "--verify", "--quiet", &name], None)?;
        Ok(!found.status.success())
    }

    fn message(&self) -> String {
        let plan = self.work.plan;
        let Some(release) = plan.release() else { return String::new() };
        let what = match &plan.back_to {
            Some(id) => format!("Roll back to release {id}"),
            None => format!("Publish release {}", release.id),
        };
        let counts = format!(
            "{} added, {} changed, {} removed",
            plan.added.len(),
            plan.changed.len(),
            plan.removed.len()
        );
        let counts = match release.uncommitted {
            true => format!("{counts}\n\nBuilt from an uncommitted work tree"),
            false => counts,
        };
        let source = release
            .commit
            .as_ref()
            .map_or(String::new(), |commit| format!("Source-Commit: {}\n", commit.id));
        // A rollback's commit shows an old release; the commit that made it keeps its name.
        let trailer = match plan.back_to {
            Some(_) => format!("Briefing-Rollback: {}", release.id),
            None => format!("{TRAILER}: {}", release.id),
        };
        format!("{what}\n\n{counts}\n\n{source}{trailer}\n")
    }

    /// Commits as the user that the site's own repository knows, or under our name where git has no identity configured.
    fn identified(&self, git: &Runner) -> Runner {
        let site = Runner::within(&self.git.local.site);
        let known = site.line(&["var", "GIT_COMMITTER_IDENT"]).ok().and_then(|ident| {
            let (name, rest) = ident.split_once(" <")?;
            let (mail, _) = rest.split_once('>')?;
            Some((name.to_owned(), mail.to_owned()))
        });
        let (name, mail) = known.unwrap_or(("briefing".into(), "briefing@localhost".into()));
        git.with("GIT_AUTHOR_NAME", &*name)
            .with("GIT_AUTHOR_EMAIL", &*mail)
            .with("GIT_COMMITTER_NAME", &*name)
            .with("GIT_COMMITTER_EMAIL", &*mail)
    }

    fn index(&self) -> PathBuf {
        self.git.local.cache.join("index")
    }

    fn push(&self, refspec: &str) -> Result<(), PublishError> {
        let output = self.git.git().output(&["push", "--porcelain", "target", refspec], None)?;
        if output.status.success() {
            return Ok(());
        }
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let moved =
            ["[rejected]", "cannot lock ref", "failed to update ref", "reference already exists"];
        if moved.iter().any(|sign| stdout.contains(sign)) {
            return Err(PublishError::refused(format!(
                "{} was first on `{}`, and nothing of this run is visible; publish again",
                self.git.publisher(),
                self.git.branch
            )));
        }
        let refused = stdout.lines().find(|line| line.starts_with('!')).map(files::printable);
        let refused = refused.map_or(String::new(), |line| format!("{line}; "));
        let why = last_lines(&output.stderr);
        Err(PublishError::network(format!("git push failed: {refused}{why}")))
    }
}

impl Session for GitSession<'_> {
    fn prepare(&self) -> Result<(), PublishError> {
        Ok(())
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        self.work.before_puts(uploads)?;
        let names = match &self.work.plan.back_to {
            None => self.store(uploads)?,
            Some(id) => {
                let marks = uploads.iter().map(|upload| upload.entry.mark.clone());
                marks
                    .collect::<Option<Vec<_>>>()
                    .ok_or_else(|| PublishError::target(format!("release {id} names no blobs")))?
            }
        };
        let mut blobs = self.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        blobs.extend(uploads.iter().map(|upload| upload.path.clone()).zip(names));
        Ok(())
    }

    fn remove(&self, _: &[&OutPath]) -> Result<(), PublishError> {
        // They are in no new commit.
        Ok(())
    }

    fn switch(&self) -> Result<(), PublishError> {
        let commit = self.commit()?;
        self.work.steps.before(PublishStep::Switch)?;
        let refspec = format!("{commit}:{}", self.git.reference());
        // One that arrived, and of which nothing was heard, is up to date the next time.
        self.git.retry.run(|| self.push(&refspec))?;
        self.git.git().run(&["update-ref", LIVE, &commit], None).map(drop)
    }

    fn prune(&self) -> Result<(), PublishError> {
        let index: &Path = &self.index();
        Ok(Disk::default().remove(index)?)
    }
}
