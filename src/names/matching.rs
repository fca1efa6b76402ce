//! What the names of a text are matched with, by its language.

use std::sync::Arc;

use crate::content::document::Document;

use super::lexicon::Lexicon;
use super::registry::Registry;

/// The names that a text may hold, and the words of its language.
#[derive(Debug, Clone, Copy)]
pub struct Matching<'a> {
    /// Every name, as texts of the language write it.
    pub registry: &'a Registry,
    /// The words of the language.
    pub lexicon: &'a Lexicon,
}

impl<'a> Matching<'a> {
    /// What the names of an English text are matched with.
    pub fn english(registry: &'a Registry) -> Self {
        Self { registry, lexicon: Lexicon::english() }
    }
}

/// What the names of a site are matched with in each of its languages.
#[derive(Debug, Clone)]
pub struct Naming {
    registry: Arc<Registry>,
    /// The language of pages that name none.
    site: Arc<str>,
}

impl Default for Naming {
    fn default() -> Self {
        Self { registry: Arc::default(), site: "en".into() }
    }
}

impl Naming {
    /// The names of a site with a language.
    pub fn new(registry: Arc<Registry>, site: &str) -> Self {
        Self { registry, site: site.into() }
    }

    /// The names in the language of the site.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// What the texts of a page are matched with: names and words of the language that it names, or of the site's.
    pub fn of(&self, page: &Document) -> Matching<'_> {
        self.of_language(page.summary.lang.as_ref().map_or(&self.site, |lang| lang.as_str()))
    }

    /// What texts in the language of the site are matched with.
    pub fn of_site(&self) -> Matching<'_> {
        self.of_language(&self.site)
    }

    fn of_language(&self, lang: &str) -> Matching<'_> {
        let lexicon = Lexicon::of(lang);
        Matching { registry: &self.registry, lexicon }
    }
}
