//! Names for files to take, none of which another file has.

use rustc_hash::FxHashSet;

use crate::base::{EntityId, SourcePath};
use crate::content::kind::Identity;
use crate::diag::{Code, Diagnostic};

/// Where a message says to rename a file to what is the id of another, or of an earlier message, takes the next free id.
pub(super) fn free_names(files: &[SourcePath], diagnostics: &mut [Diagnostic]) {
    let advised = |diagnostic: &Diagnostic| {
        let identity = Identity::of(&diagnostic.span.file).filter(|found| found.proposes_id)?;
        (identity.diagnostic.as_deref() == Some(diagnostic)).then_some(identity)
    };
    let may_be_advice = |diagnostic: &Diagnostic| diagnostic.code == Code::InvalidId;
    if !diagnostics.iter().any(may_be_advice) {
        return;
    }
    let valid = |path: &SourcePath| {
        let identity = Identity::of(path)?;
        identity.diagnostic.is_none().then_some((identity.id, identity.lang))
    };
    let mut taken: FxHashSet<_> = files.iter().filter_map(valid).collect();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| may_be_advice(diagnostic)) {
        let Some(identity) = advised(diagnostic) else { continue };
        let lang = identity.lang;
        if taken.insert((identity.id.clone(), lang.clone())) {
            continue;
        }
        let end = lang.as_ref().map_or(String::new(), |lang| format!(".{lang}"));
        let numbered = |number| EntityId::new(&format!("{}-{number}", identity.id)).ok();
        let mut free = (2..).filter_map(numbered);
        let Some(id) = free.find(|id| taken.insert((id.clone(), lang.clone()))) else {
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
