//! Reading, parsing and linking.

use std::io;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::base::{Digest, Hasher, LineIndex, OutPath, SourcePath, digest_of};
use crate::config::{self, Config};
use crate::content::document::Details;
use crate::content::foreign;
use crate::content::kind::{Identity, is_index, is_set_aside};
use crate::content::local_names;
use crate::content::model::{Fact, Source as Citation};
use crate::content::places;
use crate::content::raw::{RawFact, RawSource};
use crate::content::resolve::{self, Fields};
use crate::content::{parse, stray, text};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::render::theme;
use crate::site::{Asset, Site};
use crate::source::Source;
use crate::yaml::{self, Entries, FieldPath, FromYaml, OneOrMany};

use super::editions::Entities;
use super::set_aside;
use super::templates::Templates;
use super::timings::Stage;
use super::together::Frame;
use super::trace::{Reason, Trace};
use super::{AT_A_TIME, Engine, Entry, Loaded, Options, Parsed, Picture, Pictures};

/// Shared figures.
pub(super) const FACTS: &str = "content/facts.yaml";

/// Shared sources.
pub(super) const SOURCES: &str = "content/sources.yaml";

/// A published file: its digest and length, and its size if it is a picture.
struct Read {
    file: (Digest, u64),
    picture: Option<(SourcePath, Picture)>,
}

/// The files of a site, by what is done with them.
#[derive(Default)]
pub(super) struct Files {
    /// As they were listed.
    listed: Vec<SourcePath>,
    pub(super) content: Vec<SourcePath>,
    pub(super) beside: Vec<SourcePath>,
    templates: Vec<SourcePath>,
    /// The files of `static/`, and those of the theme that the site does not replace.
    pub(super) assets: Vec<Asset>,
    /// Files with a language in their names, and what they translate.
    pub(super) entities: Entities,
    /// What cannot be published as it is named.
    diagnostics: Vec<Diagnostic>,
}

