//! How the files of an index are written: as text, so that every host compresses them.
//!
//! A character stands for a number, `!` for 0. What rises is written as what it has more than the one before it.

use super::{Posting, TermList};

/// What the digits of a number count to.
const BASE: u32 = 45;

/// The impacts that are told apart above the first heading, where titles and names are, and below it. The script has them too.
const ABOVE: [u8; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 23, 26];
const BELOW: [u8; 6] = [2, 3, 4, 5, 7, 10];

/// The sections below that have characters of their own.
const SECTIONS: u32 = 12;

/// The numbers of a kind that stand in the character that begins its group.
const COUNTS: usize = 9;

/// The most UTF-16 units that a term takes over from the one before it.
const SHARED: usize = 60;

/// Writes a number, the lowest digit first. The characters from `N` on say that more follow.
fn number(text: &mut String, mut number: u32) {
    while number >= BASE {
        text.push(sign(BASE + number % BASE));
        number /= BASE;
    }
    text.push(sign(number));
}

/// Writes numbers that rise.
pub fn numbers(text: &mut String, rising: impl Iterator<Item = u32>) {
    let mut before = 0;
    for each in rising {
        number(text, each - before);
        before = each;
    }
}

/// The text of a shard: a line for each term, sorted. It begins with the number of UTF-16 units that the term has in common
/// with the one before it, and what follows these. Where a list was cut, `~` and the number of the term's entries come next.
///
/// Then for each kind of entry a character that is no small letter and no digit: `9 × kind + sections`, if these are
/// less than 9, else `9 × kind` and the number of sections. Of each section follow the rank of its entry, and one
/// character for its place in the entry and its impact.
pub fn shard_text(terms: &[TermList]) -> String {
    let mut text = String::new();
    let mut before = "";
    for list in terms {
        let shared = shared(before, &list.term);
        text.push(sign(before[..shared].encode_utf16().count() as u32));
        text.push_str(&list.term[shared..]);
        before = &list.term;
        let mut last = None;
        let listed = list
            .postings
            .iter()
            .filter(|posting| last.replace(posting.entry) != Some(posting.entry));
        if list.entries as usize != listed.count() {
            text.push('~');
            number(&mut text, list.entries);
        }
        for group in list.postings.chunk_by(|one, other| one.entry % 8 == other.entry % 8) {
            let (kind, count) = (group[0].entry as usize % 8, group.len());
            text.push(head(kind * COUNTS + if count < COUNTS { count } else { 0 }));
            if count >= COUNTS {
                number(&mut text, count as u32);
            }
            let mut before = 0;
            for posting in group {
                number(&mut text, posting.entry / 8 - before);
                before = posting.entry / 8;
                section(&mut text, posting);
            }
        }
        text.push('\n');
    }
    text
}

/// Writes the place of a section and its impact.
fn section(text: &mut String, posting: &Posting) {
    let level = |levels: &[u8]| {
        levels.iter().rposition(|level| *level <= posting.impact).unwrap_or(0) as u32
    };
    let Some(below) = u32::from(posting.section).checked_sub(1) else {
        return text.push(sign(level(&ABOVE)));
    };
    let own = below.min(SECTIONS - 1);
    text.push(sign(ABOVE.len() as u32 + own * BELOW.len() as u32 + level(&BELOW)));
    if own == SECTIONS - 1 {
        number(text, below - own);
    }
}

/// How many bytes of a term are those with which another begins, of which [`SHARED`] is the most that can be written.
fn shared(one: &str, other: &str) -> usize {
    let both = one.chars().zip(other.chars());
    let mut units = 0;
    both.take_while(|(one, other)| {
        units += one.len_utf16();
        one == other && units <= SHARED
    })
    .map(|(one, _)| one.len_utf8())
    .sum()
}

/// The character of a number below 94.
fn sign(number: u32) -> char {
    char::from(b'!' + number as u8)
}

/// The character of a number below 54, of those that stand in no term.
fn head(number: usize) -> char {
    char::from(match number as u8 {
        number @ ..15 => b'!' + number,
        number @ 15..54 => b':' + number - 15,
        number => unreachable!("there are six kinds of entry: {number}"),
    })
}

#[cfg(test)]
mod tests {
    use super::{ABOVE, BELOW, numbers, shard_text};
    use crate::search::{Indexing, Posting, Section, Stemmer};

    /// Reads a shard as the script does.
    fn read(text: &str) -> Vec<(String, u32, Vec<Posting>)> {
        let (mut all, mut term) = (Vec::new(), String::new());
        for line in text.lines() {
            let is_head = |c: char| c.is_ascii() && !c.is_ascii_lowercase() && !c.is_ascii_digit();
            let end = line[1..].find(is_head).expect("a list") + 1;
            let kept = usize::from(line.as_bytes()[0] - b'!');
            let kept: Vec<u16> = term.encode_utf16().take(kept).collect();
            term = String::from_utf16(&kept).expect("whole characters") + &line[1..end];
            let mut signs = line[end..].bytes().peekable();
            let mut entries = 0;
            if signs.next_if_eq(&b'~').is_some() {
                entries = number(&mut signs);
            }
            let mut postings = Vec::new();
            while let Some(sign) = signs.next() {
                let head = u32::from(sign - if sign < b'0' { b'!' } else { b':' - 15 });
                let count = if head % 9 == 0 { number(&mut signs) } else { head % 9 };
                let mut rank = 0;
                for _ in 0..count {
                    rank += number(&mut signs);
                    let sign = usize::from(signs.next().expect("a section") - b'!');
                    let (mut section, impact) = match sign.checked_sub(16) {
                        None => (0, ABOVE[sign]),
                        Some(sign) => (1 + sign as u16 / 6, BELOW[sign % 6]),
                    };
                    if section == 12 {
                        section += number(&mut signs) as u16;
                    }
                    postings.push(Posting { entry: rank * 8 + head / 9, section, impact });
                }
            }
            let mut listed: Vec<u32> = postings.iter().map(|posting| posting.entry).collect();
            listed.dedup();
            entries = entries.max(listed.len() as u32);
            all.push((term.clone(), entries, postings));
        }
        all
    }

