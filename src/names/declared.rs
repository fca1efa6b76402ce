//! What players are called in texts of one language, as their files declare it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{EntityId, SourcePath};
use crate::content::local_names::{LocalNames, is_for, nearest};
use crate::content::model::{Alias, Player};

/// A public player, as its file declares it.
#[derive(Debug, Clone)]
pub struct Declared<'a> {
    /// The id.
    pub id: &'a EntityId,
    /// The file.
    pub path: &'a SourcePath,
    /// The name.
    pub name: &'a Arc<str>,
    /// Its fields.
    pub player: &'a Player,
    /// Whether it has a page in the site's first language.
    pub is_first: bool,
    /// Whether lists show it. One that was withdrawn is reached by links that authors make, and by no others.
    pub listed: bool,
    /// What other files call it, each in a language.
    pub translated: Vec<(&'a SourcePath, &'a LocalNames)>,
}

/// The language of some texts.
#[derive(Debug, Clone, Copy)]
pub struct InLanguage<'a> {
    /// Its tag.
    pub lang: &'a str,
    /// The tag of the site's language: names in it stand in for those that a player lacks.
    pub site: &'a str,
}

impl<'a> InLanguage<'a> {
    /// The language of a site.
    pub fn of_site(lang: &'a str) -> Self {
        Self { lang, site: lang }
    }
}

/// Adds names in languages to players, by their ids, from the files that say them.
pub fn translate<'a>(
    players: &mut [Declared<'a>],
    names: impl IntoIterator<Item = (&'a str, &'a SourcePath, &'a LocalNames)>,
) {
    let mut by_id: BTreeMap<&str, Vec<(&'a SourcePath, &'a LocalNames)>> = BTreeMap::new();
    for (id, path, names) in names {
        by_id.entry(id).or_default().push((path, names));
    }
    if by_id.is_empty() {
        return;
    }
    for player in players {
        player.translated.extend(by_id.remove(&**player.id).into_iter().flatten());
    }
}

impl<'a> Declared<'a> {
    /// The languages in which it has names of its own, by their tags.
    pub(super) fn languages(&self) -> impl Iterator<Item = &'a str> {
        let aliases = self.player.aliases.iter().filter_map(|alias| alias.lang.as_ref());
        let local = self.local().map(|names| &names.lang);
        local.chain(aliases).map(|lang| lang.as_str())
    }

    /// The name in a language, and the language of the entry that says so.
    pub fn name_in(&self, of: InLanguage<'_>) -> (&'a Arc<str>, Option<&'a str>) {
        let found = nearest(self.local(), of.lang, |names| names.name.as_ref());
        found.map_or((self.name, None), |(lang, name)| (name, Some(lang.as_str())))
    }

    /// The other file that says the name, or another field, in a language.
    pub fn file_of(&self, lang: &str, says: fn(&LocalNames) -> bool) -> Option<&'a SourcePath> {
        let says = |(_, names): &&(_, &LocalNames)| names.lang.as_str() == lang && says(names);
        self.translated.iter().rfind(says).map(|(path, _)| *path)
    }

    /// The other names in a language, each with its file and its place in the `aliases` there.
    pub fn aliases_in(
        &self,
        of: InLanguage<'_>,
    ) -> impl Iterator<Item = (&'a Alias, &'a SourcePath, usize)> {
        // Who has no names in a language is called what the site's language calls them.
        let has_own = self
            .player
            .aliases
            .iter()
            .any(|alias| alias.lang.as_ref().is_some_and(|lang| is_for(lang, of.lang)))
            || self.local().any(|names| names.is_for(of.lang));
        let lang = (if has_own { of.lang } else { of.site }).to_owned();
        let text = lang.clone();
        let holds = move |alias: &Alias| alias.lang.as_ref().is_none_or(|of| is_for(of, &lang));
        let own = self.player.aliases.iter().enumerate();
        let path = self.path;
        let own = own.filter(move |(_, alias)| holds(alias));
        let own = own.map(move |(at, alias)| (alias, path, at));
        let translated = self.translated.clone().into_iter();
        let translated = translated.filter(move |(_, names)| names.is_for(&text));
        own.chain(translated.flat_map(|(path, names)| {
            names.aliases.iter().enumerate().map(move |(at, alias)| (alias, path, at))
        }))
    }

    /// The family name in a language.
    pub(super) fn family_in(&self, of: InLanguage<'_>) -> Option<&'a Arc<str>> {
        let found = nearest(self.local(), of.lang, |names| names.family_name.as_ref());
        found.map(|(_, name)| name).or(self.player.family_name.as_ref())
    }

    /// The given name in a language.
    pub(super) fn given_in(&self, of: InLanguage<'_>) -> Option<&'a Arc<str>> {
        let found = nearest(self.local(), of.lang, |names| names.given_name.as_ref());
        found.map(|(_, name)| name).or(self.player.given_name.as_ref())
    }

    /// The abbreviation in a language, and the language of the entry that says so.
    pub fn abbr_in(&self, of: InLanguage<'_>) -> Option<(&'a Arc<str>, Option<&'a str>)> {
        let found = nearest(self.local(), of.lang, |names| names.abbr.as_ref());
        let found = found.map(|(lang, abbr)| (abbr, Some(lang.as_str())));
        found.or(self.player.abbr.as_ref().map(|abbr| (abbr, None)))
    }

    fn local(&self) -> impl Iterator<Item = &'a LocalNames> {
        let translated: Vec<_> = self.translated.iter().map(|(_, names)| *names).collect();
        self.player.local.iter().chain(translated)
    }
}
