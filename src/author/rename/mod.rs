//! `briefing rename`: what has an id gets another one, and everything that names it follows.
//!
//! 1. Every content file is parsed; one with an error may hide references, so it has to be mended first.
//! 2. What declares the id is found: a page's file, a key of `facts:`, a source. A topic needs no page.
//! 3. Where a file names it is asked of what resolves references: the list of fields that name ids
//!    ([`named`](crate::content::named)) and what the Markdown parser finds. Nothing is searched for in raw text, so code,
//!    comments and prose stay as they are.
//! 4. Each reference is changed in its own notation: the id in `[[…]]`, `player:` and fields, the segment in relative
//!    paths, the site's own paths and URLs. A path through a redirect would work, its anchor would not.
//! 5. The old path joins the `redirect_from` of the page, of the figure or of the shared source; the new one leaves it.
//! 6. The site is built in memory as it will be. What is wrong then and was not before refuses the whole plan.

mod declared;
mod files;
mod originals;
mod overlay;
mod references;
mod target;
mod wanted;

pub use wanted::{IdKind, UnknownKind, Wanted};

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Edit, EntityId, OutPath, SourcePath};
use crate::config::{Config, Settings};
use crate::content::kind::{Identity, Kind, is_index};
use crate::content::model::Fact;
use crate::content::moved::OldPath;
use crate::content::{parse, resolve, text};
use crate::diag::{self, Code, Diagnostic, Span, Strictness};
use crate::engine::{Engine, Options};
use crate::site::page_out;
use crate::source::Source;
use crate::yaml::{self, FieldPath};

use super::{EditPlan, FileChange, Move};
use declared::{Declaration, declared};
use files::{ContentFile, ParsedFile, parse_all};
use originals::Originals;
use overlay::Overlay;
use references::ReferenceEdits;
use target::Rename;

/// What a rename will do.
#[derive(Debug)]
pub struct Renaming {
    /// The files.
    pub plan: EditPlan,
    /// How many references are rewritten, and in how many files.
    pub references: (usize, usize),
    /// What it is.
    pub kind: IdKind,
    /// The page's path before and after, in each language in which it has a file and moves; the first is that of the
    /// page itself.
    pub urls: Vec<(String, String)>,
    /// How many pages are in the topic of the new id already, without its having a page: they are in one topic with
    /// those of the old.
    pub joined: usize,
    /// Whether the old path leads to the new one: of a topic without a page it leads nowhere.
    pub redirected: bool,
    /// Fields of the author's own that hold the old id and stay as they are.
    pub own: Vec<Span>,
}

/// Why nothing is renamed.
#[derive(Debug)]
pub enum RenameRefusal {
    /// Nothing of the kind that was asked for has the id; perhaps something else has it, or nearly that id.
    Unknown {
        /// What has the id.
        kinds: Vec<IdKind>,
        /// The nearest id.
        near: Option<String>,
    },
    /// Things of several kinds have the id.
    Several(Vec<IdKind>),
    /// The file that was named does not declare the id; what has it.
    NotThere(Vec<IdKind>),
    /// Each of these files has a source of that id, of its own or for all.
    Scattered(Vec<SourcePath>),
    /// Several files have the id.
    Twice(Vec<SourcePath>),
    /// The new id is none.
    InvalidId {
        /// The nearest one that is.
        suggestion: Option<EntityId>,
    },
    /// It has that id.
    Same,
    /// The new id, or its file's name, belongs to something else.
    Taken(SourcePath),
    /// The errors of files that hide references.
    Unparsed(Vec<Diagnostic>),
    /// References to something of that kind that cannot be rewritten.
    Unclear(IdKind, Vec<Span>),
    /// What would be wrong with the site afterwards, and the plan that was to do it.
    Breaks(Vec<Diagnostic>, Arc<EditPlan>),
}

