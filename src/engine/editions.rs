//! Files with a language in their names become pages of the site's languages.
//!
//! Such a page is a function of its own file and of that of the page which it translates. It is made here from the two,
//! when one of them or the list of languages changes. A site in which no file has a language in its name does none
//! of this.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::base::{Digest, EntityId, SourcePath, digest_of, memo_key};
use crate::config::Config;
use crate::content::document::Document;
use crate::content::inherit;
use crate::content::kind::{Identity, Kind};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::LangTag;

use super::parse::{ParsedFile, ParsedKey, Parsing};

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
        let mut entities: FxHashMap<(Kind, EntityId), Entity> = FxHashMap::default();
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

memo_key! {
    /// What the page of a file with a language in its name depends on, beside its path.
    #[derive(Serialize)]
    pub(super) struct TranslationKey {
        /// The languages of the site, if it has several.
        languages: Arc<[LangTag]>,
        /// The language of the site: the names of a player depend on it.
        site_lang: LangTag,
        /// The key of the file.
        own: ParsedKey,
        /// The file that it translates.
        original: Option<OriginalKey>,
    }
}

memo_key! {
    /// The file that another translates.
    #[derive(Serialize)]
    struct OriginalKey {
        path: SourcePath,
        parsed: Option<ParsedKey>,
    }
}

/// The page of a file with a language in its name.
pub(super) struct Translated {
    /// The digest of its key.
    pub(super) digest: Digest,
    pub(super) page: Arc<Document>,
}

impl Parsing {
    /// Makes the pages of files with a language in their names, of those with another key.
    pub(super) fn translate(&mut self, entities: &Entities, config: &Config) {
        let mut before = std::mem::take(&mut self.translated);
        let languages: Vec<LangTag> =
            config.editions().map(|edition| edition.lang.clone()).collect();
        let languages: Arc<[LangTag]> =
            if config.has_languages { languages.into() } else { Arc::default() };
        for entity in &entities.entities {
            let first = |lang: &LangTag| languages.first().is_some_and(|first| first == lang);
            let own = entity.marked.iter().find(|(lang, _)| first(lang)).map(|(_, path)| path);
            let original = entity.plain.first().or(own);
            for (lang, path) in &entity.marked {
                let Some((own, ParsedFile::Page(page))) = self.files.last(path) else { continue };
                let original = original.filter(|original| !first(lang) && *original != path);
                let original = original.map(|path| (path, self.files.last(path)));
                let key = TranslationKey {
                    languages: languages.clone(),
                    site_lang: config.site.lang.clone(),
                    own: own.clone(),
                    original: original.map(|(path, file)| OriginalKey {
                        path: path.clone(),
                        parsed: file.map(|(key, _)| key.clone()),
                    }),
                };
                if let Some(known) = before.take(path, &key) {
                    self.translated.insert(path.clone(), key, known);
                    continue;
                }
                let edition = Some(lang).filter(|lang| !first(lang));
                let page = match original.and_then(|(_, file)| file) {
                    Some((_, ParsedFile::Page(original))) => {
                        inherit::translation(page, edition, Some(original))
                    }
                    // Of a page that cannot be read nothing tells whether it is public.
                    Some(_) => inherit::of_unread(page, edition),
                    None => inherit::translation(page, edition, None),
                };
                let is_misspelt = Identity::of(path).is_some_and(|of| of.diagnostic.is_some());
                let page = match is_misspelt || languages.contains(lang) {
                    true => page,
                    false => with(page, undeclared(path, lang, config)),
                };
                let made = Translated { digest: digest_of(&key), page: Arc::new(page) };
                self.translated.insert(path.clone(), key, made);
            }
        }
    }

    /// The files that translate one.
    pub(super) fn translations_of<'a>(
        &'a self,
        original: &'a SourcePath,
    ) -> impl Iterator<Item = &'a SourcePath> {
        let translates = move |key: &TranslationKey| {
            key.original.as_ref().is_some_and(|of| of.path == *original)
        };
        self.translated.iter().filter(move |(_, key, _)| translates(key)).map(|(path, ..)| path)
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
