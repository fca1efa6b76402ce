//! What is at a URL, for one snapshot of the files.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::{Digest, Hasher, OutPath, SourcePath, UrlPath};
use crate::diag::{self, Diagnostic, Severity, Strictness};
use crate::engine::{Loaded, Rendered};
use crate::site::{Output, Site};
use crate::source::Snapshot;

/// The most pages that went whose new place is remembered.
const GONE: usize = 1000;

/// The most problems of pages that are reported before every page was checked.
const EARLY: usize = 50;

/// One snapshot, loaded.
pub(super) struct Live {
    /// How many there were before it.
    pub(super) number: u64,
    /// The digest of its files.
    pub(super) tree: Digest,
    pub(super) snapshot: Snapshot,
    pub(super) loaded: Arc<Loaded>,
    /// What pages are made from: this snapshot, or the last one with templates and settings that work.
    pub(super) shown: Arc<Loaded>,
    /// The problems of its files and between them, at the levels of the site, each once.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The outputs of files that have errors of their own: where they would be, and where they were last.
    broken: BTreeMap<OutPath, SourcePath>,
    /// Where files were last without an error.
    places: Arc<BTreeMap<SourcePath, OutPath>>,
    /// Outputs that went: the file that each was made from, and its digest.
    gone: BTreeMap<OutPath, (SourcePath, Option<Digest>)>,
    /// The same with what was found on pages until now.
    findings: Mutex<Arc<Findings>>,
}

