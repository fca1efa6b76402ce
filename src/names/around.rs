//! What stands beside a name: the words that make it a part of something else, or say who is meant.

use super::fold::{BARRIER, is_word};
use super::lexicon::Lexicon;
use super::matching::Matching;

/// A word beside a name that makes it a part of another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Neighbour {
    /// The next word: Japan Airlines.
    Next(String),
    /// The word before: Michael Jordan.
    Previous(String),
    /// A place or body `of` the name: Bank of Japan.
    Head(String),
    /// What a body's name goes on with: State Department of Health.
    GoesOn(String),
    /// A word that joins the name without a space: 岩屋毅記念館.
    Joined(String),
}

/// What makes a name of one word a part of another name, if anything does. `text` is folded, with its case.
pub(super) fn neighbour(
    matching: Matching<'_>,
    text: &str,
    start: usize,
    end: usize,
) -> Option<Neighbour> {
    let (before, after) = (&text[..start], &text[end..]);
    if let Some(rest) = after.strip_prefix(' ') {
        let word = first_word(rest);
        let parts = match matching.lexicon.nouns_have_capitals() {
            true => matching.lexicon.is_last_word(&word.to_lowercase()),
            false => !begins_title(matching, rest),
        };
        if is_capitalised(word) && parts && !ended(matching.lexicon, &text[start..end], word) {
            return Some(Neighbour::Next(word.into()));
        }
    }
    if let Some(head) = head(matching, before) {
        return Some(Neighbour::Head(head.into()));
    }
    let word = before.strip_suffix(' ').map(last_token)?;
    let bare = word.trim_start_matches(is_opening);
    let bare = matching.lexicon.without_elision(bare).unwrap_or(bare);
    if !is_capitalised(bare) || is_possessive(bare) {
        return None;
    }
    let lower = bare.to_lowercase();
    if matching.lexicon.nouns_have_capitals() {
        let parts = matching.lexicon.is_first_word(&lower);
        return parts.then(|| Neighbour::Previous(bare.into()));
    }
    let at = start - 1 - bare.len();
    if is_title(matching, &lower) {
        return None;
    }
    match bare.strip_suffix('.') {
        // An initial belongs to the name; any other full stop is a title's, or ends the sentence.
        Some(initial) if initial.chars().count() == 1 => {
            return Some(Neighbour::Previous(bare.into()));
        }
        Some(_) => return None,
        None if !bare.ends_with(is_word) => return None,
        None => {}
    }
    if matching.lexicon.may_begin(&lower) && begins_sentence(matching.lexicon, text, at)
        || after_title(matching, text, start).is_some()
    {
        return None;
    }
    Some(Neighbour::Previous(bare.into()))
}

/// Whether the full stop of an abbreviation ends the sentence as well: `in the U.S. The talks`.
fn ended(lexicon: &Lexicon, name: &str, next: &str) -> bool {
    let lower = next.to_lowercase();
    name.ends_with('.') && lexicon.may_begin(&lower) && !lexicon.begins_title(&lower)
}

/// The longest title or post directly before a name, in lower case and without full stops.
pub(super) fn after_title(matching: Matching<'_>, text: &str, start: usize) -> Option<String> {
    let before = before_name(matching.lexicon, text, start);
    before.filter(|phrase| !matching.registry.holders(phrase).is_empty()).last()
}

/// The phrases of up to six words directly before a name, the shortest first; in lower case and without full stops.
pub(super) fn before_name(
    lexicon: &Lexicon,
    text: &str,
    start: usize,
) -> impl Iterator<Item = String> {
    let before = text[..start].strip_suffix(' ').unwrap_or("");
    let mut at = before.len();
    let mut over = before.is_empty();
    std::iter::from_fn(move || {
        if over || at == 0 {
            return None;
        }
        let token = last_token(&before[..at]);
        let inner = token.trim_start_matches(is_opening);
        // A bracket or a quotation mark begins the phrase; a comma or a colon ends what stands before it.
        over = inner.len() < token.len() || token.contains(BARRIER);
        let ended = token.ends_with([',', ';', ':', '!', '?', ')', '"', '\u{2014}']);
        if inner.is_empty() || ended || before.len() - at > 60 || ends_sentence(lexicon, inner) {
            return None;
        }
        let from = at - inner.len();
        at = (at - token.len()).saturating_sub(1);
        Some(title_text(&before[from..]))
    })
}