/// Plans to give something another id. `options` are those of the builds that the site has to pass.
///
/// # Errors
/// [`RenameRefusal`]: nothing is to be changed.
pub fn plan<S: Source + Clone + 'static>(
    source: &S,
    wanted: &Wanted,
    new: &str,
    options: &Options,
) -> Result<Renaming, RenameRefusal> {
    let old = &*wanted.id;
    if let Err(error) = EntityId::new(new) {
        return Err(RenameRefusal::InvalidId { suggestion: error.suggestion });
    }
    if old == new {
        return Err(RenameRefusal::Same);
    }
    let listing = source.list();
    let config = files::settings(source, &options.folder);
    let files =
        parse_all(source, &listing.files, config.trusted).map_err(RenameRefusal::Unparsed)?;

    let declared = declared(&files, wanted)?;
    let kind = declared.kind;
    let page = declared.file.filter(|_| matches!(kind, IdKind::Page(_)));
    // The page itself is last: what was stopped is found by it again.
    let all = declared.others.iter().copied().chain(page);
    let mut moved: Vec<Move> =
        all.filter(|_| page.is_some()).map(|file| movement(&file.path, new)).collect();
    moved.dedup();
    let outs = outs(&declared, (old, new), &config);
    let resumed = page.is_some_and(|file| {
        let moved = outs.iter().find(|moved| moved.file.as_ref() == Some(&file.path));
        declared::page(file).zip(moved).is_some_and(|(page, Moved { old, .. })| {
            page.summary.redirect_from.contains(&OldPath::Out(old.clone()))
        })
    });
    let originals = Originals::new(&files, &config);
    let back = |path: &SourcePath| moved.iter().any(|moved| moved.back(path) != *path);
    let in_the_way = listing.files.iter().find(|path| back(path)).cloned();
    let taken = declared::taken(&files, &declared, &originals, (old, new), resumed);
    if let Some(path) = taken.or(in_the_way) {
        return Err(RenameRefusal::Taken(path));
    }

    let fixed = listing.files.iter().filter_map(|path| path.as_str().strip_prefix("static/"));
    let own = declared.file.filter(|file| declared::page(file).is_some());
    let own = own.filter(|_| kind == IdKind::Source);
    let pages = outs.iter().map(|moved| (moved.old.clone(), moved.new.clone()));
    let of_data = outs_of_data(kind, own.is_some(), (old, new), &config);
    let rename = Rename {
        kind,
        old: old.to_owned(),
        new: new.to_owned(),
        has_page: page.is_some(),
        own: own.map(|file| file.path.clone()),
        moved,
        outs: pages.chain(of_data.iter().cloned()).collect(),
        base: config.site.base_url.clone().unwrap_or_default(),
        fixed: fixed.filter_map(|path| OutPath::new(path).ok()).collect(),
    };
    let joined = match kind {
        IdKind::Page(Kind::Topic) => files.iter().filter(|file| declared::is_in(file, new)).count(),
        _ => 0,
    };
    let mut found: Vec<ReferenceEdits> = files
        .par_iter()
        .map(|file| match &file.parsed {
            ParsedFile::Page(page) => {
                references::page(&rename, page, originals.citing(page), &file.text)
            }
            ParsedFile::Facts(facts) => references::facts(&rename, &file.path, &file.text, facts),
            ParsedFile::Sources(all) => references::sources(&rename, &file.path, &file.text, all),
            ParsedFile::Settings => {
                references::settings(&rename, &file.path, &file.text, &config.site)
            }
        })
        .collect();
    let unclear: Vec<Span> = found.iter().flat_map(|found| found.unclear.clone()).collect();
    if !unclear.is_empty() {
        return Err(RenameRefusal::Unclear(kind, unclear));
    }
    let edits = || found.iter().map(ReferenceEdits::count);
    let count = (edits().sum(), edits().filter(|edits| *edits > 0).count());
    let own = found.iter().flat_map(|found| found.own.clone()).collect();
    for Moved { file, old, new } in &outs {
        let at = file.as_ref().and_then(|path| files.iter().position(|file| file.path == *path));
        let Some(at) = at else { continue };
        match redirect(&files[at], old, new) {
            Some(edits) => found[at].edits.extend(edits),
            None => {
                return Err(RenameRefusal::Unclear(kind, vec![Span::file(files[at].path.clone())]));
            }
        }
        found[at].edits.sort();
    }
    // A path of the first language leads on in every language.
    let of_data: Option<(OutPath, OutPath)> = of_data.into_iter().next();
    if let (Some((from, to)), Some(declaring)) = (&of_data, declared.file) {
        let at = files.iter().position(|file| file.path == declaring.path);
        let edits = at.and_then(|at| Some((at, redirect_data(&files[at], kind, old, (from, to))?)));
        let Some((at, edits)) = edits else {
            return Err(RenameRefusal::Unclear(kind, vec![Span::file(declaring.path.clone())]));
        };
        found[at].edits.extend(edits);
        found[at].edits.sort();
    }
    let redirected = page.is_some() || of_data.is_some();
    let changes = files.iter().zip(&found).filter(|(_, found)| !found.edits.is_empty());
    let changes = changes.map(|(file, found)| FileChange {
        path: file.path.clone(),
        before: file.raw.clone(),
        after: text::apply(&file.raw, &found.edits),
    });
    let last = declared.file.map(|file| file.path.clone());
    let plan = Arc::new(EditPlan { changes: changes.collect(), last, moved: rename.moved });
    let broken = broken(source, &plan, (old, new), options);
    if !broken.is_empty() {
        return Err(RenameRefusal::Breaks(broken, plan));
    }
    // What a topic without a page shows in other languages is no page of its own either, and what is written in another
    // language alone has none in the first.
    let shown = outs.iter().enumerate().filter(|(at, moved)| match page {
        Some(_) => moved.file.is_some(),
        None => *at == 0,
    });
    let shown = shown.map(|(_, moved)| (&moved.old, &moved.new));
    let shown = shown.chain(of_data.iter().map(|(old, new)| (old, new)));
    let urls = shown.map(|(old, new)| (old.url().to_string(), new.url().to_string())).collect();
    let plan = Arc::unwrap_or_clone(plan);
    Ok(Renaming { plan, references: count, kind, urls, joined, redirected, own })
}

