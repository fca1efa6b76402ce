//! The sentence around a reference.

use std::ops::Range;

use super::markup::{Inline, InlineSpan};
use super::plain::Plain;

/// Longer sentences are cut around the reference, at words.
const LONGEST: usize = 300;

/// Words that end with a full stop inside a sentence, without it, in lower case.
const ABBREVIATIONS: [&str; 60] = [
    "adm", "al", "amb", "approx", "apr", "art", "atty", "aug", "brig", "capt", "cf", "ch", "cmdr",
    "col", "cols", "corp", "dec", "del", "dept", "dr", "drs", "est", "feb", "fig", "gen", "gens",
    "gov", "govs", "hon", "jan", "jr", "lt", "lts", "maj", "messrs", "mme", "mmes", "mr", "mrs",
    "ms", "mt", "nov", "oct", "pp", "prof", "profs", "rep", "reps", "rev", "revs", "secy", "sen",
    "sens", "sept", "sgt", "sr", "st", "supt", "viz", "vs",
];

/// A part of a text, and whether something was cut off at its ends.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The part.
    pub range: Range<usize>,
    /// Whether its sentence began earlier.
    pub cut_start: bool,
    /// Whether its sentence goes on.
    pub cut_end: bool,
}

impl Excerpt {
    /// The excerpt with its holes, and `…` where it was cut: what stands before a part of it, the part, and the rest.
    pub fn parts(&self, plain: &Plain, part: &Range<usize>) -> [Inline; 3] {
        let text = plain.as_str();
        let start = self.range.end - text[self.range.clone()].trim_start().len();
        let end = self.range.start + text[self.range.clone()].trim_end().len();
        let from = part.start.clamp(start, end.max(start));
        let to = part.end.clamp(from, end.max(from));
        let mut before = plain.spans(start..from);
        let mut after = plain.spans(to..end.max(to));
        if self.cut_start {
            match before.first_mut() {
                Some(InlineSpan::Text(text)) => *text = format!("…{text}").into(),
                _ => before.insert(0, InlineSpan::Text("…".into())),
            }
        }
        if self.cut_end {
            match after.last_mut() {
                Some(InlineSpan::Text(text)) => *text = format!("{text}…").into(),
                _ => after.push(InlineSpan::Text("…".into())),
            }
        }
        [before.into(), plain.part(from..to), after.into()]
    }
}

/// Where the sentences of a text end, in order; the last end is the text's.
pub fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    while let Some(found) = text.as_bytes()[from..].iter().position(|byte| may_end(*byte)) {
        let at = from + found;
        let c = text[at..].chars().next().unwrap_or_default();
        from = at + c.len_utf8();
        let dense = matches!(c, '。' | '！' | '？');
        if !dense && !matches!(c, '.' | '?' | '!' | '…') {
            continue;
        }
        let after = &text[at + c.len_utf8()..];
        let rest = after.trim_start_matches(is_closing);
        let end = text.len() - rest.len();
        let next = rest.trim_start();
        let apart = next.len() < rest.len() && next.starts_with(can_begin);
        let ended = !next.is_empty()
            && (dense || (apart && !(c == '.' && is_abbreviation(&text[..at], next))))
            && ends.last() != Some(&end);
        if ended {
            ends.push(end);
        }
    }
    ends.push(text.len());
    ends
}

/// Whether a character that begins with this byte may end a sentence.
fn may_end(byte: u8) -> bool {
    matches!(byte, b'.' | b'?' | b'!' | 0xE2 | 0xE3 | 0xEF)
}

/// The sentence that a reference stands in. `ends` are those of `text`.
pub fn around(text: &str, ends: &[usize], reference: &Range<usize>) -> Excerpt {
    let before = ends.partition_point(|end| *end <= reference.start);
    let start = if before == 0 { 0 } else { ends[before - 1] };
    // A reference may itself have sentences: a title that ends with a question mark.
    let last = before + ends[before..].partition_point(|end| *end < reference.end);
    let end = ends.get(last).copied().unwrap_or(text.len());
    if at_most(&text[start..end], LONGEST + 1) <= LONGEST {
        return Excerpt { range: start..end, cut_start: false, cut_end: false };
    }
    // Nothing here reads a whole long sentence: a text may have a reference at every word of it.
    let own_end = reference.start + forth(&text[reference.clone()], LONGEST);
    let room = LONGEST - at_most(&text[reference.clone()], LONGEST);
    let behind = at_most(&text[reference.end..end], room);
    let ahead = (room / 2).max(room - behind);
    let from = start + back(&text[start..reference.start], ahead);
    let to = if own_end < reference.end {
        own_end
    } else {
        let ahead = at_most(&text[start..reference.start], ahead);
        reference.end + forth(&text[reference.end..end], room - ahead)
    };
    Excerpt { range: from..to, cut_start: from > start, cut_end: to < end }
}

