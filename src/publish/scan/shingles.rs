//! Eight words in a row, however they are written: without case, accents, punctuation, tags and space.
//!
//! Text that was copied is known by any eight of its words. Where a script has no spaces, each letter counts as a word,
//! and sixteen make a shingle.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::views::tag;
use crate::base::work;

/// How many words make a shingle.
const WORDS: usize = 8;
/// How many letters of a script without spaces do.
const LETTERS: usize = 16;
/// The fewest words, and letters in them, of a short text that is looked for as a whole.
const SHORT: (usize, usize) = (4, 20);

/// The digest of a shingle.
pub(super) type Shingle = u64;

/// Calls `found` with every shingle of a text, and with every run of so many words as a short text has.
///
/// `short`: the lengths of the short texts that are looked for, below eight words.
pub(super) fn each(text: &[u8], short: [bool; WORDS], add: &mut impl FnMut(Shingle)) {
    // A tag may stand between two words or within one, and its attributes have texts too.
    let mut apart = Row::new(short);
    let mut joined = Row::new(short);
    let mut inside = Row::new(short);
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, len) = match memchr::memchr_iter(b'<', rest)
            .find_map(|at| tag(&rest[at..]).map(|len| (at, len)))
        {
            Some(add) => add,
            None => (rest.len(), 0),
        };
        letters(&rest[..plain], &mut |letter| {
            apart.take(letter, add);
            joined.take(letter, add);
        });
        apart.take(Letter::Between, add);
        if len > 0 {
            letters(&rest[plain..plain + len], &mut |letter| inside.take(letter, add));
            inside.clear();
        }
        rest = &rest[plain + len..];
    }
    joined.take(Letter::Between, add);
}

/// The digest of a short text, and how many words it has; `None` for one that is long, or too short to be told from
/// others.
pub(super) fn whole(text: &str) -> Option<(usize, Shingle)> {
    let mut row = Row::new([false; WORDS]);
    let mut size = 0;
    letters(text.as_bytes(), &mut |letter| {
        size += usize::from(!matches!(letter, Letter::Between));
        row.take(letter, &mut |_| {});
    });
    row.take(Letter::Between, &mut |_| {});
    let words = row.count;
    let is_short = (SHORT.0..WORDS).contains(&words) && size >= SHORT.1;
    is_short.then(|| (words, row.digest(words)))
}

/// What a text is read as.
#[derive(Clone, Copy)]
enum Letter {
    /// A letter of a word, in the one form that is compared.
    Part(char),
    /// A letter that is a word of its own.
    Word(char),
    /// What parts words.
    Between,
}

fn letters(text: &[u8], take: &mut impl FnMut(Letter)) {
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            letter(c, take);
        }
        // Latin-1, whose numbers are those of Unicode.
        chunk.invalid().iter().for_each(|byte| letter(char::from(*byte), take));
    }
}

fn letter(c: char, take: &mut impl FnMut(Letter)) {
    if c.is_ascii() {
        return take(match c.is_ascii_alphanumeric() {
            true => Letter::Part(c.to_ascii_lowercase()),
            false => Letter::Between,
        });
    }
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            take(match c {
                _ if !c.is_alphanumeric() => Letter::Between,
                _ if is_without_spaces(c) => Letter::Word(c),
                _ => Letter::Part(c),
            });
        }
    }
}

/// Whether a letter's script has no spaces between words.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// The last words of a text.
struct Row {
    words: [(u64, bool); LETTERS],
    /// How many words there were.
    count: usize,
    /// The word that is being read; zero between two.
    word: u64,
    short: [bool; WORDS],
}

impl Row {
    fn new(short: [bool; WORDS]) -> Self {
        Self { words: [(0, false); LETTERS], count: 0, word: 0, short }
    }

    fn clear(&mut self) {
        (self.count, self.word) = (0, 0);
    }

