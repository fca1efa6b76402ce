//! Names in prose, with a memory.
//!
//! A document is linked again when its file has other bytes or another trust, when `check.accept` changed, or when the
//! registry changed in a way that concerns it ([`Changes`]). Its own id, kind, players, date and `autolink` stand in
//! its file.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::base::{Digest, EntityId, SourcePath, digest_of, memo_key};
use crate::check::names as check;
use crate::config::Config;
use crate::content::document::{Details, Document};
use crate::content::local_names::LocalNames;
use crate::diag::Location;
use crate::names::{
    Accepted, Added, Changes, Declared, Finding, Linked, Matching, Naming, Registry, language,
    link, people, translate,
};
use crate::site::{Problem, State};

use super::memo::MemoMap;
use super::parse::Parsing;
use super::shared_names::SharedNames;
use super::timings::Stage;
use super::trace::{Reason, Trace};
use super::{AT_A_TIME, Engine};

/// What is remembered of names.
#[derive(Default)]
pub(super) struct NamesMemo {
    pub(super) naming: Arc<Naming>,
    /// Problems of the names that players declare.
    declared: Vec<Problem>,
    /// The digest of `check.accept`, and what it says.
    pub(super) accept: Digest,
    pub(super) accepted: Accepted,
    /// Whether no load follows that compares the words of each text.
    once: bool,
    linked: MemoMap<SourcePath, LinkedKey, LinkedNames>,
    pub(super) shared: SharedNames,
}

impl NamesMemo {
    /// The names of an engine that loads once: the words of each text are not gathered for a comparison.
    pub(super) fn once() -> Self {
        Self { once: true, shared: SharedNames::off(), ..Self::default() }
    }

    /// Begins a load: what became of a text whose words were not gathered is of no use to it.
    pub(super) fn begin(&mut self) {
        if self.once {
            self.linked = MemoMap::default();
        }
    }

    /// Problems of the names that players declare, and of those in some documents.
    pub(super) fn problems(&self, with_name_problems: &[SourcePath]) -> Vec<Problem> {
        let found = with_name_problems.iter().filter_map(|path| self.linked.last(path));
        let found = found.flat_map(|(_, names)| names.problems.iter().cloned());
        self.declared.iter().cloned().chain(check::ambiguous_once(found)).collect()
    }
}

/// What the names of texts in a language are matched with, after what they were matched with before.
struct MatchingChange<'a> {
    matching: Matching<'a>,
    same_lexicon: bool,
    changes: Option<Changes>,
}

impl<'a> MatchingChange<'a> {
    fn between(old: Matching<'_>, new: Matching<'a>, is_same: bool) -> Self {
        let same = is_same || old.registry.digest() == new.registry.digest();
        let (before, registry) = (old.registry, new.registry);
        let between = || Changes::between(before, registry);
        let changes = (!same).then(between).flatten();
        let same_lexicon = std::ptr::eq(old.lexicon, new.lexicon);
        Self { matching: new, same_lexicon, changes }
    }
}

/// The words that a site adds to those of languages.
fn words(config: &Config) -> Vec<Added> {
    let added = config.words.iter();
    added.map(|added| (added.lang.as_str().into(), added.words.clone())).collect()
}

/// The names in a document; their key and the reason, if they were found in this load; whether the text was searched for
/// changed names.
type LinkOutcome = (LinkedNames, Option<(LinkedKey, Reason)>, bool);

memo_key! {
    /// What the names in a document depend on, beside its path and what names are matched with.
    #[derive(Clone)]
    struct LinkedKey {
        /// The digest of what the document was parsed from.
        digest: Digest,
        /// `content_trust`.
        trusted: bool,
    }
}

/// The names in a document.
#[derive(Clone)]
struct LinkedNames {
    linked: Arc<Linked>,
    problems: Arc<Vec<Problem>>,
}

/// The names of a site.
pub(super) struct LinkedDocuments {
    /// Of each document, in their order.
    pub(super) linked: Vec<Arc<Linked>>,
    /// Documents with a name that something is wrong with.
    pub(super) with_name_problems: Vec<SourcePath>,
}

/// The names of a document with another text.
pub(super) struct Relinked {
    pub(super) linked: Arc<Linked>,
    /// Whether it names whom it named, in the same sections.
    pub(super) same_edges: bool,
    pub(super) has_name_problems: bool,
}

