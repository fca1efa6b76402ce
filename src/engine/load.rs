//! Reading, parsing and linking.

use std::io;
use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::base::{Digest, Hasher, LineIndex, OutPath, SourcePath, digest_of};
use crate::config::{self, Config};
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::model::{Fact, Source as Citation};
use crate::content::places;
use crate::content::raw::{RawFact, RawSource};
use crate::content::resolve::{self, Fields};
use crate::content::{parse, text};
use crate::diag::{Code, Diagnostic, Severity, Span, Strictness};
use crate::names::Linked;
use crate::render::theme;
use crate::site::{Asset, Broken, Input, Instant, Page, Site, State};
use crate::source::Source;
use crate::yaml::{self, Entries, OneOrMany};

use super::templates::Templates;
use super::timings::Stage;
use super::trace::{Reason, Trace};
use super::{Engine, Entry, Loaded, Now, Options, Parsed, Picture, Pictures};

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
struct Files {
    content: Vec<SourcePath>,
    beside: Vec<SourcePath>,
    templates: Vec<SourcePath>,
    statics: Vec<SourcePath>,
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
        let listing = self.timings.time(Stage::Read, || source.list());
        let mut diagnostics = listing.diagnostics;
        // Nothing behind a link that leads out of the site, and no pipe, is quoted from.
        let refused = diagnostics.iter().map(|found| found.span.file.clone()).collect();
        let configured = listing.files.iter().any(|path| path.as_str() == config::PATH);
        let files = sort(listing.files);
        let before = diagnostics.len();
        let config = self.settings(source, configured, &options, &mut diagnostics);
        // Settings that could not be read may well have an address.
        let settled = diagnostics[before..].iter().all(|found| found.severity != Severity::Error)
            && !diagnostics.iter().any(|found| found.span.file.as_str() == config::PATH);
        let mut trace = Trace::default();
        self.parse(source, &files.content, config.trusted, &mut trace);
        let templates = self.templates(source, &files.templates);
        diagnostics.extend(templates.diagnostics().iter().cloned());

        let base = options.base_url.clone().or_else(|| config.site.base_url.clone());
        let base = base.unwrap_or_default();
        if base.origin.is_none() && settled {
            diagnostics.push(no_base_url());
        }
        let zone = config.timezone.clone();
        let now = match options.now {
            Now::At(now) => now,
            Now::Day(day) => first_moment(day, &zone),
            Now::DayOf(now) => first_moment(zone.to_datetime(now).date(), &zone),
        };
        let instant = Instant { now, zone, drafts: options.drafts, future: options.future };

        let (mut facts, mut sources) = (Arc::new(Vec::new()), Arc::new(Vec::new()));
        let mut all = Vec::new();
        for path in &files.content {
            match self.parsed.get(path).map(|entry| &entry.parsed) {
                Some(Parsed::Page(document)) => {
                    diagnostics.extend(document.diagnostics.iter().cloned());
                    all.push(document.clone());
                }
                Some(Parsed::Facts(found, problems)) => {
                    facts = found.clone();
                    diagnostics.extend(problems.iter().cloned());
                }
                Some(Parsed::Sources(found, problems)) => {
                    sources = found.clone();
                    diagnostics.extend(problems.iter().cloned());
                }
                Some(Parsed::Bad(problems)) => diagnostics.extend(problems.iter().cloned()),
                None => {}
            }
        }
        let assets = statics(&files.statics, &mut diagnostics);
        let broken = self.broken(&files.content, &config, &options);
        let is_broken =
            |path: &SourcePath| broken.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let names = self.names(source, &all, &instant, &is_broken, &config.site.accept, &mut trace);
        let key = {
            let mut key = Hasher::new();
            for (document, linked) in all.iter().zip(&names.linked) {
                key.raw(&linked.edges_digest.to_bytes());
                key.part(document.path.as_str().as_bytes())
                    .raw(&document.summary_digest.to_bytes());
                match instant.state(&document.summary) {
                    None => key.raw(b"-"),
                    Some(State::Public) => key.raw(b"p"),
                    Some(State::Withdrawn) => key.raw(b"w"),
                    Some(State::Expired(date)) => key.part(format!("{date:?}").as_bytes()),
                };
            }
            for file in &broken {
                key.part(file.path.as_str().as_bytes());
            }
            key.raw(&digest_of(&config.site).to_bytes());
            key.part(format!("{:?}", config.timezone.iana_name()).as_bytes());
            key.raw(&digest_of(&(&*facts, &*sources)).to_bytes());
            for asset in &assets {
                key.part(asset.out.as_str().as_bytes());
                key.part(asset.source.as_ref().map_or("", SourcePath::as_str).as_bytes());
            }
            for file in &files.beside {
                key.part(file.as_str().as_bytes());
            }
            key.finish()
        };
        let site = match &self.site {
            Some((old, site)) if *old == key => site.clone(),
            _ => {
                trace.linked = true;
                let whole = all.iter().zip(&names.linked);
                let whole = whole.filter(|(document, _)| !is_broken(&document.path));
                let page = |(document, linked): (&Arc<Document>, &Arc<Linked>)| Page {
                    path: document.path.clone(),
                    summary: document.summary.clone(),
                    named: linked.edges.clone(),
                    state: State::Public,
                    out: OutPath::new("index.html").expect("a plain word"),
                };
                let pages = whole.map(page).collect();
                let input = Input {
                    config: &config,
                    pages,
                    facts: &facts,
                    sources: &sources,
                    assets,
                    files: &files.beside,
                    broken,
                    instant: instant.clone(),
                };
                let site = Arc::new(self.timings.time(Stage::Site, || Site::build(input)));
                self.site = Some((key, site.clone()));
                site
            }
        };
        // Every file of content is among them: with as many there is none too many.
        if self.parsed.len() > files.content.len() {
            self.parsed.retain(|path, _| files.content.binary_search(path).is_ok());
        }

