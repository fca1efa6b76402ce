//! `ssh:HOST:PATH`: a folder of a host with a shell, laid out as [`dir`](super::dir) lays out one of this machine.
//!
//! Everything goes through the system's ssh, with the user's agent, configuration and known hosts, and plain POSIX tools on
//! the other side (`flock` among them, which holds the lock for as long as the connection lives). A new release is put
//! together beside PATH and becomes visible by one rename of a link. A PATH that is a folder with files, or that lies in a
//! folder which cannot be written, is written [file by file](files).
//!
//! A lost connection is made anew while nothing has been begun. Later the lock goes with it, so the run ends, and another
//! one finishes.

mod files;
mod kept;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout};
use std::sync::{Arc, OnceLock};

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files::{path_list, printable, sha256};
use crate::publish::plan::{Remote, RemoteFile, Upload};
use crate::publish::release::{Pending, Record, Release, ReleaseId};
use crate::publish::retry::Retry;
use crate::publish::shell::{Host, quote};
use crate::publish::steps::PublishStep;

use super::visibility::Visibility;
use super::{Abilities, Session, Target, Work, held, is_kept, marked, token};

/// Everything that is done at a host.
const HOST_SCRIPT: &str = include_str!("ssh/host.sh");

/// A folder of a host as a target.
pub(super) struct Ssh {
    host: Host,
    /// The folder above, as the host's shell takes it.
    parent: String,
    /// The folder's own name.
    name: String,
    retry: Retry,
    /// How a release becomes visible; asked once.
    mode: OnceLock<Visibility>,
}

/// The SHA-256 digest of each file.
type SshMarks = BTreeMap<OutPath, Arc<str>>;

/// Our records, and what they are about.
struct SshState {
    /// The release that PATH leads to, where it is a link of ours.
    linked: Option<ReleaseId>,
    /// Whether readers may find files at PATH.
    has_files: bool,
    record: Vec<u8>,
    pending: Vec<u8>,
    /// The names of what lies in the folder of releases.
    taken: Vec<String>,
}

impl SshState {
    fn token(&self) -> String {
        let link = self.linked.as_ref().map_or("", ReleaseId::as_str);
        format!("{} {link}", token(Some(&self.record)))
    }
}

impl Ssh {
    pub(super) fn new(host: Host, path: &str) -> Result<Self, PublishError> {
        let path = path.trim_end_matches('/');
        let (parent, name) = path.rsplit_once('/').unwrap_or((".", path));
        if matches!(name, "" | "." | "..") {
            return Err(PublishError::refused(format!("`{path}` is not a folder with a name")));
        }
        let parent = if parent.is_empty() { "/" } else { parent };
        let (parent, name) = (parent.to_owned(), name.to_owned());
        Ok(Self { host, parent, name, retry: Retry::default(), mode: OnceLock::new() })
    }

    /// The folder of our records and releases: beside PATH, or in it.
    fn state_folder(&self) -> String {
        match self.mode.get() {
            Some(Visibility::Files(_)) => format!("{}/.briefing", self.name),
            Some(Visibility::Link) | None => format!(".briefing-{}", self.name),
        }
    }

    /// Asks what PATH is.
    fn mode(&self) -> Result<Visibility, PublishError> {
        if let Some(mode) = self.mode.get() {
            return Ok(*mode);
        }
        let answer = self.retry.run(|| self.run(&["kind"], &[]))?;
        let mode = match answer.trim_ascii() {
            b"link" => Visibility::Link,
            b"closed" => Visibility::Files("lies in a folder that cannot be written"),
            b"filled" => Visibility::Files("is a folder with files, not a link to a release"),
            b"file" => return Err(PublishError::refused(format!("`{}` is a file", self.name))),
            _ => return Err(unexpected(&answer)),
        };
        Ok(*self.mode.get_or_init(|| mode))
    }

    /// Runs an operation of the script at the host, with something on its standard input.
    fn run(&self, operation: &[&str], input: &[u8]) -> Result<Vec<u8>, PublishError> {
        self.host.run(&self.script(operation), input)
    }

    fn script(&self, operation: &[&str]) -> String {
        let state = self.state_folder();
        let words =
            ["sh", &self.parent, &self.name, &state].into_iter().chain(operation.iter().copied());
        let words: Vec<String> = [HOST_SCRIPT].into_iter().chain(words).map(quote).collect();
        format!("sh -c {}", words.join(" "))
    }

