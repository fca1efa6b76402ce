//! What is said of sources: those that nothing cites, those that are listed twice, those that were retracted, and figures
//! without one.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{SourcePath, did_you_mean, nearest};
use crate::cite::CslType;
use crate::content::document::{Document, Summary};
use crate::content::model::{Retraction, Source};
use crate::content::named::{self, Named};
use crate::content::reference::Use;
use crate::diag::{Code, Levels, Location};
use crate::site::{Problem, Site, SourceIx, SourceKey};
use crate::yaml::FieldPath;

/// What authors call types that CSL names in other words: of BibTeX, Zotero and everyday English.
const OFTEN_MEANT: [(&str, &str); 20] = [
    ("article-news", "article-newspaper"),
    ("blog", "post-weblog"),
    ("book-section", "chapter"),
    ("case", "legal_case"),
    ("conference", "paper-conference"),
    ("data", "dataset"),
    ("film", "motion_picture"),
    ("inproceedings", "paper-conference"),
    ("journal", "article-journal"),
    ("law", "legislation"),
    ("magazine", "article-magazine"),
    ("news", "article-newspaper"),
    ("newspaper", "article-newspaper"),
    ("paper", "article"),
    ("podcast", "broadcast"),
    ("statute", "legislation"),
    ("techreport", "report"),
    ("tweet", "post"),
    ("video", "motion_picture"),
    ("website", "webpage"),
];

/// The file of the sources that all pages share.
const SHARED: &str = "content/sources.yaml";

/// What is said of the shared sources, and of figures without a source.
pub fn findings(site: &Site, levels: &Levels) -> Vec<Problem> {
    let mut problems = Vec::new();
    for source in (0..site.source_ids().len() as u32).map(SourceIx) {
        let id = site.source_id(source);
        if !site.all().any(|site| site.citations.is_cited(source)) && !site.is_held_source(id) {
            let message = format!("nothing cites the shared source `{id}`");
            let help = format!("cite it where it is used: `[^{id}]` in a text, or `source: {id}`");
            let problem = Problem::new(Code::UnusedSource, shared(site, source, None), message);
            problems.push(problem.help(help));
        }
        let own = site.source_at(source);
        problems.extend(typed(own, &|| shared(site, source, Some("type"))));
        if let Some(first) = site.same_source(own).filter(|first| *first != source) {
            let twin = (site.source_id(first).as_str(), shared(site, first, None));
            problems.push(twice(own, twin, shared(site, source, None)));
        }
    }
    let asks = levels.reports(Code::UnsourcedFact);
    if !asks && !site.has_retracted() {
        return problems;
    }
    for own in site.fact_ids().into_iter().filter_map(|id| site.fact(id)) {
        if asks && own.fact.source.is_none() {
            let message = format!("the figure `{}` has no source", own.fact.id);
            let help = "add `source:` with the id of a source, so that readers can check it";
            let at = super::figures::place(site, own, None);
            problems.push(Problem::new(Code::UnsourcedFact, at, message).help(help));
        }
        // Those that a page declares are reported with that page.
        let source = site.source_of_fact(own).filter(|_| own.home.is_none());
        if let Some((source, retraction)) = source.and_then(|it| Some((it, it.retracted.as_ref()?)))
        {
            let by = format!("the figure `{}`", own.fact.id);
            let at = super::figures::place(site, own, Some("source"));
            problems.push(rests(&by, source, retraction, at));
        }
    }
    problems
}

/// What is said of the sources of one page.
pub(super) fn document(site: &Site, document: &Document) -> Vec<Problem> {
    let summary = &*document.summary;
    let mut problems = Vec::new();
    let list = FieldPath::root().key("sources");
    let is_own = document.own.is_none() || !document.inherits(&list);
    if !summary.sources.is_empty() && is_own {
        let at = |at: usize| {
            Location::field(&document.path, list.index(at).in_source(&document.left_out))
        };
        unused(site, document, &at, &mut problems);
        listed_twice(site, summary, &at, &mut problems);
        for (number, source) in summary.sources.iter().enumerate() {
            let place = || {
                let field = list.index(number).in_source(&document.left_out).key("type");
                Location::field(&document.path, field)
            };
            problems.extend(typed(source, &place));
        }
    }
    if site.has_retracted() {
        retracted(site, document, &mut problems);
    }
    problems
}

