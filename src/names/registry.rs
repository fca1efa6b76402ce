//! Every name of every player, and the automaton that finds them all in one pass.

use std::collections::BTreeSet;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::base::{Digest, EntityId, SourcePath, digest_of};
use crate::content::date::Date;
use crate::content::kind::Kind;
use crate::content::model::{Player, PlayerKind};
use crate::content::reference::Target;

use super::around::title_text;
use super::declared::{Declared, InLanguage};
use super::fold::{Folded, accented, is_cjk};
use super::lexicon::Lexicon;
use super::near::{NearIndex, lone_names};
use super::variants::{is_suffix, variants};
use super::vocabulary::Longest;

/// A player, by its place in [`Registry::players`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlayerIx(pub u32);

/// A player with its names.
#[derive(Debug, Clone)]
pub struct RegistryEntry {
    /// The id.
    pub id: EntityId,
    /// The file.
    pub path: SourcePath,
    /// The name.
    pub name: Arc<str>,
    /// What it is.
    pub(super) kind: PlayerKind,
    /// Whether names in prose link to it.
    pub autolink: bool,
    /// Whether it is a person.
    pub(super) is_person: bool,
    /// The date of birth.
    pub(super) born: Option<Date>,
    pub(super) first_post: Option<Date>,
    /// Family and given name as they are compared, in lower case.
    pub(super) family: Option<Box<str>>,
    pub(super) given: Option<Box<str>>,
    /// Names of one word in which a slip would be told, as they are compared and as they are written.
    pub(super) lone: Vec<(Box<str>, Box<str>)>,
    /// Titles as they are compared, in lower case.
    pub(super) titles: Vec<Box<str>>,
    pub(super) posts: Vec<PostHeld>,
    /// Every form and phrase of it, as texts are searched for changes.
    pub(super) phrases: Vec<Box<str>>,
    /// The titles and posts that it is known to hold: those of a player that lists show.
    pub(super) held: BTreeSet<Box<str>>,
    /// The digest of all that matters of it.
    pub(super) digest: Digest,
}

/// A post, as it may stand before a name.
#[derive(Debug, Clone)]
pub(super) struct PostHeld {
    pub(super) title: Box<str>,
    start: Option<Date>,
    end: Option<Date>,
}

/// How a name stands for a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Wherever it stands.
    Strong,
    /// Where the player is established on the page, or after a title.
    Contextual,
}

/// A player that a form may stand for.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) player: PlayerIx,
    pub(super) strength: Strength,
    /// Whether it is a place that stands for a government.
    pub(super) is_place: bool,
    /// The form with its case, folded.
    pub(super) cased: Box<str>,
    /// The form with its diacritics.
    pub(super) accented: Box<str>,
}

/// A text that is looked for.
#[derive(Debug)]
pub(super) struct Form {
    /// Folded, in lower case.
    pub(super) text: Box<str>,
    pub(super) candidates: Vec<Candidate>,
    /// Whether it contains a name that is not meant.
    pub(super) never: bool,
    /// Whether it has a space.
    pub(super) phrase: bool,
    /// How many characters it has, if it is written without spaces around it.
    pub(super) dense: Option<usize>,
}

/// Every name of a site.
#[derive(Debug, Default)]
pub struct Registry {
    /// The players, by id.
    pub players: Vec<RegistryEntry>,
    pub(super) forms: Vec<Form>,
    pub(super) automaton: Option<AhoCorasick>,
    /// A word of each form: a block without them all has none of the forms.
    pub(super) longest: Longest,
    /// Who holds a title, whatever the date; in lower case.
    titles: FxHashMap<Box<str>, Vec<PlayerIx>>,
    /// The names of countries that have one word, and of their people; in lower case.
    nations: FxHashSet<Box<str>>,
    /// Who lists a phrase under `never`, as it is compared.
    never: FxHashMap<Box<str>, Vec<PlayerIx>>,
    ids: FxHashMap<EntityId, PlayerIx>,
    files: FxHashMap<SourcePath, PlayerIx>,
    pub(super) near: NearIndex,
    digest: Digest,
}

