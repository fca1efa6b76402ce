//! Which documents another registry concerns.
//!
//! One automaton of every form, title and phrase of the players that came, went or changed runs over the texts as the
//! matcher sees them. A form that is gone may uncover a shorter one, so old forms count like new ones. A document that
//! holds none of them, links to none of those players by hand, and has nothing that is almost one of their names, would be linked as it is.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::content::document::Document;
use crate::content::reference::Target;

use super::near::{Index, tokens};
use super::prose::blocks;
use super::registry::{Entry, Registry};

/// What differs between two registries.
pub struct Changes {
    automaton: Option<AhoCorasick>,
    /// Ids and files of players that came, went or changed.
    ids: FxHashSet<String>,
    /// The names of several words that came, went or changed: what is almost one of them was or will be reported.
    near: Index,
}

impl Changes {
    /// What differs; none if nothing does.
    ///
    /// # Panics
    /// If the automaton would have more states than memory can hold.
    pub fn between(old: &Registry, new: &Registry) -> Option<Self> {
        let key = |entry: &Entry| (entry.id.clone(), entry.digest);
        let before: FxHashMap<_, _> = old.players.iter().map(key).collect();
        let after: FxHashMap<_, _> = new.players.iter().map(key).collect();
        let gone = old.players.iter().filter(|entry| after.get(&entry.id) != Some(&entry.digest));
        let come = new.players.iter().filter(|entry| before.get(&entry.id) != Some(&entry.digest));
        let changed: Vec<&Entry> = gone.chain(come).collect();
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
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&phrases)
            .expect("names of players fit into an automaton");
        let automaton = (!phrases.is_empty()).then_some(automaton);
        Some(Self { automaton, ids, near: Index::of_phrases(&phrases) })
    }

    /// Whether a document has to be linked again.
    pub fn concern(&self, document: &Document) -> bool {
        let summary = &document.summary;
        let named = |target: &Target| self.ids.contains(target.id());
        if self.ids.contains(&*summary.id)
            || summary.references.iter().any(|reference| named(&reference.to))
        {
            return true;
        }
        let mut found = false;
        let mut scope = 0;
        document.body.texts(summary, &mut |text| {
            if found {
                return;
            }
            blocks(text.markup, text.section, &mut scope, &mut |block| {
                let lower = block.folded.lower();
                found = found
                    || self.automaton.as_ref().is_some_and(|automaton| automaton.is_match(lower))
                    || self.near.has_near(&tokens(&block.folded));
            });
        });
        found
    }
}