    fn state(&self) -> Result<SshState, PublishError> {
        let answer = self.retry.run(|| self.run(&["state"], &[]))?;
        let unexpected = || unexpected(&answer);
        let (line, mut rest) = split_line(&answer).ok_or_else(unexpected)?;
        let mut records = Vec::new();
        for _ in 0..2 {
            let (count, after) = split_line(rest).ok_or_else(unexpected)?;
            let count: usize = count.trim().parse().map_err(|_| unexpected())?;
            let (bytes, after) = after.split_at_checked(count).ok_or_else(unexpected)?;
            records.push(bytes.to_vec());
            rest = after;
        }
        let ours = format!("link {}/releases/", self.state_folder());
        let linked = line.strip_prefix(&ours).and_then(ReleaseId::new);
        let by_files = matches!(self.mode.get(), Some(Visibility::Files(_)));
        let is_there = by_files && matches!(line, "empty" | "other");
        if !is_there && linked.is_none() && !matches!(line, "nothing" | "empty") {
            return Err(PublishError::refused(format!(
                "`{}` is there on the host, and is a link to something else; name what it leads to, or a path that is \
                 free",
                self.name
            )));
        }
        let pending = records.pop().unwrap_or_default();
        let record = records.pop().unwrap_or_default();
        let taken = String::from_utf8_lossy(rest).lines().map(str::to_owned).collect();
        Ok(SshState { has_files: is_there || linked.is_some(), linked, record, pending, taken })
    }

    /// The SHA-256 digests of all files that an operation lists, and the names of what cannot be ours.
    fn sums(&self, operation: &[&str]) -> Result<(SshMarks, Vec<String>), PublishError> {
        let listed = self.retry.run(|| self.run(operation, &[]))?;
        let (mut sums, mut irregular) = (SshMarks::new(), Vec::new());
        for line in listed.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let text = std::str::from_utf8(line).ok();
            let file = text.and_then(|text| {
                let (sum, name) = text.split_at_checked(64)?;
                let path = OutPath::exact(name.strip_prefix("  ./")?)?;
                sum.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| (path, Arc::from(sum)))
            });
            match file {
                Some((path, sum)) => drop(sums.insert(path, sum)),
                None => {
                    let name = String::from_utf8_lossy(line);
                    let name = name.split_once("./").map_or(&*name, |(_, name)| name);
                    irregular.push(name.to_owned());
                }
            }
        }
        Ok((sums, irregular))
    }
}

impl Target for Ssh {
    fn abilities(&self) -> Result<Abilities, PublishError> {
        Ok(self.mode()?.abilities(&self.name, &self.state_folder(), true))
    }

    fn observe(&self) -> Result<Remote, PublishError> {
        let state = self.state()?;
        let record = Some(&*state.record).filter(|record| !record.is_empty());
        let mut remote = Remote::read(state.token(), record, Some(&state.pending));
        remote.taken = state.taken.iter().cloned().collect();
        if let Some(id) = state.linked {
            remote.is_live(id);
        }
        if state.has_files {
            let (sums, irregular) = self.sums(&["sums_of_target"])?;
            let known = remote.sums_by_mark();
            remote.there = sums
                .into_iter()
                .map(|(path, mark)| {
                    (path, RemoteFile { sum: known.get(&mark).copied(), headers: None })
                })
                .collect();
            remote.irregular = irregular;
        }
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), PublishError> {
        let (sums, _) = self.sums(&["sums_of_release", release.id.as_str()])?;
        is_kept(release, &sums)
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError> {
        let lock = self.retry.run(|| SshLock::take(self, work.who))?;
        let state = self.state()?;
        work.refuse_moved(&state.token(), Some(&state.record), state.linked.clone())?;
        // The host recognises each file by it.
        let record = marked(work, sha256)?;
        let mode = self.mode()?;
        let left = Pending::from_json(&state.pending);
        Ok(Box::new(SshSession { ssh: self, work, mode, record, left, _lock: lock }))
    }
}

/// The lock at the host: a process there that holds it until our end of the connection closes.
struct SshLock {
    child: Child,
    _output: BufReader<ChildStdout>,
}

impl SshLock {
    fn take(ssh: &Ssh, who: &str) -> Result<Self, PublishError> {
        // In a folder that readers see, ours is for its owner alone.
        let readers = match ssh.mode()? {
            Visibility::Files(_) => "private",
            Visibility::Link => "shared",
        };
        let (child, mut output) = ssh.host.start(&ssh.script(&["hold", who, readers]))?;
        let mut line = String::new();
        output.read_line(&mut line).map_err(|error| PublishError::target(error.to_string()))?;
        if line.trim() == "held" {
            return Ok(Self { child, _output: output });
        }
        let mut rest = String::new();
        // The publisher's name is shown to people and decides nothing.
        let _ = output.take(1000).read_to_string(&mut rest);
        let why = crate::publish::shell::wait(child)?;
        match line.trim() {
            "busy" => Err(held(&rest, &ssh.name)),
            "none" => Err(PublishError::target(
                "the host has no `flock`, which keeps two publishers apart",
            )),
            _ => Err(PublishError::network(format!("cannot lock the target: {why}"))),
        }
    }
}

impl Drop for SshLock {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // The connection ends by itself once its input has ended.
        let _ = self.child.wait();
    }
}

