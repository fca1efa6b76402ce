//! The kinds of places that a site is published to.
//!
//! A target observes and carries out; it decides nothing. Whatever it removes or replaces is named by the plan, and what
//! it lists is checked before it becomes a path.

mod dir;
mod git;
mod rsync;
#[cfg(feature = "s3")]
mod s3;
mod ssh;
mod visibility;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use crate::base::{OutPath, counted};
use crate::config::publish::Location;
use crate::release::DiskError;
use crate::release::disk::Disk;

use super::error::PublishError;
use super::files;
use super::plan::{Plan, Remote, Upload};
use super::release::{ContentHash, Record, Release, ReleaseEntry, ReleaseId};
use super::shell::Host;
use super::steps::{PublishStep, Steps};

/// What a kind of target can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abilities {
    /// Whether readers see a whole release or the one before, never something between.
    pub atomic: bool,
    /// Whether it keeps the headers of a file.
    pub headers: bool,
    /// Whether it keeps the bytes of earlier releases.
    pub history: bool,
    /// How long readers may have to wait for what was published.
    pub wait: Duration,
    /// How it becomes visible, in words.
    pub how: String,
    /// Where files are kept that were edited at the target, in words.
    pub edits: String,
}

impl Abilities {
    /// Those of a place that is written file by file, in phases, and that keeps releases of its own.
    fn in_phases(headers: bool, edits: String) -> Self {
        let how = "file by file, in an order that breaks no page".into();
        let wait = Duration::from_secs(30);
        Self { atomic: false, headers, history: true, wait, how, edits }
    }
}

/// A place to publish to.
pub trait Target: Sync {
    /// What it can do, here and now.
    ///
    /// # Errors
    /// It is not there, or is no place to publish to.
    fn abilities(&self) -> Result<Abilities, PublishError>;

    /// What it holds. Changes nothing.
    ///
    /// # Errors
    /// It cannot be reached or read.
    fn observe(&self) -> Result<Remote, PublishError>;

    /// Whether the bytes of a release are kept, whole.
    ///
    /// # Errors
    /// Why they are not, or that they cannot be read.
    fn has_kept(&self, release: &Release) -> Result<(), PublishError>;

    /// Takes the lock, and makes sure that no other publish has ended since the plan was made.
    ///
    /// # Errors
    /// [`PublishError::Refused`] when another publisher was first. Readers and records are as they were.
    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError>;
}

/// One publish: what a session needs to know.
pub struct Work<'a> {
    /// What is to be done.
    pub plan: &'a Plan,
    /// The folder with the files of the release; of no use in a rollback.
    pub stage: &'a Path,
    /// The publisher's name, which a second publisher is shown.
    pub who: &'a str,
    /// The time, in seconds since 1970.
    pub now: i64,
    /// How many things may be under way at once.
    pub jobs: usize,
    /// Called before each step.
    pub steps: &'a dyn Steps,
}

impl Work<'_> {
    /// Calls the observer for files that are sent together.
    fn before_puts(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        let mut steps = uploads.iter().map(|one| PublishStep::Put(one.path, one.entry.len));
        steps.try_for_each(|step| self.steps.before(step))
    }

    /// Calls the observer for files that are removed together.
    fn before_removals(&self, paths: &[&OutPath]) -> Result<(), PublishError> {
        paths.iter().try_for_each(|path| self.steps.before(PublishStep::Remove(path)))
    }

    /// Refuses a plan that was made for another state of the target. `token`: that of its state now; `linked`: the
    /// release that its link leads to, where it has one.
    fn refuse_moved(
        &self,
        token: &str,
        record: Option<&[u8]>,
        linked: Option<ReleaseId>,
    ) -> Result<(), PublishError> {
        if token == self.plan.token {
            return Ok(());
        }
        let record = record.and_then(|bytes| Record::from_json(bytes).ok());
        let live = linked.or(record.and_then(|record| record.live));
        let live = live.map_or("nothing".into(), |id| format!("release {id}"));
        Err(PublishError::refused(format!(
            "another publisher was faster: {live} is live now; make a new plan"
        )))
    }
}

/// A text that differs between two states of a record; empty where there is none.
fn token(record: Option<&[u8]>) -> String {
    record.map(|bytes| ContentHash::of(bytes).to_string()).unwrap_or_default()
}

/// A publish that is under way. Dropping it gives the lock back.
pub trait Session: Sync {
    /// Writes down what is pending, and puts together what stays. [`PublishStep::Begin`] comes before it.
    ///
    /// # Errors
    /// The failure; readers see what they saw.
    fn prepare(&self) -> Result<(), PublishError>;

    /// Sends the files of one phase.
    ///
    /// # Errors
    /// The first failure; some of the files may be there.
    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError>;

    /// Removes files.
    ///
    /// # Errors
    /// The first failure.
    fn remove(&self, paths: &[&OutPath]) -> Result<(), PublishError>;

    /// Makes the release the one that is live, and writes the record. What is pending stays: there is more to remove.
    ///
    /// # Errors
    /// The failure; [`PublishError::Refused`] when another publisher was first, so that nothing became visible.
    fn switch(&self) -> Result<(), PublishError>;

    /// Removes what no release needs any longer, and at last what was written down as pending. [`PublishStep::Prune`] comes
    /// before it.
    ///
    /// # Errors
    /// The first failure.
    fn prune(&self) -> Result<(), PublishError>;
}

