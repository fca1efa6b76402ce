//! What files that are left out for their errors would have been, looked up by what names them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{EntityId, OutPath};
use crate::content::kind::Kind;
use crate::content::reference::Target;

use super::Broken;

/// The ids, files and outputs of files that are left out. Thousands of references may ask for thousands of them.
#[derive(Debug, Default)]
pub(super) struct Faulty {
    /// The kinds of the files that have each id.
    ids: FxHashMap<EntityId, Vec<Kind>>,
    files: FxHashSet<Box<str>>,
    /// The folders of pages that have one, with a slash at the end.
    folders: FxHashSet<Box<str>>,
    /// The folders of their outputs, with a slash at the end.
    outs: FxHashSet<Box<str>>,
}

impl Faulty {
    pub(super) fn new(broken: &[Broken]) -> Self {
        let mut found = Self::default();
        for file in broken {
            found.ids.entry(file.id.clone()).or_default().push(file.kind);
            let path = file.path.composed();
            let path = path.as_str();
            found.files.insert(path.into());
            found.folders.extend(path.strip_suffix("index.md").map(Into::into));
            let out = file.out.as_ref().and_then(|out| out.as_str().strip_suffix("index.html"));
            found.outs.extend(out.map(Into::into));
        }
        found
    }

    /// Whether a reference names one of them, or a file in the folder of one.
    pub(super) fn has(&self, target: &Target) -> bool {
        match target {
            Target::Id(id) => self.ids.contains_key(&**id),
            Target::Typed(kind, id) => {
                self.ids.get(&**id).is_some_and(|kinds| kinds.contains(kind))
            }
            Target::File(file) => {
                let file = file.composed();
                self.files.contains(file.as_str()) || is_below(&self.folders, file.as_str())
            }
        }
    }

    /// Whether an output would be that of one of them, or lies below its page.
    pub(super) fn has_out(&self, out: &OutPath) -> bool {
        is_below(&self.outs, out.as_str())
    }
}

/// Whether a path lies in one of some folders.
fn is_below(folders: &FxHashSet<Box<str>>, path: &str) -> bool {
    !folders.is_empty()
        && (folders.contains("")
            || path.match_indices('/').any(|(slash, _)| folders.contains(&path[..=slash])))
}
