//! The names that words may be almost: an index by each of their words, and by all of them but one.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::content::model::PlayerKind;

use super::fold::Folded;
use super::lexicon::is_small;
use super::registry::{Form, PlayerIx, Registry, Strength};
use super::slips::Slips;
use super::tokens::{Token, tokens};
use super::vocabulary::Filter;

/// The most words of a name that is looked for with a slip.
pub(super) const LONGEST: usize = 8;

/// The names of several words, by their words.
#[derive(Debug, Default)]
pub(super) struct NearIndex {
    pub(super) names: Vec<NearName>,
    /// Where a word stands in names: how many words they have, and its place; each once.
    pub(super) by_word: FxHashMap<Box<str>, Vec<(u8, u8)>>,
    /// The same words, asked first: most words of a text stand in no name.
    pub(super) words: Filter,
    /// Names without one of their words: which one that is stands in the key.
    pub(super) by_rest: FxHashMap<u64, Vec<OmittedWord>>,
    /// Of names that many share but for one word, that word without some of its letters.
    pub(super) slips: Slips,
    /// Names by their words in alphabetical order.
    pub(super) by_set: FxHashMap<Box<str>, Vec<u32>>,
    /// Every form, as its words with one space between them.
    pub(super) known: FxHashSet<Box<str>>,
    /// Every word of a form: what may be part of another name.
    pub(super) words_of_names: FxHashSet<Box<str>>,
    /// The same of names of people alone.
    pub(super) words_of_people: FxHashSet<Box<str>>,
    /// Abbreviations by their letters in lower case, each with a player and as it is written.
    pub(super) abbreviations: FxHashMap<Box<str>, (PlayerIx, Box<str>)>,
    /// The names of players, each with the player, in that order.
    pub(super) by_player: Vec<(PlayerIx, u32)>,
    /// People by their family name.
    pub(super) families: FxHashMap<Box<str>, Vec<PlayerIx>>,
    /// The same with one given name.
    pub(super) namesakes: FxHashMap<(Box<str>, Box<str>), Vec<PlayerIx>>,
}

#[derive(Debug)]
pub(super) struct NearName {
    pub(super) words: Vec<Box<str>>,
    /// A bit for each of them that a full stop follows inside the name.
    stops: u8,
    pub(super) written: Box<str>,
    pub(super) player: PlayerIx,
    /// What its player is; none if that is not known.
    pub(super) kind: Option<PlayerKind>,
}

impl NearName {
    /// Whether a full stop follows a word of it.
    pub(super) fn has_stop(&self, word: &str) -> bool {
        let stops = |at: usize| self.stops & (1 << at) != 0;
        self.words.iter().enumerate().any(|(at, own)| **own == *word && stops(at))
    }
}

/// The word that a name is found without: enough of it to pass over most of those that are no slips of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OmittedWord {
    pub(super) name: u32,
    length: u8,
    first: u8,
    last: u8,
}

impl OmittedWord {
    pub(super) fn of(name: u32, word: &str) -> Self {
        let bytes = word.as_bytes();
        let (first, last) = (bytes.first(), bytes.last());
        let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
        let [first, last] = [first, last].map(|byte| byte.copied().unwrap_or_default());
        Self { name, length, first, last }
    }

    /// Whether one word may be a slip of the other: about as long, and not wrong at both ends at once.
    pub(super) fn may_be(self, other: Self) -> bool {
        self.length.abs_diff(other.length) <= 4
            && (self.first == other.first || self.last == other.last)
    }
}

/// The key of some words without one of them.
pub(super) fn rest<'w>(words: impl ExactSizeIterator<Item = &'w str>, odd: usize) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_usize(words.len());
    hasher.write_usize(odd);
    for (at, word) in words.enumerate() {
        if at != odd {
            word.hash(&mut hasher);
        }
    }
    hasher.finish()
}

impl NearIndex {
    pub(super) fn new(registry: &Registry) -> Self {
        let mut index = Self::default();
        for form in &registry.forms {
            let folded = Folded::of(&form.text);
            let tokens = tokens(&folded);
            let words: Vec<Box<str>> = tokens.iter().map(|token| token.word.into()).collect();
            index.known.insert(words.join(" ").into());
            index.enter_words(registry, form, &words);
            index.enter_abbreviation(form);
            if form.dense.is_some() || !(2..=LONGEST).contains(&words.len()) {
                continue;
            }
            let strong = form.candidates.iter().find(|found| found.strength == Strength::Strong);
            if let Some(candidate) = strong {
                let kind = registry.player(candidate.player).kind;
                index.add(&tokens, candidate.accented.clone(), candidate.player, Some(kind));
            }
        }
        for (at, entry) in registry.players.iter().enumerate() {
            if let Some(family) = &entry.family {
                let player = PlayerIx(at as u32);
                index.families.entry(family.clone()).or_default().push(player);
                if let Some(given) = &entry.given {
                    let both = (family.clone(), given.clone());
                    index.namesakes.entry(both).or_default().push(player);
                }
            }
        }
        index.finish();
        index
    }

