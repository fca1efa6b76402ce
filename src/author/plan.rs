//! What will be changed.

use diffy::DiffOptions;

use crate::base::SourcePath;
use crate::diag::printable;

/// A file and what it will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: SourcePath,
    /// What it holds now.
    pub before: String,
    /// What it will hold.
    pub after: String,
}

/// A file that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where it will lie.
    pub path: SourcePath,
    /// What it will hold.
    pub text: String,
}

/// A file or folder and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where it lies.
    pub from: SourcePath,
    /// Where it will lie: in the same folder, under another name.
    pub to: SourcePath,
}

impl Move {
    /// Where a file will lie.
    pub fn of(&self, path: &SourcePath) -> SourcePath {
        swapped(path, &self.from, &self.to)
    }

    /// Where a file lay.
    pub fn back(&self, path: &SourcePath) -> SourcePath {
        swapped(path, &self.to, &self.from)
    }
}

/// What will be changed, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditPlan {
    /// Files that get other bytes, sorted by path, under the paths that they have now.
    pub changes: Vec<FileChange>,
    /// The file that declares what is renamed: it gets its bytes after all others, so that the same command finds what
    /// it was about when it was stopped.
    pub last: Option<SourcePath>,
    /// What gets another name when all of them have theirs, in this order.
    pub moved: Vec<Move>,
}

impl EditPlan {
    /// Where a file will lie.
    pub fn of(&self, path: &SourcePath) -> SourcePath {
        let moved = self.moved.iter().map(|moved| moved.of(path)).find(|to| to != path);
        moved.unwrap_or_else(|| path.clone())
    }

    /// Where a file lay.
    pub fn back(&self, path: &SourcePath) -> SourcePath {
        let moved = self.moved.iter().map(|moved| moved.back(path)).find(|from| from != path);
        moved.unwrap_or_else(|| path.clone())
    }

    /// The plan as a unified diff, made safe for a terminal.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        for Move { from, to } in &self.moved {
            out.push_str(&format!("rename from {from}\nrename to {to}\n"));
        }
        for FileChange { path, before, after } in &self.changes {
            let to = self.of(path);
            // A line end is no news, and a terminal would act on half of one.
            let (before, after) = (before.replace("\r\n", "\n"), after.replace("\r\n", "\n"));
            let diff = DiffOptions::new()
                .set_original_filename(path.to_string())
                .set_modified_filename(to.to_string())
                .create_patch(&before, &after);
            out.push_str(&printable(&diff.to_string()));
        }
        out
    }
}

fn swapped(path: &SourcePath, from: &SourcePath, to: &SourcePath) -> SourcePath {
    match path.as_str().strip_prefix(from.as_str()) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            SourcePath::new(format!("{to}{rest}"))
        }
        _ => path.clone(),
    }
}
