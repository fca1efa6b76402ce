//! The first stage: files of content become documents and data, each under a key of its own.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::base::{Digest, EntityId, LineIndex, SourcePath, memo_key};
use crate::config::Config;
use crate::content::document::{Details, Document};
use crate::content::foreign;
use crate::content::kind::Identity;
use crate::content::labels;
use crate::content::local_names;
use crate::content::model::{Fact, Source as Citation};
use crate::content::places;
use crate::content::prose::Label;
use crate::content::raw::{RawFact, RawSource};
use crate::content::resolve::{self, Fields};
use crate::content::typography::Typography;
use crate::content::{parse, stray, text};
use crate::diag::Diagnostic;
use crate::source::Source;
use crate::yaml::{self, Entries, FieldPath, FromYaml, OneOrMany};

use super::AT_A_TIME;
use super::drawings::Drawings;
use super::editions::{Translated, TranslationKey};
use super::load::{FilesKey, SettingsKey, SortedFiles, unreadable};
use super::memo::{Memo, MemoMap};
use super::pictures::PictureMemos;
use super::tables::TableFiles;
use super::timings::{Stage, Timings};
use super::trace::{Reason, Trace};

/// Shared figures.
pub(super) const FACTS: &str = "content/facts.yaml";

/// Shared sources.
pub(super) const SOURCES: &str = "content/sources.yaml";

memo_key! {
    /// What a parsed file depends on, beside its path.
    #[derive(Debug, Clone, Serialize)]
    pub(super) struct ParsedKey {
        /// The digest of its bytes; the default of a file that could not be read.
        pub(super) digest: Digest,
        /// `content_trust`.
        pub(super) trusted: bool,
        /// The language of the site, for what depends on it: quotation marks, and the names of a player.
        pub(super) lang: Option<Box<str>>,
    }
}

/// What a content file became.
#[derive(Clone)]
pub(super) enum ParsedFile {
    Page(Arc<Document>),
    Facts(Arc<Vec<Fact>>, SharedLabels, Arc<Vec<Diagnostic>>),
    Sources(Arc<Vec<Citation>>, SharedLabels, Arc<Vec<Diagnostic>>),
    /// A file that is not UTF-8, too large, or not a page.
    Bad(Arc<Vec<Diagnostic>>),
}

/// The texts of a data file that readers see.
pub(super) type SharedLabels = Arc<Vec<Label>>;

/// The memos of reading and parsing.
#[derive(Default)]
pub(super) struct Parsing {
    pub(super) listed: Memo<FilesKey, Arc<SortedFiles>>,
    pub(super) settings: Memo<SettingsKey, (Arc<Config>, Arc<Vec<Diagnostic>>)>,
    pub(super) drawings: Drawings,
    pub(super) tables: TableFiles,
    pub(super) pictures: PictureMemos,
    /// The files of content.
    pub(super) files: MemoMap<SourcePath, ParsedKey, ParsedFile>,
    /// The pages of files with a language in their names.
    pub(super) translated: MemoMap<SourcePath, TranslationKey, Translated>,
}

impl Parsing {
    /// Reads and digests every content file and parses those that changed, in parallel.
    pub(super) fn parse(
        &mut self,
        source: &dyn Source,
        files: &[SourcePath],
        config: &Config,
        timings: &Timings,
        trace: &mut Trace,
    ) {
        let (trusted, lang) = (config.trusted, config.site.lang.as_str());
        let known = &self.files;
        let key = |digest: Digest, parsed: &ParsedFile| ParsedKey {
            digest,
            trusted,
            lang: parsed.depends_on_language().then(|| lang.into()),
        };
        let fresh: Vec<(SourcePath, ParsedKey, ParsedFile, Reason)> = files
            .par_iter()
            .with_max_len(AT_A_TIME)
            .filter_map(|path| {
                let holds = |digest| known.get(path, |parsed| key(digest, parsed)).is_some();
                if source.known(path).is_some_and(holds) {
                    return None;
                }
                let bytes = match timings.time(Stage::Read, || source.read(path)) {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        let parsed = ParsedFile::Bad(Arc::new(vec![unreadable(path, &error)]));
                        let key = key(Digest::default(), &parsed);
                        return Some((path.clone(), key, parsed, Reason::New));
                    }
                };
                let digest = timings.time(Stage::Read, || Digest::of(&bytes));
                if holds(digest) {
                    return None;
                }
                let reason = match known.last(path) {
                    None => Reason::New,
                    Some((last, _)) if last.digest != digest => Reason::Bytes,
                    Some((last, _)) if last.trusted != trusted => Reason::Trust,
                    Some(_) => Reason::Language,
                };
                let mut parsed =
                    timings.time(Stage::Parse, || parse_file(path, &bytes, trusted, lang));
                parsed.name_in(lang);
                Some((path.clone(), key(digest, &parsed), parsed, reason))
            })
            .collect();
        self.files.reserve(fresh.len());
        for (path, key, parsed, reason) in fresh {
            trace.parsed.push((path.clone(), reason));
            self.files.insert(path, key, parsed);
        }
    }

    /// What a file became, before it is a page of another language.
    pub(super) fn file(&self, path: &SourcePath) -> Option<&ParsedFile> {
        self.files.last(path).map(|(_, parsed)| parsed)
    }

    /// What the file of a document was parsed under.
    pub(super) fn key(&self, path: &SourcePath) -> &ParsedKey {
        &self.files.last(path).expect("every document has a file").0
    }

    /// The page of a file, if it is one.
    pub(super) fn page(&self, path: &SourcePath) -> Option<&Arc<Document>> {
        if let Some((_, translated)) = self.translated.last(path) {
            return Some(&translated.page);
        }
        match self.file(path)? {
            ParsedFile::Page(page) => Some(page),
            _ => None,
        }
    }

    /// The digest of the bytes that the page of a file is made from.
    pub(super) fn digest(&self, path: &SourcePath) -> Digest {
        match (self.translated.last(path), self.files.last(path)) {
            (Some((_, translated)), _) => translated.digest,
            (None, Some((key, _))) => key.digest,
            (None, None) => Digest::default(),
        }
    }

    /// The texts of a data file that readers see, if the site has the file.
    pub(super) fn labels(&self, path: &SourcePath) -> Option<SharedLabels> {
        match self.file(path)? {
            ParsedFile::Facts(_, labels, _) | ParsedFile::Sources(_, labels, _) => {
                Some(labels.clone())
            }
            ParsedFile::Page(_) | ParsedFile::Bad(_) => None,
        }
    }

    /// The problems of a file on its own.
    pub(super) fn diagnostics(&self, path: &SourcePath) -> &[Diagnostic] {
        if let Some(page) = self.page(path) {
            return &page.diagnostics;
        }
        match self.file(path) {
            Some(
                ParsedFile::Facts(_, _, found)
                | ParsedFile::Sources(_, _, found)
                | ParsedFile::Bad(found),
            ) => found,
            Some(ParsedFile::Page(_)) | None => &[],
        }
    }
}

