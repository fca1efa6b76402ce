//! How the files of an index are written: as text, so that every host compresses them.

use super::TermList;

/// Writes a number, the lowest five bits first. A character stands for five bits; one from `P` on says that more follow.
fn number(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(sign(32 + (number & 31) as u8));
        number >>= 5;
    }
    text.push(sign(number as u8));
}

/// Writes numbers that rise, each as what it has more than the one before it.
pub fn numbers(text: &mut String, rising: impl Iterator<Item = u32>) {
    let mut before = 0;
    for each in rising {
        number(text, each - before);
        before = each;
    }
}

/// The text of a shard: a line for each term, with a tab behind it, the number of its entries, and its sections. Of a section
/// that is what its entry has more than the one before it, its place in the entry, and the impact as one character.
pub fn shard_text(terms: &[TermList]) -> String {
    let mut text = String::new();
    for list in terms {
        text.push_str(&list.term);
        text.push('\t');
        number(&mut text, list.entries);
        let mut before = 0;
        for posting in &list.postings {
            number(&mut text, posting.entry - before);
            number(&mut text, posting.section.into());
            text.push(sign(posting.impact));
            before = posting.entry;
        }
        text.push('\n');
    }
    text
}

/// The character of a number below 64.
fn sign(number: u8) -> char {
    char::from(b'0' + number)
}

#[cfg(test)]
mod tests {
    use super::{numbers, shard_text};
    use crate::search::{Indexing, Posting, Section, Stemmer};

    /// Reads a shard as the script does.
    fn read(text: &str) -> Vec<(String, u32, Vec<Posting>)> {
        let line = |line: &str| {
            let (term, rest) = line.split_once('\t').expect("a tab");
            let mut bytes = rest.bytes().map(|byte| u32::from(byte - b'0'));
            let next = |bytes: &mut dyn Iterator<Item = u32>| {
                let (mut number, mut shift) = (0, 0);
                loop {
                    let digit = bytes.next()?;
                    number |= (digit & 31) << shift;
                    shift += 5;
                    if digit < 32 {
                        return Some(number);
                    }
                }
            };
            let entries = next(&mut bytes).expect("a number");
            let (mut entry, mut postings) = (0, Vec::new());
            while let Some(more) = next(&mut bytes) {
                entry += more;
                let section = next(&mut bytes).expect("a section") as u16;
                let impact = bytes.next().expect("an impact") as u8;
                postings.push(Posting { entry, section, impact });
            }
            (term.to_owned(), entries, postings)
        };
        text.lines().map(line).collect()
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
        other.add(4096, &[section("日本", "Japan rose")]);
        let (index, shards) = (one.and(other).finish(3), 3);
        let read: Vec<_> = (0..shards).flat_map(|at| read(&shard_text(index.shard(at)))).collect();
        let kept: Vec<_> = index
            .terms
            .iter()
            .map(|list| (list.term.to_string(), list.entries, list.postings.clone()))
            .collect();
        assert_eq!(read, kept);
        let of = |term: &str| read.iter().find(|(known, ..)| known == term).expect("a term");
        let places = |term| of(term).2.iter().map(|p| (p.entry, p.section)).collect::<Vec<_>>();
        assert_eq!(places("japan"), [(8, 0), (4096, 0)]);
        assert_eq!(places("ros"), [(8, 1), (4096, 0)]);
        assert_eq!(of("ros").1, 2);
        assert!(of("budget").2[0].impact > of("japan").2[0].impact);
        assert_eq!(index.names.iter().map(|name| &**name).collect::<Vec<_>>(), ["budget"]);
    }

    #[test]
    fn a_list_keeps_its_best_and_no_division_matters() {
        let stemmer = Stemmer::of("en");
        let entries = 3000_u32;
        let text = |at: u32| "word ".repeat(1 + at as usize % 7) + &format!("w{at} x{}", at % 50);
        let of = |range: std::ops::Range<u32>| {
            let mut index = Indexing::new(&stemmer);
            range.for_each(|at| index.add(at, &[section("", &text(at))]));
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
                index.add(at, &[section("", &text)]);
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
        numbers(&mut text, [3, 3, 40, 2000].into_iter());
        assert_eq!(text, "30U1Xm1");
    }
}