/// How many characters there are, counted up to a limit.
fn at_most(text: &str, limit: usize) -> usize {
    text.chars().take(limit).count()
}

/// The offset at which the last `room` characters begin, moved on to the start of a word.
fn back(text: &str, room: usize) -> usize {
    let at = match room.checked_sub(1) {
        None => text.len(),
        Some(last) => text.char_indices().rev().nth(last).map_or(0, |(at, _)| at),
    };
    if at == 0 || text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    text[at..].find(char::is_whitespace).map_or(at, |space| at + space)
}

/// The offset at which the first `room` characters end, moved back to the end of a word.
fn forth(text: &str, room: usize) -> usize {
    let Some((at, _)) = text.char_indices().nth(room) else { return text.len() };
    if text[at..].starts_with(char::is_whitespace) {
        return at;
    }
    text[..at].rfind(char::is_whitespace).unwrap_or(at)
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '」' | '』' | '）')
}

/// What a sentence may begin with: anything but a small letter or a sign that goes on with the one before.
fn can_begin(c: char) -> bool {
    !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '%' | '&' | '…')
}

/// Whether a full stop belongs to the word before it: a title, an initial, or letters with stops between them.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '\''))
        .next()
        .unwrap_or_default();
    if are_initials(word) && (word.contains('.') || word.chars().all(char::is_uppercase)) {
        return true;
    }
    // A party and a state: R-Ga.
    let is_party = |party: &str| matches!(party, "D" | "I" | "R");
    if word.split_once('-').is_some_and(|(party, state)| is_party(party) && !state.is_empty()) {
        return true;
    }
    let word = word.to_ascii_lowercase();
    is_abbreviated(&word)
        || (matches!(word.as_str(), "no" | "nos" | "art" | "p")
            && next.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word is one letter, or letters with stops between them.
pub fn are_initials(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Whether a word in lower case ends with a full stop inside a sentence.
pub fn is_abbreviated(lower: &str) -> bool {
    ABBREVIATIONS.contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::{ABBREVIATIONS, around, ends};

    #[test]
    fn sentences_end() {
        for (text, sentences) in [
            ("One. Two? Three! Four", &["One.", "Two?", "Three!", "Four"][..]),
            ("Mr. Smith met Gen. Nakatani.", &["Mr. Smith met Gen. Nakatani."]),
            ("The U.S. Senate and J. Smith.", &["The U.S. Senate and J. Smith."]),
            ("It was led by Sens. Hale and Reid.", &["It was led by Sens. Hale and Reid."]),
            (
                "Hale (R-Ga.) and Reid, D-Mich. Both left.",
                &["Hale (R-Ga.) and Reid, D-Mich. Both left."],
            ),
            ("See e.g. Japan. It", &["See e.g. Japan.", "It"]),
            ("It said no. Then No. 5 came.", &["It said no.", "Then No. 5 came."]),
            ("At 3.5 % of GDP. 2025 began.", &["At 3.5 % of GDP.", "2025 began."]),
            ("“Why?” he asked. “So.” She", &["“Why?” he asked.", "“So.”", "She"]),
            ("What?! Well… Yes", &["What?!", "Well…", "Yes"]),
            (
                "防衛費です。次の文！「はい。」終わり",
                &["防衛費です。", "次の文！", "「はい。」", "終わり"],
            ),
            ("", &[""]),
        ] {
            let mut start = 0;
            let mut found = Vec::new();
            for end in ends(text) {
                found.push(text[start..end].trim());
                start = end;
            }
            assert_eq!(found, sentences, "{text}");
        }
    }

    #[test]
    fn the_sentence_around() {
        let check = |text: &str, reference: &str, expected: &str| {
            let at = text.find(reference).expect("it stands in the text");
            let found = around(text, &ends(text), &(at..at + reference.len()));
            assert_eq!(text[found.range].trim(), expected);
            (found.cut_start, found.cut_end)
        };
        assert_eq!(check("A b. C d e. F", "d", "C d e."), (false, false));
        assert_eq!(check("A b. C Why? D e. F", "Why? D", "C Why? D e."), (false, false));
        let long = "word ".repeat(100);
        let text = format!("{long}HERE {long}");
        let expected = format!("{0}HERE {0}", "word ".repeat(29));
        assert_eq!(check(&text, "HERE", expected.trim()), (true, true));
        let text = format!("HERE {long}");
        assert_eq!(
            check(&text, "HERE", format!("HERE {}", "word ".repeat(59)).trim()),
            (false, true)
        );
        let dense = "防".repeat(400);
        let found = around(&dense, &ends(&dense), &(0..dense.len()));
        assert_eq!((found.range, found.cut_end), (0..900, true));
    }

    #[test]
    fn abbreviations_are_sorted_and_lower_case() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(ABBREVIATIONS.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
    }
}
