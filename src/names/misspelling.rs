//! Whether a word is a slip of another.

use crate::content::model::PlayerKind;

use super::fold::is_cjk;

/// How a word differs from the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// So many letters are right that no other word is likely.
    Clear,
    /// One slip in a word of three letters or four, which may well be another word.
    Short,
}

/// How a word is a slip of another: one letter too many, too few, wrong, or in the place of its neighbour; two of these in
/// a word of eight letters or more.
pub(super) fn slip(written: &str, right: &str) -> Option<Slip> {
    let (a, b) = (written.chars().count(), right.chars().count());
    if a.abs_diff(b) > 2 || a < 2 || b < 3 || written.contains(is_cjk) {
        return None;
    }
    let is_number = |word: &str| word.contains(|c: char| c.is_numeric());
    if is_number(written) || is_number(right) {
        return None;
    }
    match strsim::osa_distance(written, right) {
        1 if b >= 5 => Some(Slip::Clear),
        // With one letter less a word of three is another name (Bo, Bob) or no word at all (Bb).
        1 if a >= 3 || is_unspeakable(written) => Some(Slip::Short),
        2 if a.max(b) >= 8 && a.min(b) >= 6 => Some(Slip::Clear),
        _ => None,
    }
}

/// Whether one slip parts two words: whether [`strsim::osa_distance`] is 1, at a hundredth of its cost. Nearly all words
/// that are compared differ in their middles.
pub(super) fn is_one_slip(written: &str, right: &str) -> bool {
    let begin = |(a, b): &(char, char)| a == b;
    let same: usize =
        written.chars().zip(right.chars()).take_while(begin).map(|(c, _)| c.len_utf8()).sum();
    let (mut a, mut b) = (written[same..].chars(), right[same..].chars());
    let (mut last, mut other) = (a.clone(), b.clone());
    while let (Some(c), Some(d)) = (last.next_back(), other.next_back())
        && c == d
    {
        (a, b) = (last.clone(), other.clone());
    }
    match (a.next(), a.next(), a.next(), b.next(), b.next(), b.next()) {
        (Some(_), None, None, None, None, None) | (None, None, None, Some(_), None, None) => true,
        (Some(_), None, None, Some(_), None, None) => true,
        (Some(a), Some(b), None, Some(c), Some(d), None) => a == d && b == c,
        _ => false,
    }
}

/// Whether a word has no vowel.
pub(super) fn is_unspeakable(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic() && !b"aeiouy".contains(&byte))
}

/// Whether a word is no slip but another form of the right one: a plural, an adjective of a country's people, a part of a
/// compound. `kind` is that of the player, without which no ending is excused; `last` says whether the word is the last of the name.
pub(super) fn is_other_form(
    written: &str,
    right: &str,
    kind: Option<PlayerKind>,
    last: bool,
) -> bool {
    let Some(ending) = written.strip_prefix(right) else { return false };
    let may_be_plural = kind.is_some_and(|kind| last || kind != PlayerKind::Person);
    match ending {
        // The Marco Rubios of this world, the departments of Defense.
        "s" => may_be_plural && !right.ends_with(['s', 'x', 'z']),
        "es" => may_be_plural,
        "n" | "an" | "ns" | "ian" => kind == Some(PlayerKind::Country),
        // A dash that was written as a hyphen.
        ending => ending.starts_with('-'),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PlayerKind, Slip, is_one_slip, is_other_form, slip};

    proptest! {
        #[test]
        fn one_slip_is_a_distance_of_one(word in "[abé]{0,6}", other in "[abé]{0,6}") {
            prop_assert_eq!(is_one_slip(&word, &other), strsim::osa_distance(&word, &other) == 1);
        }
    }

    #[test]
    fn slips_and_other_words() {
        let (clear, short) = (Some(Slip::Clear), Some(Slip::Short));
        for (written, right, found) in [
            ("iweaya", "iwaya", clear),
            ("iwya", "iwaya", clear),
            ("iwa", "iwaya", None),
            ("hale", "hall", short),
            ("service", "services", clear),
            ("hegsteh", "hegseth", clear),
            ("takaichy", "takaichi", clear),
            ("jonhstoen", "johnstone", clear),
            ("smith", "smyth", clear),
            ("house", "horse", clear),
            ("rob", "bob", short),
            ("rikc", "rick", short),
            ("tmo", "tom", short),
            ("reed", "reid", short),
            ("reidd", "reid", short),
            ("bo", "bob", None),
            ("bb", "bob", short),
            ("xj", "xi", None),
            ("2nd", "3nd", None),
            ("agency", "agenda", None),
        ] {
            assert_eq!(slip(written, right), found, "{written} {right}");
        }
    }

    #[test]
    fn other_forms_of_a_word() {
        let [person, organisation, country] =
            [PlayerKind::Person, PlayerKind::Organisation, PlayerKind::Country].map(Some);
        for (written, right, kind, last, other) in [
            ("arabian", "arabia", country, true, true),
            ("martenn", "marten", person, false, false),
            ("laborn", "labor", organisation, true, false),
            ("departments", "department", organisation, false, true),
            ("hales", "hale", person, true, true),
            ("martens", "marten", person, false, false),
            ("williamss", "williams", person, true, false),
            ("williamses", "williams", person, true, true),
            ("foxes", "fox", person, true, true),
            ("states-a", "states", country, true, true),
            ("nation", "nations", organisation, true, false),
        ] {
            let found = is_other_form(written, right, kind, last);
            assert_eq!(found, other, "{written} {right}");
        }
    }
}
