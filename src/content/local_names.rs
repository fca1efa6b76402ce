//! The names of a player in the texts of one language.
//!
//! A field that is a mapping by language (`name: {en: Japan, ja: 日本}`) has an entry for each. Which of them a page shows
//! as its title depends on the language of the site, which no file of content knows: the engine calls [`apply`] with it.

use std::sync::Arc;

use serde::Serialize;

use crate::lang::LangTag;

use super::document::{Details, Summary};
use super::model::Alias;

/// The names of a player in the texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocalNames {
    /// The language.
    pub lang: LangTag,
    /// The name.
    pub name: Option<Arc<str>>,
    /// The family name.
    pub family_name: Option<Arc<str>>,
    /// The given name.
    pub given_name: Option<Arc<str>>,
    /// The abbreviation.
    pub abbr: Option<Arc<str>>,
    /// Other names, beside those that hold in every language.
    pub aliases: Vec<Alias>,
}

impl LocalNames {
    /// No names in a language.
    pub fn new(lang: LangTag) -> Self {
        Self {
            lang,
            name: None,
            family_name: None,
            given_name: None,
            abbr: None,
            aliases: Vec::new(),
        }
    }

    /// Whether texts in a language, by its tag, use these names: those of `fr` stand in `fr-CA` too.
    pub fn is_for(&self, lang: &str) -> bool {
        is_for(&self.lang, lang)
    }
}

/// Whether names in a language hold for texts in another, by their tags: `fr` for `fr-CA`.
pub fn is_for(names: &LangTag, text: &str) -> bool {
    let rest = text.strip_prefix(names.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Of some names the one for texts in a language, with its own language: that of `fr-CA` before that of `fr`.
pub fn nearest<'a>(
    all: impl Iterator<Item = &'a LocalNames>,
    lang: &str,
    field: impl Fn(&'a LocalNames) -> Option<&'a Arc<str>>,
) -> Option<(&'a LangTag, &'a Arc<str>)> {
    let of = all.filter(|names| names.is_for(lang));
    of.filter_map(|names| Some((&names.lang, field(names)?)))
        .max_by_key(|(tag, _)| tag.as_str().len())
}

/// Gives a player the names that it has in the language of the site.
pub fn apply(summary: &mut Summary, site: &str) {
    let Details::Player(player) = &mut summary.details else { return };
    let of = |field: fn(&LocalNames) -> Option<&Arc<str>>| {
        nearest(player.local.iter(), site, field).map(|(_, name)| name.clone())
    };
    let name = of(|names| names.name.as_ref());
    let family = of(|names| names.family_name.as_ref());
    let given = of(|names| names.given_name.as_ref());
    let abbr = of(|names| names.abbr.as_ref());
    if let Some(name) = name {
        summary.title = name;
    }
    player.family_name = family.or(player.family_name.take());
    player.given_name = given.or(player.given_name.take());
    player.abbr = abbr.or(player.abbr.take());
}