        let all = all.into_iter().zip(names.linked).collect();
        let (documents, hidden) = divide(all, &site);
        let (documents, linked): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
        let hidden = hidden.into_iter().map(|(document, _)| document).collect();
        let digests = self.digests(source, &site, &mut diagnostics);
        let body = |(document, linked): (&Arc<Document>, &Arc<Linked>)| {
            let parts = [self.parsed[&document.path].digest, linked.digest];
            // In one piece: a digest in the making is a large value, and there is one for each document.
            Digest::of(parts.map(Digest::to_bytes).as_flattened())
        };
        let bodies = documents.iter().zip(&linked).map(body).collect();
        let shared = {
            let mut shared = Hasher::new();
            shared.raw(&key.to_bytes()).raw(&digest_of(&base).to_bytes());
            shared.raw(&templates.digest().to_bytes()).raw(&[u8::from(config.trusted)]);
            for asset in &site.published {
                let picture = asset.source.as_ref().and_then(|path| self.pictures.get(path));
                let size = picture.and_then(|picture| picture.size);
                shared.raw(&digest_of(&size).to_bytes());
            }
            shared.finish()
        };
        let mut loaded = Loaded {
            pages: self.pages.clone(),
            timings: self.timings.clone(),
            source: owned,
            options,
            config,
            base,
            instant,
            site,
            documents,
            linked,
            bodies,
            names: names.registry,
            shared,
            hidden,
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
        let changed: Vec<&SourcePath> = changed.iter().collect();
        let references = &mut self.references;
        let problems = self.timings.time(Stage::Link, || {
            loaded.problems(&facts, names.problems, references, key, &changed)
        });
        loaded.diagnostics.extend(problems);
        loaded
    }

    /// The files that are left out because of errors of their own, if the options say so.
    fn broken(&self, files: &[SourcePath], config: &Config, options: &Options) -> Vec<Broken> {
        if !options.without_broken {
            return Vec::new();
        }
        let has_error = |found: &[Diagnostic]| {
            let mut found = found.to_vec();
            config.levels.apply(Strictness::Build, &mut found);
            found.iter().any(|found| found.severity == Severity::Error)
        };
        let broken = |path: &SourcePath| match &self.parsed.get(path)?.parsed {
            Parsed::Page(document) if document.diagnostics.is_empty() => None,
            Parsed::Page(document) => {
                has_error(&document.diagnostics).then(|| Broken::page(path, &document.summary))
            }
            Parsed::Bad(found) if has_error(found) => {
                Some(Broken::unread(path, &Identity::of(path)?))
            }
            _ => None,
        };
        files.iter().filter_map(broken).collect()
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
        trusted: bool,
        trace: &mut Trace,
    ) {
        let (known, timings) = (&self.parsed, &self.timings);
        let fresh: Vec<(SourcePath, Entry, Reason)> = files
            .par_iter()
            .filter_map(|path| {
                if let (Some(entry), Some(digest)) = (known.get(path), source.known(path))
                    && (entry.digest, entry.trusted) == (digest, trusted)
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
                            Entry { digest, trusted, parsed },
                            Reason::New,
                        ));
                    }
                };
                let digest = timings.time(Stage::Read, || Digest::of(&bytes));
                let reason = match known.get(path) {
                    None => Reason::New,
                    Some(entry) if entry.digest != digest => Reason::Bytes,
                    Some(entry) if entry.trusted != trusted => Reason::Trust,
                    Some(_) => return None,
                };
                let parsed = timings.time(Stage::Parse, || parse_file(path, &bytes, trusted));
                Some((path.clone(), Entry { digest, trusted, parsed }, reason))
            })
            .collect();
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
                    Box::new(Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message))
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

