//! Builds the site of a case twice with one engine.

use std::path::Path;

use briefing::base::BaseUrl;
use briefing::config::disk;
use briefing::diag::{self, Diagnostic, Strictness};
use briefing::engine::{Engine, Now, Options};
use briefing::source::{Memory, Source};

use crate::fixture::{Case, File};

/// What a site has when its case says nothing else, so that a case shows only what it is about.
const SITE_YAML: &str = "title: Test\nbase_url: https://example.org/\n";

/// What two builds of one site said.
pub(crate) struct Run {
    pub(crate) first: Vec<Diagnostic>,
    pub(crate) second: Vec<Diagnostic>,
    /// How many files the second build parsed.
    pub(crate) parsed: usize,
    /// How many pages the second build rendered.
    pub(crate) rendered: usize,
}

/// Builds a case's site: in memory, or in a temporary folder when it holds what only a disk can hold.
pub(crate) fn run(case: &Case) -> Run {
    if let Some(memory) = in_memory(case) {
        build(case, &memory)
    } else {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if has_default_settings(case) {
            put(folder.path(), "content/site.yaml", SITE_YAML.as_bytes());
        }
        for file in &case.files {
            put_on_disk(folder.path(), file);
        }
        build(case, &disk(folder.path()))
    }
}

/// A case's site, unless it holds what only a disk can hold.
pub(crate) fn in_memory(case: &Case) -> Option<Memory> {
    if case.files.iter().any(|file| file.has("link") || file.has("fifo")) {
        return None;
    }
    let mut memory = Memory::new();
    if has_default_settings(case) {
        memory.write("content/site.yaml", SITE_YAML);
    }
    for file in &case.files {
        memory.write(&file.path, file.bytes());
    }
    Some(memory)
}

/// What a build says of a site with the options of a case.
pub(crate) fn said_of(case: &Case, site: &Memory) -> Vec<Diagnostic> {
    said(&mut Engine::once(), case, site).0
}

/// Whether a case does not say what its settings are.
fn has_default_settings(case: &Case) -> bool {
    !case.option("bare") && !case.files.iter().any(|file| file.path == "content/site.yaml")
}

/// What is said of a site on disk of whose files only the first so many per cent of their lines are there.
pub(crate) fn cut(folder: &Path, percent: usize) -> Vec<Diagnostic> {
    let disk = disk(folder);
    let mut memory = Memory::new();
    for path in disk.list().files {
        let bytes = disk.read(&path).expect("a listed file");
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let kept = lines[..(lines.len() * percent).div_ceil(100)].join("\n");
        match percent == 100 || path.as_str().starts_with("static/") {
            true => memory.write(path.as_str(), bytes),
            false => memory.write(path.as_str(), kept),
        };
    }
    let fence = "````";
    let text = format!("## A\n{fence}options\nbare drafts future\n{fence}\n");
    build(&crate::fixture::parse(&text)[0], &memory).first
}

fn build<S: Source + Clone + 'static>(case: &Case, source: &S) -> Run {
    let mut engine = Engine::new();
    let (first, ..) = said(&mut engine, case, source);
    let (second, parsed, rendered) = said(&mut engine, case, source);
    Run { first, second, parsed, rendered }
}

/// What a build says, how many files it parsed, and how many pages it rendered.
fn said<S: Source + Clone + 'static>(
    engine: &mut Engine,
    case: &Case,
    source: &S,
) -> (Vec<Diagnostic>, usize, usize) {
    let options = Options {
        now: Now::Day(jiff::civil::date(2026, 1, 1)),
        drafts: case.option("drafts"),
        future: case.option("future"),
        base_url: case
            .option("base-url")
            .then(|| BaseUrl::parse("https://example.org/sub/").expect("a URL")),
        folder: "folder".into(),
        ..Options::default()
    };
    let loaded = engine.load(source, options);
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(loaded.render_all(&|_, _| {}));
    loaded.config().levels.apply(Strictness::Build, &mut diagnostics);
    let trace = loaded.trace();
    (diag::group(diagnostics), trace.parsed.len(), trace.rendered.len())
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a writable folder");
    std::fs::write(path, bytes).expect("a writable folder");
}

fn put_on_disk(folder: &Path, file: &File) {
    let path = folder.join(&file.path);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a writable folder");
    if file.has("link") {
        std::os::unix::fs::symlink(file.text().trim(), path).expect("a link");
    } else if file.has("fifo") {
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(made.success());
    } else {
        put(folder, &file.path, &file.bytes());
    }
}