/// What is known to be wrong.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Sorted, each once.
    pub(super) all: Vec<Diagnostic>,
    /// Whether every page was looked at.
    pub(super) complete: bool,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl Findings {
    fn new(all: Vec<Diagnostic>, complete: bool) -> Arc<Self> {
        let all = diag::group(all);
        let count = |severity: Severity| {
            all.iter().filter(|diagnostic| diagnostic.severity == severity).count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        Arc::new(Self { all, complete, errors, warnings })
    }
}

/// What is at a URL.
pub(super) enum Answer {
    /// An output.
    Found(Output, Rendered),
    /// A published file that is not what the snapshot says any more.
    Changed(SourcePath),
    /// A page that cannot be made, and its problems.
    Fault(Fault),
    /// A page at the same URL with a slash at its end.
    Slash,
    /// Nothing; the page that says so, if it can be made.
    Nothing(Option<Rendered>),
}

/// A page that cannot be made.
pub(super) struct Fault {
    /// The file that it would be made from, or nothing for a page of the site itself.
    pub(super) source: Option<SourcePath>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// The next snapshot after another one, or the first.
    pub(super) fn new(snapshot: Snapshot, loaded: Loaded, before: Option<&Self>) -> Self {
        let loaded = Arc::new(loaded);
        let tree = snapshot.tree();
        let shown = match before {
            Some(before) if !loaded.is_whole() => before.shown.clone(),
            _ => loaded.clone(),
        };
        let mut diagnostics = loaded.diagnostics().to_vec();
        loaded.config().levels.apply(Strictness::Build, &mut diagnostics);
        let mut live = Self {
            number: before.map_or(0, |before| before.number + 1),
            tree,
            snapshot,
            shown,
            diagnostics: diag::group(diagnostics),
            broken: BTreeMap::new(),
            places: before.map(|before| before.places.clone()).unwrap_or_default(),
            gone: before.map(|before| before.gone.clone()).unwrap_or_default(),
            findings: Mutex::default(),
            loaded,
        };
        *live.findings() = Findings::new(live.diagnostics.clone(), false);
        let same =
            before.is_some_and(|before| std::ptr::eq(before.loaded.site(), live.loaded.site()));
        match before {
            // With the same site every page is where it was.
            Some(before) if same => live.broken = before.broken.clone(),
            _ => live.place(before),
        }
        live
    }

    /// Notes where files are, and where those were that are there no more or have errors now.
    fn place(&mut self, before: Option<&Self>) {
        let site = self.loaded.site();
        // Sorted already: the map is made in one go.
        let pages = site.pages.iter().map(|page| (page.path.clone(), page.out.clone()));
        let mut places: BTreeMap<SourcePath, OutPath> = pages.collect();
        for broken in &site.broken {
            let last = self.places.get(&broken.path).cloned();
            if let Some(last) = &last {
                places.insert(broken.path.clone(), last.clone());
            }
            for out in broken.out.iter().cloned().chain(last) {
                self.broken.entry(out).or_insert_with(|| broken.path.clone());
            }
        }
        if let Some(before) = before {
            let mut now = places.iter().peekable();
            for (path, out) in before.places.iter() {
                while now.next_if(|(other, _)| *other < path).is_some() {}
                if now.peek() != Some(&(path, out)) {
                    let digest = crate::source::Source::known(&before.snapshot, path);
                    self.gone.insert(out.clone(), (path.clone(), digest));
                }
            }
        }
        self.gone.retain(|out, _| site.outputs.get(out).is_none());
        while self.gone.len() > GONE {
            self.gone.pop_first();
        }
        self.places = Arc::new(places);
    }

    /// What is at a URL path, decoded and without the site's own prefix.
    pub(super) fn answer(&self, url: &str) -> Answer {
        let Ok(out) = UrlPath::out(url) else { return self.nothing(url) };
        if let Some(answer) = self.at(&out) {
            return answer;
        }
        let slash = UrlPath::out(&format!("{url}/"));
        let is_folder = |out: &OutPath| {
            self.shown.site().outputs.get(out).is_some() || self.broken.contains_key(out)
        };
        match slash {
            Ok(out) if !url.ends_with('/') && is_folder(&out) => Answer::Slash,
            _ => self.nothing(url),
        }
    }

    /// What is at an output.
    pub(super) fn at(&self, out: &OutPath) -> Option<Answer> {
        // What is published as it is depends on neither templates nor settings.
        let from = if asset(&self.loaded, out).is_some() { &self.loaded } else { &self.shown };
        let is_gone =
            Arc::ptr_eq(from, &self.shown) && self.is_stale() && asset(&self.shown, out).is_some();
        if let Some((content, failure)) = from.bytes(out).filter(|_| !is_gone) {
            let output = from.site().outputs.get(out).cloned();
            return Some(match content.zip(output) {
                Some((content, output)) => Answer::Found(output, content),
                None => match asset(from, out) {
                    Some(path) if failure.is_some() => Answer::Changed(path.clone()),
                    _ => Answer::Fault(self.failed(out, failure)),
                },
            });
        }
        let source = self.broken.get(out)?;
        let of_file = |diagnostic: &&Diagnostic| diagnostic.span.file == *source;
        let diagnostics = self.diagnostics.iter().filter(of_file).cloned().collect();
        Some(Answer::Fault(Fault { source: Some(source.clone()), diagnostics }))
    }

    fn failed(&self, out: &OutPath, failure: Option<Diagnostic>) -> Fault {
        if let Some(path) = asset(&self.loaded, out) {
            let of_file = |diagnostic: &&Diagnostic| diagnostic.span.file == *path;
            let diagnostics = self.diagnostics.iter().filter(of_file).cloned().collect();
            return Fault { source: Some(path.clone()), diagnostics };
        }
        let source = self.source(out);
        let mut diagnostics: Vec<Diagnostic> = failure.into_iter().collect();
        self.shown.config().levels.apply(Strictness::Build, &mut diagnostics);
        if diagnostics.is_empty() {
            // Without templates and settings nothing can be made, and their problems say why.
            let errors =
                self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            let theirs = |diagnostic: &&Diagnostic| {
                let file = diagnostic.span.file.as_str();
                file.starts_with("templates/") || file == crate::config::PATH
            };
            diagnostics = errors.filter(theirs).cloned().collect();
        }
        Fault { source, diagnostics }
    }

    /// That there is nothing, in the language of the folder.
    fn nothing(&self, url: &str) -> Answer {
        let site = self.shown.site();
        let path = url.trim_start_matches('/');
        let is_below = |site: &&Site| path.starts_with(&site.edition().prefix());
        let own = site.all().skip(1).find(is_below).unwrap_or(site);
        Answer::Nothing(self.shown.bytes(&own.not_found_out()).and_then(|(content, _)| content))
    }

    /// The file of content that an output is made from, or would be.
    pub(super) fn source(&self, out: &OutPath) -> Option<SourcePath> {
        if let Some(path) = self.broken.get(out) {
            return Some(path.clone());
        }
        let output = self.shown.site().outputs.get(out)?;
        self.shown.document(output).map(|document| document.path.clone())
    }

    /// Where the page of a file of content is.
    pub(super) fn place_of(&self, path: &SourcePath) -> Option<&OutPath> {
        self.places.get(path)
    }

    /// Where a page went that was at an output: the same file at another place, or the same text in another file.
    pub(super) fn moved(&self, out: &OutPath) -> Option<&OutPath> {
        let (path, digest) = self.gone.get(out)?;
        if let Some(place) = self.places.get(path) {
            return Some(place);
        }
        let same =
            |path: &SourcePath| crate::source::Source::known(&self.snapshot, path) == *digest;
        digest.and(self.places.iter().find(|(path, _)| same(path)).map(|(_, out)| out))
    }

    /// Whether pages are those of an older snapshot.
    pub(super) fn is_stale(&self) -> bool {
        !Arc::ptr_eq(&self.shown, &self.loaded)
    }

    fn findings(&self) -> MutexGuard<'_, Arc<Findings>> {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that is known to be wrong.
    pub(super) fn everything(&self) -> Arc<Findings> {
        self.findings().clone()
    }

    /// Adds the problem of a page, before every page was checked, and returns whether the count changes: a problem that
    /// all pages have alike counts once. Where many are known already, the others wait for the end of the check.
    pub(super) fn add(&self, diagnostic: Diagnostic) -> bool {
        let mut all = vec![diagnostic];
        self.apply_levels(&mut all);
        let mut findings = self.findings();
        let before = findings.all.len();
        if before > self.diagnostics.len() + EARLY {
            return false;
        }
        all.extend(findings.all.iter().cloned());
        *findings = Findings::new(all, false);
        findings.all.len() != before
    }

    /// Adds everything that is wrong with pages, after every page was looked at.
    pub(super) fn complete(&self, mut diagnostics: Vec<Diagnostic>) {
        self.apply_levels(&mut diagnostics);
        diagnostics.extend(self.diagnostics.iter().cloned());
        *self.findings() = Findings::new(diagnostics, true);
    }

    /// Applies the site's levels to problems of pages, and drops dead links to a page whose file has errors: it was
    /// there before them, and its own errors are reported.
    pub(super) fn apply_levels(&self, diagnostics: &mut Vec<Diagnostic>) {
        self.loaded.config().levels.apply(Strictness::Build, diagnostics);
        diagnostics.retain(|diagnostic| {
            !diagnostic.missing.iter().any(|out| self.broken.contains_key(out))
        });
    }

    /// The published files of the site, by output, with their digests.
    pub(super) fn files(&self) -> BTreeMap<OutPath, Digest> {
        let site = self.loaded.site();
        let file =
            |output: &Output| Some((output.path.clone(), self.loaded.file(output.published()?)?.0));
        site.outputs.iter().filter_map(file).collect()
    }
}

impl Answer {
    /// The status with which it is answered.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Found(..) => 200,
            Self::Slash => 308,
            Self::Nothing(_) => 404,
            Self::Fault(_) => 500,
            Self::Changed(_) => 503,
        }
    }

    /// Another one exactly when a browser would show something else.
    pub(super) fn digest(&self) -> Digest {
        let mut hasher = Hasher::new();
        hasher.raw(&self.status().to_le_bytes());
        match self {
            Self::Found(_, content) => hasher.raw(&digest(content).to_bytes()),
            Self::Nothing(content) => match content {
                Some(content) => hasher.raw(&digest(content).to_bytes()),
                None => hasher.raw(b"-"),
            },
            Self::Fault(fault) => hasher.part(diag::json(&fault.diagnostics).as_bytes()),
            Self::Slash => hasher.raw(b"/"),
            Self::Changed(_) => hasher.raw(b"?"),
        };
        hasher.finish()
    }
}

/// The file that is published at an output, as it is or as what is made of it.
fn asset<'a>(loaded: &'a Loaded, out: &OutPath) -> Option<&'a SourcePath> {
    let output = loaded.site().outputs.get(out)?;
    output.published().and_then(|_| output.source(loaded.site()))
}

fn digest(content: &Rendered) -> Digest {
    match content {
        Rendered::Text(text) => Digest::of(text.as_bytes()),
        Rendered::Bytes(bytes) => Digest::of(bytes),
        Rendered::Embedded(bytes) => Digest::of(bytes),
        Rendered::File(_, digest, _) => *digest,
    }
}
