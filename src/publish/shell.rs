//! A host that the system's ssh reaches: runs scripts there, and sends files.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::release::disk::Disk;

use super::error::{PublishError, without_passwords};
use super::files;
use super::plan::Upload;

/// A host, and how it is reached.
#[derive(Debug)]
pub(super) struct Host {
    /// `me@host`, or a name of the user's ssh configuration.
    pub name: String,
    /// The port, where it is not the one of the configuration.
    port: Option<u16>,
    /// The program with its first arguments: `ssh`.
    program: Vec<String>,
    /// Whether ssh may ask for a passphrase, or whether a host is known.
    may_ask: bool,
    /// The path of the shared connection's socket.
    socket: PathBuf,
    /// The connection that all commands share, once there is one.
    master: OnceLock<Option<Master>>,
}

/// A connection that is open for as long as this value, and this process, are.
#[derive(Debug)]
struct Master(Mutex<Child>);

impl Drop for Master {
    fn drop(&mut self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(child.stdin.take());
        // Its command ends with its input.
        let _ = child.wait();
    }
}

/// The longest path of a socket that every system takes, with what ssh adds to it.
const SOCKET: usize = 85;

impl Host {
    /// A host that is not connected to yet.
    pub(super) fn new(name: &str, port: Option<u16>, local: &super::target::LocalMachine) -> Self {
        Self {
            name: name.to_owned(),
            port,
            program: local.ssh.clone(),
            may_ask: local.may_ask,
            socket: local.cache.join("ssh"),
            master: OnceLock::new(),
        }
    }

    /// Runs a script over the shared connection.
    fn command(&self, script: &str) -> Command {
        self.bare(&self.shared(), script)
    }

    /// Opens a connection for all commands to share. Where that fails, each command opens its own, and reports why that fails.
    fn connect(&self) -> Option<Master> {
        let socket = self.socket.to_str().filter(|path| path.len() <= SOCKET)?;
        let disk = Disk::default();
        disk.create_above(&self.socket).ok()?;
        disk.remove(&self.socket).ok()?;
        let options = ["-M", "-S", socket, "-o", "ControlPersist=no"].map(str::to_owned);
        let mut child =
            self.bare(&options, "sh -c 'echo open; exec cat >/dev/null'").spawn().ok()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
        let master = Master(Mutex::new(child));
        (line.trim() == "open").then_some(master)
    }