impl Engine {
    /// Reads a site, parses what changed, and links it. Everything that is wrong is in the result; nothing fails.
    ///
    /// The result keeps a clone of the source, and reads from it what pages and messages quote later.
    pub fn load<S: Source + Clone + 'static>(&mut self, source: &S, options: Options) -> Loaded {
        self.load_owned(Box::new(source.clone()), options)
    }

    fn load_owned(&mut self, owned: Box<dyn Source>, options: Options) -> Loaded {
        let source = &*owned;
        self.names.remember(options.keep);
        let listing = self.timings.time(Stage::Read, || source.list());
        let mut diagnostics = listing.diagnostics;
        // Nothing behind a link that leads out of the site, and no pipe, is quoted from.
        let refused = diagnostics.iter().map(|found| found.span.file.clone()).collect();
        let configured = listing.files.iter().any(|path| path.as_str() == config::PATH);
        let files = self.sorted(listing.files);
        let before = diagnostics.len();
        let config = self.settings(source, configured, &options, &mut diagnostics);
        // Settings that could not be read may well have an address.
        let settled = diagnostics[before..].iter().all(|found| found.severity != Severity::Error)
            && !diagnostics.iter().any(|found| found.span.file.as_str() == config::PATH);
        let mut trace = Trace::default();
        self.parse(source, &files.content, &config, &mut trace);
        self.translate(&files.entities, &config);
        let templates = self.templates(source, &files.templates);
        diagnostics.extend(templates.diagnostics().iter().cloned());

        let base = options.base_url.clone().or_else(|| config.site.base_url.clone());
        let base = base.unwrap_or_default();
        if base.origin.is_none() && settled {
            diagnostics.push(no_base_url());
        }
        let acting = self.acting(source, &files.beside, config.trusted);
        let frame = Frame::new(&files, &acting, &config, &base, &options);
        let together = self.together(source, frame, &mut trace);
        let mut said: Vec<Diagnostic> = self.said(&together).collect();
        super::advice::free_names(&files.content, &mut said);
        diagnostics.extend(said);
        diagnostics.extend(files.diagnostics.iter().cloned());
        // Every file of content is among them: with as many there is none too many.
        if self.parsed.len() > files.content.len() {
            self.parsed.retain(|path, _| files.content.binary_search(path).is_ok());
        }
        let site = together.site.clone();
        let digests = self.digests(source, &site, &mut diagnostics);
        let shared = {
            let mut shared = Hasher::new();
            shared.raw(&together.key.unwrap_or_default().to_bytes());
            shared.raw(&digest_of(&base).to_bytes());
            shared.raw(&templates.digest().to_bytes()).raw(&[u8::from(config.trusted)]);
            for asset in &site.published {
                let picture = asset.source.as_ref().and_then(|path| self.pictures.get(path));
                let size = picture.and_then(|picture| picture.size);
                shared.raw(&digest_of(&size).to_bytes());
            }
            shared.finish()
        };
        let named = self.names.problems(&together.misnamed);
        let mut loaded = Loaded {
            pages: self.pages.clone(),
            timings: self.timings.clone(),
            cache: self.cache.clone(),
            source: owned,
            options,
            config,
            base,
            instant: together.frame.instant.clone(),
            site,
            documents: together.documents.clone(),
            linked: together.linked.clone(),
            bodies: together.bodies.clone(),
            naming: self.names.naming.clone(),
            shared,
            hidden: together.hidden.clone(),
            templates,
            files: digests,
            settled,
            pictures: self.pictures.clone(),
            refused,
            diagnostics,
            trace,
            rendered: Mutex::default(),
        };
        let changed: Vec<SourcePath> =
            loaded.trace.parsed.iter().map(|(path, _)| path.clone()).collect();
        let references = &mut self.references;
        let (facts, key) = (&together.facts, together.key);
        let problems = self
            .timings
            .time(Stage::Link, || loaded.problems(facts, named, references, key, &changed));
        loaded.diagnostics.extend(problems);
        if loaded.options.keep {
            self.together = Some(together);
        }
        loaded
    }

    /// The files of a list, sorted out. As long as the list is the same it is done once.
    fn sorted(&mut self, listed: Vec<SourcePath>) -> Arc<Files> {
        if self.files.listed != listed || listed.is_empty() {
            self.files = Arc::new(Files::new(listed));
        }
        self.files.clone()
    }

    fn settings(
        &mut self,
        source: &dyn Source,
        configured: bool,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Config> {
        let path = SourcePath::new(config::PATH);
        let bytes = match configured.then(|| source.read(&path)) {
            Some(Ok(bytes)) => Some(bytes),
            Some(Err(error)) => {
                diagnostics.push(unreadable(&path, &error));
                None
            }
            None => None,
        };
        let mut key = Hasher::new();
        match &bytes {
            Some(bytes) => key.raw(b"1").part(bytes),
            None => key.raw(b"0"),
        };
        let key = key.part(options.folder.as_bytes()).finish();
        if let Some((old, config, problems)) = &self.settings
            && *old == key
        {
            diagnostics.extend(problems.iter().cloned());
            return config.clone();
        }
        let mut found = Vec::new();
        let decoded = bytes.as_deref().map(|bytes| text::decode(&path, bytes));
        let text = match decoded {
            Some(Ok(text)) => Some(text),
            Some(Err(error)) => {
                found.push(*error);
                Some("".into())
            }
            None => None,
        };
        let (config, problems) = config::resolve(text.as_deref(), &options.folder);
        if found.is_empty() {
            found.extend(problems);
        }
        let config = Arc::new(config);
        diagnostics.extend(found.iter().cloned());
        self.settings = Some((key, config.clone(), Arc::new(found)));
        config
    }

    /// Reads and digests every content file and parses those that changed, in parallel.
    fn parse(
        &mut self,
        source: &dyn Source,
        files: &[SourcePath],
        config: &Config,
        trace: &mut Trace,
    ) {
        let (trusted, lang) = (config.trusted, config.site.lang.as_str());
        let (known, timings) = (&self.parsed, &self.timings);
        let fresh: Vec<(SourcePath, Entry, Reason)> = files
            .par_iter()
            .with_max_len(AT_A_TIME)
            .filter_map(|path| {
                if let (Some(entry), Some(digest)) = (known.get(path), source.known(path))
                    && (entry.digest, entry.trusted) == (digest, trusted)
                    && entry.is_in(lang)
                {
                    return None;
                }
                let bytes = match timings.time(Stage::Read, || source.read(path)) {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        let parsed = Parsed::Bad(Arc::new(vec![unreadable(path, &error)]));
                        let digest = Digest::default();
                        return Some((
                            path.clone(),
                            Entry { digest, trusted, lang: None, parsed },
                            Reason::New,
                        ));
                    }
                };
                let digest = timings.time(Stage::Read, || Digest::of(&bytes));
                let reason = match known.get(path) {
                    None => Reason::New,
                    Some(entry) if entry.digest != digest => Reason::Bytes,
                    Some(entry) if entry.trusted != trusted => Reason::Trust,
                    Some(entry) if !entry.is_in(lang) => Reason::Language,
                    Some(_) => return None,
                };
                let mut parsed = timings.time(Stage::Parse, || parse_file(path, &bytes, trusted));
                let lang = parsed.settle(lang).then(|| lang.into());
                Some((path.clone(), Entry { digest, trusted, lang, parsed }, reason))
            })
            .collect();
        self.parsed.reserve(fresh.len());
        for (path, entry, reason) in fresh {
            trace.parsed.push((path.clone(), reason));
            self.parsed.insert(path, entry);
        }
    }

    fn templates(&mut self, source: &dyn Source, files: &[SourcePath]) -> Arc<Templates> {
        let read = Templates::read(source, files);
        if let Some((old, templates)) = &self.templates
            && *old == read.digest()
        {
            return templates.clone();
        }
        let digest = read.digest();
        let templates = Arc::new(read.load());
        self.templates = Some((digest, templates.clone()));
        templates
    }

    /// The digest and length of every published file; the size of every picture among them.
    fn digests(
        &mut self,
        source: &dyn Source,
        site: &Site,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Option<(Digest, u64)>> {
        let known = &self.pictures;
        let found: Vec<Result<Read, Box<Diagnostic>>> = site
            .published
            .par_iter()
            .map(|asset| {
                let Some(path) = &asset.source else {
                    let bytes = theme::file(&asset.out).unwrap_or_default();
                    let file = (Digest::of(bytes), bytes.len() as u64);
                    return Ok(Read { file, picture: None });
                };
                let (digest, length) = source.digest(path).map_err(|error| {
                    let message = format!("cannot read `{path}`: {}", error.kind());
                    let problem =
                        Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message);
                    Box::new(problem.help("check that the file exists and that you may read it"))
                })?;
                let picture = || {
                    let size = match known.get(path) {
                        Some(known) if known.digest == digest => known.size,
                        // What cannot be read now is not remembered as a picture without a size.
                        _ => picture_size(source, path).ok()?,
                    };
                    Some((path.clone(), Picture { digest, size }))
                };
                let picture = is_picture(path).then(picture).flatten();
                Ok(Read { file: (digest, length), picture })
            })
            .collect();
        let mut pictures = Pictures::default();
        let mut digests = Vec::new();
        for found in found {
            match found {
                Ok(read) => {
                    digests.push(Some(read.file));
                    pictures.extend(read.picture);
                }
                Err(problem) => {
                    digests.push(None);
                    diagnostics.push(*problem);
                }
            }
        }
        self.pictures = Arc::new(pictures);
        digests
    }
}

