//! Runs the system's rsync between this machine and one place, and reads what it lists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::base::OutPath;
use crate::release::DiskError;
use crate::release::disk::Disk;

use super::error::PublishError;
use super::retry::Retry;
use super::shell::{Host, last_lines};
use crate::release::order::parents;

/// The folder, beside a file's own, in which rsync keeps what it has received until a whole transfer is there.
const DELAYED: &str = ".~tmp~";

/// rsync, and the place that it reaches.
pub(super) struct RsyncRunner {
    /// The host of the place; none for a folder of this machine.
    pub host: Option<Host>,
    /// A private folder for what a run is given.
    pub scratch: PathBuf,
    /// What tries again when a connection is lost.
    pub retry: Retry,
}

/// One thing that a place has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedFile {
    /// Its path as rsync shows it: with a slash at its end for a folder, and with `\#` for what is no text.
    pub name: String,
    /// The MD5 digest of a regular file, where it was asked for.
    pub mark: Option<Arc<str>>,
    /// Whether it is a regular file.
    pub is_file: bool,
}

impl ListedFile {
    /// The path, if a file of a site can have it.
    pub(super) fn path(&self) -> Option<OutPath> {
        OutPath::exact(&self.name).filter(|_| self.is_file)
    }

    /// The path that a file was on its way to when a transfer ended in the middle.
    pub(super) fn delayed(&self) -> Option<OutPath> {
        let (folder, name) = self.name.rsplit_once('/')?;
        let parent = folder.strip_suffix(DELAYED)?;
        (parent.is_empty() || parent.ends_with('/')).then_some(())?;
        OutPath::new(&format!("{parent}{name}")).ok()
    }
}

/// What is removed at a place: this alone, and the folders above it that are empty then.
#[derive(Debug, Default)]
pub(super) struct Removals {
    /// Files.
    pub files: Vec<String>,
    /// Folders with all that is in them; only those that are ours by their place.
    pub trees: Vec<String>,
}

impl Removals {
    /// The filter rules: what is at risk, and then that everything else is protected.
    fn rules(&self) -> String {
        let all = || self.files.iter().chain(&self.trees);
        let folders: BTreeSet<&str> = all().flat_map(|path| parents(path)).collect();
        let mut rules = String::new();
        for folder in folders {
            rules.push_str(&format!("risk /{}/\n", escaped(folder)));
        }
        for path in &self.files {
            rules.push_str(&format!("risk /{}\n", escaped(path)));
        }
        for path in &self.trees {
            rules.push_str(&format!("risk /{}/***\n", escaped(path)));
        }
        rules + "protect *\n"
    }

    /// The most files and folders that may be removed, where the number is known.
    fn limit(&self) -> Option<usize> {
        let folders = self.files.iter().map(|path| parents(path).count());
        self.trees.is_empty().then(|| self.files.len() + folders.sum::<usize>())
    }

    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.trees.is_empty()
    }
}