impl Registry {
    /// The digest of all that a registry of these players holds.
    pub fn key(players: &[Declared<'_>], of: InLanguage<'_>) -> Digest {
        let entries: Vec<Digest> = players.iter().map(|player| digest(player, of)).collect();
        digest_of(&entries.iter().map(|digest| digest.to_bytes()).collect::<Vec<_>>())
    }

    /// Gathers the names of public players, as texts in a language write them.
    ///
    /// # Panics
    /// If the automaton would have more states than memory can hold.
    pub fn new(mut players: Vec<Declared<'_>>, of: InLanguage<'_>) -> Self {
        let key = Self::key(&players, of);
        players.sort_by_key(|player| player.id);
        let mut registry = Self { digest: key, ..Self::default() };
        let mut forms: FxHashMap<Box<str>, usize> = FxHashMap::default();
        for (at, declared) in players.iter().enumerate() {
            let ix = PlayerIx(at as u32);
            registry.ids.insert(declared.id.clone(), ix);
            registry.files.insert(declared.path.clone(), ix);
            let entry = registry.enter(ix, declared, of, &mut forms);
            registry.players.push(entry);
        }
        for form in &mut registry.forms {
            // A player may have the same form twice: as an alias and as a family name. The strong one counts.
            form.candidates.sort_by(|a, b| {
                (a.player, a.strength, &a.accented).cmp(&(b.player, b.strength, &b.accented))
            });
        }
        registry.near = NearIndex::new(&registry);
        registry.longest = Longest::new(registry.forms.iter().map(|form| &*form.text));
        if !registry.forms.is_empty() {
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(registry.forms.iter().map(|form| &*form.text))
                .expect("names of players fit into an automaton");
            registry.automaton = Some(automaton);
        }
        registry
    }

    /// The digest of all that it holds.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// A player.
    pub fn player(&self, player: PlayerIx) -> &RegistryEntry {
        &self.players[player.0 as usize]
    }

    /// The player with an id.
    pub fn by_id(&self, id: &str) -> Option<PlayerIx> {
        self.ids.get(id).copied()
    }

    /// The player that a link leads to.
    pub fn player_of(&self, target: &Target) -> Option<PlayerIx> {
        match target {
            Target::Id(id) => self.by_id(id),
            Target::Typed(Kind::Player, id) => self.by_id(id),
            Target::Typed(..) => None,
            Target::File(path) => self.files.get(path).copied(),
        }
    }

    /// Every name, as it is declared or may be written; a name of several players is shown for each.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().flat_map(|form| &form.candidates).map(|found| &*found.accented)
    }

    /// Who holds a title or a post of this name, whatever the date.
    pub(super) fn holders(&self, title: &str) -> &[PlayerIx] {
        self.titles.get(title).map_or(&[], Vec::as_slice)
    }

    /// Whether a word in lower case is a country, or the adjective of its people.
    pub(super) fn is_nation(&self, lower: &str) -> bool {
        self.nations.contains(lower)
    }

    /// Who lists a phrase under `never`; the first of them if they are many.
    pub(super) fn listing(&self, phrase: &str) -> &[PlayerIx] {
        self.never.get(phrase).map_or(&[], |players| &players[..players.len().min(64)])
    }

    fn enter(
        &mut self,
        ix: PlayerIx,
        declared: &Declared<'_>,
        of: InLanguage<'_>,
        forms: &mut FxHashMap<Box<str>, usize>,
    ) -> RegistryEntry {
        let player = declared.player;
        let (name, _) = declared.name_in(of);
        let names = Names::of(declared, of);
        let mut phrases = BTreeSet::new();
        if declared.listed {
            let strong = names.strong.iter().map(|name| (name, Strength::Strong));
            let contextual = names.contextual.iter().map(|name| (name, Strength::Contextual));
            let named = strong.chain(contextual).map(|(name, strength)| (name, strength, false));
            let places = names.metonyms.iter().map(|name| (name, Strength::Contextual, true));
            for (name, strength, is_place) in named.chain(places) {
                for name in [Some(name.clone()), with_li(name)].into_iter().flatten() {
                    let folded = Folded::of(&name);
                    let Some(form) = self.form(&folded, forms) else { continue };
                    phrases.insert(form.text.clone());
                    form.candidates.push(Candidate {
                        player: ix,
                        strength,
                        is_place,
                        cased: folded.cased().trim().into(),
                        accented: accented(name.trim()).into(),
                    });
                }
            }
            for phrase in &player.never {
                let Some(form) = self.form(&Folded::of(phrase), forms) else { continue };
                form.never = true;
                phrases.insert(form.text.clone());
            }
        }
        if declared.listed && player.kind == PlayerKind::Country {
            let names = names.strong.iter().map(String::as_str);
            for name in names.chain(player.demonym.as_deref()) {
                let lower: Box<str> = Folded::of(name).lower().trim().into();
                phrases.insert(lower.clone());
                self.nations.extend(lower.rsplit(' ').next().map(Box::from));
            }
        }
        let lower = |text: &Arc<str>| Box::<str>::from(title_text(Folded::of(text).lower()));
        let titles: Vec<Box<str>> = player.titles.iter().map(lower).collect();
        let posts: Vec<PostHeld> = player
            .posts
            .iter()
            .map(|post| PostHeld { title: lower(&post.title), start: post.start, end: post.end })
            .collect();
        for phrase in &player.never {
            let phrase = Folded::of(phrase).lower().trim().into();
            let listing = self.never.entry(phrase).or_default();
            if listing.last() != Some(&ix) {
                listing.push(ix);
            }
        }
        let mut held = BTreeSet::new();
        for title in titles.iter().chain(posts.iter().map(|post| &post.title)) {
            if declared.listed && !title.is_empty() {
                let holders = self.titles.entry(title.clone()).or_default();
                if holders.last() != Some(&ix) {
                    holders.push(ix);
                }
                held.insert(title.clone());
            }
        }
        RegistryEntry {
            id: declared.id.clone(),
            path: declared.path.clone(),
            name: name.clone(),
            kind: player.kind,
            autolink: player.autolink,
            is_person: player.kind == PlayerKind::Person,
            born: player.born,
            first_post: player.first_post(),
            family: names.family.as_deref().map(|name| Folded::of(name).lower().trim().into()),
            given: names.given.as_deref().map(|name| Folded::of(name).lower().trim().into()),
            lone: lone_names(name, names.family.as_deref()),
            titles,
            posts,
            phrases: phrases.into_iter().collect(),
            held,
            digest: digest(declared, of),
        }
    }

