//! Why an output was not written.

use std::fmt;
use std::path::PathBuf;

use crate::release::DiskError;

/// Why a transaction was not opened, or a build not committed. The previous output is as it was.
#[derive(Debug)]
pub enum OutputError {
    /// A guard refused: writing would have touched something that is not ours.
    Refused(OutputRefusal),
    /// The file system failed.
    Io(DiskError),
}

/// What a guard refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputRefusal {
    /// The folder may never be an output.
    Unsafe {
        /// The folder, as the user wrote it.
        output: PathBuf,
        /// The reason, for "it …".
        because: String,
    },
    /// Another build holds the output's lock.
    Busy {
        /// The folder, as the user wrote it.
        output: PathBuf,
    },
    /// The folder holds files that are not as a build left them: never empty, sorted by path.
    Foreign(Vec<Conflict>),
}

/// One file, folder or link that a build would have had to touch, and may not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// Where it is: below the output folder as the user wrote it.
    pub path: PathBuf,
    /// Why the build may not touch it.
    pub why: ConflictReason,
}

/// Why a build may not write or remove a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictReason {
    /// A build wrote it, and its bytes have changed since.
    Edited,
    /// No build wrote it, and it lies at the path of a page.
    Unknown,
    /// No build wrote it, and no build is known to have written into this folder.
    Stray,
    /// It is a symbolic link (or a device) at the path of a file or folder of ours.
    Link,
    /// It is a file at the path of a folder, or lies in a folder at the path of a file.
    InTheWay,
}

impl OutputError {
    /// The process's exit code: 5 when a guard refused, 3 when the file system failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 5,
            Self::Io(_) => 3,
        }
    }
}

impl From<DiskError> for OutputError {
    fn from(error: DiskError) -> Self {
        Self::Io(error)
    }
}

impl From<OutputRefusal> for OutputError {
    fn from(refusal: OutputRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(_) => None,
            Self::Io(error) => Some(error),
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for OutputRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe { output, because } => write!(
                f,
                "cannot write the site to `{}`: it {because}; choose another folder with --output",
                output.display()
            ),
            Self::Busy { output } => write!(
                f,
                "another build is writing `{}`; wait for it to end, then build again",
                output.display()
            ),
            Self::Foreign(conflicts) => foreign(conflicts, f),
        }
    }
}

/// Names the first file with what to do about it, then a few more.
fn foreign(conflicts: &[Conflict], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const NAMED: usize = 3;
    let Some((first, others)) = conflicts.split_first() else {
        return f.write_str("nothing is in the way");
    };
    write!(f, "`{}` {}", first.path.display(), first.why.text())?;
    for (at, other) in others.iter().take(NAMED).enumerate() {
        let before = if at == 0 { " (also in the way: " } else { ", " };
        write!(f, "{before}`{}`", other.path.display())?;
    }
    match others.len() {
        0 => Ok(()),
        1..=NAMED => f.write_str(")"),
        more => write!(f, ", and {} more)", more - NAMED),
    }
}

impl ConflictReason {
    fn text(self) -> &'static str {
        match self {
            Self::Edited => "was changed after it was built; use --adopt to overwrite it",
            Self::Unknown => "was not made by a build; use --adopt to overwrite it",
            Self::Stray => {
                "was not made by a build, so its folder may not be an output; \
                 choose an empty folder, or use --adopt to build beside it"
            }
            Self::Link => {
                "is a symbolic link or a special file where the site needs its own; move it away"
            }
            Self::InTheWay => {
                "is in the way: the site needs a folder where a file is, \
                 or a file where a folder is; move it away"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Conflict, ConflictReason, OutputError, OutputRefusal};

    #[test]
    fn messages_name_the_file_and_the_way_out() {
        let foreign = |paths: &[&str]| {
            let conflicts = paths
                .iter()
                .map(|path| Conflict { path: path.into(), why: ConflictReason::Edited });
            OutputRefusal::Foreign(conflicts.collect())
        };
        let edited = "was changed after it was built; use --adopt to overwrite it";
        for (refusal, message) in [
            (foreign(&["public/a"]), format!("`public/a` {edited}")),
            (foreign(&["a", "b"]), format!("`a` {edited} (also in the way: `b`)")),
            (
                foreign(&["a", "b", "c", "d", "e", "f"]),
                format!("`a` {edited} (also in the way: `b`, `c`, `d`, and 2 more)"),
            ),
            (
                OutputRefusal::Unsafe { output: "x".into(), because: "is a file".into() },
                "cannot write the site to `x`: it is a file; choose another folder with --output"
                    .into(),
            ),
        ] {
            let error = OutputError::from(refusal);
            assert_eq!(error.to_string(), message);
            assert_eq!(error.exit_code(), 5);
        }
    }
}
