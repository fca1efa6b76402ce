//! Problems between files, with their lines and columns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{Digest, SourcePath, memo_key};
use crate::check::suggest::Suggestions;
use crate::check::{contact, contradicted, figures, references, sources, tense, unsourced};
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::places::FieldPlaces;
use crate::diag::{Code, Diagnostic, Location, PlaceInFile, Related, Severity, Span};
use crate::site::Problem;

use super::Loaded;
use super::memo::{Memo, MemoMap};
use super::parse::{FACTS, SOURCES};

memo_key! {
    /// What the references of a site's documents lack depends on this, beside the documents.
    struct ReferencesKey {
        /// The digest of the site.
        site: Digest,
        /// The day of the build, after which statements in prose may be out of date.
        today: jiff::civil::Date,
        /// Whether statements without a source are looked for.
        asks_for_sources: bool,
    }
}

memo_key! {
    /// What the lines of places depend on, beside the path of their file.
    pub(super) struct PlacesKey {
        /// The digest of its bytes.
        digest: Digest,
    }
}

/// Lines and columns of some places in a file.
type PlaceSpans = FxHashMap<PlaceInFile, Span>;

/// The lines of places that problems are reported at, by file: to look them up a file is read.
type KnownPlaces = MemoMap<SourcePath, PlacesKey, PlaceSpans>;

/// The memos of problems between files.
#[derive(Default)]
pub(super) struct References {
    unresolved: Memo<ReferencesKey, Unresolved>,
    places: KnownPlaces,
}

/// What the references of a site's documents lack.
#[derive(Default)]
struct Unresolved {
    /// By document, of those with a problem.
    problems: BTreeMap<SourcePath, Vec<Problem>>,
    /// Topics without a page, each once. Summaries name them all, and the site's digest knows those.
    topics: Vec<Problem>,
    /// What is nearest to what is missing.
    suggestions: Suggestions,
}

impl Unresolved {
    /// Checks the documents of a site.
    fn new(loaded: &Loaded) -> Self {
        let shown = loaded.assembly.documents.par_iter().map(|document| (document, false));
        let hidden = loaded.assembly.hidden.par_iter().map(|document| (document, true));
        let problems: Vec<_> = shown
            .chain(hidden)
            .filter_map(|(document, is_hidden)| check(loaded, document, is_hidden))
            .collect();
        let mut problems: BTreeMap<_, _> = problems.into_iter().collect();
        let topics = references::topics_once(problems.values_mut());
        problems.retain(|_, problems| !problems.is_empty());
        Self { problems, topics, suggestions: Suggestions::default() }
    }

    /// Checks the documents that changed while the site is the same.
    fn check_again(&mut self, loaded: &Loaded, changed: &[SourcePath]) {
        for path in changed {
            self.problems.remove(path);
            let document = loaded.document_in(path);
            let found =
                document.and_then(|(document, is_hidden)| check(loaded, document, is_hidden));
            let Some((path, mut problems)) = found else { continue };
            problems.retain(|problem| problem.code != Code::UnknownTopic);
            if !problems.is_empty() {
                self.problems.insert(path, problems);
            }
        }
    }

    /// Every problem, by file.
    fn all(&self) -> impl Iterator<Item = Problem> {
        self.problems.values().flatten().chain(&self.topics).cloned()
    }
}

/// What the references of a document lack, if they do.
fn check(
    loaded: &Loaded,
    document: &Document,
    is_hidden: bool,
) -> Option<(SourcePath, Vec<Problem>)> {
    let site = &loaded.assembly.site;
    let mut problems = references::document(site, document, is_hidden);
    let summary = &document.summary;
    let page = site.of(summary).by_id(&summary.id);
    if let Some(page) = page.filter(|page| !is_hidden && site.page(*page).state.is_listed()) {
        let lang = summary.lang.as_ref().unwrap_or(&site.of(summary).edition().lang);
        let lang = lang.as_str().split('-').next().unwrap_or_default();
        let zone = &loaded.assembly.instant.zone;
        problems.extend(tense::document(document, lang, zone, loaded.today()));
        problems.extend(contradicted::document(site.of(summary), page, document, lang));
        if loaded.asks_for_sources() {
            problems.extend(unsourced::document(document, lang));
        }
    }
    (!problems.is_empty()).then(|| (document.path.clone(), problems))
}

