//! Names that are a part of a longer one: of a building, a ship, a law, another person, another body.

use crate::content::sentences;

use super::around::{
    Neighbour, begins_sentence, first_word, is_capitalised, is_opening, is_possessive, last_token,
};
use super::fold::BARRIER;
use super::matching::Matching;
use super::registry::{Candidate, Form, Strength};
use super::variants::{is_suffix, suffix_behind};

/// So many words behind a name may belong to a thing that is named after a person: Veterans Affairs Medical Center.
const WORDS_OF_THING: usize = 5;

/// What makes a name of several words, or of a script without spaces, a part of a longer one, if anything does. `text`
/// is folded, with its case.
pub(super) fn part(
    matching: Matching<'_>,
    form: &Form,
    text: &str,
    start: usize,
    end: usize,
) -> Option<Neighbour> {
    let (before, after) = (&text[..start], &text[end..]);
    if form.dense.is_some() {
        return matching.lexicon.thing_behind(after).map(|thing| Neighbour::Joined(thing.into()));
    }
    let strong = form.candidates.iter().filter(|found| found.strength == Strength::Strong);
    let is_person = strong.clone().any(|found| matching.registry.player(found.player).is_person);
    // With its own suffix it would be a longer form.
    let has_suffix = |found: &Candidate| {
        let name = &matching.registry.player(found.player).name;
        name.rsplit(' ').next().is_some_and(is_suffix)
    };
    if is_person
        && let Some(suffix) = suffix_behind(after)
        && strong.clone().all(has_suffix)
    {
        return Some(Neighbour::Next(suffix.into()));
    }
    if let Some(thing) = thing(matching, after, is_person) {
        return Some(Neighbour::Next(thing.into()));
    }
    if is_person && let Some(name) = family_name_behind(matching, after) {
        return Some(Neighbour::Next(name.into()));
    }
    if !is_person && let Some(rest) = rest_of_body(matching, &text[start..end], after) {
        return Some(Neighbour::GoesOn(rest.into()));
    }
    let word = before.strip_suffix(' ').map(last_token)?.trim_start_matches(is_opening);
    let word = matching.lexicon.without_elision(word).unwrap_or(word);
    let lower = word.to_lowercase();
    if matching.lexicon.is_before_thing(word) {
        return Some(Neighbour::Previous(word.into()));
    }
    let at = start - 1 - word.len();
    let is_part = match is_person {
        true => is_of_person(matching, text, start, word, at),
        false => is_of_body(matching, &text[start..end], word),
    };
    let begins =
        || matching.lexicon.may_begin(&lower) && begins_sentence(matching.lexicon, text, at);
    (is_part && !begins()).then(|| Neighbour::Previous(word.into()))
}

/// The word behind a name that says that a thing is named after its bearer.
fn thing<'t>(matching: Matching<'_>, after: &'t str, is_person: bool) -> Option<&'t str> {
    let lexicon = matching.lexicon;
    if is_person && let Some(rest) = lexicon.behind_ending(after) {
        // `Olof Palmes gata`: the thing has its bearer's name as a genitive.
        let word = first_word(rest.strip_prefix(' ')?);
        return lexicon.is_thing_in_any_case(&word.to_lowercase()).then_some(word);
    }
    let most = if is_person { WORDS_OF_THING } else { 1 };
    let mut rest = after.strip_prefix(' ')?;
    for _ in 0..most {
        let word = first_word(rest);
        if !is_capitalised(word) {
            return None;
        }
        if lexicon.is_thing(&word.to_lowercase()) {
            return Some(word);
        }
        rest = rest[word.len()..].strip_prefix(' ')?;
    }
    None
}

/// The capital that follows a person's name and ends it: George Washington Carver. In a line with a capital in each
/// word it says nothing, and neither does a day, a title or a party.
fn family_name_behind<'t>(matching: Matching<'_>, after: &'t str) -> Option<&'t str> {
    let lexicon = matching.lexicon;
    let rest = after.strip_prefix(' ')?;
    let word = first_word(rest);
    let lower = word.to_lowercase();
    let is_name = is_capitalised(word)
        && word.chars().nth(1).is_some_and(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
        && !is_suffix(word)
        && !lexicon.nouns_have_capitals()
        && !lexicon.is_title(&lower)
        && !lexicon.begins_title(&lower)
        && !lexicon.is_affiliation(&lower)
        && !lexicon.is_always_capital(&lower)
        && !lexicon.may_begin(&lower)
        && matching.registry.holders(&lower).is_empty();
    let next = rest[word.len()..].strip_prefix(' ').map(first_word).unwrap_or_default();
    (is_name && !is_capitalised(next)).then_some(word)
}

/// What a body is called on by: `of Health` behind `State Department`, `and Labor` behind `Department of Commerce`.
fn rest_of_body<'t>(matching: Matching<'_>, name: &str, after: &'t str) -> Option<&'t str> {
    let first = first_word(name);
    if matching.lexicon.is_body(&first.to_lowercase()) && first.len() < name.len() {
        let (and, rest) = after.strip_prefix(' ').and_then(|rest| rest.split_once(' '))?;
        let word = first_word(rest);
        let is_word = is_capitalised(word) && word.contains(char::is_lowercase);
        let goes_on = is_word && matching.lexicon.is_conjunction(and);
        return goes_on.then(|| after[1..and.len() + 2 + word.len()].trim_start());
    }
    let last = last_token(name).to_lowercase();
    if !matching.lexicon.is_body(&last) {
        return None;
    }
    matching.lexicon.joins().find_map(|join| {
        let word = first_word(after.strip_prefix(join)?);
        is_capitalised(word).then(|| after[..join.len() + word.len()].trim_start())
    })
}

/// Whether the word before a person's name is one of the name: another given name before initials, or an initial.
fn is_of_person(matching: Matching<'_>, text: &str, start: usize, word: &str, at: usize) -> bool {
    let is_initial = |word: &str| {
        word.strip_suffix('.').is_some_and(|letter| {
            letter.chars().count() == 1 && letter.starts_with(char::is_uppercase)
        })
    };
    if is_initial(word) {
        // `Plan B. Marten Hale spoke` is rarer than `A. Marten Hale spoke`.
        return true;
    }
    let first = first_token(&text[start..]);
    let are_initials = first.strip_suffix('.').is_some_and(sentences::are_initials);
    let is_given = word.chars().all(|c| c.is_alphabetic() || c == '-')
        && is_capitalised(word)
        && word.chars().nth(1).is_some_and(char::is_lowercase);
    let lower = word.to_lowercase();
    are_initials
        && is_given
        && !matching.lexicon.is_title(&lower)
        && !matching.lexicon.is_affiliation(&lower)
        && matching.registry.holders(&lower).is_empty()
        && super::around::after_title(matching, text, start).is_none()
        && !(matching.lexicon.may_begin(&lower) && begins_sentence(matching.lexicon, text, at))
}

/// Whether the word before the name of a body is one of the name: `Texas Department of Transportation`.
fn is_of_body(matching: Matching<'_>, name: &str, word: &str) -> bool {
    let first = first_word(name).to_lowercase();
    let lower = word.to_lowercase();
    matching.lexicon.is_body(&first)
        && is_capitalised(word)
        && word.chars().all(char::is_alphabetic)
        && word.contains(char::is_lowercase)
        && !is_possessive(word)
        && !matching.lexicon.is_title(&lower)
        && !matching.lexicon.is_affiliation(&lower)
        && !matching.registry.is_nation(&lower)
}

fn first_token(text: &str) -> &str {
    &text[..text.find([' ', BARRIER]).unwrap_or(text.len())]
}