/// A path as a pattern that fits it alone.
fn escaped(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// The rsync that this was written for takes any path of a host; those before it took some apart.
const LEAST: (u32, u32, u32) = (3, 2, 4);

impl RsyncRunner {
    /// Makes sure that there is an rsync which understands the options of this module.
    ///
    /// # Errors
    /// There is none, or an older one.
    pub(super) fn check(&self) -> Result<(), PublishError> {
        let output = Command::new("rsync").arg("--version").output().map_err(cannot_run)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        match version(&text).is_some_and(|version| version >= LEAST) {
            true => Ok(()),
            false => Err(PublishError::target(format!(
                "this needs rsync {}.{}.{} or a later one, and here is: {}",
                LEAST.0,
                LEAST.1,
                LEAST.2,
                super::files::printable(text.lines().next().unwrap_or_default())
            ))),
        }
    }

    /// How rsync takes a path of the place.
    pub(super) fn at(&self, path: &str) -> String {
        match &self.host {
            Some(host) => format!("{}:{path}", host.name),
            None => path.to_owned(),
        }
    }

    /// A private folder without anything in it.
    pub(super) fn empty(&self, name: &str) -> Result<PathBuf, PublishError> {
        let (disk, folder) = (Disk::default(), self.scratch.join(name));
        disk.remove_tree(&folder)?;
        disk.create_folders(&folder)?;
        Ok(folder)
    }

    /// Everything below a folder of the place, digests and all; `None` when there is no such folder.
    ///
    /// # Errors
    /// The place cannot be reached or read.
    pub(super) fn list(
        &self,
        from: &str,
        more: &[&str],
    ) -> Result<Option<Vec<ListedFile>>, PublishError> {
        let from = self.at(from);
        let here = text(&self.empty("nothing")?)?;
        // A dry run that fetches everything into an empty folder lists all that there is.
        let fixed =
            ["--dry-run", "--recursive", "--links", "--devices", "--specials", "--8-bit-output"];
        let form = ["--out-format=%i %C %n"];
        let args: Vec<&str> = fixed.iter().chain(&form).chain(more).copied().collect();
        match self.retry.run(|| self.once(&args, &from, &here))? {
            Some(output) => Ok(Some(listed(&output))),
            None => Ok(None),
        }
    }

    /// Fetches files into a folder of this machine; `false` when there is no such folder at the place.
    ///
    /// # Errors
    /// The place cannot be reached or read.
    pub(super) fn fetch(&self, from: &str, to: &Path, more: &[&str]) -> Result<bool, PublishError> {
        let (from, to) = (self.at(from), format!("{}/", text(to)?));
        self.retry.run(|| self.once(more, &from, &to)).map(|output| output.is_some())
    }

    /// Sends what lies at a path of this machine.
    ///
    /// # Errors
    /// rsync's.
    pub(super) fn send(&self, from: &str, to: &str, more: &[&str]) -> Result<(), PublishError> {
        let to = self.at(to);
        self.retry.run(|| self.once(more, from, &to)).map(drop)
    }

    /// Removes something from a folder of the place, and nothing else there.
    ///
    /// # Errors
    /// rsync's.
    pub(super) fn remove(&self, from: &str, removals: &Removals) -> Result<(), PublishError> {
        let nothing = format!("{}/", text(&self.empty("nothing")?)?);
        let options = self.removing(removals)?;
        let mut args = vec!["--recursive"];
        args.extend(options.iter().map(String::as_str));
        if removals.is_empty() { Ok(()) } else { self.send(&nothing, from, &args) }
    }

    /// The options with which a transfer removes something when it is done.
    pub(super) fn removing(&self, removals: &Removals) -> Result<Vec<String>, PublishError> {
        if removals.is_empty() {
            return Ok(Vec::new());
        }
        let rules = self.given("rules", removals.rules().as_bytes())?;
        let mut options =
            vec!["--delete-delay".to_owned(), format!("--filter=merge {}", text(&rules)?)];
        options.extend(removals.limit().map(|limit| format!("--max-delete={limit}")));
        Ok(options)
    }

    /// The options that name the files to transfer.
    pub(super) fn files<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a OutPath>,
    ) -> Result<String, PublishError> {
        let list = self.given("files", &super::files::path_list(paths, "./", '\0'))?;
        Ok(format!("--files-from={}", text(&list)?))
    }

    fn given(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, PublishError> {
        let (disk, path) = (Disk::default(), self.scratch.join(name));
        disk.create_folders(&self.scratch)
            .and_then(|()| disk.write(&path, bytes))
            .map_err(DiskError::over("write", &path))?;
        Ok(path)
    }

    /// Runs rsync; `None` when the folder that it is to read is not there.
    fn once(&self, args: &[&str], from: &str, to: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let disk = Disk::default();
        let running = self.scratch.join("running");
        disk.create_folders(&self.scratch)?;
        // Each rsync holds this for as long as it lives: one that has outlived its run must not write into the next.
        let lock = disk.lock(&running)?.ok_or_else(|| {
            PublishError::refused(
                "an rsync that an earlier run has started is still at work; wait for it to end",
            )
        })?;
        let mut command = Command::new("rsync");
        for name in ["RSYNC_OLD_ARGS", "RSYNC_PROTECT_ARGS", "RSYNC_PARTIAL_DIR", "RSYNC_ICONV"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").args(args);
        if let Some(host) = &self.host {
            command.arg("-e").arg(host.remote_shell());
        }
        command.arg("--").arg(from).arg(to);
        let stdin = lock.as_stdin().map_err(DiskError::at("lock", &running))?;
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command.output().map_err(cannot_run)?;
        if output.status.success() {
            return Ok(Some(output.stdout));
        }
        let text = last_lines(&output.stderr);
        let is_missing = text.contains("change_dir") && text.contains("No such file or directory");
        match output.status.code() {
            Some(23) if is_missing => Ok(None),
            // A file was replaced or removed between the listing and the transfer: the next try lists it anew.
            Some(VANISHED) => Err(PublishError::Lost(format!("rsync failed: {text}"))),
            _ => Err(PublishError::network(format!("rsync failed: {text}"))),
        }
    }
}

/// rsync's exit code where a file was gone when its turn came (`man rsync`, EXIT VALUES).
const VANISHED: i32 = 24;

/// The options with which rsync compares and lists files by the digests of their bytes.
pub(super) const DIGESTS: [&str; 2] = ["--checksum", "--checksum-choice=md5"];

fn cannot_run(error: std::io::Error) -> PublishError {
    PublishError::target(format!("cannot run rsync: {error}"))
}

fn text(path: &Path) -> Result<String, PublishError> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| PublishError::target(format!("`{}` is not text", path.display())))
}

