//! Names for files to take, none of which another file has.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::SourcePath;
use crate::content::kind::Identity;
use crate::diag::{Code, Diagnostic};

/// Where a message says to rename a file to what is the id of another, or of an earlier message, takes the next free id.
pub(super) fn free_names(files: &[SourcePath], diagnostics: &mut [Diagnostic]) {
    let is_advice = |diagnostic: &Diagnostic| {
        let begins = |help: &String| help.starts_with("rename the f");
        diagnostic.code == Code::InvalidId && diagnostic.help.first().is_some_and(begins)
    };
    if !diagnostics.iter().any(is_advice) {
        return;
    }
    let valid = |path: &SourcePath| {
        let identity = Identity::of(path)?;
        identity.diagnostic.is_none().then_some((identity.id, identity.lang))
    };
    let mut taken: FxHashSet<_> = files.iter().filter_map(valid).collect();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| is_advice(diagnostic)) {
        let Some(identity) = Identity::of(&diagnostic.span.file) else { continue };
        let lang = identity.lang;
        if taken.insert((identity.id.clone(), lang.clone())) {
            continue;
        }
        let end = lang.as_ref().map_or(String::new(), |lang| format!(".{lang}"));
        let free = (2..).map(|number| format!("{}-{number}", identity.id));
        let Some(id) = free.map(Arc::from).find(|id| taken.insert((Arc::clone(id), lang.clone())))
        else {
            continue;
        };
        let other = &identity.id;
        diagnostic.help[0] = match identity.folder_of_page {
            true => format!("rename the folder to `{id}`: `{other}` is the id of another page"),
            false => {
                format!("rename the file to `{id}{end}.md`: `{other}` is the id of another page")
            }
        };
    }
}
