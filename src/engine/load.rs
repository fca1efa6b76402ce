//! Reading, parsing and linking.

use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::base::{BaseUrl, Digest, OutPath, SourcePath, digest_of, memo_key};
use crate::config::{self, Config};
use crate::content::kind::{Identity, is_index, is_set_aside};
use crate::content::{stray, text};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::render::theme;
use crate::site::{Asset, PictureFiles, Site};
use crate::source::Source;

use super::assemble::AssemblyKey;
use super::derived::InProgress;
use super::editions::Entities;
use super::parse::{FACTS, SOURCES};
use super::set_aside;
use super::templates::{self, Templates};
use super::timings::Stage;
use super::trace::Trace;
use super::{Engine, Inputs, Loaded, Options, RenderInputs, Rendering};

/// The files of a site, by what is done with them.
#[derive(Default)]
pub(super) struct SortedFiles {
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

memo_key! {
    /// What the files of a site are sorted by.
    pub(super) struct FilesKey {
        /// Their paths, in the order of the listing.
        listed: Vec<SourcePath>,
    }
}

memo_key! {
    /// What the settings depend on.
    pub(super) struct SettingsKey {
        /// The bytes of `site.yaml`, if there is one that can be read.
        bytes: Option<Vec<u8>>,
        /// The name of the site's folder.
        folder: String,
    }
}

/// What every view may depend on, beside bodies. Compared by its digest.
#[derive(Serialize)]
struct SharedKey<'a> {
    /// The digest of the site.
    site: Option<Digest>,
    base: &'a BaseUrl,
    /// The digest of the templates and interface texts.
    templates: Digest,
    /// `content_trust`: with another, a body of the same bytes differs.
    trusted: bool,
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
        self.names.begin();
        let listing = self.timings.time(Stage::Read, || source.list());
        let mut diagnostics = listing.diagnostics;
        // Nothing behind a link that leads out of the site, and no pipe, is quoted from.
        let refused = diagnostics.iter().map(|diagnostic| diagnostic.span.file.clone()).collect();
        let configured = listing.files.iter().any(|path| path.as_str() == config::PATH);
        let files = self.sorted(listing.files);
        let before = diagnostics.len();
        let config = self.settings(source, configured, &options, &mut diagnostics);
        // Settings that could not be read may well have an address.
        let settled = diagnostics[before..]
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
            && !diagnostics.iter().any(|diagnostic| diagnostic.span.file.as_str() == config::PATH);
        let mut trace = Trace::default();
        self.parsing.parse(source, &files.content, &config, &self.timings, &mut trace);
        self.parsing.translate(&files.entities, &config);
        let templates = self.templates(source, &files.templates);
        diagnostics.extend(templates.diagnostics().iter().cloned());
        diagnostics.extend(super::blocked::find(source, &templates, &files.assets, &config));