    fn bare(&self, options: &[String], script: &str) -> Command {
        let words = self.words(options);
        let (program, first) = words.split_first().expect("there is a program");
        let mut command = Command::new(program);
        command.args(first);
        // The user's login shell may be any: it is given nothing but a program and its quoted arguments.
        command.arg("--").arg(&self.name).arg(format!("exec {script}"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The program with everything that comes before the host's name.
    fn words(&self, options: &[String]) -> Vec<String> {
        let mut words = self.program.clone();
        if !self.may_ask {
            words.extend(["-o", "BatchMode=yes"].map(str::to_owned));
        }
        let patience = ["-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"];
        words.extend(patience.map(str::to_owned));
        words.extend_from_slice(options);
        if let Some(port) = self.port {
            words.extend(["-p".to_owned(), port.to_string()]);
        }
        words
    }

    /// How the host is reached, in one text, for a program that connects by itself and splits such a text at its
    /// spaces, as rsync does.
    pub(super) fn remote_shell(&self) -> String {
        let words = self.words(&self.shared());
        let words = words.iter().map(|word| format!("'{}'", word.replace('\'', "''")));
        words.collect::<Vec<_>>().join(" ")
    }

    /// The options that lead over the shared connection, which is made when it is first needed.
    fn shared(&self) -> Vec<String> {
        match self.master.get_or_init(|| self.connect()) {
            Some(_) => vec!["-S".to_owned(), self.socket.to_string_lossy().into_owned()],
            None => Vec::new(),
        }
    }

    fn spawn(&self, script: &str) -> Result<Child, PublishError> {
        let cannot = |error| {
            PublishError::target(format!("cannot run `{}`: {error}", self.program.join(" ")))
        };
        self.command(script).spawn().map_err(cannot)
    }

    /// Runs a script with something on its standard input; its standard output.
    ///
    /// # Errors
    /// The host cannot be reached, or the script fails: its error output.
    pub(super) fn run(&self, script: &str, input: &[u8]) -> Result<Vec<u8>, PublishError> {
        self.fed(script, |pipe| pipe.write_all(input))
    }

    /// Runs a script with what is written to it on its standard input.
    fn fed(
        &self,
        script: &str,
        feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
    ) -> Result<Vec<u8>, PublishError> {
        let mut child = self.spawn(script)?;
        let pipe = child.stdin.take();
        let (output, fed) = std::thread::scope(|scope| {
            let feeder = scope.spawn(move || pipe.map_or(Ok(()), |mut pipe| feed(&mut pipe)));
            let output = child.wait_with_output();
            (output, feeder.join().unwrap_or(Ok(())))
        });
        let output = output.map_err(|error| PublishError::target(error.to_string()))?;
        if !output.status.success() {
            return Err(PublishError::network(format!(
                "{}: {}",
                self.name,
                last_lines(&output.stderr)
            )));
        }
        fed.map_err(|error| {
            PublishError::target(format!("cannot send to {}: {error}", self.name))
        })?;
        Ok(output.stdout)
    }

    /// Starts a script that goes on until its standard input ends.
    ///
    /// # Errors
    /// The program is not there.
    pub(super) fn start(
        &self,
        script: &str,
    ) -> Result<(Child, BufReader<ChildStdout>), PublishError> {
        let mut child = self.spawn(script)?;
        let output =
            child.stdout.take().ok_or_else(|| PublishError::target("ssh has no output"))?;
        Ok((child, BufReader::new(output)))
    }

    /// Sends files of a folder as a tar archive to a script that unpacks it.
    ///
    /// # Errors
    /// As [`Host::run`]; a file that cannot be read.
    pub(super) fn send(
        &self,
        script: &str,
        folder: &Path,
        uploads: &[Upload<'_>],
    ) -> Result<(), PublishError> {
        let archive = |pipe: &mut dyn Write| {
            let mut builder =
                tar::Builder::new(std::io::BufWriter::with_capacity(256 * 1024, pipe));
            for Upload { path, .. } in uploads {
                let (mut file, len) = files::open(&path.below(folder))?;
                let mut header = tar::Header::new_gnu();
                header.set_size(len);
                header.set_mode(0o644);
                header.set_entry_type(tar::EntryType::Regular);
                builder.append_data(&mut header, path.as_str(), &mut file)?;
            }
            builder.into_inner()?.flush()
        };
        self.fed(script, archive).map(drop)
    }
}

/// Waits for a script that has ended; its error output.
pub(super) fn wait(mut child: Child) -> Result<String, PublishError> {
    drop(child.stdin.take());
    let mut text = Vec::new();
    if let Some(mut stderr) = child.stderr.take() {
        // Error output that cannot be read is left out.
        let _ = stderr.read_to_end(&mut text);
    }
    child.wait().map_err(|error| PublishError::target(error.to_string()))?;
    Ok(last_lines(&text))
}

/// The last six lines of a program's standard error, joined to one, without git's hints and without passwords.
pub(super) fn last_lines(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("hint:"));
    let lines: Vec<String> = lines.map(|line| files::printable(line.trim())).collect();
    without_passwords(&lines[lines.len().saturating_sub(6)..].join("; "))
}

/// A text as one word of a POSIX shell.
pub(super) fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_word_stays_one_word() {
        for text in ["", "a b", "$(x) `y` \"z\"", "it's", "-n", "é\\"] {
            let output = std::process::Command::new("sh")
                .arg("-c")
                .arg(format!("printf %s {}", quote(text)))
                .output();
            assert_eq!(output.expect("there is a shell").stdout, text.as_bytes());
        }
    }
}
