//! Names that are almost right: reported, never linked, never rewritten by themselves.
//!
//! | rule | what is written |
//! |---|---|
//! | N1 | a name of several words with a slip in one of them |
//! | N2 | its words in another order |
//! | N3 | a title for the given name (General Nakatani for Gen Nakatani), or one that the player does not hold |
//! | N5 | a lone name of seven letters or more with one slip, of a player established on the page |
//!
//! N4, a name in another case, is found by the matcher.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::base::{NearMissRule, work};

use super::fold::{Folded, is_cjk};
use super::lexicon::Lexicon;
use super::lexicon::is_small;
use super::matcher::FormSpan;
use super::matching::Matching;
use super::registry::{PlayerIx, Registry, Strength};
use super::slips::{LoneNames, Slips};
use super::tokens::{Token, tokens};
use super::vocabulary::Filter;

/// The most words of a name that is looked for with a slip.
const LONGEST: usize = 8;

/// Of so many players of one name it is asked whether they hold a title.
const NAMESAKES: usize = 64;

/// A near miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NearMiss {
    pub(super) rule: NearMissRule,
    /// Its place in the folded text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The player that seems to be meant.
    pub(super) player: PlayerIx,
    /// What to write.
    pub(super) right: String,
}

/// The names of several words, by their words.
#[derive(Debug, Default)]
pub(super) struct NearIndex {
    names: Vec<NearName>,
    /// Where a word stands in names: how many words they have, and its place; each once.
    by_word: FxHashMap<Box<str>, Vec<(u8, u8)>>,
    /// The same words, asked first: most words of a text stand in no name.
    words: Filter,
    /// Names without one of their words: which one that is stands in the key.
    by_rest: FxHashMap<u64, Vec<Odd>>,
    /// Of names that many share but for one word, that word without some of its letters.
    slips: Slips,
    /// Names by their words in alphabetical order.
    by_set: FxHashMap<Box<str>, Vec<u32>>,
    /// Every form, as its words with one space between them.
    known: FxHashSet<Box<str>>,
    /// People by their family name.
    families: FxHashMap<Box<str>, Vec<PlayerIx>>,
    /// The same with one given name.
    namesakes: FxHashMap<(Box<str>, Box<str>), Vec<PlayerIx>>,
}

#[derive(Debug)]
struct NearName {
    words: Vec<Box<str>>,
    /// A bit for each of them that a full stop follows inside the name.
    stops: u8,
    written: Box<str>,
    player: PlayerIx,
}

impl NearName {
    /// Whether a full stop follows a word of it.
    fn has_stop(&self, word: &str) -> bool {
        let stops = |at: usize| self.stops & (1 << at) != 0;
        self.words.iter().enumerate().any(|(at, own)| **own == *word && stops(at))
    }
}

/// The word that a name is found without: enough of it to pass over most of those that are no slips of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Odd {
    name: u32,
    length: u8,
    first: u8,
    last: u8,
}

impl Odd {
    pub(super) fn of(name: u32, word: &str) -> Self {
        let bytes = word.as_bytes();
        let (first, last) = (bytes.first(), bytes.last());
        let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
        let [first, last] = [first, last].map(|byte| byte.copied().unwrap_or_default());
        Self { name, length, first, last }
    }

    /// Whether one word may be a slip of the other: about as long, and not wrong at both ends at once.
    fn may_be(self, other: Self) -> bool {
        self.length.abs_diff(other.length) <= 4
            && (self.first == other.first || self.last == other.last)
    }
}

