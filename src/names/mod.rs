//! Names in prose: found, linked, listed, and said to be almost right.
//!
//! Owns the registry of every player's names, the matcher, the rules of linking and of near misses, and the reasons
//! that `briefing why` gives. It sees one document at a time and the registry, and knows no other page.
//!
//! 1. `registry` gathers the forms of every name, strong and contextual, and makes one automaton of them;
//! 2. `prose` shows a text block by block, folded so that what is written alike compares alike;
//! 3. `matcher` says which forms stand in a block by their boundaries and case;
//! 4. `link` decides by the page and the words `around` a name whether it links, and keeps the first sentence;
//! 5. `almost` looks for what is almost a name, with the index that is `near`, and asks `misspelling` what is a slip;
//! 6. `asides` looks for that where no name links as well;
//! 7. `changes` says which documents another registry concerns, first by their `vocabulary`;
//! 8. `explain` says why a name links or does not, `unlinked` lists names that no player has.

mod almost;
mod around;
mod asides;
mod changes;
mod declared;
mod defined;
mod explain;
mod fold;
mod lexicon;
mod link;
mod linked;
mod longer;
mod matcher;
mod matching;
mod meant;
mod misspelling;
mod near;
mod prose;
mod registry;
mod sentence;
mod slips;
mod speakers;
mod tokens;
mod unlinked;
mod variants;
mod vocabulary;
mod written;

pub use around::Neighbour;
pub use asides::label_findings;
pub use changes::Changes;
pub use declared::{Declared, InLanguage, translate};
pub use explain::explain;
pub use lexicon::Lexicon;
pub use link::{Accepted, link, why};
pub use linked::{
    ConsideredName, Edge, Finding, FindingKind, Linked, LinkedName, Mention, NameVerdict,
};
pub use matcher::Miss;
pub use matching::{Added, Matching, Naming, language};
pub use prose::{MarkupPosition, references};
pub use registry::{PlayerIx, Registry, RegistryEntry, Strength};
pub use sentence::citing;
pub use unlinked::{people, unlinked};
pub use vocabulary::WordFilter;

/// A name as names are compared: the same but for case, diacritics and kinds of signs.
pub fn same_name(text: &str) -> String {
    fold::Folded::of(text).lower().trim().to_owned()
}

/// Whether a name is also an ordinary word of a text: as it is written, or at the beginning of a sentence.
pub fn is_ordinary(lexicon: &Lexicon, text: &str) -> bool {
    let lower = text.to_lowercase();
    let capitals = text.chars().count() > 1 && text.chars().all(char::is_uppercase);
    !capitals && (text == lower && lexicon.is_ordinary(&lower) || lexicon.may_begin(&lower))
}