    fn number(signs: &mut impl Iterator<Item = u8>) -> u32 {
        let (mut number, mut factor) = (0, 1);
        loop {
            let digit = u32::from(signs.next().expect("a digit") - b'!');
            number += digit % 45 * factor;
            factor *= 45;
            if digit < 45 {
                return number;
            }
        }
    }

    fn section(label: &str, text: &str) -> Section {
        Section { labels: vec![(label.into(), 28)], is_named: true, text: text.into() }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let stemmer = Stemmer::of("en");
        let mut one = Indexing::new(&stemmer);
        one.add(8, &[section("Budget", "The budget of Japan."), section("", "It rose.")]);
        let mut other = Indexing::new(&stemmer);
        let many: Vec<_> = (0..16).map(|at| section(&format!("budget{at} 日本𠀀"), "")).collect();
        other.add(4097, &[section("日本", "Japan rose")]);
        other.add(4099, &many);
        let (index, shards) = (one.and(other).finish(3), 3);
        let read: Vec<_> = (0..shards).flat_map(|at| read(&shard_text(index.shard(at)))).collect();
        let kept: Vec<_> = index
            .terms
            .iter()
            .map(|list| {
                let mut postings = list.postings.clone();
                for Posting { section, impact, .. } in &mut postings {
                    let levels = if *section == 0 { &ABOVE[..] } else { &BELOW[..] };
                    *impact = *levels.iter().rfind(|level| *level <= impact).unwrap_or(&levels[0]);
                }
                (list.term.to_string(), list.entries, postings)
            })
            .collect();
        assert_eq!(read, kept);
        let of = |term: &str| read.iter().find(|(known, ..)| known == term).expect("a term");
        let places = |term| of(term).2.iter().map(|p| (p.entry, p.section)).collect::<Vec<_>>();
        assert_eq!(places("japan"), [(8, 0), (4097, 0)]);
        assert_eq!(places("ros"), [(8, 1), (4097, 0)]);
        assert_eq!(of("ros").1, 2);
        assert!(of("budget").2[0].impact > of("japan").2[0].impact);
        assert_eq!((&*index.names[0], index.names.len()), ("budget", 17));
    }

    #[test]
    fn a_list_keeps_its_best_and_no_division_matters() {
        let stemmer = Stemmer::of("en");
        let entries = 3000_u32;
        let text = |at: u32| "word ".repeat(1 + at as usize % 7) + &format!("w{at} x{}", at % 50);
        let of = |range: std::ops::Range<u32>| {
            let mut index = Indexing::new(&stemmer);
            range.for_each(|at| index.add(at * 8, &[section("", &text(at))]));
            index
        };
        let whole = of(0..entries).finish(64);
        let parts = of(0..10).and(of(10..1700)).and(of(1700..entries)).finish(64);
        for at in 0..64 {
            assert_eq!(shard_text(whole.shard(at)), shard_text(parts.shard(at)));
        }
        let word = whole.terms.iter().find(|list| &*list.term == "word").expect("a term");
        assert_eq!((word.entries, word.postings.len()), (entries, 500));
        assert!(word.postings.iter().all(|posting| posting.entry > 0 && posting.impact >= 6));
        assert_eq!(whole.common.len(), 1);
    }

    #[test]
    fn an_edit_leaves_nearly_all_shards_as_they_are() {
        let stemmer = Stemmer::of("en");
        let text = |at: u32| {
            (0..80).map(|i| format!("t{} ", (at * 7919 + i * i * 31) % 5000)).collect::<String>()
        };
        let of = |edit: &str| {
            let mut index = Indexing::new(&stemmer);
            for at in 0..400 {
                let text = if at == 17 { text(at) + edit } else { text(at) };
                index.add(at * 8, &[section("", &text)]);
            }
            let index = index.finish(100);
            (0..100).map(|at| shard_text(index.shard(at))).collect::<Vec<_>>()
        };
        let (before, after) = (of(""), of("zebra"));
        let changed = before.iter().zip(&after).filter(|(one, other)| one != other).count();
        // The section is longer by a word, so the impacts of a few of its terms are others.
        assert!(changed < 20, "{changed}");
    }

    #[test]
    fn numbers_that_rise() {
        let mut text = String::new();
        numbers(&mut text, [3, 3, 47, 2000].into_iter());
        assert_eq!(text, "$!M`L");
    }
}