        let base = options.base_url.clone().or_else(|| config.site.base_url.clone());
        let base = base.unwrap_or_default();
        if base.origin.is_none() && settled {
            diagnostics.push(no_base_url());
        }
        let acting = self.parsing.drawings.acting(source, &files.beside, config.trusted);
        let of_assets = files.assets.iter().filter_map(|asset| asset.source.as_ref());
        let tables = self.parsing.tables.tables(source, files.beside.iter().chain(of_assets));
        let of_assets = files.assets.iter().filter_map(|asset| asset.source.as_ref());
        let pictures = files.beside.iter().chain(of_assets);
        let pictures = self.parsing.pictures.pictures(source, pictures);
        let of_assets = files.assets.iter().filter_map(|asset| asset.source.as_ref());
        let captions = files.beside.iter().chain(of_assets);
        diagnostics.extend(self.parsing.captions.problems(source, captions));
        let about = (&acting, &tables, &pictures);
        let key = AssemblyKey::new(&files, about, &config, &base, &options);
        let assembly = self.assemble(key, &mut trace);
        let of_shared = self.shared_names();
        let mut own = self.own_problems(&assembly);
        super::advice::free_names(&files.content, &mut own);
        diagnostics.extend(own);
        diagnostics.extend(files.diagnostics.iter().cloned());
        self.parsing.files.keep_only(&files.content, |path| path);
        let published = digests(source, &assembly.site, &pictures, &mut diagnostics);
        let Rendering { pages, cache, .. } = &self.rendering;
        let shared = pages.key(|| {
            digest_of(&SharedKey {
                site: assembly.key,
                base: &base,
                templates: templates.digest(),
                trusted: config.trusted,
            })
        });
        let mut named = self.names.problems(&assembly.with_name_problems);
        named.extend(of_shared.iter().cloned());
        let search = assembly.site.editions.iter().map(|_| OnceLock::new()).collect();
        let mut loaded = Loaded {
            inputs: Inputs { source: owned, options, config, base, settled, refused },
            naming: self.names.naming.clone(),
            assembly,
            rendering: RenderInputs {
                templates,
                published,
                shared,
                pages: pages.clone(),
                cache: cache.clone(),
            },
            timings: self.timings.clone(),
            diagnostics,
            trace,
            rendered: Mutex::default(),
            search,
            texts: OnceLock::new(),
            in_progress: InProgress::default(),
        };
        let changed: Vec<SourcePath> =
            loaded.trace.parsed.iter().map(|(path, _)| path.clone()).collect();
        let references = &mut self.assembling.references;
        let problems =
            self.timings.time(Stage::Link, || loaded.problems(named, references, &changed));
        loaded.diagnostics.extend(problems);
        loaded
    }

    /// The files of a list, sorted out. Lists that are equal give one value.
    fn sorted(&mut self, listed: Vec<SourcePath>) -> Arc<SortedFiles> {
        let key = FilesKey { listed };
        let files = |key: &FilesKey| Arc::new(SortedFiles::new(&key.listed));
        self.parsing.listed.get_or_of(key, files)
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
        let key = SettingsKey { bytes, folder: options.folder.clone() };
        let (config, problems) = self.parsing.settings.get_or_of(key, |key| {
            let mut problems = Vec::new();
            let decoded = key.bytes.as_deref().map(|bytes| text::decode(&path, bytes));
            let text = match decoded {
                Some(Ok(text)) => Some(text),
                Some(Err(error)) => {
                    problems.push(*error);
                    Some("".into())
                }
                None => None,
            };
            let (config, of_values) = config::resolve(text.as_deref(), &key.folder);
            if problems.is_empty() {
                problems.extend(of_values);
            }
            (Arc::new(config), Arc::new(problems))
        });
        diagnostics.extend(problems.iter().cloned());
        if options.hosts.is_empty() && options.indexnow.is_none() && options.hub.is_none() {
            return config;
        }
        let mut own = (*config).clone();
        if !options.hosts.is_empty() {
            own.site.hosts.clone_from(&options.hosts);
        }
        own.site.indexnow.clone_from(&options.indexnow);
        own.site.hub.clone_from(&options.hub);
        Arc::new(own)
    }

    fn templates(&mut self, source: &dyn Source, files: &[SourcePath]) -> Arc<Templates> {
        let read = templates::read(source, files);
        self.rendering.templates.get_or_of(read, |read| Arc::new(Templates::load(read)))
    }
}

/// The digest and length of every published file. Those of pictures are known.
fn digests(
    source: &dyn Source,
    site: &Site,
    pictures: &PictureFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<(Digest, u64)>> {
    let known = |path: &SourcePath| {
        let at = pictures.binary_search_by(|(file, _)| file.cmp(path)).ok()?;
        Some((pictures[at].1.digest, pictures[at].1.length))
    };
    let digest = |asset: &Asset| {
        let Some(path) = &asset.source else {
            let bytes = theme::file(&asset.out).unwrap_or_default();
            return Ok((Digest::of(bytes), bytes.len() as u64));
        };
        if let Some(known) = known(path) {
            return Ok(known);
        }
        source.digest(path).map_err(|error| {
            let message = format!("cannot read `{path}`: {}", error.kind());
            let problem = Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message);
            Box::new(problem.help("check that the file exists and that you may read it"))
        })
    };
    let found: Vec<Result<_, Box<Diagnostic>>> = site.published.par_iter().map(digest).collect();
    let or_problem = |found: Result<_, Box<Diagnostic>>| {
        found.map_err(|problem| diagnostics.push(*problem)).ok()
    };
    found.into_iter().map(or_problem).collect()
}

impl SortedFiles {
    fn new(listed: &[SourcePath]) -> Self {
        let (mut files, mut statics) = (Self::default(), Vec::new());
        let mut aside = Vec::new();
        let folders: FxHashSet<&str> = listed.iter().filter_map(folder_of_page).collect();
        for path in listed {
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
        files
    }
}

/// The folder that is a page's own, if this is its `index.md` or a translation of that.
fn folder_of_page(path: &SourcePath) -> Option<&str> {
    let own = is_index(path) && Identity::of(path)?.folder_of_page;
    own.then(|| path.folder())
}

/// Whether a Markdown file lies in the folder of a page without being one: an author's notes, which are not
/// published. A folder inside it may have a page of its own.
fn is_beside(path: &SourcePath, folders: &FxHashSet<&str>) -> bool {
    let (text, name) = (path.as_str(), path.file_name());
    let is_index =
        name == "index.md" || (name.starts_with("index.") && name.matches('.').count() == 2);
    !is_index && text.match_indices('/').any(|(slash, _)| folders.contains(&text[..slash]))
}

pub(super) fn unreadable(path: &SourcePath, error: &std::io::Error) -> Diagnostic {
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