/// The key of some words without one of them.
fn rest<'w>(words: impl ExactSizeIterator<Item = &'w str>, odd: usize) -> u64 {
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
            if form.dense.is_some() || !(2..=LONGEST).contains(&words.len()) {
                continue;
            }
            let strong = form.candidates.iter().find(|found| found.strength == Strength::Strong);
            if let Some(candidate) = strong {
                index.add(&tokens, candidate.accented.clone(), candidate.player);
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

    fn add(&mut self, tokens: &[Token<'_>], written: Box<str>, player: PlayerIx) {
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
            self.by_rest.entry(key).or_default().push(Odd::of(name, word));
        }
        let mut set = words.clone();
        set.sort();
        self.by_set.entry(set.join(" ").into()).or_default().push(name);
        self.names.push(NearName { words, stops, written, player });
    }

    /// An index of phrases alone, whosever names they are.
    pub(super) fn of_phrases(phrases: &BTreeSet<&str>) -> Self {
        let mut index = Self::default();
        for phrase in phrases {
            let folded = Folded::of(phrase);
            let tokens = tokens(&folded);
            if (2..=LONGEST).contains(&tokens.len()) {
                index.add(&tokens, Box::default(), PlayerIx(0));
            }
        }
        index.finish();
        index
    }

    /// Whether some words are almost one of its names.
    pub(super) fn has_near(&self, tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
        let (registry, accepted) = (Registry::default(), FxHashSet::default());
        let look = |tokens: &[Token<'_>]| {
            let look = Look {
                registry: &registry,
                lexicon,
                index: self,
                tokens,
                spans: &[],
                accepted: &accepted,
            };
            let mut found = Vec::new();
            (0..tokens.len()).any(|at| {
                look.names(at, &mut found);
                !found.is_empty()
            })
        };
        look(tokens) || without_elisions(tokens, lexicon, self).is_some_and(|tokens| look(&tokens))
            // A word of a name that came or went is read in another way.
            || tokens.iter().any(|token| {
                self.by_word.contains_key(token.word)
                    && lexicon.without_elision(token.word).is_some()
            })
    }
}

/// The near misses of a block. `tokens` are its words, `spans` the forms that stand in it.
pub(super) fn misses(
    matching: Matching<'_>,
    tokens: &[Token<'_>],
    spans: &[FormSpan],
    established: &dyn Fn(PlayerIx) -> bool,
    accepted: &FxHashSet<String>,
) -> Vec<NearMiss> {
    let Matching { registry, lexicon } = matching;
    let index = &registry.near;
    if index.names.is_empty() && index.families.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<NearMiss> = Vec::new();
    let look = Look { registry, lexicon, index, tokens, spans, accepted };
    for at in 0..tokens.len() {
        look.names(at, &mut found);
        look.titles(at, established, &mut found);
    }
    if let Some(tokens) = without_elisions(tokens, lexicon, index) {
        let look = Look { tokens: &tokens, ..look };
        (0..tokens.len()).for_each(|at| look.names(at, &mut found));
    }
    found.sort_by_key(|miss| (miss.start, miss.rule, miss.end, miss.player));
    found.dedup_by(|later, first| later.start < first.end);
    found
}

/// The words of a text in which some lost their vowel before others, without those; none if none did. What stands in a
/// name so stays as it is: Côte d'Ivoire.
fn without_elisions<'t>(
    tokens: &[Token<'t>],
    lexicon: &Lexicon,
    index: &NearIndex,
) -> Option<Vec<Token<'t>>> {
    let bare = |token: &Token<'t>| {
        let bare = lexicon.without_elision(token.word)?;
        (!index.by_word.contains_key(token.word)).then_some(bare)
    };
    if !lexicon.has_elisions() || tokens.iter().all(|token| bare(token).is_none()) {
        return None;
    }
    Some(tokens.iter().map(|token| bare(token).map_or(*token, |word| token.ending(word))).collect())
}

struct Look<'a> {
    registry: &'a Registry,
    lexicon: &'a Lexicon,
    index: &'a NearIndex,
    tokens: &'a [Token<'a>],
    spans: &'a [FormSpan],
    accepted: &'a FxHashSet<String>,
}