    fn finish(&mut self) {
        self.by_player.sort_unstable();
        self.words = Filter::new(self.by_word.keys().map(|word| &**word));
        let shared = self.by_rest.values().any(|names| names.len() > Slips::FROM);
        if !shared {
            return;
        }
        let odd = |key: u64, name: &NearName| {
            let words = name.words.iter().map(|word| &**word);
            (0..name.words.len()).find(|odd| rest(words.clone(), *odd) == key)
        };
        let many = self.by_rest.iter().filter(|(_, names)| names.len() > Slips::FROM);
        let mut slips = Slips::default();
        for (key, names) in many {
            for near in names {
                let name = &self.names[near.name as usize];
                if let Some(odd) = odd(*key, name) {
                    slips.add(*key, &name.words[odd], *near);
                }
            }
        }
        slips.finish();
        self.slips = slips;
    }

    /// Notes a form that is an abbreviation of one player.
    fn enter_abbreviation(&mut self, form: &Form) {
        if let [found] = &form.candidates[..]
            && found.strength == Strength::Strong
            && (2..=8).contains(&form.text.len())
            && found.cased.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            let abbreviation = (found.player, found.accented.clone());
            self.abbreviations.insert(form.text.clone(), abbreviation);
        }
    }

    /// Notes the words of a form that are names.
    fn enter_words(&mut self, registry: &Registry, form: &Form, words: &[Box<str>]) {
        let mut kinds = form.candidates.iter().map(|found| registry.player(found.player).kind);
        let people = kinds.clone().any(|kind| kind == PlayerKind::Person);
        if kinds.next().is_some() {
            let words = words.iter().filter(|word| !is_small(word));
            self.words_of_names.extend(words.clone().cloned());
            if people {
                self.words_of_people.extend(words.cloned());
            }
        }
    }

    fn add(
        &mut self,
        tokens: &[Token<'_>],
        written: Box<str>,
        player: PlayerIx,
        kind: Option<PlayerKind>,
    ) {
        let name = self.names.len() as u32;
        let words: Vec<Box<str>> = tokens.iter().map(|token| token.word.into()).collect();
        let bits = tokens.iter().enumerate().map(|(at, token)| u8::from(token.stop) << at);
        let stops = bits.sum();
        for (place, word) in words.iter().enumerate() {
            if !is_small(word) {
                let places = self.by_word.entry(word.clone()).or_default();
                let place = (words.len() as u8, place as u8);
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            let key = rest(words.iter().map(|word| &**word), place);
            self.by_rest.entry(key).or_default().push(OmittedWord::of(name, word));
        }
        let mut set = words.clone();
        set.sort();
        self.by_set.entry(set.join(" ").into()).or_default().push(name);
        self.by_player.push((player, name));
        self.names.push(NearName { words, stops, written, player, kind });
    }

    /// An index of phrases alone, whosever names they are.
    pub(super) fn of_phrases(phrases: &BTreeSet<&str>) -> Self {
        let mut index = Self::default();
        for phrase in phrases {
            let folded = Folded::of(phrase);
            let tokens = tokens(&folded);
            if (2..=LONGEST).contains(&tokens.len()) {
                index.add(&tokens, Box::default(), PlayerIx(0), None);
            }
        }
        index.finish();
        index
    }
}

/// Whether a lone word has letters enough for one wrong one to be told.
pub(super) fn is_long(word: &str) -> bool {
    word.chars().nth(6).is_some()
}

/// The lone names of a player that are long enough: the family name, and a name of one word. As words are compared, and
/// as they are written.
pub(super) fn lone_names(name: &str, family: Option<&str>) -> Vec<(Box<str>, Box<str>)> {
    let alone = |written: &str| {
        let folded = Folded::of(written);
        match &tokens(&folded)[..] {
            [token] if is_long(token.word) => Some((token.word.into(), written.into())),
            _ => None,
        }
    };
    [Some(name), family].into_iter().flatten().filter_map(alone).collect()
}
