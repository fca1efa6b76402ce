//! Which pages change in substance without a note: what readers have now, beside what they will have.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::base::{OutPath, SourcePath, counted};
use crate::check::substance::{Rewrite, unnoted};
use crate::publish::{Plan, staged_text};

use super::build::PublishedBuild;
use super::choose::Chosen;

/// How many pages are compared. A change of the theme changes all of them, and none in substance.
const MOST: usize = 200;

/// How many pages are named.
const SHOWN: usize = 5;

/// What the comparison gave.
#[derive(Default)]
pub(super) struct Notes {
    /// The pages without a note, in the order of their files.
    pages: Vec<(SourcePath, Rewrite)>,
    /// How many changed pages were not compared.
    unread: usize,
    /// Why the first of them was not; none where the target has no `url` to read them at.
    why: Option<String>,
}

impl Notes {
    /// Compares each page of content that the plan replaces.
    pub(super) fn of(chosen: &Chosen, built: &PublishedBuild, plan: &Plan) -> Self {
        let changed: Vec<(&OutPath, &SourcePath)> =
            plan.changed.iter().filter_map(|out| Some((out, built.content.get(out)?))).collect();
        if changed.is_empty() || plan.first_into_filled {
            return Self::default();
        }
        let Some(live) = chosen.live_pages() else {
            return Self { unread: changed.len(), ..Self::default() };
        };
        // A host that does not answer once would keep the run waiting for each page.
        let first_error: OnceLock<String> = OnceLock::new();
        let compare = |(out, file): &(&OutPath, &SourcePath)| {
            if first_error.get().is_some() {
                return Err(());
            }
            let texts = live
                .text(out)
                .and_then(|before| Ok((before, staged_text(built.stage.folder(), out)?)));
            let (before, after) = texts.map_err(|error| drop(first_error.set(error)))?;
            Ok(unnoted(&before, &after).map(|rewrite| ((*file).clone(), rewrite)))
        };
        let compared: Vec<Result<Option<(SourcePath, Rewrite)>, ()>> =
            changed.par_iter().take(MOST).map(compare).collect();
        let unread = changed.len().saturating_sub(MOST);
        let why = (unread > 0).then(|| format!("more than {MOST} pages change at once"));
        let mut notes = Self { unread, why, ..Self::default() };
        for found in compared {
            match found {
                Ok(page) => notes.pages.extend(page),
                Err(_) => notes.unread += 1,
            }
        }
        notes.why = first_error.into_inner().or(notes.why);
        notes.pages.sort_by(|one, other| one.0.cmp(&other.0));
        notes
    }

    /// What to show, line by line. `day` is today, as front matter has it.
    pub(super) fn lines(&self, day: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for (file, Rewrite { before, after }) in self.pages.iter().take(SHOWN) {
            let what = match (before.is_empty(), after.is_empty()) {
                (true, _) => format!("“{after}” is new"),
                (_, true) => format!("“{before}” is gone"),
                _ => format!("“{before}” became “{after}”"),
            };
            lines.push(format!("warning: {file} changed, and no note tells readers: {what}"));
        }
        if self.pages.len() > SHOWN {
            lines.push(format!("and {} more", counted(self.pages.len() - SHOWN, "page")));
        }
        if !self.pages.is_empty() {
            lines.push(format!(
                "  add to the front matter `changes: {{date: {day}, kind: update, note: …}}`; `correction` and \
                 `clarification` are kinds too"
            ));
        }
        if let Some(why) = &self.why {
            let count = counted(self.unread, "changed page");
            lines.push(format!("{count} could not be compared with what readers have: {why}"));
        }
        lines
    }

    /// Why nothing may be published where each change needs a note.
    pub(super) fn refusal(&self) -> Option<String> {
        let count = counted(self.pages.len(), "page");
        if !self.pages.is_empty() {
            return Some(format!(
                "{count} changed without a note, and `--require-notes` asks for one"
            ));
        }
        let count = counted(self.unread, "changed page");
        (self.unread > 0).then(|| {
            format!(
                "{count} could not be compared with what readers have, and `--require-notes` asks for it; give the \
                 target a `url`"
            )
        })
    }
}