/// What is said of a type that CSL does not have: the source is cited as a document, or as a page of the web.
fn typed(source: &Source, place: &dyn Fn() -> Location) -> Option<Problem> {
    let written = source.kind.as_deref().filter(|written| CslType::named(written).is_none())?;
    let known = CslType::WORDS.iter().map(|(word, _)| *word);
    let near = OFTEN_MEANT.iter().find(|(other, _)| other.eq_ignore_ascii_case(written));
    let help = match near.map(|(_, word)| *word).or_else(|| nearest(written, known.clone())) {
        Some(near) => did_you_mean(written, near),
        None => format!(
            "write one of: {}",
            known.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    let message = format!("`{written}` is no type of source");
    Some(Problem::new(Code::UnknownSourceType, place(), message).help(help))
}

/// The sources that a page lists and does not cite, while it cites others.
fn unused(
    site: &Site,
    document: &Document,
    at: &dyn Fn(usize) -> Location,
    problems: &mut Vec<Problem>,
) {
    let summary = &*document.summary;
    let mut cited: FxHashSet<&str> = document.body.cited.iter().map(|id| &**id).collect();
    named::front_matter(summary, &mut |_, named| {
        if let Named::Source(id) = named {
            cited.insert(id);
        }
    });
    for fact in summary.facts_used.iter().filter_map(|id| site.fact(id)) {
        // One of another page's own sources is none of this list.
        if let Some(id) = fact.fact.source.as_deref().filter(|_| fact.home.is_none()) {
            cited.insert(id);
        }
    }
    // A misspelt citation is reported as such, and may mean any of them.
    let own: FxHashSet<&str> = summary.sources.iter().filter_map(|it| it.id.as_deref()).collect();
    let is_known = |id: &&str| own.contains(id) || site.source(id).is_some();
    if cited.is_empty() || !cited.iter().all(is_known) {
        return;
    }
    for (number, source) in summary.sources.iter().enumerate() {
        let Some(id) = source.id.as_deref().filter(|id| !cited.contains(id)) else { continue };
        let message = format!("the page lists the source `{id}` and does not cite it");
        let help = format!("write `[^{id}]` behind what rests on it, or remove it from the list");
        problems.push(Problem::new(Code::UnusedSource, at(number), message).help(help));
    }
}

/// The sources of a page that are in its list, or among the shared ones, under another id too.
fn listed_twice(
    site: &Site,
    summary: &Summary,
    at: &dyn Fn(usize) -> Location,
    problems: &mut Vec<Problem>,
) {
    let mut seen: FxHashMap<SourceKey, usize> = FxHashMap::default();
    for (number, source) in summary.sources.iter().enumerate() {
        let keys = SourceKey::all(source);
        if let Some(first) = keys.iter().find_map(|key| seen.get(key)) {
            let id = summary.sources[*first].id.as_deref();
            let name = id.or(source.url.as_deref()).or(source.title.as_deref());
            let twin = name.map(|name| (name, at(*first)));
            problems.extend(twin.map(|twin| twice(source, twin, at(number))));
        } else if let Some(first) = site.same_source(source) {
            let twin = (site.source_id(first).as_str(), shared(site, first, None));
            problems.push(twice(source, twin, at(number)));
        }
        for key in keys {
            seen.entry(key).or_insert(number);
        }
    }
}

/// Two entries for one source: `twin` is the first, by its name and place.
fn twice(source: &Source, (first, first_at): (&str, Location), at: Location) -> Problem {
    let what = source.id.as_deref().or(source.url.as_deref()).or(source.title.as_deref());
    let what = what.unwrap_or_default();
    let message = format!("`{what}` and `{first}` are one source");
    Problem::new(Code::DuplicateSource, at, message)
        .help(format!("keep one of the two, and cite it as `{first}`"))
        .related("the other one", first_at)
}

/// What of a page rests on a source that was retracted: each source at the first place that cites it.
fn retracted(site: &Site, document: &Document, problems: &mut Vec<Problem>) {
    let summary = &*document.summary;
    let mut said: FxHashSet<*const Source> = FxHashSet::default();
    let mut say = |source: &Source, at: &dyn Fn() -> Location, by: &str| {
        let Some(retraction) = &source.retracted else { return };
        if !said.insert(std::ptr::from_ref(source)) {
            return;
        }
        problems.push(rests(by, source, retraction, at()));
    };
    let own = summary.sources.iter().filter(|source| source.is_whole()).rev();
    let own: FxHashMap<&str, &Source> =
        own.filter_map(|source| Some((source.id.as_deref()?, source))).collect();
    let of = |id: &str| own.get(id).copied().or_else(|| site.source(id).map(|shared| &**shared));
    for used in &document.uses {
        let at = || Location::place(&document.path, used.place.clone());
        match &used.what {
            Use::Cite(id) => {
                if let Some(source) = of(id) {
                    say(source, &at, "the text");
                }
            }
            Use::Fact(id) => {
                let own = summary.facts.iter().find(|fact| *fact.id == **id);
                let source = match own {
                    Some(fact) => fact.source.as_deref().and_then(of),
                    None => site.fact(id).and_then(|fact| site.source_of_fact(fact)),
                };
                if let Some(source) = source {
                    say(source, &at, &format!("the figure `{id}`"));
                }
            }
            _ => {}
        }
    }
    named::front_matter(summary, &mut |path, named| {
        let (Named::Source(id) | Named::SharedSource(id)) = named else { return };
        let Some(source) = of(id).filter(|source| source.retracted.is_some()) else { return };
        if document.own.is_some() && document.inherits(&path()) {
            return;
        }
        let at = || Location::field(&document.path, path().in_source(&document.left_out));
        let by = path().steps().next().map_or_else(String::new, |step| format!("`{step}`"));
        say(source, &at, &by);
    });
    let list = FieldPath::root().key("sources");
    if document.own.is_some() && document.inherits(&list) {
        return;
    }
    for (number, source) in summary.sources.iter().enumerate() {
        let at =
            || Location::field(&document.path, list.index(number).in_source(&document.left_out));
        say(source, &at, "the page");
    }
}

fn rests(by: &str, source: &Source, retraction: &Retraction, at: Location) -> Problem {
    let name = source.title.as_deref().or(source.url.as_deref()).or(source.id.as_deref());
    let name = name.unwrap_or_default();
    let since = retraction.date.map_or_else(String::new, |date| format!(" on {date}"));
    let message = format!("{by} rests on \"{name}\", which was retracted{since}");
    let help = "rest it on another source, or say in the text what became of this one; readers see a notice";
    Problem::new(Code::RetractedSource, at, message).help(help)
}

/// The place of a shared source, or of one of its fields.
fn shared(site: &Site, source: SourceIx, field: Option<&str>) -> Location {
    let own = site.source_at(source);
    let entry = match own.listed_at {
        Some(at) => FieldPath::root().index(at as usize),
        None => FieldPath::root().key(site.source_id(source)),
    };
    let entry = field.map_or_else(|| entry.clone(), |field| entry.key(field));
    Location::field(&SourcePath::new(SHARED), entry)
}