    fn take(&mut self, letter: Letter, add: &mut impl FnMut(Shingle)) {
        match letter {
            Letter::Part(c) => {
                let begun = if self.word == 0 { 0xcbf2_9ce4_8422_2325 } else { self.word };
                self.word = (begun ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3).max(1);
            }
            Letter::Word(c) => {
                self.end(add);
                self.push(u64::from(u32::from(c)), true, add);
            }
            Letter::Between => self.end(add),
        }
    }

    fn end(&mut self, add: &mut impl FnMut(Shingle)) {
        if self.word != 0 {
            let word = std::mem::take(&mut self.word);
            self.push(word, false, add);
        }
    }

    fn push(&mut self, word: u64, alone: bool, add: &mut impl FnMut(Shingle)) {
        self.words[self.count % LETTERS] = (word, alone);
        self.count += 1;
        work::step(1);
        for (words, wanted) in self.short.iter().enumerate() {
            if *wanted && self.count >= words {
                add(self.digest(words));
            }
        }
        if self.count >= WORDS && !self.has_letters(WORDS) {
            add(self.digest(WORDS));
        }
        if self.count >= LETTERS && self.has_letters(LETTERS) {
            add(self.digest(LETTERS));
        }
    }

    /// The last words, the latest first.
    fn last(&self, words: usize) -> impl Iterator<Item = (u64, bool)> {
        let words = words.min(self.count).min(LETTERS);
        (1..=words).map(|back| self.words[(self.count - back) % LETTERS])
    }

    fn has_letters(&self, words: usize) -> bool {
        self.last(words).any(|(_, alone)| alone)
    }

    fn digest(&self, words: usize) -> Shingle {
        self.last(words).fold(words as u64, |digest, (word, _)| {
            (digest.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{WORDS, each, whole};
    use std::collections::BTreeSet;

    fn of(text: &str) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        each(text.as_bytes(), [false; WORDS], &mut |shingle| {
            found.insert(shingle);
        });
        found
    }

    #[test]
    fn a_text_is_known_in_another_form() {
        let text = "Nobody may read this sentence, before it’s ready to be read at the café.";
        let own = of(text);
        for other in [
            "NOBODY MAY READ THIS SENTENCE BEFORE IT'S READY",
            "nobody\n  may read\tthis sentence — before it s ready",
            "nobody <b>may</b> read this <a href=\"x\">sen</a>tence before it's ready",
            "<p>nobody<br>may<br>read<br>this<br>sentence<br>before<br>it<br>s</p>",
            "x <img alt=\"nobody may read this sentence before it's\"> y",
            "before it's ready to be read at the cafe\u{301}",
            "nobody-may-read-this-sentence-before-it-s",
            "Ｎｏｂｏｄｙ may read this sentence before it s",
        ] {
            assert!(of(other).iter().any(|one| own.contains(one)), "{other}");
        }
        for other in [
            "nobody may read this sentence before it",
            "nobody may read that sentence before it s ready now",
            "",
        ] {
            assert!(!of(other).iter().any(|one| own.contains(one)), "{other}");
        }
    }

    #[test]
    fn letters_without_spaces_are_words() {
        let own = of("防衛省は来年度の予算案を閣議決定する方針を固めた。");
        assert!(
            of("「来年度の 予算案を<b>閣議</b>決定する方針」と")
                .iter()
                .any(|one| own.contains(one))
        );
        assert!(!of("防衛省は来年度の予算を減らすと決めた").iter().any(|one| own.contains(one)));
    }

    #[test]
    fn short_texts_are_whole() {
        let (words, digest) = whole("Minister resigns over water scandal").unwrap();
        assert_eq!(words, 5);
        let mut short = [false; WORDS];
        short[words] = true;
        let mut found = BTreeSet::new();
        let text = b"so the <i>minister</i> resigns over WATER scandal today";
        each(text, short, &mut |shingle| {
            found.insert(shingle);
        });
        assert!(found.contains(&digest));
        for text in ["Hidden", "Why it is so", "one two three four five six seven eight nine", ""] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
