//! The files of a site that can declare or name an id, read and parsed.

use rayon::prelude::*;

use crate::base::{LineIndex, SourcePath};
use crate::config::{self, Config};
use crate::content::document::Document;
use crate::content::kind::Identity;
use crate::content::model::{Fact, Source as Citation};
use crate::content::places::{field_diagnostics, yaml_diagnostics};
use crate::content::raw::{RawFact, RawSource};
use crate::content::resolve::{self, Fields};
use crate::content::{parse, text};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::source::Source;
use crate::yaml::{self, Entries, FromYaml, OneOrMany};

/// Shared figures.
const FACTS: &str = "content/facts.yaml";

/// Shared sources.
const SOURCES: &str = "content/sources.yaml";

/// A content file.
pub(super) struct ContentFile {
    pub(super) path: SourcePath,
    /// As it is on disk.
    pub(super) raw: String,
    /// As the parser sees it.
    pub(super) text: String,
    pub(super) parsed: ParsedFile,
}

/// What a content file is.
pub(super) enum ParsedFile {
    Page(Box<Document>),
    Facts(Vec<Fact>),
    Sources(Vec<Citation>),
    Settings,
}

/// The site's settings; what is wrong with them is found when every file is parsed.
pub(super) fn settings(source: &dyn Source, folder: &str) -> Config {
    let raw = read(source, &SourcePath::new(config::PATH)).ok();
    config::resolve(raw.as_deref().map(decode).as_deref(), folder).0
}

/// Reads and parses every content file.
///
/// # Errors
/// The errors of those that have any: what they name cannot all be read.
pub(super) fn parse_all(
    source: &dyn Source,
    files: &[SourcePath],
    trusted: bool,
) -> Result<Vec<ContentFile>, Vec<Diagnostic>> {
    let content = |path: &&SourcePath| {
        let name = path.as_str();
        [config::PATH, FACTS, SOURCES].contains(&name) || Identity::of(path).is_some()
    };
    let content: Vec<&SourcePath> = files.iter().filter(content).collect();
    let parsed: Vec<Result<ContentFile, Vec<Diagnostic>>> =
        content.into_par_iter().map(|path| parse_file(source, path, trusted)).collect();
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for parsed in parsed {
        match parsed {
            Ok(file) => files.push(file),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

fn parse_file(
    source: &dyn Source,
    path: &SourcePath,
    trusted: bool,
) -> Result<ContentFile, Vec<Diagnostic>> {
    let raw = read(source, path).map_err(|problem| vec![*problem])?;
    let text = decode(&raw);
    let (parsed, mut problems) = match path.as_str() {
        config::PATH => (ParsedFile::Settings, config::resolve(Some(&text), "site").1),
        FACTS => {
            let (facts, problems) = data::<Entries<RawFact>, Fact>(path, &text, resolve::facts);
            (ParsedFile::Facts(facts), problems)
        }
        SOURCES => {
            let (sources, problems) = if resolve::sources_are_listed(&text) {
                data::<OneOrMany<RawSource>, Citation>(path, &text, resolve::listed_sources)
            } else {
                data::<Entries<RawSource>, Citation>(path, &text, resolve::sources)
            };
            (ParsedFile::Sources(sources), problems)
        }
        _ => {
            let identity = Identity::of(path).expect("only pages are left");
            // References are the same in any language.
            let page = parse::page(path, &identity, &text, trusted, "en");
            let problems = page.diagnostics.clone();
            (ParsedFile::Page(Box::new(page)), problems)
        }
    };
    problems.retain(|diagnostic| diagnostic.severity == Severity::Error);
    match problems.is_empty() {
        true => Ok(ContentFile { path: path.clone(), raw, text, parsed }),
        false => Err(problems),
    }
}

fn data<Raw: FromYaml + Default, Value>(
    path: &SourcePath,
    text: &str,
    resolve: impl FnOnce(Raw, &mut Fields) -> Vec<Value>,
) -> (Vec<Value>, Vec<Diagnostic>) {
    let index = LineIndex::new(text);
    let document = yaml::YamlDocument::read(text, 1);
    let parsed = document.parse::<Raw>();
    let mut problems = yaml_diagnostics(path, &index, 0, parsed.problems);
    let mut fields = Fields::new(&parsed.failed, parsed.left_out);
    let values = resolve(parsed.value, &mut fields);
    problems.extend(field_diagnostics(path, &index, 0, fields.problems));
    (values, problems)
}

/// A file's text as it is on disk.
fn read(source: &dyn Source, path: &SourcePath) -> Result<String, Box<Diagnostic>> {
    let bytes = source.read(path).map_err(|error| {
        let message = format!("cannot read `{path}`: {}", error.kind());
        Box::new(Diagnostic::new(Code::Unreadable, Span::file(path.clone()), message))
    })?;
    text::decode(path, &bytes)?;
    Ok(String::from_utf8(bytes).expect("what was decoded is UTF-8"))
}

/// A text as the parser sees it.
fn decode(raw: &str) -> String {
    let path = SourcePath::new("");
    text::decode(&path, raw.as_bytes()).map(|text| text.into_owned()).unwrap_or_default()
}
