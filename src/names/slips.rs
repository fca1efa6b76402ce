//! Words that are almost one of many, found without looking at all of them.
//!
//! Two words that are one slip or two apart become the same when each loses as many letters. Where thousands of names
//! differ in one word alone, that word is kept without every letter and every pair of letters of its beginning, and a
//! word of a text is looked up in the same ways. The beginnings of two words with two slips have two at most.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::near::OmittedWord;
use super::registry::{PlayerIx, Registry};

/// How many letters of a word are its beginning.
const BEGINNING: usize = 12;

/// So many names are looked at that may be meant by one word.
const MOST: usize = 64;

/// Names that many share but for one word, by that word with up to two letters less.
#[derive(Debug, Default)]
pub(super) struct Slips(Vec<(u64, OmittedWord)>);

impl Slips {
    /// From so many names on that differ in one word alone they are worth an index.
    pub(super) const FROM: usize = 64;

    /// Adds a name. `key` stands for its other words.
    pub(super) fn add(&mut self, key: u64, word: &str, name: OmittedWord) {
        shortened(word, &mut |short| self.0.push((hash(key, short), name)));
    }

    pub(super) fn finish(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// The names with those other words that a word may be a slip of.
    pub(super) fn near(&self, key: u64, word: &str) -> Vec<OmittedWord> {
        let mut found = Vec::new();
        shortened(word, &mut |short| {
            let hash = hash(key, short);
            let from = self.0.partition_point(|(other, _)| *other < hash);
            let same = self.0[from..].iter().take_while(|(other, _)| *other == hash);
            found.extend(same.take(MOST).map(|(_, name)| *name));
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The lone names of players that are established on a page, by how they begin and by how they end.
///
/// Names of seven letters or more, and words with one slip in them, have their first three letters in common or their
/// last three: a slip changes two neighbours at most.
#[derive(Debug, Default)]
pub(super) struct LoneNames(FxHashMap<u64, Vec<PlayerIx>>);

impl LoneNames {
    pub(super) fn add(&mut self, registry: &Registry, player: PlayerIx) {
        for (name, _) in &registry.player(player).lone {
            for end in ends(name) {
                let players = self.0.entry(end).or_default();
                if players.len() < MOST && !players.contains(&player) {
                    players.push(player);
                }
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The players of whose lone name a word of seven letters or more may be a slip. One may be there twice.
    pub(super) fn near(&self, word: &str) -> impl Iterator<Item = PlayerIx> {
        ends(word).into_iter().filter_map(|end| self.0.get(&end)).flatten().copied()
    }
}

/// A key of the first three letters of a word, and one of the last three.
fn ends(word: &str) -> [u64; 2] {
    // A letter has at most 21 bits.
    let key = |key: u64, letter: char| key << 21 | u64::from(letter);
    let first = word.chars().take(3).fold(0, key);
    let last = word.chars().rev().take(3).fold(0, key);
    [first, last | 1 << 63]
}

fn hash(key: u64, word: &[char]) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    word.hash(&mut hasher);
    hasher.finish()
}

/// Shows the beginning of a word, and the same without one of its letters and without two.
fn shortened(word: &str, each: &mut dyn FnMut(&[char])) {
    let letters: Vec<char> = word.chars().take(BEGINNING).collect();
    each(&letters);
    for first in 0..letters.len() {
        let mut short = letters.clone();
        short.remove(first);
        each(&short);
        for second in first..short.len() {
            let mut shorter = short.clone();
            shorter.remove(second);
            each(&shorter);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::near::OmittedWord;
    use super::{Slips, ends};

    proptest! {
        /// Whatever is one slip or two away is found, wherever in the word they are.
        #[test]
        fn slips_are_found(
            word in "[a-d]{6,18}",
            edits in prop::collection::vec((0..3u8, 0..20usize, prop::char::range('a', 'f')), 0..=2),
        ) {
            let mut other: Vec<char> = word.chars().collect();
            for (kind, at, letter) in edits {
                let at = at % other.len();
                match kind {
                    0 => other[at] = letter,
                    1 => other.insert(at, letter),
                    _ => drop(other.remove(at)),
                }
            }
            let other: String = other.into_iter().collect();
            let mut slips = Slips::default();
            let name = OmittedWord::of(7, &word);
            slips.add(1, &word, name);
            slips.finish();
            prop_assert_eq!(slips.near(1, &other), [name]);
            prop_assert_eq!(slips.near(2, &other), []);
        }
    }

    proptest! {
        /// One slip leaves one end of a long word as it is.
        #[test]
        fn long_words_with_one_slip_share_an_end(
            word in "[a-dé]{7,12}",
            kind in 0..4u8,
            at in 0..12usize,
            letter in prop::char::range('a', 'f'),
        ) {
            let mut other: Vec<char> = word.chars().collect();
            let at = at % other.len();
            match kind {
                0 => other[at] = letter,
                1 => other.insert(at, letter),
                2 => drop(other.remove(at)),
                _ if at + 1 < other.len() => other.swap(at, at + 1),
                _ => {}
            }
            let other: String = other.into_iter().collect();
            let [first, last] = ends(&word);
            let [other_first, other_last] = ends(&other);
            prop_assert!(first == other_first || last == other_last, "{word} {other}");
        }
    }
}