/// The plural title that stands before the first of several names, of which this is a later one: `Senators Hale, Reid and
/// Frost`. In lower case, without full stops.
pub(super) fn before_list(lexicon: &Lexicon, text: &str, start: usize) -> Option<String> {
    let before = text[..start].strip_suffix(' ')?;
    let is_joint = |token: &str| lexicon.is_conjunction(&token.to_lowercase());
    let first = last_token(before);
    if !is_joint(first) && !first.ends_with(',') {
        return None;
    }
    let mut names = 0;
    for token in before.rsplit(' ').take(LIST) {
        let bare = token.trim_matches(|c: char| c == ',' || c == BARRIER || is_opening(c));
        if is_joint(bare) || bare.is_empty() {
            names += usize::from(token.contains(BARRIER));
            continue;
        }
        let word = bare.to_lowercase();
        let title = word.trim_end_matches('.');
        if ends_sentence(lexicon, bare) {
            return None;
        }
        if names > 0 && lexicon.is_plural_title(title) {
            return Some(title.to_owned());
        }
        let in_brackets = token.starts_with('(') || bare.ends_with(')');
        if !in_brackets && !is_capitalised(bare) {
            return None;
        }
        names += usize::from(!in_brackets);
    }
    None
}

/// So many words before a name may stand between it and the title of a list.
const LIST: usize = 20;

/// Whether a full stop behind a word ends a sentence: that of a title which is written out, of a name.
fn ends_sentence(lexicon: &Lexicon, token: &str) -> bool {
    let Some(word) = token.strip_suffix('.') else { return false };
    let lower = word.to_lowercase();
    word.chars().nth(3).is_some() && !lexicon.is_abbreviation(&lower)
}

/// A title as titles are compared: in lower case, without full stops.
pub(super) fn title_text(text: &str) -> String {
    text.trim().to_lowercase().replace('.', "")
}

fn head<'t>(matching: Matching<'_>, before: &'t str) -> Option<&'t str> {
    let last = |before: &'t str| last_token(before).trim_start_matches(is_opening);
    // Many names stand in other languages as they are in English: Bank of Japan.
    [matching.lexicon, Lexicon::english()].into_iter().find_map(|lexicon| {
        let word = |word: &'t str| lexicon.without_elision(word).unwrap_or(word);
        let mut words = lexicon.before_joins(before).map(last).map(word);
        words.find(|word| lexicon.is_head(word))
    })
}

/// Whether the words that a text begins with are a title, or begin one.
fn begins_title(matching: Matching<'_>, text: &str) -> bool {
    let word = first_word(text).to_lowercase();
    if is_title(matching, &word) {
        return true;
    }
    if !matching.lexicon.begins_title(&word) {
        return false;
    }
    let mut rest = text.split(' ').skip(1).take(2).map(|word| first_word(word).to_lowercase());
    rest.any(|word| is_title(matching, &word))
}

fn is_title(matching: Matching<'_>, word: &str) -> bool {
    matching.lexicon.is_title(word)
        || matching.lexicon.is_plural_title(word.trim_end_matches('.'))
        || !matching.registry.holders(word).is_empty()
}

/// Whether a sentence begins at an offset.
pub(super) fn begins_sentence(lexicon: &Lexicon, text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c == ' ' || is_opening(c));
    before.is_empty()
        || before == "-" && lexicon.dash_begins_speech()
        || before.ends_with(['.', '?', '!', ':', ';', '\u{2014}', '…', '"', ')'])
}

pub(super) fn first_word(text: &str) -> &str {
    let inside = |c: char| is_word(c) || matches!(c, '\'' | '-' | '.');
    let word = &text[..text.find(|c: char| !inside(c)).unwrap_or(text.len())];
    word.trim_end_matches(['.', '\'', '-'])
}

pub(super) fn last_token(text: &str) -> &str {
    &text[text.rfind(' ').map_or(0, |at| at + 1)..]
}

pub(super) fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

pub(super) fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("s'")
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '{' | '¿' | '¡' | BARRIER)
}
