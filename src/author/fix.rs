//! `check --fix`: the edits that problems carry, made one plan.

use std::collections::BTreeMap;

use crate::author::{EditPlan, FileChange};
use crate::base::{Edit, SourcePath};
use crate::content::text;
use crate::diag::{Diagnostic, Replacement};
use crate::source::Source;

/// What will be fixed.
#[derive(Debug)]
pub struct Fixing {
    /// The files that change.
    pub plan: EditPlan,
    /// How many problems the plan solves.
    pub fixed: usize,
}

/// Plans the edits of problems, which are in order. Of two whose edits overlap, the first is fixed: the next run finds
/// what is left of the other.
pub fn plan(source: &dyn Source, problems: &[Diagnostic]) -> Fixing {
    let mut files: BTreeMap<&SourcePath, Option<(String, Vec<Edit>)>> = BTreeMap::new();
    let mut fixed = 0;
    for problem in problems.iter().filter(|problem| !problem.fix.is_empty()) {
        let path = &problem.span.file;
        let read = || {
            let text = String::from_utf8(source.read(path).ok()?).ok()?;
            Some((text, Vec::new()))
        };
        let Some((_, planned)) = files.entry(path).or_insert_with(read) else { continue };
        let edits: Vec<Edit> = problem.fix.iter().map(edit).collect();
        let is_own = problem.fix.iter().all(|fix| fix.span.file == *path);
        if is_own && edits.iter().all(|edit| is_apart(edit, planned)) {
            planned.extend(edits);
            fixed += 1;
        }
    }
    let changes = files.into_iter().filter_map(|(path, file)| {
        let (before, mut edits) = file.filter(|(_, edits)| !edits.is_empty())?;
        edits.sort();
        let after = text::apply(&before, &edits);
        Some(FileChange { path: path.clone(), before, after })
    });
    let plan = EditPlan { changes: changes.collect(), last: None, moved: Vec::new() };
    Fixing { plan, fixed }
}

fn edit(fix: &Replacement) -> Edit {
    Edit::new(fix.span.start.offset as usize..fix.span.end.offset as usize, fix.text.clone())
}

/// Whether an edit touches none of the others.
fn is_apart(edit: &Edit, others: &[Edit]) -> bool {
    others.iter().all(|other| {
        (edit.end <= other.start || other.end <= edit.start) && edit.start != other.start
    })
}
