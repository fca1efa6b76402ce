//! Files with a language in their names become pages of the site's languages.
//!
//! Such a page is a function of its own file and of that of the page which it translates. It is made here from the two,
//! when one of them or the list of languages changes. A site in which no file has a language in its name does none
//! of this.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{Digest, Hasher, SourcePath, digest_of};
use crate::config::Config;
use crate::content::document::Document;
use crate::content::inherit;
use crate::content::kind::{Identity, Kind};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::LangTag;

use super::{Engine, Parsed};

/// The files of what has a file with a language in its name.
#[derive(Default)]
pub(super) struct Entities {
    entities: Vec<Entity>,
    paths: FxHashSet<SourcePath>,
}

/// The files of one of them, in their order.
#[derive(Default)]
struct Entity {
    /// Those without a language in their names.
    plain: Vec<SourcePath>,
    /// The others.
    marked: Vec<(LangTag, SourcePath)>,
}

impl Entities {
    /// Looks for them in a list of files.
    pub(super) fn new(files: &[SourcePath]) -> Self {
        let has_language = |path: &&SourcePath| path.file_name().matches('.').count() > 1;
        let marked = |path: &SourcePath| {
            let identity = Identity::of(path)?;
            Some(((identity.kind, identity.id), identity.lang?, path.clone()))
        };
        let mut entities: FxHashMap<(Kind, Arc<str>), Entity> = FxHashMap::default();
        for (name, lang, path) in files.iter().filter(has_language).filter_map(marked) {
            entities.entry(name).or_default().marked.push((lang, path));
        }
        if entities.is_empty() {
            return Self::default();
        }
        for path in files {
            let Some(identity) = Identity::of(path).filter(|of| of.lang.is_none()) else {
                continue;
            };
            if let Some(entity) = entities.get_mut(&(identity.kind, identity.id)) {
                entity.plain.push(path.clone());
            }
        }
        let mut entities: Vec<Entity> = entities.into_values().collect();
        entities.sort_by(|a, b| a.marked[0].1.cmp(&b.marked[0].1));
        let all = entities.iter().flat_map(|entity| {
            entity.plain.iter().chain(entity.marked.iter().map(|(_, path)| path)).cloned()
        });
        let paths = all.collect();
        Self { entities, paths }
    }

    /// Whether a file is one of them: its page decides of others, or others of it.
    pub(super) fn has(&self, path: &SourcePath) -> bool {
        self.paths.contains(path)
    }
}

/// The page of a file with a language in its name.
pub(super) struct Translated {
    /// What it was made from.
    key: Digest,
    pub(super) page: Arc<Document>,
    /// The file that it translates.
    original: Option<SourcePath>,
}

impl Engine {
    /// Makes the pages of files with a language in their names, of those with another key.
    pub(super) fn translate(&mut self, entities: &Entities, config: &Config) {
        let mut before = std::mem::take(&mut self.translated);
        let languages: Vec<&LangTag> = config.editions().map(|edition| &edition.lang).collect();
        let languages = if config.has_languages { languages } else { Vec::new() };
        // The names of a player depend on the site's language.
        let all = digest_of(&(&languages, &config.site.lang));
        for entity in &entities.entities {
            let first = |lang: &LangTag| languages.first().is_some_and(|first| *first == lang);
            let own = entity.marked.iter().find(|(lang, _)| first(lang)).map(|(_, path)| path);
            let original = entity.plain.first().or(own);
            for (lang, path) in &entity.marked {
                let Some(Parsed::Page(page)) = self.parsed.get(path).map(|entry| &entry.parsed)
                else {
                    continue;
                };
                let original = original.filter(|original| !first(lang) && *original != path);
                let key = self.key_of(&all, path, original);
                if let Some(known) = before.remove(path).filter(|known| known.key == key) {
                    self.translated.insert(path.clone(), known);
                    continue;
                }
                let edition = Some(lang).filter(|lang| !first(lang));
                let page = match original.and_then(|path| self.parsed.get(path)) {
                    Some(entry) => match &entry.parsed {
                        Parsed::Page(original) => {
                            inherit::translation(page, edition, Some(original))
                        }
                        // Of a page that cannot be read nothing tells whether it is public.
                        _ => inherit::of_unread(page, edition),
                    },
                    None => inherit::translation(page, edition, None),
                };
                let is_misspelt = Identity::of(path).is_some_and(|of| of.diagnostic.is_some());
                let page = match is_misspelt || languages.contains(&lang) {
                    true => page,
                    false => with(page, undeclared(path, lang, config)),
                };
                let (page, original) = (Arc::new(page), original.cloned());
                self.translated.insert(path.clone(), Translated { key, page, original });
            }
        }
    }

    fn key_of(
        &self,
        languages: &Digest,
        path: &SourcePath,
        original: Option<&SourcePath>,
    ) -> Digest {
        let mut key = Hasher::new();
        key.raw(&languages.to_bytes());
        for path in [Some(path), original] {
            match path.and_then(|path| Some((path, self.parsed.get(path)?))) {
                Some((path, entry)) => key
                    .part(path.as_str().as_bytes())
                    .raw(&entry.digest.to_bytes())
                    .part(entry.lang.as_deref().unwrap_or_default().as_bytes())
                    .raw(&[u8::from(entry.trusted)]),
                None => key.raw(b"-"),
            };
        }
        key.finish()
    }

    /// The page of a file, if it is one.
    pub(super) fn page_of(&self, path: &SourcePath) -> Option<&Arc<Document>> {
        if let Some(translated) = self.translated.get(path) {
            return Some(&translated.page);
        }
        match &self.parsed.get(path)?.parsed {
            Parsed::Page(page) => Some(page),
            _ => None,
        }
    }

    /// The digest of all that the page of a file is made from.
    pub(super) fn bytes_of(&self, path: &SourcePath) -> Digest {
        match self.translated.get(path) {
            Some(translated) => translated.key,
            None => self.parsed[path].digest,
        }
    }

    /// The files that translate one.
    pub(super) fn translations_of<'a>(
        &'a self,
        original: &'a SourcePath,
    ) -> impl Iterator<Item = &'a SourcePath> {
        let of = move |translated: &Translated| translated.original.as_ref() == Some(original);
        self.translated.iter().filter(move |(_, other)| of(other)).map(|(path, _)| path)
    }
}

fn with(mut page: Document, found: Diagnostic) -> Document {
    page.diagnostics.push(found);
    page
}

/// A file whose name ends in a language that the site does not have.
fn undeclared(path: &SourcePath, lang: &LangTag, config: &Config) -> Diagnostic {
    let span = Span::file(path.clone());
    let name = path.file_name();
    let stem = name.split('.').next().unwrap_or_default();
    let message =
        format!("`{name}` is the name of a translation, and `{lang}` is no language of the site");
    let own = &config.site.lang;
    let help = match config.has_languages {
        false => format!("add `languages: {{{own}: {{}}, {lang}: {{}}}}` to content/site.yaml"),
        true => format!("add `{lang}: {{}}` below `languages:` in content/site.yaml"),
    };
    let primary = |tag: &LangTag| tag.as_str().split('-').next().map(str::to_owned);
    let mut languages = config.editions().map(|edition| &edition.lang);
    let other = match languages.find(|other| primary(other) == primary(lang)) {
        Some(near) if config.has_languages => format!("or rename it to `{stem}.{near}.md`"),
        _ => {
            let end = lang.as_str().to_lowercase();
            format!("if it is no translation, rename it, such as to `{stem}-{end}.md`")
        }
    };
    let mut found = Diagnostic::new(Code::InvalidId, span, message).help(help);
    found.help.push(other);
    found
}
