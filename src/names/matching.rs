//! What the names of a text are matched with, by its language.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::content::document::Document;

use super::declared::{Declared, InLanguage};
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
    /// The language of pages that name none.
    site: Arc<str>,
    registry: Arc<Registry>,
    /// The names in the languages in which a player has names of its own, by the tag. Where they are those of the site's
    /// language the registry is the same.
    others: Vec<Local>,
    /// Words that the site adds, and the words of those languages with them.
    added: Vec<Added>,
    lexicons: Vec<(Box<str>, Arc<Lexicon>)>,
}

/// Words that a site adds to those of a language, by its tag: each with its section.
pub type Added = (Box<str>, Vec<(&'static str, Arc<str>)>);

/// The names in a language, by its tag.
type Local = (Box<str>, Arc<Registry>);

impl Default for Naming {
    fn default() -> Self {
        Self {
            site: "en".into(),
            registry: Arc::default(),
            others: Vec::new(),
            added: Vec::new(),
            lexicons: Vec::new(),
        }
    }
}

impl Naming {
    /// The names of public players on a site in a language, with `words` that it adds to those of languages. What an
    /// earlier naming has is not gathered again.
    pub fn new(players: Vec<Declared<'_>>, site: &str, words: Vec<Added>, before: &Self) -> Self {
        let mut known: Vec<Arc<Registry>> = vec![before.registry.clone()];
        known.extend(before.others.iter().map(|(_, registry)| registry.clone()));
        let mut gathered = |of: InLanguage<'_>| {
            let key = Registry::key(&players, of);
            let kept = known.iter().find(|registry| registry.digest() == key).cloned();
            kept.unwrap_or_else(|| {
                known.push(Arc::new(Registry::new(players.clone(), of)));
                known[known.len() - 1].clone()
            })
        };
        let registry = gathered(InLanguage::of_site(site));
        let languages: BTreeSet<&str> = players.iter().flat_map(Declared::languages).collect();
        let other = |lang: &str| (lang.into(), gathered(InLanguage { lang, site }));
        let others = languages.into_iter().map(other).collect();
        let (added, lexicons) = match words == before.added {
            true => (before.added.clone(), before.lexicons.clone()),
            false => (words.clone(), lexicons(words, before)),
        };
        Self { site: site.into(), registry, others, added, lexicons }
    }

    /// Whether it has the names and words of another.
    pub fn is_as(&self, other: &Self) -> bool {
        let same = |(a, b): (&Local, &Local)| a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1);
        self.site == other.site
            && self.added == other.added
            && Arc::ptr_eq(&self.registry, &other.registry)
            && self.others.len() == other.others.len()
            && self.others.iter().zip(&other.others).all(same)
    }

    /// The names in the language of the site.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The language of the site.
    pub fn site(&self) -> InLanguage<'_> {
        InLanguage::of_site(&self.site)
    }

    /// The other languages in which players have names of their own.
    pub fn others(&self) -> impl Iterator<Item = InLanguage<'_>> {
        let others = self.others.iter().filter(|(lang, _)| **lang != *self.site);
        others.map(|(lang, _)| InLanguage { lang, site: &self.site })
    }

    /// What the texts of a page are matched with: names and words of the language that it names, or of the site's.
    pub fn of(&self, page: &Document) -> Matching<'_> {
        self.of_language(language(page).unwrap_or(&self.site))
    }

    /// What texts in a language are matched with.
    pub fn of_language(&self, lang: &str) -> Matching<'_> {
        let mut others = self.others.iter();
        let other = || others.rfind(|(own, _)| is_for(own, lang)).map(|(_, registry)| registry);
        let registry = (*lang != *self.site).then(other).flatten().unwrap_or(&self.registry);
        let mut lexicons = self.lexicons.iter();
        let lexicon = lexicons.rfind(|(own, _)| is_for(own, lang));
        let lexicon = lexicon.map_or_else(|| Lexicon::of(lang), |(_, lexicon)| lexicon);
        Matching { registry, lexicon }
    }
}

/// The tag of the language that a page names, or its file.
pub fn language(page: &Document) -> Option<&str> {
    let summary = &page.summary;
    summary.lang.as_ref().or(summary.edition.as_ref()).map(|lang| lang.as_str())
}

/// The words of each language to which a site adds some, those of a language before those of its regions. Where an
/// earlier naming has the same they are one value, by which it is seen that they are.
fn lexicons(mut words: Vec<Added>, before: &Naming) -> Vec<(Box<str>, Arc<Lexicon>)> {
    words.sort();
    let kept = |lang: &str| {
        let of = |added: &[Added]| -> Vec<Added> {
            let mut of: Vec<Added> =
                added.iter().filter(|(own, _)| is_for(own, lang)).cloned().collect();
            of.sort();
            of
        };
        let kept = before.lexicons.iter().find(|(own, _)| **own == *lang);
        kept.filter(|_| of(&before.added) == of(&words)).map(|(_, lexicon)| lexicon.clone())
    };
    let mut lexicons: Vec<(Box<str>, Arc<Lexicon>)> = Vec::new();
    for (lang, words) in &words {
        if let Some(lexicon) = kept(lang) {
            lexicons.push((lang.clone(), lexicon));
            continue;
        }
        let wider = lexicons.iter().rfind(|(wider, _)| is_for(wider, lang));
        let wider = wider.map_or_else(|| Lexicon::of(lang), |(_, lexicon)| lexicon);
        let lexicon = wider.with(words.iter().map(|(section, word)| (*section, &**word)));
        lexicons.push((lang.clone(), Arc::new(lexicon)));
    }
    lexicons
}

/// Whether what is said of a language holds for another, by their tags: `fr` for `fr-CA`.
fn is_for(said: &str, text: &str) -> bool {
    text.strip_prefix(said).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
