//! Which id is meant: what declares it.

use std::collections::BTreeSet;

use crate::base::{SourcePath, nearest};
use crate::content::document::{Document, Summary};
use crate::content::kind::{Identity, Kind};
use crate::content::named::{self, Named};
use crate::content::reference::Use;
use crate::lang::LangTag;

use super::RenameRefusal;
use super::files::{ContentFile, ParsedFile};
use super::originals::Originals;
use super::references::data_ids_of;
use super::wanted::{IdKind, Wanted};

/// What is renamed, found.
pub(super) struct Declaration<'a> {
    pub(super) kind: IdKind,
    /// The file that declares it; none for a topic without a page.
    pub(super) file: Option<&'a ContentFile>,
    /// The files of a page in other languages.
    pub(super) others: Vec<&'a ContentFile>,
}

/// Finds what declares an id.
///
/// # Errors
/// [`RenameRefusal`]: nothing does, or what is asked for is not one thing.
pub(super) fn declared<'a>(
    files: &'a [ContentFile],
    wanted: &Wanted,
) -> Result<Declaration<'a>, RenameRefusal> {
    let id = &*wanted.id;
    let mut found: Vec<(IdKind, Option<&ContentFile>)> = Vec::new();
    let mut labelled = false;
    for file in files {
        found.extend(declares(file, id).into_iter().map(|kind| (kind, Some(file))));
        labelled |= is_in(file, id);
    }
    let topic = IdKind::Page(Kind::Topic);
    if labelled && found.iter().all(|(kind, _)| *kind != topic) {
        found.push((topic, None));
    }
    let all: BTreeSet<IdKind> = found.iter().map(|(kind, _)| *kind).collect();
    found.retain(|(kind, _)| wanted.kind.is_none_or(|wanted| wanted == *kind));
    if let Some(path) = &wanted.file {
        let is_it = |file: &Option<&ContentFile>| file.is_some_and(|file| file.path == *path);
        let has = found.iter().filter(|(_, file)| is_it(file)).map(|(kind, _)| *kind);
        let has: Vec<IdKind> = has.collect();
        // Which of two pages a reference means is not for a rename to say.
        found.retain(|(kind, file)| has.contains(kind) && (*kind != IdKind::Source || is_it(file)));
    }
    let kinds: BTreeSet<IdKind> = found.iter().map(|(kind, _)| *kind).collect();
    if kinds.len() > 1 {
        return Err(RenameRefusal::Several(kinds.into_iter().collect()));
    }
    let Some((kind, _)) = found.first().copied() else {
        let (is_unknown, kinds) = (all.is_empty(), all.into_iter().collect());
        return Err(match wanted.file {
            Some(_) if !is_unknown => RenameRefusal::NotThere(kinds),
            _ => RenameRefusal::Unknown { kinds, near: near(files, wanted).map(str::to_owned) },
        });
    };
    let mut of: Vec<&ContentFile> = found.iter().filter_map(|(_, file)| *file).collect();
    // The page itself, then those in other languages.
    of.sort_by_key(|file| language(file));
    let paths = || of.iter().map(|file| file.path.clone()).collect();
    match kind {
        IdKind::Page(_) if of.windows(2).all(|two| language(two[0]) != language(two[1])) => {}
        _ if of.len() < 2 => {}
        IdKind::Source => return Err(RenameRefusal::Scattered(paths())),
        IdKind::Page(_) | IdKind::Fact => return Err(RenameRefusal::Twice(paths())),
    }
    let mut of = of.into_iter();
    Ok(Declaration { kind, file: of.next(), others: of.collect() })
}

/// The language in a file's name.
pub(super) fn language(file: &ContentFile) -> Option<LangTag> {
    Identity::of(&file.path)?.lang
}

/// A file's page.
pub(super) fn page(file: &ContentFile) -> Option<&Document> {
    match &file.parsed {
        ParsedFile::Page(page) => Some(page),
        _ => None,
    }
}

/// Whether a page has a source of an id that is its own.
pub(super) fn has_source(summary: &Summary, id: &str) -> bool {
    summary.sources.iter().any(|source| {
        source.id.as_deref() == Some(id) && (source.title.is_some() || source.url.is_some())
    })
}

/// The topics that a page says it belongs to.
pub(super) fn labels(page: &Document) -> BTreeSet<&str> {
    let mut labels = BTreeSet::new();
    named::front_matter(&page.summary, &mut |_, named| {
        if let Named::Topic(id) = named {
            labels.insert(&**id);
        }
    });
    labels
}

/// Whether a file is a page that says it belongs to a topic.
pub(super) fn is_in(file: &ContentFile, topic: &str) -> bool {
    page(file).is_some_and(|page| labels(page).contains(topic))
}