impl RenameRefusal {
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

/// What gets another name: the file, or the folder whose `index.md` or `index.ja.md` it is.
fn movement(path: &SourcePath, new: &str) -> Move {
    let below = |folder: &str, name: &str| match folder {
        "" => SourcePath::new(name),
        folder => SourcePath::new(format!("{folder}/{name}")),
    };
    if is_index(path) {
        let from = SourcePath::new(path.folder());
        let to = below(from.folder(), new);
        return Move { from, to };
    }
    // `x.md`, or `x.ja.md`: an id has no dot.
    let end = path.file_name().split_once('.').map_or("md", |(_, end)| end);
    Move { from: path.clone(), to: below(path.folder(), &format!("{new}.{end}")) }
}

/// A page in one language, and where it is and will be.
struct Moved {
    /// Its file, where it has one of its own.
    file: Option<SourcePath>,
    old: OutPath,
    new: OutPath,
}

/// Where the page of a figure or of a shared source is written in each language, before and after.
fn outs_of_data(
    kind: IdKind,
    is_own: bool,
    (old, new): (&str, &str),
    config: &Config,
) -> Vec<(OutPath, OutPath)> {
    let folder = match kind {
        IdKind::Fact => "facts",
        IdKind::Source if !is_own => "sources",
        IdKind::Source | IdKind::Page(_) => return Vec::new(),
    };
    let at =
        |prefix: &str, id: &str| OutPath::new(&format!("{prefix}{folder}/{id}/index.html")).ok();
    let both = |(number, settings): (usize, &Settings)| {
        let prefix = if number == 0 { String::new() } else { format!("{}/", settings.lang) };
        Some((at(&prefix, old)?, at(&prefix, new)?))
    };
    config.editions().enumerate().filter_map(both).collect()
}

/// Where the page is and will be in each language, where that differs: one with a `slug` stays where it is. A topic
/// without a file has pages too.
fn outs(declared: &Declaration<'_>, (old, new): (&str, &str), config: &Config) -> Vec<Moved> {
    let IdKind::Page(kind) = declared.kind else { return Vec::new() };
    // Without the folder of a language.
    let out = |path: &SourcePath, text: &str| {
        let identity = Identity { lang: None, ..Identity::of(path)? };
        page_out(
            &parse::page(path, &identity, text, config.trusted, config.site.lang.as_str()).summary,
        )
    };
    let both = |file: &ContentFile| {
        let moved = movement(&file.path, new).of(&file.path);
        Some((out(&file.path, &file.text)?, out(&moved, &file.text)?))
    };
    let path = |id: &str| SourcePath::new(format!("content/{}/{id}.md", kind.folder()));
    let bare = |id: &str| out(&path(id), "---\ntitle: T\n---\n");
    let itself = match declared.file {
        Some(file) => both(file),
        None => bare(old).zip(bare(new)),
    };
    let has_slug = |file: &ContentFile| {
        let own = declared::page(file).and_then(|page| page.own.as_ref());
        own.is_some_and(|own| own.keys.iter().any(|key| **key == *"slug"))
    };
    let files = declared.file.into_iter().chain(declared.others.iter().copied());
    let mut moved = Vec::new();
    for (number, edition) in config.editions().enumerate() {
        let tag = Some(&edition.lang).filter(|_| number > 0);
        let file = files.clone().find(|file| match declared::language(file) {
            None => number == 0,
            Some(lang) => lang == edition.lang,
        });
        let found = match file {
            // What a translation does not say is as it is in the first language.
            Some(file) if has_slug(file) || declared.file.is_none() => both(file),
            _ => itself.clone(),
        };
        let below = |out: OutPath| match tag {
            Some(tag) => OutPath::new(&format!("{tag}/{out}")).ok(),
            None => Some(out),
        };
        let Some((old, new)) = found.and_then(|(old, new)| below(old).zip(below(new))) else {
            continue;
        };
        if old != new {
            moved.push(Moved { file: file.map(|file| file.path.clone()), old, new });
        }
    }
    moved
}

/// The changes by which the old path leads to the page, and the new one is no redirect to itself.
fn redirect(file: &ContentFile, old: &OutPath, new: &OutPath) -> Option<Vec<Edit>> {
    let ParsedFile::Page(page) = &file.parsed else { return None };
    let front = text::split(&file.text).front?;
    redirected(&file.text, front, &FieldPath::root(), &page.summary.redirect_from, (old, new))
}

/// The same for a figure or a shared source, which still has its old id.
fn redirect_data(
    file: &ContentFile,
    kind: IdKind,
    id: &str,
    outs: (&OutPath, &OutPath),
) -> Option<Vec<Edit>> {
    let (root, whole) = (FieldPath::root(), 0..file.text.len());
    let fact = |facts: &[Fact]| facts.iter().position(|fact| *fact.id == *id);
    match &file.parsed {
        ParsedFile::Page(page) if kind == IdKind::Fact => {
            let facts = &page.summary.facts;
            let from = &facts[fact(facts)?].redirect_from;
            let front = text::split(&file.text).front?;
            redirected(&file.text, front, &root.key("facts").key(id), from, outs)
        }
        ParsedFile::Facts(facts) => {
            let from = &facts[fact(facts)?].redirect_from;
            redirected(&file.text, whole, &root.key(id), from, outs)
        }
        ParsedFile::Sources(sources) => {
            let at = sources.iter().position(|source| source.id.as_deref() == Some(id))?;
            let entry = match resolve::sources_are_listed(&file.text) {
                true => root.index(at),
                false => root.key(id),
            };
            redirected(&file.text, whole, &entry, &sources[at].redirect_from, outs)
        }
        ParsedFile::Page(_) | ParsedFile::Settings => None,
    }
}

/// The changes of the `redirect_from` of a mapping in the YAML of a text. `from` is what stands there.
fn redirected(
    text: &str,
    yaml: Range<usize>,
    entry: &FieldPath,
    from: &[OldPath],
    (old, new): (&OutPath, &OutPath),
) -> Option<Vec<Edit>> {
    let (start, yaml) = (yaml.start, yaml::YamlDocument::read(&text[yaml], 1));
    let path = entry.key("redirect_from");
    let url = old.url().to_string();
    let at = |out: &OutPath| from.iter().position(|old| *old == OldPath::Out(out.clone()));
    let edit = match (at(old), at(new)) {
        (Some(_), None) => return Some(Vec::new()),
        (_, Some(number)) => yaml.scalar(&path.index(number))?.replace_all(&url)?,
        (None, None) => yaml.push_below(entry, "redirect_from", &url)?,
    };
    Some(vec![edit.shifted(start)])
}

/// What will be wrong with the site that was not wrong before.
fn broken<S: Source + Clone + 'static>(
    source: &S,
    plan: &Arc<EditPlan>,
    (old, new): (&str, &str),
    options: &Options,
) -> Vec<Diagnostic> {
    let overlay = Overlay { source: source.clone(), plan: plan.clone() };
    let after = problems(&overlay, options);
    if after.is_empty() {
        return after;
    }
    let key = |diagnostic: &Diagnostic, moved: &dyn Fn(&SourcePath) -> SourcePath| {
        (diagnostic.code, moved(&diagnostic.span.file), diagnostic.message.replace(old, new))
    };
    let moved = |path: &SourcePath| plan.of(path);
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
    let mut engine = Engine::once();
    let loaded = engine.load(source, options.clone());
    let mut problems = loaded.diagnostics().to_vec();
    problems.extend(loaded.render_all(&|_, _| {}));
    loaded.config().levels.apply(Strictness::Build, &mut problems);
    // That a topic has no page breaks nothing, and is reported once, at the first of its pages: another may be the first.
    problems.retain(|diagnostic| diagnostic.code != Code::UnknownTopic);
    diag::group(problems)
}
