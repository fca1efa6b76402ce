//! Abbreviations that a page defines: `content management system (CMS)` is no player that is called CMS elsewhere.

use super::lexicon::is_small;
use super::matcher::FormSpan;
use super::registry::{Registry, RegistryEntry};

/// So many words that tell nothing may stand in what an abbreviation is short for.
const SMALL: usize = 3;

/// Whether a page says at a place that an abbreviation is short for something else than its players.
pub(super) fn is_of_another(registry: &Registry, text: &str, span: &FormSpan) -> bool {
    let written = &text[span.start..span.end];
    let form = &registry.forms[span.form];
    if form.phrase || form.candidates.is_empty() {
        return false;
    }
    let before = text[..span.start].trim_end_matches(['"', '\'']).strip_suffix('(');
    let after = text[span.end..].trim_start_matches(['"', '\'']);
    let long = match before.filter(|_| after.starts_with(')')) {
        Some(before) => before_abbreviation(before.trim_end(), written),
        None => after.strip_prefix(" (").and_then(|rest| {
            let inside = &rest[..rest.find(')')?];
            is_short_for(written, &words(inside).collect::<Vec<_>>()).then_some(inside)
        }),
    };
    let Some(long) = long else { return false };
    let shares = |entry: &RegistryEntry| entry.phrases.iter().any(|name| is_like(name, long));
    let mut players = form.candidates.iter().map(|found| registry.player(found.player));
    players.all(|entry| !shares(entry))
}

/// What an abbreviation that stands in brackets behind a text is short for: the last words of that.
fn before_abbreviation<'t>(text: &'t str, short: &str) -> Option<&'t str> {
    let letters = letters(short).count();
    if letters < 2 {
        return None;
    }
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
    let mut starts = starts.take(letters + SMALL);
    starts.find_map(|at| {
        let long = &text[at..];
        is_short_for(short, &words(long).collect::<Vec<_>>()).then_some(long)
    })
}

/// Whether an abbreviation has the first letters of some words; small words need not count.
fn is_short_for(short: &str, long: &[&str]) -> bool {
    let first = |word: &&str| word.chars().next().and_then(|c| c.to_lowercase().next());
    let told = |word: &&&str| !is_small(&word.to_lowercase());
    let all = long.iter().filter_map(first);
    let most = long.iter().filter(told).filter_map(first);
    letters(short).count() > 1
        && long.first().is_some_and(|word| told(&word))
        && (letters(short).eq(all) || letters(short).eq(most))
}

/// The letters of an abbreviation, in lower case; none if it is a word.
fn letters(short: &str) -> impl Iterator<Item = char> {
    let is_short = short.chars().all(|c| c.is_uppercase() || c == '.' || c.is_numeric());
    let short = if is_short { short } else { "" };
    short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether half of the words of a name stand in another text: it is that name, or nearly.
fn is_like(name: &str, long: &str) -> bool {
    let long = long.to_lowercase();
    let has = |word: &&str| words(&long).any(|other| other == *word);
    let told = || words(name).filter(|word| !is_small(word));
    let all = told().count();
    all > 1 && told().filter(has).count() * 2 >= all
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '-', '"']).filter(|word| word.starts_with(char::is_alphanumeric))
}
