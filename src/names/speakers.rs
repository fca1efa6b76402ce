//! Whether a name at its place does something: a capital that stands for a government, a person whose name is a word.

use super::around::{first_word, is_opening, last_token};
use super::lexicon::{Lexicon, is_small};

/// So many words may stand between a name and its verb: `Moscow and Beijing have`, `Moscow also said`.
const BEFORE_VERB: usize = 4;

/// Whether a place stands for the government there: something is done by it, or is its own. `in Moscow` is the city.
pub(super) fn is_government(lexicon: &Lexicon, text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    if lexicon.begins_behind_speaker(after) {
        return true;
    }
    if after.starts_with('\'') || lexicon.has_affixes() && after.starts_with(char::is_lowercase) {
        return true;
    }
    let before = before.strip_suffix(' ').unwrap_or(before);
    let lower =
        before[before.floor_char_boundary(before.len().saturating_sub(24))..].to_lowercase();
    if lexicon.ends_before_speaker(&lower) {
        return true;
    }
    let mut words = lower.rsplit(' ').map(|word| word.trim_start_matches(is_opening));
    let mut word = words.next().unwrap_or_default();
    if !lexicon.is_before_place(word) && is_small(word) {
        word = words.next().unwrap_or_default();
    }
    if lexicon.is_before_place(word) {
        return false;
    }
    lexicon.is_verb_before(word) || does(lexicon, after) || !lexicon.has_verbs()
}

/// Whether a verb of saying or doing follows a name.
pub(super) fn does(lexicon: &Lexicon, after: &str) -> bool {
    let after = after.strip_prefix(',').map_or(after, |rest| {
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let relative = first_word(rest);
        if matches!(relative, "which" | "who") { &rest[relative.len()..] } else { "" }
    });
    let mut rest = after;
    let mut joined = false;
    for _ in 0..BEFORE_VERB {
        let Some(next) = rest.strip_prefix(' ') else { return false };
        let word = first_word(next);
        if lexicon.is_verb(word) {
            return true;
        }
        let is_adverb = word.len() > 4 && word.ends_with("ly")
            || matches!(
                word,
                "also" | "then" | "now" | "again" | "still" | "never" | "later" | "soon"
            );
        let is_joint = lexicon.is_conjunction(word);
        let is_name = joined && word.starts_with(char::is_uppercase);
        if word.is_empty() || !(is_adverb || is_joint || is_name) {
            return false;
        }
        joined |= is_joint;
        rest = &next[word.len()..];
    }
    false
}

/// The word that stands before a name.
pub(super) fn word_before(text: &str, start: usize) -> &str {
    text[..start]
        .strip_suffix(' ')
        .map(last_token)
        .unwrap_or_default()
        .trim_start_matches(is_opening)
}
