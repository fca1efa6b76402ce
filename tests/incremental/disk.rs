//! A folder into which the builds of a script are written, one over the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use briefing::base::OutPath;
use briefing::output::{Content, Origin, OutputTarget, Report, Transaction};
use tempfile::TempDir;

use crate::Built;

/// The folder, and what it holds.
pub(crate) struct Folder {
    folder: TempDir,
    held: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), held: BTreeMap::new() }
    }

    /// Writes a build as the command does: nothing if anything is an error. Checks that the folder then holds that
    /// build and nothing else, and that no file was touched which did not change.
    pub(crate) fn write(&mut self, built: &Built) -> Result<Option<Report>, String> {
        let report = if built.is_faulty() { None } else { Some(self.commit(built)?) };
        let tree = self.tree();
        if tree != self.held {
            let differ = |path: &&String| tree.get(*path) != self.held.get(*path);
            let paths: BTreeSet<&String> =
                tree.keys().chain(self.held.keys()).filter(differ).collect();
            return Err(format!("the folder does not hold the build: {paths:?}"));
        }
        Ok(report)
    }

    fn commit(&mut self, built: &Built) -> Result<Report, String> {
        let site = self.folder.path();
        let target = OutputTarget {
            site: site.into(),
            output: site.join("public"),
            protected: Vec::new(),
            adopt: false,
        };
        let transaction = Transaction::open(&target).map_err(|error| error.to_string())?;
        for (out, page) in &built.outputs {
            let out = OutPath::new(out).unwrap();
            transaction
                .put(&out, page.kind, None, Content::Bytes(&page.bytes))
                .map_err(|error| error.to_string())?;
        }
        let report = transaction.commit(Origin::default()).map_err(|error| error.to_string())?;
        let after: BTreeMap<String, Vec<u8>> =
            built.outputs.iter().map(|(out, page)| (out.clone(), page.bytes.clone())).collect();
        let written = after.iter().filter(|(out, bytes)| self.held.get(*out) != Some(*bytes));
        let removed = self.held.keys().filter(|out| !after.contains_key(*out));
        same("written", &report.written, written.map(|(out, _)| out))?;
        same("removed", &report.removed, removed)?;
        self.held = after;
        Ok(report)
    }

    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.folder.path().join("public");
        let mut tree = BTreeMap::new();
        if root.exists() {
            for entry in walkdir::WalkDir::new(&root) {
                let entry = entry.unwrap();
                if entry.file_type().is_file() {
                    let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap();
                    tree.insert(path.replace('\\', "/"), fs::read(entry.path()).unwrap());
                }
            }
        }
        tree
    }
}

fn same<'a>(
    what: &str,
    found: &[OutPath],
    expected: impl Iterator<Item = &'a String>,
) -> Result<(), String> {
    let found: Vec<&str> = found.iter().map(OutPath::as_str).collect();
    let expected: Vec<&str> = expected.map(String::as_str).collect();
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, should be {expected:?}"))
    }
}