fn sort(files: Vec<SourcePath>) -> Files {
    let mut sorted = Files::default();
    for path in files {
        let text = path.as_str();
        if text.starts_with("templates/") {
            sorted.templates.push(path);
        } else if text.starts_with("static/") {
            sorted.statics.push(path);
        } else if text == config::PATH {
            // Read on its own, before everything else.
        } else if text.ends_with(".md") || text == FACTS || text == SOURCES {
            sorted.content.push(path);
        } else {
            sorted.beside.push(path);
        }
    }
    sorted
}

fn parse_file(path: &SourcePath, bytes: &[u8], trusted: bool) -> Parsed {
    let text = match text::decode(path, bytes) {
        Ok(text) => text,
        Err(problem) => return Parsed::Bad(Arc::new(vec![*problem])),
    };
    match path.as_str() {
        FACTS => {
            let (facts, problems) = data::<Entries<RawFact>, Fact>(path, &text, resolve::facts);
            Parsed::Facts(Arc::new(facts), Arc::new(problems))
        }
        SOURCES => {
            // By id, or as a list in which each source says its own: CSL-JSON has lists.
            let (sources, problems) = if is_list(&text) {
                data::<OneOrMany<RawSource>, Citation>(path, &text, resolve::listed_sources)
            } else {
                data::<Entries<RawSource>, Citation>(path, &text, resolve::sources)
            };
            Parsed::Sources(Arc::new(sources), Arc::new(problems))
        }
        _ => match Identity::of(path) {
            Some(identity) => Parsed::Page(Arc::new(parse::page(path, &identity, &text, trusted))),
            None => Parsed::Bad(Arc::new(vec![stray(path)])),
        },
    }
}

fn data<Raw: DeserializeOwned + JsonSchema + Default, Value>(
    path: &SourcePath,
    text: &str,
    resolve: impl FnOnce(Raw, &mut Fields) -> Vec<Value>,
) -> (Vec<Value>, Vec<Diagnostic>) {
    let index = LineIndex::new(text);
    let parsed = yaml::parse::<Raw>(text);
    let mut problems = places::yaml_diagnostics(path, &index, 0, parsed.problems);
    let mut fields = Fields::new(parsed.failed, parsed.dropped);
    let values = resolve(parsed.value, &mut fields);
    problems.extend(places::field_diagnostics(path, &index, 0, text, fields.problems));
    (values, problems)
}

/// Whether a YAML text is a list, by the first character that is neither comment nor document mark.
fn is_list(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#') && *line != "---");
    first.is_some_and(|line| line.starts_with('[') || line == "-" || line.starts_with("- "))
}

fn unreadable(path: &SourcePath, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot read `{path}`: {}", error.kind());
    Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message)
        .help("check that the file exists and that you may read it")
}

fn stray(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is in none of the folders that make pages");
    Diagnostic::new(Code::StrayMarkdown, Span::file(path.clone()), message).help(
        "move it to content/articles/, content/players/, content/faq/, content/topics/ or content/pages/",
    )
}

/// The files of `static/`, and those of the theme that the site does not replace.
fn statics(files: &[SourcePath], diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut assets = Vec::new();
    for path in files {
        let below = path.as_str().strip_prefix("static/").unwrap_or(path.as_str());
        match OutPath::new(below) {
            Ok(out) => assets.push(Asset { source: Some(path.clone()), out }),
            Err(bad) => diagnostics.push(
                Diagnostic::new(
                    Code::BadPath,
                    Span::file(path.clone()),
                    format!("the path `{below}` {bad}"),
                )
                .help("rename the file"),
            ),
        }
    }
    let own: Vec<OutPath> = assets.iter().map(|asset| asset.out.clone()).collect();
    for out in theme::files() {
        if !own.contains(&out) {
            assets.push(Asset { source: None, out });
        }
    }
    assets
}

/// A document and the names in it.
type Text = (Arc<Document>, Arc<Linked>);

/// The documents of the site's pages in their order, and the others.
fn divide(all: Vec<Text>, site: &Site) -> (Vec<Text>, Vec<Text>) {
    let mut pages = site.pages.iter().peekable();
    all.into_iter().partition(|(document, _)| {
        let is_page = pages.peek().is_some_and(|page| page.path == document.path);
        if is_page {
            pages.next();
        }
        is_page
    })
}

fn no_base_url() -> Diagnostic {
    let message = "absolute links (canonical, Open Graph) are left out: the site has no `base_url`";
    Diagnostic::new(Code::NoBaseUrl, Span::file(SourcePath::new(config::PATH)), message)
        .help("add `base_url: https://…` to content/site.yaml, or build with --base-url")
}

fn first_moment(day: jiff::civil::Date, zone: &TimeZone) -> jiff::Timestamp {
    crate::content::date::Date::day(day).begins(zone)
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
