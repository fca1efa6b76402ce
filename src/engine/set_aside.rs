//! Files below `content/` whose names keep them out of the site.

use std::collections::BTreeMap;

use crate::base::SourcePath;
use crate::diag::{Code, Diagnostic, Span};

/// One note for each folder that is set aside, or that has files that are.
pub(super) fn diagnostics(files: &[&SourcePath]) -> Vec<Diagnostic> {
    // By the folder as it is named, whether that itself is set aside, and whether they are `_index.md`.
    let mut folders: BTreeMap<(&str, bool, bool), Vec<&SourcePath>> = BTreeMap::new();
    for file in files {
        let path = file.as_str();
        let name = path.match_indices("/_").map(|(at, _)| at + 1).next().unwrap_or_default();
        let key = match path[name..].find('/') {
            Some(end) => (&path[..=name + end], true, false),
            None => (&path[..name], false, path[name..].eq_ignore_ascii_case("_index.md")),
        };
        folders.entry(key).or_default().push(file);
    }
    let note = |((folder, whole, index), files): ((&str, bool, bool), Vec<&SourcePath>)| {
        let first = files[0];
        let message = match (files.len(), whole) {
            (1, true) => format!(
                "`{folder}` is not content: its name begins with `_`, and its file makes no page"
            ),
            (count, true) => {
                format!(
                    "`{folder}` is not content: its name begins with `_`, and its {count} files make no page"
                )
            }
            (1, false) => format!("`{first}` is not content: its name begins with `_`"),
            (count, false) => {
                format!("{count} files of `{folder}` are not content: their names begin with `_`")
            }
        };
        let help = match (index, whole) {
            (true, _) => {
                "the lists of the site make themselves; the page of a folder of its own is `index.md`, and a \
                          subject with a text is content/topics/ID.md"
            }
            (_, true) => "to publish what is in it, rename the folder without the `_`",
            (_, false) => "to publish it, rename it without the `_`",
        };
        Diagnostic::new(Code::SetAside, Span::file(first.clone()), message).help(help)
    };
    folders.into_iter().map(note).collect()
}
