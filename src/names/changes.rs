//! Which documents another registry concerns.
//!
//! One automaton of every form and phrase of the players that came, went or changed, and of every title that is theirs
//! no more or newly, runs over the texts as the matcher sees them. A form that is gone may uncover a shorter one, so old
//! forms count like new ones. A document that holds none of them, links to none of those players by hand, and has
//! nothing that is almost one of their names, would be linked as it is. Most documents lack the words for all that, and
//! their texts are not looked at.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::content::document::Document;
use crate::content::reference::Target;

use super::asides::page_asides;
use super::fold::Folded;
use super::matching::Matching;
use super::near::NearIndex;
use super::prose::page_blocks;
use super::registry::{Registry, RegistryEntry};
use super::tokens::{Token, tokens};
use super::vocabulary::{WordFilter, keys};

/// What differs between two registries.
pub struct Changes {
    automaton: Option<AhoCorasick>,
    /// Ids and files of players that came, went or changed.
    ids: FxHashSet<String>,
    /// The names of several words that came, went or changed: what is almost one of them was or will be reported.
    near: NearIndex,
    /// The words of every phrase that is looked for.
    phrases: Vec<Vec<u32>>,
    /// The words of every name of several, each with the keys of its parts.
    names: Vec<Vec<Vec<u32>>>,
    /// Words that are a part of some name newly or no more: whether one is a slip in another name depends on it.
    words: FxHashSet<Box<str>>,
    /// Their keys.
    word_keys: Vec<Vec<u32>>,
}

impl Changes {
    /// What differs; none if nothing does.
    ///
    /// # Panics
    /// If the automaton would have more states than memory can hold.
    pub fn between(old: &Registry, new: &Registry) -> Option<Self> {
        let key = |entry: &RegistryEntry| (entry.id.clone(), entry.digest);
        let before: FxHashMap<_, _> = old.players.iter().map(key).collect();
        let after: FxHashMap<_, _> = new.players.iter().map(key).collect();
        let gone = old.players.iter().filter(|entry| after.get(&entry.id) != Some(&entry.digest));
        let come = new.players.iter().filter(|entry| before.get(&entry.id) != Some(&entry.digest));
        let (gone, come): (Vec<&RegistryEntry>, Vec<&RegistryEntry>) =
            (gone.collect(), come.collect());
        let changed: Vec<&RegistryEntry> = gone.iter().chain(&come).copied().collect();
        if changed.is_empty() {
            return None;
        }
        let mut phrases: BTreeSet<&str> = BTreeSet::new();
        let mut ids = FxHashSet::default();
        for entry in &changed {
            phrases.extend(entry.phrases.iter().map(|phrase| &**phrase));
            ids.insert(entry.id.to_string());
            ids.insert(entry.path.as_str().to_string());
        }
        let near = NearIndex::of_phrases(&phrases);
        let nothing = BTreeSet::new();
        for (these, others) in [(&gone, &come), (&come, &gone)] {
            for entry in these {
                let other = others.iter().find(|other| other.id == entry.id);
                let held = other.map_or(&nothing, |other| &other.held);
                phrases.extend(entry.held.difference(held).map(|title| &**title));
            }
        }
        let other_words = changed_words(&old.near, &new.near);
        let word_keys = other_words.iter().map(|word| keys_of(word)).collect();
        let words = phrases.iter().map(|phrase| words_of(phrase));
        let (mut all, mut names) = (Vec::new(), Vec::new());
        for words in words {
            all.push(words.concat());
            names.push(words);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&phrases)
            .expect("names of players fit into an automaton");
        let automaton = (!phrases.is_empty()).then_some(automaton);
        names.retain(|words: &Vec<_>| words.len() > 1);
        Some(Self { automaton, ids, near, phrases: all, names, words: other_words, word_keys })
    }

    /// Whether a document has to be linked again. `vocabulary` are the words of its texts, `matching` has the words of its
    /// language and the names that came of the changes.
    pub fn concern(
        &self,
        document: &Document,
        vocabulary: &WordFilter,
        matching: Matching<'_>,
    ) -> bool {
        let summary = &document.summary;
        let named = |target: &Target| self.ids.contains(target.id());
        if self.ids.contains(&*summary.id)
            || summary.references.iter().any(|reference| named(&reference.to))
        {
            return true;
        }
        if !self.may_stand(vocabulary) {
            return false;
        }
        let mut found = false;
        let mut look = |text: &Folded| {
            let lower = text.lower();
            found = found
                || self.automaton.as_ref().is_some_and(|automaton| automaton.is_match(lower))
                || self.is_near(&tokens(text), matching);
        };
        page_blocks(document, &mut |_, block| look(&block.folded));
        page_asides(document, &mut |aside| look(&aside.block.folded));
        found
    }

    /// Whether some words are almost a name that changed, or one of the other names if it were not for a word that did.
    fn is_near(&self, tokens: &[Token<'_>], matching: Matching<'_>) -> bool {
        let every = |_: &str| true;
        let changed = |word: &str| self.words.contains(word);
        let others = &matching.registry.near;
        self.near.has_near(tokens, matching.lexicon, &every)
            || tokens.iter().any(|token| changed(token.word))
                && others.has_near(tokens, matching.lexicon, &changed)
    }

    /// Whether a text of these words may hold a phrase, or all words of a name but one.
    fn may_stand(&self, vocabulary: &WordFilter) -> bool {
        let almost = |words: &Vec<Vec<u32>>| {
            let missing = words.iter().filter(|keys| !vocabulary.may_have(keys)).take(2).count();
            missing < 2
        };
        let has = |keys: &Vec<u32>| vocabulary.may_have(keys);
        self.phrases.iter().any(has)
            || self.names.iter().any(almost)
            || self.word_keys.iter().any(has)
    }
}

/// The words of a phrase, each with the keys of its parts.
fn words_of(phrase: &str) -> Vec<Vec<u32>> {
    let folded = Folded::of(phrase);
    tokens(&folded).iter().map(|token| keys_of(token.word)).collect()
}

/// The keys of the parts of a word.
fn keys_of(word: &str) -> Vec<u32> {
    let mut found = Vec::new();
    keys(word, &mut |key| found.push(key));
    found
}

/// The words that are a part of names of one of two registries alone, or of people's names of one alone.
fn changed_words(old: &NearIndex, new: &NearIndex) -> FxHashSet<Box<str>> {
    let names = old.words_of_names.symmetric_difference(&new.words_of_names);
    names.chain(old.words_of_people.symmetric_difference(&new.words_of_people)).cloned().collect()
}