impl Loaded {
    /// The problems between files, with the places looked up. `named` are those of names, `changed` the files that were
    /// parsed by this load.
    pub(super) fn problems(
        &self,
        named: Vec<Problem>,
        references: &mut References,
        changed: &[SourcePath],
    ) -> Vec<Diagnostic> {
        let site = &*self.assembly.site;
        let mut problems: Vec<Problem> = site.problems.iter().cloned().chain(named).collect();
        for problem in &mut problems {
            let related = problem.related.iter_mut().map(|(_, at)| at);
            let document = |path: &SourcePath| self.document_in(path).map(|(found, _)| &**found);
            related.chain([&mut problem.at]).for_each(|at| count_left_out(&document, at));
        }
        let today = self.today();
        let key = self.assembly.key.map(|site| ReferencesKey {
            site,
            today,
            asks_for_sources: self.asks_for_sources(),
        });
        let last = key.as_ref().and_then(|key| references.unresolved.take(key));
        let mut unresolved = match last {
            Some(mut last) => {
                last.check_again(self, changed);
                last
            }
            None => Unresolved::new(self),
        };
        problems.extend(unresolved.all());
        let facts = &self.assembly.facts;
        problems.extend(references::facts(site, &SourcePath::new(FACTS), facts));
        problems.extend(references::old_addresses(site));
        problems.extend(figures::findings(site, &self.assembly.instant));
        let config = &self.inputs.config;
        problems.extend(sources::findings(site, &config.levels));
        if let Some(file) = &config.file {
            problems.extend(references::settings(site, file, &config.site));
            problems.extend(contact::passed(file, &config.site, &self.assembly.instant));
        }
        problems.extend(self.card_problems());
        self.spare(&mut problems);
        let summary = |path: &SourcePath| Some(&*self.document_in(path)?.0.summary);
        unresolved.suggestions.fill(site, &summary, problems.iter_mut());
        if let Some(key) = key {
            references.unresolved.put(key, unresolved);
        }
        let all = problems.iter();
        let places: Vec<&Location> = all
            .flat_map(|problem| {
                [&problem.at].into_iter().chain(problem.related.iter().map(|(_, at)| at))
            })
            .collect();
        let mut spans = self.spans(&places, &mut references.places).into_iter();
        let mut span = || spans.next().expect("there is a span for every place");
        let mut diagnostics = Vec::new();
        for problem in problems {
            let at = span();
            let related = problem.related.map(|(message, _)| Related { message, span: span() });
            diagnostics.push(Diagnostic {
                rule: problem.rule,
                label: problem.label,
                help: problem.help.into_iter().collect(),
                related: related.into_iter().collect(),
                ..Diagnostic::new(problem.code, at, problem.message)
            });
        }
        diagnostics
    }

    /// The day of the build in the site's time zone.
    fn today(&self) -> jiff::civil::Date {
        let instant = &self.assembly.instant;
        instant.zone.to_datetime(instant.now).date()
    }

    /// Whether statements without a source are looked for.
    fn asks_for_sources(&self) -> bool {
        self.inputs.config.levels.reports(Code::Unsourced)
    }

    /// The document of a file, and whether it is not public yet.
    fn document_in(&self, path: &SourcePath) -> Option<(&Arc<Document>, bool)> {
        let shown = document_in(&self.assembly.documents, path).map(|document| (document, false));
        shown.or_else(|| Some((document_in(&self.assembly.hidden, path)?, true)))
    }