impl Engine {
    /// Finds the names of documents.
    pub(super) fn names(
        &mut self,
        documents: &[Arc<Document>],
        states: &[Option<State>],
        is_broken: &dyn Fn(&SourcePath) -> bool,
        config: &Config,
        trace: &mut Trace,
    ) -> LinkedDocuments {
        let accept = &config.site.accept;
        let old = self.names.naming.clone();
        let translated = translated(documents, states, is_broken);
        let mut players = declared(documents, states, is_broken);
        translate(&mut players, translated.iter().map(|(id, path, names)| (&***id, *path, names)));
        let naming = Naming::new(players.clone(), config.site.lang.as_str(), words(config), &old);
        let is_as_before = naming.is_as(&old);
        if !is_as_before {
            self.names.declared = check::declared(&players, &naming);
            self.names.naming = Arc::new(naming);
        }
        let naming = self.names.naming.clone();
        let is_first = self.names.linked.is_empty();
        let mut turns: BTreeMap<Option<&str>, MatchingChange<'_>> = BTreeMap::new();
        for document in documents {
            turns.entry(language(document)).or_insert_with(|| {
                MatchingChange::between(
                    old.of(document),
                    naming.of(document),
                    is_first || is_as_before,
                )
            });
        }
        let same_accepted = self.names.accept == digest_of(&accept);
        if !same_accepted {
            self.names.accept = digest_of(&accept);
            self.names.accepted = Accepted::new(accept);
        }
        let NamesMemo { accepted, once, .. } = &self.names;
        let remembers = !*once;

        let (known, parsing, timings) = (&self.names.linked, &self.parsing, &self.timings);
        let entries: Vec<LinkOutcome> = documents
            .par_iter()
            .with_max_len(AT_A_TIME)
            .map(|document| {
                let key = LinkedKey::of(parsing, &document.path);
                let own = known.get(&document.path, |_| key.clone());
                let MatchingChange { matching, same_lexicon, changes } =
                    &turns[&language(document)];
                let matching = *matching;
                let mut scanned = false;
                let reason = match (own, changes) {
                    (None, _) if known.last(&document.path).is_some() => Reason::Bytes,
                    (None, _) => Reason::New,
                    _ if !same_accepted => Reason::Names,
                    _ if !*same_lexicon => Reason::Names,
                    (Some(kept), None) => return (kept.clone(), None, false),
                    (Some(kept), Some(changes)) => {
                        scanned = true;
                        let vocabulary = &kept.linked.vocabulary;
                        let concerns = || changes.concern(document, vocabulary, matching);
                        if !timings.time(Stage::Link, concerns) {
                            debug_assert_eq!(
                                *kept.linked,
                                link(document, matching, accepted, remembers),
                                "{} was skipped although another registry concerns it",
                                document.path
                            );
                            return (kept.clone(), None, true);
                        }
                        Reason::Names
                    }
                };
                let linked =
                    timings.time(Stage::Link, || link(document, matching, accepted, remembers));
                let names = LinkedNames::new(matching, document, linked);
                (names, Some((key, reason)), scanned)
            })
            .collect();
        let mut found = LinkedDocuments {
            linked: Vec::with_capacity(entries.len()),
            with_name_problems: Vec::new(),
        };
        for (document, (names, fresh, scanned)) in documents.iter().zip(entries) {
            trace.scanned += usize::from(scanned);
            found.linked.push(names.linked.clone());
            if !names.problems.is_empty() {
                found.with_name_problems.push(document.path.clone());
            }
            if let Some((key, reason)) = fresh {
                trace.named.push((document.path.clone(), reason));
                // Problems are read from here when they are reported.
                if remembers || !names.problems.is_empty() {
                    self.names.linked.insert(document.path.clone(), key, names);
                }
            }
        }
        self.names.linked.keep_only(documents, |document| &document.path);
        found
    }