impl Files {
    fn new(listed: Vec<SourcePath>) -> Self {
        let (mut files, mut statics) = (Self::default(), Vec::new());
        let mut aside = Vec::new();
        let folders: FxHashSet<&str> = listed.iter().filter_map(folder_of_page).collect();
        for path in &listed {
            let text = path.as_str();
            if is_set_aside(text) {
                aside.push(path);
            } else if text.starts_with("templates/") {
                files.templates.push(path.clone());
            } else if text.starts_with("static/") {
                statics.push(path);
            } else if text == config::PATH {
                // Read on its own, before everything else.
            } else if text == FACTS
                || text == SOURCES
                || (text.ends_with(".md") && !is_beside(path, &folders))
            {
                files.content.push(path.clone());
            } else {
                files.beside.push(path.clone());
            }
        }
        files.entities = Entities::new(&files.content);
        files.assets = assets(&statics, &mut files.diagnostics);
        files.diagnostics.extend(set_aside::diagnostics(&aside));
        files.diagnostics.extend(stray::unread(&files.content, &files.beside));
        Self { listed, ..files }
    }
}

/// The folder that is a page's own, if this is its `index.md` or a translation of that.
fn folder_of_page(path: &SourcePath) -> Option<&str> {
    let own = is_index(path) && Identity::of(path)?.folder_of_page;
    own.then(|| path.folder())
}

/// Whether a Markdown file lies in the folder of a page without being one: an author's notes, which nobody has to
/// publish. A folder inside it may have a page of its own.
fn is_beside(path: &SourcePath, folders: &FxHashSet<&str>) -> bool {
    let (text, name) = (path.as_str(), path.file_name());
    let is_index =
        name == "index.md" || (name.starts_with("index.") && name.matches('.').count() == 2);
    !is_index && text.match_indices('/').any(|(slash, _)| folders.contains(&text[..slash]))
}

impl Entry {
    /// Whether it would be the same on a site in a language.
    fn is_in(&self, lang: &str) -> bool {
        self.lang.as_deref().is_none_or(|own| own == lang)
    }
}

impl Parsed {
    /// Gives a player the names that it has in the language of the site. Whether they depend on it.
    fn settle(&mut self, lang: &str) -> bool {
        let Self::Page(document) = self else { return false };
        let has_local = matches!(&document.summary.details, Details::Player(player) if !player.local.is_empty());
        if has_local
            && let Some(document) = Arc::get_mut(document)
            && let Some(summary) = Arc::get_mut(&mut document.summary)
        {
            local_names::settle(summary, lang);
        }
        has_local
    }
}