    fn form(
        &mut self,
        folded: &Folded,
        forms: &mut FxHashMap<Box<str>, usize>,
    ) -> Option<&mut Form> {
        let text = folded.lower().trim();
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        let at = *forms.entry(text.into()).or_insert_with(|| {
            self.forms.push(Form {
                text: text.into(),
                candidates: Vec::new(),
                never: false,
                phrase: text.contains(' '),
                dense: text.contains(is_cjk).then(|| text.chars().count()),
            });
            self.forms.len() - 1
        });
        Some(&mut self.forms[at])
    }
}

impl RegistryEntry {
    /// Whether a title may stand before the name on a date: a title, or a post that was held then.
    pub(super) fn holds(&self, title: &str, date: Option<Date>) -> bool {
        self.held_on(date).any(|own| *own == *title)
    }

    /// The same for the readings of a title. Its holder may have it by a longer one: `Secretary` by `Secretary of State`.
    pub(super) fn holds_any(
        &self,
        titles: &[String],
        date: Option<Date>,
        lexicon: &Lexicon,
    ) -> bool {
        let is_of = |own: &str| titles.iter().any(|title| is_short_for(title, own, lexicon));
        self.held_on(date).any(is_of)
    }

    /// Whether it has posts.
    pub(super) fn has_posts(&self) -> bool {
        !self.posts.is_empty()
    }

    /// Whether it holds a post on a date; any, if there is no date.
    pub(super) fn is_in_post(&self, date: Option<Date>) -> bool {
        self.posts_on(date).next().is_some()
    }

    /// Whether a text begins with a title that may stand behind the name on a date.
    pub(super) fn holds_one_of(&self, text: &str, date: Option<Date>) -> bool {
        self.held_on(date).any(|own| !own.is_empty() && text.starts_with(own))
    }

    /// The titles, and the posts that were held on a date.
    fn held_on(&self, date: Option<Date>) -> impl Iterator<Item = &str> {
        let posts = self.posts_on(date).map(|post| &*post.title);
        self.titles.iter().map(|title| &**title).chain(posts)
    }

    fn posts_on(&self, date: Option<Date>) -> impl Iterator<Item = &PostHeld> {
        let held =
            move |post: &&PostHeld| date.is_none_or(|date| date.is_within(post.start, post.end));
        self.posts.iter().filter(held)
    }
}

/// Whether a title stands before a name for a longer one: `Secretary` for `Secretary of State`, `Senator` for `United
/// States Senator`, but not `President` for `Vice President`.
fn is_short_for(title: &str, own: &str, lexicon: &Lexicon) -> bool {
    if title == own {
        return true;
    }
    let head =
        match lexicon.joins().chain([" for ", " from "]).filter_map(|join| own.find(join)).min() {
            Some(at) => &own[..at],
            None => own,
        };
    let rest = head.strip_suffix(title).filter(|_| !title.is_empty());
    rest.is_some_and(|rest| match rest.strip_suffix(' ') {
        Some(before) => !before.split(' ').any(|word| lexicon.is_lesser(word)),
        None => rest.is_empty(),
    })
}

/// The names of one player, as they are written.
pub(super) struct Names {
    pub(super) strong: Vec<String>,
    pub(super) contextual: Vec<String>,
    pub(super) metonyms: Vec<String>,
    pub(super) family: Option<String>,
    pub(super) given: Option<String>,
}