struct SshSession<'a> {
    ssh: &'a Ssh,
    work: &'a Work<'a>,
    mode: Visibility,
    /// The record that the target will have.
    record: Record,
    /// What a run has left that did not come to its end.
    left: Option<Pending>,
    _lock: SshLock,
}

impl SshSession<'_> {
    /// Runs an operation that changes something. It holds a lock of its own until it ends, which may be after this process.
    fn run(&self, operation: &[&str], input: &[u8]) -> Result<Vec<u8>, PublishError> {
        self.ssh.run(&[&["change"], operation].concat(), input)
    }

    /// Sends files of the stage to where the new release is put together.
    fn send(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        let script = self.ssh.script(&["change", "receive"]);
        self.ssh.host.send(&script, self.work.stage, uploads)
    }

    /// Replaces one of our files in one step.
    fn save(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.run(&["save", name], bytes).map(drop)
    }

    fn id(&self) -> &str {
        self.record.live.as_ref().map_or("", ReleaseId::as_str)
    }

    /// Puts together, out of readers' reach, what stays: `new` holds all that is live but for what is changed or removed.
    fn assemble(&self) -> Result<(), PublishError> {
        let plan = self.work.plan;
        let gone = plan.changed.iter().chain(&plan.removed);
        self.run(&["assemble"], &path_list(gone, "./", '\n'))?;
        if plan.back_to.is_none() {
            return Ok(());
        }
        // The release is there; what others have put beside it since takes the place of what they had then.
        let files = plan.release().into_iter().flat_map(|release| release.files.keys());
        self.run(&["back", self.id()], &path_list(files, "./", '\n')).map(drop)
    }
}

impl Session for SshSession<'_> {
    fn prepare(&self) -> Result<(), PublishError> {
        // A run that did not come to its end may have filled the disk.
        self.run(&["clear"], &[])?;
        kept::refuse(self)?;
        if let Some(pending) = self.work.plan.pending_of(&self.record) {
            self.save("pending", &pending.to_json())?;
        }
        if self.mode != Visibility::Link || !self.work.plan.is_release {
            files::keep_edited(self)?;
        }
        if !self.work.plan.is_release {
            return Ok(());
        }
        if self.mode != Visibility::Link {
            return self.run(&["begin"], &[]).map(drop);
        }
        self.work.steps.before(PublishStep::Assemble)?;
        self.assemble()
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        self.work.before_puts(uploads)?;
        if self.mode != Visibility::Link {
            return files::put(self, uploads);
        }
        if self.work.plan.back_to.is_some() {
            // The host has them.
            return Ok(());
        }
        self.send(uploads)
    }

    fn remove(&self, paths: &[&OutPath]) -> Result<(), PublishError> {
        if self.work.plan.is_release && self.mode == Visibility::Link {
            // They are in no new release.
            return Ok(());
        }
        self.work.before_removals(paths)?;
        files::remove(self, paths)
    }

    fn switch(&self) -> Result<(), PublishError> {
        if self.mode != Visibility::Link && self.work.plan.new_release().is_some() {
            self.work.steps.before(PublishStep::Archive)?;
            files::archive(self)?;
        }
        if self.mode == Visibility::Link && self.work.plan.is_release {
            self.work.steps.before(PublishStep::Switch)?;
            let switch = match self.work.plan.back_to {
                Some(_) => "switch",
                None => "switch_to_new",
            };
            self.run(&[switch, self.id()], &[])?;
        }
        self.work.steps.before(PublishStep::Record)?;
        self.save("record", &self.record.to_json())?;
        match self.work.plan.has_more(self.mode == Visibility::Link) {
            true => Ok(()),
            false => self.run(&["finish"], &[]).map(drop),
        }
    }

    fn prune(&self) -> Result<(), PublishError> {
        kept::forget(self)?;
        self.run(&["clear"], &[])?;
        self.run(&["finish"], &[]).map(drop)
    }
}

/// Output of the script that it never writes: what a shell's own settings print, for example.
fn unexpected(output: &[u8]) -> PublishError {
    let text = String::from_utf8_lossy(output);
    PublishError::target(format!(
        "unexpected output from the remote shell: `{}`",
        printable(text.trim())
    ))
}

fn split_line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}
