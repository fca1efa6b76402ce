//! What is wrong between files, with the places looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{Digest, SourcePath};
use crate::check::references;
use crate::check::suggest::Suggestions;
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::model::Fact;
use crate::content::places::Places;
use crate::content::reference::Place;
use crate::diag::{Code, Diagnostic, Related, Severity, Span};
use crate::site::{Problem, Where};

use super::Loaded;
use super::parse::{FACTS, SOURCES};

/// What the references of documents were found to lack: of each, while the site is the same.
#[derive(Default)]
pub(super) struct References {
    site: Option<Digest>,
    /// Those with a problem.
    problems: BTreeMap<SourcePath, Vec<Problem>>,
    /// Topics without a page, each once. Summaries name them all, and the site's digest knows those.
    topics: Vec<Problem>,
    /// What is nearest to what is missing.
    suggestions: Suggestions,
    /// The lines of places that problems are reported at, by file: to look them up a file is read.
    places: FxHashMap<SourcePath, Placed>,
}

/// Lines and columns of some places in a file with these bytes.
struct Placed {
    digest: Digest,
    spans: FxHashMap<Place, Span>,
}

impl References {
    /// Checks the documents of a site: all of them if it is another site, else those that changed.
    fn check(&mut self, site: Option<Digest>, loaded: &Loaded, changed: &[SourcePath]) {
        let check = |document: &Arc<Document>, hidden: bool| {
            let found = references::document(&loaded.site, document, hidden);
            (!found.is_empty()).then(|| (document.path.clone(), found))
        };
        if site.is_some() && self.site == site {
            for path in changed {
                self.problems.remove(path);
                let document = loaded.document_in(path);
                let mut found = document.and_then(|(found, hidden)| check(found, hidden));
                if let Some((_, problems)) = &mut found {
                    problems.retain(|problem| problem.code != Code::UnknownTopic);
                }
                self.problems.extend(found.filter(|(_, problems)| !problems.is_empty()));
            }
            return;
        }
        let shown = loaded.documents.par_iter().map(|document| (document, false));
        let documents = shown.chain(loaded.hidden.par_iter().map(|document| (document, true)));
        let found: Vec<_> =
            documents.filter_map(|(document, hidden)| check(document, hidden)).collect();
        self.problems = found.into_iter().collect();
        self.topics = references::topics_once(self.problems.values_mut());
        self.problems.retain(|_, problems| !problems.is_empty());
        self.suggestions = Suggestions::default();
        self.site = site;
    }

    /// Every problem, by file.
    fn all(&self) -> impl Iterator<Item = Problem> {
        self.problems.values().flatten().chain(&self.topics).cloned()
    }
}

impl Loaded {
    /// What is wrong between files, with the places looked up.
    pub(super) fn problems(
        &self,
        facts: &[Fact],
        named: Vec<Problem>,
        references: &mut References,
        key: Option<Digest>,
        changed: &[SourcePath],
    ) -> Vec<Diagnostic> {
        let site = &*self.site;
        let mut problems: Vec<Problem> = site.problems.iter().cloned().chain(named).collect();
        for problem in &mut problems {
            let related = problem.related.iter_mut().map(|(_, at)| at);
            let document = |path: &SourcePath| self.document_in(path).map(|(found, _)| &**found);
            related.chain([&mut problem.at]).for_each(|at| count_left_out(&document, at));
        }
        references.check(key, self, changed);
        problems.extend(references.all());
        problems.extend(references::facts(site, &SourcePath::new(FACTS), facts));
        if let Some(file) = &self.config.file {
            problems.extend(references::settings(site, file, &self.config.site));
        }
        self.spare(&mut problems);
        let summary = |path: &SourcePath| Some(&*self.document_in(path)?.0.summary);
        references.suggestions.fill(site, &summary, problems.iter_mut());
        let all = problems.iter();
        let places: Vec<&Where> = all
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

    /// The document of a file, and whether it is not public yet.
    fn document_in(&self, path: &SourcePath) -> Option<(&Arc<Document>, bool)> {
        let shown = document_in(&self.documents, path).map(|document| (document, false));
        shown.or_else(|| Some((document_in(&self.hidden, path)?, true)))
    }

    /// Drops what only seems to be missing because the file that has it could not be read, or is left out for its
    /// errors.
    fn spare(&self, problems: &mut Vec<Problem>) {
        let unread: BTreeSet<&SourcePath> = self
            .diagnostics
            .iter()
            .filter(|found| keeps_from_reading(found))
            .map(|found| &found.span.file)
            .collect();
        let is_faulty = |file: &str| {
            let mut found = self.diagnostics.iter();
            let is_error = |found: &Diagnostic| found.severity == Severity::Error;
            unread.iter().any(|path| path.as_str() == file)
                || (self.options.without_broken
                    && found.any(|found| is_error(found) && found.span.file.as_str() == file))
        };
        // Articles declare figures too, and of a broken one nobody knows which.
        let is_article = |path: &&&SourcePath| {
            path.as_str().starts_with("content/articles/") && path.as_str().ends_with(".md")
        };
        let facts = is_faulty(FACTS)
            || !self.site.broken.is_empty()
            || unread.iter().any(|path| is_article(&path));
        let sources = is_faulty(SOURCES);
        let is_left_out =
            |file: &SourcePath| self.site.broken.iter().any(|broken| broken.path == *file);
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
    pub(super) fn spans_of(&self, places: &[&Where]) -> Vec<Span> {
        self.spans(places, &mut FxHashMap::default())
    }

    /// The lines and columns of places, in their order. Each file is read once, however many places it has; one that is
    /// known to have the bytes it had is not read again. What nothing is said of any more is forgotten.
    fn spans(&self, places: &[&Where], known: &mut FxHashMap<SourcePath, Placed>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut by_file: BTreeMap<&SourcePath, Vec<(usize, &Place)>> = BTreeMap::new();
        for (at, Where { file, place }) in places.iter().enumerate() {
            spans.push(Span::file(file.clone()));
            if let Some(place) = place {
                by_file.entry(file).or_default().push((at, place));
            }
        }
        let mut before = std::mem::take(known);
        for (file, places) in by_file {
            let digest = self.source.known(file);
            let kept = before.remove(file).filter(|kept| Some(kept.digest) == digest);
            let mut kept = kept.map(|kept| kept.spans).unwrap_or_default();
            if !places.iter().all(|(_, place)| kept.contains_key(place)) {
                let Some(text) = self.text(file) else { continue };
                let read = Places::new(file, &text);
                kept =
                    places.iter().map(|(_, place)| ((*place).clone(), read.span(place))).collect();
            }
            for (at, place) in places {
                spans[at] = kept[place].clone();
            }
            if let Some(digest) = digest {
                known.insert(file.clone(), Placed { digest, spans: kept });
            }
        }
        spans
    }
}

/// Whether a problem keeps a front matter or a data file from being read at all.
fn keeps_from_reading(found: &Diagnostic) -> bool {
    matches!(
        found.code,
        Code::YamlSyntax
            | Code::MissingFrontMatter
            | Code::UnclosedFrontMatter
            | Code::NotUtf8
            | Code::TooLarge
            | Code::Unreadable
    ) || (found.code == Code::WrongType && found.message.starts_with("the document "))
}

/// A summary counts the list items that were kept, a place in the file counts them all.
fn count_left_out<'a>(document: &dyn Fn(&SourcePath) -> Option<&'a Document>, at: &mut Where) {
    if let Some(Place::Field(field)) = &mut at.place
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