impl Names {
    pub(super) fn of(declared: &Declared<'_>, of: InLanguage<'_>) -> Self {
        let player = declared.player;
        let name = declared.name_in(of).0.trim();
        let declared_parts = (declared.family_in(of), declared.given_in(of));
        let (family, given) = parts(name, player, declared_parts);
        let mut strong = vec![name.to_owned()];
        let mut contextual = Vec::new();
        for (alias, ..) in declared.aliases_in(of) {
            let list = if alias.contextual { &mut contextual } else { &mut strong };
            list.push(alias.text.to_string());
        }
        let abbr = declared.abbr_in(of).map(|(abbr, _)| abbr);
        strong.extend(abbr.into_iter().chain(&player.native_name).map(ToString::to_string));
        if player.family_first {
            strong.extend(reversed(name, family.as_deref(), given.as_deref()));
        }
        if player.kind == PlayerKind::Person {
            let written: Vec<String> = strong.iter().flat_map(|name| variants(name)).collect();
            strong.extend(written);
            contextual.extend(family.clone());
        }
        let metonyms = player.metonyms.iter().map(ToString::to_string).collect();
        Self { strong, contextual, metonyms, family, given }
    }
}

/// The family and given name of a person: as declared, otherwise the last word of a name that is written given name
/// first, with the small words before it (von der Leyen).
fn parts(
    name: &str,
    player: &Player,
    (family, given): (Option<&Arc<str>>, Option<&Arc<str>>),
) -> (Option<String>, Option<String>) {
    let declared = |part: Option<&Arc<str>>| part.map(|part| part.trim().to_owned());
    let (family, given) = (declared(family), declared(given));
    if player.kind != PlayerKind::Person || name.contains(is_cjk) {
        return (family, given);
    }
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !is_suffix(word))
        .map(|word| word.trim_end_matches(','))
        .collect();
    let rest = |part: &str| {
        let left = name.strip_prefix(part).or_else(|| name.strip_suffix(part))?.trim();
        (!left.is_empty() && left.len() < name.len()).then(|| left.to_owned())
    };
    match (family, given) {
        (Some(family), None) => {
            let given = rest(&family);
            (Some(family), given)
        }
        (None, Some(given)) => (rest(&given), Some(given)),
        (None, None) if words.len() >= 2 && !player.family_first => {
            let small = |word: &&&str| word.starts_with(char::is_lowercase);
            let last = words.len() - 1;
            let particles = words[1..last].iter().rev().take_while(small).count();
            let (given, family) = words.split_at(last - particles);
            (Some(family.join(" ")), Some(given.join(" ")))
        }
        known => known,
    }
}

/// An Arabic name behind `ل`, before which the article loses its alif: `لليابان` for `اليابان`.
fn with_li(name: &str) -> Option<String> {
    name.trim().strip_prefix("ال").map(|rest| format!("لل{rest}"))
}

/// The name in the other order.
fn reversed(name: &str, family: Option<&str>, given: Option<&str>) -> Vec<String> {
    if let (Some(family), Some(given)) = (family, given) {
        return vec![format!("{family} {given}"), format!("{given} {family}")];
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [first, second] => vec![format!("{second} {first}")],
        _ => Vec::new(),
    }
}

/// The digest of all of a player that matters here.
fn digest(declared: &Declared<'_>, of: InLanguage<'_>) -> Digest {
    #[derive(Serialize)]
    struct Matters<'a> {
        names: (&'a str, &'a str, &'a str, bool),
        aliases: Vec<(&'a str, bool)>,
        never: &'a [Arc<str>],
        parts: [Option<&'a Arc<str>>; 5],
        metonyms: &'a [Arc<str>],
        titles: &'a [Arc<str>],
        posts: Vec<(&'a str, Option<Date>, Option<Date>)>,
        born: Option<Date>,
        flags: (bool, bool, PlayerKind),
        files: Vec<&'a str>,
    }
    let translated = declared.translated.iter().filter(|(_, names)| names.is_for(of.lang));
    let player = declared.player;
    digest_of(&Matters {
        names: (declared.id, declared.path.as_str(), declared.name_in(of).0, declared.listed),
        aliases: declared.aliases_in(of).map(|(it, ..)| (&*it.text, it.contextual)).collect(),
        never: &player.never,
        parts: [
            declared.family_in(of),
            declared.given_in(of),
            player.native_name.as_ref(),
            declared.abbr_in(of).map(|(abbr, _)| abbr),
            player.demonym.as_ref(),
        ],
        metonyms: &player.metonyms,
        titles: &player.titles,
        posts: player.posts.iter().map(|post| (&*post.title, post.start, post.end)).collect(),
        born: player.born,
        flags: (player.autolink, player.family_first, player.kind),
        files: translated.map(|(path, _)| path.as_str()).collect(),
    })
}