    /// Drops what only seems to be missing because the file that has it could not be read, or is left out for its
    /// errors.
    fn spare(&self, problems: &mut Vec<Problem>) {
        let unread: BTreeSet<&SourcePath> = self
            .diagnostics
            .iter()
            .filter(|diagnostic| keeps_from_reading(diagnostic))
            .map(|diagnostic| &diagnostic.span.file)
            .collect();
        let is_faulty = |file: &str| {
            let mut errors = self.diagnostics.iter();
            let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            unread.iter().any(|path| path.as_str() == file)
                || (self.inputs.options.without_broken
                    && errors.any(|diagnostic| {
                        is_error(diagnostic) && diagnostic.span.file.as_str() == file
                    }))
        };
        // Articles declare figures too: which ones a broken article declares is unknown.
        let is_article = |path: &&&SourcePath| {
            path.as_str().starts_with("content/articles/") && path.as_str().ends_with(".md")
        };
        let facts = is_faulty(FACTS)
            || !self.assembly.site.broken.is_empty()
            || unread.iter().any(|path| is_article(&path));
        let sources = is_faulty(SOURCES);
        let is_left_out =
            |file: &SourcePath| self.assembly.site.broken.iter().any(|broken| broken.path == *file);
        let name = |file: &SourcePath| {
            let identity = Identity::of(file)?;
            Some((identity.kind, identity.id))
        };
        // A translation has the sources of the page that it translates.
        let translates_unread = |file: &SourcePath| {
            let identity = Identity::of(file).filter(|identity| identity.lang.is_some());
            let own = identity.map(|identity| (identity.kind, identity.id));
            own.is_some() && unread.iter().any(|other| name(other) == own)
        };
        let is_broken = |file: &SourcePath| {
            unread.contains(file) || is_left_out(file) || translates_unread(file)
        };
        problems.retain(|problem| match problem.code {
            Code::UnknownFact => !facts,
            // Its own sources may stand where it could not be read.
            Code::UnknownSource => !sources && !is_broken(&problem.at.file),
            _ => true,
        });
    }

    /// The lines and columns of places, in their order.
    pub(super) fn spans_of(&self, places: &[&Location]) -> Vec<Span> {
        self.spans(places, &mut KnownPlaces::default())
    }

    /// The lines and columns of places, in their order. Each file is read once, however many places it has; one that is
    /// known to have the bytes it had is not read again. Places without a problem are forgotten.
    fn spans(&self, places: &[&Location], known: &mut KnownPlaces) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut by_file: BTreeMap<&SourcePath, Vec<(usize, &PlaceInFile)>> = BTreeMap::new();
        for (at, Location { file, place }) in places.iter().enumerate() {
            spans.push(Span::file(file.clone()));
            if let Some(place) = place {
                by_file.entry(file).or_default().push((at, place));
            }
        }
        let mut before = std::mem::take(known);
        for (file, places) in by_file {
            let key = self.inputs.source.known(file).map(|digest| PlacesKey { digest });
            let kept = key.as_ref().and_then(|key| before.take(file, key));
            let mut kept = kept.unwrap_or_default();
            if !places.iter().all(|(_, place)| kept.contains_key(place)) {
                let Some(text) = self.text(file) else { continue };
                let read = FieldPlaces::new(file, &text);
                kept =
                    places.iter().map(|(_, place)| ((*place).clone(), read.span(place))).collect();
            }
            for (at, place) in places {
                spans[at] = kept[place].clone();
            }
            if let Some(key) = key {
                known.insert(file.clone(), key, kept);
            }
        }
        spans
    }
}

/// Whether a problem keeps a front matter or a data file from being read at all.
fn keeps_from_reading(diagnostic: &Diagnostic) -> bool {
    matches!(
        diagnostic.code,
        Code::YamlSyntax
            | Code::MissingFrontMatter
            | Code::UnclosedFrontMatter
            | Code::NotUtf8
            | Code::TooLarge
            | Code::Unreadable
    ) || (diagnostic.code == Code::WrongType && diagnostic.message.starts_with("the document "))
}

/// A summary counts the list items that were kept, a place in the file counts them all.
fn count_left_out<'a>(document: &dyn Fn(&SourcePath) -> Option<&'a Document>, at: &mut Location) {
    if let Some(PlaceInFile::Field(field)) = &mut at.place
        && let Some(document) = document(&at.file)
    {
        *field = field.in_source(&document.left_out);
    }
}

/// The document of a file in a list that is sorted by path.
fn document_in<'a>(documents: &'a [Arc<Document>], path: &SourcePath) -> Option<&'a Arc<Document>> {
    let at = documents.binary_search_by(|document| document.path.cmp(path)).ok()?;
    Some(&documents[at])
}
