//! `briefing rename`: a player gets another id, and everything that names it follows.
//!
//! 1. Every content file is parsed; one with an error may hide references, so it has to be mended first.
//! 2. Where a file names the player is asked of what resolves references: the list of fields that name ids
//!    ([`named`](crate::content::named)) and the destinations that the Markdown parser finds. Nothing is searched for
//!    in raw text, so code, comments and prose stay as they are.
//! 3. Each reference is changed in its own notation: the id in `[[…]]`, `player:` and fields, the segment in relative
//!    paths, the site's own paths and URLs. A path through a redirect would work, its anchor would not.
//! 4. The old path joins the player's `redirect_from`; the new one leaves it.
//! 5. The site is built in memory as it will be. What is wrong then and was not before refuses the whole plan.

mod files;
mod overlay;
mod references;
mod target;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Edit, EntityId, OutPath, SourcePath, nearest};
use crate::config::Config;
use crate::content::kind::{Identity, Kind};
use crate::content::moved::OldPath;
use crate::content::{parse, text};
use crate::diag::{self, Diagnostic, Span, Strictness};
use crate::engine::{Engine, Options};
use crate::site::page_out;
use crate::source::Source;
use crate::yaml::{Editor, FieldPath};

use super::{Change, Move, Plan};
use files::{File, Parsed, parse_all};
use overlay::Overlay;
use references::References;
use target::Rename;

/// What a rename will do.
#[derive(Debug)]
pub struct Renaming {
    /// The files.
    pub plan: Plan,
    /// How many references are rewritten, and in how many files.
    pub references: (usize, usize),
    /// The page's path before and after, when it moves.
    pub urls: Option<(String, String)>,
    /// Fields of the author's own that hold the old id and stay as they are.
    pub own: Vec<Span>,
}

/// Why nothing is renamed.
#[derive(Debug)]
pub enum Refused {
    /// There is no such player; perhaps another kind of page has the id, or a player has nearly that id.
    Unknown {
        /// What has the id.
        kind: Option<Kind>,
        /// The nearest player.
        near: Option<String>,
    },
    /// Two files have the id.
    Twice(SourcePath, SourcePath),
    /// The new id is none.
    InvalidId {
        /// The nearest one that is.
        suggestion: Option<String>,
    },
    /// It has that id.
    Same,
    /// The new id, or its file's name, belongs to something else.
    Taken(SourcePath),
    /// The errors of files that hide references.
    Unparsed(Vec<Diagnostic>),
    /// References that cannot be rewritten.
    Unclear(Vec<Span>),
    /// What would be wrong with the site afterwards, and the plan that was to do it.
    Breaks(Vec<Diagnostic>, Arc<Plan>),
}

/// Plans to rename a player. `options` are those of the builds that the site has to pass.
///
/// # Errors
/// [`Refused`]: nothing is to be changed.
pub fn plan<S: Source + Clone + 'static>(
    source: &S,
    old: &str,
    new: &str,
    options: &Options,
) -> Result<Renaming, Refused> {
    if let Err(error) = EntityId::new(new) {
        return Err(Refused::InvalidId { suggestion: error.suggestion });
    }
    if old == new {
        return Err(Refused::Same);
    }
    let listing = source.list();
    let config = files::settings(source, &options.folder);
    let files = parse_all(source, &listing.files, config.trusted).map_err(Refused::Unparsed)?;

    let player = player(&files, old)?;
    let moved = movement(&player.path, new);
    let taken = files
        .iter()
        .find(|file| matches!(&file.parsed, Parsed::Page(page) if *page.summary.id == *new));
    let in_the_way = listing.files.iter().find(|path| moved.back(path) != **path);
    if let Some(path) = taken.map(|file| &file.path).or(in_the_way) {
        return Err(Refused::Taken(path.clone()));
    }

    let outs = outs(player, &moved.of(&player.path), &config);
    let fixed = listing.files.iter().filter_map(|path| path.as_str().strip_prefix("static/"));
    let rename = Rename {
        old: old.to_owned(),
        new: new.to_owned(),
        moved,
        outs,
        base: config.site.base_url.clone().unwrap_or_default(),
        fixed: fixed.filter_map(|path| OutPath::new(path).ok()).collect(),
    };
    let mut found: Vec<References> = files
        .par_iter()
        .map(|file| match &file.parsed {
            Parsed::Page(page) => references::page(&rename, page, &file.text),
            Parsed::Facts(facts) => references::facts(&rename, &file.path, &file.text, facts),
            Parsed::Settings => references::settings(&rename, &file.path, &file.text, &config.site),
        })
        .collect();
    let unclear: Vec<Span> = found.iter().flat_map(|found| found.unclear.clone()).collect();
    if !unclear.is_empty() {
        return Err(Refused::Unclear(unclear));
    }
    let edits = || found.iter().map(|found| found.edits.len());
    let count = (edits().sum(), edits().filter(|edits| *edits > 0).count());
    let own = found.iter().flat_map(|found| found.own.clone()).collect();
    if let Some((at, (old, new))) =
        files.iter().position(|file| file.path == player.path).zip(rename.outs.as_ref())
    {
        match redirect(player, old, new) {
            Some(edits) => found[at].edits.extend(edits),
            None => return Err(Refused::Unclear(vec![Span::file(player.path.clone())])),
        }
        found[at].edits.sort();
    }
    let changes = files.iter().zip(&found).filter(|(_, found)| !found.edits.is_empty());
    let changes = changes.map(|(file, found)| Change {
        path: file.path.clone(),
        before: file.raw.clone(),
        after: text::apply(&file.raw, &found.edits),
    });
    let plan = Arc::new(Plan { changes: changes.collect(), moved: Some(rename.moved) });
    let broken = broken(source, &plan, (old, new), options);
    if !broken.is_empty() {
        return Err(Refused::Breaks(broken, plan));
    }
    let urls = rename.outs.map(|(old, new)| (old.url().to_string(), new.url().to_string()));
    let plan = Arc::unwrap_or_clone(plan);
    Ok(Renaming { plan, references: count, urls, own })
}