/// What a target needs to know of the machine.
#[derive(Debug, Clone)]
pub struct LocalMachine {
    /// The site's folder, which must not be written to.
    pub site: PathBuf,
    /// Where relative paths start: the site's folder for those of `site.yaml`.
    pub base: PathBuf,
    /// A private folder for what a target keeps between runs.
    pub cache: PathBuf,
    /// Whether programs may ask on the terminal.
    pub may_ask: bool,
    /// The program that reaches hosts, with its first arguments.
    pub ssh: Vec<String>,
    /// How stores of objects are reached.
    pub access: Access,
    /// The folder for earlier releases that the user named, at the target's own place.
    pub history: Option<String>,
}

/// How a store of objects is reached. Never printed.
#[derive(Clone, Default)]
pub struct Access {
    /// Its address, where it is not the one of AWS.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The key's id and the key; where there are none, the profiles of the cloud's own tools are asked.
    pub keys: Option<(String, String)>,
    /// The token of one session, beside its key.
    pub session: Option<String>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// The target at a location.
///
/// # Errors
/// It is no place to publish to.
pub fn open(location: &Location, local: LocalMachine) -> Result<Box<dyn Target>, PublishError> {
    Ok(match location {
        Location::Dir(path) => Box::new(dir::Dir::open(path, &local)?),
        Location::Ssh { host, port, path } => {
            Box::new(ssh::Ssh::new(Host::new(host, *port, &local), path)?)
        }
        Location::Rsync { host, port, path } => {
            Box::new(rsync::Rsync::new(host.as_deref(), *port, path, &local)?)
        }
        #[cfg(feature = "s3")]
        Location::S3 { bucket, prefix } => {
            let access = local.access.clone();
            Box::new(s3::S3::new(bucket, prefix, &access, &local)?)
        }
        #[cfg(not(feature = "s3"))]
        Location::S3 { .. } => {
            return Err(PublishError::target(
                "this program was built without `s3:`; build it with `cargo build --release --features s3`",
            ));
        }
        Location::Git { remote, branch } => Box::new(git::Git::new(remote, branch, local)),
    })
}

/// After how many seconds a publish that has put its lock at a target, and done nothing more, counts as dead.
const DEAD: i64 = 15 * 60;

/// Whether a publisher may still be at work that put its lock at a target `age` seconds ago.
fn is_alive(age: i64) -> bool {
    age < DEAD
}

/// Why nothing is done while a lock lies at a target that is `age` seconds old.
fn busy(who: &str, name: &str, age: i64) -> PublishError {
    PublishError::refused(format!(
        "{} is publishing to `{name}`, or was killed while it did; wait for that publish to end, or for {}",
        files::printable(who),
        counted(usize::try_from((DEAD - age + 59) / 60).unwrap_or(0), "minute")
    ))
}

/// Why nothing is done while another publisher holds the lock of a folder.
fn held(publisher: &str, name: &str) -> PublishError {
    let publisher = match publisher.trim() {
        "" => "another publisher".into(),
        publisher => files::printable(publisher),
    };
    PublishError::refused(format!(
        "{publisher} is publishing to `{name}`; wait for that to end, then publish again"
    ))
}

/// Why a new release is not put where something lies that no record of the target names.
fn not_ours(place: &str) -> PublishError {
    PublishError::refused(format!(
        "`{place}` is not ours, and lies where the new release must go; move it away"
    ))
}

/// The record, with the target's own mark of every file that is sent, as `mark` makes it of the file on this machine.
fn marked(
    work: &Work<'_>,
    mark: impl Fn(&Path) -> Result<String, DiskError> + Sync,
) -> Result<Record, PublishError> {
    let mut record = work.plan.record.clone();
    if let Some(release) = record.live_mut() {
        let unmarked = release.files.par_iter_mut().filter(|(_, entry)| entry.mark.is_none());
        unmarked.try_for_each(|(path, entry)| {
            entry.mark = Some(mark(&path.below(work.stage))?.into());
            Ok::<_, DiskError>(())
        })?;
    }
    Ok(record)
}

/// The names of what lies in a folder of this machine, if it is there.
fn names(disk: &Disk, folder: &Path) -> Result<Vec<String>, PublishError> {
    if disk.look(folder)?.is_none() {
        return Ok(Vec::new());
    }
    let entries = disk.entries(folder)?.into_iter();
    Ok(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// Whether a target has every file of a release, by its own marks of their bytes.
///
/// # Errors
/// Which one differs, or is missing.
fn is_kept(release: &Release, there: &BTreeMap<OutPath, Arc<str>>) -> Result<(), PublishError> {
    let is_damaged = |(path, entry): &(&OutPath, &ReleaseEntry)| {
        entry.mark.is_none() || there.get(*path) != entry.mark.as_ref()
    };
    match release.files.iter().find(is_damaged) {
        None => Ok(()),
        Some((path, _)) => Err(PublishError::refused(format!(
            "release {} is not kept as it was: `{path}` differs or is missing",
            release.id
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{busy, is_alive};

    #[test]
    fn a_lock_is_dead_after_a_quarter_of_an_hour() {
        for (age, alive, wait) in [
            (-1, true, "for 16 minutes"),
            (0, true, "for 15 minutes"),
            (840, true, "for 1 minute"),
            (899, true, "for 1 minute"),
            (900, false, "for 0 minutes"),
        ] {
            assert_eq!(is_alive(age), alive, "{age}");
            assert!(busy("me", "there", age).to_string().ends_with(wait), "{age}");
        }
    }
}