/// `rsync  version 3.2.7  protocol version 31`.
fn version(text: &str) -> Option<(u32, u32, u32)> {
    let mut words = text.split_whitespace();
    words.find(|word| *word == "version")?;
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut parts = words.next()?.split('.').map(|part| part[..number(part)].parse().ok());
    Some((parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)))
}

/// Reads lines of the form `%i %C %n`: eleven signs that say what it is, 32 of a digest or blank, the name.
fn listed(output: &[u8]) -> Vec<ListedFile> {
    let lines = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let all = lines.filter_map(|line| {
        let line = String::from_utf8_lossy(line);
        let (what, rest) = line.split_at_checked(11)?;
        let (sum, name) = rest.strip_prefix(' ')?.split_at_checked(32)?;
        let name = name.strip_prefix(' ')?;
        let is_sum = sum.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_file = what.starts_with(">f");
        let mark = (is_file && is_sum).then(|| Arc::from(sum));
        (name != "./").then(|| ListedFile { name: name.to_owned(), mark, is_file })
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::{Removals, listed, version};

    #[test]
    fn only_what_is_named_is_at_risk() {
        let files = ["a b/x*[y].html", "a b/c/?", "z", "#x", " lead"].map(str::to_owned).into();
        let mut removals = Removals { files, trees: Vec::new() };
        let rules = "risk /a b/\nrisk /a b/c/\nrisk /a b/x\\*\\[y].html\nrisk /a b/c/\\?\nrisk /z\nrisk /#x\n\
                     risk / lead\n";
        assert_eq!(removals.rules(), format!("{rules}protect *\n"));
        assert_eq!(removals.limit(), Some(5 + 3));
        removals.trees.push("old".into());
        assert_eq!(removals.rules(), format!("{rules}risk /old/***\nprotect *\n"));
        assert_eq!(removals.limit(), None);
    }

    #[test]
    fn a_listing_is_read_by_columns() {
        let sum = "c193497a1a06b2c72230e6146ff47080";
        let blank = " ".repeat(32);
        let text = format!(
            "cd+++++++++ {blank} a b/\n>f+++++++++ {sum} a b/é  x.txt\n>f+++++++++ {blank} y\n\
             cL+++++++++ {blank} link\n>f+++++++++ {sum} two\\#012lines\n>f+++++++++ {sum} ../x\n\
             >f+++++++++ {sum} a/.~tmp~/b\nskipping something\n"
        );
        let found = listed(text.as_bytes());
        let paths: Vec<_> = found.iter().filter_map(|one| one.path()).collect();
        let paths: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
        assert_eq!(paths, ["a b/é  x.txt", "y", "a/.~tmp~/b"]);
        let irregular: Vec<&str> =
            found.iter().filter(|one| one.path().is_none()).map(|one| one.name.as_str()).collect();
        assert_eq!(irregular, ["a b/", "link", "two\\#012lines", "../x"]);
        assert_eq!(found[1].mark.as_deref(), Some(sum));
        assert_eq!(found[2].mark, None);
        assert_eq!(found[6].delayed().map(|path| path.to_string()), Some("a/b".into()));
        assert_eq!(found[1].delayed(), None);
    }

    #[test]
    fn versions() {
        for (text, expected) in [
            ("rsync  version 3.5.0  protocol version 32\n", Some((3, 5, 0))),
            ("rsync  version 3.2.4pre1  protocol", Some((3, 2, 4))),
            ("rsync  version v3.2  protocol", None),
            ("openrsync: protocol version 29", None),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }
}