impl ParsedFile {
    /// Whether the language of the site is that of its texts, or changes its names.
    fn depends_on_language(&self) -> bool {
        match self {
            Self::Page(page) => {
                let own = page.summary.lang.as_ref().or(page.summary.edition.as_ref());
                own.is_none() || self.has_local_names()
            }
            Self::Facts(..) | Self::Sources(..) => true,
            Self::Bad(_) => false,
        }
    }

    /// Whether it is a player with names that depend on the language of the site.
    fn has_local_names(&self) -> bool {
        let Self::Page(document) = self else { return false };
        matches!(&document.summary.details, Details::Player(player) if !player.local.is_empty())
    }

    /// Gives a player the names that it has in the language of the site.
    fn name_in(&mut self, lang: &str) {
        if self.has_local_names()
            && let Self::Page(document) = self
            && let Some(document) = Arc::get_mut(document)
            && let Some(summary) = Arc::get_mut(&mut document.summary)
        {
            local_names::apply(summary, lang);
        }
    }
}

fn parse_file(path: &SourcePath, bytes: &[u8], trusted: bool, lang: &str) -> ParsedFile {
    let text = match text::decode(path, bytes) {
        Ok(text) => text,
        Err(problem) => return ParsedFile::Bad(Arc::new(vec![*problem])),
    };
    match path.as_str() {
        FACTS => {
            let DataFile { values: mut facts, problems, lost, .. } =
                data::<Entries<RawFact>, Fact>(path, &text, resolve::facts);
            resolve::signs::set_facts(&mut facts, Typography::of(lang));
            let labels = labels::of_facts(&facts);
            facts.extend(lost.into_iter().map(resolve::lost_fact));
            ParsedFile::Facts(Arc::new(facts), Arc::new(labels), Arc::new(problems))
        }
        SOURCES => {
            // By id, or as a list in which each source says its own: CSL-JSON has lists.
            let are_listed = resolve::sources_are_listed(&text);
            let DataFile { values: mut sources, problems, lost, left_out } = if are_listed {
                data::<OneOrMany<RawSource>, Citation>(path, &text, resolve::listed_sources)
            } else {
                data::<Entries<RawSource>, Citation>(path, &text, resolve::sources)
            };
            resolve::signs::set_sources(&mut sources, Typography::of(lang));
            let labels = labels::of_sources(&sources, are_listed.then_some(&left_out));
            sources.extend(lost.into_iter().map(resolve::lost_source));
            ParsedFile::Sources(Arc::new(sources), Arc::new(labels), Arc::new(problems))
        }
        _ => match Identity::of(path) {
            Some(identity) => {
                ParsedFile::Page(Arc::new(parse::page(path, &identity, &text, trusted, lang)))
            }
            None => ParsedFile::Bad(Arc::new(vec![stray::markdown(path)])),
        },
    }
}

/// What a data file holds.
struct DataFile<Value> {
    values: Vec<Value>,
    problems: Vec<Diagnostic>,
    /// The ids of values of which nothing could be read: what refers to them is not at fault.
    lost: Vec<EntityId>,
    /// Items of a list that are none of the values.
    left_out: Vec<FieldPath>,
}

fn data<Raw: FromYaml + Default, Value>(
    path: &SourcePath,
    text: &str,
    resolve: impl FnOnce(Raw, &mut Fields) -> Vec<Value>,
) -> DataFile<Value> {
    let index = LineIndex::new(text);
    let document = yaml::YamlDocument::read(text, 1);
    let mut parsed = document.parse::<Raw>();
    foreign::explain(&mut parsed.problems, foreign::Of::Data);
    let mut problems = places::yaml_diagnostics(path, &index, 0, parsed.problems);
    let key = |path: &FieldPath| {
        let mut steps = path.steps();
        let first = steps.next()?;
        let is_key = steps.next().is_none() && first.parse::<usize>().is_err();
        is_key.then(|| EntityId::new(&first).ok())?
    };
    let lost = parsed.failed.iter().filter_map(key).collect();
    let mut fields = Fields::new(&parsed.failed, parsed.left_out);
    let values = resolve(parsed.value, &mut fields);
    problems.extend(places::field_diagnostics(path, &index, 0, fields.problems));
    problems.extend(places::comment_diagnostics(path, &index, 0, text, &document, |_| false));
    DataFile { values, problems, lost, left_out: fields.left_out }
}
