//! Names for files to take, none of which another file has.

use rustc_hash::FxHashSet;

use crate::base::SourcePath;
use crate::content::kind::Identity;
use crate::diag::{Code, Diagnostic};

/// Where a message says to rename a file to what is the id of another, or of an earlier message, takes the next free id.
pub(super) fn free_names(files: &[SourcePath], found: &mut [Diagnostic]) {
    let is_advice = |found: &Diagnostic| {
        let begins = |help: &String| help.starts_with("rename the f");
        found.code == Code::InvalidId && found.help.first().is_some_and(begins)
    };
    if !found.iter().any(is_advice) {
        return;
    }
    let valid = |path: &SourcePath| {
        let identity = Identity::of(path)?;
        identity.diagnostic.is_none().then_some(identity.id)
    };
    let mut taken: FxHashSet<_> = files.iter().filter_map(valid).collect();
    for found in found.iter_mut().filter(|found| is_advice(found)) {
        let Some(identity) = Identity::of(&found.span.file) else { continue };
        if taken.insert(identity.id.clone()) {
            continue;
        }
        let free = (2..).map(|number| format!("{}-{number}", identity.id));
        let Some(id) =
            free.map(std::sync::Arc::from).find(|id| taken.insert(std::sync::Arc::clone(id)))
        else {
            continue;
        };
        let other = &identity.id;
        found.help[0] = match identity.folder_of_page {
            true => format!("rename the folder to `{id}`: `{other}` is the id of another page"),
            false => format!("rename the file to `{id}.md`: `{other}` is the id of another page"),
        };
    }
}