impl Refused {
    /// The text of a file for an excerpt: as it would be, when that is what is wrong.
    pub fn text<S: Source + Clone>(&self, source: &S, path: &SourcePath) -> Option<String> {
        let bytes = match self {
            Self::Breaks(_, plan) => {
                Overlay { source: source.clone(), plan: plan.clone() }.read(path)
            }
            _ => source.read(path),
        };
        text::decode(path, &bytes.ok()?).ok().map(|text| text.into_owned())
    }
}

/// The player's file.
fn player<'a>(files: &'a [File], id: &str) -> Result<&'a File, Refused> {
    let pages = || {
        files.iter().filter_map(|file| match &file.parsed {
            Parsed::Page(page) => Some((file, &page.summary)),
            _ => None,
        })
    };
    let mut named = pages().filter(|(_, summary)| *summary.id == *id);
    match (named.next(), named.next()) {
        (Some((first, _)), Some((second, _))) => {
            Err(Refused::Twice(first.path.clone(), second.path.clone()))
        }
        (Some((file, summary)), None) if summary.kind == Kind::Player => Ok(file),
        (found, _) => {
            let players = pages().filter(|(_, summary)| summary.kind == Kind::Player);
            let titled = players.clone().find(|(_, summary)| *summary.title == *id);
            let near = match titled {
                Some((_, summary)) => Some(&*summary.id),
                None => nearest(id, players.map(|(_, summary)| &*summary.id)),
            };
            let kind = found.map(|(_, summary)| summary.kind);
            Err(Refused::Unknown { kind, near: near.map(str::to_owned) })
        }
    }
}

/// What gets another name: the file, or the folder whose `index.md` it is.
fn movement(path: &SourcePath, new: &str) -> Move {
    let below = |folder: &str, name: &str| match folder {
        "" => SourcePath::new(name),
        folder => SourcePath::new(format!("{folder}/{name}")),
    };
    if path.file_name() == "index.md" {
        let from = SourcePath::new(path.folder());
        let to = below(from.folder(), new);
        return Move { from, to };
    }
    Move { from: path.clone(), to: below(path.folder(), &format!("{new}.md")) }
}

/// Where the player's page is and will be, when that differs: a page with a `slug` stays where it is.
fn outs(player: &File, to: &SourcePath, config: &Config) -> Option<(OutPath, OutPath)> {
    let out = |path: &SourcePath| {
        let identity = Identity::of(path)?;
        page_out(&parse::page(path, &identity, &player.text, config.trusted).summary)
    };
    let (old, new) = (out(&player.path)?, out(to)?);
    (old != new).then_some((old, new))
}

/// The changes by which the old path leads to the player, and the new one is no redirect to itself.
fn redirect(player: &File, old: &OutPath, new: &OutPath) -> Option<Vec<Edit>> {
    let Parsed::Page(page) = &player.parsed else { return None };
    let front = text::split(&player.text).front?;
    let editor = Editor::new(&player.text[front.clone()])?;
    let from = &page.summary.redirect_from;
    let path = FieldPath::root().key("redirect_from");
    let url = old.url().to_string();
    let at = |out: &OutPath| from.iter().position(|old| *old == OldPath::Out(out.clone()));
    let edit = match (at(old), at(new)) {
        (Some(_), None) => return Some(Vec::new()),
        (_, Some(number)) => editor.scalar(&path.index(number))?.replace_all(&url)?,
        (None, None) => editor.push("redirect_from", &url)?,
    };
    Some(vec![edit.shifted(front.start)])
}

/// What will be wrong with the site that was not wrong before.
fn broken<S: Source + Clone + 'static>(
    source: &S,
    plan: &Arc<Plan>,
    (old, new): (&str, &str),
    options: &Options,
) -> Vec<Diagnostic> {
    let overlay = Overlay { source: source.clone(), plan: plan.clone() };
    let after = problems(&overlay, options);
    if after.is_empty() {
        return after;
    }
    let key = |found: &Diagnostic, moved: &dyn Fn(&SourcePath) -> SourcePath| {
        (found.code, moved(&found.span.file), found.message.replace(old, new))
    };
    let moved = |path: &SourcePath| match &plan.moved {
        Some(moved) => moved.of(path),
        None => path.clone(),
    };
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for found in problems(source, options) {
        *known.entry(key(&found, &moved)).or_default() += 1;
    }
    let mut fresh = after;
    fresh.retain(|found| match known.get_mut(&key(found, &|path| path.clone())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    fresh
}

/// Everything that a build would say.
fn problems<S: Source + Clone + 'static>(source: &S, options: &Options) -> Vec<Diagnostic> {
    let mut engine = Engine::new();
    let loaded = engine.load(source, options.clone());
    let mut problems = loaded.diagnostics().to_vec();
    problems.extend(loaded.render_all(&|_, _| {}));
    loaded.config().levels.apply(Strictness::Build, &mut problems);
    diag::group(problems)
}