impl Look<'_> {
    /// Names of several words that the word at a place may be one of.
    fn names(&self, at: usize, found: &mut Vec<NearMiss>) {
        if self.index.words.may_have(self.tokens[at].key) {
            self.typos(at, found);
            self.order(at, found);
        }
    }

    /// N1: names that share the word at a place, and all others but one.
    fn typos(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        let Some(places) = self.index.by_word.get(token.word) else { return };
        for (length, place) in places {
            let (length, place) = (usize::from(*length), usize::from(*place));
            let Some(window) = at.checked_sub(place).and_then(|from| self.window(from, length))
            else {
                continue;
            };
            // Most windows that share a word with a name are that name.
            if window.iter().any(|token| token.capital) && !self.is_known(window) {
                for odd in (0..length).filter(|odd| *odd != place) {
                    self.slips(window, place, odd, found);
                }
            }
        }
    }

    /// Names that a window would be, were it not for one word. `place` is a word that is right.
    fn slips(&self, window: &[Token<'_>], place: usize, odd: usize, found: &mut Vec<NearMiss>) {
        // The first word that tells counts, so that a name is looked at once.
        let tells = |at: &usize| *at != odd && !is_small(window[*at].word);
        let written = window[odd].word;
        if (0..place).any(|at| tells(&at)) || written.len() < 4 {
            return;
        }
        let key = rest(window.iter().map(|token| token.word), odd);
        let Some(names) = self.index.by_rest.get(&key) else { return };
        let own = Odd::of(0, written);
        let few;
        let names = match names.len() > Slips::FROM {
            true => {
                few = self.index.slips.near(key, written);
                &few
            }
            false => names,
        };
        for near in names.iter().filter(|near| near.may_be(own)) {
            work::step(1);
            let name = &self.index.names[near.name as usize];
            // Keys are short: two names may share one.
            let same = |at: usize| at == odd || *window[at].word == *name.words[at];
            let right = &name.words[odd.min(name.words.len() - 1)];
            if !self.is_same(written, right)
                && name.words.len() == window.len()
                && (0..window.len()).all(same)
                && is_slip(written, right)
                && !is_other_form(written, right)
                && self.is_one_sentence(window, Some(name))
            {
                found.push(self.miss(NearMissRule::Typo, window, name.player, &name.written));
            }
        }
    }

    /// N2: the same words in another order.
    fn order(&self, at: usize, found: &mut Vec<NearMiss>) {
        let token = &self.tokens[at];
        if !token.capital || !self.index.by_word.contains_key(token.word) {
            return;
        }
        for length in 2..=LONGEST {
            let Some(window) = self.window(at, length) else { return };
            let last = &window[length - 1];
            if !self.index.by_word.contains_key(last.word) && !is_small(last.word) {
                return;
            }
            if window.iter().any(|token| !token.capital && !is_small(token.word)) {
                return;
            }
            let mut set: Vec<&str> = window.iter().map(|token| token.word).collect();
            set.sort_unstable();
            let Some(names) = self.index.by_set.get(set.join(" ").as_str()) else { continue };
            if self.is_known(window) {
                continue;
            }
            let mut names = names.iter().map(|name| &self.index.names[*name as usize]);
            if let Some(name) = names.find(|name| self.is_one_sentence(window, Some(name))) {
                found.push(self.miss(NearMissRule::Order, window, name.player, &name.written));
            }
        }
    }

    /// N3: a title where the given name belongs, or one that the player does not hold.
    fn titles(&self, at: usize, established: &dyn Fn(PlayerIx) -> bool, found: &mut Vec<NearMiss>) {
        if !self.tokens[at].capital {
            return;
        }
        let Some(window) = self.window(at, 2) else { return };
        let (title, family) = (&window[0], &window[1]);
        if !family.capital {
            return;
        }
        let Some(players) = self.index.families.get(family.word) else { return };
        if self.is_known(window) && !title.stop || !self.is_one_sentence(window, None) {
            return;
        }
        let short = self.lexicon.short_form(title.word);
        let read_as_title = title.stop.then_some(title.word);
        let mut meant = [short, read_as_title].into_iter().flatten().filter_map(|given| {
            let players = self.index.namesakes.get(&(family.word.into(), given.into()))?;
            let mut players = players.iter().take(NAMESAKES);
            players.find(|player| !self.registry.player(**player).holds(title.word, None))
        });
        if let Some(player) = meant.next() {
            let name = &self.registry.player(*player).name;
            found.push(self.miss(NearMissRule::TitleForName, window, *player, name));
            return;
        }
        let [player] = players[..] else { return };
        let entry = self.registry.player(player);
        let own = entry.titles.iter().chain(entry.posts.iter().map(|post| &post.title));
        let mut own_words = own.flat_map(|title| title.split(' '));
        let holds = own_words.any(|word| {
            word == title.word
                || self.lexicon.short_form(word) == Some(title.word)
                || self.lexicon.short_form(title.word) == Some(word)
        });
        let has_titles = !entry.titles.is_empty() || !entry.posts.is_empty();
        if established(player)
            && has_titles
            && self.lexicon.is_office(title.word)
            && !holds
            && !self.is_known(window)
        {
            found.push(self.miss(NearMissRule::Title, window, player, &entry.name));
        }
    }

    /// Whether two words are the same but for one that lost its vowel before them.
    fn is_same(&self, written: &str, right: &str) -> bool {
        let bare = |word| self.lexicon.without_elision(word).unwrap_or(word);
        written == right || bare(written) == bare(right)
    }

    fn window(&self, from: usize, length: usize) -> Option<&[Token<'_>]> {
        let window = self.tokens.get(from..from + length)?;
        let whole = window[..length - 1].iter().all(|token| !token.ends);
        whole.then_some(window)
    }

    /// Whether no sentence ends between the words of a window. A full stop that stands in the name that seems to be meant
    /// ends none.
    fn is_one_sentence(&self, window: &[Token<'_>], name: Option<&NearName>) -> bool {
        window.windows(2).all(|two| {
            let [word, next] = [&two[0], &two[1]];
            !word.stop
                || next.word.starts_with(char::is_lowercase) && !next.capital
                || self.lexicon.is_abbreviation(word.word)
                || name.is_some_and(|name| name.has_stop(word.word))
        })
    }

    /// Whether a window is a form itself, stands in a longer one, or is accepted.
    fn is_known(&self, window: &[Token<'_>]) -> bool {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        let words: Vec<&str> = window.iter().map(|token| token.word).collect();
        let words = words.join(" ");
        self.index.known.contains(words.as_str())
            || self.accepted.contains(&words)
            || self.around(start).is_some_and(|span| {
                let form = &self.registry.forms[span.form];
                end <= span.end && (form.phrase || form.never)
            })
    }

    /// The form that may stand around a place: they are in order, and none is in another.
    fn around(&self, start: usize) -> Option<&FormSpan> {
        let after = self.spans.partition_point(|span| span.start <= start);
        self.spans.get(after.checked_sub(1)?)
    }

    fn miss(
        &self,
        rule: NearMissRule,
        window: &[Token<'_>],
        player: PlayerIx,
        right: &str,
    ) -> NearMiss {
        let (start, end) = (window[0].start, window[window.len() - 1].end);
        NearMiss { rule, start, end, player, right: right.into() }
    }
}

/// N5: the lone name of an established player that a word is almost.
pub(super) fn lone(
    registry: &Registry,
    players: &LoneNames,
    token: &Token<'_>,
    accepted: &FxHashSet<String>,
) -> Option<(PlayerIx, String)> {
    let word = token.word;
    if !token.capital || !is_long(word) {
        return None;
    }
    let near = |player: PlayerIx| {
        work::step(1);
        let mut lone = registry.player(player).lone.iter();
        let found = lone.find(|(right, _)| {
            Odd::of(0, word).may_be(Odd::of(0, right))
                && strsim::osa_distance(word, right) == 1
                && !is_other_form(word, right)
        });
        found.map(|(_, written)| (player, written.to_string()))
    };
    let found = players.near(word).filter_map(near).min()?;
    (!registry.near.known.contains(word) && !accepted.contains(word)).then_some(found)
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

/// Optimal string alignment distance 1 from a word of five letters or more, or 2 between longer ones.
fn is_slip(written: &str, right: &str) -> bool {
    let (a, b) = (written.chars().count(), right.chars().count());
    if a.abs_diff(b) > 2 || a < 4 || b < 5 || written.contains(is_cjk) {
        return false;
    }
    if written.contains(|c: char| c.is_numeric()) || right.contains(|c: char| c.is_numeric()) {
        return false;
    }
    match strsim::osa_distance(written, right) {
        1 => true,
        2 => a.max(b) >= 8 && a.min(b) >= 6,
        _ => false,
    }
}

/// Whether a word is no slip but another form of the right one: an adjective of its people, a plural.
fn is_other_form(written: &str, right: &str) -> bool {
    ["n", "an", "ns", "ian", "s", "es"]
        .iter()
        .any(|ending| written.strip_suffix(ending).is_some_and(|stem| stem == right))
}

#[cfg(test)]
mod tests {
    use super::{is_other_form, is_slip};

    #[test]
    fn slips_and_other_words() {
        for (written, right, slip) in [
            ("iweaya", "iwaya", true),
            ("iwya", "iwaya", true),
            ("iwa", "iwaya", false),
            ("hale", "hall", false),
            ("service", "services", true),
            ("hegsteh", "hegseth", true),
            ("takaichy", "takaichi", true),
            ("jonhstoen", "johnstone", true),
            ("smith", "smyth", true),
            ("house", "horse", true),
            ("rob", "bob", false),
        ] {
            assert_eq!(is_slip(written, right), slip, "{written} {right}");
        }
        assert!(is_other_form("arabian", "arabia") && is_other_form("departments", "department"));
        assert!(!is_other_form("nation", "nations"));
    }
}