    /// Finds the names of a document again whose text alone changed: the names of the site, and what it accepts,
    /// are those of the last time. None if there was no last time.
    pub(super) fn link_again(&mut self, document: &Document) -> Option<Relinked> {
        let key = LinkedKey::of(&self.parsing, &document.path);
        let matching = self.names.naming.of(document);
        let (_, before) = self.names.linked.last(&document.path)?;
        let NamesMemo { accepted, once, .. } = &self.names;
        let found = self.timings.time(Stage::Link, || link(document, matching, accepted, !*once));
        let same_edges = found.edges_digest() == before.linked.edges_digest();
        let names = LinkedNames::new(matching, document, found);
        let (linked, has_name_problems) = (names.linked.clone(), !names.problems.is_empty());
        self.names.linked.insert(document.path.clone(), key, names);
        Some(Relinked { linked, same_edges, has_name_problems })
    }
}

impl LinkedKey {
    fn of(parsing: &Parsing, path: &SourcePath) -> Self {
        Self { digest: parsing.digest(path), trusted: parsing.key(path).trusted }
    }
}

impl LinkedNames {
    fn new(matching: Matching<'_>, document: &Document, linked: Linked) -> Self {
        let mut problems = problems(matching.registry, document, &linked.findings);
        if linked.edges.is_empty() && declares_none(document) {
            problems.extend(check::undeclared(&document.path, &people(document, matching)));
        }
        Self { linked: Arc::new(linked), problems: Arc::new(problems) }
    }
}

/// The public players, but for those in files that are left out for their errors. Of two files with one id the first has it, as in the site.
fn declared<'a>(
    documents: &'a [Arc<Document>],
    states: &[Option<State>],
    is_broken: &dyn Fn(&SourcePath) -> bool,
) -> Vec<Declared<'a>> {
    let mut ids: FxHashSet<&str> = FxHashSet::default();
    ids.reserve(documents.len());
    let mut players = Vec::new();
    let pages = || documents.iter().zip(states).filter(|(page, _)| !is_broken(&page.path));
    let is_first = |document: &Document| document.summary.edition.is_none();
    let first = pages().filter(|(document, _)| is_first(document));
    // A player without a page in the site's first language has the name of its page in another.
    let others = pages().filter(|(document, _)| !is_first(document));
    for (document, state) in first.chain(others) {
        let summary = &document.summary;
        if !ids.insert(&summary.id) {
            continue;
        }
        let Details::Player(player) = &summary.details else { continue };
        let Some(state) = state else { continue };
        players.push(Declared {
            id: &summary.id,
            path: &document.path,
            name: &summary.title,
            player,
            is_first: is_first(document),
            listed: state.is_listed(),
            translated: Vec::new(),
        });
    }
    players
}

/// What public translations call players, each with the player's id and its file.
fn translated<'a>(
    documents: &'a [Arc<Document>],
    states: &[Option<State>],
    is_broken: &dyn Fn(&SourcePath) -> bool,
) -> Vec<(&'a EntityId, &'a SourcePath, LocalNames)> {
    let mut found = Vec::new();
    for (document, state) in documents.iter().zip(states) {
        let summary = &document.summary;
        let Some(lang) = &summary.edition else { continue };
        let Details::Player(player) = &summary.details else { continue };
        let Some(own) = &document.own else { continue };
        if state.is_none() || is_broken(&document.path) {
            continue;
        }
        // What the translation does not say is the player's own.
        let said = |key: &str, name: &Option<Arc<str>>| name.clone().filter(|_| own.has(key));
        let mut names = LocalNames::new(lang.clone());
        names.name = own.has("name").then(|| summary.title.clone());
        names.family_name = said("family_name", &player.family_name);
        names.given_name = said("given_name", &player.given_name);
        names.abbr = said("abbr", &player.abbr);
        if own.has("aliases") {
            names.aliases.clone_from(&player.aliases);
        }
        found.push((&summary.id, &document.path, names));
    }
    found
}

/// Whether a page names no player in its front matter, where it could.
fn declares_none(document: &Document) -> bool {
    match &document.summary.details {
        Details::Article(article) => article.roles.is_empty(),
        Details::Faq(faq) => faq.about.is_empty(),
        _ => false,
    }
}

/// The problems of a document's names, each with its place in the file.
fn problems(registry: &Registry, document: &Document, findings: &[Finding]) -> Vec<Problem> {
    let path = &document.path;
    let of = |finding: &Finding| {
        let at = match document.prose.place(finding.text, finding.source.clone()) {
            Some(place) => Location::place(path, place),
            None => Location::file(path),
        };
        check::finding(registry, finding, at)
    };
    findings.iter().map(of).collect()
}