/// As what a file declares an id.
pub(super) fn declares(file: &ContentFile, id: &str) -> Vec<IdKind> {
    let mut kinds = Vec::new();
    match &file.parsed {
        ParsedFile::Page(page) => {
            let summary = &*page.summary;
            kinds.extend((*summary.id == *id).then_some(IdKind::Page(summary.kind)));
            let fact = summary.facts.iter().any(|fact| *fact.id == *id);
            kinds.extend(fact.then_some(IdKind::Fact));
            kinds.extend(has_source(summary, id).then_some(IdKind::Source));
        }
        ParsedFile::Facts(facts) => {
            let fact = facts.iter().any(|fact| *fact.id == *id);
            kinds.extend(fact.then_some(IdKind::Fact));
        }
        ParsedFile::Sources(sources) => {
            let source = sources.iter().any(|source| source.id.as_deref() == Some(id));
            kinds.extend(source.then_some(IdKind::Source));
        }
        ParsedFile::Settings => {}
    }
    kinds
}

/// The id that was meant: of what has that title, else the nearest.
fn near<'a>(files: &'a [ContentFile], wanted: &Wanted) -> Option<&'a str> {
    let fits = |kind: IdKind| wanted.kind.is_none_or(|wanted| wanted == kind);
    let mut ids: Vec<&str> = Vec::new();
    for file in files {
        match &file.parsed {
            ParsedFile::Page(page) => {
                let summary = &*page.summary;
                if fits(IdKind::Page(summary.kind)) {
                    if *summary.title == *wanted.id {
                        return Some(&summary.id);
                    }
                    ids.push(&summary.id);
                }
                if fits(IdKind::Page(Kind::Topic)) {
                    ids.extend(labels(page));
                }
                if fits(IdKind::Fact) {
                    ids.extend(summary.facts.iter().map(|fact| &*fact.id));
                }
                if fits(IdKind::Source) {
                    ids.extend(summary.sources.iter().filter_map(|source| source.id.as_deref()));
                }
            }
            ParsedFile::Facts(facts) if fits(IdKind::Fact) => {
                ids.extend(facts.iter().map(|fact| &*fact.id));
            }
            ParsedFile::Sources(sources) if fits(IdKind::Source) => {
                ids.extend(sources.iter().filter_map(|source| source.id.as_deref()));
            }
            _ => {}
        }
    }
    nearest(&wanted.id, ids)
}

/// The first file in which a new id would be something else's, or would mean something else. `resumed` says that files in
/// other languages may have the new id because a rename was stopped.
pub(super) fn taken(
    files: &[ContentFile],
    declared: &Declaration<'_>,
    originals: &Originals<'_>,
    (old, new): (&str, &str),
    resumed: bool,
) -> Option<SourcePath> {
    let found = files.iter().find(|file| match declared.kind {
        IdKind::Page(_) if resumed && language(file).is_some() => false,
        IdKind::Page(_) => page(file).is_some_and(|page| *page.summary.id == *new),
        IdKind::Fact => declares(file, new).contains(&IdKind::Fact),
        IdKind::Source => {
            let shared =
                declared.file.is_some_and(|file| matches!(file.parsed, ParsedFile::Sources(_)));
            let text = &file.text;
            let Some(page) = page(file) else {
                return shared && declares(file, new).contains(&IdKind::Source);
            };
            // A translation cites the sources of the page that it translates.
            let citing = originals.citing(page);
            let has = has_source(&citing.summary, new);
            if shared {
                // The page's own source would stand before the shared one that it cites.
                return !has_source(&citing.summary, old)
                    && cites(page, text, old)
                    && (has || has_footnote(page, text, new));
            }
            let own = declared.file.is_some_and(|own| own.path == citing.path);
            own && (has || cites(page, text, new) || has_footnote(page, text, new))
        }
    });
    found.map(|file| file.path.clone())
}

fn cites(page: &Document, text: &str, id: &str) -> bool {
    let mut cites = false;
    named::front_matter(&page.summary, &mut |_, named| {
        if let Named::Source(found) | Named::SharedSource(found) = named {
            cites |= **found == *id;
        }
    });
    let is_id = |what: &Use| matches!(what, Use::Cite(found) if **found == *id);
    let texts = data_ids_of(page, text);
    cites || texts.iter().any(|found| found.used.iter().any(|(what, _)| is_id(what)))
}

/// Whether a page has a footnote of that name: its marks look like citations.
fn has_footnote(page: &Document, text: &str, id: &str) -> bool {
    data_ids_of(page, text).iter().any(|found| found.footnotes.iter().any(|name| name == id))
}
