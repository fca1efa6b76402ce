//! "Did you mean".
//!
//! A site with a mistake in every line asks for thousands of suggestions among thousands of ids. A candidate that cannot
//! be near enough is passed over by its length and by its letters; the rest are compared letter by letter.

use super::work;

/// The longest word, in letters, for which a near one is looked for. Comparing two words takes time by the product of
/// their lengths, and a slip in a longer one is found by reading it.
const LONGEST: usize = 64;

/// For so many distinct things that are missing one stage of a run looks for the nearest that is there.
///
/// More of them have one cause, such as a folder that was moved, and reading fifty suggestions is enough to find it.
pub const MOST_SUGGESTED: usize = 50;

/// The candidate that a reader would take `word` for a slip of, if any.
///
/// Optimal string alignment distance over lower-cased text: at most one slip for every three letters, and never
/// more than three. Ties go to the candidate that comes first, so that the answer does not depend on chance.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST * 4 {
        return None;
    }
    let written = word;
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let limit = (length / 3).clamp(1, 3);
    let own = letters(&word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        work::step(1);
        // A character has one byte at least and four at most.
        if candidate == written
            || candidate.len() + limit < length
            || candidate.len() > 4 * (length + limit)
            || candidate.chars().count().abs_diff(length) > limit
            || (letters(candidate) ^ own).count_ones() as usize > 2 * limit
        {
            continue;
        }
        work::step(length);
        let distance = strsim::osa_distance(&word, &candidate.to_lowercase());
        let better = best.is_none_or(|(least, name)| (distance, candidate) < (least, name));
        if distance <= limit && distance < length && better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters a text has, one bit for each: a slip changes two at most.
fn letters(text: &str) -> u64 {
    let bit = |c: char| 1u64 << (c as u32 % 64);
    match text.is_ascii() {
        true => text.bytes().fold(0, |all, byte| all | bit(byte.to_ascii_lowercase() as char)),
        false => text.chars().flat_map(char::to_lowercase).fold(0, |all, c| all | bit(c)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, letters, nearest};

    #[test]
    fn slips_and_strangers() {
        assert_eq!(nearest("japan", ["japan"]), None);
        let ids = ["marco-rubio", "pete-hegseth", "japan"];
        assert_eq!(nearest("marco-rubo", ids), Some("marco-rubio"));
        assert_eq!(nearest("Japan", ids), Some("japan"));
        assert_eq!(nearest("jpan", ids), Some("japan"));
        assert_eq!(nearest("france", ids), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("strasse", ["straße"]), Some("straße"));
    }

    #[test]
    fn long_words_are_not_compared() {
        let word = "a".repeat(LONGEST);
        let (near, longer) = (format!("{}b", &word[1..]), format!("{word}b"));
        assert_eq!(nearest(&word, [&*near]), Some(&*near));
        assert_eq!(nearest(&longer, [&*word]), None);
    }

    proptest! {
        /// What is passed over by its length or its letters would not be near enough.
        #[test]
        fn nothing_near_is_passed_over(
            word in "[abcé-]{1,12}",
            candidates in prop::collection::vec("[abcéA-]{0,14}", 0..8),
        ) {
            let lower = word.to_lowercase();
            let length = lower.chars().count();
            let limit = (length / 3).clamp(1, 3);
            let near = candidates
                .iter()
                .filter(|candidate| **candidate != word)
                .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
                .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), &**candidate))
                .filter(|(distance, _)| *distance <= limit && *distance < length)
                .min();
            let found = nearest(&word, candidates.iter().map(String::as_str));
            prop_assert_eq!(found, near.map(|(_, candidate)| candidate));
            prop_assert_eq!(letters(&word), letters(&lower));
        }
    }
}
