//! Runs git: without a shell, in one language, never in the user's work tree unless asked to look at it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::error::PublishError;
use super::shell::last_lines;

/// Git in one folder.
#[derive(Debug, Clone)]
pub(super) struct Runner {
    /// Where it runs.
    folder: PathBuf,
    /// The repository, when it is not the one that the folder lies in.
    repository: Option<PathBuf>,
    /// Whether it may ask on the terminal.
    may_ask: bool,
    env: Vec<(&'static str, String)>,
}

impl Runner {
    /// In the repository that a folder lies in.
    pub(super) fn within(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), repository: None, may_ask: false, env: Vec::new() }
    }

    /// In a repository of ours; relative paths start at `folder`.
    pub(super) fn of(repository: PathBuf, folder: &Path, may_ask: bool) -> Self {
        Self {
            folder: folder.to_path_buf(),
            repository: Some(repository),
            may_ask,
            env: Vec::new(),
        }
    }

    /// The same in another folder.
    pub(super) fn at(&self, folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), ..self.clone() }
    }

    /// The same with one more variable.
    pub(super) fn with(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut runner = self.clone();
        runner.env.push((name, value.into()));
        runner
    }

    /// Runs a command, with something on its standard input.
    ///
    /// # Errors
    /// Git is not there.
    pub(super) fn output(
        &self,
        args: &[&str],
        input: Option<&[u8]>,
    ) -> Result<Output, PublishError> {
        let mut command = Command::new("git");
        // What a hook or a script around us has set must not lead git to another repository.
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_NAMESPACE",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_PREFIX",
        ] {
            command.env_remove(name);
        }
        command.current_dir(&self.folder).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        if !self.may_ask {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        for (name, value) in &self.env {
            command.env(name, value);
        }
        if let Some(repository) = &self.repository {
            command.arg("--git-dir").arg(repository).args([
                "-c",
                "core.autocrlf=false",
                "-c",
                "gc.auto=0",
                // Nothing that lies in our repository is run.
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "core.fsmonitor=false",
            ]);
        }
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        let start = |error| PublishError::target(format!("cannot run git: {error}"));
        let mut child = command.spawn().map_err(start)?;
        let pipe = child.stdin.take();
        std::thread::scope(|scope| {
            if let (Some(mut pipe), Some(input)) = (pipe, input) {
                // Git's own message explains more than the broken pipe does.
                scope.spawn(move || drop(pipe.write_all(input)));
            }
            child.wait_with_output().map_err(start)
        })
    }

    /// Runs a command that must succeed; its standard output.
    ///
    /// # Errors
    /// Git's error output.
    pub(super) fn run(&self, args: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, PublishError> {
        let output = self.output(args, input)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(PublishError::network(format!(
                "git {} failed: {}",
                args[0],
                last_lines(&output.stderr)
            ))),
        }
    }

    /// Runs a command that must succeed; its standard output as one line of text.
    ///
    /// # Errors
    /// Git's error output.
    pub(super) fn line(&self, args: &[&str]) -> Result<String, PublishError> {
        self.run(args, None).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
    }
}
