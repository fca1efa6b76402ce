//! A set of templates that loaded without an error.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use tera::Tera;

use super::load;
use super::texts::TemplateTexts;
use super::translate::register;
use crate::base::{Digest, Hasher, SourcePath};
use crate::diag::Diagnostic;
use crate::lang::{LangTag, Languages};

/// The theme and a site's templates, parsed, checked and ready to render from any thread.
pub struct TemplateSet {
    pub(super) texts: TemplateTexts,
    digest: Digest,
    words: Arc<Languages>,
    parsed: Tera,
    /// One copy of `parsed` for each language, made when its first page is rendered: they differ in `t` and `around` alone.
    languages: RwLock<BTreeMap<Box<str>, Arc<Tera>>>,
}

/// What loading gave: a set, or the reasons why there is none.
pub struct LoadedTemplates {
    /// The set; none when any template has an error.
    pub set: Option<TemplateSet>,
    /// Every problem of every template.
    pub diagnostics: Vec<Diagnostic>,
}

impl TemplateSet {
    /// Puts a site's templates over the embedded ones and checks all of them, used or not.
    ///
    /// `overrides` are the site's files below `templates/` (others than `.html` and `.svg` are passed over), with `\n` line
    /// ends and without a byte-order mark; one with the path of an embedded template replaces it. `languages_digest`
    /// is the digest of everything that `words` were read from.
    pub fn load(
        overrides: &[(SourcePath, Arc<str>)],
        words: Arc<Languages>,
        languages_digest: Digest,
    ) -> LoadedTemplates {
        let texts = TemplateTexts::new(overrides);
        // Tera checks the names of functions while it loads, so `t` has to be there first.
        let mut parsed = Tera::new();
        parsed.autoescape_on([".html", ".svg"]);
        register(&mut parsed, words.language(&LangTag::english()));
        let bare = parsed.clone();
        if let Err(error) = parsed.add_raw_templates(texts.iter()) {
            let diagnostics = load::problems(&texts, &bare, &error);
            return LoadedTemplates { set: None, diagnostics };
        }
        let digest = Hasher::new()
            .part(&texts.digest().to_bytes())
            .part(&languages_digest.to_bytes())
            .finish();
        let languages = RwLock::default();
        let set = Self { texts, digest, words, parsed, languages };
        LoadedTemplates { set: Some(set), diagnostics: Vec::new() }
    }

    /// The digest of every template's name and text and of the interface text: what every page depends on
    /// besides its view.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The text of a template (`templates/article.html`), the site's or the theme's, for excerpts.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.texts.get(path.as_str().strip_prefix("templates/")?)
    }

    /// The engine for pages of one language; of English for a view that names none.
    pub(super) fn engine(&self, lang: Option<&str>) -> Arc<Tera> {
        let lang = lang.unwrap_or_default();
        let known = self.languages.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = known.get(lang) {
            return engine.clone();
        }
        drop(known);
        let mut engine = self.parsed.clone();
        let tag = LangTag::parse(lang).unwrap_or_else(LangTag::english);
        register(&mut engine, self.words.language(&tag));
        let mut known = self.languages.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(lang.into()).or_insert_with(|| Arc::new(engine)).clone()
    }
}