fn parse_file(path: &SourcePath, bytes: &[u8], trusted: bool) -> Parsed {
    let text = match text::decode(path, bytes) {
        Ok(text) => text,
        Err(problem) => return Parsed::Bad(Arc::new(vec![*problem])),
    };
    match path.as_str() {
        FACTS => {
            let (mut facts, problems, lost) =
                data::<Entries<RawFact>, Fact>(path, &text, resolve::facts);
            facts.extend(lost.iter().map(|id| resolve::lost_fact(id)));
            Parsed::Facts(Arc::new(facts), Arc::new(problems))
        }
        SOURCES => {
            // By id, or as a list in which each source says its own: CSL-JSON has lists.
            let (mut sources, problems, lost) = if resolve::sources_are_listed(&text) {
                data::<OneOrMany<RawSource>, Citation>(path, &text, resolve::listed_sources)
            } else {
                data::<Entries<RawSource>, Citation>(path, &text, resolve::sources)
            };
            sources.extend(lost.iter().map(|id| resolve::lost_source(id)));
            Parsed::Sources(Arc::new(sources), Arc::new(problems))
        }
        _ => match Identity::of(path) {
            Some(identity) => Parsed::Page(Arc::new(parse::page(path, &identity, &text, trusted))),
            None => Parsed::Bad(Arc::new(vec![stray::markdown(path)])),
        },
    }
}

/// The values of a data file, its diagnostics, and the ids of values of which nothing could be read: what refers
/// to them is not at fault.
fn data<Raw: FromYaml + Default, Value>(
    path: &SourcePath,
    text: &str,
    resolve: impl FnOnce(Raw, &mut Fields) -> Vec<Value>,
) -> (Vec<Value>, Vec<Diagnostic>, Vec<String>) {
    let index = LineIndex::new(text);
    let document = yaml::Document::read(text, 1);
    let mut parsed = document.parse::<Raw>();
    foreign::explain(&mut parsed.problems, foreign::Of::Data);
    let mut problems = places::yaml_diagnostics(path, &index, 0, parsed.problems);
    let key = |path: &FieldPath| {
        let mut steps = path.steps();
        let first = steps.next()?.into_owned();
        (steps.next().is_none() && first.parse::<usize>().is_err()).then_some(first)
    };
    let lost = parsed.failed.iter().filter_map(key).collect();
    let mut fields = Fields::new(parsed.failed, parsed.left_out);
    let values = resolve(parsed.value, &mut fields);
    problems.extend(places::field_diagnostics(path, &index, 0, &document, fields.problems));
    problems.extend(places::comment_diagnostics(path, &index, 0, text, &document, |_| false));
    (values, problems, lost)
}

fn unreadable(path: &SourcePath, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot read `{path}`: {}", error.kind());
    Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message)
        .help("check that the file exists and that you may read it")
}

/// The files of `static/`, and those of the theme that the site does not replace.
fn assets(files: &[&SourcePath], diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut assets = Vec::new();
    for path in files {
        let below = path.as_str().strip_prefix("static/").unwrap_or(path.as_str());
        match OutPath::new(below) {
            Ok(out) => assets.push(Asset { source: Some((*path).clone()), out }),
            Err(bad) => diagnostics.push(
                Diagnostic::new(
                    Code::BadPath,
                    Span::file((*path).clone()),
                    format!("the path `{below}` {bad}"),
                )
                .help("rename the file"),
            ),
        }
    }
    let own: FxHashSet<OutPath> = assets.iter().map(|asset| asset.out.clone()).collect();
    for out in theme::files() {
        if !own.contains(&out) {
            assets.push(Asset { source: None, out });
        }
    }
    assets
}

fn no_base_url() -> Diagnostic {
    let message = "absolute links (canonical, Open Graph) are left out: the site has no `base_url`";
    Diagnostic::new(Code::NoBaseUrl, Span::file(SourcePath::new(config::PATH)), message)
        .help("add `base_url: https://…` to content/site.yaml, or build with --base-url")
}

fn is_picture(path: &SourcePath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp"].iter().any(|end| name.ends_with(end))
}

/// The head of a picture is enough: the size stands in its first bytes, but for a JPEG with a large profile.
fn picture_size(source: &dyn Source, path: &SourcePath) -> io::Result<Option<(u32, u32)>> {
    let head = source.head(path, 256 * 1024)?;
    let size = imagesize::blob_size(&head).ok();
    let sides = |size: imagesize::ImageSize| {
        Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
    };
    Ok(size.and_then(sides))
}
